"""Few people: what an agency that has nobody at the post lets others clear."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.decisions import Decision, clear_green, why_not_green
from counter_tui.domain.delegation import (
    Delegation,
    covers,
    delegated_here,
    find_delegation,
    had_authority,
    is_delegated,
    why_not,
)
from counter_tui.domain.entries import state_decision
from counter_tui.domain.joint.fold import fold
from counter_tui.domain.joint.reading import decision_act
from counter_tui.domain.joint.state import Law
from counter_tui.domain.outcome import joint_outcome
from counter_tui.domain.sections import Finding
from counter_tui.domain.words import Agency, Authority, Basis, Direction, Outcome, Role, SourceState, Verdict
from counter_tui.errors import DecisionError
from tests.unit.domain.build import NOW, PERSON, contribution, crossing, in_force, officer, section, view

DAY = timedelta(days=1)
NIGHT = Delegation(
    id="quarantine-night",
    version="1",
    owner=Agency.QUARANTINE,
    authorities=frozenset({Authority.HEALTH, Authority.ANIMAL_PLANT}),
    to_agencies=frozenset({Agency.IMMIGRATION}),
    to_roles=frozenset({Role.OFFICER}),
    legal_basis="agreement 7/2026",
    starts=date(2026, 11, 1),
    ends=date(2026, 11, 30),
    age=timedelta(hours=2),
    lanes=frozenset({"A"}),
)
RATNA = officer(Agency.IMMIGRATION)
HEALTH = section(Authority.HEALTH)
HELD = section(Authority.HEALTH, source=SourceState.CACHED, age=timedelta(hours=2))
FINDING = Finding("f", Authority.HEALTH, "health", None)


def test_whom_it_covers() -> None:
    assert covers(NIGHT, crossing(), HEALTH, RATNA, NOW)
    assert covers(NIGHT, crossing(), HELD, RATNA, NOW)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ends": NOW.date() - DAY}, "delegation.ended"),
        ({"starts": NOW.date() + DAY}, "delegation.ended"),
        ({"revoked": NOW}, "delegation.ended"),
        ({"legal_basis": " "}, "delegation.ended"),
        ({"authorities": frozenset({Authority.ANIMAL_PLANT})}, "delegation.other-authority"),
        ({"owner": Agency.CUSTOMS}, "delegation.other-authority"),
        ({"to_agencies": frozenset({Agency.CUSTOMS})}, "delegation.not-to-you"),
        ({"to_roles": frozenset({Role.SUPERVISOR})}, "delegation.not-to-you"),
        ({"counters": frozenset({"ENT-4"})}, "delegation.other-counter"),
        ({"lanes": frozenset({"B"})}, "delegation.other-lane"),
        ({"direction": Direction.EXIT}, "delegation.other-lane"),
        ({"nationalities": frozenset({"IDN"})}, "delegation.other-lane"),
        ({"age": timedelta(minutes=119)}, "delegation.too-old"),
    ],
)
def test_what_it_does_not_cover(changed: dict[str, object], code: str) -> None:
    one = replace(NIGHT, **changed)  # type: ignore[arg-type]
    assert why_not(one, crossing(), HELD, RATNA, NOW, counter="ENT-3") == code


def test_where_the_agency_is_there_it_speaks_for_itself() -> None:
    assert why_not(NIGHT, crossing(), HEALTH, officer(Agency.QUARANTINE), NOW) == "delegation.agency-present"
    joint = officer(Agency.IMMIGRATION, Agency.QUARANTINE)
    assert why_not(NIGHT, crossing(), HEALTH, joint, NOW) == "delegation.agency-present"
    here = frozenset({Agency.QUARANTINE})
    assert why_not(NIGHT, crossing(), HEALTH, RATNA, NOW, present=here) == "delegation.agency-present"


@given(
    st.sampled_from(list(SourceState)),
    st.sampled_from(list(Verdict)),
    st.booleans(),
    st.booleans(),
    st.timedeltas(timedelta(hours=-1), timedelta(days=3)),
)
def test_never_a_finding_nor_what_was_not_checked(
    source: SourceState, verdict: Verdict, contributes: bool, finds: bool, age: timedelta
) -> None:
    found = (contribution(Authority.HEALTH, verdict),) if contributes else ()
    one = replace(section(Authority.HEALTH, *found, source=source, age=age), findings=(FINDING,) if finds else ())
    if covers(NIGHT, crossing(), one, RATNA, NOW):
        assert not contributes
        assert not finds
        assert source is not SourceState.NOT_CHECKED
        assert source is SourceState.LIVE or timedelta(0) <= age <= NIGHT.age


def test_of_several_the_one_that_ends_last() -> None:
    longer = replace(NIGHT, id="quarantine-december", ends=NIGHT.ends + DAY)
    for given_ in ((NIGHT, longer), (longer, NIGHT)):
        assert find_delegation(given_, crossing(), HEALTH, RATNA, NOW) is longer
    assert find_delegation((), crossing(), HEALTH, RATNA, NOW) is None


def test_a_verdict_under_it_says_so_and_one_after_its_end_had_no_authority() -> None:
    judged = NIGHT.clear(Authority.HEALTH)
    assert (judged.verdict, judged.basis, judged.reason) == (
        Verdict.CLEAR,
        Basis.DELEGATED,
        "delegated.quarantine-night",
    )
    assert is_delegated(judged)
    assert had_authority([NIGHT], judged, NOW)
    assert not had_authority([NIGHT], judged, NOW + 10 * DAY)
    assert not had_authority([replace(NIGHT, revoked=NOW - timedelta(minutes=1))], judged, NOW)
    assert not had_authority([], judged, NOW)
    assert not had_authority([NIGHT], replace(judged, verdict=Verdict.CLEAR_COND), NOW)
    assert not had_authority([NIGHT], replace(judged, authority=Authority.CUSTOMS), NOW)
    assert had_authority([], replace(judged, basis=Basis.OFFICER), NOW), "an officer's own needs none"


def test_what_comes_later_stands_against_a_delegated_verdict_but_not_what_never_came() -> None:
    judged = NIGHT.clear(Authority.HEALTH)
    for verdict in (Verdict.CLEAR_COND, Verdict.REFER, Verdict.HOLD):
        found = section(Authority.HEALTH, contribution(Authority.HEALTH, verdict))
        assert in_force([found], [judged])[0].verdict is verdict
    gone = section(Authority.HEALTH, source=SourceState.NOT_CHECKED)
    assert in_force([gone], [judged]) == (judged,)
    own = replace(judged, basis=Basis.OFFICER, verdict=Verdict.HOLD, reason="hold.test")
    for both in ([judged, own], [own, judged]):
        assert in_force([HEALTH], both) == (own,), "the agency's own word goes before"


def test_with_any_finding_nothing_is_delegated() -> None:
    health = section(Authority.HEALTH, source=SourceState.CACHED, age=timedelta(minutes=9))
    assert set(delegated_here([NIGHT], view(health=health), RATNA, "ENT-3")) == NIGHT.authorities
    seen = view(contribution(Authority.CUSTOMS, Verdict.CLEAR_COND), health=health)
    assert delegated_here([NIGHT], seen, RATNA, "ENT-3") == {}


def test_its_days_are_the_posts_own() -> None:
    here = replace(crossing(), opened_at=NOW.astimezone(ZoneInfo("Asia/Pontianak")))
    last = datetime(2026, 11, 30, 16, 59, tzinfo=UTC)
    assert covers(NIGHT, here, HEALTH, RATNA, last)
    assert why_not(NIGHT, here, HEALTH, RATNA, last + timedelta(minutes=1)) == "delegation.ended"


def test_one_key_clears_for_who_has_nobody_there_and_says_so() -> None:
    cached = {"source": SourceState.CACHED, "age": timedelta(minutes=9)}
    seen = view(health=section(Authority.HEALTH, **cached), animal_plant=section(Authority.ANIMAL_PLANT, **cached))  # type: ignore[arg-type]
    assert why_not_green(seen, RATNA) == ("green.not-checked",)
    with pytest.raises(DecisionError):
        clear_green(seen, RATNA)
    covered = replace(seen, delegated=delegated_here([NIGHT], seen, RATNA, "ENT-3"))
    assert why_not_green(covered, RATNA) == ()
    judged = clear_green(covered, RATNA).judgements
    assert {j.authority: j.basis for j in judged} == {
        Authority.IMMIGRATION: Basis.OFFICER,
        Authority.CUSTOMS: Basis.RULE,
        Authority.HEALTH: Basis.DELEGATED,
        Authority.ANIMAL_PLANT: Basis.DELEGATED,
        Authority.SECURITY: Basis.RULE,
    }
    standing = in_force(seen.sections, judged)
    assert dict(joint_outcome(standing, seen.circumstances)) == {PERSON: Outcome.CLEAR}


def test_what_was_cleared_under_one_that_had_ended_counts_unreviewed() -> None:
    judged = NIGHT.clear(Authority.HEALTH)
    seen = view(health=section(Authority.HEALTH, source=SourceState.CACHED))
    body = state_decision(Decision(seen, RATNA, (judged,)), "7")

    def verdict(*delegations: Delegation) -> Verdict:
        act = decision_act("ENT-3/1", NOW, body)
        state = fold([act], (), seen.circumstances, NOW, Law(delegations=delegations))
        return next(j.verdict for j in state.judgements if j.authority is Authority.HEALTH)

    assert verdict(NIGHT) is Verdict.CLEAR
    assert verdict(replace(NIGHT, revoked=NOW - timedelta(minutes=1))) is Verdict.PENDING
    assert verdict(replace(NIGHT, revoked=NOW + timedelta(minutes=1))) is Verdict.CLEAR, "it held then"
    assert verdict() is Verdict.PENDING
