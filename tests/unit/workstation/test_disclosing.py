"""Unsealing, look-ups and notes at a booth: recorded and signed first, shown once, kept nowhere else."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counter_tui.bootstrap.identity import raw
from counter_tui.bootstrap.one_time_key import OneTimeKey, box
from counter_tui.domain.coding import to_json
from counter_tui.domain.documents import Document, compose_mrz, read_mrz
from counter_tui.domain.documents.keyed import as_known
from counter_tui.domain.lookups import LOOKUP, PRESENT, read_lookup
from counter_tui.domain.notes import NOTE, Note
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.posts import Officer
from counter_tui.domain.sections import Contribution, Finding, Sealed, Section
from counter_tui.domain.unsealing import REASONS, UNSEAL, SealedItem, UnsealReason, read_unseal
from counter_tui.domain.words import Agency, Authority, Band, Role, SourceState, Verdict
from counter_tui.errors import DecisionError, LinkError, SignInError
from counter_tui.workstation.news import LookupRefused
from counter_tui.workstation.two_persons import By
from counter_tui.workstation.unsealing import MOST_LINES, Chosen, Unsealed, values_of

from .build import OFFICER, PIN, SUPERVISOR, Rig, rig

CIPHER = Sealed("immigration", 1, "AAAA")
ITEM = SealedItem(Authority.IMMIGRATION, "immigration/s", may=frozenset({Agency.IMMIGRATION}))
IDENTIFY, ASKED = REASONS[0], REASONS[3]


@pytest.fixture
async def booth(tmp_path: Path) -> AsyncIterator[Rig]:
    made = rig(tmp_path)
    yield made
    await made.booth.close()


def document() -> Document:
    born, expiry = date(1990, 5, 1), date(2030, 1, 1)
    lines = compose_mrz("TD3", "P", "MYS", "A1234567", "MYS", "RAHMAN", "ABDUL", "M", born, expiry, "DEMO")
    read = read_mrz(lines, today=date(2026, 11, 21)).document
    assert read is not None
    return read


def sealed(at: Rig) -> Section:
    about = Finding("immigration/s", Authority.IMMIGRATION, "x", None, sealed=CIPHER)
    weighs = Contribution("immigration/s", Authority.IMMIGRATION, PERSON, Verdict.HOLD, Band.RED, "sealed-stop", "1")
    return Section(Authority.IMMIGRATION, SourceState.LIVE, at.clock.now(), (weighs,), (about,))


async def opened(at: Rig) -> None:
    await at.booth.sign_in(OFFICER.id, PIN)
    await at.booth.open(document())
    at.booth.work.in_hand().take(sealed(at))


def answering(at: Rig, clear: bytes, *, after: int = 0) -> None:
    """The owner opens it, once the single window has the entry: after so many tries."""
    tries = iter(range(after + 1))

    def opens(sequence: int) -> bytes:
        if next(tries, after) < after:
            raise LinkError("unseal.not-recorded")
        entry = at.ledger.find(sequence)
        assert entry is not None
        assert entry.body is not None
        said = read_unseal(entry.body).statement
        return box(raw(said.exchange), clear, said.signed_bytes())

    at.link.opens = opens


async def unseal(
    at: Rig,
    item: SealedItem = ITEM,
    second: str = SUPERVISOR.id,
    pin: str = PIN,
    reason: UnsealReason = IDENTIFY,
) -> Unsealed:
    return await at.booth.disclosing.unseal(Chosen(item, reason, ""), By(second, typed=pin))


def may(at: Rig, item: SealedItem) -> set[str]:
    beside, *others = at.booth.disclosing.ways(item)
    assert all(way.why_not for way in others), "the list of four eyes has both here"
    return {one.id for one in beside.seconds}


async def test_what_is_sealed_is_recorded_by_two_and_opened_for_one_view(booth: Rig) -> None:
    await opened(booth)
    answering(booth, b'{"ref": "L-1", "who": {"name": "X"}, "codes": ["A15", 2]}')

    assert booth.booth.disclosing.sealed() == (ITEM,)
    unsealed = await unseal(booth)

    assert unsealed.values == (("ref", "L-1"), ("who.name", "X"), ("codes", "A15"), ("codes", "2"))
    entry = booth.ledger.find(unsealed.sequence)
    assert entry is not None
    assert entry.kind == UNSEAL
    said = read_unseal(entry.body or b"").statement
    assert (said.first, said.second, said.item, said.document) == (OFFICER.id, SUPERVISOR.id, ITEM.item, document().key)
    assert booth.ledger.verify().problems == ()
    dumped = [row[0] for row in booth.vault.execute("SELECT body FROM records") if isinstance(row[0], bytes)]
    assert not any(b"L-1" in body for body in dumped)
    assert b"L-1" not in (entry.body or b"")
    assert "L-1" not in repr(unsealed)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"second": OFFICER.id}, "unseal.same-person"),
        ({"second": "nobody"}, "signin.unknown"),
        ({"pin": "0000"}, "signin.wrong-pin"),
        ({"reason": ASKED}, "decision.note-needed"),
        ({"item": replace(ITEM, item="other")}, "unseal.nothing"),
    ],
)
async def test_without_two_who_may_nothing_is_recorded(booth: Rig, how: dict[str, object], code: str) -> None:
    await opened(booth)
    before = booth.ledger.journal.count()
    with pytest.raises((DecisionError, SignInError)) as refused:
        await unseal(booth, **how)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert booth.ledger.journal.count() == before


async def test_an_answer_that_is_for_another_key_shows_nothing(booth: Rig) -> None:
    await opened(booth)
    booth.link.opens = lambda _: box(OneTimeKey().public, b"clear", b"")
    with pytest.raises(LinkError, match=r"unseal\.no-answer"):
        await unseal(booth)


async def test_only_officers_of_the_owner_or_whom_it_names_may_and_one_is_its_own(booth: Rig) -> None:
    await opened(booth)
    roster = booth.booth._parts.roster
    assert may(booth, ITEM) == {SUPERVISOR.id}
    theirs = replace(ITEM, authority=Authority.SECURITY, may=frozenset({Agency.SECURITY}))
    assert may(booth, theirs) == set()
    named = replace(theirs, may=frozenset({Agency.SECURITY, Agency.IMMIGRATION}))
    assert may(booth, named) == set(), "nobody of security's own is here"
    assert isinstance(roster[SUPERVISOR.id], Officer)
    assert roster[SUPERVISOR.id].role is Role.SUPERVISOR


@pytest.mark.parametrize("clear", [b"\xff\xfe", b"[" * 5000, b'"text"', b'{"a": ' * 100 + b"1" + b"}" * 100, b""])
def test_whatever_an_owner_has_sealed_can_be_shown(clear: bytes) -> None:
    for name, value in values_of(clear):
        assert len(name) + len(value) <= 600


def test_a_long_detail_is_cut() -> None:
    shown = list(values_of(json.dumps([{"k" * 1000: "v" * 1000}] * 1000).encode()))
    assert len(shown) == MOST_LINES
    assert max(map(len, shown[0])) == 300


# -- looking people up ------------------------------------------------------------------------------------------------


async def test_who_is_not_here_is_opened_for_a_reason_that_is_recorded_first_and_told(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    found = as_known(document(), "found")
    with pytest.raises(DecisionError, match=r"lookup\.reason"):
        await booth.booth.open(found)
    with pytest.raises(DecisionError, match=r"lookup\.reason"):
        await booth.booth.open(found, "curious")
    assert booth.link.asked == []

    view = await booth.booth.open(found, "case")

    (sequence,) = booth.ledger.of_kind(LOOKUP)
    entry = booth.ledger.find(sequence)
    assert entry is not None
    assert read_lookup(entry.body or b"").reason == "case"
    await booth.booth.park()
    await booth.booth.resume(view.crossing.id)
    assert booth.booth.work.in_hand().reason == "case"


async def test_a_document_in_hand_is_reason_enough(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    await booth.booth.open(document())
    assert booth.ledger.of_kind(LOOKUP) == []
    assert booth.booth.work.in_hand().reason == PRESENT


async def test_a_refused_question_is_told_and_what_is_held_stays(booth: Rig) -> None:
    booth.link.refuses = LinkError("lookup.too-many", seconds=41)
    await booth.booth.sign_in(OFFICER.id, PIN)
    await booth.booth.open(document())
    while not booth.nap.asleep:
        await asyncio.sleep(0)
    (told,) = [news for news in booth.news if isinstance(news, LookupRefused)]
    assert told.why.code == "lookup.too-many"
    assert booth.link.why[0] is not None
    assert (booth.link.why[0].officer, booth.link.why[0].reason) == (OFFICER.id, PRESENT)


# -- notes ------------------------------------------------------------------------------------------------------------


async def test_a_note_is_recorded_and_stands_with_the_traveller_here_and_the_next_time(booth: Rig) -> None:
    await opened(booth)
    sequence = await booth.booth.disclosing.write_note(frozenset({Agency.CUSTOMS}), "  speaks Iban only ")

    entry = booth.ledger.find(sequence)
    assert entry is not None
    assert entry.kind == NOTE
    assert said(booth) == ["speaks Iban only"]
    with pytest.raises(DecisionError, match=r"note\.empty"):
        await booth.booth.disclosing.write_note(frozenset(), "  ")
    await booth.booth.park()
    await booth.booth.discard("crossing-1")
    await booth.booth.open(document())
    assert said(booth) == ["speaks Iban only"]


async def test_another_counters_note_comes_with_the_feed_and_only_whom_it_is_for_sees_it(booth: Rig) -> None:
    await opened(booth)
    at = "2026-11-21T05:14:02.000Z"
    theirs = Note("c", document().key, Agency.SECURITY, frozenset(), "theirs", "dewi", "Dewi", at, training=True)
    booth.booth.feeding.keep(NOTE, "B2/7", to_json(theirs), as_of=at, owner="security")
    booth.booth.feeding.keep(NOTE, "B2/8", b"{}", as_of=at, owner="security")
    booth.booth.hear_delivery("feed")
    assert said(booth) == ["theirs"]
    current = booth.booth.work.in_hand()
    current.officer = replace(current.officer, acts_for=frozenset({Agency.CUSTOMS}))
    booth.booth.view = current.view()
    assert said(booth) == []


def said(at: Rig) -> list[str]:
    assert at.booth.view is not None
    return [
        str(f.text.as_dict()["words"])
        for s in at.booth.view.sections
        for f in s.findings
        if f.text is not None and f.text.code == "note.said"
    ]
