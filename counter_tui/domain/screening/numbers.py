"""Document numbers compared as readers and people misread them."""

from collections.abc import Iterable
from typing import Final

_LOOK_ALIKE: Final = str.maketrans("OQDILZSBG", "000112586")
_SHORTEST: Final = 5
"""Shorter numbers are too few to tell documents apart."""


def number_key(number: str) -> str:
    """A number without blanks and punctuation, in capitals, letters that look like digits as those; "" if too short."""
    plain = "".join(character for character in number[:64].upper() if character.isascii() and character.isalnum())
    return plain.translate(_LOOK_ALIKE) if len(plain) >= _SHORTEST else ""


def numbers_agree(sought: str, listed: Iterable[str]) -> tuple[str, bool] | None:
    """The listed number that is the one sought, and whether it is so to the letter; None where none is."""
    key, plain = number_key(sought), _plain(sought)
    alike = [number for number in listed if key and number_key(number) == key]
    for number in alike:
        if _plain(number) == plain:
            return number, True
    return (alike[0], False) if alike else None


def _plain(number: str) -> str:
    return "".join(character for character in number.upper() if character.isalnum())
