"""How well two names match, token by token; the same sum for a screen that explains and for an engine in a hurry."""

import itertools
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, Protocol, TypeVar

from .likeness import FLOOR, How, Likeness, liken
from .tokens import weight

_CONFLICT: Final = 0.5
"""What it costs that each side has a name that the other has not."""
_EXTRA: Final = 0.08
"""What it costs that one side alone has another name, where two names matched."""
_EXTRA_ALONE: Final = 0.45
"""Likewise, where a single name matched."""

K = TypeVar("K", bound=Hashable)
K_contra = TypeVar("K_contra", contravariant=True)


class Weights(Protocol[K_contra]):
    """What a listed token weighs: a mapping, or a sequence where tokens are numbers."""

    def __getitem__(self, token: K_contra, /) -> float: ...


@dataclass(slots=True, repr=False)
class Probe(Generic[K]):
    """A query name, likened to the vocabulary: what `score_names` needs, without a string in sight.

    `weights`: of each query token. `rows`: for each query token, the listed tokens that are like it and how much, at
    least FLOOR. `joins`: a listed token that is query tokens i and i+1 written together: (i, score). `splits`: two
    neighbouring listed tokens that query token i is, written together: (i, score).
    """

    weights: list[float]
    rows: list[Mapping[K, float]]
    joins: dict[K, tuple[int, float]] = field(default_factory=dict)
    splits: dict[tuple[K, K], tuple[int, float]] = field(default_factory=dict)


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
    """How well the probed name and a listed one, given as its tokens, match: 0 to 1."""
    ours = probe.weights
    theirs = [weights[token] for token in listed]
    return _sum(ours, theirs, _assign(probe, listed, ours, theirs))


_Pair = tuple[int, int, int, int, float]
"""Query tokens from, to; listed tokens from, to; score."""


def _assign(probe: Probe[K], listed: Sequence[K], ours: Sequence[float], theirs: Sequence[float]) -> list[_Pair]:
    """Which query token is which listed one: each once, the heaviest and most alike first."""
    found: list[_Pair] = []
    taken = 0
    clash = False
    for i, row in enumerate(probe.rows):
        best, at = 0.0, -1
        for j, token in enumerate(listed):
            score = row.get(token, 0.0)
            if score > best and not (score < 1.0 and taken >> j & 1):
                best, at = score, j
        if at >= 0:
            clash = clash or bool(taken >> at & 1)
            taken |= 1 << at
            found.append((i, i + 1, at, at + 1, best))
    written = probe.joins or probe.splits
    if not clash and not written and all(pair[4] == 1.0 for pair in found):
        return found
    return _assign_with_care(probe, listed, ours, theirs)


def _assign_with_care(
    probe: Probe[K], listed: Sequence[K], ours: Sequence[float], theirs: Sequence[float]
) -> list[_Pair]:
    options: list[_Pair] = [
        (i, i + 1, j, j + 1, row[token])
        for i, row in enumerate(probe.rows)
        for j, token in enumerate(listed)
        if token in row
    ]
    if probe.joins:
        options += [
            (at[0], at[0] + 2, j, j + 1, at[1]) for j, token in enumerate(listed) if (at := probe.joins.get(token))
        ]
    if probe.splits:
        options += [
            (at[0], at[0] + 1, j, j + 2, at[1])
            for j, both in enumerate(itertools.pairwise(listed))
            if (at := probe.splits.get(both))
        ]
    options.sort(
        key=lambda pair: (-pair[4] * (sum(ours[pair[0] : pair[1]]) + sum(theirs[pair[2] : pair[3]])), pair[0] + pair[2])
    )
    chosen: list[_Pair] = []
    mine = yours = 0
    for pair in options:
        my = (1 << pair[1]) - (1 << pair[0])
        your = (1 << pair[3]) - (1 << pair[2])
        if not (mine & my or yours & your):
            mine |= my
            yours |= your
            chosen.append(pair)
    return chosen


def _sum(ours: Sequence[float], theirs: Sequence[float], pairs: Iterable[_Pair]) -> float:
    """The score: 1, less what does not agree."""
    left, right = sum(ours), sum(theirs)
    mass = unlike = 0.0
    for i, i_end, j, j_end, score in pairs:
        mine = ours[i] if i_end - i == 1 else sum(ours[i:i_end])
        yours = theirs[j] if j_end - j == 1 else sum(theirs[j:j_end])
        left -= mine
        right -= yours
        pair = (mine + yours) / 2
        mass += pair * score
        unlike += pair * (1 - score)
    if not mass:
        return 0.0
    conflict = min(left, right)
    extra = max(left, right) - conflict
    extra /= 1 + extra / 4
    alone = min(1.0, max(0.0, mass - 1.0))
    lost = unlike / (1 + max(0.0, mass - 2.0) / 5)
    lost += conflict * _CONFLICT + extra * (_EXTRA_ALONE + alone * (_EXTRA - _EXTRA_ALONE))
    return max(0.0, min(1.0, 1.0 - lost))


def probe_name(
    query: Sequence[str], vocabulary: Iterable[str], likeness: Callable[[str, str], Likeness] = liken
) -> Probe[str]:
    """The query name likened to every token of a small vocabulary, joins and splits included."""
    words = tuple(dict.fromkeys(vocabulary))
    rows: list[Mapping[str, float]] = []
    splits: dict[tuple[str, str], tuple[int, float]] = {}
    known = set(words)
    for i, token in enumerate(query):
        likenesses = ((word, likeness(token, word).score) for word in words)
        rows.append({word: score for word, score in likenesses if score >= FLOOR})
        for head, tail in splits_of(token):
            if head in known and tail in known:
                splits[head, tail] = (i, JOINED)
    joins = {join: (i, JOINED) for i, join in joins_of(query) if join in known}
    return Probe([weight(token) for token in query], rows, joins, splits)


JOINED: Final = 0.95
"""How alike two tokens and the same two written together are."""


def joins_of(query: Sequence[str]) -> list[tuple[int, str]]:
    """Every two neighbours written together, with the position of the first."""
    return [(i, one + other) for i, (one, other) in enumerate(itertools.pairwise(query)) if len(one + other) > 3]


def splits_of(token: str) -> list[tuple[str, str]]:
    """Every way to write a token as two, of two letters or more each."""
    return [(token[:at], token[at:]) for at in range(2, len(token) - 1)]


def match_names(
    query: Sequence[str], listed: Sequence[str], likeness: Callable[[str, str], Likeness] = liken
) -> NameMatch:
    """How well two names, as `tokens` gives them, match; its score is that of `score_names`."""
    probe = probe_name(query, listed, likeness)
    weights = {token: weight(token) for token in listed}
    theirs = [weights[token] for token in listed]
    pairs = sorted(_assign(probe, listed, probe.weights, theirs))
    named = []
    for i, i_end, j, j_end, _ in pairs:
        mine, yours = " ".join(query[i:i_end]), " ".join(listed[j:j_end])
        how = likeness(mine, yours).how if i_end - i == j_end - j else How.SPELLING
        named.append((mine, yours, how))
    mine_taken = {at for pair in pairs for at in range(pair[0], pair[1])}
    yours_taken = {at for pair in pairs for at in range(pair[2], pair[3])}
    return NameMatch(
        _sum(probe.weights, theirs, pairs),
        tuple(named),
        tuple(token for at, token in enumerate(query) if at not in mine_taken),
        tuple(token for at, token in enumerate(listed) if at not in yours_taken),
    )
