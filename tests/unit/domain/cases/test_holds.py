"""Holds as of now: reviewed in time, raised off the post where nobody can release them, and never let go by a timer."""

from counter_tui.domain.cases.case import HoldState
from counter_tui.domain.cases.deeds import HoldReviewed
from counter_tui.domain.cases.fold import case_of
from counter_tui.domain.cases.holds import HoldNow, holds_at
from counter_tui.domain.cases.next_step import Step, next_step
from counter_tui.domain.words import Agency, Outcome

from .telling import Telling, at, hold, task, together, two_counters


def held(minute: float, *counters: Telling, reachable: frozenset[str] | None = None) -> HoldNow:
    return holds_at(case_of(together(*counters)), at(minute), reachable)[0]


def test_a_hold_is_due_at_its_review_time_and_raised_when_as_long_again_is_over() -> None:
    here, _ = two_counters(hold(minutes=60))
    states = [held(minute, here).state for minute in (0, 59.9, 60, 119.9, 120, 100_000)]
    assert states == [
        HoldState.STANDING,
        HoldState.STANDING,
        HoldState.REVIEW_DUE,
        HoldState.REVIEW_DUE,
        HoldState.ESCALATED,
        HoldState.ESCALATED,
    ]


def test_a_hold_that_nobody_reachable_can_release_is_flagged_when_placed_and_raised_at_its_review() -> None:
    here, _ = two_counters(hold(releaser="", minutes=60))
    assert (held(0, here).nobody, held(0, here).off_post) == (True, False)
    assert held(60, here).off_post
    assert case_of(together(here)).holds[0].nobody_when_placed


def test_a_releaser_who_cannot_be_reached_any_more_is_nobody() -> None:
    here, _ = two_counters(hold(releaser="ratna", minutes=60))
    assert not held(0, here, reachable=frozenset({"ratna"})).nobody
    assert held(0, here, reachable=frozenset({"budi"})).nobody
    assert held(60, here, reachable=frozenset({"budi"})).off_post


def test_a_review_starts_the_time_anew_with_its_own_releaser() -> None:
    here, _ = two_counters(hold(releaser="", minutes=60))
    here.say(HoldReviewed("h1", Agency.CUSTOMS, 30, "ratna"), 55)
    assert held(60, here).state is HoldState.STANDING
    assert not held(60, here).nobody
    assert held(86, here).state is HoldState.REVIEW_DUE


def test_another_agencys_review_changes_nothing() -> None:
    here, _ = two_counters(hold(minutes=60))
    here.say(HoldReviewed("h1", Agency.SECURITY, 600, "budi"), 5)
    assert held(60, here).state is HoldState.REVIEW_DUE


def test_a_pressing_hold_comes_before_a_task() -> None:
    here, _ = two_counters(task(), hold(minutes=60))
    case = case_of(together(here))
    own = frozenset({Agency.CUSTOMS})
    assert next_step(case, own, at(10)).step is Step.SEE_TASK
    assert next_step(case, own, at(61)).step is Step.REVIEW_HOLD
    assert next_step(case, own, at(61), reachable=()).step is Step.RAISE_HOLD
    assert next_step(case, frozenset({Agency.SECURITY}), at(10)).step is Step.WAIT


def test_who_is_protected_goes_to_whoever_takes_care_and_is_not_let_go_by_a_verdict() -> None:
    here, _ = two_counters()
    case, own = case_of(together(here)), frozenset({Agency.CUSTOMS})

    def step(**outcomes: Outcome) -> Step:
        return next_step(case, own, at(1), outcomes=outcomes).step

    assert step(c1=Outcome.PROTECT) is Step.HAND_ON
    assert step(c1=Outcome.PROTECT, c2=Outcome.HOLD) is Step.DECIDE
    assert step(c1=Outcome.HANDOVER) is Step.CLOSE
