"""What is left out of a message comes out of it again, to the last byte; what is none of ours is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.coding import to_plain
from counter_tui.errors import LinkError
from counter_tui.link.lean import DEEPEST, lean, whole
from tests.integration.single_window.world import document

TEXTS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(["~", "~t", "~n", "~h12", "~1", "2026-11-21T05:14:02.000Z", "2026-11-21T05:14:02+07:00"]),
    st.binary(min_size=10, max_size=40).map(bytes.hex),
    st.sampled_from(["WTWTyLbVyXPQpl6OVMBIyQ", "WTWTyLbVyXPQpl6OVMBIyR", "ABCDEFGHabcdefgh01234567"]),
)
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXTS)
KEYS = st.one_of(st.sampled_from(["mrz", "format", "sex"]), st.text(max_size=4))
VALUES = st.recursive(
    LEAVES, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4))
)


def passed(value: Any) -> Any:
    smaller, beside = lean(value)
    return whole(json.loads(json.dumps(smaller)), beside)


@given(VALUES)
def test_any_value_comes_out_as_the_same_text(value: Any) -> None:
    assert json.dumps(passed(value)) == json.dumps(value)


def test_a_zone_that_the_document_says_is_left_out_and_comes_back() -> None:
    plain = to_plain(document())
    smaller, _ = lean(plain)
    assert smaller["mrz"] is None
    assert json.dumps(passed(plain)) == json.dumps(plain)


@pytest.mark.parametrize("changed", [{"number": "X1234568"}, {"sex": "X"}, {"mrz": None}, {"mrz": []}, {"birth": {}}])
def test_a_zone_that_says_otherwise_goes_as_it_is(changed: dict[str, Any]) -> None:
    plain = to_plain(document()) | changed
    smaller, _ = lean(plain)
    assert smaller["mrz"] is not None
    assert json.dumps(passed(plain)) == json.dumps(plain)


def test_a_card_of_three_lines_too() -> None:
    from counter_tui.domain.documents import compose_mrz, read_mrz
    from tests.integration.single_window.world import TODAY

    lines = compose_mrz("TD1", "ID", "MYS", "K1234567", "MYS", "BINTI OMAR", "SITI", "F", TODAY.replace(2001), TODAY)
    plain = to_plain(read_mrz(lines, today=TODAY).document)
    assert lean(plain)[0]["mrz"] is None
    assert passed(plain) == plain


@pytest.mark.parametrize("value", ["~h12", "~x", "~h99999", "~t", "~3", "~h1", {"mrz": "~?"}])
def test_what_names_more_than_there_is_is_refused(value: Any) -> None:
    with pytest.raises(LinkError, match=r"wire.malformed"):
        whole(value, b"eleven byte")


def test_bytes_that_nothing_names_are_refused() -> None:
    with pytest.raises(LinkError, match=r"wire.malformed"):
        whole([], b"x")


def test_what_nests_too_deep_is_refused() -> None:
    value: Any = 1
    for _ in range(DEEPEST + 2):
        value = [value]
    with pytest.raises(LinkError, match=r"wire.malformed"):
        whole(value, b"")


def test_a_zone_of_nonsense_is_none() -> None:
    strange: dict[str, Any] = {"format": "TD3", "mrz": None, "code": 3, "birth": [], "sex": "Q"}
    assert whole(strange, b"") == strange
