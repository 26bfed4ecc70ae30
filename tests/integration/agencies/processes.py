"""Agencies in processes of their own, from outside, and a hub that asks them: `counter agency`, `counter hub`."""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.bootstrap import paths
from counter_tui.domain.crossings import Crossing
from counter_tui.domain.documents import compose_mrz, read_mrz
from counter_tui.domain.lookups import PRESENT, Lookup
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Authority, Direction
from counter_tui.link.client import WindowClient

SHIPPED = settings.config_folder()


def environment(passphrase: Path, config: Path = SHIPPED) -> dict[str, str]:
    """Of an agency's process: this machine's home, the demo's configuration, and where its passphrase stands."""
    return {
        "COUNTER_HOME": str(paths.home()),
        "COUNTER_CONFIG": str(config),
        "COUNTER_PASSPHRASE_FROM": str(passphrase),
        "PATH": "",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


def exported(authority: Authority, passphrase: Path, folder: Path, about: Path, *more: str) -> str:
    """What `counter agency --export` says, once it has written its file."""
    words = ["agency", authority.value, "--demo", "--export", str(folder), "--about", str(about), *more]
    done = subprocess.run(
        [sys.executable, "-m", "counter_tui", *words],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment(passphrase),
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class AgencyProcess:
    """`counter agency`, from outside; `url` is where it answers, `token_file` where its secret stands."""

    def __init__(self, authority: Authority, passphrase: Path, config: Path = SHIPPED) -> None:
        words = ["agency", authority.value, "--demo", "--listen", "127.0.0.1:0"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "counter_tui", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment(passphrase, config),
        )
        assert self.process.stdout is not None
        self.said = []
        for line in self.process.stdout:
            self.said.append(line.rstrip())
            if line.startswith("Ready"):
                break
        found = re.search(r"http://127\.0\.0\.1:\d+", " ".join(self.said))
        assert found, self.said
        self.url = found[0]
        self.token_file = paths.agency_folder(authority.value) / "token"

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.communicate(timeout=20)
        return self.process.returncode


@contextmanager
def running(
    *authorities: Authority, passphrase: Path, config: Path = SHIPPED
) -> Iterator[dict[Authority, AgencyProcess]]:
    processes: dict[Authority, AgencyProcess] = {}
    try:
        for authority in authorities:
            processes[authority] = AgencyProcess(authority, passphrase, config)
        yield processes
    finally:
        for process in processes.values():
            process.end(signal.SIGKILL)


def own_configuration(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the configuration, to be changed."""
    shutil.copytree(settings.config_folder(), folder)
    monkeypatch.setenv("COUNTER_CONFIG", str(folder))
    return folder


def linked(folder: Path, authority: Authority, row: str) -> None:
    """Let this configuration's link to an authority be so."""
    table = (folder / "agencies.toml").read_text(encoding="utf-8")
    before = f'[[link]]\nauthority = "{authority.value}"\ngrade = "none"\n'
    assert before in table
    table = table.replace(before, f'[[link]]\nauthority = "{authority.value}"\n{row}')
    (folder / "agencies.toml").write_text(table, encoding="utf-8")


def configured(processes: dict[Authority, AgencyProcess], folder: Path) -> None:
    """Let the hub's configuration say where they are."""
    for authority, process in processes.items():
        grade = f'grade = "query"\nurl = "{process.url}"\ntoken_file = "{process.token_file.as_posix()}"\n'
        linked(folder, authority, f"{grade}answer = 3.0\nfailures = 2\n")


def crossing_of(number: str) -> Crossing:
    today = datetime.now(UTC).date()
    lines = compose_mrz("TD3", "P", "IDN", number, "IDN", "X", "Y", "M", date(1980, 1, 1), date(today.year + 2, 1, 1))
    document = read_mrz(lines, today=today).document
    assert document is not None
    return Crossing("c", Direction.ENTRY, "A", document, datetime.now(UTC))


async def asked(client: WindowClient, crossing: Crossing) -> dict[Authority, Section]:
    async with aclosing(client.sections(crossing, why=Lookup("siti", PRESENT))) as sections:
        return {one.authority: one async for one in sections}
