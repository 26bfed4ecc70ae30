"""The vocabulary finds all words near a word: as a plain look at every one does."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from counter_tui.workstation.vocabulary import SHARE, Vocabulary

words_of = st.lists(st.text("AEIMNRSTX", min_size=1, max_size=9), min_size=1, max_size=60, unique=True)


def plainly(words: list[str], word: str, slack: int) -> dict[int, int]:
    found = {}
    for number, listed in enumerate(words):
        both = len(word) + len(listed)
        common = LCSseq.similarity(word, listed)
        if common >= min(math.ceil(SHARE / 2 * both - 0.25), len(listed)) and 2 * common >= 0.85 * both - slack:
            found[number] = common
    return found


@given(words=words_of, word=st.text("AEIMNRSTX", min_size=1, max_size=9), slack=st.integers(0, 9))
@settings(max_examples=200, deadline=None)
def test_finds_what_a_plain_look_finds(words: list[str], word: str, slack: int) -> None:
    numbers, common = Vocabulary(words, words).near_enough(word, slack)
    assert dict(zip(numbers.tolist(), common.tolist(), strict=True)) == plainly(words, word, slack)


@pytest.mark.parametrize("word", ["AAAAAA", "ABDURRAHMAN", "N", "ZZTOPZZ"])
def test_a_word_is_near_itself_however_often_a_letter_comes(word: str) -> None:
    assert Vocabulary(["OTHER", word], ["OTHER", word]).near_enough(word, 0).common.tolist()[-1] == len(word)


def test_an_empty_vocabulary_has_nothing_near() -> None:
    assert Vocabulary([], []).near_enough("SITI", 3).numbers.tolist() == []


def test_slips_are_found_as_written_and_as_folded_and_beginnings_too() -> None:
    words = ["SUKARNO", "SOEKARNI", "SUKARNOPUTRI", "SUWARDI", "RAKUSNO"]
    folded = ["SUKARNO", "SUKARNI", "SUKARNOPUTRI", "SUWARDI", "RAKUSNO"]
    assert Vocabulary(words, folded).slips("SUKARNO", "SUKARNO") == [0, 1, 2]
