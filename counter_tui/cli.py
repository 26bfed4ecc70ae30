"""The command line. A screen or a server is imported only inside the command that needs it."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

from .errors import CounterError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    Options = argparse.Namespace | SimpleNamespace
    Command = Callable[[Options], int]

USAGE_ERROR = 2
COLLECT_AFTER = 1_000_000  # objects, until somebody has signed in; the interpreter's own number is 700


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 well, 1 something needed does not work, 2 not possible in this way."""
    _keep_faults_to_ourselves()
    words = sys.argv[1:] if arguments is None else list(arguments)
    options = EVERY_DAY if words == ["demo"] else _parsed(words)
    command: Command = options.run
    try:
        return command(options)
    except CounterError as error:
        print(f"counter: {_words(options.language, error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parsed(words: Sequence[str]) -> Options:
    from .cli_options import build_parser

    return build_parser(COMMANDS).parse_args(words)


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
    from .bootstrap.demo import ENTRY, EXIT, demo_desk
    from .tui.app import CounterApp

    desk = demo_desk(place=EXIT if options.exit else ENTRY)
    app = CounterApp(desk, catalogue, options.language, timing=settings.load_reader())
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
    stops everything, does not look through what a start makes: it stays anyhow. The screen calls it back. What has
    changed is painted within a hundred and twentieth of a second, not a sixtieth.
    """
    import gc
    import logging
    import threading

    gc.set_threshold(COLLECT_AFTER)
    os.environ.setdefault("TEXTUAL_FPS", "120")
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


def _explain(options: Options) -> int:
    from .bootstrap.explaining import explain

    return explain(options.language, options.crossing, demo=options.demo, out=sys.stdout)


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


COMMANDS: Mapping[str, Command] = {
    "": _workstation,
    "demo": _demo,
    "doctor": _doctor,
    "documents": _documents,
    "health": _health,
    "manifest": _manifest,
    "screen": _screen,
    "outbox": _outbox,
    "journal": _journal,
    "explain": _explain,
    "lists": _lists,
    "hub": _hub,
    "hub order": _hub_order,
    "enrol": _enrol,
    "export": _export,
    "receipts": _receipts,
}
"""What each command of `cli_options` runs; "" is `counter` alone."""

EVERY_DAY = SimpleNamespace(run=_demo, plain=False, exit=False, language="en")
"""`counter demo`, without the parser: it takes longer to load than to be of use."""
