"""Each agency's format: written, read back by its simulated system, answered, and answered again."""

import contextlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from counter_tui.agencies.ports import FetchAnswer
from counter_tui.agencies.tellers import load_told
from counter_tui.agencies.telling import Held
from counter_tui.agencies.told import PAGE, PATHS, digest
from counter_tui.agencies.told_book import ToldBook
from counter_tui.domain.words import Authority
from counter_tui.errors import AgencyError
from tests.contract.connecting import HOSTILE, fetches, places, put
from tests.unit.agencies.telling.tellings import AT, KEY, telling

LATER = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
EVERY = list(Authority)


def book(authority: Authority) -> ToldBook:
    return ToldBook(load_told(authority), "Encounter/E" if authority is Authority.HEALTH else "R", lambda: LATER)


class Said:
    """A Fetch that answers what it is given."""

    def __init__(self, status: int, body: bytes) -> None:
        self.status, self.body = status, body
        self.asked: list[tuple[str, bytes, str]] = []

    async def __call__(
        self, method: str, path: str, *, body: bytes = b"", content_type: str = "application/json"
    ) -> FetchAnswer:
        self.asked.append((path, body, content_type))
        return FetchAnswer(self.status, self.body)


@pytest.mark.parametrize("authority", EVERY)
def test_a_message_is_one_line_and_the_same_each_time(authority: Authority) -> None:
    told = load_told(authority)
    message = told.write(telling(authority))
    assert message == told.write(telling(authority))
    assert b"\n" not in message
    assert told.take(message) == (KEY, AT, True)


@pytest.mark.parametrize("authority", EVERY)
def test_a_system_takes_a_key_once_and_gives_the_same_answer_again(authority: Authority) -> None:
    told, kept = load_told(authority), book(authority)
    message = told.write(telling(authority))
    status, first = kept.enter(message)
    assert status == 201
    assert kept.enter(message) == (200, first)
    answer = told.read(first, AT)
    assert (answer.key, answer.at, answer.refused) == (KEY, LATER, "")
    listed, more = told.read_held(kept.listed(told.ask_held(AT, 0)))
    assert not more
    assert listed == [Held(KEY, digest(message), answer.reference, LATER)]
    assert told.read_held(kept.listed(told.ask_held(AT + timedelta(seconds=1), 0))) == ([], False)


@pytest.mark.parametrize("authority", EVERY)
def test_the_same_key_with_another_content_is_refused(authority: Authority) -> None:
    told, kept = load_told(authority), book(authority)
    kept.enter(told.write(telling(authority)))
    status, answer = kept.enter(told.write(telling(authority, shares=False)))
    assert status == 409
    assert told.read(answer, AT).refused == "KEY_HAS_OTHER_CONTENT"


@pytest.mark.parametrize("authority", EVERY)
def test_a_training_system_takes_no_real_record(authority: Authority) -> None:
    told = load_told(authority)
    status, answer = book(authority).enter(told.write(replace(telling(authority), training=False)))
    assert (status, told.read(answer, AT).refused) == (422, "REAL_RECORD")


@pytest.mark.parametrize("authority", EVERY)
async def test_over_the_simulated_system_s_own_routes(authority: Authority) -> None:
    told, fetch = load_told(authority), fetches()[authority]
    message = told.write(telling(authority))
    first = await told.tell(fetch, KEY, message, AT)
    assert first.reference
    assert await told.tell(fetch, KEY, message, AT) == first
    (held,) = await told.held(fetch, AT)
    assert (held.key, held.digest, held.reference) == (KEY, digest(message), first.reference)


@pytest.mark.parametrize("authority", EVERY)
@pytest.mark.parametrize("status", [400, 409, 413, 422])
async def test_a_refusal_without_an_answer_of_ours_is_told_by_its_status(authority: Authority, status: int) -> None:
    told = load_told(authority)
    answer = await told.tell(Said(status, b"<html>no</html>"), KEY, b"{}", AT)
    assert (answer.key, answer.refused) == (KEY, f"http-{status}")


@pytest.mark.parametrize("authority", EVERY)
@pytest.mark.parametrize("status", [301, 401, 403, 404, 429, 500, 503])
async def test_what_says_nothing_of_the_message_is_no_answer(authority: Authority, status: int) -> None:
    with pytest.raises(AgencyError, match=r"agency\.refused"):
        await load_told(authority).tell(Said(status, b"{}"), KEY, b"{}", AT)


@pytest.mark.parametrize("authority", EVERY)
async def test_another_message_s_answer_is_none(authority: Authority) -> None:
    told, kept = load_told(authority), book(authority)
    _, answer = kept.enter(told.write(telling(authority)))
    with pytest.raises(AgencyError, match=r"agency\.not-understood"):
        await told.tell(Said(201, answer), "ENT-3/18", b"{}", AT)
    with pytest.raises(AgencyError, match=r"agency\.not-understood"):
        await told.tell(Said(200, told.refuse(KEY, "NO")), KEY, b"{}", AT)


@pytest.mark.parametrize("authority", EVERY)
def test_hostile_answers_are_answers_or_refused(authority: Authority) -> None:
    told, kept = load_told(authority), book(authority)
    _, taken = kept.enter(told.write(telling(authority)))
    pages = [told.list_held([Held(KEY, "0" * 64, "Encounter/E-1", AT)], more=True), taken, told.refuse(KEY, "NO")]
    for page in pages:
        value = json.loads(page)
        for place in places(value):
            for hostile in HOSTILE:
                raw = json.dumps(put(value, place, hostile)).encode()
                for read in (lambda raw=raw: told.read(raw, AT), lambda raw=raw: told.read_held(raw)):
                    _either(read)
    for raw in (b"", b"\xff", b"[" * 5000, b"null", b'{"key":1,"key":2}', b"{}" * 9):
        _either(lambda raw=raw: told.read(raw, AT))


def _either(read: Any) -> None:
    with contextlib.suppress(AgencyError):
        read()


@pytest.mark.parametrize("authority", EVERY)
def test_a_system_refuses_what_is_no_message(authority: Authority) -> None:
    kept = book(authority)
    for raw in (b"", b"[]", b"null", b'{"kunci":"a/1"}', b'{"resourceType":"Bundle","entry":[null]}', b"\xff"):
        assert kept.enter(raw)[0] == 422


@pytest.mark.parametrize("authority", [Authority.IMMIGRATION, Authority.CUSTOMS, Authority.HEALTH])
async def test_what_is_held_comes_page_by_page(authority: Authority) -> None:
    told, fetch = load_told(authority), fetches()[authority]
    keys = [f"ENT-3/{number}" for number in range(PAGE + 3)]
    for key in keys:
        await told.tell(fetch, key, told.write(replace(telling(authority), key=key)), AT)
    assert [held.key for held in await told.held(fetch, AT)] == keys


async def test_more_than_a_reconciliation_takes_ends_it() -> None:
    told = load_told(Authority.IMMIGRATION)
    with pytest.raises(AgencyError, match=r"agency\.not-understood"):
        await told.held(Said(200, told.list_held([], more=True)), AT)


@pytest.mark.parametrize("authority", EVERY)
def test_each_system_is_told_at_a_place_of_its_own(authority: Authority) -> None:
    assert len({path for pair in PATHS.values() for path in pair}) == 10
    assert load_told(authority).authority is authority
