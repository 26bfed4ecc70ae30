"""What works here: terminal, keyring, vault, link, clock, configuration; and what might leak, as warnings."""

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

from .. import settings
from ..errors import CounterError
from . import paths
from .catalogues import catalogue, in_words
from .clock import SystemClock

if TYPE_CHECKING:
    from offline_cache import Vault

    from .storage import BoundLedger

Verdict = Literal["ok", "warn", "fail"]
SMALLEST = (80, 24)
RECORDERS = frozenset({"script", "asciinema", "ttyrec", "scriptreplay", "tlog-rec"})


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's: `fail` is something needed, `warn` something to know."""

    verdict: Verdict
    name: str
    says: str


def examine(language: str, out: TextIO) -> int:
    """Print a line a check; 1 if something needed does not work."""
    words = catalogue(language).gettext
    checks = list(_all(words, language))
    signs = {"ok": words("ok"), "warn": words("WARNING"), "fail": words("FAILS")}
    for check in checks:
        print(f"{signs[check.verdict]:<9} {check.name:<16} {check.says}", file=out)
    return 1 if any(c.verdict == "fail" for c in checks) else 0


def _all(_: Callable[[str], str], language: str) -> Iterator[Check]:
    yield _terminal(_)
    yield _encoding(_)
    yield _configuration(_, language)
    yield from _store(_, language)
    yield _loopback(_)
    yield from _leaks(_)


def _terminal(_: Callable[[str], str]) -> Check:
    if not sys.stdout.isatty():
        return Check("warn", _("terminal"), _("standard output is no terminal: only commands without a screen run"))
    columns, rows = shutil.get_terminal_size()
    colours = _("colours off (NO_COLOR)") if os.environ.get("NO_COLOR") else os.environ.get("COLORTERM", "16")
    said = f"{columns}x{rows}, {os.environ.get('TERM', '?')}, {colours}"
    if (columns, rows) < SMALLEST or rows < SMALLEST[1]:
        return Check("fail", _("terminal"), said + _(": at least 80x24 is needed; enlarge the window"))
    return Check("ok", _("terminal"), said)


def _encoding(_: Callable[[str], str]) -> Check:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding == "utf8":
        return Check("ok", _("characters"), "UTF-8")
    return Check("warn", _("characters"), encoding + _(": signs and names show wrongly; set LANG to a UTF-8 locale"))


def _configuration(_: Callable[[str], str], language: str) -> Check:
    from ..domain.risk.checking import check
    from ..settings_deadlines import FILE as DEADLINES
    from ..settings_deadlines import unsigned_deadlines
    from ..settings_floor import FILE, unsigned_floor
    from ..settings_lists import load_screening
    from ..settings_procedures import load_procedures
    from ..settings_risk import load_referral, load_risk, unsigned_risk
    from ..settings_sharing import load_sharing

    try:
        settings.load_place("demo")
        settings.load_reader()
        settings.load_findings()
        settings.load_rulebook()
        settings.load_reasons()
        load_sharing(demo=True)
        load_screening(demo=True)
        load_screening(demo=False)
        load_referral()
        useless = [flaw.id for flaw in check(load_risk()) if flaw.fatal]
        unsigned = [*load_procedures(demo=True).unsigned, *unsigned_risk(demo=True)]
        unsigned += [f"{FILE}: {one}" for one in unsigned_floor(demo=True)]
        unsigned += [f"{DEADLINES}: {one}" for one in unsigned_deadlines(demo=True)]
    except CounterError as error:
        return Check("fail", _("configuration"), in_words(language, error))
    if useless:
        said = _("rows of the risk rules that are of no use: {rows}; counter risk check tells why")
        return Check("warn", _("configuration"), said.format(rows=", ".join(useless)[:200]))
    if unsigned:
        said = _("not signed by whose duty they change, and not gone by: {rows}; counter procedures check tells more")
        return Check("warn", _("configuration"), said.format(rows=", ".join(unsigned)[:200]))
    return Check("ok", _("configuration"), str(settings.config_folder()))


def _store(_: Callable[[str], str], language: str) -> Iterator[Check]:
    """Keys, vault, journal and clock of the counter that is enrolled here, else the demo's; nothing is made."""
    from . import demo, workplace_keys, workplace_live

    folder = paths.live_folder()
    vault = paths.counter_vault(folder)
    if vault.exists():
        service = workplace_keys.SERVICE
        key = partial(workplace_keys.get_key, service, paths.keys_folder(folder), workplace_keys.LABEL, vault)
        yield from _keys(_, service, folder)
        yield from _vault(_, language, folder, lambda: workplace_live.open_vault(folder, key()))
    else:
        played = paths.demo_folder()
        yield from _keys(_, demo.SERVICE, played)
        yield from _vault(_, language, played, lambda: demo.open_vault(played, demo.find_key(played)))


def _keys(_: Callable[[str], str], service: str, folder: Path) -> Iterator[Check]:
    from offline_cache import KeyUnavailable, choose_keys

    try:
        kind = choose_keys(service, paths.keys_folder(folder), "").name
    except (KeyUnavailable, OSError) as error:
        yield Check("fail", _("keys"), str(error))
        return
    if kind == "keyring":
        yield Check("ok", _("keys"), _("in the keyring of this system"))
    else:
        yield Check("warn", _("keys"), _("no keyring here: keys lie in files, wrapped with the passphrase"))


def _vault(_: Callable[[str], str], language: str, folder: Path, opened: Callable[[], "Vault"]) -> Iterator[Check]:
    """What is in a vault that `opened` opens."""
    from offline_cache import CacheError, Records, Settings, VaultBusy

    from .doctor_held import examine_held
    from .doctor_links import examine_links
    from .doctor_lists import examine_lists
    from .doctor_reading import examine_reading
    from .identity import find_identity
    from .storage import BoundLedger, translated

    if not paths.counter_vault(folder).exists():
        yield Check("ok", _("vault"), _("none yet; the first start makes it"))
        return
    try:
        vault = opened()
    except VaultBusy:
        yield Check("ok", _("vault"), _("in use by a running counter"))
        return
    except (CacheError, CounterError) as error:
        own = _as_ours(translated(error))
        nobody_asked = own.code == "store.passphrase-none"
        yield Check("warn" if nobody_asked else "fail", _("vault"), in_words(language, own))
        return
    try:
        problems = vault.integrity()
        yield Check("fail" if problems else "ok", _("vault"), "; ".join(problems) or _("encrypted, opens, is whole"))
        identity = find_identity(Settings(vault))
        if identity is not None:
            yield from _journal(_, BoundLedger(vault, identity, SystemClock()))
            yield from (Check(*line) for line in examine_held(vault, identity.counter.id, _))
        yield from (Check(*line) for line in examine_links(Records(vault), SystemClock().now(), _, language))
        yield from (Check(*line) for line in examine_reading(vault, SystemClock().now(), _))
        yield from (Check(*line) for line in examine_lists(vault, folder, SystemClock().now(), _, language))
    finally:
        vault.close()


def _as_ours(error: Exception) -> CounterError:
    return error if isinstance(error, CounterError) else CounterError("store.unknown")


def _journal(_: Callable[[str], str], ledger: "BoundLedger") -> Iterator[Check]:
    report = ledger.verify()
    if report.problems:
        yield Check("fail", _("journal"), _("the chain is BROKEN: ") + ", ".join(report.problems[:3]))
    else:
        said = _("{count} entries, the chain holds, {waiting} wait for the link")
        yield Check("ok", _("journal"), said.format(count=report.count, waiting=ledger.waiting()[0]))
    from ..workstation.records import moment

    floor = ledger.floor()
    behind = (moment(floor) - SystemClock().now()).total_seconds() if floor else 0
    if behind > 1:
        said = _("set back: {seconds} s before the newest entry; set it right")
        yield Check("fail", _("clock"), said.format(seconds=int(behind)))
    else:
        yield Check("ok", _("clock"), f"{SystemClock().now():%Y-%m-%d %H:%M:%S} UTC")


def _loopback(_: Callable[[str], str]) -> Check:
    try:
        with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), 2):
            return Check("ok", _("link"), _("loopback answers; the demo's single window can run here"))
    except OSError as error:
        return Check("fail", _("link"), _("loopback does not answer") + f" (errno {error.errno})")


def _leaks(_: Callable[[str], str]) -> Iterator[Check]:
    """What might carry a traveller's data out of the program's hands."""
    swaps = Path("/proc/swaps")
    if swaps.exists() and len(swaps.read_text(encoding="utf-8", errors="replace").splitlines()) > 1:
        yield Check("warn", _("swap"), _("memory may be written to disk: turn swap off, or encrypt it"))
    if _core_dumps():
        yield Check("warn", _("core dumps"), _("on in this shell; the counter turns them off for itself"))
    if "ASCIINEMA_REC" in os.environ or RECORDERS & set(_ancestors()):
        yield Check("warn", _("recording"), _("this session is being recorded: names would be in the recording"))


def _core_dumps() -> bool:
    try:
        import resource
    except ImportError:
        return False
    return resource.getrlimit(resource.RLIMIT_CORE)[0] != 0


def _ancestors() -> Iterator[str]:
    """The names of the processes above this one, where /proc tells."""
    pid = os.getppid()
    for _ in range(32):
        try:
            status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return
        fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        yield fields.get("Name", "").strip()
        pid = int(fields.get("PPid", "0"))
        if pid == 0:
            return
