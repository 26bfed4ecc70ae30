"""Whatever counters say, in whatever order it arrives, a case comes to the same everywhere; no time releases a hold."""

import random
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.acts import Act
from counter_tui.domain.cases.case import Case, HoldState
from counter_tui.domain.cases.clocks import readings
from counter_tui.domain.cases.deeds import (
    Clock,
    ClockSet,
    Closed,
    HoldReleased,
    HoldReviewed,
    LinkCut,
    LinkMade,
    Need,
    NeedMet,
    NeedStated,
    Opened,
    Reopened,
    Said,
    TaskDeclined,
    TaskDone,
    TaskSeen,
)
from counter_tui.domain.cases.fold import case_of
from counter_tui.domain.cases.holds import holds_at
from counter_tui.domain.words import Agency

from .telling import BUDI, PASSPORT, RATNA, SITI, TRAVELLER, WIJAYA, Telling, at, gave, hold, task, together

PEOPLE = ("wijaya", "ratna", "budi")
SAID: tuple[Said, ...] = (
    task("t1"),
    task("t2", Agency.SECURITY, 5),
    *(kind(one) for kind in (TaskSeen, TaskDone) for one in ("t1", "t2")),
    TaskDeclined("t1", "no"),
    *(gave(one, other) for one in (TRAVELLER, WIJAYA, RATNA, BUDI) for other in (WIJAYA, RATNA, BUDI)),
    hold(minutes=10),
    hold("", 15, "h2"),
    HoldReviewed("h1", Agency.CUSTOMS, 20, "ratna"),
    HoldReleased("h1", Agency.CUSTOMS, "paid"),
    HoldReleased("h1", Agency.SECURITY, "not theirs"),
    LinkMade(PASSPORT, "found"),
    LinkCut(PASSPORT),
    LinkCut(SITI),
    NeedStated("n1", Need.WATER, "two"),
    NeedMet("n1"),
    *(ClockSet(clock, runs) for clock in Clock for runs in (True, False)),
    Closed(note="done"),
    Reopened("more"),
)
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(SAID),
        st.integers(0, 2),
        st.sampled_from(PEOPLE),
        st.sampled_from(["", *PEOPLE]),
    ),
    max_size=14,
)
EXAMPLES = settings(max_examples=120, deadline=None)


def told(steps: list[tuple[int, Said, int, str, str]]) -> list[Act]:
    """Three counters that all know of an opened case; before it speaks, each hears whom the history says."""
    counters = [Telling(f"ENT-{n}") for n in range(3)]
    counters[0].say(Opened(Agency.CUSTOMS, (SITI,), "refer.goods"))
    for other in counters[1:]:
        other.hear(counters[0])
    for minute, (who, what, heard, officer, second) in enumerate(steps, start=1):
        counters[who].hear(counters[heard])
        counters[who].say(what, minute, officer=officer, second=second)
    return together(*counters)


@EXAMPLES
@given(STEPS, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_changes_a_case(
    steps: list[tuple[int, Said, int, str, str]], chance: random.Random
) -> None:
    acts = told(steps)
    again = [*acts, *chance.choices(acts, k=5)]
    chance.shuffle(again)
    assert case_of(again) == case_of(acts)


@EXAMPLES
@given(STEPS)
def test_two_projections_come_to_the_same_but_for_the_words(steps: list[tuple[int, Said, int, str, str]]) -> None:
    acts = [replace(act, deed=replace(act.deed, to=frozenset({Agency.CUSTOMS}))) for act in told(steps)]
    other = [replace(act, deed=act.deed.seen_by({Agency.SECURITY})) for act in acts]
    assert _without_words(case_of(other)) == _without_words(case_of(acts))


def _without_words(case: Case) -> Case:
    return replace(
        case,
        note="",
        tasks=tuple(replace(one, words="", note="") for one in case.tasks),
        custody=tuple(replace(one, chain=tuple(replace(link, note="") for link in one.chain)) for one in case.custody),
        needs=tuple(replace(one, note="") for one in case.needs),
        closed=replace(case.closed, note="") if case.closed else None,
        conflicts=tuple(replace(one, about="") for one in case.conflicts),
    )


@EXAMPLES
@given(STEPS, st.integers(0, 10_000))
def test_a_hold_ends_by_its_own_agencys_release_and_never_by_time(
    steps: list[tuple[int, Said, int, str, str]], later: int
) -> None:
    acts = told(steps)
    case = case_of(acts)
    for now in (at(0), at(later)):
        assert {one.hold.id for one in holds_at(case, now)} == {one.id for one in case.standing_holds}
        assert all(one.state is not HoldState.RELEASED for one in holds_at(case, now))
    for held in case.holds:
        releases = [
            act
            for act in acts
            if isinstance(act.deed.said, HoldReleased)
            and (act.deed.said.hold, act.deed.said.agency) == (held.id, held.agency)
            and act.second is not None
            and act.second.officer != act.officer
        ]
        assert held.standing or releases


@EXAMPLES
@given(STEPS, st.integers(0, 300))
def test_every_second_of_a_clock_was_somebodys_turn(steps: list[tuple[int, Said, int, str, str]], later: int) -> None:
    case = case_of(told(steps))
    now = at(len(steps) + later)
    for reading in readings(case, now):
        assert sum((one.length for one in reading.spent), timedelta(0)) == reading.total
        assert timedelta(0) <= reading.total <= now - at(0)


@EXAMPLES
@given(STEPS)
def test_each_item_has_a_holder_and_several_only_where_that_was_said_apart(
    steps: list[tuple[int, Said, int, str, str]],
) -> None:
    case = case_of(told(steps))
    conflicts = {one.code for one in case.conflicts}
    for custody in case.custody:
        assert custody.holders
        assert ("case.conflict.custody" in conflicts) == custody.disputed
    alone = [(0, what, 0, officer, second) for _, what, _, officer, second in steps]
    assert not case_of(told(alone)).conflicts
