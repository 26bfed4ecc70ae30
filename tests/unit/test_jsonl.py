import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.jsonl import JsonLine, read_json_lines


def read(data: bytes, longest: int = 1000) -> list[JsonLine]:
    return list(read_json_lines(io.BytesIO(data), longest=longest))


def codes(data: bytes, longest: int = 1000) -> list[str]:
    return [line.problem.code if line.problem else "ok" for line in read(data, longest)]


def test_each_line_is_an_object_in_order() -> None:
    lines = read(b'{"id": 1}\n{"id": "\xc3\xa4"}\r\n{}')
    assert [(line.number, line.value) for line in lines] == [(1, {"id": 1}), (2, {"id": "ä"}), (3, {})]


def test_a_mark_at_the_beginning_is_no_part_of_the_first_line() -> None:
    assert codes(b"\xef\xbb\xbf{}\n\xef\xbb\xbf{}\n") == ["ok", "line.not-json"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"", "line.empty"),
        (b"  \t", "line.empty"),
        (b"{", "line.not-json"),
        (b"{} {}", "line.not-json"),
        (b"{'id': 1}", "line.not-json"),
        (b'{"id": "\x01"}', "line.not-json"),
        (b"\x00", "line.not-json"),
        (b'{"id": "\xff"}', "line.not-utf8"),
        (b'{"id": "\xed\xa0\x80"}', "line.not-utf8"),
        (b"[]", "line.no-object"),
        (b"null", "line.no-object"),
        (b"NaN", "line.number"),
        (b'{"id": -Infinity}', "line.number"),
        (b'{"id": 1e999}', "line.number"),
        (b'{"id": ' + b"9" * 500 + b"}", "line.number"),
        (b'{"id": 1, "id": 2}', "line.key-twice"),
        (b'{"a": {"b": 1, "b": 1}}', "line.key-twice"),
        (b'{"a": ' + b"[" * 100 + b"]" * 100 + b"}", "line.too-deep"),
        (b'{"a": "' + b"x" * 1000 + b'"}', "line.too-long"),
    ],
)
def test_what_is_wrong_is_said_and_the_next_line_is_read(line: bytes, code: str) -> None:
    assert codes(line + b'\n{"id": 1}\n') == [code, "ok"]


def test_very_deep_nesting_is_refused() -> None:
    assert codes(b"[" * 500_000 + b"\n{}", longest=1 << 20) == ["line.too-deep", "ok"]


def test_a_line_of_exactly_the_greatest_length_is_read() -> None:
    line = b'{"a": "' + b"x" * 991 + b'"}'
    assert len(line) == 1000
    assert codes(line + b"\n" + line) == ["ok", "ok"]
    assert codes(line + b" \n" + line + b" ") == ["line.too-long", "line.too-long"]


def test_a_line_is_given_before_the_next_one_is_there() -> None:
    receiver, sender = os.pipe()
    with os.fdopen(receiver, "rb") as stream, os.fdopen(sender, "wb", buffering=0) as pipe:
        pipe.write(b'{"id": 1}\n')
        lines = read_json_lines(stream)
        for number in (2, 3, 4):
            assert next(lines).number == number - 1
            pipe.write(b'{"id": 1}\n')


def test_a_problem_tells_nothing_of_the_line_in_its_repr() -> None:
    assert "ERIKSSON" not in repr(read(b'{"name": "ERIKSSON"}')) + repr(read(b"ERIKSSON"))


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_answered_a_line_each(data: bytes) -> None:
    lines = read(data, longest=40)
    assert len(lines) == len(data.split(b"\n")) - data.endswith(b"\n") - (not data)
    assert all((line.value is None) != (line.problem is None) for line in lines)
