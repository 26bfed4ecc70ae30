"""Four eyes: which verdicts take two people, who they may be, and how one alone ends it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.acts import Means, Second
from counter_tui.domain.joint.state import Law
from counter_tui.domain.matters import Signer, SoloEnding, TwoPersonRules, Whose, by_two
from counter_tui.domain.outcome import Circumstances, Judgement
from counter_tui.domain.posts import Officer
from counter_tui.domain.sections import Subject
from counter_tui.domain.two_persons import Matter, matters_in, needs_second
from counter_tui.domain.words import Agency, Authority, Basis, Direction, Role, SubjectKind, Verdict
from counter_tui.settings_two_persons import load_two_persons
from tests.unit.domain.build import GOODS, NOW, PERSON, contribution, view

RULES = load_two_persons().on(date(2026, 11, 21))
DOCUMENT = Subject(SubjectKind.DOCUMENT, "document")
HOUR = timedelta(hours=1)
IMM, CUS, QUA = Agency.IMMIGRATION, Agency.CUSTOMS, Agency.QUARANTINE
ENTRY = Circumstances(Direction.ENTRY)


def person(id_: str, agency: Agency, role: Role = Role.OFFICER, *acts_for: Agency) -> Officer:
    return Officer(id_, id_.upper(), agency, role, frozenset(acts_for or (agency,)))


RATNA = person("ratna", IMM)
HENDRA = person("hendra", IMM, Role.SUPERVISOR)
MARIA = person("maria", CUS, Role.SUPERVISOR)
NURUL = person("nurul", QUA)
TRAINER = person("yohanes", IMM, Role.TRAINER)


def said(verdict: Verdict, subject: Subject = PERSON, authority: Authority = Authority.IMMIGRATION) -> Judgement:
    return Judgement(authority, subject, verdict, Basis.OFFICER)


@pytest.mark.parametrize(
    ("judged", "direction", "matter"),
    [
        (said(Verdict.REFUSE), Direction.ENTRY, Matter.REFUSE_ENTRY),
        (said(Verdict.REFUSE), Direction.EXIT, None),
        (replace(said(Verdict.REFUSE), reason="refuse.ground-b"), Direction.EXIT, Matter.REFUSE_ENTRY),
        (said(Verdict.REFUSE, DOCUMENT), Direction.EXIT, Matter.RETAIN_DOCUMENT),
        (said(Verdict.REFUSE, GOODS, Authority.CUSTOMS), Direction.ENTRY, None),
        (said(Verdict.HOLD), Direction.ENTRY, None),
        (said(Verdict.CLEAR), Direction.ENTRY, None),
        (replace(said(Verdict.REFUSE), basis=Basis.RULE), Direction.ENTRY, None),
        (replace(said(Verdict.CLEAR), reason="release.condition-met"), Direction.ENTRY, Matter.RELEASE_HOLD),
    ],
)
def test_which_verdicts_take_two(judged: Judgement, direction: Direction, matter: Matter | None) -> None:
    assert needs_second(judged, view(direction=direction)) is matter


def test_lowering_a_hold_of_ones_own_authority_takes_two_whatever_reason_is_given() -> None:
    held = contribution(Authority.CUSTOMS, Verdict.HOLD, subject=GOODS)
    seen = view(held)
    assert needs_second(said(Verdict.CLEAR, GOODS, Authority.CUSTOMS), seen) is Matter.RELEASE_HOLD
    assert needs_second(said(Verdict.HOLD, GOODS, Authority.CUSTOMS), seen) is None
    assert needs_second(said(Verdict.CLEAR, GOODS, Authority.ANIMAL_PLANT), seen) is None, "it is not their hold"
    by_hand = view(given=(said(Verdict.HOLD),))
    assert needs_second(said(Verdict.PENDING), by_hand) is Matter.RELEASE_HOLD, "a hold that an officer gave"
    assert needs_second(said(Verdict.REFER), by_hand) is None, "the hold goes along to secondary"
    assert matters_in([said(Verdict.HOLD)], by_hand) == ()


def test_whose_matter_it_is() -> None:
    held = view(contribution(Authority.HEALTH, Verdict.HOLD), contribution(Authority.CUSTOMS, Verdict.HOLD))
    lowered = [said(Verdict.CLEAR, authority=a) for a in (Authority.HEALTH, Authority.CUSTOMS, Authority.SECURITY)]
    assert matters_in(lowered, held) == ((Matter.RELEASE_HOLD, QUA), (Matter.RELEASE_HOLD, CUS))
    refused = [said(Verdict.REFUSE, authority=a) for a in Authority]
    assert matters_in(refused, view()) == ((Matter.REFUSE_ENTRY, IMM),)


@pytest.mark.parametrize(
    ("matter", "first", "second", "owner", "why"),
    [
        (Matter.REFUSE_ENTRY, RATNA, HENDRA, IMM, ""),
        (Matter.REFUSE_ENTRY, HENDRA, RATNA, IMM, ""),
        (Matter.REFUSE_ENTRY, RATNA, RATNA, IMM, "two.same-person"),
        (Matter.REFUSE_ENTRY, RATNA, TRAINER, IMM, "two.role"),
        (Matter.REFUSE_ENTRY, MARIA, HENDRA, IMM, "two.first-agency"),
        (Matter.REFUSE_ENTRY, RATNA, MARIA, IMM, "two.second-agency"),
        (Matter.REFUSE_ENTRY, RATNA, person("budi", IMM), IMM, "two.no-supervisor"),
        (Matter.OVERRIDE, HENDRA, NURUL, QUA, ""),
        (Matter.OVERRIDE, RATNA, NURUL, QUA, "two.first-role"),
        (Matter.OVERRIDE, HENDRA, MARIA, QUA, "two.second-agency"),
        (Matter.RELEASE_HOLD, MARIA, person("dominikus", CUS), CUS, ""),
        (Matter.RELEASE_HOLD, HENDRA, MARIA, CUS, "two.first-agency"),
        (Matter.DEGRADED_MODE, HENDRA, MARIA, None, ""),
        (Matter.IDENTITY, MARIA, NURUL, IMM, "two.no-owner"),
    ],
)
def test_who_may_sign_together(matter: Matter, first: Officer, second: Officer, owner: Agency | None, why: str) -> None:
    assert RULES.may_sign(matter, first, second, owner) == why


def test_a_matter_without_a_rule_in_force_is_signed_by_nobody() -> None:
    assert set(RULES.rows) == set(Matter)
    early = load_two_persons().on(date(2026, 10, 31))
    assert early.may_sign(Matter.REFUSE_ENTRY, RATNA, HENDRA, IMM) == "two.no-rule"
    assert early.why_not_means(Matter.REFUSE_ENTRY, Means.TELEPHONE) == "two.no-rule"
    assert early.solo_ending(Matter.REFUSE_ENTRY, ENTRY) == SoloEnding("solo.call", Verdict.REFER)


@given(
    st.sampled_from(list(Matter)),
    st.sampled_from([RATNA, HENDRA, MARIA, NURUL, TRAINER]),
    st.sampled_from(list(Agency)),
    st.sampled_from(list(Means)),
)
def test_nobody_signs_beside_themselves(matter: Matter, one: Officer, owner: Agency, means: Means) -> None:
    assert RULES.may_sign(matter, one, one, owner, means)
    other = replace(one, name="ANOTHER NAME", role=Role.SUPERVISOR)
    assert RULES.may_sign(matter, one, other, owner, means), "the same person under another role"


def test_elsewhere_and_by_telephone_only_where_the_rule_says() -> None:
    assert RULES.may_sign(Matter.REFUSE_ENTRY, RATNA, HENDRA, IMM, Means.TELEPHONE) == ""
    assert (
        RULES.may_sign(Matter.NARCOTICS, MARIA, person("dominikus", CUS), CUS, Means.TELEPHONE) == "two.not-telephone"
    )
    assert RULES.why_not_means(Matter.QUOTA_CORRECTION, Means.OWN_COUNTER) == ""
    assert RULES.why_not_means(Matter.CASH_COUNT, Means.OWN_COUNTER) == "two.not-own-counter"
    assert RULES.why_not_means(Matter.CASH_COUNT, Means.BESIDE) == ""


def test_two_logins_on_one_terminal_are_not_two_people() -> None:
    def why(seconds: int, counter: str) -> str:
        return RULES.why_not_apart(Matter.REFUSE_ENTRY, NOW, "ENT-3", NOW + timedelta(seconds=seconds), counter)

    assert why(59, "ENT-3") == why(-59, "ENT-3") == "two.one-terminal"
    assert why(60, "ENT-3") == ""
    assert why(0, "ENT-4") == ""


@given(st.sampled_from(list(Matter)), st.builds(Circumstances, st.sampled_from(list(Direction)), *[st.booleans()] * 5))
def test_alone_nobody_refuses_releases_or_clears(matter: Matter, who: Circumstances) -> None:
    ending = RULES.solo_ending(matter, who)
    assert ending.code.startswith("solo.")
    assert ending.verdict in {None, Verdict.PENDING, Verdict.REFER, Verdict.HOLD}
    if who.medical_emergency:
        assert ending == SoloEnding("solo.care", Verdict.PENDING)


def test_alone_a_hold_of_a_child_or_a_diplomat_is_none() -> None:
    assert RULES.solo_ending(Matter.REFUSE_ENTRY, ENTRY) == SoloEnding("solo.hold-and-call", Verdict.HOLD)
    assert RULES.solo_ending(Matter.REFUSE_ENTRY, replace(ENTRY, minor_or_victim=True)).code == "solo.protect"
    assert RULES.solo_ending(Matter.REFUSE_ENTRY, replace(ENTRY, diplomat=True)).code == "solo.consult"


def test_whose_agency_a_signer_is_of() -> None:
    joint = person("wijaya", IMM, Role.OFFICER, *Agency)
    fits = {whose: Signer(whose=whose).agency_fits(joint, CUS) for whose in Whose}
    assert fits == {Whose.OWNING: False, Whose.ACTING: True, Whose.OTHER: True, Whose.ANY: True}
    assert Signer(whose=Whose.OWNING).agency_fits(joint, None), "what belongs to no agency is everybody's"


@pytest.mark.parametrize(
    ("second", "answer", "hours", "counts"),
    [
        (None, None, 0, False),
        (Second("ratna", signature="x"), None, 0, False),
        (Second("hendra"), None, 0, False),
        (Second("hendra", signature="x"), None, 99, True),
        (Second("hendra", Means.TELEPHONE, answer="12345678"), None, 1, True),
        (Second("hendra", Means.TELEPHONE, answer="12345678"), None, 24, False),
        (Second("hendra", Means.TELEPHONE, answer="12345678"), True, 99, True),
        (Second("hendra", Means.TELEPHONE, answer="12345678"), False, 1, False),
        (Second("hendra", Means.TELEPHONE), None, 1, False),
        (Second("hendra", Means.OWN_COUNTER), None, 0, False),
        (Second("hendra", Means.OWN_COUNTER), True, 99, True),
        (Second("", Means.OWN_COUNTER), True, 0, False),
    ],
)
def test_silence_never_confirms(second: Second | None, answer: bool | None, hours: int, counts: bool) -> None:
    now = NOW + timedelta(hours=hours)
    assert by_two("ratna", second, NOW, now, answer=answer, within=timedelta(hours=24)) is counts


def test_until_when_it_is_to_be_confirmed() -> None:
    assert RULES.confirm_by(Matter.REFUSE_ENTRY, NOW) == NOW + timedelta(hours=12)
    verdicts = (Matter.REFUSE_ENTRY, Matter.RELEASE_HOLD, Matter.RETAIN_DOCUMENT, Matter.OVERRIDE)
    assert {RULES.rows[m].confirm_hours * HOUR for m in verdicts} == {Law().confirm_within}, "one law for the fold"
    assert TwoPersonRules("0").confirm_by(Matter.REFUSE_ENTRY, NOW) == NOW


WIJAYA = person("wijaya", IMM, Role.OFFICER, *Agency)
DOMINIKUS = person("dominikus", CUS)
HENDRA_FOR_ALL = person("hendra", IMM, Role.SUPERVISOR, *Agency)


@pytest.mark.parametrize(
    ("matter", "owner", "first", "second", "why"),
    [
        (Matter.CASH_COUNT, CUS, DOMINIKUS, MARIA, ""),
        (Matter.CASH_COUNT, CUS, DOMINIKUS, RATNA, ""),
        (Matter.CASH_COUNT, CUS, WIJAYA, DOMINIKUS, ""),
        (Matter.CASH_COUNT, CUS, WIJAYA, HENDRA_FOR_ALL, "two.no-own"),
        (Matter.CASH_COUNT, CUS, RATNA, DOMINIKUS, "two.first-agency"),
        (Matter.CASH_COUNT, CUS, DOMINIKUS, DOMINIKUS, "two.same-person"),
        (Matter.CASH_COUNT, CUS, DOMINIKUS, TRAINER, "two.role"),
        (Matter.NARCOTICS, CUS, WIJAYA, MARIA, ""),
        (Matter.NARCOTICS, CUS, WIJAYA, NURUL, "two.no-own"),
        (Matter.DESTROY, QUA, NURUL, MARIA, ""),
        (Matter.DESTROY, QUA, NURUL, DOMINIKUS, "two.no-supervisor"),
        (Matter.DESTROY, QUA, HENDRA_FOR_ALL, NURUL, ""),
        (Matter.DESTROY, QUA, HENDRA_FOR_ALL, MARIA, "two.no-own"),
        (Matter.DESTROY, QUA, MARIA, NURUL, "two.first-agency"),
    ],
)
def test_what_goes_from_hand_to_hand_is_signed_by_one_of_its_own_agency(
    matter: Matter, owner: Agency, first: Officer, second: Officer, why: str
) -> None:
    assert RULES.may_sign(matter, first, second, owner) == why
    for means in (Means.OWN_COUNTER, Means.TELEPHONE):
        assert RULES.why_not_means(matter, means) != ""
