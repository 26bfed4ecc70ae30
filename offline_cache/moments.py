"""Moments: ISO 8601 UTC texts, milliseconds since 1970, and hybrid logical time.

Logical time is milliseconds since 1970, shifted left by 16 bits, plus a count. It never falls and is above all that was
seen, so it orders what a clock that was set back would put in the wrong order (Kulkarni et al., 2014, with the count in
the low bits). What the clock itself said stands beside it, unchanged.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

COUNT_BITS: Final = 16
# no year from 3000 on: logical time has to stay a whole number of 63 bits
_TIME: Final = re.compile(r"[0-2]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|\+00:00)")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


def find_milliseconds(moment: str) -> int | None:
    """Milliseconds since 1970 of an ISO 8601 UTC time, rounded down; None if it is none, or before 1970 or far off."""
    if not _TIME.fullmatch(moment):
        return None
    try:
        since = (datetime.fromisoformat(moment) - _EPOCH) // _MILLISECOND
    except ValueError:
        return None
    return since if since >= 0 else None


def comparable(moment: str) -> str | None:
    """An ISO 8601 UTC time in a form that sorts; None if it is not one."""
    if find_milliseconds(moment) is None:
        return None
    return moment.removesuffix("+00:00").removesuffix("Z")


def stamp(milliseconds: int) -> str:
    """The ISO 8601 UTC time, with milliseconds."""
    return (_EPOCH + milliseconds * _MILLISECOND).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def logical_of(milliseconds: int) -> int:
    """The first logical time of this moment."""
    return milliseconds << COUNT_BITS


def corrected(logical: int) -> str:
    """The moment of a logical time, ISO 8601 UTC: what the clock would have said had it never been set back; or ""."""
    return stamp(logical >> COUNT_BITS) if logical else ""
