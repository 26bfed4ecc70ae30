"""How a birth date that is known agrees with those that a list gives."""

from collections.abc import Iterable
from enum import Enum

from counter_tui.domain.documents import PartialDate


class Agreement(Enum):
    """How two birth dates agree, the best first."""

    EXACT = "exact"
    SWAPPED = "swapped"
    DIGIT = "digit"
    MONTH = "month"
    YEAR = "year"
    NEAR = "near"
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
    ours, theirs = one.year or 0, other.year or 0
    whole = None not in (one.month, one.day, other.month, other.day)
    if ours != theirs:
        if not whole:
            return Agreement.NEAR if abs(ours - theirs) == 1 else Agreement.CONFLICT
        same_day = (one.month, one.day) == (other.month, other.day)
        return Agreement.DIGIT if same_day and _one_digit(ours, theirs, 4) else Agreement.CONFLICT
    if whole:
        return _agreement_in_year(one, other)
    if one.month is None or other.month is None:
        return Agreement.YEAR
    return Agreement.MONTH if one.month == other.month else Agreement.CONFLICT


def _agreement_in_year(one: PartialDate, other: PartialDate) -> Agreement:
    if (one.month, one.day) == (other.month, other.day):
        return Agreement.EXACT
    if (one.month, one.day) == (other.day, other.month):
        return Agreement.SWAPPED
    if (one.month == other.month and _one_digit(one.day, other.day, 2)) or (
        one.day == other.day and _one_digit(one.month, other.month, 2)
    ):
        return Agreement.DIGIT
    return Agreement.CONFLICT


def _one_digit(one: int | None, other: int | None, width: int) -> bool:
    """Whether two numbers, written in `width` digits, differ in one digit or have two neighbours swapped."""
    ours, theirs = f"{one:0{width}d}", f"{other:0{width}d}"
    wrong = [at for at in range(width) if ours[at] != theirs[at]]
    if len(wrong) == 1:
        return True
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and ours[wrong[0]] == theirs[wrong[1]]
        and ours[wrong[1]] == theirs[wrong[0]]
    )
