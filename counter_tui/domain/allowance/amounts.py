"""Amounts of money as whole sen: MYR 600.00 is 60000."""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 100_000_000
"""Sen; more is nobody's shopping."""
_AMOUNT: Final = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{1,2}))?")


def find_sen(words: str) -> int | None:
    """The sen that somebody typed (`280`, `280.5`, `280,50`); None where that is no amount."""
    found = _AMOUNT.fullmatch(words.strip())
    if found is None:
        return None
    sen = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
    return sen if sen <= MOST else None


def shown(sen: int) -> str:
    """The amount as it is read: `280`, or `280.50`."""
    whole, rest = divmod(abs(sen), 100)
    sign = "-" if sen < 0 else ""
    return f"{sign}{whole}.{rest:02}" if rest else f"{sign}{whole}"


def of_field(value: str, currency: str) -> int | None:
    """The sen in a field's value (`MYR 540.00`); None where it is of another currency, or no amount."""
    code, _, number = value.partition(" ")
    return find_sen(number.replace(" ", "").replace(",", "")) if code == currency else None
