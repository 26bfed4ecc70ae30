"""The supervisor's queue, conflicts, late hits and degraded mode by keys alone; and what wrong keys do not do."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_tui.domain.acts import Act
from counter_tui.domain.deadlines import CLOSED
from counter_tui.domain.late import Cause
from counter_tui.domain.mode import ModeState
from counter_tui.domain.whereabouts import Place, Whereabouts
from counter_tui.domain.words import Authority, Verdict
from counter_tui.errors import DecisionError
from counter_tui.tui.paint.recall import source_words
from counter_tui.tui.screens.conflict import ConflictScreen
from counter_tui.tui.screens.mode import ModeScreen
from counter_tui.tui.screens.queue import QueueScreen
from counter_tui.tui.screens.recall import RecallScreen
from counter_tui.workstation.queue import Kind
from counter_tui.workstation.recall_rerun import RerunLine
from tests.screens.frame.looking import footer, shown
from tests.unit.tui.paint.travellers import NOW, PERSON

from .conftest import Start
from .watched import WatchCounters, apart, conflict, decided, recalled, reviewed


async def test_v_lists_what_waits_the_overdue_first(start: Start) -> None:
    async with start() as counter:
        await counter.at_queue()
        rows = [
            line for line in shown(counter).splitlines() if any(k in line for k in ("CONFLICT", "LATE HIT", "HIT "))
        ]
        assert "RAHMAN" in rows[0]
        assert "over" in rows[0]
        assert "7 waiting" in shown(counter)
        assert "1 overdue" in shown(counter)
        assert "Enter open" in footer(counter)


async def test_who_is_to_be_found_is_counted_by_place_and_said_where_they_were_seen(start: Start) -> None:
    async with start() as counter:
        await counter.at_queue()
        assert "to be found 2  place.ward 1 · not seen since their release 1" in shown(counter)
        await counter.press("down")
        assert "last seen: place.ward" in shown(counter)
        assert "queue.late-list" in shown(counter)
        await counter.press("down")
        assert "released: lane A," in shown(counter)


async def test_deadlines_that_are_not_signed_are_said_where_they_count(start: Start) -> None:
    async with start() as counter:
        counter.watched.agreed = CLOSED.without(("customs",))
        counter.watched.state = ModeState(("ENT-3/1",), NOW, "link", reaches=True)
        counter.watched.views = tuple(replace(view, unsigned=("customs",)) for view in conflict(reviewed(apart())))
        await at_conflict(counter)
        assert "Deadlines are not signed by customs: each is over at once." in shown(counter)
    async with start() as counter:
        counter.watched.agreed = CLOSED.without(("customs",))
        counter.watched.state = ModeState(("ENT-3/1",), NOW, "link", reaches=True)
        await counter.open_line(Kind.RERUN)
        assert "Deadlines are not signed by customs: each is over at once." in shown(counter)
        await counter.press("o")
        assert counter.said == "Nothing can be loosened: the deadlines are not signed."


async def test_an_empty_queue_says_so_and_enter_does_nothing(start: Start) -> None:
    async with start() as counter:
        counter.watched.held = ()
        await counter.at_queue()
        assert "Nothing waits, as far as this counter has heard." in shown(counter)
        await counter.press("enter")
        assert isinstance(counter.app.screen, QueueScreen)
        assert counter.said == "The list is empty."


@pytest.mark.parametrize("kind", [None, Kind.CONFLICT, Kind.LATE_HIT, Kind.RERUN])
async def test_a_key_that_is_none_says_so_and_changes_nothing(start: Start, kind: Kind | None) -> None:
    async with start() as counter:
        await (counter.at_queue() if kind is None else counter.open_line(kind))
        where = counter.app.where()
        await counter.press("q")
        assert counter.said == "q is no command here. ? shows the keys."
        await counter.press("7")
        assert counter.said == "7 is no command here. ? shows the keys."
        assert counter.app.where() is where
        assert counter.watched.done == []


async def test_each_opens_at_the_place_to_act(start: Start) -> None:
    places = {Kind.CONFLICT: ConflictScreen, Kind.LATE_HIT: RecallScreen, Kind.RERUN: ModeScreen}
    for kind, screen in places.items():
        async with start() as counter:
            counter.watched.held = tuple(line for line in counter.watched.held if line.kind is kind)
            await counter.open_line(kind)
            await counter.until(lambda screen=screen: isinstance(counter.app.screen, screen), str(kind))  # type: ignore[misc]
            await counter.press("escape")
            await counter.until(lambda: isinstance(counter.app.screen, QueueScreen))


async def test_a_hit_opens_the_counters_own_inspection(start: Start) -> None:
    async with start() as counter:
        await counter.open_line(Kind.HIT)
        await counter.until(lambda: counter.watched.looked == ["c7"])
        await counter.until(lambda: counter.app.screen is counter.screen)
        await counter.until(lambda: counter.screen.state().where == "inspection")


async def at_conflict(counter: WatchCounters) -> ConflictScreen:
    counter.watched.held = tuple(line for line in counter.watched.held if line.thread == "c1")
    await counter.open_line(Kind.CONFLICT)
    await counter.until(lambda: isinstance(counter.app.screen, ConflictScreen) and counter.app.screen.view is not None)
    assert isinstance(counter.app.screen, ConflictScreen)
    return counter.app.screen


async def test_here_and_there_stand_side_by_side_and_what_differs_says_so(start: Start) -> None:
    async with start() as counter:
        await at_conflict(counter)
        text = shown(counter)
        assert "HERE ENT-3" in text
        assert "THERE ENT-4" in text
        differing = [line for line in text.splitlines() if line.rstrip().endswith("differs")]
        assert [line.split()[0] for line in differing] == ["verdict", "reason", "by", "when", "lists", "note"]
        assert "HOLD" in text.splitlines()[2]


async def test_t_compares_with_the_next_counter(start: Start) -> None:
    async with start() as counter:
        third = decided("ENT-5", 9, Verdict.REFER, officer="maria", authority=Authority.CUSTOMS, minutes=-15)
        counter.watched.views = conflict([*apart(), third])
        await at_conflict(counter)
        assert "THERE ENT-4 (1/2, t)" in shown(counter)
        await counter.press("t")
        assert "THERE ENT-5 (2/2, t)" in shown(counter)
        await counter.press("t")
        assert "THERE ENT-4 (1/2, t)" in shown(counter)


async def test_enter_keeps_the_stricter_and_goes_back(start: Start) -> None:
    async with start() as counter:
        view = (await at_conflict(counter)).view
        assert view is not None
        await counter.press("enter")
        await counter.until(lambda: counter.watched.done == [("keep", view.acts, "")])
        await counter.until(lambda: isinstance(counter.app.screen, QueueScreen))
        assert "HOLD stands" in counter.said


async def test_j_opens_a_joint_review_whose_clock_runs(start: Start) -> None:
    async with start() as counter:
        await at_conflict(counter)
        await counter.press("j", "enter")
        await counter.press(*"w", "enter")
        await counter.until(lambda: counter.watched.done == [("opened", None, "w")])
        await counter.until(lambda: "7:00 of 15:00" in shown(counter))
        assert "duty officers" in shown(counter)
        await counter.press("j", "4", "enter")
        await counter.press(*"o", "enter")
        await counter.until(lambda: counter.watched.done[-1] == ("said", Verdict.HOLD, "o"))


async def test_a_review_that_nobody_agreed_in_says_that_the_hold_stays(start: Start) -> None:
    async with start() as counter:
        counter.watched.views = conflict(reviewed(apart(), minutes=-61))
        await at_conflict(counter)
        assert "stays held with whoever placed it" in shown(counter)
        assert "heads of post and agencies" in shown(counter)


async def test_a_note_needs_a_review_first(start: Start) -> None:
    async with start() as counter:
        await at_conflict(counter)
        await counter.press("n")
        assert counter.said == "Notes stay with the joint review: j opens one first."
        assert counter.watched.done == []


async def test_o_at_a_conflict_opens_the_traveller(start: Start) -> None:
    async with start() as counter:
        await at_conflict(counter)
        await counter.press("o")
        await counter.until(lambda: counter.watched.looked == ["c1"])
        await counter.until(lambda: counter.app.screen is counter.screen)


async def at_recall(counter: WatchCounters) -> None:
    await counter.open_line(Kind.LATE_HIT)
    await counter.until(lambda: isinstance(counter.app.screen, RecallScreen) and counter.app.screen.late is not None)
    await counter.settle()


async def test_a_late_hit_says_who_where_and_on_which_versions(start: Start) -> None:
    async with start() as counter:
        await at_recall(counter)
        text = shown(counter)
        for said in ("AMINAH, SITI", "MYS A12345678", "lane A", "version 8842", "version 8841", "send to secondary"):
            assert said in text, said


def test_a_list_is_called_by_its_title_and_an_authority_by_its_name() -> None:
    (task,) = recalled()
    assert source_words(task, {"dpo": "Wanted persons"}) == "Wanted persons"
    assert source_words(task, {}) == "dpo"
    reported = replace(task, late=replace(task.late, cause=Cause.SECTION, source="animal_plant"))
    assert source_words(reported, {}) == "animal/plant"


async def test_where_somebody_said_last_that_they_are_is_shown(start: Start) -> None:
    async with start() as counter:
        there = Whereabouts(PERSON, Place.VEHICLE)
        counter.watched.sightings = [Act("ENT-4/9", "whereabouts", "c1", "hendra", NOW - timedelta(minutes=9), there)]
        await at_recall(counter)
        assert "last seen" in shown(counter)
        assert "place.vehicle, 05:05:20" in shown(counter)


async def test_left_the_post_takes_words_and_settles_it(start: Start) -> None:
    async with start() as counter:
        await at_recall(counter)
        await counter.press("enter", "2", "enter", "enter")
        assert counter.watched.done == []
        await counter.press(*"b", "enter")
        await counter.until(lambda: counter.watched.done == [("left-post", "b", "")])
        await counter.until(lambda: isinstance(counter.app.screen, QueueScreen))


async def test_not_this_person_asks_a_second_and_a_wrong_pin_is_said(start: Start) -> None:
    async with start() as counter:
        await at_recall(counter)
        await counter.press("enter", "4", "enter")
        await counter.press(*"p", "enter")
        await counter.until(lambda: counter.app.where() == "drawer" and counter.app.screen.second.is_open)  # type: ignore[attr-defined]
        await counter.press("enter", *"01", "enter")
        await counter.until(lambda: "signin.wrong-pin" in counter.said or "PIN" in counter.said)
        assert counter.watched.done == []
        await counter.press(*"7381", "enter")
        await counter.until(lambda: counter.watched.done == [("not-this-person", "p", "maria")])


async def test_two_people_declare_degraded_mode(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.press("m")
        await counter.until(
            lambda: isinstance(counter.app.screen, ModeScreen) and counter.app.screen._state is not None
        )
        await counter.press("e")
        assert counter.said == "Degraded mode is not declared: there is nothing to leave."
        await counter.press("d")
        await counter.until(lambda: counter.app.where() == "drawer")
        await counter.press("1", "enter", "enter", *"7381", "enter")
        await counter.until(lambda: counter.watched.done == [("declared", "link", "", "maria")])


async def test_the_procedure_of_the_mode_is_worked_step_by_step(start: Start) -> None:
    async with start() as counter:
        counter.watched.state = ModeState(declared=("ENT-3/1",), since=NOW - timedelta(minutes=3), cause="link")
        await counter.sign_in()
        await counter.press("m")
        await counter.until(lambda: "1 of 6 done" in shown(counter))
        assert "Our systems are down." in shown(counter)
        for _ in range(5):
            await counter.press("up")
        await counter.press("enter")
        assert counter.said == "Two people do it: d declares, e leaves and has all run again."
        await counter.press("down", "down", "enter")
        await counter.until(lambda: "2 of 6 done" in shown(counter))
        await counter.press("d")
        assert counter.said == "Degraded mode is declared already: e leaves it."


async def test_who_is_run_again_is_listed_with_whom_each_waits_for(start: Start) -> None:
    async with start() as counter:
        counter.watched.state = replace(
            ModeState(), left_at=NOW - timedelta(minutes=10), rerun_by=NOW + timedelta(minutes=20)
        )
        line = RerunLine("c1", "AMINAH, SITI", 9, NOW, done=False, waits=(Authority.CUSTOMS,), lists=("dpo",))
        counter.watched.again = (line, replace(line, who="CHEN, WEI", done=True, waits=(), lists=()))
        await counter.sign_in()
        await counter.press("m")
        await counter.until(lambda: "1 of 2" in shown(counter))
        assert "20:00 left" in shown(counter)
        assert "waits for 2 customs · no newer list: dpo" in shown(counter)


async def test_j_attests_only_where_that_is_all_that_is_missing(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("j")
        assert counter.said == "Nothing is to be attested of this traveller."
        counter.screen._not_green = ("floor.attest",)
        await counter.press("j")
        await counter.until(lambda: counter.watched.attested == 1)


async def test_what_goes_wrong_is_said_where_it_was_asked(start: Start) -> None:
    async with start() as counter:
        await at_conflict(counter)

        async def fails(*_some: object, **_more: object) -> int:
            raise DecisionError("act.role")

        counter.watched.review = fails  # type: ignore[method-assign]
        await counter.press("j", "enter", *"x", "enter")
        await counter.until(lambda: "act.role" in shown(counter))
        assert counter.app.where() == "drawer"
