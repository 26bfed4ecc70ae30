"""From the characters that a document reader typed to the lines of a zone."""

import re
from typing import Final

from .formats import SHAPES

_LONGEST: Final = 2 * 90 + 64
"""A doubled scan of the longest zone, with room for the reader's own separators."""

# Readers end lines with CR, LF, Tab or nothing, and some frame a scan with STX and ETX.
_SEPARATORS: Final = re.compile("[\x00-\x1f\x7f]+")
# Some say before each code what kind of code it is: ] with a letter and a modifier (ISO/IEC 15424, "AIM identifier").
# And Esc pressed right before a scan comes with it from the terminal as one sequence, of which ^ is left.
_BEFORE: Final = re.compile(r"\^?(?:\][A-Za-z][0-9A-Za-z])?", re.ASCII)
STAND_INS: Final = ";,>.\\"
"""What arrives instead of `<` where the reader is set to another keyboard layout than the counter, or loses Shift."""
_AS_FILLER: Final = str.maketrans(dict.fromkeys(STAND_INS, "<"))
_START: Final = re.compile(r"[PVIAC][A-Z<](?:[A-Z<]{0,3}|[A-Z<]{3}[A-Z0-9<]+)", re.ASCII)
_NUMBER_AT: Final = slice(5, 15)


def mrz_candidates(raw: str) -> tuple[str, ...] | None:
    """The 2 or 3 lines in a reader's burst: 2x44, 2x36 or 3x30, with control characters between them or joined.

    A document scanned exactly twice is given once. None if the burst is none of these; characters are not changed,
    only parted.
    """
    if len(raw) > _LONGEST:
        return None
    parts = scan_parts(raw)
    whole = "".join(parts)
    for count, width in SHAPES:
        size = count * width
        if len(whole) not in (size, 2 * size) or not _parts_fit(parts, width):
            continue
        if len(whole) == 2 * size and whole[:size] != whole[size:]:
            return None
        return tuple(whole[start : start + width] for start in range(0, size, width))
    return None


def scan_parts(raw: str) -> list[str]:
    """What stands between the separators of a burst, without identifiers of the reader."""
    parts = (_BEFORE.sub("", part, count=1) if part[0] in "]^" else part for part in _SEPARATORS.split(raw) if part)
    return [part for part in parts if part]


def find_stand_in(text: str) -> str | None:
    """The character that came instead of `<`; None where none did.

    A zone has no other sign than `<`: where one stands in a burst that has no `<` at all, it is what the reader's
    `<` became, on a keyboard of another layout. Where both are there the reader loses Shift now and then.
    """
    found = [character for character in STAND_INS if character in text]
    return max(found, key=text.count) if found else None


def with_fillers(text: str) -> str:
    """The same with `<` for every character that can stand in for it."""
    return text.translate(_AS_FILLER)


def _parts_fit(parts: list[str], width: int) -> bool:
    """Whether every separator stands between two lines: lines of 46 and 42 are a garbled scan, not two of 44."""
    return all(len(part) % width == 0 for part in parts)


def looks_like_mrz_start(text: str) -> bool:
    """Whether what was typed so far, two characters or more, can be the beginning of a zone.

    In capitals or not, with `<` or what stands in for it, behind an identifier of the reader or not.
    """
    parts = scan_parts(text[:_LONGEST])
    return bool(parts) and _START.fullmatch(with_fillers(parts[0].upper())) is not None


def zone_length(text: str) -> int:
    """How many characters of a burst belong to the zone: all but separators and identifiers of the reader."""
    return sum(map(len, scan_parts(text)))


def expected_length(text: str) -> int | None:
    """How many characters, separators not counted, the zone that begins like this should have: 88, 72 or 90.

    None as long as the beginning fits more than one layout, or none. An identity card shows within 15 characters
    which it is: three-line cards begin with a number, two-line cards with a name.
    """
    if not looks_like_mrz_start(text):
        return None
    parts = scan_parts(with_fillers(text[:_LONGEST].upper()))
    first = parts[0]
    if len(parts) > 1:
        return next((count * width for count, width in SHAPES if width == len(first)), None)
    if first[0] in "PV":
        return _expected_by_name(first)
    number = first[_NUMBER_AT]
    if any(map(str.isdigit, number)):
        return 90
    return 72 if len(first) >= _NUMBER_AT.stop else None


def _expected_by_name(first: str) -> int | None:
    """A passport or visa: the name fills the first line, so that a digit before position 44 ends it at 36."""
    if any(map(str.isdigit, first[36:44])):
        return 72
    return 88 if first[0] == "P" or len(first) >= 44 else None
