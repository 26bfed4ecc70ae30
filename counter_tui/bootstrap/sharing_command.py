"""`counter sharing`: its options, and what each runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..domain.words import Agency

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from .signing import SigningOrder

    Command = Callable[[Any], int]


def add_sharing(add: Callable[[str, Command, str], argparse.ArgumentParser]) -> None:
    """The command, with its orders."""
    sharing = add("sharing", _show, "show who sees what of whose data, as the agencies have signed it")
    sharing.add_argument("--demo", action="store_true", help="as it is in the demo, signed with the key that ships")
    orders = sharing.add_subparsers(title="orders", metavar="")
    text = "sign what an agency shares, config/sharing/AGENCY.toml, with its key"
    sign = orders.add_parser("sign", help=text, description=text)
    add_signing(sign, _sign)


def _show(options: Any) -> int:
    from .clock import SystemClock
    from .sharing import show_sharing

    today = SystemClock().now().date()
    return show_sharing(demo=options.demo, today=today, language=options.language, out=sys.stdout)


def _sign(options: Any) -> int:
    from .sharing import sign_sharing

    return sign_sharing(signing_order(options), language=options.language, out=sys.stdout)


def add_signing(sign: argparse.ArgumentParser, run: Command) -> None:
    """What is asked of an agency that signs."""
    sign.set_defaults(run=run)
    sign.add_argument("agency", choices=[agency.value for agency in Agency], metavar="AGENCY")
    sign.add_argument("--key", required=True, metavar="KEYFILE", help="the agency's key: Ed25519, PEM")
    sign.add_argument("--new-key", action="store_true", help="make the key, and print its public half")
    sign.add_argument("--passphrase", action="store_true", help="ask for a passphrase for the new key")


def signing_order(options: Any) -> SigningOrder:
    """Who signs, with which key."""
    from getpass import getpass

    from .signing import SigningOrder

    ask = options.passphrase or not options.new_key
    return SigningOrder(
        agency=Agency(options.agency),
        key=Path(options.key),
        new_key=options.new_key,
        passphrase=lambda: getpass(f"{options.key}: ").encode() if ask else None,
    )
