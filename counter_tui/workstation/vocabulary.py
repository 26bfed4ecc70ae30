"""The words that listed names are made of, and which of them are near a word: a million names have a few ten thousand.

Nearness here only finds candidates, by the longest common subsequence (LCS) of letters and by slips (optimal string
alignment, OSA). What it means for two words to be alike is said by `domain/screening`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import numpy as np
from rapidfuzz.distance import OSA, LCSseq
from rapidfuzz.process import cdist

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHARE: Final = 0.7
"""Of two words taken together, about so many letters are common at least; or the shorter is in the longer whole."""
_ROUND: Final = 0.25
"""So that of five letters three are enough."""

_SHORT: Final = 7
_LONG: Final = 10
"""A word shorter than the first bears one slip, than the second two, any other three."""

_SLICE: Final = 50_000
_LETTERS: Final = 32
_REMEMBERED: Final = 2_048


class Near(NamedTuple):
    """The words near a word: their numbers, and how many letters are common, in order."""

    numbers: NDArray[np.int32]
    common: NDArray[np.uint8]


class Vocabulary:
    """Words by number; what is near one is found by their letters, then by the order of these."""

    def __init__(self, words: Sequence[str], folded: Sequence[str]) -> None:
        """`words` are ASCII, at most 64 letters each; number n is the n-th. `folded`: each in common spelling."""
        self.words = words
        self._folded = np.array(folded, dtype=np.object_)
        self._taken = np.array(words, dtype=np.object_)
        self._lengths = np.fromiter((len(word) for word in words), dtype=np.uint8, count=len(words))
        slices = [_bags(words[at : at + _SLICE]) for at in range(0, len(words), _SLICE)]
        self._bags = np.concatenate(slices or [_bags(())])
        self._needs: dict[int, NDArray[np.uint8]] = {}
        self._known: OrderedDict[str, Near] = OrderedDict()

    def near(self, word: str) -> Near:
        """The words that share letters with this one in order: SHARE of both, or the whole of a short one."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._find(word)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return known

    def near_enough(self, word: str, slack: int) -> Near:
        """Those of `near` of whose letters, and the word's, 85 of 100 are common, but for `slack` letters."""
        numbers, common = self.near(word)
        both = self._lengths[numbers] + np.float32(len(word))
        kept = 2 * common >= 0.85 * both - slack
        return Near(numbers[kept], common[kept])

    def slips(self, word: str, folded: str) -> list[int]:
        """The words that a few slips make of this one, as written or as folded, or of which one begins the other."""
        numbers, common = self.near(word)
        lengths = np.maximum(self._lengths[numbers], len(word))
        most = np.where(lengths < _SHORT, 1, np.where(lengths < _LONG, 2, 3))
        near = self._steps(word, self._taken[numbers]) <= most
        near |= self._steps(folded, self._folded[numbers]) <= most
        within = np.flatnonzero(~near & (common == np.minimum(self._lengths[numbers], len(word))))
        begins = [at for at in within.tolist() if _begins(word, self.words[numbers[at]])]
        near[begins] = True
        return cast("list[int]", numbers[near].tolist())

    def _needed(self, size: int) -> NDArray[np.uint8]:
        """How many letters each word must have in common with one of `size` letters."""
        needed = self._needs.get(size)
        if needed is None:
            both = self._lengths + np.float32(size)
            needed = np.minimum(np.ceil(np.float32(SHARE / 2) * both - np.float32(_ROUND)), self._lengths).astype(
                np.uint8
            )
            self._needs[size] = needed
        return needed

    @staticmethod
    def _steps(word: str, others: NDArray[np.object_]) -> NDArray[np.uint8]:
        steps = cdist([word], others.tolist(), scorer=OSA.distance, score_cutoff=3, dtype=np.uint8)
        return cast("NDArray[np.uint8]", steps[0])

    def _find(self, word: str) -> Near:
        needed = self._needed(len(word))
        bag = _bags((word,))[0]
        common = np.bitwise_count(self._bags & bag)
        # a letter's third time is in no bag: it may be common
        common += np.uint8(len(word) - int(np.bitwise_count(bag)))
        numbers = np.flatnonzero(common >= needed)
        lcs = cdist([word], self._taken[numbers].tolist(), scorer=LCSseq.similarity, dtype=np.uint8)[0]
        kept = lcs >= needed[numbers]
        return Near(numbers[kept].astype(np.int32), lcs[kept])


def _begins(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _bags(words: Sequence[str]) -> NDArray[np.uint64]:
    """The letters of each word as bits: which it has in the lower half, which it has twice in the upper."""
    lengths = np.fromiter((len(word) for word in words), dtype=np.int64, count=len(words))
    letters = np.frombuffer("".join(words).encode("ascii", "replace"), dtype=np.uint8) % _LETTERS
    slots = np.repeat(np.arange(len(words)), lengths) * _LETTERS + letters
    counts = np.bincount(slots, minlength=len(words) * _LETTERS).reshape(-1, _LETTERS)
    both = np.concatenate([counts >= 1, counts >= 2], axis=1)
    return np.packbits(both, axis=1, bitorder="little").view("<u8").reshape(-1)
