"""Whoever was released is screened again when a list has a newer version; what is found is a task until settled."""

import asyncio
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path

import pytest

from counter_tui.domain.documents import Document, compose_mrz, read_mrz
from counter_tui.domain.identity import Identified, reasons_for
from counter_tui.domain.late import WITHIN, Release
from counter_tui.domain.recall import RecallStep, RecallTask, fold_recalls
from counter_tui.errors import DecisionError
from counter_tui.workstation.identity import Chosen
from counter_tui.workstation.queue import Kind, QueueLine
from counter_tui.workstation.two_persons import By

from .build import OFFICER, PIN, SUPERVISOR, Rig
from .listing import Row, Source
from .test_screening import BUDI, SITI, at_work, settled, until

SITI_TWIN: Row = ("9", "Nobody Listed", "1990-01-02", "")
FAMILIES = ("ADI", "BAGUS", "CAHYO", "DARMA", "EKO", "FAJAR", "GUNTUR", "HADI", "IMAM", "JOKO", "KARTO", "LUKMAN")


@pytest.fixture
def source(tmp_path: Path) -> Source:
    made = Source(tmp_path / "lists")
    made.lay([SITI])
    return made


def some(many: int) -> list[Row]:
    return [(f"P{n}", f"Given {FAMILIES[n]}wati", f"19{60 + n}-01-02", "") for n in range(many)]


def document(row: Row) -> Document:
    *given, surname = row[1].split()
    born, number = date.fromisoformat(row[2]), f"A1234{sum(map(ord, row[1])) % 1000:03}"
    lines = compose_mrz("TD3", "P", "MYS", number, "MYS", surname, " ".join(given), "F", born, date(2030, 1, 1), "DEMO")
    read = read_mrz(lines, today=date(2026, 11, 21)).document
    assert read is not None
    return read


async def cleared(r: Rig, row: Row = BUDI) -> int:
    """The traveller was cleared; the entry's sequence."""
    view = await r.booth.open(document(row))
    view = await until(r, settled)
    recorded = await r.booth.clear(view.digest)
    await r.booth.done()
    return recorded.sequence


async def newer(r: Rig, source: Source, *rows: Row, version: int = 2) -> None:
    """A newer version of the list is in force, and everybody was screened again."""
    source.lay(list(rows), version)
    await look(r)


async def look(r: Rig) -> None:
    screens = r.booth._parts.screens
    assert screens is not None
    screens.look()
    assert screens._looking is not None
    await screens._looking
    await through(r)


async def through(r: Rig) -> None:
    async with asyncio.timeout(10):
        while (task := r.booth.watching.recalls._task) is None or not task.done():
            await asyncio.sleep(0.001)
    task.result()


def tasks(r: Rig) -> tuple[RecallTask, ...]:
    threads = {r.ledger.find(s).group for s in r.ledger.of_kind("recall")}  # type: ignore[union-attr]
    return fold_recalls(act for thread in threads for act in r.booth.acts.of(thread))


async def lines(r: Rig) -> tuple[QueueLine, ...]:
    return await r.booth.watching.queue.lines()


async def test_who_stands_on_a_newer_version_is_recalled(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        sequence = await cleared(r)
        await newer(r, source, SITI, BUDI)
        (task,) = tasks(r)
        assert (task.who.name, task.late.source, task.late.then, task.late.now) == (
            "WIJAYA, BUDI HARTONO",
            "watch",
            1,
            2,
        )
        assert task.who.released == r.ledger.find(sequence).recorded_at  # type: ignore[union-attr]
        (line,) = await lines(r)
        assert (line.kind, line.who) == (Kind.LATE_HIT, task.who.name)


async def test_what_was_decided_stays_as_it_was_recorded(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        sequence = await cleared(r)
        before = r.ledger.find(sequence).body  # type: ignore[union-attr]
        await newer(r, source, SITI, BUDI)
        assert r.ledger.find(sequence).body == before  # type: ignore[union-attr]
        assert r.ledger.verify().problems == ()


async def test_who_is_on_no_list_is_left_alone(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        await cleared(r)
        await newer(r, source, SITI, ("3", "Somebody Else", "1950-01-01", ""))
        assert tasks(r) == ()
        assert await lines(r) == ()


async def test_nobody_is_recalled_twice_whatever_ends_in_between(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        await cleared(r)
        await newer(r, source, SITI, BUDI)
    async with at_work(tmp_path) as r:
        r.booth.watching.wake()
        await through(r)
        await newer(r, source, SITI, BUDI, ("3", "Somebody Else", "1950-01-01", ""), version=3)
        assert len(r.ledger.of_kind("recall")) == 1


async def test_it_goes_on_where_an_end_came_between(tmp_path: Path, source: Source) -> None:
    people = some(6)
    async with at_work(tmp_path) as r:
        for row in people:
            await cleared(r, row)
    asked: list[str] = []
    async with at_work(tmp_path, start=False) as r:
        stop_after(r, 3, asked)
        source.lay([SITI, *people], 2)
        await start(r)
        assert len(asked) == 3
    async with at_work(tmp_path) as r:
        r.booth.watching.wake()
        await through(r)
        assert len({task.who.name for task in tasks(r)}) == len(tasks(r)) == len(people)


async def test_what_is_through_is_not_begun_again(tmp_path: Path, source: Source) -> None:
    asked: list[str] = []
    async with at_work(tmp_path) as r:
        await cleared(r)
        await newer(r, source, SITI)
    async with at_work(tmp_path, start=False) as r:
        stop_after(r, 9, asked)
        await start(r)
        await cleared(r, SITI_TWIN)
        r.booth.watching.wake()
        await through(r)
    assert asked == []


def stop_after(r: Rig, most: int, asked: list[str]) -> None:
    """The program ends after so many."""
    recalls = r.booth.watching.recalls
    real = recalls.sweep._screen_again

    async def ends(release: Release, lists: AbstractSet[str]) -> Mapping[str, int]:
        if len(asked) == most:
            raise DecisionError("signin.nobody")
        asked.append(release.act.id)
        return await real(release, lists)

    recalls.sweep._screen_again = ends


async def start(r: Rig) -> None:
    screens = r.booth._parts.screens
    assert screens is not None
    await screens.start()
    assert screens._looking is not None
    await screens._looking
    await through(r)


async def test_without_anybody_signed_in_nothing_is_read(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        await cleared(r)
        await r.booth.sign_out()
        source.lay([SITI, BUDI], 2)
        screens = r.booth._parts.screens
        assert screens is not None
        screens.look()
        assert screens._looking is not None
        await screens._looking
        assert not r.ledger.of_kind("recall")
        await r.booth.sign_in(OFFICER.id, PIN)
        r.booth.watching.wake()
        await through(r)
        assert len(tasks(r)) == 1


async def test_a_release_of_long_ago_is_not_looked_for(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        await cleared(r)
        r.clock.pass_(WITHIN.total_seconds() + 60)
        await newer(r, source, SITI, BUDI)
        assert tasks(r) == ()


async def test_the_desk_waits_for_nobody_who_is_screened_again(tmp_path: Path, source: Source) -> None:
    people = some(12)
    async with at_work(tmp_path) as r:
        for row in people:
            await cleared(r, row)
        source.lay([SITI, *people], 2)
        screens = r.booth._parts.screens
        assert screens is not None
        screens.look()
        await until_(lambda: bool(r.booth.watching.recalls.sweeping.of))
        await cleared(r, BUDI)
        assert r.booth.watching.recalls.sweeping.of
        await through(r)
        assert len({task.thread for task in tasks(r)}) == len(people)


async def until_(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0)


async def test_left_the_post_settles_it_and_the_queue_is_empty(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        await cleared(r)
        await newer(r, source, SITI, BUDI)
        (task,) = tasks(r)
        await r.booth.watching.recalls.settle(task, RecallStep.FOUND, "at the bus")
        (line,) = await lines(r)
        assert line.what.code == "queue.late-found"
        await r.booth.watching.recalls.settle(task, RecallStep.LEFT_POST)
        assert await lines(r) == ()


async def test_not_this_person_takes_two(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        await cleared(r)
        await newer(r, source, SITI, BUDI)
        (task,) = tasks(r)
        recalls = r.booth.watching.recalls
        assert recalls.seconds(task) == (SUPERVISOR,)
        with pytest.raises(DecisionError, match="second-needed"):
            await recalls.settle(task, RecallStep.NOT_THIS_PERSON)
        await recalls.settle(task, RecallStep.NOT_THIS_PERSON, second=SUPERVISOR.id, pin=PIN)
        assert [t.open for t in tasks(r)] == [False]


async def test_a_hit_that_two_people_dismissed_is_not_late(tmp_path: Path, source: Source) -> None:
    reason = reasons_for(Identified.NOT_THIS_PERSON)[0]
    async with at_work(tmp_path) as r:
        await r.booth.open(document(SITI))
        await until(r, settled)
        hit = r.booth.screening[0].hits[0]
        r.booth.identifying.sign(Chosen((hit.list, hit.ref, hit.version), reason, ""), By(SUPERVISOR.id, typed=PIN))
        view = await until(r, lambda v: not any(s.contributions for s in v.sections))
        r.clock.pass_(2)
        await r.booth.clear(view.digest)
        await newer(r, source, SITI, BUDI)
        assert tasks(r) == ()


async def test_without_lists_there_is_nothing_to_do(tmp_path: Path) -> None:
    async with at_work(tmp_path) as r:
        asked: list[str] = []
        stop_after(r, 9, asked)
        await r.booth.watching.recalls.sweep.run()
        assert asked == []
