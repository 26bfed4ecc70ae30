"""Scores: of one authority, and of all of them together. Whole numbers, so that every machine comes to the same."""

from collections.abc import Iterable
from typing import Final

from ..sections import Contribution

MOST: Final = 100
SHARE_OF_OTHERS: Final = 4
"""The others weigh a quarter."""


def score_of(contributions: Iterable[Contribution]) -> int:
    """An authority's score, 0 to 100: its open points, and once the greatest fixed value of what is shared as a band.

    Sealed contributions give none; no points are taken away, so that nothing that is added lowers a score.
    """
    points, fixed = 0, 0
    for contribution in contributions:
        own = max(0, contribution.points or 0)
        if contribution.banded:
            fixed = max(fixed, own)
        else:
            points += own
    return min(MOST, points + fixed)


def joint_score(scores: Iterable[int]) -> int:
    """`min(100, the highest + a quarter of the sum of the others)`; the quarter is rounded down."""
    highest, *others = sorted(scores, reverse=True) or [0]
    return min(MOST, highest + sum(others) // SHARE_OF_OTHERS)
