"""A link by file, on real files: which counts, what it says of whom, and what is not taken."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_tui.agencies.agency_files import AHEAD, FileLine
from counter_tui.agencies.links import LinkTerms
from counter_tui.domain.agency_links import AgencyLink, Grade, Standing
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Authority, Direction, SourceState, Verdict
from counter_tui.errors import AgencyError
from counter_tui.single_window.fan_out import FanOut
from counter_tui.single_window.file_folder import FileFolder, Refused, Taken
from tests.contract.connecting import NOW, PEOPLE, connector, fetches, of, stranger
from tests.contract.filed import SECRET, folder_of, lines_of, put

CUSTOMS = Authority.CUSTOMS
LISTED = of(next(p for p in PEOPLE.persons if any(code.startswith("cust.") for code in p.finds)))
EARLIER = NOW - timedelta(hours=3)


@pytest.fixture
async def lines() -> list[FileLine]:
    return await lines_of(connector(CUSTOMS, fetches()[CUSTOMS]), [LISTED])


def refusals(folder: FileFolder) -> dict[str, str]:
    return {one.file: one.why.code for one in folder.look() if isinstance(one, Refused)}


def unlooked(folder: Path) -> FileFolder:
    return FileFolder(CUSTOMS, folder, SECRET, lambda: NOW)


async def test_what_it_says_is_as_of_the_file_and_never_live(tmp_path: Path, lines: list[FileLine]) -> None:
    path = put(tmp_path, CUSTOMS, lines, EARLIER)
    folder = folder_of(CUSTOMS, tmp_path)
    section = await folder.section(LISTED)
    assert (section.source, section.as_of, folder.as_of, folder.why) == (SourceState.CACHED, EARLIER, EARLIER, "")
    assert section.contributions == lines[0].section.contributions
    path.unlink()
    folder.look()
    assert (await folder.section(LISTED)).source is SourceState.NOT_CHECKED, "what is not there says nothing"


async def test_whom_it_does_not_name_is_not_checked(tmp_path: Path, lines: list[FileLine]) -> None:
    put(tmp_path, CUSTOMS, lines)
    section = await folder_of(CUSTOMS, tmp_path).section(stranger())
    assert (section.source, section.verdict, section.as_of) == (SourceState.NOT_CHECKED, Verdict.PENDING, None)


async def test_where_it_says_that_nothing_is_held_on_others_they_are_clean(
    tmp_path: Path, lines: list[FileLine]
) -> None:
    put(tmp_path, CUSTOMS, lines, EARLIER, complete=True)
    section = await folder_of(CUSTOMS, tmp_path).section(stranger())
    assert (section.source, section.as_of, section.clean) == (SourceState.CACHED, EARLIER, True)


def test_immigration_does_not_say_so(tmp_path: Path) -> None:
    with pytest.raises(AgencyError, match="agency.file-not-complete"):
        put(tmp_path, Authority.IMMIGRATION, [], complete=True)


async def test_the_one_made_last_counts_whichever_came_last(tmp_path: Path, lines: list[FileLine]) -> None:
    put(tmp_path, CUSTOMS, [], NOW)
    folder = unlooked(tmp_path)
    (taken,) = folder.look()
    assert isinstance(taken, Taken)
    put(tmp_path, CUSTOMS, lines, EARLIER)
    assert folder.look() == []
    assert folder.as_of == NOW
    assert (await folder.section(LISTED)).source is SourceState.NOT_CHECKED, "a snapshot, not a sum"


def cut(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def without_tail(raw: bytes) -> bytes:
    return b"".join(line + b"\n" for line in raw.splitlines()[:-1])


def without_line(raw: bytes) -> bytes:
    first, *rest = raw.splitlines(keepends=True)
    return first.replace(b'"count":2', b'"count":1') + b"".join(rest[1:])


def of_tomorrow(raw: bytes) -> bytes:
    return raw.replace(NOW.isoformat().encode(), (NOW + AHEAD + timedelta(minutes=1)).isoformat().encode())


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (cut, "agency.file-cut"),
        (without_tail, "agency.file-cut"),
        (without_line, "agency.file-seal"),
        (lambda raw: raw + b"{}\n", "agency.file-cut"),
        (lambda raw: raw.replace(b'"about":"', b'"about":"X', 1), "agency.file-seal"),
        (lambda raw: raw.replace(b'"customs"', b'"health"', 1), "agency.file-other-agency"),
        (of_tomorrow, "agency.file-tomorrow"),
        (lambda raw: raw.replace(b'"version":1', b'"version":2', 1), "agency.file-not-ours"),
        (lambda raw: raw.replace(b'"count":2', b'"count":10001', 1), "agency.file-too-many"),
        (lambda raw: raw.replace(b'"count":2', b'"count":2,"count":2', 1), "agency.file-not-ours"),
        (lambda _: b"", "agency.file-not-ours"),
        (lambda _: b"[" * 300_000, "agency.file-not-ours"),
        (lambda raw: raw.splitlines()[0] + b"\n" * 400_000, "agency.file-cut"),
        (lambda raw: raw.splitlines(keepends=True)[0] + b"x" * (65 << 20), "agency.file-too-large"),
        (lambda _: b"PK\x03\x04" + bytes(1000), "agency.file-not-ours"),
    ],
)
async def test_what_is_not_whole_is_refused_with_file_and_reason_and_changes_nothing(
    tmp_path: Path, lines: list[FileLine], spoil: Callable[[bytes], bytes], code: str
) -> None:
    put(tmp_path, CUSTOMS, lines, EARLIER)
    folder = folder_of(CUSTOMS, tmp_path)
    path = put(tmp_path, CUSTOMS, lines)
    path.write_bytes(spoil(path.read_bytes()))
    assert refusals(folder) == {path.name: code}
    assert refusals(folder) == {}, "told once"
    assert (folder.as_of, folder.why) == (EARLIER, code)
    assert (await folder.section(LISTED)).as_of == EARLIER
    put(tmp_path, CUSTOMS, lines)
    folder.look()
    assert (folder.as_of, folder.why) == (NOW, ""), "once it is whole it counts"


def sealed_anyhow(folder: Path, lines: list[FileLine]) -> dict[str, str]:
    put(folder, CUSTOMS, lines)
    return refusals(unlooked(folder))


async def test_even_who_has_the_secret_speaks_for_its_own_agency_alone(tmp_path: Path, lines: list[FileLine]) -> None:
    entry, leaving = lines
    section = entry.section
    wrong: list[Section] = [
        replace(section, authority=Authority.HEALTH),
        replace(section, source=SourceState.NOT_CHECKED),
        replace(section, as_of=None),
        replace(section, findings=()),
    ]
    for number, one in enumerate(wrong):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert list(sealed_anyhow(folder, [replace(entry, section=one), leaving]).values()) == ["agency.file-line"]


async def test_of_a_traveller_who_stands_there_twice_neither_is_believed(tmp_path: Path, lines: list[FileLine]) -> None:
    assert list(sealed_anyhow(tmp_path, [lines[0], lines[0]]).values()) == ["agency.file-line"]


async def test_the_file_of_another_process_is_none(tmp_path: Path, lines: list[FileLine]) -> None:
    put(tmp_path, CUSTOMS, lines, secret="another")
    assert list(refusals(unlooked(tmp_path)).values()) == ["agency.file-seal"]


def test_what_is_no_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "note.txt").write_text("x")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jsonl")
        (tmp_path / "link.jsonl").symlink_to(tmp_path / "note.txt")
    folder = unlooked(tmp_path)
    assert folder.look() == []
    assert folder.why == "agency.file-none"
    gone = unlooked(tmp_path / "none")
    assert (gone.look(), gone.why) == ([], "agency.file-no-folder")


async def test_its_link_says_as_of_when_and_it_reaches_the_counters_ahead(
    tmp_path: Path, lines: list[FileLine]
) -> None:
    put(tmp_path, CUSTOMS, lines, EARLIER)
    kept: list[Section] = []

    async def keep(_: str, section: Section) -> None:
        kept.append(section)

    folder = folder_of(CUSTOMS, tmp_path)
    terms = {CUSTOMS: LinkTerms(Grade.FILE)}
    fan_out = FanOut([folder], keep, monotonic=lambda: 0.0, now=lambda: NOW, terms=terms)
    assert fan_out.links == (
        AgencyLink(CUSTOMS, Grade.FILE, Standing.ANSWERING, NOW, last_answer=EARLIER),
        *fan_out.links[1:],
    )
    (came,) = [one async for one in fan_out.ask(LISTED, ahead=True)]
    assert (came.source, came.as_of) == (SourceState.CACHED, EARLIER)
    assert [one async for one in fan_out.ask(stranger())] == []
    assert kept == [came], "of whom it says nothing there is nothing to keep"
    await fan_out.aclose()


async def test_a_direction_that_it_does_not_have_is_not_checked(tmp_path: Path, lines: list[FileLine]) -> None:
    put(tmp_path, CUSTOMS, [one for one in lines if one.direction is not LISTED.direction])
    folder = folder_of(CUSTOMS, tmp_path)
    assert (await folder.section(LISTED)).source is SourceState.NOT_CHECKED
    assert LISTED.direction in Direction
