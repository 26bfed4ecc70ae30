"""Digits five lines high, for a day that is to be read from afar."""

from typing import Final

_DIGITS: Final = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    "-": ("   ", "   ", "###", "   ", "   "),
}
ROWS: Final = 5
WIDTH: Final = 39
"""Columns that a day takes (`2026-12-20`)."""


def big(day: str) -> tuple[str, ...]:
    """The five lines of a day in digits and hyphens; as it is, in one line, where it holds anything else."""
    if not set(day) <= set(_DIGITS):
        return (day,)
    return tuple(" ".join(_DIGITS[digit][row] for digit in day) for row in range(ROWS))
