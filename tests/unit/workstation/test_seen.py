"""What the agencies said of an entry, from the feed to the outbox: seen, partly seen, refused, and told as news."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from counter_tui.domain.entries import DECISION
from counter_tui.domain.seen import SEEN, AgencyAnswer, Seen, read_seen, seen_body
from counter_tui.domain.words import Authority, DeliveryState
from counter_tui.errors import CounterError
from counter_tui.workstation.news import Delivered, OutboxLine
from counter_tui.workstation.outbox import lines
from offline_cache import Receipt
from offline_cache.signing import generate, sign
from tests.integration.single_window.world import decision
from tests.unit.workstation.build import OFFICER, PIN, POST, Rig, rig

AT = datetime(2026, 11, 21, 5, 15, tzinfo=UTC)
TOLD = (Authority.IMMIGRATION, Authority.CUSTOMS)


def answer(authority: Authority, refused: str = "", at: datetime = AT) -> AgencyAnswer:
    return AgencyAnswer(authority, at, "" if refused else f"REF-{authority}", refused)


def test_complete_is_when_everybody_who_was_told_has_taken_it() -> None:
    both = tuple(answer(one) for one in TOLD)
    assert Seen(TOLD, both).complete
    assert not Seen((), ()).complete
    assert Seen(TOLD, both[:1]).missing == (Authority.CUSTOMS,)
    refused = Seen(TOLD, (both[0], answer(Authority.CUSTOMS, "NO", datetime(2026, 11, 21, 6, tzinfo=UTC))))
    assert not refused.complete
    assert [one.authority for one in refused.refused] == [Authority.CUSTOMS]
    assert refused.last == datetime(2026, 11, 21, 6, tzinfo=UTC)
    assert read_seen(seen_body(refused)) == refused


@pytest.mark.parametrize("body", [b"", b"[]", b'{"told":["nobody"],"answers":[]}', b'{"answers":[]}', b"\xff"])
def test_what_is_none_is_refused(body: bytes) -> None:
    with pytest.raises(CounterError, match=r"entry\.unreadable"):
        read_seen(body)


@pytest.fixture
async def booth(tmp_path: Path) -> AsyncIterator[Rig]:
    made = rig(tmp_path)
    await made.booth.sign_in(OFFICER.id, PIN)
    yield made
    made.close()


def received(r: Rig, count: int = 1) -> list[int]:
    """So many decisions, recorded and received; their sequences."""
    session = r.booth.work.signed_in()
    entries = [r.ledger.append(DECISION, "c", decision(), signer=session.key) for _ in range(count)]
    window = generate()
    unsigned = Receipt("w", "2026-11-21T05:14:30.000Z", "C1", tuple((e.sequence, e.hash()) for e in entries), b"")
    named = Receipt(unsigned.window, unsigned.at, entries[0].counter, unsigned.entries, b"")
    r.ledger.outbox.receive(
        Receipt(named.window, named.at, named.counter, named.entries, sign(window.private, named.signed_bytes())),
        window.public,
    )
    return [entry.sequence for entry in entries]


def told(r: Rig, sequence: int, *answers: AgencyAnswer, body: bytes | None = None, key: str = "") -> None:
    """What the feed brings, and that it did."""
    given = seen_body(Seen(TOLD, answers)) if body is None else body
    r.booth.feeding.keep(SEEN, key or f"C1/{sequence}", given, as_of="2026-11-21T05:15:00.000Z", owner="window")
    r.booth.hear_delivery("feed")


def line(r: Rig, sequence: int) -> OutboxLine:
    return next(one for one in lines(r.ledger, POST, 50, r.booth.feeding.seen) if one.sequence == sequence)


async def test_an_entry_is_seen_once_every_agency_has_answered(booth: Rig) -> None:
    (sequence,) = received(booth)
    assert line(booth, sequence).state is DeliveryState.RECEIVED
    told(booth, sequence, answer(Authority.IMMIGRATION))
    partly = line(booth, sequence)
    assert partly.state is DeliveryState.RECEIVED
    assert partly.seen is not None
    assert partly.seen.missing == (Authority.CUSTOMS,)
    told(booth, sequence, answer(Authority.IMMIGRATION), answer(Authority.CUSTOMS))
    assert line(booth, sequence).state is DeliveryState.SEEN


async def test_an_agency_s_refusal_stands_with_its_reason(booth: Rig) -> None:
    (sequence,) = received(booth)
    told(booth, sequence, answer(Authority.IMMIGRATION), answer(Authority.CUSTOMS, "CARD-CLOSED"))
    refused = line(booth, sequence)
    assert (refused.state, refused.reason) == (DeliveryState.REFUSED, "customs: CARD-CLOSED")


async def test_it_is_news_once_for_each_time_that_something_was_told(booth: Rig) -> None:
    first, second = received(booth, 2)
    booth.news.clear()
    told(booth, second, answer(Authority.IMMIGRATION), answer(Authority.CUSTOMS))
    booth.booth.hear_delivery("feed")
    news = [one for one in booth.news if isinstance(one, Delivered)]
    assert [[entry.sequence for entry in one.lines] for one in news] == [[second]]
    assert line(booth, first).seen is None


async def test_what_waits_waits_whoever_has_seen_it_before(booth: Rig) -> None:
    entry = booth.ledger.append(DECISION, "c", decision(), signer=booth.booth.work.signed_in().key)
    told(booth, entry.sequence, answer(Authority.IMMIGRATION), answer(Authority.CUSTOMS))
    assert line(booth, entry.sequence).state is DeliveryState.RECORDED


@pytest.mark.parametrize("key", ["C1/x", "C1/", "C1/-1", "C1/" + "9" * 40, "C1/²"])
async def test_a_key_that_names_no_entry_is_left_out(booth: Rig, key: str) -> None:
    received(booth)
    told(booth, 0, answer(Authority.CUSTOMS), key=key)
    told(booth, 2, body=b"garbage")
    assert all(one.seen is None for one in lines(booth.ledger, POST, 50, booth.booth.feeding.seen))
