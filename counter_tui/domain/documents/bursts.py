"""From the characters that a document reader typed to the lines of a zone."""

import re
from typing import Final

from .formats import SHAPES

_LONGEST: Final = 2 * 90 + 64
"""A doubled scan of the longest zone, with room for the reader's own separators."""

# Readers end lines with CR, LF, Tab or nothing, and some frame a scan with STX and ETX.
_SEPARATORS: Final = re.compile("[\x00-\x1f\x7f]+")
_START: Final = re.compile(r"[PVIAC][A-Z<](?:[A-Z<]{0,3}|[A-Z<]{3}[A-Z0-9<]+)", re.ASCII)
_NUMBER_AT: Final = slice(5, 15)


def mrz_candidates(raw: str) -> tuple[str, ...] | None:
    """The 2 or 3 lines in a reader's burst: 2x44, 2x36 or 3x30, with control characters between them or joined.

    A document scanned exactly twice is given once. None if the burst is none of these; characters are not changed,
    only parted.
    """
    if len(raw) > _LONGEST:
        return None
    parts = [part for part in _SEPARATORS.split(raw) if part]
    whole = "".join(parts)
    for count, width in SHAPES:
        size = count * width
        if len(whole) not in (size, 2 * size) or not _parts_fit(parts, width):
            continue
        if len(whole) == 2 * size and whole[:size] != whole[size:]:
            return None
        return tuple(whole[start : start + width] for start in range(0, size, width))
    return None


def _parts_fit(parts: list[str], width: int) -> bool:
    """Whether every separator stands between two lines: lines of 46 and 42 are a garbled scan, not two of 44."""
    return all(len(part) % width == 0 for part in parts)


def looks_like_mrz_start(text: str) -> bool:
    """Whether what was typed so far, two characters or more, can be the beginning of a zone (in capitals or not)."""
    parts = _SEPARATORS.split(text[:_LONGEST].lstrip("\x02\r\n\t"), maxsplit=1)
    return _START.fullmatch(parts[0].upper()) is not None


def zone_length(text: str) -> int:
    """How many characters of a burst belong to the zone: all but the separators."""
    return sum(len(part) for part in _SEPARATORS.split(text))


def expected_length(text: str) -> int | None:
    """How many characters, separators not counted, the zone that begins like this should have: 88, 72 or 90.

    None as long as the beginning fits more than one layout, or none. An identity card shows within 15 characters
    which it is: three-line cards begin with a number, two-line cards with a name.
    """
    if not looks_like_mrz_start(text):
        return None
    parts = [part for part in _SEPARATORS.split(text[:_LONGEST].upper()) if part]
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
