"""How a name is drawn: tables in order of frequency, a long tail composed of syllables, and Zipf's law over both."""

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

ZIPF = 0.95
"""The exponent of a name's frequency by its rank; names of most peoples lie between 0.9 and 1.1."""
OFFSET = 1.5
"""Added to every rank (Mandelbrot), so that the first name of a table is no more frequent than life has it."""
_AT_ONCE = 2048


class Drawn(NamedTuple):
    """A person's name: `natural` as it is said, `zone` with the primary identifier of a passport first."""

    natural: str
    zone: str


def draws(chance: random.Random, words: Sequence[str], exponent: float = ZIPF, offset: float = OFFSET) -> Iterator[str]:
    """Words without end, each as frequent as its rank in `words` makes it."""
    frequencies = list(accumulate((rank + offset) ** -exponent for rank in range(len(words))))
    while True:
        yield from chance.choices(words, cum_weights=frequencies, k=_AT_ONCE)


def shares(chance: random.Random, weights: dict[str, int]) -> Iterator[str]:
    """Keys of `weights` without end, each as frequent as its weight among all."""
    keys = list(weights)
    frequencies = list(accumulate(weights.values()))
    while True:
        yield from chance.choices(keys, cum_weights=frequencies, k=_AT_ONCE)


def with_tail(head: str, starts: str = "", ends: str = "", limit: int = 0) -> tuple[str, ...]:
    """The words of `head`, then up to `limit` composed ones, those of frequent syllables before those of rare ones.

    The texts hold words apart by blanks, the most frequent first; an underscore stands for a blank inside a name.
    """
    composed = sorted(
        ((left + 1) * (right + 1), left, start + end)
        for left, start in enumerate(starts.split())
        for right, end in enumerate(ends.split())
    )
    words = dict.fromkeys(head.split())
    words |= dict.fromkeys([word for _, _, word in composed][:limit])
    return tuple(word.replace("_", " ") for word in words)
