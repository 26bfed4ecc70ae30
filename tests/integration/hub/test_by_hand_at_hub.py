"""What is carried by hand, at a single window of its own: one that runs, one at rest; and for a revoked counter."""

from pathlib import Path

import pytest

from counter_tui import cli
from counter_tui.bootstrap.hub_control import obeyed
from counter_tui.bootstrap.workplace_live import opened_counter
from offline_cache import Outbox
from tests.integration.hub.living import HubProcess, enrolled, held, record


def run(*words: str) -> int:
    return cli.main(list(words))


def waiting() -> int:
    with opened_counter(demo=False) as (vault, identity):
        return Outbox(vault, identity.counter.id).summary().waiting


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_a_running_hub_takes_it_and_one_at_rest_too(
    hub: HubProcess, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    enrolled()
    assert record(hub.pins["siti"], 40) == 40
    up, down = str(stick / "up"), str(stick / "down")
    assert run("export", up) == 0
    assert waiting() == 40
    assert run("hub", "import", up, "--receipts", down) == 0
    assert held("ENT-3") == 40
    hub.end()
    assert run("hub", "import", up, "--receipts", down) == 0
    assert "40 entries, 40 new, 0 refused" in (said := capsys.readouterr().out)
    assert "40 entries, 0 new, 0 refused" in said
    assert run("receipts", down) == 0
    assert "40 entries received" in capsys.readouterr().out
    assert waiting() == 0


def test_a_revoked_counter_learns_it_from_the_stick_and_destroys_its_keys(
    hub: HubProcess, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    enrolled()
    record(hub.pins["siti"], 3)
    up, down = str(stick / "up"), str(stick / "down")
    assert run("export", up) == 0
    obeyed({"order": "revoke", "counter": "ENT-3", "reason": "stolen", "export_first": False})
    assert run("hub", "import", up, "--receipts", down) == 1
    assert "revoked" in capsys.readouterr().err
    assert held("ENT-3") == 0
    assert run("receipts", down) == 1
    assert "stolen" in capsys.readouterr().err
    assert run("export", up) == 1
    assert "stolen" in capsys.readouterr().err


def test_an_error_of_a_running_hub_is_told_in_its_words(
    hub: HubProcess, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (stick / "up").write_bytes(b"something else")
    assert run("hub", "import", str(stick / "up"), "--receipts", str(stick / "down")) == 1
    assert "not written by `counter export`" in capsys.readouterr().err
    assert run("hub", "import", str(stick / "none"), "--receipts", str(stick / "down")) == 1
    assert "none is not there" in capsys.readouterr().err
