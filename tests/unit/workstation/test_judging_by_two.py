"""Verdicts and overrides that take two, at a booth over a real vault."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from counter_tui.bootstrap.directory import Directory
from counter_tui.bootstrap.identity import Identity, Person, raw, text
from counter_tui.bootstrap.telephone_keys import BoundTelephone
from counter_tui.domain.acts import Means
from counter_tui.domain.coding import to_json
from counter_tui.domain.countersigned import signed_decision
from counter_tui.domain.decisions import ReasonCode
from counter_tui.domain.documents import Document, compose_mrz, read_mrz
from counter_tui.domain.entries import DECISION, DecisionBody, read_decision
from counter_tui.domain.joint.state import Law
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.posts import Officer
from counter_tui.domain.sections import Contribution, Section
from counter_tui.domain.two_persons import Matter
from counter_tui.domain.words import Agency, Authority, Band, Outcome, Role, SourceState, SubjectKind, Verdict
from counter_tui.errors import DecisionError, SignInError
from counter_tui.settings_override import load_override
from counter_tui.settings_two_persons import load_two_persons
from counter_tui.single_window.sessions import second_signed
from counter_tui.workstation.booth import Booth
from counter_tui.workstation.judging import Judging, Verdicted
from counter_tui.workstation.overriding import Chosen, Overriding
from counter_tui.workstation.two_persons import By
from offline_cache.signing import generate, wrap_with_pin

from .build import CHEAP, OFFICER, PIN, SUPERVISOR, Rig, identity, rig

VET = Officer("nurul", "NURUL", Agency.QUARANTINE, Role.OFFICER, frozenset({Agency.QUARANTINE}))
GROUND = ReasonCode("refuse.ground-b", frozenset({Verdict.REFUSE}), frozenset({SubjectKind.PERSON}), note=True)
HISTORY = Contribution("r1", Authority.IMMIGRATION, PERSON, Verdict.REFER, Band.AMBER, "check-history", "1", 20)
PAPERS = Contribution("r2", Authority.ANIMAL_PLANT, PERSON, Verdict.HOLD, Band.AMBER, "hold-item", "1", 20)
BANNED = Contribution("r3", Authority.IMMIGRATION, PERSON, Verdict.REFUSE, Band.RED, "travel-ban", "1", 100)
LAW = Law(load_override().barred, release_takes_two=True, refusal_takes_two=True)
NOTE = "the certificate was shown on paper and is in order"


def document() -> Document:
    born, expiry = date(1990, 5, 1), date(2030, 1, 1)
    lines = compose_mrz("TD3", "P", "MYS", "A1234567", "MYS", "RAHMAN", "ABDUL", "M", born, expiry, "DEMO")
    read = read_mrz(lines, today=date(2026, 11, 21)).document
    assert read is not None
    return read


def staffed() -> Identity:
    """With somebody of quarantine too."""
    who, pair = identity(), generate()
    wrapped = wrap_with_pin(PIN, pair.private, b"", cost=CHEAP)
    return replace(who, roster=(*who.roster, Person(VET, text(pair.public), text(wrapped))))


@pytest.fixture
async def at(tmp_path: Path) -> AsyncIterator[Rig]:
    made = rig(tmp_path, who=staffed())
    own, there = generate(), generate()
    people = {one.id: [there.public] for one in (OFFICER, SUPERVISOR, VET)}
    held = made.booth._parts.rules()
    telephone = BoundTelephone(staffed(), lambda: Directory({"ENT-4": own.public}, people))
    parts = replace(
        made.booth._parts,
        two_persons=load_two_persons,
        overriding=load_override,
        telephone=telephone,
        rules=lambda: replace(held, book=replace(held.book, law=LAW)),
    )
    made.booth = Booth(parts, made.news.append)
    yield made
    await made.booth.close()


async def opened(at: Rig, officer: Officer, *found: Contribution) -> None:
    await at.booth.sign_in(officer.id, PIN)
    await at.booth.open(document())
    for authority in Authority:
        own = tuple(c for c in found if c.authority is authority)
        section = Section(authority, SourceState.LIVE, at.clock.now(), own)
        at.booth._show(at.booth.work.in_hand(), at.booth.work.in_hand().take(section))


def refused(at: Rig) -> Verdicted:
    view = at.booth.view
    assert view is not None
    return Verdicted(PERSON, Verdict.REFUSE, GROUND, "no visa", view.digest)


def judging(at: Rig) -> Judging:
    return at.booth.judging


def overriding(at: Rig) -> Overriding:
    return at.booth.judging.overriding


def read_back(digits: str, second: str = SUPERVISOR.id) -> By:
    return By(second, Means.TELEPHONE, digits)


def last(at: Rig) -> DecisionBody:
    entry = at.ledger.find(at.ledger.journal.count())
    assert entry is not None
    assert entry.kind == DECISION
    assert entry.body is not None
    return read_decision(entry.body)


async def test_nobody_refuses_entry_alone(at: Rig) -> None:
    await opened(at, OFFICER)
    before = at.ledger.journal.count()
    with pytest.raises(DecisionError, match=r"act\.second-needed"):
        judging(at).alone(refused(at))
    found = judging(at).by_two(refused(at))
    assert found is not None
    assert found.needed == ((Matter.REFUSE_ENTRY, Agency.IMMIGRATION),)
    assert [(way.means, [one.id for one in way.seconds]) for way in found.ways] == [(m, ["sri"]) for m in Means]
    assert found.solo.verdict is Verdict.HOLD
    assert at.ledger.journal.count() == before


async def test_both_signatures_are_in_the_entry_and_hold(at: Rig) -> None:
    await opened(at, OFFICER)
    recorded = judging(at).sign(refused(at), By(SUPERVISOR.id, typed=PIN))
    assert dict(recorded.outcome)[PERSON] is Outcome.REFUSE
    signed = signed_decision("ENT-3", last(at))
    assert signed is not None
    keys = [raw(p.public_key) for p in at.ledger._identity.known(SUPERVISOR.id)]
    own = raw(at.ledger._identity.public)
    assert second_signed(signed, keys, own, "ENT-3", "demo")
    changed = replace(last(at), digest="0" * 64)
    other = signed_decision("ENT-3", changed)
    assert other is not None
    assert not second_signed(other, keys, own, "ENT-3", "demo"), "another view was not signed"
    assert not second_signed(signed, keys, own, "ENT-4", "demo")


async def test_with_a_wrong_pin_or_the_wrong_person_nothing_is_recorded(at: Rig) -> None:
    await opened(at, OFFICER)
    before = at.ledger.journal.count()
    with pytest.raises(SignInError):
        judging(at).sign(refused(at), By(SUPERVISOR.id, typed="0000"))
    for second, code in ((OFFICER.id, "two.same-person"), (VET.id, "two.second-agency"), ("nobody", "signin.unknown")):
        with pytest.raises(DecisionError, match=code):
            judging(at).sign(refused(at), By(second, typed=PIN))
    with pytest.raises(DecisionError, match=r"two\.not-needed"):
        judging(at).sign(replace(refused(at), verdict=Verdict.REFER, reason=REFER), By(SUPERVISOR.id, typed=PIN))
    assert at.ledger.journal.count() == before


REFER = ReasonCode("refer.test", frozenset({Verdict.REFER}), frozenset(SubjectKind))


async def test_to_be_confirmed_elsewhere_a_refusal_is_a_hold(at: Rig) -> None:
    await opened(at, OFFICER)
    recorded = judging(at).sign(refused(at), By(SUPERVISOR.id, Means.OWN_COUNTER))
    body = last(at)
    assert body.second is not None
    assert (body.second.officer, body.second.means, body.second.signature) == ("sri", Means.OWN_COUNTER, "")
    assert dict(recorded.outcome)[PERSON] is Outcome.HOLD


async def test_over_the_telephone_what_was_asked_is_what_is_recorded(at: Rig) -> None:
    await opened(at, OFFICER)
    said = refused(at)
    challenge = judging(at).ask(said, SUPERVISOR.id)
    keys = at.booth._parts.telephone
    assert keys is not None
    digits = challenge.answer(keys.shared_with(SUPERVISOR.id)[0])
    at.clock.pass_(40)  # it is read out, and read back
    with pytest.raises(DecisionError, match=r"telephone\.wrong"):
        judging(at).sign(said, read_back(f"{(int(digits) + 1) % 10**8:08d}"))
    judging(at).sign(said, read_back(digits))
    second = last(at).second
    assert second is not None
    assert (second.officer, second.means, second.answer) == ("sri", Means.TELEPHONE, digits)
    with pytest.raises(DecisionError, match=r"telephone\.none"):
        judging(at).sign(said, read_back(digits))


async def test_digits_for_a_view_that_has_changed_are_for_nothing(at: Rig) -> None:
    await opened(at, OFFICER)
    said = refused(at)
    judging(at).ask(said, SUPERVISOR.id)
    current = at.booth.work.in_hand()
    at.booth._show(current, current.take(Section(Authority.IMMIGRATION, SourceState.LIVE, at.clock.now(), (HISTORY,))))
    at.clock.pass_(1)
    with pytest.raises(DecisionError, match=r"decision\.view-changed"):
        judging(at).sign(said, read_back("00000000"))


async def test_digits_hold_for_nothing_once_something_else_was_recorded(at: Rig) -> None:
    await opened(at, OFFICER)
    said = refused(at)
    challenge = judging(at).ask(said, SUPERVISOR.id)
    judging(at).alone(replace(said, verdict=Verdict.REFER, reason=REFER))
    keys = at.booth._parts.telephone
    assert keys is not None
    with pytest.raises(DecisionError, match=r"decision\.view-changed"):
        judging(at).sign(said, read_back(challenge.answer(keys.shared_with(SUPERVISOR.id)[0])))


async def test_a_hold_is_released_by_its_agency_and_by_two(at: Rig) -> None:
    await opened(at, SUPERVISOR, PAPERS)
    assert at.booth.view is not None
    release = ReasonCode("release.condition-met", frozenset({Verdict.CLEAR}), frozenset(SubjectKind), note=True)
    said = Verdicted(PERSON, Verdict.CLEAR, release, "certificate came", at.booth.view.digest)
    with pytest.raises(DecisionError, match=r"act\.second-needed"):
        judging(at).alone(said)
    found = judging(at).by_two(said)
    assert found is not None
    assert found.needed == ((Matter.RELEASE_HOLD, Agency.QUARANTINE),)
    with pytest.raises(DecisionError, match=r"two\.second-agency"):
        judging(at).sign(said, By(OFFICER.id, typed=PIN))
    recorded = judging(at).sign(said, By(VET.id, typed=PIN))
    assert dict(recorded.outcome)[PERSON] is Outcome.CLEAR


# -- overrides --------------------------------------------------------------------------------------------------------


async def test_a_supervisor_and_the_owning_agency_set_a_rule_aside_for_some_hours(at: Rig) -> None:
    await opened(at, SUPERVISOR, PAPERS)
    assert at.booth.view is not None
    assert dict(at.booth.view.outcome)[PERSON] is Outcome.HOLD
    chosen = Chosen("r2", "paper-shown", NOTE, 2)
    (way, *_rest) = overriding(at).ways("r2")
    assert [one.id for one in way.seconds] == ["nurul"]
    with pytest.raises(DecisionError, match=r"two\.second-agency"):
        overriding(at).sign(chosen, By(OFFICER.id, typed=PIN))
    overriding(at).sign(chosen, By(VET.id, typed=PIN))
    assert set(at.booth.view.joint.overridden) == {"r2"}
    (ends,) = at.booth.view.joint.ends.values()
    assert datetime.fromisoformat(ends) == at.clock.now() + timedelta(hours=2)
    assert dict(at.booth.view.outcome)[PERSON] is not Outcome.HOLD
    at.clock.pass_(2 * 3600)
    assert dict(at.booth.work.in_hand().view().outcome)[PERSON] is Outcome.HOLD, "the rule stands again by itself"


async def test_to_be_confirmed_it_falls_at_its_deadline(at: Rig) -> None:
    await opened(at, SUPERVISOR, PAPERS)
    overriding(at).sign(Chosen("r2", "paper-shown", NOTE, 2), By(VET.id, Means.OWN_COUNTER))
    assert at.booth.view is not None
    assert [(one.confirmer, one.late) for one in at.booth.view.joint.waiting] == [("nurul", False)]
    assert set(at.booth.view.joint.overridden) == {"r2"}
    at.clock.pass_(timedelta(hours=1).total_seconds())
    assert not at.booth.work.in_hand().view().joint.overridden


async def test_what_is_offered_says_why_not(at: Rig) -> None:
    await opened(at, SUPERVISOR, PAPERS, BANNED, HISTORY)
    offered = [(one.contribution.id, one.hours, one.why_not) for one in overriding(at).offered()]
    assert offered == [("r2", 2, ""), ("r1", 8, ""), ("r3", 0, "override.never-ban")]
    with pytest.raises(DecisionError, match=r"override\.never-ban"):
        overriding(at).sign(Chosen("r3", "record-wrong", NOTE, 1), By(OFFICER.id, typed=PIN))
    with pytest.raises(DecisionError, match=r"override\.changed"):
        overriding(at).ways("r9")


async def test_an_officer_overrides_nothing(at: Rig) -> None:
    await opened(at, OFFICER, PAPERS)
    assert {one.why_not for one in overriding(at).offered()} == {"override.no-supervisor"}
    with pytest.raises(DecisionError, match=r"override\.no-supervisor"):
        overriding(at).sign(Chosen("r2", "paper-shown", NOTE, 1), By(VET.id, typed=PIN))


async def test_over_the_telephone_an_override_is_recorded_as_it_was_asked(at: Rig) -> None:
    await opened(at, SUPERVISOR, PAPERS)
    chosen = Chosen("r2", "paper-shown", NOTE, 1)
    challenge = overriding(at).ask(chosen, VET.id)
    assert challenge.matter is Matter.OVERRIDE
    keys = at.booth._parts.telephone
    assert keys is not None
    overriding(at).sign(chosen, read_back(challenge.answer(keys.shared_with(VET.id)[0]), VET.id))
    assert at.booth.view is not None
    assert set(at.booth.view.joint.overridden) == {"r2"}


# -- the journal tells ------------------------------------------------------------------------------------------------


def by_nobody(body: DecisionBody) -> DecisionBody:
    assert body.second is not None
    return replace(body, second=replace(body.second, signature=""))


def of_another_view(body: DecisionBody) -> DecisionBody:
    return replace(body, digest="0" * 64)


def by_somebody_else(body: DecisionBody) -> DecisionBody:
    assert body.second is not None
    return replace(body, second=replace(body.second, officer=VET.id))


def recorded_by_another(body: DecisionBody) -> DecisionBody:
    return replace(body, officer=VET.id)


@pytest.mark.parametrize("forge", [by_nobody, of_another_view, by_somebody_else, recorded_by_another])
async def test_the_journal_tells_where_two_people_did_not_sign(
    at: Rig, forge: Callable[[DecisionBody], DecisionBody]
) -> None:
    await opened(at, OFFICER)
    judging(at).sign(refused(at), By(SUPERVISOR.id, typed=PIN))
    assert at.ledger.verify().problems == ()
    assert at.booth.work.session is not None
    forged = to_json(forge(last(at)))
    entry = at.ledger.append(DECISION, "other", forged, signer=at.booth.work.session.key)
    assert at.ledger.verify().problems == (f"bad-second:{entry.sequence}",)
