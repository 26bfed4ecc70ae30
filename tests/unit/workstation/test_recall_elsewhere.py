"""Whom other counters released is screened again too; each person once with each version of a list."""

from pathlib import Path

import pytest

from counter_tui.domain.coding import to_json
from counter_tui.domain.crossings import Crossing
from counter_tui.domain.entries import DECISION, DecisionBody, SourceStamp
from counter_tui.domain.late import Cause
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.screening.lists import ListRule
from counter_tui.domain.screening.model import ListAnswer, Sought
from counter_tui.domain.words import Authority, Basis, Direction, SourceState, Verdict
from counter_tui.workstation.queue import Kind
from counter_tui.workstation.records import stamp

from .build import OFFICER, PIN, Rig
from .listing import BANS, WATCH, Row, Source, bans, rule, screening_rules
from .test_recall import FAMILIES, cleared, document, lines, newer, some, start, stop_after, tasks, through
from .test_screening import BUDI, SITI, at_work


@pytest.fixture
def source(tmp_path: Path) -> Source:
    made = Source(tmp_path / "lists")
    made.lay([SITI])
    return made


async def watching(r: Rig) -> None:
    """What is needed is loaded behind the first screen."""
    r.booth.watching.begin()
    await through(r)


def released_there(r: Rig, row: Row, id_: str, *, version: int = 1, verdict: Verdict = Verdict.CLEAR) -> DecisionBody:
    """Another counter decided on a traveller, and the feed brings it."""
    body = decided(r, row, id_, version, verdict)
    r.booth.feeding.keep(DECISION, id_, to_json(body), as_of=stamp(r.clock.now()), owner="")
    r.booth.hear_delivery("feed")
    return body


def decided(r: Rig, row: Row, id_: str, version: int, verdict: Verdict, after: tuple[str, ...] = ()) -> DecisionBody:
    counter = id_.partition("/")[0]
    crossing = Crossing(f"{counter}-{row[0]}", Direction.ENTRY, "B", document(row), r.clock.now(), training=True)
    judged = tuple(Judgement(a, PERSON, verdict, Basis.OFFICER, "x") for a in Authority)
    source = SourceStamp(Authority.SECURITY, SourceState.LIVE, r.clock.now(), ((WATCH, f"{version} of now"),))
    return DecisionBody(crossing, OFFICER.id, judged, "", (source,), "1", training=True, after=after)


async def test_whom_another_counter_released_is_screened_too(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        await watching(r)
        body = released_there(r, BUDI, "ENT-4/7")
        await newer(r, source, SITI, BUDI)
        (task,) = tasks(r)
        assert (task.thread, task.who.lane, task.who.name) == (body.crossing.id, "B", "WIJAYA, BUDI HARTONO")
        assert (task.late.then, task.late.now) == (1, 2)
        assert [(line.kind, line.who) for line in await lines(r)] == [(Kind.LATE_HIT, task.who.name)]


async def test_what_comes_of_an_older_list_is_screened_when_it_comes(tmp_path: Path, source: Source) -> None:
    source.lay([SITI, BUDI], 2)
    async with at_work(tmp_path) as r:
        await watching(r)
        released_there(r, BUDI, "ENT-4/7")
        await through(r)
        assert len(tasks(r)) == 1
        released_there(r, some(1)[0], "ENT-4/8", version=2)
        await through(r)
        assert len(tasks(r)) == 1


async def test_what_came_while_nobody_was_signed_in_is_looked_at_then(tmp_path: Path, source: Source) -> None:
    source.lay([SITI, BUDI], 2)
    async with at_work(tmp_path) as r:
        await watching(r)
        await r.booth.sign_out()
        released_there(r, BUDI, "ENT-4/7")
        assert tasks(r) == ()
        await r.booth.sign_in(OFFICER.id, PIN)
        await watching(r)
        assert len(tasks(r)) == 1


async def test_a_counter_that_was_off_catches_up_on_everybody(tmp_path: Path, source: Source) -> None:
    people = some(3)
    async with at_work(tmp_path) as r:
        await cleared(r, people[0])
        released_there(r, people[1], "ENT-4/7")
    source.lay([SITI, *people], 2)
    async with at_work(tmp_path) as r:
        released_there(r, people[2], "ENT-5/7")
        await watching(r)
        assert len({task.who.name for task in tasks(r)}) == len(tasks(r)) == 3


async def test_who_was_never_let_go_is_not_chased(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        await watching(r)
        released_there(r, BUDI, "ENT-4/7", verdict=Verdict.HOLD)
        await newer(r, source, SITI, BUDI)
        assert tasks(r) == ()


async def test_who_is_held_again_by_somebody_who_knew_is_not_screened_again(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        await watching(r)
        released_there(r, BUDI, "ENT-4/7")
        held = decided(r, BUDI, "ENT-4/7", 1, Verdict.HOLD, ("ENT-4/7",))
        r.booth.feeding.keep(DECISION, "ENT-5/2", to_json(held), as_of=stamp(r.clock.now()), owner="")
        await newer(r, source, SITI, BUDI)
        assert {task.late.cause for task in tasks(r)} <= {Cause.VERDICT}


async def test_what_was_told_just_before_a_sign_out_is_looked_at_by_the_next_one(
    tmp_path: Path, source: Source
) -> None:
    source.lay([SITI, BUDI], 2)
    asked: list[str] = []
    async with at_work(tmp_path) as r:
        await watching(r)
        stop_after(r, 0, asked)
        released_there(r, BUDI, "ENT-4/7")
        await through(r)
        assert tasks(r) == ()
        r.booth.watching.recalls.sweep._screen_again = r.booth.watching.recalls._screen_again
        await watching(r)
        assert len(tasks(r)) == 1


async def test_of_several_crossings_of_one_person_the_last_release_counts(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        await watching(r)
        released_there(r, BUDI, "ENT-4/7")
        r.clock.pass_(3600)
        body = released_there(r, BUDI, "ENT-5/9")
        await newer(r, source, SITI, BUDI)
        assert [task.thread for task in tasks(r)] == [body.crossing.id]


async def test_nobody_is_asked_about_twice_with_one_version_of_a_list(tmp_path: Path, source: Source) -> None:
    both = screening_rules(rule(), bans())
    source.lay([SITI], of=BANS)
    people = some(3)
    async with at_work(tmp_path, both) as r:
        for row in people:
            await cleared(r, row)
        released_there(r, BUDI, "ENT-4/7")
    asked: list[tuple[str, str]] = []
    for version in (2, 2, 3):
        source.lay([SITI, ("3", f"Somebody {FAMILIES[version]}", "1950-01-01", "")], version)
        async with at_work(tmp_path, both, start=False) as r:
            note_asked(r, asked)
            await watching(r)
            await start(r)
    lists = [one for one, _ in asked]
    assert (lists.count(WATCH), lists.count(BANS)) == (2 * 4, 1)  # the feed's decision leaned on no other list
    assert len({*asked}) == 5


def note_asked(r: Rig, asked: list[tuple[str, str]]) -> None:
    screens = r.booth._parts.screens
    assert screens is not None
    real = screens._ask

    def ask(rule: ListRule, sought: Sought, threshold: float) -> ListAnswer:
        asked.append((rule.id, sought.name))
        return real(rule, sought, threshold)

    screens._ask = ask  # type: ignore[method-assign]


async def test_a_hold_elsewhere_on_whom_a_third_counter_released_is_late(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        await watching(r)
        body = released_there(r, BUDI, "ENT-4/7")
        held = decided(r, BUDI, "ENT-4/7", 1, Verdict.HOLD, ("ENT-4/7",))
        r.booth.feeding.keep(DECISION, "ENT-5/2", to_json(held), as_of=stamp(r.clock.now()), owner="")
        r.booth.hear_delivery("feed")
        await through(r)
        assert {task.late.cause for task in tasks(r)} == {Cause.VERDICT}
        assert {task.thread for task in tasks(r)} == {body.crossing.id}


async def test_an_end_in_between_leaves_nobody_out(tmp_path: Path, source: Source) -> None:
    people = some(5)
    asked: list[str] = []
    async with at_work(tmp_path) as r:
        for row in people:
            await cleared(r, row)
        stop_after(r, 2, asked)
        await newer(r, source, SITI, *people)
        assert len(tasks(r)) == 2
        r.booth.watching.recalls.sweep._screen_again = r.booth.watching.recalls._screen_again
        r.booth.watching.wake()
        await through(r)
        assert len({task.who.name for task in tasks(r)}) == len(tasks(r)) == len(people)
