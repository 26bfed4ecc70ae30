"""Risk, outcome and view: what follows from contributions, whoever sees which detail, in whichever order they come."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.decisions import ReasonCode, judge
from counter_tui.domain.entries import circumstances_then, state_decision
from counter_tui.domain.outcome import Circumstances, Judgement, automatic, clamp, joint_outcome
from counter_tui.domain.risk import Situation, assess
from counter_tui.domain.sections import Contribution, Finding, Section
from counter_tui.domain.sharing import SharingAgreement, Topic, project
from counter_tui.domain.texts import text
from counter_tui.domain.view import circumstances, merge
from counter_tui.domain.words import (
    Agency,
    Authority,
    Band,
    Basis,
    Direction,
    Outcome,
    SourceState,
    SubjectKind,
    Verdict,
)

from .build import (
    GOODS,
    NOW,
    PERSON,
    POST,
    RISK,
    RULES,
    acted,
    contribution,
    crossing,
    in_force,
    officer,
    section,
    sections,
    view,
)

contributions = st.builds(
    contribution,
    st.sampled_from(Authority),
    st.sampled_from(Verdict),
    st.none() | st.integers(0, 100),
    subject=st.sampled_from([PERSON, GOODS]),
    floor=st.sampled_from(Band),
    action=st.sampled_from(["a", "b", "protect", "privilege", "hand-over"]),
)


def _sections(given_: list[Contribution]) -> list[Section]:
    unique = {c.id: c for c in given_}.values()
    return [section(a, *[c for c in unique if c.authority is a]) for a in Authority]


def test_the_joint_score_is_the_highest_and_a_quarter_of_the_others() -> None:
    risk = view(contribution(Authority.CUSTOMS, points=40), contribution(Authority.HEALTH, points=20, action="x")).risk
    assert (risk.score, risk.band) == (45, Band.AMBER)
    assert [c.authority for c in risk.reasons] == [Authority.CUSTOMS, Authority.HEALTH]


def test_a_sealed_contribution_gives_its_floor_and_no_points() -> None:
    risk = view(contribution(Authority.SECURITY, points=None, floor=Band.RED)).risk
    assert (risk.score, risk.band) == (0, Band.RED)


def test_what_is_not_checked_is_never_green() -> None:
    risk = view(customs=section(Authority.CUSTOMS, source=SourceState.NOT_CHECKED)).risk
    assert risk.band is Band.AMBER
    assert risk.not_checked == (Authority.CUSTOMS,)


@pytest.mark.parametrize(("minutes", "band"), [(59, Band.GREEN), (61, Band.AMBER)])
def test_a_list_older_than_its_limit_is_amber(minutes: int, band: Band) -> None:
    old = section(Authority.SECURITY, source=SourceState.CACHED, age=timedelta(minutes=minutes))
    assert view(security=old).risk.band is band


@given(st.lists(contributions, max_size=6), st.randoms())
@settings(max_examples=200)
def test_order_of_arrival_changes_nothing(given_: list[Contribution], random: object) -> None:
    first = _sections(given_)
    mixed = list(first)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    here = merge(crossing(), first, (), POST, RULES, NOW)
    there = merge(crossing(), mixed, (), POST, RULES, NOW)
    assert (here.risk, here.outcome, here.digest) == (there.risk, there.outcome, there.digest)


@given(st.lists(contributions, max_size=6), st.sets(st.sampled_from(Agency)))
@settings(max_examples=200)
def test_counters_that_see_different_details_come_to_the_same_result(
    given_: list[Contribution], agencies: set[Agency]
) -> None:
    detailed = [
        Section(
            s.authority,
            s.source,
            s.as_of,
            s.contributions,
            tuple(Finding(c.id, s.authority, "topic", text("finding.x")) for c in s.contributions),
            (text("fact.x"),),
        )
        for s in _sections(given_)
    ]
    narrow = [project(s, agencies, SharingAgreement("1", {})) for s in detailed]
    here = merge(crossing(), detailed, (), POST, RULES, NOW)
    there = merge(crossing(), narrow, (), POST, RULES, NOW)
    assert (here.risk, here.outcome, here.procedure) == (there.risk, there.outcome, there.procedure)


def test_projection_withholds_what_the_agreement_does_not_open() -> None:
    found = Finding("f", Authority.HEALTH, "diagnosis", text("finding.tb"))
    shared = Finding("g", Authority.HEALTH, "health-colour", text("finding.orange"))
    whole = Section(Authority.HEALTH, SourceState.LIVE, NOW, (), (found, shared), (text("fact.temperature"),))
    topic = Topic("health-colour", Agency.QUARANTINE, "a law", open=frozenset({Agency.IMMIGRATION}))
    agreement = SharingAgreement("1", {"health-colour": topic})
    seen = project(whole, {Agency.IMMIGRATION}, agreement)
    assert [f.text for f in seen.findings] == [None, text("finding.orange")]
    assert seen.facts == ()
    assert project(whole, {Agency.QUARANTINE}, agreement) == whole


def test_a_live_section_without_findings_is_clear_by_rule_and_nothing_else_is() -> None:
    states = {state: automatic(section(Authority.CUSTOMS, source=state))[0].verdict for state in SourceState}
    assert states == {
        SourceState.LIVE: Verdict.CLEAR,
        SourceState.CACHED: Verdict.PENDING,
        SourceState.NOT_CHECKED: Verdict.PENDING,
    }


def test_an_officer_speaks_in_place_of_their_own_authority_but_lowers_no_hold() -> None:
    refer = contribution(Authority.CUSTOMS, Verdict.REFER, subject=GOODS)
    hold = contribution(Authority.ANIMAL_PLANT, Verdict.HOLD, subject=GOODS)
    own = [
        Judgement(a, GOODS, Verdict.CLEAR_COND, Basis.OFFICER, "clear.x")
        for a in (Authority.CUSTOMS, Authority.ANIMAL_PLANT)
    ]
    standing = in_force(view(refer, hold).sections, own)
    on_goods = {j.authority: j.verdict for j in standing if j.subject == GOODS}
    assert on_goods == {Authority.CUSTOMS: Verdict.CLEAR_COND, Authority.ANIMAL_PLANT: Verdict.HOLD}


def test_a_release_by_a_supervisor_lowers_the_hold() -> None:
    hold = contribution(Authority.ANIMAL_PLANT, Verdict.HOLD, subject=GOODS)
    own = [Judgement(Authority.ANIMAL_PLANT, GOODS, Verdict.CLEAR, Basis.OFFICER, "release.returned")]
    on_goods = [j.verdict for j in in_force(view(hold).sections, own) if j.subject == GOODS]
    assert on_goods == [Verdict.CLEAR]


def test_the_most_restrictive_verdict_stands_in_any_order() -> None:
    given_ = [
        Judgement(a, PERSON, v, Basis.OFFICER)
        for a, v in zip(Authority, (Verdict.CLEAR, Verdict.REFER, Verdict.HOLD, Verdict.CLEAR), strict=False)
    ]
    who = Circumstances(Direction.ENTRY)
    outcomes = {joint_outcome(order, who) for order in itertools.permutations(given_)}
    assert outcomes == {((PERSON, Outcome.HOLD),)}


@pytest.mark.parametrize(
    ("who", "verdict", "outcome"),
    [
        (Circumstances(Direction.ENTRY, citizen=True), Verdict.REFUSE, Outcome.HOLD),
        (Circumstances(Direction.ENTRY, citizen=True, receiving_agency=True), Verdict.REFUSE, Outcome.HANDOVER),
        (Circumstances(Direction.EXIT, citizen=True), Verdict.REFUSE, Outcome.REFUSE),
        (Circumstances(Direction.EXIT, minor_or_victim=True), Verdict.REFUSE, Outcome.PROTECT),
        (Circumstances(Direction.ENTRY), Verdict.REFUSE, Outcome.REFUSE),
        (Circumstances(Direction.ENTRY, minor_or_victim=True), Verdict.HOLD, Outcome.PROTECT),
        (Circumstances(Direction.ENTRY, citizen=True, minor_or_victim=True), Verdict.REFUSE, Outcome.PROTECT),
        (Circumstances(Direction.ENTRY, diplomat=True), Verdict.HOLD, Outcome.CONSULT),
        (Circumstances(Direction.ENTRY, medical_emergency=True), Verdict.CLEAR, Outcome.ESCORTED_CARE),
    ],
)
def test_the_clamps_of_law(who: Circumstances, verdict: Verdict, outcome: Outcome) -> None:
    assert clamp(verdict, PERSON, who) is outcome


@given(st.lists(contributions, max_size=6), st.lists(st.sampled_from(Verdict), max_size=5))
@settings(max_examples=200)
def test_a_citizen_is_never_refused_entry(given_: list[Contribution], verdicts: list[Verdict]) -> None:
    own = [Judgement(a, PERSON, v, Basis.OFFICER) for a, v in zip(Authority, verdicts, strict=False)]
    merged = merge(crossing("IDN"), _sections(given_), acted(own, *given_), POST, RULES, NOW)
    persons = [o for s, o in merged.outcome if s.kind is SubjectKind.PERSON]
    assert Outcome.REFUSE not in persons


def test_age_of_a_minor_is_known_from_the_document() -> None:
    young = crossing(birth=date(2010, 1, 1))
    assert circumstances(young, sections(), POST, NOW.date()).minor_or_victim
    assert not circumstances(crossing(), sections(), POST, NOW.date()).minor_or_victim


def test_what_the_law_asked_is_read_again_from_what_was_decided() -> None:
    victim = view(contribution(Authority.IMMIGRATION, Verdict.HOLD, action="protect"))
    why = ReasonCode("interview", frozenset({Verdict.REFER}), frozenset(SubjectKind))
    body = state_decision(judge(victim, officer(), PERSON, Verdict.REFER, why), "1")
    who = circumstances_then(body, POST.country)
    assert who == victim.circumstances
    assert dict(joint_outcome(body.judgements, who))[PERSON] is Outcome.PROTECT


def test_the_digest_changes_with_what_is_shown() -> None:
    plain = view()
    assert plain.digest == view().digest
    assert plain.digest != view(contribution(Authority.CUSTOMS)).digest
    aged = section(Authority.CUSTOMS, source=SourceState.CACHED, age=timedelta(minutes=1))
    assert plain.digest != view(customs=aged).digest


def test_no_sections_at_all_is_a_score_of_nothing() -> None:
    assert assess(Situation(crossing(), POST.country, (), NOW), RISK)[0].score == 0
