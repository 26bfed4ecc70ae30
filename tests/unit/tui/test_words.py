"""Text from outside is harmless on the screen, whatever it holds; words are found or shown as their code."""

import gettext
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.texts import text
from counter_tui.errors import StoreError
from counter_tui.tui.words import clean, fill, ngettext, say, use


@given(st.text())
def test_nothing_hidden_is_left_and_once_is_enough(value: str) -> None:
    shown = clean(value)
    assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for c in shown)
    assert clean(shown) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("SITI AMINAH", "SITI AMINAH"),
        ("a\x1b[31mb\x1b]0;title\x07c", "ab0;titlec"),
        ("\u202eABC\u202c\u2066D\u2069", "ABCD"),
        ("zero\u200b\u200dwidth\ufeff", "zerowidth"),
        ("two\r\nlines\u2028more", "two  lines more"),
        ("[bold]not markup[/]", "[bold]not markup[/]"),
        ("محمد", "محمد"),
        ("é Ü 陈", "é Ü 陈"),
        ("x" * 9000, "x" * 2000),
    ],
)
def test_clean(value: str, shown: str) -> None:
    assert clean(value) == shown


def test_parameters_are_put_in_once_and_cleaned() -> None:
    assert fill("{a} and {b} and {c}", {"a": "{b}", "b": "\x1b[1mX"}) == "{b} and X and {c}"
    assert fill("{a.__class__} {0} {", {"a": 1}) == "{a.__class__} {0} {"


class Malay(gettext.NullTranslations):
    """Knows one code."""

    def gettext(self, message: str) -> str:
        return {"store.full": "penuh: {free} MB"}.get(message, message)


def test_codes_errors_and_texts_are_said_in_the_language_that_is_on() -> None:
    use(Malay())
    try:
        assert say("store.full", free=3) == "penuh: 3 MB"
        assert say(StoreError("store.full", free=4)) == "penuh: 4 MB"
        assert say(text("store.full", free=5)) == "penuh: 5 MB"
        assert say("store.unknown-code") == "store.unknown-code"
        assert ngettext("{n} day", "{n} days", 2) == "{n} days"
    finally:
        use(gettext.NullTranslations())


def test_a_day_among_the_parameters_is_written_as_screens_write_it() -> None:
    assert say("{day} and {no}", day="2026-10-22", no="2026-13-45") == "22 Oct 2026 and 2026-13-45"
