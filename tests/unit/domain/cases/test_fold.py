"""What the acts of a case come to; where counters said different things apart, the stricter counts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_tui.domain.acts import Means, Second
from counter_tui.domain.cases.case import TaskState
from counter_tui.domain.cases.deeds import (
    CameraSaw,
    CaseDeed,
    Closed,
    HoldReleased,
    HoldReviewed,
    Link,
    LinkCut,
    Linked,
    LinkMade,
    Need,
    NeedMet,
    NeedStated,
    Opened,
    Reopened,
    TaskDeclined,
    TaskDone,
    TaskSeen,
)
from counter_tui.domain.cases.fold import case_of
from counter_tui.domain.joint.deeds import Confirmation
from counter_tui.domain.words import Agency

from .telling import (
    BUDI,
    PASSPORT,
    RATNA,
    SITI,
    TRAVELLER,
    WIJAYA,
    Telling,
    at,
    gave,
    hold,
    task,
    together,
    two_counters,
)


def test_an_opened_case_says_who_leads_and_whom_it_is_about() -> None:
    here = Telling("ENT-3")
    here.say(Opened(Agency.CUSTOMS, (SITI,), "refer.goods", entry="ENT-3/118", agencies=frozenset({Agency.SECURITY})))
    case = case_of(here.told.values())
    assert (case.id, case.lead, case.crossings, case.reason) == ("case-1", Agency.CUSTOMS, ("c1",), "refer.goods")
    assert (case.entry, case.agencies, case.opened_at, case.open) == (
        "ENT-3/118",
        frozenset({Agency.SECURITY}),
        at(0),
        True,
    )


def test_of_a_case_whose_opening_has_not_come_what_came_is_shown() -> None:
    here, there = two_counters()
    given = here.say(task())
    assert [one.words for one in case_of([given]).tasks] == ["count the cash"]
    assert case_of([given]).lead is None
    assert case_of([], "case-9").id == "case-9"
    assert there.told


def test_a_task_is_given_seen_and_done() -> None:
    here, there = two_counters(task())
    assert case_of(together(here)).tasks[0].state is TaskState.GIVEN
    there.say(TaskSeen("t1"), 3)
    assert case_of(together(there)).tasks[0].state is TaskState.SEEN
    there.say(TaskDone("t1", "IDR 180 m"), 25, officer="ratna")
    done = case_of(together(there)).tasks[0]
    assert (done.state, done.note, done.ended_by) == (TaskState.DONE, "IDR 180 m", "ratna")
    assert (done.link(at(99)), done.worked(at(99))) == (timedelta(minutes=3), timedelta(minutes=22))
    assert done.late(at(99))


def test_an_agency_is_not_late_with_what_it_has_not_seen() -> None:
    here, _ = two_counters(task())
    given = case_of(together(here)).tasks[0]
    assert not given.late(at(600))
    assert (given.link(at(600)), given.worked(at(600))) == (timedelta(hours=10), timedelta(0))


def test_done_and_declined_apart_is_not_done_and_both_are_told() -> None:
    here, there = two_counters(task())
    done, declined = here.say(TaskDone("t1"), 5), there.say(TaskDeclined("t1", "no counting machine"), 4)
    case = case_of(together(here, there))
    assert case.tasks[0].state is TaskState.DECLINED
    assert case.conflicts[0].code == "case.conflict.task"
    assert case.conflicts[0].acts == (done.id, declined.id)


def test_declined_knowing_of_done_settles_it() -> None:
    here, there = two_counters(task())
    here.say(TaskDone("t1"), 5)
    there.hear(here)
    there.say(TaskDeclined("t1", "counted wrongly"), 6)
    case = case_of(together(here, there))
    assert case.tasks[0].state is TaskState.DECLINED
    assert not case.conflicts


# -- custody -----------------------------------------------------------------------------------------------------------


def test_custody_says_who_holds_what_now_and_how_it_got_there() -> None:
    here, there = two_counters()
    here.say(gave(TRAVELLER, WIJAYA), 1, second="ratna")
    there.hear(here)
    there.say(gave(WIJAYA, RATNA), 9, second="ratna")
    custody = case_of(together(here, there)).custody[0]
    assert custody.holders == (RATNA,)
    assert [(one.giver.name, one.taker.name, one.signed) for one in custody.chain] == [
        ("SITI AMINAH", "Wijaya S.", True),
        ("Wijaya S.", "Ratna D.", True),
    ]
    assert not custody.broken
    assert custody.since == at(9)


def test_a_transfer_said_apart_by_two_counters_is_a_conflict_and_both_holders_are_shown() -> None:
    here, there = two_counters(gave(TRAVELLER, WIJAYA))
    one = here.say(gave(WIJAYA, RATNA), 9, second="ratna")
    other = there.say(gave(WIJAYA, BUDI), 8, second="budi")
    case = case_of(together(here, there))
    assert set(case.custody[0].holders) == {RATNA, BUDI}
    assert case.custody[0].disputed
    assert (case.conflicts[0].code, set(case.conflicts[0].acts)) == ("case.conflict.custody", {one.id, other.id})


def test_the_same_hand_over_said_at_both_counters_is_no_conflict() -> None:
    here, there = two_counters(gave(TRAVELLER, WIJAYA))
    here.say(gave(WIJAYA, RATNA), 9, second="ratna")
    there.say(gave(WIJAYA, RATNA), 9, officer="ratna", second="wijaya")
    case = case_of(together(here, there))
    assert case.custody[0].holders == (RATNA,)
    assert not case.conflicts


def test_who_gives_what_they_did_not_hold_breaks_the_chain() -> None:
    here, _ = two_counters(gave(TRAVELLER, WIJAYA))
    here.say(gave(BUDI, RATNA), 9, second="ratna")
    assert case_of(together(here)).custody[0].broken


# -- holds -------------------------------------------------------------------------------------------------------------


def test_a_hold_ends_only_by_its_own_agencys_release_that_two_signed() -> None:
    here, _ = two_counters(hold())
    for what, second in (
        (HoldReleased("h1", Agency.IMMIGRATION, "not ours"), "ratna"),
        (HoldReleased("h1", Agency.CUSTOMS, "alone"), ""),
        (HoldReleased("h1", Agency.CUSTOMS, "the same person twice"), "wijaya"),
    ):
        here.say(what, 30, second=second)
        assert case_of(together(here)).standing_holds
    here.say(HoldReleased("h1", Agency.CUSTOMS, "duty paid"), 40, second="ratna")
    case = case_of(together(here))
    assert not case.standing_holds
    assert case.holds[0].released_at == at(40)


@pytest.mark.parametrize(
    ("means", "agreed", "stands"),
    [
        (Means.OWN_COUNTER, None, True),
        (Means.OWN_COUNTER, True, False),
        (Means.TELEPHONE, None, False),
        (Means.TELEPHONE, False, True),
    ],
)
def test_a_release_that_is_signed_elsewhere_counts_as_the_second_says(
    means: Means, agreed: bool | None, stands: bool
) -> None:
    here, there = two_counters(hold())
    released = here.say(HoldReleased("h1", Agency.CUSTOMS, "duty paid"), 40, second="ratna")
    here.told[released.id] = replace(released, second=Second("ratna", means, answer="12345678"))
    there.hear(here)
    if agreed is not None:
        there.say(Confirmation(released.id, agreed), 50, officer="ratna", kind="confirmation")
    there.say(Confirmation(released.id, agreed=True), 51, officer="budi", kind="confirmation")
    assert bool(case_of(together(here, there)).standing_holds) is stands


def test_a_release_and_a_review_apart_leave_it_standing() -> None:
    here, there = two_counters(hold())
    here.say(HoldReleased("h1", Agency.CUSTOMS, "duty paid"), 40, second="ratna")
    there.say(HoldReviewed("h1", Agency.CUSTOMS, 60, "ratna"), 39)
    case = case_of(together(here, there))
    assert case.standing_holds[0].disputed
    assert case.conflicts[0].code == "case.conflict.hold"


def test_of_two_reviews_apart_the_earlier_review_time_counts() -> None:
    here, there = two_counters(hold())
    here.say(HoldReviewed("h1", Agency.CUSTOMS, 120, "ratna"), 50)
    there.say(HoldReviewed("h1", Agency.CUSTOMS, 30, "budi"), 51)
    held = case_of(together(here, there)).holds[0]
    assert (held.review_at, held.releaser) == (at(81), "budi")


@pytest.mark.parametrize("minutes", [-5, 10**30])
def test_an_absurd_review_time_is_bounded(minutes: int) -> None:
    here, _ = two_counters(hold(minutes=minutes))
    assert at(0) <= case_of(together(here)).holds[0].review_at <= at(7 * 24 * 60)


# -- closing -----------------------------------------------------------------------------------------------------------


def test_a_case_is_closed_and_reopened() -> None:
    here, there = two_counters()
    here.say(Closed(note="nothing found"), 30)
    closed = case_of(together(here))
    assert (closed.open, closed.closed_at) == (False, at(30))
    there.hear(here)
    there.say(Reopened("the bag was found"), 40)
    assert case_of(together(here, there)).open


def test_closed_and_reopened_apart_is_open_and_told() -> None:
    here, there = two_counters(Closed(note="nothing found"))
    here.say(Reopened("the bag was found"), 40)
    there.say(Closed(note="again"), 41)
    case = case_of(together(here, there))
    assert case.open
    assert case.conflicts[0].code == "case.conflict.closed"


@pytest.mark.parametrize("left", [task("t9"), hold(id_="h9")])
def test_closed_without_knowing_of_work_elsewhere_is_open(left: object) -> None:
    here, there = two_counters()
    here.say(Closed(note="nothing found"), 30)
    there.say(left, 29)  # type: ignore[arg-type]
    case = case_of(together(here, there))
    assert case.open
    assert case.conflicts[0].code == "case.conflict.closed"


# -- the rest ----------------------------------------------------------------------------------------------------------


def test_what_is_unlinked_goes_unless_somebody_else_says_it_belongs() -> None:
    here, there = two_counters()
    bag = Link(Linked.GOODS, "g1", "red bag")
    here.say(LinkMade(bag))
    there.hear(here)
    assert bag in case_of(together(here)).links
    here.say(LinkCut(bag, "not theirs"))
    assert bag not in case_of(together(here, there)).links
    there.say(LinkMade(bag))
    assert bag in case_of(together(here, there)).links


def test_a_case_is_called_by_whom_it_was_opened_for_whatever_their_ids_are() -> None:
    here, there = two_counters()
    child = Link(Linked.CROSSING, "a0", "POPPY HALE")
    here.say(LinkMade(child), 5)
    for acts in (together(here, there), together(there, here)):
        assert [one.id for one in case_of(acts).links if one.kind is Linked.CROSSING] == ["c1", "a0"]


def test_needs_and_cameras_are_kept() -> None:
    here, there = two_counters(NeedStated("n1", Need.MEDICINE, "insulin"))
    here.say(CameraSaw("HALL-2", at(-3), "puts the bag down"))
    there.say(CameraSaw("HALL-2", at(-3), "puts the bag down"))
    case = case_of(together(here, there))
    assert [(one.camera, one.at) for one in case.references] == [("HALL-2", at(-3))]
    assert [one.kind for one in case.unmet_needs] == [Need.MEDICINE]
    here.say(NeedMet("n1"), 12)
    assert case_of(together(here, there)).needs[0].met_at == at(12)


def test_words_for_one_agency_are_blank_for_others_and_the_case_is_the_same() -> None:
    here, _ = two_counters()
    here.say(CaseDeed(task(), frozenset({Agency.CUSTOMS})))
    deed = next(a.deed for a in here.told.values() if a.deed.to)
    assert deed.seen_by({Agency.CUSTOMS}) is deed
    shown = deed.seen_by({Agency.SECURITY})
    assert (shown.said.words, shown.said.task) == ("", "t1")
    assert PASSPORT.label not in repr(PASSPORT)


def test_a_case_with_a_hold_that_stands_is_closed_only_where_the_hold_is_handed_over() -> None:
    here, _ = two_counters(hold())
    here.say(Closed(note="nothing found"), 30)
    assert case_of(together(here)).open
    here.say(Closed(BUDI, note="to POLRI", holds=("h1",)), 31, second="budi")
    case = case_of(together(here))
    assert (case.open, case.holds[0].standing) == (False, True)


def test_what_a_closed_case_hands_over_is_with_whoever_took_it() -> None:
    here, _ = two_counters(gave(TRAVELLER, WIJAYA))
    here.say(Closed(BUDI, (PASSPORT,), "to POLRI"), 31, second="budi")
    custody = case_of(together(here)).custody[0]
    assert (custody.holders, custody.broken, len(custody.chain)) == ((BUDI,), False, 2)
