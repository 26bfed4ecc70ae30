"""`counter floor`: its options, and what each runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from .sharing_command import add_signing, signing_order

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    Command = Callable[[Any], int]


def add_floor(add: Callable[[str, Command, str], argparse.ArgumentParser]) -> None:
    """The command, with its orders."""
    floor = add("floor", _check, "look through the offline floor and the deadlines, and sign them")
    orders = floor.add_subparsers(title="orders", metavar="")
    text = "sign an agency's rows of config/floor.toml, and config/deadlines.toml, with its key"
    add_signing(orders.add_parser("sign", help=text, description=text), _sign)


def _check(options: Any) -> int:
    from .floor_rules import check_floor

    return check_floor(options.language, sys.stdout)


def _sign(options: Any) -> int:
    from .floor_rules import sign_floor

    return sign_floor(signing_order(options), language=options.language, out=sys.stdout)
