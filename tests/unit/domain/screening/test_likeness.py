"""Two tokens: the same, another spelling, a slip, an initial, cut short; and two names that are close in letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.screening.likeness import FLOOR, How, family_keys, liken

LETTERS = st.text(alphabet="ABCDEGHIJKLMNORSTUWYZ", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("SUKARNO", "SUKARNO", How.EXACT),
        ("SOEKARNO", "SUKARNO", How.SPELLING),
        ("TJAHJO", "CAHYO", How.SPELLING),
        ("DJOKO", "JOKO", How.SPELLING),
        ("SJARIF", "SYARIF", How.SPELLING),
        ("ACHMAD", "AHMAD", How.SPELLING),
        ("MOHD", "MUHAMMAD", How.SPELLING),
        ("MD", "MOHAMED", How.SPELLING),
        ("HUSSEIN", "HUSAIN", How.SPELLING),
        ("CHEN", "TAN", How.SPELLING),
        ("RI", "LEE", How.SPELLING),
        ("MUELLER", "MULLER", How.SPELLING),
        ("NURHALIZAH", "NURHALIZA", How.SPELLING),
        ("SALAHUDDIN", "SALAHEDDINE", How.SPELLING),
        ("ALTIKRITI", "TIKRITI", How.SPELLING),
        ("JULIUS", "YULIUS", How.SPELLING),
        ("MHMD", "MOHAMMED", How.SPELLING),
        ("SIREGAR", "SIREGSR", How.TYPING),
        ("MANURUNG", "MAMURUNG", How.TYPING),
        ("SUPRIYANTO", "SUPRIAYNTO", How.TYPING),
        ("WAMG", "WANG", How.TYPING),
        ("B", "BAMBANG", How.INITIAL),
        ("SIMANGUNSO", "SIMANGUNSONGRAJA", How.PREFIX),
    ],
)
def test_tokens_that_are_one_name(one: str, other: str, how: How) -> None:
    likeness = liken(one, other)
    assert likeness.how is how
    assert FLOOR <= likeness.score <= 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HASSAN", "HUSSEIN"),
        ("AHMAD", "HAMID"),
        ("SALIM", "SALAM"),
        ("RAHMAN", "RAHIM"),
        ("HARTONO", "HARYONO"),
        ("WAHYUDI", "WAHYUNI"),
        ("RAJESH", "RAKESH"),
        ("FANG", "FENG"),
        ("TAN", "TANAKA"),
        ("B", "HERMAN"),
        ("HSN", "HUSSEIN"),
        ("SETIAWAN", "SUSANTO"),
    ],
)
def test_tokens_that_are_two_names(one: str, other: str) -> None:
    assert liken(one, other).score < FLOOR


@given(LETTERS, LETTERS)
def test_it_is_the_same_from_either_side(one: str, other: str) -> None:
    assert liken(one, other) == liken(other, one)
    assert liken(one, one).score == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [("MOHD", "MUHAMMAD"), ("CHEN", "TAN"), ("TJAHJO", "CAHYO"), ("HSN", "HASSAN"), ("ALTIKRITI", "TIKRITI")],
)
def test_tokens_far_apart_in_letters_share_a_key(one: str, other: str) -> None:
    assert set(family_keys(one)) & set(family_keys(other))
