"""The score from which a hit is shown, and what another one would do to labelled pairs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from .matching import match_names
from .tokens import tokens

DEFAULT_THRESHOLD: Final = 0.7
"""The threshold as shipped."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a threshold does to labelled pairs: how many matches it misses, how many others it takes for matches."""

    threshold: float
    misses: int
    false_hits: int
    precision: float
    recall: float
    f1: float


def score_pairs(labelled: Iterable[tuple[str, str, bool]]) -> list[tuple[float, bool]]:
    """Labelled pairs of names (query, candidate, whether they match) with the score of the names in their place."""
    return [(match_names(tokens(query), tokens(candidate)).score, match) for query, candidate, match in labelled]


def effect(scored: Iterable[tuple[float, bool]], thresholds: Sequence[float]) -> list[Effect]:
    """The effect of each threshold on pairs of (score, whether it is a match); a hit scores the threshold or more."""
    pairs = list(scored)
    matches = sum(match for _, match in pairs)
    rows: list[Effect] = []
    for threshold in thresholds:
        shown = [match for score, match in pairs if score >= threshold]
        true = sum(shown)
        precision = true / len(shown) if shown else 1.0
        recall = true / matches if matches else 1.0
        f1 = 2 * true / (len(shown) + matches) if shown or matches else 1.0
        rows.append(Effect(threshold, matches - true, len(shown) - true, precision, recall, f1))
    return rows
