"""Lists in a counter's store: in force whole or not at all, never a step back, and what is refused is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from counter_tui.bootstrap import list_store
from counter_tui.bootstrap.list_records import read_records, read_refused
from counter_tui.domain.crossings import Crossing
from counter_tui.domain.documents import compose_mrz, read_mrz
from counter_tui.domain.screened import ScreeningRules
from counter_tui.domain.screening.lists import Screened
from counter_tui.domain.screening.model import ListAnswer
from counter_tui.domain.words import Direction
from counter_tui.workstation.news import ListLoaded, ListLoading, ListRefused, News
from counter_tui.workstation.screening import Screens
from offline_cache import COUNTER_SCHEMA, CacheError, Records, Vault
from tests.unit.workstation.listing import OTHER_KEY, WATCH, Row, Source, bans, rule, screening_rules, screens

SITI: Row = ("1", "Siti Aminah Harun", "1974-08-12", "")
BUDI: Row = ("2", "Budi Hartono Wijaya", "1980-01-02", "")
CHEN: Row = ("3", "Chen Guowei", "1977-05-05", "")


@dataclass
class StillClock:
    at: datetime = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return 0.0


@dataclass
class Counter:
    """A counter's lists at work."""

    screens: Screens
    vault: Vault
    folder: Path
    news: list[News]

    async def ask(self, surname: str, given: str, born: date) -> ListAnswer:
        """What the first list says of somebody."""
        lines = compose_mrz("TD3", "P", "IDN", "A1234567", "IDN", surname, given, "M", born, date(2030, 1, 1))
        document = read_mrz(lines, today=date(2026, 11, 21)).document
        assert document is not None
        return (await self.screens.answers(Crossing("c", Direction.ENTRY, "A", document, datetime.now(UTC))))[0]

    async def hits(self, *rows: Row) -> list[bool]:
        """Which of these are on the list."""
        answers = [
            await self.ask(r[1].split()[-1], " ".join(r[1].split()[:-1]), date.fromisoformat(r[2])) for r in rows
        ]
        return [bool(answer.hits) for answer in answers]

    async def look(self) -> None:
        """Look for new versions, to the end."""
        self.news.clear()
        await self.screens.load()

    @property
    def version(self) -> int:
        return self.screens.states()[0].version

    @property
    def refused(self) -> list[str]:
        """Codes, as they were told, and as they are kept."""
        told = [n.why.code for n in self.news if isinstance(n, ListRefused)]
        assert told == [r.why.code for r in read_refused(Records(self.vault))]
        return told

    @property
    def files(self) -> set[str]:
        return {path.name.partition(".")[0] for path in (self.folder / "indexes").iterdir()}


@asynccontextmanager
async def at_work(
    folder: Path, rules: ScreeningRules | None = None, clock: StillClock | None = None
) -> AsyncIterator[Counter]:
    """A counter started in a folder, ended afterwards; a second one is the program started again."""
    path, key = folder / "counter.vault", bytes(32)
    opened = Vault.open if path.exists() else Vault.create
    with opened(path, key, COUNTER_SCHEMA) as vault:
        news: list[News] = []
        lists = screens(vault, folder, clock or StillClock(), rules or screening_rules())
        lists.listen(news.append, lambda: None)
        await lists.start()
        assert lists._looking is not None
        await lists._looking
        try:
            yield Counter(lists, vault, folder, news)
        finally:
            await lists.close()


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(tmp_path / "lists")


async def test_a_list_that_was_laid_is_in_force_and_again_after_a_restart(tmp_path: Path, source: Source) -> None:
    source.lay([SITI, BUDI])
    async with at_work(tmp_path) as counter:
        assert await counter.hits(SITI, BUDI, CHEN) == [True, True, False]
        (loaded,) = (n for n in counter.news if isinstance(n, ListLoaded))
        assert (loaded.version, loaded.count) == (1, 2)
    source.take_away(source.laid[WATCH, 1])
    async with at_work(tmp_path) as counter:
        answer = await counter.ask("HARUN", "SITI AMINAH", date(1974, 8, 12))
        assert (answer.version, answer.title, answer.stale) == (1, "Wanted", False)
        assert answer.hits[0].name == SITI[1]
        assert not any(isinstance(n, ListLoading) for n in counter.news)


async def test_a_new_version_takes_the_place_of_the_old_and_its_file_goes(tmp_path: Path, source: Source) -> None:
    source.lay([SITI])
    async with at_work(tmp_path) as counter:
        before = counter.files
        source.lay([BUDI], 2)
        await counter.look()
        assert await counter.hits(SITI, BUDI) == [False, True]
        assert counter.files.isdisjoint(before)
        assert len(counter.files) == 1
        (record,) = read_records(Records(counter.vault))
        assert {record.file} == counter.files
        assert record.key not in repr(record)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"key": OTHER_KEY}, "list.signature-wrong"),
        ({"posts": ("ID-ARUK",)}, "list.other-post"),
        ({"screened": Screened.POST}, "list.screened-elsewhere"),
        ({"valid_from": date(2026, 12, 1)}, "list.not-yet-valid"),
        ({"count": 3}, "list.count-differs"),
    ],
)
async def test_what_is_not_as_it_should_be_is_refused_and_the_old_kept(
    tmp_path: Path, source: Source, changed: dict[str, object], code: str
) -> None:
    source.lay([SITI])
    async with at_work(tmp_path) as counter:
        held = counter.files
        source.lay([BUDI], 2, **changed)  # type: ignore[arg-type]
        await counter.look()
        assert counter.refused == [code]
        assert await counter.hits(SITI, BUDI) == [True, False]
        assert counter.files == held
        assert counter.screens.states()[0].refused is not None
        source.lay([CHEN], 3)
        source.take_away(source.laid[WATCH, 2])
        await counter.look()
        assert counter.refused == []
        assert await counter.hits(SITI, CHEN) == [False, True]


async def test_a_half_written_file_is_refused_and_taken_once_it_is_whole(tmp_path: Path, source: Source) -> None:
    source.lay([SITI])
    async with at_work(tmp_path) as counter:
        path = source.lay([BUDI, CHEN], 2)
        whole = path.read_bytes()
        path.write_bytes(whole[:-20])
        await counter.look()
        assert counter.refused == ["list.half-written"]
        assert counter.version == 1
        path.write_bytes(whole)
        await counter.look()
        assert counter.version == 2


async def test_a_step_back_is_refused_and_said(tmp_path: Path, source: Source) -> None:
    source.lay([SITI, BUDI], 5)
    async with at_work(tmp_path) as counter:
        source.take_away(source.laid[WATCH, 5])
        source.lay([CHEN], 4)
        await counter.look()
        assert counter.refused == ["list.older"]
        assert counter.version == 5
        assert await counter.hits(SITI, CHEN) == [True, False]


async def test_an_older_list_beside_the_one_in_force_is_no_alarm(tmp_path: Path, source: Source) -> None:
    source.lay([CHEN], 4)
    source.lay([SITI], 5)
    async with at_work(tmp_path) as counter:
        assert counter.version == 5
        assert counter.refused == []
        await counter.look()
        assert counter.refused == []


async def test_where_the_newest_is_broken_the_next_is_taken(tmp_path: Path, source: Source) -> None:
    source.lay([SITI], 2)
    source.lay([BUDI], 3).write_bytes(b"ref,name\nhalf")
    async with at_work(tmp_path) as counter:
        assert counter.version == 2
        assert counter.refused == ["list.half-written"]


async def test_discreet_rows_never_come_in(tmp_path: Path, source: Source) -> None:
    source.lay([SITI, (*BUDI[:3], "H5")])
    async with at_work(tmp_path) as counter:
        assert await counter.hits(SITI, BUDI) == [True, False]
        assert counter.screens.states()[0].count == 1


async def test_a_delta_changes_the_list_in_its_own_file(tmp_path: Path, source: Source) -> None:
    changed: Row = ("2", "Budi Hartono Wijaya", "1999-09-09", "")
    source.lay([SITI, BUDI])
    async with at_work(tmp_path) as counter:
        held = counter.files
        source.lay([changed, CHEN], 2)
        source.lay_delta(1, 2)
        await counter.look()
        assert counter.refused == []
        assert counter.files == held
        assert counter.version == 2
        assert await counter.hits(SITI, BUDI, changed, CHEN) == [False, False, True, True]
        source.lay([CHEN, SITI], 3)
        source.laid[WATCH, 2] = source.lay([changed, CHEN], 2, name="again.csv")
        source.lay_delta(2, 3)
        await counter.look()
        assert await counter.hits(SITI, changed, CHEN) == [True, False, True]
        assert counter.screens.states()[0].count == 2
    async with at_work(tmp_path) as counter:
        assert counter.version == 3
        assert await counter.hits(SITI, changed, CHEN) == [True, False, True]


async def test_a_delta_of_another_base_or_count_changes_nothing(tmp_path: Path, source: Source) -> None:
    source.lay([SITI, BUDI])
    async with at_work(tmp_path) as counter:
        source.lay([SITI, CHEN], 2)
        source.lay_delta(1, 2, count=7)
        await counter.look()
        assert counter.refused == ["list.count-differs"]
        assert await counter.hits(SITI, BUDI, CHEN) == [True, True, False]
        source.lay([SITI], 8)
        source.lay([BUDI], 9)
        source.lay_delta(8, 9)
        source.take_away(source.laid[WATCH, 8])
        await counter.look()
        assert counter.version == 1


async def test_an_end_between_a_delta_and_its_record_is_made_good(
    tmp_path: Path, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.lay([SITI])
    async with at_work(tmp_path) as counter:
        source.lay([SITI, BUDI], 2)
        source.lay_delta(1, 2)
        with monkeypatch.context() as ended:
            ended.setattr(list_store.Draft, "put_in_force", _end)
            with pytest.raises(InterruptedError):
                await counter.look()
        assert [r.version for r in read_records(Records(counter.vault))] == [1]
    async with at_work(tmp_path) as counter:
        assert counter.version == 2
        assert await counter.hits(SITI, BUDI) == [True, True]


def _end(_draft: object) -> None:
    raise InterruptedError


async def test_a_delta_that_fails_in_the_middle_leaves_the_list_as_it_was(
    tmp_path: Path, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.lay([SITI, BUDI])
    async with at_work(tmp_path) as counter:
        source.lay([CHEN], 2)
        source.lay_delta(1, 2)
        with monkeypatch.context() as full:
            full.setattr("counter_tui.bootstrap.list_changes.write_segment", _disk_full)
            await counter.look()
        assert counter.refused == ["store.disk.full"]
        assert await counter.hits(SITI, BUDI, CHEN) == [True, True, False]
        await counter.look()
        assert await counter.hits(SITI, BUDI, CHEN) == [False, False, True]


def _disk_full(*_given: object, **_named: object) -> None:
    raise CacheError("disk.full", path="x")


async def test_what_nothing_points_to_is_swept_at_the_next_start(tmp_path: Path, source: Source) -> None:
    source.lay([SITI])
    async with at_work(tmp_path) as counter:
        held = counter.files
    for name in ("abcd.index", "abcd.index.new", "abcd.index-wal"):
        (tmp_path / "indexes" / name).write_bytes(b"half")
    async with at_work(tmp_path) as counter:
        assert counter.files == held
        assert await counter.hits(SITI) == [True]


async def test_a_damaged_index_is_not_checked_and_comes_in_anew(tmp_path: Path, source: Source) -> None:
    path = source.lay([SITI], 2)
    async with at_work(tmp_path) as counter:
        (file,) = counter.files
    source.take_away(path)
    damaged = tmp_path / "indexes" / f"{file}.index"
    damaged.write_bytes(damaged.read_bytes()[:-4096])
    async with at_work(tmp_path) as counter:
        answer = await counter.ask("HARUN", "SITI AMINAH", date(1974, 8, 12))
        assert (answer.version, answer.as_of, answer.hits) == (0, None, ())
        source.lay([BUDI], 1)
        await counter.look()
        assert counter.refused == ["list.older"]
        source.lay([SITI], 2)
        await counter.look()
        assert await counter.hits(SITI) == [True]
        assert file not in counter.files


async def test_an_index_of_an_older_program_is_built_anew(
    tmp_path: Path, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.lay([SITI])
    async with at_work(tmp_path) as counter:
        before = counter.files
    monkeypatch.setattr("counter_tui.bootstrap.list_building.LAYOUT", 0)
    async with at_work(tmp_path) as counter:
        assert await counter.hits(SITI) == [True]
        assert counter.files.isdisjoint(before)
    source.take_away(source.laid[WATCH, 1])
    monkeypatch.setattr("counter_tui.bootstrap.list_building.LAYOUT", 1)
    async with at_work(tmp_path) as counter:
        assert counter.version == 0


async def test_a_list_that_cannot_be_asked_is_not_checked(
    tmp_path: Path, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.lay([SITI])
    async with at_work(tmp_path) as counter:
        monkeypatch.setattr("counter_tui.workstation.screen_names.ListScreen.screen", _broken)
        answer = await counter.ask("HARUN", "SITI AMINAH", date(1974, 8, 12))
        assert (answer.version, answer.as_of, answer.pending) == (0, None, False)


def _broken(*_given: object, **_named: object) -> None:
    raise ValueError


async def test_a_list_grows_stale(tmp_path: Path, source: Source) -> None:
    source.lay([SITI])
    clock = StillClock()
    async with at_work(tmp_path, clock=clock) as counter:
        assert not counter.screens.states()[0].stale
        clock.at += timedelta(hours=24)
        assert counter.screens.states()[0].stale
        assert (await counter.ask("X", "Y", date(1990, 1, 1))).stale


async def test_lists_for_elsewhere_wait_and_lists_for_others_are_not_asked(tmp_path: Path, source: Source) -> None:
    source.lay([SITI])
    rules = screening_rules(rule("interpol", screened=Screened.OWNER, title="Nominals"), bans(direction=Direction.EXIT))
    async with at_work(tmp_path, rules) as counter:
        answer = await counter.ask("X", "Y", date(1990, 1, 1))
        assert answer.pending
        assert answer.version == 0
        assert counter.refused == ["list.not-in-use"]
        there = ListAnswer("interpol", "Nominals", 7, datetime(2026, 11, 21, tzinfo=UTC))
        counter.screens.answer("c", there)
        assert await counter.ask("X", "Y", date(1990, 1, 1)) == there


async def test_a_load_that_is_stopped_leaves_nothing(
    tmp_path: Path, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counter_tui.bootstrap.list_building.SHORT", 0)
    source.lay([SITI])
    async with at_work(tmp_path) as counter:
        held = counter.files
        source.lay([(str(n), f"Name{n} Other{n * 7}", "1990-01-01", "") for n in range(20_000)], 2)
        counter.screens.look()
        while not any(isinstance(n, ListLoading) and n.total == 20_000 for n in counter.news):
            await asyncio.sleep(0.01)
        looking = counter.screens._looking
        assert looking is not None
        counter.screens.look(on=False)
        await asyncio.gather(looking, return_exceptions=True)
        assert looking.cancelled()
        assert counter.version == 1
        assert counter.files == held
        assert await counter.hits(SITI) == [True]
