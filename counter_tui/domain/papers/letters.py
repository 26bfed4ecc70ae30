"""Text in letters that a printer or a font has; what it has not is written in Latin letters, and marked as such."""

import unicodedata
from collections.abc import Callable
from typing import Final

from ..harmless import clean

SWAPPED: Final = "~"
"""Stands behind a word that is not as it was written."""

UNKNOWN: Final = "?"
BROKEN: Final = "\\"
"""Ends a line in the middle of a word that is longer than a line."""


def lettered(text: str, has: Callable[[str], bool]) -> str:
    """The text, harmless, in characters that there are; each word that had others is swapped and marked."""
    text = unicodedata.normalize("NFC", clean(text))
    if all(map(has, text)):
        return text
    return " ".join(word if all(map(has, word)) else _swapped(word, has) for word in text.split(" "))


def _swapped(word: str, has: Callable[[str], bool]) -> str:
    from anyascii import anyascii  # only where a name needs it

    latin = "".join(character if has(character) else anyascii(character) or UNKNOWN for character in word)
    return "".join(character if has(character) else UNKNOWN for character in latin) + SWAPPED


def cells(text: str) -> int:
    """How many columns a text takes: none for a mark on a letter, two for a wide one."""
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, broken at blanks; nothing of it is left out."""
    lines: list[str] = []
    held = ""
    for word in text.split():
        longer = f"{held} {word}" if held else word
        if cells(longer) <= width:
            held = longer
            continue
        if held:
            lines.append(held)
        *whole, held = _pieces(word, width)
        lines += whole
    return [*lines, held] if held or not lines else lines


def _pieces(word: str, width: int) -> list[str]:
    """A word that is longer than a line, in pieces that say that they go on."""
    pieces: list[str] = []
    while cells(word) > width:
        end = len(word)
        while cells(word[:end]) > width - 1:
            end -= 1
        pieces.append(word[:end] + BROKEN)
        word = word[end:]
    return [*pieces, word]
