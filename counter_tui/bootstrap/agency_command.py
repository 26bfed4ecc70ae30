"""`counter agency`: its arguments, and running it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    Add = Callable[[str, Callable[..., int], str], argparse.ArgumentParser]

AUTHORITIES = ("immigration", "customs", "health", "animal_plant", "security")


def add_agency(add: Add) -> None:
    """Add the command to the parser."""
    agency = add("agency", _run, "run an agency's own process, which the post's single window asks")
    agency.add_argument("authority", choices=AUTHORITIES, metavar="AUTHORITY", help=", ".join(AUTHORITIES))
    agency.add_argument("--listen", default="127.0.0.1:9443", metavar="ADDRESS:PORT", help="default: %(default)s")
    system = agency.add_mutually_exclusive_group(required=True)
    system.add_argument("--system", default="", metavar="URL", help="the agency's system, http(s)://host:port")
    system.add_argument("--demo", action="store_true", help="a simulated system, of invented persons")
    agency.add_argument("--certificate", metavar="FILE", help="PEM; without one only this machine reaches it")
    agency.add_argument("--key", metavar="FILE", help="PEM; else it stands with the certificate")
    agency.add_argument("--export", metavar="FOLDER", help="serve nothing: write a file for a link of grade file")
    agency.add_argument("--about", metavar="LIST", help="with --export: a passenger list (PAXLST, CSV, XLSX)")
    agency.add_argument("--complete", action="store_true", help="with --export: on anybody else nothing is held")
    agency.set_defaults(usage=agency)


def _run(options: argparse.Namespace) -> int:
    from ..domain.words import Authority
    from .agency import Order, run_agency

    if bool(options.export) != bool(options.about) or (options.complete and not options.export):
        options.usage.error("--export FOLDER goes with --about LIST")
    certificate, key = (Path(one) if one else None for one in (options.certificate, options.key))
    order = Order(Authority(options.authority), options.listen, options.system, certificate, key)
    if options.export:
        from .agency_export import export

        folder, about = Path(options.export), Path(options.about)
        return export(order, about, folder, sys.stdout, options.language, complete=options.complete)
    return run_agency(order, sys.stdout, options.language)
