"""Complaint 19: offline data in plain text (Wahllokalsystem #1000)."""

from __future__ import annotations

from pathlib import Path

from tests.integration.reading.reading_booth import DETAIL, GIVEN, NAME, NUMBER, Counter, decrypted, traveller

CANARIES = [canary.encode() for canary in (NAME, GIVEN, NUMBER, DETAIL)]


async def test_no_file_of_a_booth_shows_a_traveller_at_work_or_at_rest(tmp_path: Path) -> None:
    with Counter(tmp_path).started() as at_work:
        at_work.feed()
        await at_work.sign_in()
        await at_work.rig.booth.finding.search(NAME)
        await at_work.rig.booth.open(traveller())
        assert shown_by(tmp_path) == []
    assert shown_by(tmp_path) == []


async def test_the_key_of_the_device_alone_shows_none_either(tmp_path: Path) -> None:
    with Counter(tmp_path).started() as at_work:
        at_work.feed()
        await at_work.sign_in()
        await at_work.rig.booth.open(traveller())
        await at_work.rig.booth.sign_out()
    pages = decrypted(tmp_path / "counter.vault")
    assert [canary for canary in CANARIES if canary in pages] == []


def shown_by(folder: Path) -> list[tuple[str, bytes]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 2
    return [(path.name, canary) for path in files for canary in CANARIES if canary in path.read_bytes()]
