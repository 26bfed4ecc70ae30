import contextlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.posts import Counter, Officer, Post
from counter_tui.domain.words import Agency, Direction, Role
from counter_tui.errors import LinkError
from counter_tui.link import wire
from counter_tui.link.values import EntryFields, FeedItem
from tests.integration.single_window.world import crossing, document

BAD = LinkError("wire.malformed")
ENTRY = EntryFields(
    counter="A1",
    sequence=1,
    previous=bytes(32),
    recorded_at="2026-11-21T05:14:02.000Z",
    realm="demo",
    kind="decision",
    group="crossing-1",
    session="0123456789abcdef",
    commitment=bytes(range(32)),
    salt=bytes(16),
    body=b'{"verdict": "CLEAR"}',
    signature=bytes(64),
)
words = st.text(st.characters(codec="utf-8"), max_size=64)
entries = st.builds(
    EntryFields,
    counter=words,
    sequence=st.integers(1, (1 << 63) - 1),
    previous=st.binary(min_size=32, max_size=32),
    recorded_at=st.text(st.characters(codec="utf-8"), max_size=40),
    realm=words,
    kind=words,
    group=words,
    session=words,
    commitment=st.binary(min_size=32, max_size=32),
    salt=st.binary(max_size=32),
    body=st.none() | st.binary(max_size=2000),
    signature=st.binary(min_size=64, max_size=64),
)


def reply(**changes: Any) -> bytes:
    return json.dumps({"cursor": 1, "time": "2026-11-21T05:14:02.000Z"} | changes).encode()


def parsed(body: bytes) -> wire.SyncReply:
    return wire.parse(wire.SyncReply, body, limit=wire.MAX_ANSWER, error=BAD)


@given(entries)
def test_an_entry_comes_out_as_it_went_in(entry: EntryFields) -> None:
    sent = wire.WireEntry.of(entry).to_bytes()
    assert wire.parse(wire.WireEntry, sent, limit=wire.MAX_REQUEST, error=BAD).fields() == entry


@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_a_message_or_refused(body: bytes) -> None:
    with pytest.raises(LinkError) as refused:
        wire.parse(wire.SyncRequest, body, limit=wire.MAX_REQUEST, error=BAD)
    assert refused.value is BAD


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
def test_json_of_any_shape_is_a_message_or_refused(shape: object) -> None:
    body = json.dumps({"version": 1, "entries": shape, "cursor": shape}).encode()
    # the only errors are ours
    with contextlib.suppress(LinkError):
        found = wire.parse(wire.SyncRequest, body, limit=wire.MAX_REQUEST, error=BAD)
        assert found.entries == ()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe",
        reply(cursor=-1),
        reply(cursor=1 << 63),
        reply(cursor="1"),
        reply(cursor=1.0),
        reply(cursor=True),
        reply(cursor=None),
        reply(time="x" * 41),
        reply(time=5),
        reply(more="yes"),
        reply(receipt={}),
        reply(receipt={"window": "w", "at": "t", "counter": "A1", "entries": [[1, "short"]], "signature": "A" * 88}),
        reply(refused=[{"sequence": 0, "reason": "fork"}]),
        reply(refused=[{"sequence": 1, "reason": "x" * 200}]),
        reply(refused=[{"sequence": 1, "reason": "fork"}] * (wire.MAX_ENTRIES + 1)),
        reply(feed=[{"kind": "section", "key": "k", "owner": "o", "as_of": "t", "body": []}]),
        reply(feed=[{"kind": "section", "key": "k" * 300, "owner": "o", "as_of": "t", "body": {}}]),
        reply(head=[1]),
        reply(head=[1, "AAAA"]),
        b'{"cursor": 1, "time": "t", "feed": [{"kind": "k", "key": "k", "owner": "o", "as_of": "t", "body": {"a": '
        + b"[" * 100_000
        + b"]" * 100_000
        + b"}}]}",
        b'{"cursor": 1, "cursor": 2, "time": ' + b"9" * 5000 + b"}",
        b'{"cursor": NaN, "time": "t"}',
    ],
)
def test_hostile_answers_are_refused_in_our_words(body: bytes) -> None:
    with pytest.raises(LinkError) as refused:
        parsed(body)
    assert refused.value is BAD
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_json_has_not_do_not_get_into_a_feed(number: str) -> None:
    body = (
        '{"cursor": 1, "time": "t", "feed": [{"kind": "k", "key": "k", "owner": "o", "as_of": "t", "body": {"n": %s}}]}'
    )
    with pytest.raises((LinkError, ValueError)):
        parsed((body % number).encode()).fields()


def test_too_much_is_not_even_parsed() -> None:
    with pytest.raises(LinkError):
        wire.parse(wire.SyncReply, reply(), limit=10, error=BAD)


def test_unknown_members_are_ignored() -> None:
    assert parsed(reply(later="something", feed=[])).cursor == 1


@pytest.mark.parametrize(
    "changes",
    [{"body": bytes(wire.MAX_BODY + 1)}, {"counter": "x" * 200}, {"signature": b"short"}, {"sequence": 0}],
)
def test_an_entry_that_exceeds_a_bound_is_told_by_its_number_alone(changes: dict[str, Any]) -> None:
    entry = replace(ENTRY, **changes)
    with pytest.raises(LinkError, match="link.too-large") as refused:
        wire.WireEntry.of(entry)
    assert refused.value.params == {"sequence": entry.sequence}


def test_a_request_takes_as_many_entries_as_fit() -> None:
    many = [replace(ENTRY, sequence=number, body=bytes(100_000)) for number in range(1, 20)]
    body = wire.fitting(many, 7)
    request = wire.parse(wire.SyncRequest, body, limit=wire.MAX_REQUEST, error=BAD)
    assert 5 <= len(request.entries) < 19
    assert [entry.sequence for entry in request.entries] == list(range(1, len(request.entries) + 1))
    assert request.cursor == 7
    small = [replace(ENTRY, sequence=number) for number in range(1, 1000)]
    assert len(wire.SyncRequest.model_validate_json(wire.fitting(small, 0)).entries) == wire.MAX_ENTRIES
    poisoned = [*small[:3], replace(ENTRY, sequence=4, body=bytes(wire.MAX_BODY + 1)), *small[4:]]
    assert len(wire.SyncRequest.model_validate_json(wire.fitting(poisoned, 0)).entries) == 3


@given(st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=20), st.text(st.characters(codec="utf-8"))))
def test_a_feed_item_comes_out_as_it_went_in(body: dict[str, str]) -> None:
    compact = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    item = FeedItem("section", "IDN:X1/customs", "customs", "2026-11-21T05:14:02.000Z", compact)
    sent = wire.SyncReply(cursor=3, time="t", feed=(wire.WireFeedItem.of(item),)).to_bytes()
    assert parsed(sent).fields().feed == (item,)


def enrol_reply(token: str = "t" * 43) -> wire.EnrolReply:
    officer = Officer("siti", "Siti", Agency.IMMIGRATION, Role.OFFICER, frozenset({Agency.IMMIGRATION}))
    return wire.EnrolReply(
        counter=Counter("A1", "Booth", "lane-1", Direction.EXIT, frozenset(Agency)),
        post=Post("entikong", "Entikong", "IDN", "Asia/Pontianak"),
        token=token,
        window="w",
        window_public_key=bytes(32),
        realm="demo",
        roster=(wire.WireRosterLine(officer=officer, public_key=bytes(32), wrapped=b"wrapped"),),
    )


def test_an_enrolment_comes_out_as_it_went_in() -> None:
    sent = enrol_reply()
    got = wire.parse(wire.EnrolReply, sent.to_bytes(), limit=wire.MAX_ANSWER, error=BAD)
    assert got == sent
    enrolment = got.fields()
    assert enrolment.roster[0].officer.id == "siti"
    assert "t" * 43 not in repr(enrolment)
    assert "wrapped" not in repr(enrolment)


@pytest.mark.parametrize("token", ["short", "x" * 200, "line\nbreak-and-more", "blank blank blank blank"])
def test_a_token_that_is_none_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        enrol_reply(token)


def test_who_is_expected_comes_out_as_they_went_in() -> None:
    body = wire.ExpectedBody(document=document())
    assert wire.ExpectedBody.model_validate_json(body.to_bytes()) == body


def test_times_in_a_crossing_stay_aware() -> None:
    sent = wire.SectionsRequest(version=1, crossing=crossing()).to_bytes()
    got = wire.parse(wire.SectionsRequest, sent, limit=wire.MAX_REQUEST, error=BAD)
    assert got.crossing == crossing()
    assert got.crossing.opened_at == datetime(2026, 11, 21, 5, 14, 2, tzinfo=UTC)
