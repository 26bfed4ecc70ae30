"""The words of the command line: commands, their options, and what their help says."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from . import __version__
from .domain.words import Agency, Authority

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .cli import Command

AGENCIES = tuple(agency.value for agency in Agency)
AUTHORITIES = tuple(authority.value for authority in Authority)


def build_parser(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """The command line; `commands` has what each command runs, by its name."""
    parser = argparse.ArgumentParser(prog="counter", description="A workstation for one inspection booth.")
    parser.add_argument("--version", action="version", version=f"counter-tui {__version__}")
    parser.add_argument("--language", choices=("en", "id"), default="en", help="English or Bahasa Indonesia")
    parser.set_defaults(run=commands[""])
    every = parser.add_subparsers(title="commands", metavar="")

    def add(name: str, run: Command, text: str) -> argparse.ArgumentParser:
        command = every.add_parser(name, help=text, description=text)
        command.add_argument("--language", choices=("en", "id"), default=argparse.SUPPRESS)
        command.set_defaults(run=run)
        return command

    demo = add("demo", commands["demo"], "play at a training counter; nothing can reach a real record")
    lane = demo.add_mutually_exclusive_group()
    lane.add_argument("--exit", action="store_true", help="at the lane for those who leave, with a store of its own")
    lane.add_argument("--plain", action="store_true", help="play a scenario as plain text, without a screen")
    add("doctor", commands["doctor"], "tell what works here; exit 1 if something needed does not")
    add("documents", commands["documents"], "read zones: a JSON object with id and lines a line, answered line by line")
    _add_lists_of_people(add, commands)
    _add_health(add, commands)
    _add_live(add, commands)
    from .bootstrap.agency_command import add_agency

    add_agency(add)
    from .bootstrap.sharing_command import add_sharing

    add_sharing(add)
    from .bootstrap.delegations_command import add_delegations

    add_delegations(add)
    from .bootstrap.procedures_command import add_procedures

    add_procedures(add)
    from .bootstrap.floor_command import add_floor

    add_floor(add)
    from .bootstrap.risk_command import add_risk

    add_risk(add)
    _add_journal(add, commands)
    _add_explain(add, commands)
    _add_signing(add, commands)
    return parser


def _add_lists_of_people(
    add: Callable[[str, Command, str], argparse.ArgumentParser], commands: Mapping[str, Command]
) -> None:
    """Passenger lists converted, and travellers screened, in batches."""
    manifest = add(
        "manifest", commands["manifest"], "convert passenger lists: PAXLST, CSV or XLSX, a JSON object a traveller"
    )
    manifest.epilog = (
        "A line out has file, line, fields and problems. What is wrong with a list, and what of it was not used, goes "
        "to standard error as FILE:LINE: message; exit 1 where a file cannot be used at all."
    )
    manifest.add_argument("files", nargs="+", metavar="FILE")
    screen = add(
        "screen", commands["screen"], "screen travellers against lists: a JSON object a line, answered line by line"
    )
    screen.epilog = (
        "A line in has id, name, and where known birth_date (YYYY, YYYY-MM or YYYY-MM-DD), nationality and "
        "document_number; a line out has hits, best first and at most 50 over all lists, and below: how many more "
        "were looked at and scored less than the threshold. A line that cannot be asked gives error. A list that "
        "cannot be used is refused on standard error: exit 1 where others were used, 2 where there was none."
    )
    what = screen.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--list",
        action="append",
        metavar="FILE",
        help="OFAC sdn.csv (alt.csv beside it is read with it), UN XML, own CSV or JSON; may be repeated; hits call "
        "it by its file's name",
    )
    what.add_argument(
        "--pairs",
        metavar="FILE",
        help="print what each threshold misses and shows on labelled pairs: a JSON object with query, candidate and "
        "match a line",
    )
    screen.add_argument(
        "--threshold", type=_share, metavar="T", help="show hits from this score on, 0 to 1; else as configured"
    )


def _add_journal(add: Callable[[str, Command, str], argparse.ArgumentParser], commands: Mapping[str, Command]) -> None:
    """What a counter recorded."""
    outbox = add("outbox", commands["outbox"], "list the entries and how far each has come")
    outbox.add_argument("--demo", action="store_true", help="of the demo's store")
    journal = add("journal", commands["journal"], "check the journal's chain from the first entry on")
    journal.add_argument("what", choices=("verify",))
    journal.add_argument("--demo", action="store_true", help="of the demo's store")


def _add_signing(add: Callable[[str, Command, str], argparse.ArgumentParser], commands: Mapping[str, Command]) -> None:
    """Lists of names, signed by whose they are."""
    lists = add(
        "lists",
        commands["lists"],
        "sign a list of names, and what leads to it from an older version, with its owner's key",
    )
    lists.add_argument("what", choices=("sign",))
    lists.add_argument("file", metavar="FILE", help="OFAC, UN, own CSV or JSON; its signature is written to FILE.sig")
    lists.add_argument("--list", required=True, metavar="ID", help="which list of config/lists.toml it is")
    lists.add_argument("--key", required=True, metavar="KEYFILE", help="the list key: Ed25519, PEM")
    lists.add_argument("--new-key", action="store_true", help="make the key, and print its public half")
    lists.add_argument("--passphrase", action="store_true", help="ask for a passphrase for the new key")
    lists.add_argument("--version", type=int, metavar="N", help="of the list; else one above that of FILE.sig")
    lists.add_argument("--delta-from", metavar="OLD", help="also write FILE.delta, from this signed older version")
    lists.add_argument(
        "--valid-from", type=date.fromisoformat, metavar="DATE", help="the first day to use it; else today"
    )
    lists.add_argument(
        "--blind",
        metavar="KEYS",
        help="make a list that is screened blind so, with its owner's keys; signs FILE's .blind",
    )
    lists.add_argument("--new-blind-keys", action="store_true", help="make these keys, and the one that counters get")
    lists.add_argument("--post", action="append", default=[], metavar="ID", help="only for this post; may be repeated")


def _add_explain(add: Callable[[str, Command, str], argparse.ArgumentParser], commands: Mapping[str, Command]) -> None:
    """The joint risk of a decision."""
    explain = add("explain", commands["explain"], "work the joint risk of a decision out again, under its own rules")
    explain.add_argument(
        "crossing", metavar="CROSSING", help="the id of a crossing, the number of an entry, or the reference on a paper"
    )
    explain.add_argument("--demo", action="store_true", help="of the demo's store")


def _add_health(add: Callable[[str, Command, str], argparse.ArgumentParser], commands: Mapping[str, Command]) -> None:
    """Health records, read from files."""
    health = add("health", commands["health"], "read health records, HL7 FHIR R4: a JSON object a resource")
    health.epilog = (
        "A line out has used and why, problems (what in it is not to be trusted), notes, valid (whether a certificate "
        "holds on the day of arrival) and fields, by their names in the sharing agreement; a diagnosis is not shown. A "
        "file that cannot be used is refused on standard error, as FILE:LINE: or FILE:, and the next one is tried; "
        "exit 1 where one was."
    )
    health.add_argument("files", nargs="+", metavar="FILE", help="a Bundle or a single resource, as JSON")
    health.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="the day of arrival; else today")


def _add_live(add: Callable[[str, Command, str], argparse.ArgumentParser], commands: Mapping[str, Command]) -> None:
    """The single window, and a booth's way to it."""
    hub = add("hub", commands["hub"], "run the post's single window; ends in good order on SIGTERM and SIGINT")
    hub.add_argument("--listen", default="127.0.0.1:8443", metavar="ADDRESS:PORT", help="default: %(default)s")
    hub.add_argument(
        "--address",
        action="append",
        default=[],
        metavar="NAME",
        help="what counters call it where that is not ADDRESS; the first stands in enrolment codes; may be repeated",
    )
    orders = hub.add_subparsers(title="orders", metavar="")

    def order(name: str, text: str) -> argparse.ArgumentParser:
        command = orders.add_parser(name, help=text, description=text)
        command.set_defaults(run=commands["hub order"], order=name)
        return command

    invite = order("invite", "print a one-time enrolment code for a counter of the configuration")
    invite.add_argument("counter", metavar="COUNTER")
    order("counters", "list who is enrolled, when they were heard, how far their journal is held")
    order("pins", "tell the first PINs of the staff, each once; what is printed is a secret")
    revoke = order("revoke", "take nothing more from a counter; it is told so and destroys its keys")
    revoke.add_argument("counter", metavar="COUNTER")
    revoke.add_argument("--reason", default="", metavar="TEXT", help="shown at the booth")
    revoke.add_argument(
        "--export-first", action="store_true", help="let it write what it has not delivered to a stick before that"
    )
    take = order("import", "take what counters exported to a file; doing so twice changes nothing")
    take.add_argument("bundle", metavar="BUNDLE")
    take.add_argument("--demo", action="store_true", help="of the demo's store")
    take.add_argument("--receipts", required=True, metavar="FILE", help="what goes back to the counter")
    _add_agency_orders(order)
    enrol = add(
        "enrol", commands["enrol"], "make this booth a counter of a post, with the code that its single window gave"
    )
    enrol.add_argument("code", metavar="CODE", nargs="*", help="as it was told; asked for where it is not given")
    for name, text in (
        ("export", "write what is not delivered to a file, sealed to the single window"),
        ("receipts", "take what the single window gave back for an exported file"),
    ):
        command = add(name, commands[name], text)
        command.add_argument("file", metavar="FILE")
        command.add_argument("--demo", action="store_true", help="of the demo's store")


def _add_agency_orders(order: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """What the single window has to do with the agencies and with operators of buses."""
    access = order("access", "list who asked for what an agency holds, and who unsealed it; checks the log")
    access.add_argument("--agency", required=True, choices=AGENCIES)
    access.add_argument("--newest", type=int, default=200, metavar="N", help="so many lines; default: %(default)s")
    access.add_argument("--demo", action="store_true", help="of the demo's store, while no demo runs")
    expect = order("manifest", "put the travellers of a passenger list into the feed as expected, as one bus")
    expect.add_argument("file", metavar="FILE", help="PAXLST, CSV or XLSX; the original is kept, encrypted")
    expect.add_argument("--original", metavar="SHA256", help="write that original, as it came, to FILE instead")
    expect.add_argument("--due", metavar="TIME", help="HH:MM today, or YYYY-MM-DDTHH:MM; else as the list tells")
    tell = order(
        "tell", "say how far agencies were told of what was recorded; hand it over in a file, take the answers"
    )
    tell.add_argument("--agency", choices=AUTHORITIES, help="else all, how far they are")
    tell.add_argument("--demo", action="store_true", help="of the demo's store")
    ways = tell.add_mutually_exclusive_group()
    ways.add_argument("--file", metavar="OUT", help="write what is due, in the agency's format; holds personal data")
    ways.add_argument("--answers", metavar="IN", help="take the agency's answers; doing so twice changes nothing")
    ways.add_argument("--retry", action="store_true", help="tell again what the agency refused")
    tell.add_argument("--again", action="store_true", help="with --file: also what was handed over before")
    agree = order(
        "reconcile", "hold what an agency says it was told against what it was; what is missing is told again"
    )
    agree.add_argument("--agency", choices=AUTHORITIES, required=True)
    agree.add_argument("--since", metavar="TIME", help="ISO 8601, at the post; else of the last 24 hours")
    agree.add_argument("--file", metavar="IN", help="what the agency says, in a file, where it has no interface")


def _share(said: str) -> float:
    """A number from 0 to 1; ValueError for any other."""
    share = float(said)
    if not 0 <= share <= 1:
        raise ValueError
    return share
