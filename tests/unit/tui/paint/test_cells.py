"""Columns stay columns, whatever the characters."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from counter_tui.tui.paint.cells import (
    cut,
    cut_middle,
    left,
    left_name,
    line,
    right,
    spread,
    wrap,
)

TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me")), max_size=60)
WIDTHS = st.integers(1, 50)


@given(TEXTS, WIDTHS)
def test_a_cut_text_fits(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width
    assert cell_len(cut_middle(text, width)) <= width


@given(TEXTS, WIDTHS)
def test_a_column_has_its_width_exactly(text: str, width: int) -> None:
    assert {cell_len(fill(text, width)) for fill in (left, left_name, right)} == {width}


@given(TEXTS, st.integers(4, 50))
def test_a_text_that_fits_is_left_whole(text: str, width: int) -> None:
    if cell_len(text) <= width:
        assert cut(text, width) == cut_middle(text, width) == text
    else:
        assert "…" in cut(text, width)
        assert "…" in cut_middle(text, width)


def test_a_name_is_cut_in_its_middle_and_keeps_both_ends() -> None:
    shown = cut_middle("WIJAYAKUSUMANINGRAT, RADEN MAS SOERYO", 21)
    assert shown == "WIJAYAKUSU…MAS SOERYO"


def test_wide_characters_count_as_two_cells() -> None:
    assert left("陈伟", 6) == "陈伟  "
    assert cut_middle("陈伟强大明亮", 7) == "陈…亮"


@given(st.lists(st.text("abc陈", min_size=1, max_size=9), max_size=20), st.integers(20, 60))
def test_wrapping_keeps_every_word(words: list[str], width: int) -> None:
    lines = wrap(" ".join(words), width)
    assert " ".join(lines).split() == words
    assert all(cell_len(part) <= width for part in lines)


def test_wrapping_cuts_what_has_no_more_lines() -> None:
    assert wrap("one two three four", 9, 2) == ["one two", "three fo…"]
    assert wrap("unbreakably", 4, 2) == ["unbr", "eak…"]


def test_both_ends_of_a_line_stay_and_the_first_gives_way() -> None:
    assert spread(line("left"), line("right"), 12).plain == "left   right"
    assert spread(line("much too long"), line("right"), 12).plain == "much … right"
