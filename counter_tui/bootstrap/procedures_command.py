"""`counter procedures`: its options, and what each runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .sharing_command import add_signing, signing_order

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    Command = Callable[[Any], int]


def add_procedures(add: Callable[[str, Command, str], argparse.ArgumentParser]) -> None:
    """The command, with its orders."""
    procedures = add("procedures", _check, "look through the joint procedures, sign them, list what they can ask")
    procedures.set_defaults(files=[])
    orders = procedures.add_subparsers(title="orders", metavar="")
    text = "look through these files, else all in config/procedures, before anybody goes by them; exit 1 for a flaw"
    check = orders.add_parser("check", help=text, description=text)
    check.set_defaults(run=_check)
    check.add_argument("files", nargs="*", metavar="FILE")
    text = "sign these files, else all in config/procedures that change an agency's duty, with its key"
    sign = orders.add_parser("sign", help=text, description=text)
    add_signing(sign, _sign)
    sign.add_argument("files", nargs="*", metavar="FILE")
    text = "list what their conditions can ask"
    orders.add_parser("variables", help=text, description=text).set_defaults(run=_variables)


def _check(options: Any) -> int:
    from .procedures import check_procedures

    return check_procedures([*map(Path, options.files)], language=options.language, out=sys.stdout)


def _sign(options: Any) -> int:
    from .procedures import sign_procedures

    files = [*map(Path, options.files)]
    return sign_procedures(signing_order(options), files, language=options.language, out=sys.stdout)


def _variables(_options: Any) -> int:
    from .procedures import list_variables

    return list_variables(sys.stdout)
