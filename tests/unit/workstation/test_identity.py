"""Hits decided by two people on a real vault: what is recorded, what is remembered, and what is not taken."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counter_tui.bootstrap.directory import Directory
from counter_tui.bootstrap.identity import raw
from counter_tui.bootstrap.telephone_keys import BoundTelephone
from counter_tui.domain.acts import ActBody, Means, write_act
from counter_tui.domain.coding import to_json
from counter_tui.domain.documents import Document, compose_mrz, read_mrz
from counter_tui.domain.identity import IDENTITY, Identified, IdentityBody, read_identity, reasons_for
from counter_tui.domain.joint.deeds import Confirmation
from counter_tui.domain.screened import ScreeningRules
from counter_tui.domain.screening.model import Hit
from counter_tui.domain.telephone import Challenge
from counter_tui.domain.two_persons import Matter
from counter_tui.domain.words import Authority, Verdict
from counter_tui.errors import DecisionError, SignInError
from counter_tui.settings_two_persons import load_two_persons
from counter_tui.workstation.identity import Chosen, Identities, IdentityRecorded
from counter_tui.workstation.news import Screened
from counter_tui.workstation.ports import TelephoneKeys
from counter_tui.workstation.two_persons import By
from offline_cache import Records
from offline_cache.signing import generate, sign

from .build import OFFICER, PIN, SUPERVISOR, Rig
from .listing import Row, Source, bans, screening_rules
from .test_screening import at_work, settled, until

SITI: Row = ("W-1", "Siti Aminah Harun", "1974-08-12", "H2")
NO, YES = reasons_for(Identified.NOT_THIS_PERSON)[0], reasons_for(Identified.THIS_PERSON)[0]
NOTED = next(reason for reason in reasons_for(Identified.NOT_THIS_PERSON) if reason.note)


def document(number: str = "A1234567", given: str = "SITI AMINAH") -> Document:
    lines = compose_mrz(
        "TD3", "P", "MYS", number, "MYS", "HARUN", given, "F", date(1974, 8, 12), date(2030, 1, 1), "DEMO"
    )
    read = read_mrz(lines, today=date(2026, 11, 21)).document
    assert read is not None
    return read


@pytest.fixture
def source(tmp_path: Path) -> Source:
    made = Source(tmp_path / "lists")
    made.lay([SITI])
    return made


async def opened(r: Rig, of: Document | None = None) -> tuple[Hit, ...]:
    await r.booth.open(of or document())
    await until(r, settled)
    return tuple(hit for answer in r.booth.screening for hit in answer.hits)


def key(hit: Hit) -> tuple[str, str, str]:
    return hit.list, hit.ref, hit.version


async def decide(r: Rig, hit: Hit, reason: object = NO, note: str = "", pin: str = PIN) -> IdentityRecorded:
    return r.booth.identifying.sign(Chosen(key(hit), reason, note), By(SUPERVISOR.id, typed=pin))  # type: ignore[arg-type]


async def left_open(r: Rig) -> None:
    """The traveller in hand is dropped, so that the next can come."""
    assert r.booth.view is not None
    await r.booth.discard(r.booth.view.crossing.id)


def entries(r: Rig) -> int:
    return len(r.ledger.of_kind(IDENTITY))


async def test_not_this_person_is_on_disk_and_the_hit_is_gone_from_then_on(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        (hit,) = await opened(r)
        recorded = await decide(r, hit)
        assert (r.booth.screening[0].hits, r.booth.screening[0].dismissed) == ((), 1)
        assert r.booth.view is not None
        assert not r.booth.view.section(Authority.SECURITY).contributions
        assert [fact.code for fact in r.booth.view.section(Authority.SECURITY).facts] == ["screened.dismissed"]
        assert [n.answers[0].hits for n in r.news if isinstance(n, Screened)][-1] == ()
        assert recorded.sequence == r.ledger.journal.count()
        await left_open(r)
    async with at_work(tmp_path) as again:
        assert again.ledger.verify().problems == ()
        assert await opened(again) == ()
        (told,) = again.booth.identities.in_hand
        assert (told.first, told.second, told.other_document) == (OFFICER.name, SUPERVISOR.name, False)


async def test_it_holds_for_the_same_person_with_a_renewed_document_and_for_nobody_else(
    tmp_path: Path, source: Source
) -> None:
    async with at_work(tmp_path) as r:
        (hit,) = await opened(r)
        await decide(r, hit)
        await left_open(r)
        assert await opened(r, document("B7654321")) == ()
        assert [one.other_document for one in r.booth.identities.in_hand] == [True]
        await left_open(r)
        assert await opened(r, document("C1112223", "SITI AMINA"))


async def test_a_changed_entry_brings_the_hit_back(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        (hit,) = await opened(r)
        await decide(r, hit)
        await left_open(r)
        source.lay([(*SITI[:3], "H3")], version=2)
        assert r.booth._parts.screens is not None
        await r.booth._parts.screens.load()
        (again,) = await opened(r)
        assert again.version != hit.version


@pytest.mark.parametrize(
    ("rules", "verdict", "section"),
    [
        (screening_rules(), Verdict.REFER, Authority.SECURITY),
        (screening_rules(bans()), Verdict.HOLD, Authority.IMMIGRATION),
    ],
    ids=["watch", "bans"],
)
async def test_this_person_is_no_candidate_any_more(
    tmp_path: Path, source: Source, rules: ScreeningRules, verdict: Verdict, section: Authority
) -> None:
    source.lay([SITI], of="bans")
    async with at_work(tmp_path, rules) as r:
        (hit,) = await opened(r)
        assert r.booth.view is not None
        assert [f.candidate for f in r.booth.view.section(section).findings] == [True]
        assert {c.verdict for c in r.booth.view.section(section).contributions} == {Verdict.REFER}
        await decide(r, hit, YES)
        assert [f.candidate for f in r.booth.view.section(section).findings] == [False]
        assert {c.verdict for c in r.booth.view.section(section).contributions} == {verdict}


async def test_what_was_decided_can_be_decided_again_by_whoever_knows_it(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        (hit,) = await opened(r)
        await decide(r, hit, YES)
        await decide(r, hit, NO)
        assert r.booth.screening[0].hits == ()
        await left_open(r)
        assert await opened(r) == ()


# -- what is not taken ------------------------------------------------------------------------------------------------


async def test_a_wrong_pin_is_counted_as_at_sign_in_and_nothing_is_recorded(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        (hit,) = await opened(r)
        with pytest.raises(SignInError, match="wrong-pin"):
            await decide(r, hit, pin="0000")
        with pytest.raises(SignInError, match="wait"):
            await decide(r, hit)
        assert r.booth.officer == OFFICER
        assert entries(r) == 0
        assert r.booth.screening[0].hits == (hit,)
        r.clock.pass_(10)
        await decide(r, hit)


@pytest.mark.parametrize(
    ("second", "reason", "why"),
    [
        (OFFICER.id, NO, "identity.same-person"),
        ("nobody", NO, "signin.unknown"),
        (SUPERVISOR.id, NOTED, "decision.note-needed"),
    ],
)
async def test_what_cannot_be_costs_nobody_a_try(
    tmp_path: Path, source: Source, second: str, reason: object, why: str
) -> None:
    async with at_work(tmp_path) as r:
        (hit,) = await opened(r)
        with pytest.raises((DecisionError, SignInError), match=why):
            r.booth.identifying.sign(Chosen(key(hit), reason, ""), By(second, typed="0000"))  # type: ignore[arg-type]
        assert r.booth._parts.persons.wait(SUPERVISOR.id, r.clock.now().timestamp()) == 0
        assert entries(r) == 0


async def test_a_hit_that_the_lists_do_not_have_any_more_is_not_decided(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        (hit,) = await opened(r)
        with pytest.raises(DecisionError, match="hit-changed"):
            r.booth.identifying.sign(Chosen((hit.list, hit.ref, "older"), NO, ""), By(SUPERVISOR.id, typed=PIN))
        assert entries(r) == 0


# -- ends and forgeries -----------------------------------------------------------------------------------------------


async def test_an_end_between_the_journal_and_what_is_derived_loses_nothing(
    tmp_path: Path, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_work(tmp_path) as r:
        (hit,) = await opened(r)
        with monkeypatch.context() as ended:
            ended.setattr(Identities, "_derive", lambda _self: None)
            await decide(r, hit)
        assert list(Records(r.vault).all(IDENTITY)) == []
        await left_open(r)
    async with at_work(tmp_path) as again:
        assert await opened(again) == ()


def by_somebody_else(body: IdentityBody) -> IdentityBody:
    forged = sign(generate().private, body.statement.signed_bytes())
    return IdentityBody(body.statement, body.certificate, base64.b64encode(forged).decode())


def of_another_statement(body: IdentityBody) -> IdentityBody:
    return replace(body, statement=replace(body.statement, identified=Identified.THIS_PERSON))


def both_by_one(body: IdentityBody) -> IdentityBody:
    return replace(body, statement=replace(body.statement, second=body.statement.first))


def recorded_by_another(body: IdentityBody) -> IdentityBody:
    return replace(body, statement=replace(body.statement, first=SUPERVISOR.id))


@pytest.mark.parametrize("forge", [by_somebody_else, of_another_statement, both_by_one, recorded_by_another])
async def test_the_journal_tells_where_two_people_did_not_sign(
    tmp_path: Path, source: Source, forge: Callable[[IdentityBody], IdentityBody]
) -> None:
    async with at_work(tmp_path) as r:
        (hit,) = await opened(r)
        recorded = await decide(r, hit)
        body = r.ledger.journal.get(recorded.sequence).body
        assert body is not None
        assert r.booth.work.session is not None
        forged = to_json(forge(read_identity(body)))
        entry = r.ledger.append(IDENTITY, "other", forged, signer=r.booth.work.session.key)
        assert r.ledger.verify().problems == (f"bad-second:{entry.sequence}",)


async def test_one_person_in_the_name_of_a_colleague_is_found_out(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        (hit,) = await opened(r)
        recorded = await decide(r, hit)
        body = r.ledger.journal.get(recorded.sequence).body
        assert body is not None
        assert r.booth.work.session is not None
        said = replace(read_identity(body).statement, first=SUPERVISOR.id, second=OFFICER.id)
        own = r.booth._parts.persons.open_session(OFFICER.id, PIN, r.clock.now().timestamp())
        signed = IdentityBody(
            said, *(base64.b64encode(raw).decode() for raw in (own.certificate, own.sign(said.signed_bytes())))
        )
        entry = r.ledger.append(IDENTITY, "other", to_json(signed), signer=r.booth.work.session.key)
        assert r.ledger.verify().problems == (f"bad-second:{entry.sequence}",)


async def test_a_body_that_does_not_read_is_no_decision(tmp_path: Path, source: Source) -> None:
    async with at_work(tmp_path) as r:
        assert r.booth.work.session is not None
        entry = r.ledger.append(IDENTITY, "x", b"{}", signer=r.booth.work.session.key)
        assert await opened(r)
        assert r.ledger.verify().problems == (f"bad-second:{entry.sequence}",)


# -- over the telephone -----------------------------------------------------------------------------------------------


def with_telephone(r: Rig) -> TelephoneKeys:
    """The list of four eyes lets a second person be called, and one key of hers is known."""
    rules = load_two_persons()
    row = replace(rules.rows[Matter.IDENTITY], means=frozenset({Means.TELEPHONE}))
    allowed = replace(rules, rows={**rules.rows, Matter.IDENTITY: row})
    who = r.ledger._identity
    keys = BoundTelephone(who, lambda: Directory({"ENT-4": raw(who.public)}, {SUPERVISOR.id: [raw(who.window_key)]}))
    parts = replace(r.booth._parts, telephone=keys, two_persons=lambda: allowed)
    r.booth.identities._parts = r.booth.judging.seconding._parts = parts
    return keys


async def called(r: Rig, hit: Hit) -> tuple[IdentityRecorded, str]:
    """The hit is decided with who was called; the challenge as it was spelled."""
    keys, chosen = with_telephone(r), Chosen(key(hit), NO, "")
    assert [bool(way.seconds) for way in r.booth.identifying.ways(hit.list)] == [True, False, True]
    challenge = r.booth.identifying.ask(chosen, SUPERVISOR.id)
    r.clock.pass_(20)
    (secret,) = keys.shared_with(SUPERVISOR.id)
    by = By(SUPERVISOR.id, Means.TELEPHONE, challenge.answer(secret))
    with pytest.raises(DecisionError, match=r"telephone\.none"):
        r.booth.identifying.sign(replace(chosen, note="something else"), by)
    return r.booth.identifying.sign(chosen, by), challenge.spelled()


def word_of(r: Rig, spelled: str, officer: str, *, agreed: bool) -> None:
    """What somebody at another counter says of a challenge arrives with the feed."""
    challenge = Challenge.read(spelled)
    body = ActBody(challenge.thread, "ENT-4", officer, "2026-11-21T05:20:00.000Z", Confirmation(spelled, agreed))
    as_of = "2026-11-21T05:20:00.000Z"
    r.booth.feeding.keep("confirmation", f"ENT-4/{len(officer)}", write_act(body), as_of=as_of, owner="ENT-4")
    r.booth.hear_delivery("feed")


@pytest.mark.parametrize(("agreed", "hits"), [(None, 1), (True, 0), (False, 1)])
async def test_over_the_telephone_it_counts_here_until_it_is_due_and_then_as_the_second_says(
    tmp_path: Path, source: Source, agreed: bool | None, hits: int
) -> None:
    async with at_work(tmp_path) as r:
        (hit,) = await opened(r)
        recorded, spelled = await called(r, hit)
        assert r.booth.screening[0].hits == ()
        entry = r.ledger.find(recorded.sequence)
        assert entry is not None
        body = read_identity(entry.body or b"")
        assert (body.signature, len(body.answer)) == ("", 8)
        assert r.ledger.verify().problems == ()
        word_of(r, spelled, "somebody", agreed=True)
        if agreed is not None:
            word_of(r, spelled, SUPERVISOR.id, agreed=agreed)
        r.clock.pass_(25 * 3600)
        await left_open(r)
        assert len(await opened(r)) == hits


async def test_at_other_counters_it_counts_once_the_second_persons_own_word_has_come(
    tmp_path: Path, source: Source
) -> None:
    async with at_work(tmp_path) as r:
        (hit,) = await opened(r)
        with_telephone(r)
        booth, by = r.booth, By(SUPERVISOR.id, Means.TELEPHONE)
        chosen, session = Chosen(key(hit), NO, ""), booth.work.signed_in()
        stated = booth.identities._state(booth.work.in_hand(), chosen, session, by, booth.judging.seconding)
        elsewhere = replace(stated, counter="ENT-9")
        told = to_json(IdentityBody(elsewhere, "", "", "12345678"))
        booth.feeding.keep(IDENTITY, "ENT-9/2", told, as_of="2026-11-21T05:14:02.000Z", owner="ENT-9")
        booth.hear_delivery("feed")
        assert len(booth.screening[0].hits) == 1
        spelled = Challenge.of(Matter.IDENTITY, "ENT-9", elsewhere.digest).spelled()
        word_of(r, spelled, SUPERVISOR.id, agreed=True)
        assert not booth.screening[0].hits
