import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from counter_tui.agencies.strict_json import DEEPEST, read_json, read_model
from counter_tui.errors import AgencyError


def refused(raw: bytes, **bounds: int) -> AgencyError:
    with pytest.raises(AgencyError) as raised:
        read_json(raw, **bounds)
    assert raised.value.__cause__ is None, "a parser's own words quote the data"
    return raised.value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b' {"a": [1, -0, true, null, "x"]}\r\n', {"a": [1, 0, True, None, "x"]}),
        (b"\xef\xbb\xbf{}", {}),
        (b"1e3", Decimal(1000)),
        (b"[]", []),
        ('"\u202eå\\u001b"'.encode(), "\u202eå\x1b"),
        (b'"\\ud83d\\ude00"', "\U0001f600"),
        (b'"\\\\ud800"', "\\ud800"),
        (b"[" * DEEPEST + b"]" * DEEPEST, json.loads("[" * DEEPEST + "]" * DEEPEST)),
    ],
)
def test_json_is_read(raw: bytes, value: Any) -> None:
    assert read_json(raw) == value


@pytest.mark.parametrize("digits", ["36.50", "98.60", "0.10", "1.000000000000000001"])
def test_a_fraction_keeps_its_digits(digits: str) -> None:
    assert str(read_json(digits.encode())) == digits


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "json.empty"),
        (b"\xef\xbb\xbf\n ", "json.empty"),
        (b'{"a": 1, "b": {"c": 1, "c": 1}}', "json.key-twice"),
        (b'{"a": 1, "\\u0061": 1}', "json.key-twice"),
        (b"[NaN]", "json.number"),
        (b"-Infinity", "json.number"),
        (b"1e400", "json.number"),
        (b"-1e-400", "json.number"),
        (b"1e99999999999999999999", "json.number"),
        (b"9" * 5000, "json.number"),
        (b"0." + b"1" * 5000, "json.number"),
        (b'"\\ud800"', "json.surrogate"),
        (b'{"\\uDC00": 1}', "json.surrogate"),
        (b'[["\\ud800x"]]', "json.surrogate"),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), "json.too-deep"),
        (b'{"a":' * (DEEPEST + 1) + b"1" + b"}" * (DEEPEST + 1), "json.too-deep"),
        (b"[" * 100_000 + b"]" * 100_000, "json.too-deep"),
        ("{}".encode("utf-16"), "json.not-utf8"),
        (b'"\xed\xa0\x80"', "json.not-utf8"),
        (b'"\x1b"', "json.not-json"),
        (b"{'a': 1}", "json.not-json"),
        (b"{} {}", "json.not-json"),
        (b"{}\x00", "json.not-json"),
        (b"01", "json.not-json"),
        ("\u00a0{}".encode(), "json.not-json"),
    ],
)
def test_json_that_is_not_right_is_refused(raw: bytes, code: str) -> None:
    assert refused(raw).code == code


def test_the_line_is_told_where_it_is_known() -> None:
    assert refused(b'{\n"a":\n}').params == {"line": 3}
    assert refused(b'{\n"a": "\xff"}').params == {"line": 2}


def test_bytes_are_bounded() -> None:
    assert read_json(b'"12345678"', max_bytes=10) == "12345678"
    assert refused(b'"123456789"', max_bytes=10).params == {"most": 10}


class Measured(BaseModel):
    model_config = ConfigDict(strict=True)

    values: tuple[int, ...]


def test_a_model_is_made_of_what_was_read_strictly() -> None:
    assert read_model(Measured, b'\xef\xbb\xbf{"values": [1, 2]}').values == (1, 2)
    with pytest.raises(AgencyError, match="key-twice"):
        read_model(Measured, b'{"values": [1], "values": [2]}')
    with pytest.raises(AgencyError, match="other-shape") as raised:
        read_model(Measured, b'{"values": ["1"]}')
    assert raised.value.__cause__ is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**38), 10**38) | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=30,
    )
)
def test_whatever_is_written_is_read_again(value: Any) -> None:
    assert read_json(json.dumps(value).encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        read_json(raw)
    except AgencyError as error:
        assert error.code.startswith("json.")  # noqa: PT017 - either way is right
