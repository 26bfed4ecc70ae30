"""Text from outside on one line, made harmless to show or to print."""

import re
import unicodedata
from typing import Final

_LONGEST: Final = 2000
_HIDDEN: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_CONTROL_SEQUENCE: Final = re.compile("(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[@-Z\\\\-_]")


def clean(value: object) -> str:
    """Text from outside on one line, harmless: no controls, escape sequences, bidi overrides, zero-width characters.

    Letters and their marks stay as they are; what cannot be seen is left out, line ends become blanks.
    """
    text = str(value)[:_LONGEST]
    if text.isascii() and text.isprintable():
        return text
    text = _CONTROL_SEQUENCE.sub("", text)
    return "".join(_harmless(character) for character in text)


def _harmless(character: str) -> str:
    if character in "\n\r\t\v\f\x85\u2028\u2029":
        return " "
    return "" if unicodedata.category(character) in _HIDDEN else character
