"""Check digits of ICAO Doc 9303 part 3, section 4.9: weights 7, 3, 1, modulo 10."""

from itertools import cycle
from typing import Final

from counter_tui.errors import DocumentError

FILLER: Final = "<"
ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"

# 0-9 count as themselves, A-Z as 10-35, the filler as nothing.
_VALUES: Final = {character: value for value, character in enumerate(ALPHABET[:-1])} | {FILLER: 0}
_WEIGHTS: Final = (7, 3, 1)


def value_of(character: str) -> int:
    """What a character of the alphabet counts: 0-9 themselves, A-Z 10 to 35, the filler 0."""
    return _VALUES[character]


def check_digit(characters: str) -> str:
    """The check digit, one of "0" to "9", of characters A-Z, 0-9 and `<`; DocumentError on any other character.

    Two characters ten apart (6 and G, 0 and A) have the same digit: no checksum of this kind tells them apart.
    """
    try:
        return str(sum(_VALUES[character] * weight for character, weight in zip(characters, cycle(_WEIGHTS))) % 10)
    except KeyError:
        raise DocumentError("document.alphabet") from None
