"""Sign-offs: whose, by how many, each by its own people, for all that they have said; and no closing without them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from counter_tui.domain.acts import Act, ActBody, Means, Second, deed_class, read_act, write_act
from counter_tui.domain.entries import DecisionBody
from counter_tui.domain.joint.fold import fold
from counter_tui.domain.joint.reading import decision_act
from counter_tui.domain.outcome import PERSON, Circumstances, Judgement
from counter_tui.domain.posts import Officer
from counter_tui.domain.procedures import Plan, Procedures, SignOff, closing, plan
from counter_tui.domain.procedures.deeds import Did
from counter_tui.domain.procedures.progress import confirmed, progress
from counter_tui.domain.words import Agency, Authority, Basis, Direction, Role, Verdict
from tests.unit.domain.build import crossing

from .build import NOW, at, did, officer, procedure, step

CUSTOMS, IMMIGRATION = Authority.CUSTOMS, Authority.IMMIGRATION
HEAD = officer(Agency.IMMIGRATION, role=Role.SUPERVISOR, id_="head")
CLERK = officer(Agency.IMMIGRATION, id_="clerk")
OTHER = officer(Agency.CUSTOMS, id_="other")
ROW = procedure(
    "p",
    step("count"),
    step("stamp", IMMIGRATION),
    sign=(SignOff(Agency.CUSTOMS), SignOff(Agency.IMMIGRATION, Role.SUPERVISOR, 2)),
)
OF = plan([ROW])
COUNTED = did(OF, "count", Did.DONE, 1, id_="C1/1")
STAMPED = did(OF, "stamp", Did.DONE, 2, id_="C1/2", after=("C1/1",))
BOTH = (COUNTED, STAMPED)


def signed(
    agency: Agency,
    who: str,
    id_: str,
    minute: float = 5,
    *,
    supervisor: bool = False,
    knows: Sequence[Act] = BOTH,
    procedures: tuple[str, ...] = ("p",),
) -> Act:
    deed = closing.SignOffDeed(agency, procedures, supervisor, 2)
    return Act(id_, closing.SIGN_OFF, "c1", who, at(minute), deed, tuple(a.id for a in knows))


def states(*acts: Act, of: Plan = OF) -> dict[Agency, closing.SignOffState]:
    by_others = confirmed(acts)
    found = progress(of, acts, NOW, confirmed=by_others)
    return {one.agency: one for one in closing.sign_offs(found, acts, by_others=by_others)}


def given(*acts: Act) -> set[Agency]:
    return {agency for agency, one in states(*acts).items() if one.given}


def test_an_agency_signs_once_its_own_steps_are_finished() -> None:
    early = signed(Agency.CUSTOMS, "other", "C9/1", knows=())
    assert states()[Agency.CUSTOMS].open == 1
    assert given(early) == set()
    assert given(*BOTH, signed(Agency.CUSTOMS, "other", "C9/1")) == {Agency.CUSTOMS}


def test_what_an_agency_says_afterwards_takes_a_new_signature() -> None:
    first = signed(Agency.CUSTOMS, "other", "C9/1")
    again = did(OF, "count", Did.BEGUN, 7, id_="C1/3", after=("C9/1",))
    done = did(OF, "count", Did.DONE, 8, id_="C1/4", after=("C9/1",))
    assert given(*BOTH, first, again) == set()
    stale = states(*BOTH, first, again, done)[Agency.CUSTOMS]
    assert (stale.given, stale.stale, stale.open) == (False, True, 0)
    assert given(*BOTH, first, again, done, signed(Agency.CUSTOMS, "other", "C9/2", 9, knows=(done,))) == {
        Agency.CUSTOMS
    }


def test_what_another_agency_says_afterwards_leaves_it_as_it_is() -> None:
    first = signed(Agency.CUSTOMS, "other", "C9/1", knows=(COUNTED,))
    assert given(COUNTED, first, did(OF, "stamp", Did.DONE, 9, id_="C2/1", after=("C9/1",))) == {Agency.CUSTOMS}


def test_two_sign_beside_each_other_or_each_at_their_own_counter() -> None:
    head = signed(Agency.IMMIGRATION, "head", "C5/1", supervisor=True)
    assert given(*BOTH, head) == set(), "one is not two"
    beside = replace(head, second=Second("clerk"))
    assert given(*BOTH, beside) == {Agency.IMMIGRATION}
    clerk = signed(Agency.IMMIGRATION, "clerk", "C6/1", 5.1)
    assert given(*BOTH, head, clerk) == {Agency.IMMIGRATION}
    assert given(*BOTH, clerk, replace(head, id="C6/2")) == set(), "one after the other on the same terminal, at once"
    assert given(*BOTH, clerk, replace(head, id="C6/2", at=at(7))) == {Agency.IMMIGRATION}


def test_the_same_person_twice_is_one_and_who_was_only_named_is_nobody() -> None:
    head = signed(Agency.IMMIGRATION, "head", "C5/1", supervisor=True)
    assert given(*BOTH, head, replace(head, id="C6/1", at=at(9))) == set()
    assert given(*BOTH, replace(head, second=Second("head"))) == set()
    assert given(*BOTH, replace(head, second=Second("clerk", Means.OWN_COUNTER))) == set()


def test_where_a_supervisor_signs_two_officers_are_not_enough() -> None:
    one, two = signed(Agency.IMMIGRATION, "clerk", "C5/1"), signed(Agency.IMMIGRATION, "clerk-2", "C6/1")
    state = states(*BOTH, one, two)[Agency.IMMIGRATION]
    assert (state.given, len(state.by), state.supervised) == (False, 2, False)


def test_one_signature_serves_all_procedures_and_what_asks_more_by_now_is_open() -> None:
    more = plan([ROW, procedure("q", step("weigh"), sign=(SignOff(Agency.CUSTOMS, Role.SUPERVISOR),))])
    weighed = did(more, "weigh", Did.DONE, 3, id_="C1/3", after=("C1/2",))
    for_one = signed(Agency.CUSTOMS, "other", "C9/1", knows=(weighed,))
    wanted = states(*BOTH, weighed, for_one, of=more)[Agency.CUSTOMS]
    assert (wanted.of, wanted.role, wanted.given) == (("p", "q"), Role.SUPERVISOR, False)
    by_boss = signed(Agency.CUSTOMS, "boss", "C9/1", supervisor=True, knows=(weighed,))
    assert not states(*BOTH, weighed, by_boss, of=more)[Agency.CUSTOMS].given, "it was signed for the one alone"
    for_both = signed(Agency.CUSTOMS, "boss", "C9/2", supervisor=True, knows=(weighed,), procedures=("p", "q"))
    assert states(*BOTH, weighed, for_both, of=more)[Agency.CUSTOMS].given


def test_what_is_signed_once_for_a_whole_batch_is_not_asked_of_each() -> None:
    row = replace(ROW, sign=(SignOff(Agency.CUSTOMS, once=True), SignOff(Agency.IMMIGRATION)))
    assert set(states(*BOTH, of=plan([row]))) == {Agency.IMMIGRATION}


@pytest.mark.parametrize(
    ("deed", "first", "second", "why"),
    [
        (closing.SignOffDeed(Agency.CUSTOMS, ("p",)), OTHER, None, ""),
        (closing.SignOffDeed(Agency.CUSTOMS, ("p",)), CLERK, None, "plan.sign-not-yours"),
        (closing.SignOffDeed(Agency.CUSTOMS, ("p",)), HEAD, OTHER, "plan.sign-not-yours"),
        (closing.SignOffDeed(Agency.IMMIGRATION, ("p",)), CLERK, OTHER, "plan.second-of-another"),
        (closing.SignOffDeed(Agency.IMMIGRATION, ("p",)), CLERK, CLERK, "act.same-person"),
        (closing.SignOffDeed(Agency.IMMIGRATION, ("p",), supervisor=True), CLERK, None, "plan.supervisor-needed"),
        (closing.SignOffDeed(Agency.IMMIGRATION, ("p",), supervisor=True), CLERK, HEAD, ""),
        (closing.SignOffDeed(Agency.IMMIGRATION, ()), CLERK, None, "plan.not-one"),
        (closing.SignOffDeed(Agency.IMMIGRATION, ("p",)), replace(CLERK, role=Role.TRAINER), None, "act.role"),
    ],
)
def test_each_signs_for_their_own_agency(
    deed: closing.SignOffDeed, first: Officer, second: Officer | None, why: str
) -> None:
    assert deed.why_not(first, second) == why


def test_who_signs_as_what_follows_from_who_they_are() -> None:
    wanted = states(*BOTH)[Agency.IMMIGRATION]
    assert not wanted.deed(CLERK).asks_beside(CLERK), "the first of two may be an officer, where they are alone"
    assert wanted.deed(HEAD).supervisor
    last = states(*BOTH, signed(Agency.IMMIGRATION, "clerk-2", "C6/1"))[Agency.IMMIGRATION]
    assert last.deed(CLERK).asks_beside(CLERK), "the last of them has to be the supervisor"


def test_a_signature_goes_to_the_disk_and_back() -> None:
    assert deed_class(closing.SIGN_OFF) is closing.SignOffDeed
    deed = closing.SignOffDeed(Agency.CUSTOMS, ("p", "q"), supervisor=True, persons=2)
    body = ActBody("c1", "C1", "o1", NOW.isoformat(), deed, training=True)
    assert read_act(closing.SIGN_OFF, "C1/1", write_act(body)).deed == deed
    assert deed.seen_by(frozenset({Agency.SECURITY})) is deed


# -- of a crossing that is not in hand --------------------------------------------------------------------------------


def decided(id_: str, *procedures: str, after: Sequence[str] = (), authority: Authority = IMMIGRATION) -> Act:
    judged = Judgement(authority, PERSON, Verdict.CLEAR, Basis.OFFICER)
    body = DecisionBody(crossing(), "o1", (judged,), "0" * 64, (), "1", training=True, after=tuple(after))
    return decision_act(id_, NOW, replace(body, procedures=procedures))


def lacking(*acts: Act) -> set[Agency]:
    rows = Procedures((ROW, procedure("later", step("x"), valid_from=date(2027, 1, 1))))
    state = fold(acts, (), Circumstances(Direction.ENTRY), NOW)
    return {one.agency for one in closing.missing(rows, acts, state)}


def test_a_crossing_lacks_the_sign_offs_of_what_applied_as_it_was_decided() -> None:
    assert lacking() == set()
    assert lacking(decided("C1/1")) == set()
    under = decided("C1/1", "p")
    assert lacking(under) == {Agency.CUSTOMS, Agency.IMMIGRATION}
    counted = did(OF, "count", Did.DONE, 1, id_="C1/2")
    assert lacking(under, counted, signed(Agency.CUSTOMS, "other", "C1/3", knows=(counted,))) == {Agency.IMMIGRATION}
    assert lacking(under, decided("C1/4")) == set(), "decided again, and it does not apply any more"
    assert lacking(under, decided("C2/1")) == {Agency.CUSTOMS, Agency.IMMIGRATION}, "apart: the stricter counts"
    assert lacking(under, decided("C0/1")) == {Agency.CUSTOMS, Agency.IMMIGRATION}, "whichever comes first"
    assert lacking(decided("C1/1", "later", "gone")) == set()
