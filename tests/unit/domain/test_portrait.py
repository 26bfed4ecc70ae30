"""The text of a portrait: what is written reads the same, and nothing else is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.portrait import HIGHEST, WIDEST, Portrait, find_portrait, is_portrait, write_portrait

portraits = st.tuples(st.integers(1, WIDEST // 2), st.integers(1, HIGHEST)).flatmap(
    lambda size: st.lists(st.integers(0, 15), min_size=2 * size[0] * size[1], max_size=2 * size[0] * size[1]).map(
        lambda points: Portrait(2 * size[0], size[1], bytes(points))
    )
)


@given(portraits)
def test_what_is_written_reads_the_same_in_two_kilobytes_or_less(portrait: Portrait) -> None:
    text = write_portrait(portrait)
    assert is_portrait(text)
    assert len(text) <= 2100
    assert find_portrait(text) == portrait
    assert sum(map(len, portrait.rows())) == portrait.width * portrait.height


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P4:",
        "P4:2x2:AA==",
        "P4:2x1:AAA=",
        "P4:0x2:AAAA",
        "P4:99x99:AAAA",
        "P4:3x2:AAAA",
        "P4:2x1:A",
        "P4:2x1:AA==x",
        "P5:2x1:AA==",
        "P4:48x64:" + "A" * 100_000,
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert find_portrait(text) is None


def test_a_portrait_shows_nobody_in_a_log() -> None:
    assert "\\x0f" not in repr(Portrait(2, 1, b"\x0f\x00"))
