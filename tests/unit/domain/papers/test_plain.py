"""Papers on a roll of 80 mm: as they were looked at and found good; nothing cut, nothing but text."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.papers.blocks import Heading, Line, Pair, Paper, PaperKind, Signature, Table
from counter_tui.domain.papers.letters import BROKEN, SWAPPED, cells, lettered, wrapped
from counter_tui.domain.papers.plain import COLUMNS, plain

from .papers import BEARER, HANDED, handed, lettered_case, noticed, slipped

GOLDEN = Path(__file__).parent / "golden"
PAPERS = {
    "notice": noticed(copy=1),
    "notice-training": noticed(bearer=replace(BEARER, training=True)),
    "slip": slipped(),
    "hand-over": handed(),
    "hand-over-unsigned": handed(replace(HANDED, taken=None)),
    "letter": lettered_case(),
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_as_it_was_found_good(name: str) -> None:
    """After a change on purpose: look at it, and write it to the file."""
    assert plain(PAPERS[name], ascii_only=True) == (GOLDEN / f"{name}.txt").read_text("utf-8")


ANY = st.text(max_size=120)


@given(ANY, ANY, st.booleans())
def test_hostile_words_neither_leave_the_paper_nor_command_the_printer(one: str, other: str, ascii_only: bool) -> None:
    blocks = (
        Heading(one),
        Line(other),
        Pair(one, other),
        Table((one, other), ((other, one),)),
        Signature(one, other, one, other),
    )
    text = plain(Paper(PaperKind.NOTICE, "notice", blocks, "ENT-3 0000-0000"), ascii_only=ascii_only)
    assert all(cells(line) <= COLUMNS for line in text.split("\n"))
    assert all(character == "\n" or character.isprintable() for character in text)
    assert not ascii_only or text.isascii()


def test_a_long_name_is_wrapped_at_blanks_and_nothing_of_it_is_lost() -> None:
    name = "NGUYEN " * 20 + "X" * 100
    lines = wrapped(name, COLUMNS)
    assert "".join(lines).replace(BROKEN, "").replace(" ", "") == name.replace(" ", "")
    assert lines[0] == " ".join(["NGUYEN"] * 7)
    assert [line for line in lines if line.endswith(BROKEN)], "who reads it sees that a word goes on"


def test_letters_that_a_printer_has_not_are_written_in_latin_and_marked() -> None:
    assert lettered("王 WEI", str.isascii) == f"Wang{SWAPPED} WEI"
    assert lettered("Łukasz", str.isascii) == f"Lukasz{SWAPPED}"
    assert lettered("王 WEI", str.isprintable) == "王 WEI"
    whole = plain(noticed(bearer=replace(BEARER, name="王 WEI")), ascii_only=True)
    assert whole.endswith("~ = Latin letters / huruf Latin / huruf Rumi\n")


def test_a_name_cannot_say_that_it_is_another_line() -> None:
    name = "A\nYou may go on.\x1b@\u202eB"
    text = plain(noticed(bearer=replace(BEARER, name=name)), ascii_only=True)
    assert "\nYou may go on" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text
