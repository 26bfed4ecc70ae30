"""What was packed is read again, part by part; bombs, garbage and what breaks off end in errors of our own."""

import contextlib
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.errors import LinkError
from counter_tui.link.dense import Dense

SHIPPED = Dense.shipped()
VALUES: list[Any] = [{"a": [1, "2026-11-21T05:14:02.000Z", None]}, ["ef" * 20, "ef" * 20], "é~"]
MOST = 1 << 16


def message(values: list[Any], dense: Dense = SHIPPED) -> bytes:
    return b"".join(dense.pack(values))


@pytest.mark.parametrize("dense", [SHIPPED, Dense()])
def test_what_was_packed_is_read(dense: Dense) -> None:
    reader = dense.reader(MOST, MOST)
    assert reader.feed(message(VALUES, dense)) == VALUES
    assert reader.ended


def test_a_part_is_read_as_soon_as_it_is_whole() -> None:
    first, second, third = SHIPPED.pack(VALUES)
    reader = SHIPPED.reader(MOST, MOST)
    assert reader.feed(first + second[:-1]) == VALUES[:1]
    assert not reader.ended
    assert reader.feed(second[-1:] + third) == VALUES[1:]


@given(st.binary(max_size=300))
def test_garbage_is_refused_or_not_whole_yet(data: bytes) -> None:
    reader = SHIPPED.reader(MOST, MOST)
    with contextlib.suppress(LinkError):
        reader.feed(data)


@given(st.data())
def test_a_message_that_was_changed_is_refused_or_says_something_else(data: st.DataObject) -> None:
    raw = bytearray(message(VALUES))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    reader = SHIPPED.reader(MOST, MOST)
    with contextlib.suppress(LinkError):
        reader.feed(bytes(raw))


def part(packed: bytes) -> bytes:
    size = len(packed)
    return bytes([size & 0x7F | 0x80, size >> 7 & 0x7F | 0x80, size >> 14, 0]) + packed


def test_a_bomb_is_given_up_at_the_bound() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=18, compression_level=19)
    bomb = part(zstandard.ZstdCompressor(compression_params=parameters).compress(b" " * (64 << 20)))
    assert len(bomb) < MOST
    with pytest.raises(LinkError, match=r"wire.too-large"):
        Dense().reader(MOST, 1 << 20).feed(bomb)


def test_a_window_larger_than_a_message_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27, compression_level=3)
    wide = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    packed = wide.compress(b'"' + b"x" * 2000 + b'"') + wide.flush()
    with pytest.raises(LinkError, match=r"wire.malformed"):
        Dense().reader(MOST, MOST).feed(part(packed))


def test_a_message_that_says_it_is_larger_than_it_may_be_is_refused_at_once() -> None:
    with pytest.raises(LinkError, match=r"wire.too-large"):
        SHIPPED.reader(100, MOST).feed(b"\xff\xff\x7f\x00")
    with pytest.raises(LinkError, match=r"wire.too-large"):
        SHIPPED.reader(100, MOST).feed(bytes(101))


def test_what_nests_without_end_is_refused() -> None:
    deep = zstandard.ZstdCompressor().compress(b"[" * 100_000)
    with pytest.raises(LinkError, match=r"wire.malformed"):
        Dense().reader(MOST, 1 << 20).feed(part(deep))


def test_dictionaries_have_names_and_none_has_none() -> None:
    assert len(SHIPPED.name) == 25
    assert Dense().name == ""


def test_with_the_dictionary_it_is_much_smaller() -> None:
    from json import loads

    from tests.integration.single_window.world import decision

    value = [loads(decision())]
    assert len(message(value)) < 0.6 * len(message(value, Dense()))
