"""How well two names match, token by token; the same sum for a screen that explains and for an engine in a hurry."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Generic, Protocol, TypeVar

from .likeness import FLOOR, How, Likeness, liken
from .tokens import weight

JOINED: Final = 0.95
"""How alike two tokens and the same two written together are."""

_CONFLICT: Final = 0.6
"""What it costs that each side has a name that the other has not."""
_EXTRA: Final = 0.08
"""What it costs that one side alone has another name, where two names matched."""
_EXTRA_ALONE: Final = 0.55
"""Likewise, where a single name matched; still more where it was one of the commonest."""

K = TypeVar("K", bound=Hashable)
K_contra = TypeVar("K_contra", contravariant=True)


class Weights(Protocol[K_contra]):
    """What each listed token weighs: a mapping, or a sequence where tokens are numbers."""

    def __getitem__(self, token: K_contra, /) -> float: ...


@dataclass(slots=True, repr=False)
class Probe(Generic[K]):
    """A query name, likened to the vocabulary: what `score_names` needs, without a string in sight.

    `weights`: of each query token. `rows`: for each query token, the listed tokens that are like it and how much, at
    least FLOOR. `joins`: a listed token that is query tokens i and i+1 written together: i. `splits`: two neighbouring
    listed tokens that are query token i when written together: i.
    """

    weights: Sequence[float]
    rows: Sequence[Mapping[K, float]]
    joins: Mapping[K, int] = field(default_factory=dict)
    splits: Mapping[tuple[K, K], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class NameMatch:
    """How well two names match (0 to 1), which token is which and how, and what was left over on each side.

    In `pairs` either side may be two tokens with a blank between them, where the other wrote them together.
    """

    score: float
    pairs: tuple[tuple[str, str, How], ...]
    query_only: tuple[str, ...]
    listed_only: tuple[str, ...]


def score_names(probe: Probe[K], listed: Sequence[K], weights: Weights[K]) -> float:
    """How well the probed name and a listed one, given as its tokens, match: 0 to 1.

    Each query token takes the free listed token most like it. Where two want the same one, or where tokens are written
    together, all is weighed again with care.
    """
    if _written_together(probe, listed):
        return _score_with_care(probe, listed, weights)
    theirs = [weights[token] for token in listed]
    left, right = sum(probe.weights), sum(theirs)
    mass = told = 0.0
    taken = 0
    for mine, row in zip(probe.weights, probe.rows, strict=True):
        best = wanted = 0.0
        at = -1
        for j, token in enumerate(listed):
            if token in row:
                score = row[token]
                if taken >> j & 1:
                    wanted = max(wanted, score)
                elif score > best:
                    best, at = score, j
        if wanted > best:
            return _score_with_care(probe, listed, weights)
        if at >= 0:
            taken |= 1 << at
            yours = theirs[at]
            left -= mine
            right -= yours
            pair = min(yours, mine)
            told += pair
            mass += pair * best
    return _score(mass, told, left, right)


def _written_together(probe: Probe[K], listed: Sequence[K]) -> bool:
    return bool(
        (probe.joins and not probe.joins.keys().isdisjoint(listed))
        or (probe.splits and not probe.splits.keys().isdisjoint(pairwise(listed)))
    )


def _score(mass: float, told: float, left: float, right: float) -> float:
    """1, less what does not agree.

    `told` is the weight of the pairs, `mass` the same times how alike they are, `left` and `right` the weight of what
    found no partner.
    """
    if not told:
        return 0.0
    conflict, more = (left, right) if left < right else (right, left)
    extra = more - conflict
    lost = (told - mass) / (0.6 + told / 5 if told > 2 else max(0.7, 0.4 + 0.3 * told))
    if more > 1e-9:
        alone = max(_EXTRA, _EXTRA_ALONE + (mass - 1.0) * (_EXTRA - _EXTRA_ALONE))
        lost += conflict * _CONFLICT + extra / (1 + extra / 4) * alone
    return max(0.0, 1.0 - lost)


_Pair = tuple[float, float, int, int, int, int]
"""How alike, of what weight; query tokens from and to, listed tokens from and to."""


def _score_with_care(probe: Probe[K], listed: Sequence[K], weights: Weights[K]) -> float:
    return _assign(probe, listed, [weights[token] for token in listed])[0]


def _assign(probe: Probe[K], listed: Sequence[K], theirs: Sequence[float]) -> tuple[float, list[_Pair]]:
    """Which query token is which listed one, and the score of that: the better of two ways.

    Either the most alike find each other first, or those that are written together.
    """
    ours = probe.weights
    single: list[_Pair] = [
        (row[token], min(ours[i], theirs[j]), i, i + 1, j, j + 1)
        for i, row in enumerate(probe.rows)
        for j, token in enumerate(listed)
        if token in row
    ]
    joined: list[_Pair] = [
        (JOINED, min(ours[i] + ours[i + 1], theirs[j]), i, i + 2, j, j + 1)
        for j, token in enumerate(listed)
        if (i := probe.joins.get(token, -1)) >= 0
    ]
    joined += [
        (JOINED, min(ours[i], theirs[j] + theirs[j + 1]), i, i + 1, j, j + 2)
        for j, both in enumerate(pairwise(listed))
        if (i := probe.splits.get(both, -1)) >= 0
    ]
    single.sort(key=_most_alike)
    chosen = _choose(single, ours, theirs)
    if joined:
        chosen = max(chosen, _choose(joined + single, ours, theirs), key=lambda way: way[0])
    return chosen


def _most_alike(pair: _Pair) -> tuple[float, float, int]:
    return -pair[0], -pair[1], pair[2] + pair[4]


def _choose(options: Iterable[_Pair], ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, list[_Pair]]:
    """The first options that do not want the same token, and their score."""
    chosen: list[_Pair] = []
    left, right = sum(ours), sum(theirs)
    mass = told = 0.0
    mine = yours = 0
    for option in options:
        score, pair, i, i_end, j, j_end = option
        my, your = (1 << i_end) - (1 << i), (1 << j_end) - (1 << j)
        if not (mine & my or yours & your):
            mine |= my
            yours |= your
            chosen.append(option)
            left -= sum(ours[i:i_end])
            right -= sum(theirs[j:j_end])
            told += pair
            mass += pair * score
    return _score(mass, told, left, right), chosen


def joins_of(query: Sequence[str]) -> list[tuple[int, str]]:
    """Every two neighbours written together, of four letters or more, with the position of the first."""
    return [(i, one + other) for i, (one, other) in enumerate(pairwise(query)) if len(one) + len(other) > 3]


def splits_of(token: str) -> list[tuple[str, str]]:
    """Every way to write a token of four letters or more as two."""
    return [(token[:at], token[at:]) for at in range(1, len(token))] if len(token) > 3 else []


def probe_name(
    query: Sequence[str], vocabulary: Iterable[str], likeness: Callable[[str, str], Likeness] = liken
) -> Probe[str]:
    """The query name likened to every token of a small vocabulary, joins and splits included."""
    words = dict.fromkeys(vocabulary)
    rows: list[Mapping[str, float]] = []
    splits: dict[tuple[str, str], int] = {}
    for i, token in enumerate(query):
        likenesses = ((word, likeness(token, word).score) for word in words)
        rows.append({word: score for word, score in likenesses if score >= FLOOR})
        splits.update({(head, tail): i for head, tail in splits_of(token) if head in words and tail in words})
    joins = {join: i for i, join in joins_of(query) if join in words}
    return Probe([weight(token) for token in query], rows, joins, splits)


def match_names(
    query: Sequence[str], listed: Sequence[str], likeness: Callable[[str, str], Likeness] = liken
) -> NameMatch:
    """How well two names, as `tokens` gives them, match; its score is that of `score_names`."""
    probe = probe_name(query, listed, likeness)
    weights = {token: weight(token) for token in listed}
    mine_taken: set[int] = set()
    yours_taken: set[int] = set()
    pairs: list[tuple[str, str, How]] = []
    _, assigned = _assign(probe, listed, [weights[token] for token in listed])
    for _, _, i, i_end, j, j_end in sorted(assigned, key=lambda pair: pair[2]):
        mine, yours = " ".join(query[i:i_end]), " ".join(listed[j:j_end])
        how = likeness(mine, yours).how if i_end - i == j_end - j else How.SPELLING
        pairs.append((mine, yours, how))
        mine_taken.update(range(i, i_end))
        yours_taken.update(range(j, j_end))
    return NameMatch(
        score_names(probe, listed, weights),
        tuple(pairs),
        tuple(token for at, token in enumerate(query) if at not in mine_taken),
        tuple(token for at, token in enumerate(listed) if at not in yours_taken),
    )
