"""Names in the machine readable zone: ICAO Doc 9303 part 3, sections 4.6 and 6 (transliteration), part 4, 4.2.3."""

import unicodedata
from typing import Final

from counter_tui.errors import DocumentError

from .checks import FILLER
from .transliteration import transliterate

_LONGEST: Final = 128

_OMITTED: Final = frozenset("'’‘ʼ`´.,")  # noqa: RUF001 - the apostrophes that names are typed with
_BLANKS: Final = frozenset(" -‐‑–/@<")  # noqa: RUF001 - the dashes that names are typed with


def to_zone(name: str, field: str) -> str:
    """A name as A-Z with single fillers between its parts; "" for an empty one.

    Apostrophes are omitted, hyphens and blanks become fillers, letters with marks follow the recommended
    transliteration. DocumentError, naming `field`, where a character has none or the name is absurdly long.
    """
    if len(name) > _LONGEST:
        raise DocumentError("document.length", field=field)
    upper = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).upper())
    words = "".join(_part(character) for character in upper).split(FILLER)
    zone = [transliterate(word) for word in words]
    if None in zone:
        raise DocumentError("document.alphabet", field=field)
    return FILLER.join(part for part in zone if part)


def _part(character: str) -> str:
    if character in _OMITTED:
        return ""
    return FILLER if character in _BLANKS else character


def split(zone: str) -> tuple[str, str]:
    """Surname and given names of a name field; a name without `<<` is a surname alone."""
    surname, _, given = zone.partition(FILLER * 2)
    return join_parts(surname), join_parts(given)


def truncated_part(given_names: str) -> str:
    """Which part of a name that fills its field to the last letter may go on: what stands last there."""
    return "given_names" if given_names else "surname"


def join_parts(zone: str) -> str:
    """Zone characters as words with single blanks."""
    return " ".join(part for part in zone.split(FILLER) if part)


def fit(surname: str, given: str, width: int) -> str:
    """Both names, as `to_zone` gives them, in a field of `width`; a truncated name ends in a letter there.

    At least the first letter of the given names is kept; the surname gives way for it.
    """
    whole = f"{surname}<<{given}" if given else surname
    if len(whole) <= width:
        return whole.ljust(width, FILLER)
    if given and len(surname) > width - 3:
        whole = f"{fit(surname, '', width - 3)}<<{given}"
    if whole[width - 1] == FILLER:
        # The cut falls between two parts. The part before it gives up a letter, and the next one's first letter
        # comes into the last position; a part of one letter has none to give, and the two are written together.
        shorter = whole[: width - 2] if whole[width - 3] != FILLER else whole[: width - 1]
        separator = FILLER if len(shorter) == width - 2 else ""
        whole = shorter + separator + whole[width:].lstrip(FILLER)
    return whole[:width]
