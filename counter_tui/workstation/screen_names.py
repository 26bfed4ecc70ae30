"""One traveller against one list: candidates from its index, scored, the best shown and the others counted.

Runs on whatever thread asks, never on the screen's; every step is short, so that other threads keep moving.
"""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from ..domain.documents import PartialDate
from ..domain.screening.evidence import weigh, why_named
from ..domain.screening.likeness import FLOOR, family_keys, liken
from ..domain.screening.matching import Probe, joins_of, match_names, score_names, splits_of
from ..domain.screening.model import Hit, Listed, ListedKind, Sought
from ..domain.screening.numbers import number_key
from ..domain.screening.spelling import fold
from ..domain.screening.tokens import tokens, weight
from .list_index import LETTER, UNIT, Tag, birth_key, read_entry, read_tag, tag_tokens, unpack_tokens
from .vocabulary import Vocabulary

if TYPE_CHECKING:
    from .ports import IndexSegment

MOST_HITS: Final = 50

_ALIKE: Final = 0.85
_MISSING: Final = 0.8
"""A listed name is looked at if no more than so much of the weight of the name sought is missing in it."""
_MOST_SCORED: Final = 500
_FREE: Final = 0.3
"""So much of each token any listed name may have by chance."""
_SAME: Final = 0.8
"""A token so much like the one sought counts with all its letters."""
_LONGER: Final = 4
"""A token so much like the one sought counts with so many letters more than that has, at most."""
_MOST_LETTERS: Final = 125
_MOST_WEIGHT: Final = 5.0
"""Of a name so much is used, so that no sum passes 255."""
_KNOWN_WORDS: Final = 8_192


@dataclass(frozen=True, slots=True)
class Screening:
    """What came of it: the hits, best first, and how many candidates scored below the threshold."""

    hits: tuple[Hit, ...]
    below: int


class Candidate(NamedTuple):
    """A listed person who was looked at: the name of theirs that matches best, and how well."""

    name_score: float
    leaf: int
    record: int
    tag: bytes


class ListScreen:
    """One list, ready to be asked."""

    def __init__(self, name: str, segments: Sequence[IndexSegment]) -> None:
        """`name` is what hits call the list. Reads the words of the segments: some 0.1 s for a million names."""
        self.name = name
        self.parts = [SegmentScreen(segment) for segment in segments]

    def screen(self, sought: Sought, *, threshold: float, kinds: frozenset[ListedKind]) -> Screening:
        """Everyone on the list who may be the one sought; of `kinds` only, at most 50 shown."""
        asked = [(part, *part.candidates(sought)) for part in self.parts]
        found = [(part, candidate) for part, candidates, _ in asked for candidate in candidates]
        more = sum(count for *_, count in asked)
        ranked = sorted(candidate.name_score for _, candidate in found)
        shown: list[tuple[float, int, SegmentScreen, Candidate, int]] = []
        others = 0
        for at, (part, candidate) in enumerate(found):
            if not _may_reach(threshold, candidate, sought) and candidate.leaf not in part.numbered:
                continue
            tag = read_tag(candidate.tag)
            if tag.kind not in kinds:
                others += 1
                continue
            crowd = len(ranked) - bisect_left(ranked, candidate.name_score)
            score, _ = weigh(candidate.name_score, sought, part.outline(candidate, tag), crowd=crowd, weak=tag.weak)
            if score >= threshold:
                shown.append((score, -at, part, candidate, crowd))
        shown.sort(key=itemgetter(0, 1), reverse=True)
        hits = [self._hit(sought, part, candidate, crowd) for _, _, part, candidate, crowd in shown[:MOST_HITS]]
        return Screening(tuple(hits), len(found) + more - others - len(shown))

    def _hit(self, sought: Sought, part: SegmentScreen, candidate: Candidate, crowd: int) -> Hit:
        entry, version = part.entry(candidate.leaf), part.version(candidate.leaf)
        tag = read_tag(candidate.tag)
        name = entry.names[tag.name]
        score, why = weigh(candidate.name_score, sought, entry, crowd=crowd, weak=tag.weak)
        named = why_named(match_names(tokens(sought.name), tokens(name)))
        return Hit(self.name, entry.ref, name, score, named + why, entry.handling, entry.kind, version)


def _may_reach(threshold: float, candidate: Candidate, sought: Sought) -> bool:
    """Whether the best birth date could still lift a name to the threshold."""
    lifted = (1 + candidate.name_score) / 2 if sought.birth else candidate.name_score
    return lifted >= threshold


class SegmentScreen:
    """One segment of a list: its words, and who in it may be meant."""

    def __init__(self, segment: IndexSegment) -> None:
        self._segment = segment
        spelled = [key.decode().partition(" ") for key in segment.spelled("token")]
        words = [word for word, _, _ in spelled]
        self._vocabulary = Vocabulary(words, [folded or word for word, _, folded in spelled])
        self._weights = [weight(word) for word in words]
        self._number = {word: number for number, word in enumerate(words)}
        self._like = lru_cache(maxsize=_KNOWN_WORDS)(self._find_like)
        self.numbered: frozenset[int] = frozenset()

    def _find_like(self, word: str) -> dict[int, float]:
        """The listed tokens that are like a word, and how much."""
        words, families = self._vocabulary.words, self._segment.space("family")
        near = {*self._vocabulary.slips(word, fold(word))}
        near.update(number for key in family_keys(word) for number in families.reach(key.encode()))
        near.update(number for other in with_article(word) if (number := self._number.get(other)) is not None)
        scores = ((number, liken(word, words[number]).score) for number in near)
        return {number: score for number, score in scores if score >= FLOOR}

    def entry(self, leaf: int) -> Listed:
        """The whole entry of a candidate."""
        return read_entry(self._segment.leaf(leaf))

    def version(self, leaf: int) -> str:
        """What changes with anything in an entry: the beginning of its SHA-256, in hex."""
        return hashlib.sha256(self._segment.leaf(leaf)).hexdigest()[:16]

    def outline(self, candidate: Candidate, tag: Tag) -> Listed:
        """As much of a candidate's entry as scoring needs; whole where its document number was found."""
        if candidate.leaf in self.numbered:
            return self.entry(candidate.leaf)
        return Listed("", (), tag.births, tag.nationalities)

    def candidates(self, sought: Sought) -> tuple[list[Candidate], int]:
        """Everyone who is near enough in name, or has the birth date or the document number; and how many more names.

        Of very many as near only some hundreds are scored: what is no nearer than hundreds of others says nothing
        without the birth date, and who has that is among the scored.
        """
        words = _fitting(tokens(sought.name))
        likes = [self._like(word) for word in words]
        found, more = self._near(words, likes, _MOST_SCORED) if words else ([], 0)
        numbered = self._alive(self._segment.space("number").reach(number_key(sought.document_number).encode()))
        certain = {*numbered, *self._born(sought.birth)}
        self.numbered = frozenset(self._segment.leaf_numbers(numbered))
        return self._scored(sorted(certain.union(found)), self._probe(words, likes)), more

    def considered(self, name: str) -> set[tuple[int, int]]:
        """Everyone who is counted for a name: leaf, and which name of the entry."""
        words = _fitting(tokens(name))
        found, _ = self._near(words, [self._like(word) for word in words], len(self._segment))
        records = sorted(found)
        tags = map(read_tag, self._segment.tags(records))
        return {(leaf, tag.name) for leaf, tag in zip(self._segment.leaf_numbers(records), tags, strict=True)}

    def _born(self, birth: PartialDate | None) -> list[int]:
        """Those born on this day, or with day and month changed."""
        keys = [birth_key(day) for day in (birth, birth and swapped(birth)) if day is not None]
        return self._alive([record for key in keys if key for record in self._segment.space("birth").reach(key)])

    def _alive(self, records: list[int]) -> list[int]:
        return [record for record in records if self._segment.is_alive(record)]

    def _near(self, words: Sequence[str], likes: Sequence[dict[int, float]], most: int) -> tuple[set[int], int]:
        """The names near enough, of very many the nearest, and how many more there are."""
        segment, names = self._segment, self._vocabulary.words
        size = sum(map(len, words)) + len(words) - 1
        letters = []
        for word, like in zip(words, likes, strict=True):
            near = self._vocabulary.near_enough(word, round(LETTER * (1 - _ALIKE) * (size - len(word))))
            weights = {number: LETTER * common for number, common in near.items()}
            longest = len(word) + _LONGER
            same = (number for number, score in like.items() if score >= _SAME)
            weights.update((number, LETTER * min(len(names[number]), longest)) for number in same)
            letters.append((max(LETTER, int(_FREE * LETTER * len(word))), weights))
        rule = ("letters", math.floor(_ALIKE * size) - LETTER * (len(words) - 1))
        found, count = segment.tally("token", letters, [rule], most)
        alike, more = self._alike(words, likes, most) if len(words) > 1 else ([], 0)
        return {*found, *alike}, max(count - len(found), more - len(alike))

    def _alike(self, words: Sequence[str], likes: Sequence[dict[int, float]], most: int) -> tuple[list[int], int]:
        """Names of which enough tokens are like those sought, whatever else is in them."""
        units = [UNIT * weight(word) for word in words]
        groups = [
            {number: round(unit * score) for number, score in like.items()}
            for unit, like in zip(units, likes, strict=True)
        ]
        tails: dict[int, int] = {}
        for at, joined in joins_of(words):
            if (number := self._number.get(joined)) is not None:
                groups[at][number] = round(units[at] + units[at + 1])
        for unit, group, word in zip(units, groups, words, strict=True):
            for head, tail in self._splits(word):
                group[head] = max(group.get(head, 0), round(unit / 2))
                tails[tail] = max(tails.get(tail, 0), round(unit / 2))
        rules = [("", math.ceil(sum(units) - UNIT * _MISSING)), ("weights", 0)]
        return self._segment.tally("token", [(0, group) for group in [*groups, tails] if group], rules, most)

    def _splits(self, word: str) -> list[tuple[int, int]]:
        number = self._number.get
        pairs = ((number(head), number(tail)) for head, tail in splits_of(word))
        return [(head, tail) for head, tail in pairs if head is not None and tail is not None]

    def _probe(self, words: Sequence[str], likes: Sequence[dict[int, float]]) -> Probe[int]:
        joins = {n: at for at, joined in joins_of(words) if (n := self._number.get(joined)) is not None}
        splits = {pair: at for at, word in enumerate(words) for pair in self._splits(word)}
        return Probe([weight(word) for word in words], list(likes), joins, splits)

    def _scored(self, records: list[int], probe: Probe[int]) -> list[Candidate]:
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


def with_article(word: str) -> tuple[str, ...]:
    """A word with the Arabic article written to it, or without one."""
    return (f"AL{word}", f"EL{word}", *((word[2:],) if word.startswith(("AL", "EL")) else ()))


def swapped(birth: PartialDate) -> PartialDate | None:
    """A birth date with day and month changed, where that can be one."""
    if birth.day is None or birth.month is None or birth.day > 12:
        return None
    return PartialDate(birth.year, birth.day, birth.month)


def _fitting(words: Sequence[str]) -> tuple[str, ...]:
    """As many tokens as sums in a byte can hold."""
    kept: list[str] = []
    letters, weights = 0, 0.0
    for word in words:
        letters += len(word) + _LONGER
        weights += weight(word)
        if letters > _MOST_LETTERS or weights > _MOST_WEIGHT:
            break
        kept.append(word)
    return tuple(kept)
