"""`counter risk`: its options, and what each runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .sharing_command import add_signing, signing_order

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    Command = Callable[[Any], int]


def add_risk(add: Callable[[str, Command, str], argparse.ArgumentParser]) -> None:
    """The command, with its orders."""
    risk = add("risk", _check, "look through the rules of the joint risk, sign them, list what they can ask")
    risk.set_defaults(file=None)
    orders = risk.add_subparsers(title="orders", metavar="")
    text = "look through the rules of a file, else those in force, before anybody is judged by them; exit 1 for a flaw"
    check = orders.add_parser("check", help=text, description=text)
    check.set_defaults(run=_check)
    check.add_argument("file", nargs="?", metavar="FILE")
    text = "sign an agency's rows of config/risk.toml, and the post's, with its key"
    add_signing(orders.add_parser("sign", help=text, description=text), _sign)
    text = "list what their conditions can ask"
    orders.add_parser("variables", help=text, description=text).set_defaults(run=_variables)


def _check(options: Any) -> int:
    from .risk_rules import check_risk

    return check_risk(options.language, Path(options.file) if options.file else None, sys.stdout)


def _sign(options: Any) -> int:
    from .risk_rules import sign_risk

    return sign_risk(signing_order(options), language=options.language, out=sys.stdout)


def _variables(_options: Any) -> int:
    from .risk_rules import list_variables

    return list_variables(sys.stdout)
