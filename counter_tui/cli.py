"""The command line. A screen or a server is imported only inside the command that needs it."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

from . import __version__
from .errors import CounterError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    Options = argparse.Namespace | SimpleNamespace
    Command = Callable[[Options], int]

USAGE_ERROR = 2
COLLECT_AFTER = 1_000_000  # objects, until somebody has signed in; the interpreter's own number is 700


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 well, 1 something needed does not work, 2 not possible in this way."""
    _keep_faults_to_ourselves()
    words = sys.argv[1:] if arguments is None else list(arguments)
    options = EVERY_DAY if words == ["demo"] else _parser().parse_args(words)
    command: Command = options.run
    try:
        return command(options)
    except CounterError as error:
        print(f"counter: {_words(options.language, error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    import argparse
    from datetime import date

    parser = argparse.ArgumentParser(prog="counter", description="A workstation for one inspection booth.")
    parser.add_argument("--version", action="version", version=f"counter-tui {__version__}")
    parser.add_argument("--language", choices=("en", "id"), default="en", help="English or Bahasa Indonesia")
    parser.set_defaults(run=_workstation)
    commands = parser.add_subparsers(title="commands", metavar="")

    def add(name: str, run: Command, text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--language", choices=("en", "id"), default=argparse.SUPPRESS)
        command.set_defaults(run=run)
        return command

    demo = add("demo", _demo, "play at a training counter; nothing can reach a real record")
    demo.add_argument("--plain", action="store_true", help="play a scenario as plain text, without a screen")
    add("doctor", _doctor, "tell what works here; exit 1 if something needed does not")
    add("documents", _documents, "read zones: a JSON object with id and lines a line, answered line by line")
    manifest = add("manifest", _manifest, "convert passenger lists: PAXLST, CSV or XLSX, a JSON object a traveller")
    manifest.epilog = (
        "A line out has file, line, fields and problems. What is wrong with a list, and what of it was not used, goes "
        "to standard error as FILE:LINE: message; exit 1 where a file cannot be used at all."
    )
    manifest.add_argument("files", nargs="+", metavar="FILE")
    screen = add("screen", _screen, "screen travellers against lists: a JSON object a line, answered line by line")
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
    health = add("health", _health, "read health records, HL7 FHIR R4: a JSON object a resource")
    health.add_argument("files", nargs="+", metavar="FILE", help="a Bundle or a single resource, as JSON")
    health.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="the day of arrival; else today")
    _add_live(add)
    from .bootstrap.agency_command import add_agency

    add_agency(add)
    outbox = add("outbox", _outbox, "list the entries and how far each has come")
    outbox.add_argument("--demo", action="store_true", help="of the demo's store")
    journal = add("journal", _journal, "check the journal's chain from the first entry on")
    journal.add_argument("what", choices=("verify",))
    journal.add_argument("--demo", action="store_true", help="of the demo's store")
    lists = add(
        "lists", _lists, "sign a list of names, and what leads to it from an older version, with its owner's key"
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
    return parser


def _add_live(add: Callable[[str, Command, str], argparse.ArgumentParser]) -> None:
    """The single window, and a booth's way to it."""
    hub = add("hub", _hub, "run the post's single window; ends in good order on SIGTERM and SIGINT")
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
        command.set_defaults(run=_hub_order, order=name)
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
    enrol = add("enrol", _enrol, "make this booth a counter of a post, with the code that its single window gave")
    enrol.add_argument("code", metavar="CODE", nargs="*", help="as it was told; asked for where it is not given")
    for name, run, text in (
        ("export", _export, "write what is not delivered to a file, sealed to the single window"),
        ("receipts", _receipts, "take what the single window gave back for an exported file"),
    ):
        command = add(name, run, text)
        command.add_argument("file", metavar="FILE")
        command.add_argument("--demo", action="store_true", help="of the demo's store")


def _words(language: str, error: CounterError) -> str:
    from .bootstrap.catalogues import in_words

    return in_words(language, error)


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _workstation(options: Options) -> int:
    from .bootstrap.paths import counter_vault, live_folder, revocation_file

    folder = live_folder()
    if not counter_vault(folder).exists() and not revocation_file(folder).exists():
        print(
            "counter: this booth is not enrolled for real travellers. Ask the post for an enrolment code (there:\n"
            "counter hub invite COUNTER), then: counter enrol CODE. `counter demo` is the training counter.",
            file=sys.stderr,
        )
        return USAGE_ERROR
    from .bootstrap.workplace_live import check_not_revoked, run_workstation

    check_not_revoked(folder)
    if not _has_terminal():
        print("counter: the workstation opens a screen and needs a terminal.", file=sys.stderr)
        return USAGE_ERROR
    _favour_the_screen()
    return run_workstation(options.language)


def _hub(options: Options) -> int:
    from importlib.util import find_spec

    if not (find_spec("hypercorn") and find_spec("starlette")):
        print(
            "counter: a single window needs what the extra `hub` brings: pip install 'counter-tui[hub]'",
            file=sys.stderr,
        )
        return USAGE_ERROR
    from .bootstrap.hub import run_hub

    return run_hub(options.listen, options.address, sys.stdout, options.language)


def _hub_order(options: Options) -> int:
    from .bootstrap.hub_commands import COMMANDS

    return COMMANDS[options.order](options, sys.stdout)


def _enrol(options: Options) -> int:
    from .bootstrap.enrol import enrol

    code = " ".join(options.code) or (input("Enrolment code: ") if sys.stdin.isatty() else sys.stdin.readline())
    return enrol(code, sys.stdout, options.language)


def _export(options: Options) -> int:
    from .bootstrap.bundles import export

    code = export(options)
    if code == 0 and not options.demo:
        from .bootstrap.paths import live_folder
        from .bootstrap.workplace_live import finish_revocation

        if finish_revocation(live_folder()):
            from .bootstrap.catalogues import catalogue

            _ = catalogue(options.language).gettext
            print(_("This counter was revoked, and all it had is in the file: its keys are destroyed."))
    return code


def _receipts(options: Options) -> int:
    from .bootstrap.bundles import take_receipts

    return take_receipts(options)


def _demo(options: Options) -> int:
    if options.plain:
        from .bootstrap.plain import play

        return play(options.language, sys.stdout)
    if not _has_terminal():
        print("counter: demo opens a screen and needs a terminal; `counter demo --plain` does not.", file=sys.stderr)
        return USAGE_ERROR
    _favour_the_screen()
    from . import settings
    from .bootstrap.catalogues import catalogue
    from .bootstrap.demo import demo_desk
    from .tui.app import CounterApp

    app = CounterApp(demo_desk(), catalogue, options.language, timing=settings.load_reader())
    app.run(mouse=False)  # nothing needs one, and its bytes on a reattached terminal have ended programs
    return app.return_code or 0


def _keep_faults_to_ourselves() -> None:
    """A fault that nobody foresaw is told by its kind: its words, and what a traceback quotes, may hold anything."""

    def tell(kind: type[BaseException], _error: BaseException, _trace: object) -> None:
        print(
            f"counter: stopped by a fault of its own ({kind.__name__}). What was recorded is on disk.", file=sys.stderr
        )

    sys.excepthook = tell
    sys.unraisablehook = lambda _: None


def _favour_the_screen() -> None:
    """Let nothing come between a key and what it paints, and leave no core file behind.

    The interpreter goes over to the screen's thread within a millisecond, and the collector of reference cycles, which
    stops everything, does not look through what a start makes: it stays anyhow. The screen calls it back.
    """
    import gc
    import logging
    import threading

    gc.set_threshold(COLLECT_AFTER)
    threading.excepthook = lambda _: None
    logging.getLogger("asyncio").addHandler(logging.NullHandler())
    logging.getLogger("asyncio").propagate = False
    sys.setswitchinterval(0.001)
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _doctor(options: Options) -> int:
    from .bootstrap.doctor import examine

    return examine(options.language, sys.stdout)


def _documents(options: Options) -> int:
    from .bootstrap.clock import SystemClock
    from .bootstrap.documents import read_documents

    today = SystemClock().now().astimezone().date()
    return read_documents(options.language, sys.stdin.buffer, sys.stdout.buffer, today=today)


def _health(options: Options) -> int:
    from pathlib import Path

    from .bootstrap.clock import SystemClock
    from .bootstrap.health import read_health

    arrival = options.on or SystemClock().now().astimezone().date()
    return read_health(options.language, [*map(Path, options.files)], sys.stdout.buffer, sys.stderr, arrival=arrival)


def _manifest(options: Options) -> int:
    from .bootstrap.clock import SystemClock
    from .bootstrap.manifest import read_manifests

    today = SystemClock().now().astimezone().date()
    return read_manifests(options.language, options.files, sys.stdout.buffer, sys.stderr, today=today)


def _share(said: str) -> float:
    """A number from 0 to 1; ValueError for any other."""
    share = float(said)
    if not 0 <= share <= 1:
        raise ValueError
    return share


def _screen(options: Options) -> int:
    from pathlib import Path

    threshold = options.threshold
    if threshold is None:
        from .settings_lists import load_screening

        threshold = load_screening(demo=False).threshold
    if options.pairs:
        from .bootstrap.screen_pairs import print_effects

        return print_effects(options.language, Path(options.pairs), in_use=threshold, out=sys.stdout, err=sys.stderr)
    from .bootstrap.clock import SystemClock
    from .bootstrap.screen import Streams, screen_queries

    streams = Streams(sys.stdin.buffer, sys.stdout.buffer, sys.stderr)
    today = SystemClock().now().astimezone().date()
    return screen_queries(options.language, [*map(Path, options.list)], streams, threshold=threshold, today=today)


def _outbox(options: Options) -> int:
    from .bootstrap.offline import list_outbox

    return list_outbox(demo=options.demo, out=sys.stdout)


def _journal(options: Options) -> int:
    from .bootstrap.offline import verify_journal

    return verify_journal(demo=options.demo, out=sys.stdout)


def _lists(options: Options) -> int:
    from datetime import UTC, datetime
    from getpass import getpass
    from pathlib import Path

    from .bootstrap.lists import Order, sign_list

    ask = options.passphrase or not options.new_key
    order = Order(
        file=Path(options.file),
        list_id=options.list,
        key=Path(options.key),
        new_key=options.new_key,
        version=options.version,
        delta_from=Path(options.delta_from) if options.delta_from else None,
        valid_from=options.valid_from,
        posts=tuple(options.post),
        blind=Path(options.blind) if options.blind else None,
        new_blind=options.new_blind_keys,
        passphrase=lambda: getpass(f"{options.key}: ").encode() if ask else None,
    )
    return sign_list(order, datetime.now(UTC), language=options.language, out=sys.stdout, err=sys.stderr)


EVERY_DAY = SimpleNamespace(run=_demo, plain=False, language="en")
"""`counter demo`, without the parser: it takes longer to load than to be of use."""
