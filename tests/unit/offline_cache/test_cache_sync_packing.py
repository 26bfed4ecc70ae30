from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offline_cache import GENESIS, Entry, Receipt, commit
from offline_cache.moments import stamp
from offline_cache.sync.envelope import pack_reply, pack_request, unpack_receipt, unpack_reply, unpack_request
from offline_cache.sync.messages import MAX_ENTRIES, START, Item, Refused, Reply, Request
from offline_cache.sync.packing import PackingWrong, covered, pack, unpack

TIMES = st.one_of(
    st.integers(0, 4_000_000_000_000).map(stamp),
    st.sampled_from(["2026-11-21T05:14:02Z", "2026-11-21T05:14:02.12Z", "2026-02-30T05:14:02.123Z", "", "soon"]),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
BODIES = st.one_of(
    JSON.map(lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")),
    JSON.map(lambda value: json.dumps(value).encode()),
    st.binary(max_size=40),
    st.sampled_from(
        [
            b"[" * 50_000,
            b"[" * 40 + b"]" * 40,
            b'{"a":1,"a":2}',
            b'{"a":1e999}',
            b'{"a":"\\ud800"}',
            b"[-0]",
            b"[1.0]",
            b"[1E2]",
        ]
    ),
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """A part of a chain, with holes, some erased, some whose commitment is of another body."""
    made: list[Entry] = []
    previous = draw(st.sampled_from([GENESIS, b"p" * 32]))
    first = draw(st.integers(1, 1 << 40))
    for sequence in range(first, first + draw(st.integers(0, 6))):
        salt, body = draw(st.binary(min_size=16, max_size=32)), draw(BODIES)
        erased = draw(st.integers(0, 9)) == 0
        honest = draw(st.integers(0, 9)) > 0
        entry = Entry(
            "c1",
            sequence,
            previous,
            draw(TIMES),
            "demo",
            draw(st.sampled_from(["decision", "session"]) | WORDS),
            draw(st.sampled_from(["x1", ""]) | WORDS),
            draw(st.sampled_from(["s1", "s2"])),
            commit(salt, body if honest else b"other"),
            b"" if erased else salt,
            None if erased else body,
            draw(st.binary(min_size=64, max_size=64)),
            draw(st.sampled_from([0, 1, (1 << 63) - 1]) | st.integers(0, (1 << 62))),
        )
        previous = entry.hash()
        made.append(entry)
    return [entry for entry in made if draw(st.integers(0, 5))]


def through_text(value: Any) -> Any:
    return json.loads(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def known(chain: Sequence[Entry]) -> Callable[[int], bytes | None]:
    return {entry.sequence: entry.previous for entry in chain}.get


def unpacked(packed: object, chain: Sequence[Entry] = ()) -> list[Entry]:
    return unpack(packed, counter="c1", realm="demo", hash_before=known(chain))


@settings(max_examples=150)
@given(entries(), st.booleans())
def test_what_is_packed_comes_out_the_same_up_to_covered_signatures(chain: list[Entry], brief: bool) -> None:
    assert unpacked(through_text(pack(chain, brief=brief)), chain) == list(covered(chain))


@settings(max_examples=100)
@given(entries())
def test_explicit_rows_come_out_whole(chain: list[Entry]) -> None:
    assert unpacked(through_text(pack(chain, explicit=True))) == chain


@settings(max_examples=100)
@given(entries())
def test_only_the_last_of_a_run_of_a_session_is_signed(chain: list[Entry]) -> None:
    for one, then in zip(covered(chain), [*chain[1:], None], strict=False):
        follows = then is not None and then.sequence == one.sequence + 1 and then.session == one.session
        assert bool(one.signature) is not follows


HOSTILE = st.one_of(
    JSON,
    st.sampled_from(["\ud800", -1, 1 << 70, True, 1.5, "A" * 100, "é", "====", [[]], {"r": []}, {"s": 1}]),
)


@settings(max_examples=150)
@given(entries(), st.data())
def test_garbage_gives_nothing_but_the_error_of_ours(chain: list[Entry], data: st.DataObject) -> None:
    rows = through_text(pack(chain, brief=True))
    for index, row in enumerate(rows):
        if data.draw(st.booleans()):
            rows[index] = spoiled(row, data)
    if data.draw(st.integers(0, 4)) == 0:
        rows = data.draw(HOSTILE)
    try:
        result = unpacked(rows, chain)
    except PackingWrong:
        return
    for entry in result:
        entry.hash()


def spoiled(row: Any, data: st.DataObject) -> Any:
    if isinstance(row, dict) and data.draw(st.booleans()):
        return row | {data.draw(st.sampled_from(["s", "p", "c", "r"])): data.draw(HOSTILE)}
    inner = row["r"] if isinstance(row, dict) else row
    inner[data.draw(st.integers(0, len(inner) - 1))] = data.draw(HOSTILE)
    return row


def test_depth_and_number_and_size_are_bounded() -> None:
    deep: Any = []
    for _ in range(50_000):
        deep = [deep]
    row = ["2026-11-21T05:14:02.000Z", None, "k", "", "s1", "", deep]
    with pytest.raises(PackingWrong, match="packing.malformed"):
        unpacked([{"s": 1, "p": "A" * 43, "r": row}])
    with pytest.raises(PackingWrong, match="packing.too-large"):
        unpacked([[]] * (MAX_ENTRIES + 1))
    row[6] = ["x" * (128 << 10)]
    with pytest.raises(PackingWrong, match="packing.too-large"):
        unpacked([{"s": 1, "p": "A" * 43, "r": row}])


def test_what_does_not_follow_has_to_come_explicitly() -> None:
    salt, body = bytes(16), b"{}"
    header = ("c1", 5, b"p" * 32, "2026-11-21T05:14:02.000Z", "demo", "k", "", "s1", commit(salt, body))
    chain = [Entry(*header, salt, body, b"s" * 64)]
    for other in (None, bytes(32)):
        with pytest.raises(PackingWrong, match="packing.unknown-previous"):
            unpack(pack(chain, brief=True), counter="c1", realm="demo", hash_before=lambda _, other=other: other)  # type: ignore[misc]
    assert unpacked(pack(chain)) == chain


def test_a_batch_holds_nothing_that_can_be_derived() -> None:
    chain = run(10)
    text = json.dumps(pack(chain, brief=True), separators=(",", ":"))
    assert len(text) < 10 * 75 + 200
    assert "commitment" not in text
    assert text.count("s1") == 1
    assert sum(len(part) == 86 for part in text.split('"')) == 1  # signatures


def run(count: int) -> list[Entry]:
    chain: list[Entry] = []
    for number in range(1, count + 1):
        salt, body = bytes([number]) * 16, b'{"verdict":"CLEAR"}'
        previous = chain[-1].hash() if chain else GENESIS
        at = f"2026-11-21T05:14:{number:02d}.000Z"
        header = ("c1", number, previous, at, "demo", "decision", "x1", "s1", commit(salt, body))
        chain.append(Entry(*header, salt, body, b"s" * 64))
    return chain


# -- requests and replies ------------------------------------------------------------------------------------------

CURSORS = st.tuples(*[st.integers(0, 1 << 62)] * 4)


@settings(max_examples=50)
@given(entries(), CURSORS, st.booleans(), st.none() | st.tuples(st.integers(0, 9), st.just(b"h" * 8)))
def test_a_request_comes_out_the_same(
    chain: list[Entry], cursors: tuple[int, int, int, int], explicit: bool, at: tuple[int, bytes] | None
) -> None:
    request = Request(2, cursors, 99, tuple(chain), explicit=explicit, brief=True, at=at)
    result = unpack_request(through_text(pack_request(request)), counter="c1", realm="demo", hash_before=known(chain))
    expected = tuple(chain) if explicit else covered(chain)
    assert result == replace(request, entries=expected, brief=False)


def signed(*sequences: int) -> Receipt:
    return Receipt("w1", "2026-11-21T05:14:02.000Z", "c1", tuple((n, digest(n) or b"") for n in sequences), b"s" * 64)


def digest(sequence: int) -> bytes | None:
    return bytes([sequence % 256]) * 32 if sequence < 1000 else None


@settings(max_examples=50)
@given(
    st.lists(st.integers(1, 60), max_size=30),
    CURSORS,
    st.lists(st.builds(Item, WORDS, WORDS, WORDS, WORDS, BODIES, st.integers(0, 3)), max_size=3),
    st.booleans(),
)
def test_a_reply_comes_out_the_same(
    sequences: list[int], cursors: tuple[int, int, int, int], feed: list[Item], flag: bool
) -> None:
    reply = Reply(
        signed(*sequences) if sequences else None,
        (7, b"h" * 32) if flag else None,
        (Refused(3, "erased", b"d" * 8),) * flag,
        tuple(feed),
        cursors,
        more=flag,
        time="2026-11-21T05:14:02.000Z",
        notices=(b"notice",) * flag,
        held=signed(1, 2, 3) if flag else None,
        partial=(9, b"p" * 32) if flag else None,
        explicit=flag,
        left=4 if flag else 0,
    )
    for asked in (START, cursors):
        packed = through_text(pack_reply(reply, asked=asked))
        assert unpack_reply(packed, asked=asked, counter="c1", hash_of=digest) == reply


@settings(max_examples=150)
@given(
    st.dictionaries(st.sampled_from(list("vtrhbpnxfcmoea")), HOSTILE | st.lists(HOSTILE, max_size=6), max_size=6),
)
def test_garbage_is_no_reply_and_no_request(garbage: dict[str, Any]) -> None:
    for base in ({}, {"v": 2, "t": "2026-11-21T05:14:02.000Z"}):
        given_ = base | garbage
        with contextlib.suppress(PackingWrong):
            unpack_reply(given_, asked=START, counter="c1", hash_of=digest)
        with contextlib.suppress(PackingWrong):
            unpack_request(given_, counter="c1", realm="demo", hash_before=digest)


def test_a_receipt_for_what_is_not_here_is_told() -> None:
    with pytest.raises(PackingWrong, match="packing.unknown-entry"):
        unpack_receipt(["w1", "t", [999, 5], "AA"], counter="c1", hash_of=digest)
    with pytest.raises(PackingWrong, match="packing"):
        unpack_receipt(["w1", "t", [1, 1 << 40], "AA"], counter="c1", hash_of=digest)


def test_a_receipt_goes_in_ranges() -> None:
    packed = through_text(
        pack_reply(Reply(signed(*range(1, 101)), None, (), (), START, more=False, time="t"), asked=START)
    )
    assert packed["r"][2] == [1, 99]
    assert len(json.dumps(packed)) < 220
