"""Who on a list may be meant, by the tokens of a name alone: what lists in clear and blind lists have in common.

A segment of either knows tokens by number: which are like a word that is sought, and which is one. The rest is sums.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ..domain.screening.matching import Probe, joins_of, score_names, splits_of
from ..domain.screening.tokens import weight
from .list_index import UNIT, tag_tokens, unpack_tokens

if TYPE_CHECKING:
    from ..domain.screening.model import Sought
    from .list_ports import IndexSegment

MOST_SCORED: Final = 200
"""Of very many names so many of the nearest are scored."""
LONGER: Final = 4
"""A token so much like the one sought counts with so many letters more than that has, at most."""
_MISSING: Final = 0.8
"""A listed name is looked at if no more than so much of the weight of the name sought is missing in it."""
_LEAST: Final = 0.6
"""But so much of it, as a share, is always in it."""
_MOST_LETTERS: Final = 125
_MOST_WEIGHT: Final = 5.0
"""Of a name so much is used, so that no sum passes 255."""
_KNOWN_WORDS: Final = 4_096


class Candidate(NamedTuple):
    """A listed person who was looked at: the name of theirs that matches best, and how well."""

    name_score: float
    leaf: int
    record: int
    tag: bytes


class NamedSegment(ABC):
    """One segment of a list: records that are names, made of numbered tokens."""

    def __init__(self, segment: IndexSegment, weights: Sequence[float]) -> None:
        """`weights`: of each token, by number."""
        self._segment = segment
        self._weights = weights
        self._packed = lru_cache(maxsize=_KNOWN_WORDS)(self._pack_like)
        self.numbered: frozenset[int] = frozenset()
        """The leaves whose document number was found with the last question."""

    def like(self, word: str) -> dict[int, float]:
        """The listed tokens that are like a word, and how much: at least FLOOR."""
        return dict(zip(*self._packed(word), strict=True))

    def _pack_like(self, word: str) -> tuple[array[int], array[float]]:
        # a day's words as dicts would take more memory than a list
        found = self._find_like(word)
        return array("I", found), array("d", found.values())

    @abstractmethod
    def _find_like(self, word: str) -> dict[int, float]:
        """The listed tokens that are like a word, and how much: at least FLOOR."""

    @abstractmethod
    def number(self, word: str) -> int | None:
        """The number of a listed token, or None."""

    def alive(self, records: list[int]) -> list[int]:
        """Those of the records that were not taken back."""
        return [record for record in records if self._segment.is_alive(record)]

    def alike(self, words: Sequence[str], likes: Sequence[dict[int, float]], most: int) -> tuple[list[int], int]:
        """Names of which enough tokens are like those sought, whatever else is in them.

        A single word says enough only where it is two tokens of a listed name.
        """
        if len(words) == 1 and not self._splits(words[0]):
            return [], 0
        units = [UNIT * weight(word) for word in words]
        groups = [
            {number: round(unit * score) for number, score in like.items()}
            for unit, like in zip(units, likes, strict=True)
        ]
        tails: dict[int, int] = {}
        for at, joined in joins_of(words):
            if (number := self.number(joined)) is not None:
                groups[at][number] = round(units[at] + units[at + 1])
        for unit, group, word in zip(units, groups, words, strict=True):
            for head, tail in self._splits(word):
                group[head] = max(group.get(head, 0), round(unit / 2))
                tails[tail] = max(tails.get(tail, 0), round(unit / 2))
        needed = max(sum(units) - UNIT * _MISSING, sum(units) * _LEAST)
        asked = [(0, list(group), list(group.values())) for group in [*groups, tails] if group]
        ways = [[("", math.ceil(needed), True)], [("weights", 0, True)]]
        return self._segment.tally("token", asked, ways, most)

    def _splits(self, word: str) -> list[tuple[int, int]]:
        pairs = ((self.number(head), self.number(tail)) for head, tail in splits_of(word))
        return [(head, tail) for head, tail in pairs if head is not None and tail is not None]

    def probe(self, words: Sequence[str], likes: Sequence[dict[int, float]]) -> Probe[int]:
        """The words sought, each with what is like it, as `score_names` wants them."""
        joins = {n: at for at, joined in joins_of(words) if (n := self.number(joined)) is not None}
        splits = {pair: at for at, word in enumerate(words) for pair in self._splits(word)}
        return Probe([weight(word) for word in words], list(likes), joins, splits)

    def scored(self, records: list[int], probe: Probe[int]) -> list[Candidate]:
        """Each person once, with the name that matches best."""
        known: dict[bytes, float] = {}
        best: dict[int, Candidate] = {}
        segment, weights = self._segment, self._weights
        for record, leaf, tag in zip(records, segment.leaf_numbers(records), segment.tags(records), strict=True):
            raw = tag_tokens(tag)
            score = known.get(raw)
            if score is None:
                score = known[raw] = score_names(probe, unpack_tokens(raw), weights)
            held = best.get(leaf)
            if held is None or held.name_score < score:
                best[leaf] = Candidate(score, leaf, record, tag)
        return list(best.values())


def may_reach(threshold: float, candidate: Candidate, sought: Sought) -> bool:
    """Whether the best birth date could still lift a name to the threshold."""
    lifted = (1 + candidate.name_score) / 2 if sought.birth else candidate.name_score
    return lifted >= threshold


def fitting(words: Sequence[str]) -> tuple[str, ...]:
    """As many tokens as sums in a byte can hold."""
    kept: list[str] = []
    letters, weights = 0, 0.0
    for word in words:
        letters += len(word) + LONGER
        weights += weight(word)
        if letters > _MOST_LETTERS or weights > _MOST_WEIGHT:
            break
        kept.append(word)
    return tuple(kept)
