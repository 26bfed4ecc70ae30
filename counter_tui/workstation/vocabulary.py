"""The words that listed names are made of, and which of them are near a word: a million names have a few ten thousand.

Nearness here only finds candidates: it is the longest common subsequence (LCS) of letters. What it means for two words
to be alike is said by `domain/screening`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHARE: Final = 0.55
"""Of two words taken together, at least so many letters are common; or the shorter is in the longer whole."""

_SLICE: Final = 50_000
_LETTERS: Final = 32
_REMEMBERED: Final = 4_096


class Near(NamedTuple):
    """The words near a word: their numbers, and how many letters are common, in order."""

    numbers: NDArray[np.int64]
    common: NDArray[np.uint8]


class Vocabulary:
    """Words by number; what is near one is found by their letters, then by the order of these."""

    def __init__(self, words: Sequence[str]) -> None:
        """`words` are ASCII, at most 64 letters each; number n is the n-th."""
        self.words = words
        self._lengths = np.fromiter((len(word) for word in words), dtype=np.uint8, count=len(words))
        slices = [_bags(words[at : at + _SLICE]) for at in range(0, len(words), _SLICE)]
        self._bags = np.concatenate(slices or [_bags(())])
        self._known: OrderedDict[str, Near] = OrderedDict()

    def near(self, word: str) -> Near:
        """The words that share letters with this one in order: SHARE of both, or the whole of a short one."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._find(word)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return known

    def near_enough(self, word: str, slack: int) -> dict[int, int]:
        """Those of `near` where 85 of 100 letters are common but for `slack` letters; how many are, by number."""
        numbers, common = self.near(word)
        both = self._lengths[numbers] + np.float32(len(word))
        kept = 2 * common >= 0.85 * both - slack
        return dict(zip(numbers[kept].tolist(), common[kept].tolist(), strict=True))

    def _find(self, word: str) -> Near:
        lengths, size = self._lengths, len(word)
        needed = np.minimum(np.float32(SHARE / 2) * (lengths + np.float32(size)), lengths)
        bag = _bags((word,))[0]
        # a letter's third time is in no bag: it may be common
        common = np.bitwise_count(self._bags & bag) + np.uint8(size - int(np.bitwise_count(bag)))
        numbers = np.flatnonzero(common >= needed)
        words = self.words
        lcs = cdist([word], [words[n] for n in numbers.tolist()], scorer=LCSseq.similarity, dtype=np.uint8)[0]
        kept = lcs >= needed[numbers]
        return Near(numbers[kept], lcs[kept])


def _bags(words: Sequence[str]) -> NDArray[np.uint64]:
    """The letters of each word as bits: which it has in the lower half, which it has twice in the upper."""
    lengths = np.fromiter((len(word) for word in words), dtype=np.int64, count=len(words))
    letters = np.frombuffer("".join(words).encode("ascii", "replace"), dtype=np.uint8) % _LETTERS
    slots = np.repeat(np.arange(len(words)), lengths) * _LETTERS + letters
    counts = np.bincount(slots, minlength=len(words) * _LETTERS).reshape(-1, _LETTERS)
    both = np.concatenate([counts >= 1, counts >= 2], axis=1)
    return np.packbits(both, axis=1, bitorder="little").view("<u8").reshape(-1)
