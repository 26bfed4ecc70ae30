"""What `counter hub`, `counter enrol` and `counter` say and answer, in both languages, without a terminal."""

import re
import subprocess
import sys

import pytest

from counter_tui import cli
from counter_tui.bootstrap import paths
from tests.integration.hub.living import HubProcess, enrolled, held


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Run":
    monkeypatch.setattr(cli, "_keep_faults_to_ourselves", lambda: None)
    return Run(capsys)


class Run:
    """One command in this process: its code, and what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> tuple[int, str]:
        code = cli.main(words)
        said = self._capsys.readouterr()
        return code, said.out + said.err


def test_a_code_told_and_typed_in_groups_makes_a_counter(hub: HubProcess, run: Run) -> None:
    assert run("hub", "counters") == (0, "No counter is enrolled. Next: counter hub invite COUNTER\n")
    code, told = run("hub", "invite", "ENT-3")
    groups = [word for line in told.splitlines() if line.startswith("    ") for word in line.strip().split("-")]
    assert (code, len(groups)) == (0, 14)
    misheard = ("B" if groups[5][0] == "A" else "A") + groups[5][1:]
    code, told = run("enrol", *groups[:5], misheard, *groups[6:])
    assert (code, "Group 6" in told) == (1, True)
    code, told = run("--language", "id", "enrol", *groups)
    assert (code, "konter ENT-3" in told) == (0, True)
    code, told = run("hub", "counters")
    assert told.split() == ["ENT-3", "3", "never", "heard", "0", "entries"]


def test_first_pins_are_told_once_and_not_by_what_a_service_logs(hub: HubProcess, run: "Run") -> None:
    assert "siti, budi. Next: counter hub pins" in hub.said[2]
    assert not any(pin in line for line in hub.said for pin in hub.pins.values())
    assert run("hub", "pins") == (0, "Every first PIN was told before.\n")


def test_a_revocation_is_told_and_nobody_unknown_is_revoked(hub: HubProcess, run: Run) -> None:
    enrolled()
    code, told = run("hub", "revoke", "ENT-9")
    assert (code, "ENT-9" in told) == (1, True)
    code, told = run("--language", "id", "hub", "revoke", "ENT-3", "--reason", "Dicuri", "--export-first")
    assert (code, "Dicabut: ENT-3" in told, "counter export" in told) == (0, True, True)
    assert "REVOKED" in run("hub", "counters")[1]
    assert held("ENT-3") == 0


def test_nobody_there_and_another_one_there_are_told_apart(hub: HubProcess, run: Run) -> None:
    told = run("hub", "invite", "ENT-3")[1]
    words = [line.strip() for line in told.splitlines() if line.startswith("    ")]
    hub.end()
    code, told = run("enrol", *words)
    assert (code, f"127.0.0.1:{hub.port}" in told, "still good" in told) == (1, True, True)
    for path in paths.hub_folder().rglob("*"):
        if path.is_file():
            path.unlink()
    hub.start()
    code, told = run("enrol", *words)
    assert (code, "nothing was sent" in told) == (1, True)
    assert not paths.counter_vault(paths.live_folder()).exists()


def test_a_hub_that_cannot_be_says_why(post: None, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    code, told = run("hub", "--listen", "0.0.0.0:0")
    assert (code, "--address" in told) == (1, True)
    for wrong in ("8443", "127.0.0.1:", ":1", "127.0.0.1:99999"):
        assert run("hub", "--listen", wrong)[0] == 1
    assert run("hub", "--listen", "192.0.2.1:8443")[1].startswith("counter: 192.0.2.1 is no address of this machine")
    code, told = run("hub", "invite", "ENT-3")
    assert (code, "--listen" in told) == (1, True)
    monkeypatch.setenv("COUNTER_PASSPHRASE_FROM", "/nowhere")
    assert "COUNTER_PASSPHRASE_FROM" in run("hub")[1]
    monkeypatch.delenv("COUNTER_CONFIG")
    code, told = run("hub")
    assert (code, "officers.toml" in told) == (1, True)


def test_an_enrolled_booth_needs_a_terminal_and_one_that_is_not_says_how_to_enrol(hub: HubProcess, run: Run) -> None:
    code, told = run()
    assert (code, "counter enrol CODE" in told) == (2, True)
    enrolled()
    code, told = run()
    assert (code, "terminal" in told) == (2, True)
    code, told = run("outbox")
    assert (code, told) == (0, "0 waiting\n")
    _, told = run("doctor")
    assert "0 entries, the chain holds, 0 wait for the link" in told  # of the enrolled counter, not of the demo


def test_the_doctor_of_an_enrolled_booth_does_not_call_it_broken_where_nobody_types(
    hub: HubProcess, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolled()
    monkeypatch.delenv("COUNTER_PASSPHRASE_FROM")
    code, told = run("doctor")
    assert "COUNTER_PASSPHRASE_FROM" in told
    assert "WARNING   vault" in told
    assert code == 0


def test_no_secret_is_taken_from_the_command_line(post: None) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "counter_tui", "hub", "--help"], capture_output=True, text=True, check=True
    )
    assert not re.search("passphrase|password|passwd", told.stdout.lower())
