"""How alike two tokens are, and in which way: the same, another spelling, a slip of the hand or the eye, an initial."""

from enum import Enum
from itertools import pairwise
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from .common import is_name
from .families import family_of, is_chinese, is_dialect, is_korean
from .spelling import VOWELS, consonants, fold, is_voweless, may_be_without_vowels

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
_INITIAL: Final = Likeness(0.75, How.INITIAL)
_FAMILY: Final = Likeness(0.95, How.SPELLING)
_SHORT: Final = Likeness(0.9, How.SPELLING)
_ROMANISED: Final = Likeness(0.85, How.SPELLING)
_SHORTEST: Final = Likeness(0.75, How.SPELLING)
"""Of three letters or fewer: LEE and LI may be one name, or two."""

_SLIP: Final = 0.7
"""What a difference counts where one short token is a name and the other is none: the more likely a slip."""

_SOUNDS: Final = ("8HK", "8C", "CK", "C5", "5S", "SZ", "JI", "JZ", "JG", "GK", "VF", "FP", "BP", "TD", "VU", "OU", "EI")
_SHAPES: Final = ("OQD", "UV", "MN", "IL", "CG", "EF", "HN", "PR", "BR", "KX", "IT", "VY")
_KEYS: Final = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
RESPELLED: Final = frozenset(map(frozenset, ("8H", "8K", "C8", "C5", "5S", "SZ", "JI", "JZ", "VF", "FP")))
"""Letters, folded, that stand for one sound in different orthographies even of well-known names (JULIUS, YULIUS)."""


def _costs() -> dict[tuple[str, str], float]:
    """What it costs to read one letter as another, where that is less than for any two letters."""
    costs: dict[tuple[str, str], float] = {}
    for one in VOWELS:
        costs.update(dict.fromkeys(((one, other) for other in VOWELS), 0.6))
    for row in _KEYS:
        costs.update(dict.fromkeys(pairwise(row), 0.8))
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
    one, other = (query, listed) if query < listed else (listed, query)
    return _spelled(one, other) or _typed(one, other)


def _spelled(one: str, other: str) -> Likeness | None:
    """Two tokens that are one name by orthography or by family."""
    folded, folded_other = fold(one), fold(other)
    if folded == folded_other and len(folded) > 3:
        return _FAMILY
    ours, theirs = family_of(one), family_of(other)
    shared = [family for family in ours if family in theirs] if ours and theirs else []
    if folded == folded_other:
        longer = max(len(one), len(other))
        return _SHORT if longer > 3 or any(map(is_korean, shared)) else _SHORTEST
    if not shared:
        return None
    return _ROMANISED if all(map(is_chinese, shared)) else _SHORT if all(map(is_dialect, shared)) else _FAMILY


def _typed(one: str, other: str) -> Likeness:
    """Two tokens that are one by a slip of the hand or the eye, by an article, without vowels, or cut short."""
    folded, folded_other = fold(one), fold(other)
    short, long = (one, other) if len(one) < len(other) else (other, one)
    most = 1 if len(long) < 6 else 2 if len(long) < 9 else 3
    if (
        OSA.distance(one, other, score_cutoff=most) > most
        and OSA.distance(folded, folded_other, score_cutoff=most) > most
    ):
        return _cut(short, long)
    if is_voweless(one) or is_voweless(other):
        return _cut(short, long)
    if _is_respelled(folded, folded_other):
        return _FAMILY
    names = is_name(one) + is_name(other)
    if names == 2:
        return UNLIKE
    if len(short) > 3 and long in ("AL" + short, "EL" + short, short + "UL"):
        return _FAMILY
    cost = min(_cost(one, other, most), _cost(folded, folded_other, most) + 0.1)
    score = 1 - cost / max(1, len(long) - 2) * (_SLIP if names and len(long) < 6 else 1)
    return Likeness(score, How.TYPING) if score >= FLOOR else _cut(short, long)


def _cut(short: str, long: str) -> Likeness:
    """Of two tokens, one without its vowels, or without its end."""
    if is_voweless(short) or is_voweless(long):
        return _SHORT if may_be_without_vowels(short, long) else UNLIKE
    if len(short) > 4 and 2 * len(short) >= len(long) and long.startswith(short):
        return Likeness(0.4 + 0.4 * len(short) / len(long), How.PREFIX)
    return UNLIKE


def _is_respelled(folded: str, other: str) -> bool:
    """Whether two folded names differ in letters alone that two orthographies have for one sound."""
    if len(folded) != len(other) or len(folded) < 5:
        return False
    return all(a == b or frozenset((a, b)) in RESPELLED for a, b in zip(folded, other, strict=True))


def _cost(one: str, other: str, most: int) -> float:
    """What it takes to make one token of the other, in letters; 9 where it is more than `most` steps."""
    if OSA.distance(one, other, score_cutoff=most) > most:
        return 9.0
    operations = [(op.tag, op.src_pos, op.dest_pos) for op in Levenshtein.editops(one, other)]
    cost, steps, at = 0.0, 0, 0
    while at < len(operations):
        kind, here, there = operations[at]
        at += 1
        steps += 1
        if here == 0 and there == 0:
            cost += 0.2
        if at < len(operations) and _is_swap(one, other, operations[at - 1], operations[at]):
            cost += 0.6
            at += 1
        elif kind == "replace":
            cost += _replacing(one, here, other[there], other)
        else:
            text, place = (one, here) if kind == "delete" else (other, there)
            letter = text[place]
            doubled = letter in (text[place - 1 : place], text[place + 1 : place + 2])
            cost += 0.3 if doubled else 0.5 if letter == "H" else 0.7
            steps -= doubled
    return cost + 0.4 * max(0, steps - 1)


def _replacing(one: str, at: int, letter: str, other: str) -> float:
    """What one letter for another costs; another vowel at the end is mostly another name (HENDRA, HENDRI)."""
    if at == len(one) - 1 and len(one) == len(other) and letter in VOWELS and one[at] in VOWELS:
        return 1.0
    return _COST.get((one[at], letter), 1.0)


def _is_swap(one: str, other: str, first: tuple[str, int, int], second: tuple[str, int, int]) -> bool:
    """Whether two steps are one: two neighbours that changed places."""
    kinds = (first[0], second[0])
    if kinds == ("replace", "replace"):
        return second[1] == first[1] + 1 and one[first[1]] == other[second[2]] and one[second[1]] == other[first[2]]
    if kinds == ("delete", "insert"):
        return second[1] - first[1] == 2 and one[first[1]] == other[second[2]]
    if kinds == ("insert", "delete"):
        return second[1] - first[1] == 1 and other[first[2]] == one[second[1]]
    return False


def family_keys(token: str) -> tuple[str, ...]:
    """Keys of which tokens that are alike without being close in letters share one.

    Its families, its folded form with and without an article, and its consonants.
    """
    keys = ["f" + family for family in family_of(token)]
    keys.append("s" + fold(token))
    if len(token) > 5 and token.startswith(("AL", "EL")):
        keys.append("s" + fold(token[2:]))
    bones = consonants(token)
    if len(bones) > 1 and (is_voweless(token) or len(bones) > 2):
        keys.append("c" + bones)
    return tuple(keys)
