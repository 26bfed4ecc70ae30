"""How alike two tokens are, and in which way: the same, another spelling, a slip of the hand or the eye, an initial."""

import itertools
from enum import Enum
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from .families import family_of, is_dialect
from .spelling import consonants, fold

FLOOR: Final = 0.5
"""Below it two tokens never count as the same name."""


class How(Enum):
    """In which way one token is the other."""

    EXACT = "exact"
    SPELLING = "spelling"
    TYPING = "typing"
    INITIAL = "initial"
    PREFIX = "prefix"
    NONE = "none"


class Likeness(NamedTuple):
    """How alike two tokens are, 0 to 1, and in which way."""

    score: float
    how: How


SAME: Final = Likeness(1.0, How.EXACT)
UNLIKE: Final = Likeness(0.0, How.NONE)
_INITIAL: Final = Likeness(0.6, How.INITIAL)
_FAMILY: Final = Likeness(0.95, How.SPELLING)
_DIALECT: Final = Likeness(0.85, How.SPELLING)
_FOLDED: Final = Likeness(0.95, How.SPELLING)
_SHORT_FOLDED: Final = Likeness(0.8, How.SPELLING)
_ABJAD: Final = Likeness(0.85, How.SPELLING)
_ARTICLES: Final = ("AL", "EL")

_VOWELS: Final = frozenset("AEIOU")
_SOUNDS: Final = (
    "8HK",
    "8C",
    "CK",
    "C5",
    "5S",
    "SZ",
    "JI",
    "JZ",
    "JG",
    "GK",
    "VF",
    "FP",
    "BP",
    "TD",
    "VU",
    "OU",
    "EI",
    "CS",
    "TS",
)
_SHAPES: Final = ("OQD", "UV", "MN", "IL", "CG", "EF", "HN", "PR", "BR", "KX", "IT", "VY")
_KEYS: Final = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")


def _costs() -> dict[tuple[str, str], float]:
    """What it costs to read one letter as another, where that is less than for any two letters."""
    costs: dict[tuple[str, str], float] = {}
    for one in _VOWELS:
        costs.update({(one, other): 0.6 for other in _VOWELS})
    for row in _KEYS:
        costs.update(dict.fromkeys(itertools.pairwise(row), 0.8))
    for price, groups in ((0.7, _SHAPES), (0.4, _SOUNDS)):
        for group in groups:
            costs.update({(one, other): price for one in group for other in group if one != other})
    return costs | {(other, one): price for (one, other), price in costs.items()}


_COST: Final = _costs()


def liken(query: str, listed: str) -> Likeness:
    """How alike two tokens, as `tokens` gives them, are; the same whichever comes first."""
    if query == listed:
        return SAME
    if len(query) == 1 or len(listed) == 1:
        return _INITIAL if query[:1] == listed[:1] else UNLIKE
    ours, theirs = family_of(query), family_of(listed)
    if ours and theirs:
        shared = [family for family in ours if family in theirs]
        if shared:
            return _DIALECT if all(map(is_dialect, shared)) else _FAMILY
        return UNLIKE
    return _spelled_or_typed(*sorted((query, listed)))


def _spelled_or_typed(one: str, other: str) -> Likeness:
    folded, folded_other = fold(one), fold(other)
    shorter = min(len(folded), len(folded_other))
    if folded == folded_other:
        return _FOLDED if shorter > 3 else _SHORT_FOLDED
    longest = max(len(one), len(other))
    if abs(len(one) - len(other)) <= 3:
        most = 1 if longest < 5 else 2 if longest < 9 else 3
        cost = min(_cost(one, other, most), _cost(folded, folded_other, most) + 0.1)
        score = 1 - cost / max(1, longest - 2)
        if score >= FLOOR:
            return Likeness(score, How.TYPING)
    return _written_otherwise(one, other)


def _cost(one: str, other: str, most: int) -> float:
    """What it takes to make one token of the other, in letters; 9 where it is more than `most` steps."""
    if OSA.distance(one, other, score_cutoff=most) > most:
        return 9.0
    cost, at = 0.0, 0
    operations = [(op.tag, op.src_pos, op.dest_pos) for op in Levenshtein.editops(one, other)]
    while at < len(operations):
        kind, here, there = operations[at]
        at += 1
        if at < len(operations) and _is_swap(one, other, operations[at - 1], operations[at]):
            cost += 0.6
            at += 1
        elif kind == "replace":
            cost += _COST.get((one[here], other[there]), 1.0)
        else:
            text, place = (one, here) if kind == "delete" else (other, there)
            letter = text[place]
            doubled = letter in (text[place - 1 : place], text[place + 1 : place + 2])
            cost += 0.3 if doubled else 0.5 if letter == "H" else 0.7
        if here == 0 and there == 0:
            cost += 0.3
    return cost


def _is_swap(one: str, other: str, first: tuple[str, int, int], second: tuple[str, int, int]) -> bool:
    """Whether two steps are one: two neighbours that changed places."""
    kinds = (first[0], second[0])
    if kinds == ("replace", "replace"):
        return second[1] == first[1] + 1 and one[first[1]] == other[second[2]] and one[second[1]] == other[first[2]]
    if kinds == ("delete", "insert"):
        return second[1] - first[1] == 2 and one[first[1]] == other[second[2]]
    if kinds == ("insert", "delete"):
        return second[1] - first[1] <= 1 and other[first[2]] == one[second[1]]
    return False


def _written_otherwise(one: str, other: str) -> Likeness:
    short, long = sorted((one, other), key=len)
    if len(short) > 3 and long.endswith(short) and long[: len(long) - len(short)] in _ARTICLES:
        return _FAMILY
    bones, bones_other = consonants(one), consonants(other)
    if (
        bones == bones_other
        and len(bones) > 1
        and (len(bones) == len(fold(one)) or len(bones_other) == len(fold(other)))
    ):
        return _ABJAD
    if len(short) > 4 and long.startswith(short) and 2 * len(short) >= len(long):
        return Likeness(0.4 + 0.4 * len(short) / len(long), How.PREFIX)
    return UNLIKE


def family_keys(token: str) -> tuple[str, ...]:
    """Keys of which tokens that are alike without being close in letters share one: families, folded form, bones."""
    keys = ["f" + family for family in family_of(token)]
    keys.append("s" + fold(token))
    bones = consonants(token)
    if len(bones) > 2:
        keys.append("c" + bones)
    return tuple(keys)
