"""`counter delegations`: its options, and what each runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from .sharing_command import add_signing, signing_order

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    Command = Callable[[Any], int]


def add_delegations(add: Callable[[str, Command, str], argparse.ArgumentParser]) -> None:
    """The command, with its orders."""
    shown = add("delegations", _show, "show who clears for whom at a post that lacks an agency, as it has signed it")
    shown.add_argument("--demo", action="store_true", help="as it is in the demo, signed with the key that ships")
    orders = shown.add_subparsers(title="orders", metavar="")
    text = "sign what an agency delegates, config/delegations/AGENCY.toml, with its key"
    add_signing(orders.add_parser("sign", help=text, description=text), _sign)


def _show(options: Any) -> int:
    from .clock import SystemClock
    from .delegations import show_delegations

    now = SystemClock().now().astimezone()
    return show_delegations(demo=options.demo, now=now, language=options.language, out=sys.stdout)


def _sign(options: Any) -> int:
    from .delegations import sign_delegations

    return sign_delegations(signing_order(options), language=options.language, out=sys.stdout)
