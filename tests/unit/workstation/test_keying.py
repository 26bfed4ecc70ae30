"""Documents that no reader reads, at a booth: keyed, recognised, opened, and used up."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_tui.domain.coding import to_json
from counter_tui.domain.documents import Document, check_digit
from counter_tui.domain.documents.kinds import DocumentKind
from counter_tui.domain.entries import read_decision
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.words import Authority, Band, Outcome, SourceState, Verdict
from counter_tui.workstation.news import Expected
from counter_tui.workstation.outbox import entered

from .build import OFFICER, PIN, POST, REASON, Rig, rig
from .test_booth import all_live, document, settled

PASS = {"number": "DEMO AB 3456", "surname": "SITI AMINAH", "birth": "1974-08-12", "expiry": "2027-03-03", "sex": "F"}


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[Rig]:
    made = rig(tmp_path)
    made.link.answers = all_live(made.clock)
    yield made
    made.close()


def kind(r: Rig, code: str) -> DocumentKind:
    return next(k for k in r.booth.keying.kinds() if k.code == code)


def keyed(r: Rig, code: str, **typed: str) -> Document:
    made = r.booth.keying.document(kind(r, code), typed)
    assert isinstance(made, Document), made
    return made


def hold(r: Rig, one: Document) -> None:
    r.booth._records.keep_expected(one.key, to_json(Expected(one)), as_of="2026-11-21", owner="immigration")


async def known(r: Rig, code: str, **typed: str) -> list[str]:
    return [e.document.display_name for e in await r.booth.keying.known(kind(r, code), typed)]


async def test_a_number_known_to_the_cache_is_keyed_once(booth: Rig) -> None:
    hold(booth, keyed(booth, "plb", **PASS))
    assert await known(booth, "plb", number="demo ab 3456") == ["SITI AMINAH"]
    assert await known(booth, "plb", number="3456", surname="siti") == ["SITI AMINAH"]
    assert await known(booth, "plb", number="3456") == []
    assert await known(booth, "plb", number="3456", surname="budi") == []
    assert await known(booth, "kilb", number="demo ab 3456") == []
    (held,) = await booth.booth.keying.known(kind(booth, "plb"), {"number": "demoab3456"})
    assert (held.document.entry_method, held.document.kind) == ("keyed-known", "plb")


async def test_a_reader_that_is_broken_leaves_number_birth_and_expiry(booth: Rig) -> None:
    passport = document()
    hold(booth, passport)
    second = passport.mrz[1]
    typed = {"number_checked": second[:10], "birth_checked": second[13:20], "expiry_checked": second[21:28]}
    (held,) = await booth.booth.keying.known(kind(booth, "passport"), typed)
    assert held.document == replace(passport, mrz=(), entry_method="keyed-checked")
    assert await known(booth, "passport", **(typed | {"birth_checked": "860417" + check_digit("860417")})) == []
    assert await known(booth, "passport", **(typed | {"expiry_checked": "310101" + check_digit("310101")})) == []


async def test_who_is_found_by_a_search_was_not_read(booth: Rig) -> None:
    hold(booth, document())
    (found,) = await booth.booth.finding.search("rahman")
    assert found.document.entry_method == "found"


async def test_without_a_document_everything_works_and_that_stands_against_it(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    typed = {"surname": "UNKNOWN", "birth": "1990", "nationality": "IDN"}
    first, second = keyed(booth, "none", **typed), keyed(booth, "none", **typed)
    assert first.key != second.key
    view = await booth.booth.open(first)
    assert [f.text.code for f in view.section(Authority.IMMIGRATION).findings if f.text] == ["finding.imm.no-document"]
    digest = await settled(booth)
    reason = replace(REASON, verdicts=frozenset({Verdict.HOLD}))
    recorded = await booth.booth.judge(PERSON, Verdict.HOLD, reason, "", digest)
    body = booth.ledger.journal.get(recorded.sequence).body
    assert body is not None
    assert read_decision(body).crossing.document == first


async def test_an_expired_passport_is_expired_without_a_link(booth: Rig) -> None:
    booth.link.up = False
    await booth.booth.sign_in(OFFICER.id, PIN)
    booth.clock.pass_(4 * 366 * 86400)
    view = await booth.booth.open(document())
    assert view.section(Authority.IMMIGRATION).source is SourceState.NOT_CHECKED
    assert view.risk.band is Band.RED
    assert dict(view.outcome)[PERSON] is Outcome.HOLD


async def test_a_document_for_one_journey_is_used_up_by_an_entry_and_by_nothing_else(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    for verdict, used in ((Verdict.HOLD, None), (Verdict.CLEAR, booth.booth.time.today())):
        splp = keyed(booth, "splp", **PASS | {"number": f"DEMO AB 345{verdict.value}"})
        await booth.booth.open(splp)
        digest = await settled(booth)
        reason = replace(REASON, code="clear.test", verdicts=frozenset({verdict}))
        recorded = await booth.booth.judge(PERSON, verdict, reason, "", digest)
        assert recorded.complete
        await booth.booth.done()
        view = await booth.booth.open(splp)
        assert view.crossing.document_used == used
        codes = {f.text.code for f in view.section(Authority.IMMIGRATION).findings if f.text}
        assert ("finding.imm.single-journey-used" in codes) is (used is not None)
        await booth.booth.discard(view.crossing.id)


async def test_a_passport_is_not_used_up(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    await booth.booth.open(document())
    recorded = await booth.booth.clear(await settled(booth))
    body = booth.ledger.journal.get(recorded.sequence).body
    assert body is not None
    assert entered(read_decision(body), POST)
    await booth.booth.done()
    assert (await booth.booth.open(document())).crossing.document_used is None


async def test_the_day_of_a_crossing_is_the_posts_own(booth: Rig) -> None:
    booth.clock.pass_(13 * 3600)
    await booth.booth.sign_in(OFFICER.id, PIN)
    view = await booth.booth.open(document())
    assert view.crossing.opened_at == booth.clock.now()
    assert view.crossing.opened_at.date() == booth.booth.time.today() != booth.clock.now().date()
