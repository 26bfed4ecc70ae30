"""A real post: a booth, `counter hub`, `counter agency` and the agency's system, each in a process of its own."""

import asyncio
import base64
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from counter_tui import cli, settings
from counter_tui.bootstrap import paths
from counter_tui.bootstrap.clock import SystemClock
from counter_tui.bootstrap.storage import BoundLedger, BoundPersons
from counter_tui.bootstrap.workplace_live import opened_counter
from counter_tui.domain.coding import to_json
from counter_tui.domain.entries import DECISION, SESSION, DecisionBody, SessionBody
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.words import Authority, Basis, Verdict
from offline_cache import Attempts
from tests.integration.hub.conftest import configuration, post
from tests.integration.hub.living import HubProcess, at_work, enrolled
from tests.integration.telling.test_killed import Process, started
from tests.unit.agencies.telling.tellings import crossing

__all__ = ["configuration", "post"]
JUDGED = (
    Judgement(Authority.IMMIGRATION, PERSON, Verdict.CLEAR, Basis.OFFICER),
    Judgement(Authority.CUSTOMS, PERSON, Verdict.CLEAR_COND, Basis.OFFICER, "cond.warned"),
    Judgement(Authority.HEALTH, PERSON, Verdict.PENDING, Basis.RULE),
)


@contextmanager
def customs_process(systems: Process, passphrase: Path) -> Iterator[str]:
    """`counter agency customs` over its system; what the hub's configuration says of it."""
    words = ["agency", "customs", "--system", systems.said["url"], "--listen", "127.0.0.1:0"]
    environment = {
        "COUNTER_HOME": str(paths.home()),
        "COUNTER_CONFIG": str(settings.config_folder()),
        "COUNTER_PASSPHRASE_FROM": str(passphrase),
        "PATH": "",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "counter_tui", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("Ready"):
                break
        found = re.search(r"http://127\.0\.0\.1:\d+", "".join(said))
        assert found, said
        token = (paths.agency_folder("customs") / "token").as_posix()
        yield f'grade = "query"\nurl = "{found[0]}"\ntoken_file = "{token}"\nanswer = 3.0\n'
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=20)


def decide(pin: str, count: int) -> None:
    """So many real decisions in this counter's journal."""
    with opened_counter(demo=False) as (vault, identity):
        ledger = BoundLedger(vault, identity, SystemClock())
        key = BoundPersons(Attempts(vault), identity).open_session("siti", pin, 0)
        signed_in = to_json(SessionBody("siti", base64.b64encode(key.certificate).decode()))
        ledger.append(SESSION, "", signed_in, signer=key)
        for number in range(count):
            opened = replace(crossing(f"c{number}"), training=False)
            body = DecisionBody(opened, "siti", JUDGED, "0" * 64, (), "1", training=False)
            ledger.append(DECISION, opened.id, to_json(body), signer=key)


async def test_what_a_booth_recorded_is_seen_by_the_agency_and_both_sides_agree(
    post: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "_keep_faults_to_ourselves", lambda: None)

    def run(*words: str) -> tuple[int, str]:
        code = cli.main(words)
        said = capsys.readouterr()
        return code, said.out + said.err

    folder = tmp_path / "config"
    shutil.copytree(settings.config_folder(), folder)
    async with started("agencies") as systems:
        with customs_process(systems, tmp_path / "passphrase") as link:
            table = (folder / "agencies.toml").read_text(encoding="utf-8")
            before = '[[link]]\nauthority = "customs"\ngrade = "none"\n'
            table = table.replace(before, f'[[link]]\nauthority = "customs"\n{link}')
            (folder / "agencies.toml").write_text(table, encoding="utf-8")
            monkeypatch.setenv("COUNTER_CONFIG", str(folder))
            hub = await asyncio.to_thread(HubProcess().start)
            try:
                await asyncio.to_thread(enrolled)
                await asyncio.to_thread(decide, hub.pins["siti"], 3)
                async with at_work() as booth, asyncio.timeout(30):
                    while sum(bool(line.seen and line.seen.answers) for line in await booth.desk.outbox()) < 3:
                        await asyncio.sleep(0.05)
                    lines = [line for line in await booth.desk.outbox() if line.kind == DECISION]
                assert {line.state for line in lines} == {"received"}
                (missing,) = {line.seen.missing for line in lines if line.seen}
                assert missing == (Authority.IMMIGRATION, Authority.HEALTH)
                said = run("hub", "reconcile", "--agency", "customs", "--since", "2026-01-01")
                assert said[0] == 0
                assert "3 there, 3 the same on both sides" in said[1]
                code, told = run("hub", "tell")
                counted = [line.split()[1:7:2] for line in told.splitlines()]
                assert (code, [line[0] for line in counted]) == (0, ["3", "0", "3", "0", "0"])
                file = tmp_path / "health.jsonl"
                code, told = run("hub", "tell", "--agency", "health", "--file", str(file))
                assert (code, "3 handed over" in told, "personal data" in told) == (0, True, True)
                assert len(file.read_bytes().splitlines()) == 3
                assert "no interface to immigration" in run("hub", "reconcile", "--agency", "immigration")[1]
                assert "Which agency?" in run("hub", "tell", "--file", str(file))[1]
            finally:
                hub.end()
