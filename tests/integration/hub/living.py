"""A post that is for real travellers: its single window in a process of its own, over TLS, and booths in this one."""

import asyncio
import base64
import contextlib
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

from counter_tui.bootstrap import paths, workplace
from counter_tui.bootstrap.clock import SystemClock
from counter_tui.bootstrap.enrol import enrol
from counter_tui.bootstrap.hub_control import obeyed
from counter_tui.bootstrap.identity import Identity
from counter_tui.bootstrap.storage import BoundLedger, BoundPersons
from counter_tui.bootstrap.workplace_live import LiveWorkplace, find_live_key, opened_counter
from counter_tui.domain.coding import to_json
from counter_tui.domain.entries import SESSION, SessionBody
from counter_tui.errors import CounterError
from counter_tui.workstation.desk import Desk
from offline_cache import Attempts

ROOT = Path(__file__).resolve().parents[3]
PASSPHRASE = "a passphrase for tests"
LIVE = '\n[live]\npost = "ID-ENTIKONG"\ncounters = ["ENT-3", "ENT-4"]\n'
STAFF = """
[[officer]]
id = "siti"
name = "Siti Rahma"
agency = "immigration"
role = "officer"
acts_for = ["immigration", "customs", "quarantine", "security"]

[[officer]]
id = "budi"
name = "Budi Santoso"
agency = "immigration"
role = "supervisor"
"""


def live_configuration(folder: Path) -> Path:
    """A copy of config/ that says which post this is, and who works there."""
    shutil.copytree(ROOT / "config", folder, ignore=shutil.ignore_patterns("demo", "locales"))
    with (folder / "posts.toml").open("a", encoding="utf-8") as posts:
        posts.write(LIVE)
    (folder / "officers.toml").write_text(STAFF, encoding="utf-8")
    return folder


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


class HubProcess:
    """`counter hub`, from outside. Its first words are `said`; the first PINs that it told are `pins`."""

    def __init__(self) -> None:
        self.port = free_port()
        self.said: list[str] = []
        self.pins: dict[str, str] = {}
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> "HubProcess":
        words = ["hub", "--listen", f"127.0.0.1:{self.port}"]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "counter_tui", *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said.append(line.rstrip())
            if line.startswith("Ready"):
                break
        if not (self.said and self.said[-1].startswith("Ready")):
            self.end()
            raise AssertionError(self.said)
        self.pins |= obeyed({"order": "pins"})["pins"]
        return self

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        if process.poll() is None:
            process.send_signal(how)
        rest, _ = process.communicate(timeout=20)
        self.said += rest.splitlines()
        return process.returncode

    def kill(self) -> None:
        self.end(signal.SIGKILL)


def invited(counter: str = "ENT-3") -> str:
    return str(obeyed({"order": "invite", "counter": counter})["code"])


def enrolled(counter: str = "ENT-3") -> str:
    """This machine is a counter from now on; what was said of it."""
    out = io.StringIO()
    assert enrol(invited(counter), out) == 0
    return out.getvalue()


def held(counter: str) -> int:
    """How far the single window holds a counter's journal."""
    lines = obeyed({"order": "counters"})["counters"]
    return int(next(line["head"] for line in lines if line["id"] == counter))


def record(pin: str, count: int) -> int:
    """So many entries in this counter's journal, signed by one sign-in; how many wait."""
    with opened_counter(demo=False) as (vault, identity):
        ledger = BoundLedger(vault, identity, SystemClock())
        key = BoundPersons(Attempts(vault), identity).open_session("siti", pin, 0)
        body = to_json(SessionBody("siti", base64.b64encode(key.certificate).decode()))
        ledger.append(SESSION, "", body, signer=key)
        with vault.transaction():
            for number in range(count - 1):
                ledger.append("note", "", f'{{"note":{number}}}'.encode(), signer=key)
        return ledger.waiting()[0]


def who() -> Identity:
    with opened_counter(demo=False) as (_, identity):
        return identity


class Booth:
    """This machine's counter at work, without its screen."""

    def __init__(self) -> None:
        folder = paths.live_folder()
        self.ends: list[CounterError] = []
        at = LiveWorkplace(folder, find_live_key(folder), who(), self.ends.append)
        self.desk: Desk = workplace.desk_of(at, SystemClock())

    async def until(self, wanted: Callable[[], bool], seconds: float = 30.0) -> None:
        async with asyncio.timeout(seconds):
            while not wanted():
                await asyncio.sleep(0.02)

    async def waiting(self, count: int, seconds: float = 30.0) -> None:
        """Wait until so many wait."""
        async with asyncio.timeout(seconds):
            while sum(line.state in {"recorded", "sent"} for line in await self.desk.outbox()) != count:
                await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def at_work() -> AsyncIterator[Booth]:
    booth = await asyncio.to_thread(Booth)
    try:
        await booth.desk.prepare()
        yield booth
    finally:
        await booth.desk.close()


@contextlib.contextmanager
def environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
