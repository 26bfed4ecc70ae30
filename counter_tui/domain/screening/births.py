"""How a birth date that is known agrees with those that a list gives."""

from collections.abc import Iterable
from enum import Enum

from counter_tui.domain.documents import PartialDate


class Agreement(Enum):
    """How two birth dates agree, the best first."""

    EXACT = "exact"
    SWAPPED = "swapped"
    """Day and month have changed places."""
    DIGIT = "digit"
    """A digit is wrong, or the date a day, a year or ten off."""
    MONTH = "month"
    """Year and month; one has no day."""
    YEAR = "year"
    """The year; one has no month, or is the first of January, which registries write for unknown."""
    NEAR = "near"
    """A year apart, where one has no more than the year."""
    CONFLICT = "conflict"


_ORDER = {agreement: rank for rank, agreement in enumerate(Agreement)}


def compare_births(sought: PartialDate, listed: Iterable[PartialDate]) -> tuple[Agreement, PartialDate | None]:
    """The best agreement with any of the listed dates, and that date; None where none of them has a year."""
    best, nearest = Agreement.CONFLICT, None
    for date in listed:
        if date.year is None:
            continue
        agreement = _agreement(sought, date)
        if nearest is None or _ORDER[agreement] < _ORDER[best]:
            best, nearest = agreement, date
    return best, nearest


def _agreement(one: PartialDate, other: PartialDate) -> Agreement:
    apart = abs((one.year or 0) - (other.year or 0))
    if _is_whole(one) and _is_whole(other):
        return _agreement_of_whole(one, other, apart)
    if apart:
        return Agreement.NEAR if apart == 1 else Agreement.CONFLICT
    if _is_vague(one) or _is_vague(other):
        return Agreement.YEAR
    return Agreement.MONTH if one.month == other.month else Agreement.CONFLICT


def _agreement_of_whole(one: PartialDate, other: PartialDate, apart: int) -> Agreement:
    day, other_day = (one.month, one.day), (other.month, other.day)
    if not apart and day == other_day:
        return Agreement.EXACT
    if not apart and day == other_day[::-1]:
        return Agreement.SWAPPED
    written, other_written = one.iso(), other.iso()
    wrong = [at for at in range(len(written)) if written[at] != other_written[at]]
    first, last = wrong[0], wrong[-1]
    exchanged = len(wrong) == 2 and (written[first], written[last]) == (other_written[last], other_written[first])
    next_day = not apart and one.month == other.month and abs((one.day or 0) - (other.day or 0)) == 1
    if first == last or exchanged or next_day or (day == other_day and apart in {1, 10}):
        return Agreement.DIGIT
    if not apart and (1, 1) in {day, other_day}:
        return Agreement.YEAR
    return Agreement.CONFLICT


def _is_whole(date: PartialDate) -> bool:
    return date.month is not None and date.day is not None


def _is_vague(date: PartialDate) -> bool:
    return date.month is None or (date.month, date.day) == (1, 1)
