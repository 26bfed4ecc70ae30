"""Two clocks, each delay put down to the step and the agency that had it."""

from datetime import timedelta

from counter_tui.domain.cases.clocks import Reading, Turn, readings
from counter_tui.domain.cases.deeds import Clock, ClockSet, Closed, TaskDone, TaskSeen
from counter_tui.domain.cases.fold import case_of
from counter_tui.domain.words import Agency

from .telling import Telling, at, task, together, two_counters


def reading(clock: Clock, minute: float, *counters: Telling) -> Reading:
    return {one.clock: one for one in readings(case_of(together(*counters)), at(minute))}[clock]


def spent(one: Reading) -> dict[tuple[Turn, str, str], int]:
    return {(s.turn, s.agency or "", s.task): int(s.length.total_seconds() // 60) for s in one.spent}


def test_transit_counts_as_link_and_the_agencys_time_from_when_it_has_seen_the_task() -> None:
    here, there = two_counters()
    here.say(task(), 5)
    there.hear(here)
    there.say(TaskSeen("t1"), 12)
    there.say(TaskDone("t1"), 30)
    assert spent(reading(Clock.SECURITY, 40, here, there)) == {
        (Turn.LEAD, "customs", ""): 15,
        (Turn.LINK, "customs", "t1"): 7,
        (Turn.STEP, "customs", "t1"): 18,
    }


def test_of_two_open_steps_the_first_that_was_asked_for_has_the_time() -> None:
    here, _ = two_counters()
    here.say(task("t1"), 0)
    here.say(TaskSeen("t1"), 0)
    here.say(task("t2", Agency.SECURITY), 1)
    here.say(TaskDone("t1"), 10)
    assert spent(reading(Clock.SERVICE, 15, here)) == {
        (Turn.STEP, "customs", "t1"): 10,
        (Turn.LINK, "security", "t2"): 5,
    }


def test_the_clocks_stop_apart_from_each_other_and_run_again() -> None:
    here, _ = two_counters()
    here.say(ClockSet(Clock.SERVICE, runs=False, note="eats"), 10)
    here.say(ClockSet(Clock.SERVICE, runs=True), 25)
    here.say(ClockSet(Clock.SECURITY, runs=False, note="secured"), 20)
    security, service = (reading(clock, 40, here) for clock in (Clock.SECURITY, Clock.SERVICE))
    assert (security.total, security.runs) == (timedelta(minutes=20), False)
    assert (service.total, service.runs) == (timedelta(minutes=25), True)


def test_both_stand_still_once_the_case_is_closed() -> None:
    here, _ = two_counters()
    here.say(Closed(), 33)
    for clock in Clock:
        one = reading(clock, 99, here)
        assert (one.total, one.runs) == (timedelta(minutes=33), False)
