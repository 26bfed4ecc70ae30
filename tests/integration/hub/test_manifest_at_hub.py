"""A bus manifest at the single window: a booth expects its travellers, as one bus with its headcount."""

import asyncio
import hashlib
from pathlib import Path

import pytest

from counter_tui import cli
from counter_tui.bootstrap import paths
from counter_tui.domain.crossings import GroupKind
from counter_tui.workstation.news import Expecting
from tests.integration.hub.living import Booth, HubProcess, at_work, enrolled

MANIFEST = """DAFTAR PENUMPANG
No. Polisi:;KB 7012 AB
Tanggal:;22/11/2026
Jam tiba:;09.30
Jumlah penumpang:;4
No;Nama Penumpang;L/P;Tgl Lahir;Kewarganegaraan;No. Paspor;Keterangan
1;AMINAH, SITI;P;12/08/1974;WNI;X1234567;
2;RAHMAN BIN ALI;L;01/02/1990;Malaysia;K12345678;kursi roda
3;BUDI;L;31/12/1985;Indonesia;;
"""


def run(*words: str) -> int:
    return cli.main(list(words))


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "bus.csv"
    path.write_text(MANIFEST, encoding="utf-8")
    return path


async def until_expecting(booth: Booth, travellers: int) -> Expecting:
    async with asyncio.timeout(30):
        while (expecting := await booth.desk.expecting()).travellers != travellers:
            await asyncio.sleep(0.02)
    return expecting


async def test_a_booth_expects_the_bus(hub: HubProcess, listed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await asyncio.to_thread(enrolled)
    assert await asyncio.to_thread(run, "hub", "manifest", str(listed)) == 0
    said = capsys.readouterr().out
    assert "KB 7012 AB: 4 people, due 2026-11-22 09:30" in said
    assert "2 of 3 listed are expected at every counter; 2 of them new" in said
    assert "bus.csv:1: neither a traveller nor a label" in said
    assert "bus.csv:5: declares 4 passengers, and 3 listed" in said
    assert "bus.csv:9: without a document number" in said
    async with at_work() as booth:
        await booth.desk.sign_in("siti", hub.pins["siti"])
        (bus,) = (await until_expecting(booth, 2)).groups
        assert (bus.group.kind, bus.group.name, bus.group.headcount, bus.listed) == (GroupKind.BUS, "KB 7012 AB", 4, 2)
        assert bus.group.due is not None
        assert bus.group.due.isoformat() == "2026-11-22T09:30:00+07:00"
        (found,) = await booth.desk.search("X1234567")
        assert (found.document.surname, found.document.given_names) == ("AMINAH", "SITI")


def test_taking_it_twice_changes_nothing_at_a_hub_that_runs_or_rests(
    hub: HubProcess, listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("hub", "manifest", str(listed), "--due", "09:45") == 0
    assert run("hub", "manifest", str(listed), "--due", "09:45") == 0
    hub.end()
    assert run("hub", "manifest", str(listed), "--due", "09:45") == 0
    said = capsys.readouterr().out
    assert [line.split("; ")[1] for line in said.splitlines() if "are expected" in line] == [
        "2 of them new.",
        "0 of them new.",
        "0 of them new.",
    ]
    assert "due 2" in said
    assert "09:45" in said


def test_the_original_is_kept_as_it_came_and_nothing_of_it_in_clear(
    post: None, listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed.write_bytes(MANIFEST.encode("cp1252"))
    digest = hashlib.sha256(listed.read_bytes()).hexdigest()
    assert run("hub", "manifest", str(listed)) == 0
    assert digest in capsys.readouterr().out
    back = tmp_path / "back.csv"
    assert run("hub", "manifest", str(back), "--original", digest) == 0
    assert back.read_bytes() == listed.read_bytes()
    for path in paths.hub_folder().rglob("*"):
        assert not path.is_file() or b"RAHMAN" not in path.read_bytes()
    assert run("hub", "manifest", str(tmp_path / "none"), "--original", "0" * 64) == 1
    assert "not among the originals" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words", "expected"),
    [(b"", [], "is empty"), (b"nothing here", [], "no row of headings"), (b"x", ["--due", "soon"], "no row of")],
)
def test_a_list_that_cannot_be_used_is_refused_in_words(
    post: None,
    tmp_path: Path,
    content: bytes,
    words: list[str],
    expected: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    assert run("hub", "manifest", str(path), *words) == 1
    assert expected in capsys.readouterr().err
