"""One traveller against one list: candidates from its index, scored, the best shown and the others counted.

Runs on whatever thread asks, never on the screen's; every step is short, so that other threads keep moving.
"""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from ..domain.documents import PartialDate
from ..domain.screening.evidence import weigh, why_named
from ..domain.screening.likeness import FLOOR, family_keys, liken
from ..domain.screening.matching import match_names
from ..domain.screening.model import Hit, Listed, ListedKind, Sought
from ..domain.screening.numbers import number_key
from ..domain.screening.spelling import fold
from ..domain.screening.tokens import tokens, weight
from ..domain.texts import Text
from .candidates import LONGER, MOST_SCORED, Candidate, NamedSegment, fitting, may_reach
from .list_index import ALIKE, LETTER, REST, Tag, birth_key, read_entry, read_tag, tag_kind
from .vocabulary import Vocabulary

if TYPE_CHECKING:
    from .list_ports import IndexSegment

MOST_HITS: Final = 50

_CHANCE: Final = 0.6
"""So many of the letters of a token another may have by chance."""
_SLACK: Final = LETTER
"""A letter more may be in common across the ends of tokens."""
_SAME: Final = 0.8
"""A token so much like the one sought counts with all its letters."""


@dataclass(frozen=True, slots=True)
class Screening:
    """What came of it: the hits, best first, and how many others have a name like it and are not shown."""

    hits: tuple[Hit, ...]
    below: int


class ListScreen:
    """One list, ready to be asked."""

    def __init__(self, name: str, segments: Sequence[IndexSegment]) -> None:
        """`name` is what hits call the list. Reads the words of the segments: some 0.1 s for a million names."""
        self.name = name
        self.parts = [SegmentScreen(segment) for segment in segments]
        self._names = sum(map(len, segments))

    def screen(self, sought: Sought, *, threshold: float, kinds: frozenset[ListedKind]) -> Screening:
        """Everyone on the list who may be the one sought; of `kinds` only, at most 50 shown."""
        asked = [(part, *part.candidates(sought)) for part in self.parts]
        found = [(part, c) for part, candidates, _ in asked for c in candidates if tag_kind(c.tag) in kinds]
        more = sum(count for *_, count in asked)
        ranked = sorted(candidate.name_score for _, candidate in found)
        shown: list[tuple[float, int, SegmentScreen, Candidate, int]] = []
        for at, (part, candidate) in enumerate(found):
            if not may_reach(threshold, candidate, sought) and candidate.leaf not in part.numbered:
                continue
            crowd = len(ranked) - bisect_left(ranked, candidate.name_score)
            crowd += more if crowd >= MOST_SCORED else 0
            tag = read_tag(candidate.tag)
            score, _ = self._weigh(sought, candidate, part.outline(candidate, tag), crowd)
            if score >= threshold:
                shown.append((score, -at, part, candidate, crowd))
        shown.sort(key=itemgetter(0, 1), reverse=True)
        best = shown[:MOST_HITS]
        words = tokens(sought.name)
        hits = [self._hit(sought, words, part, candidate, crowd) for *_, part, candidate, crowd in best]
        told = {-at for _, at, *_ in best}
        below = sum(c.name_score >= FLOOR and at not in told for at, (_, c) in enumerate(found))
        return Screening(tuple(hits), below + more)

    def _weigh(self, sought: Sought, candidate: Candidate, entry: Listed, crowd: int) -> tuple[float, tuple[Text, ...]]:
        weak = read_tag(candidate.tag).weak
        return weigh(candidate.name_score, sought, entry, crowd=crowd, weak=weak, names=self._names)

    def _hit(self, sought: Sought, words: Sequence[str], part: SegmentScreen, candidate: Candidate, crowd: int) -> Hit:
        entry, version = part.entry(candidate.leaf), part.version(candidate.leaf)
        tag = read_tag(candidate.tag)
        name = entry.names[tag.name]
        score, why = self._weigh(sought, candidate, entry, crowd)
        named = why_named(match_names(words, tokens(name)))
        return Hit(self.name, entry.ref, name, score, named + why, entry.handling, entry.kind, version)


class SegmentScreen(NamedSegment):
    """One segment of a list: its words, and who in it may be meant."""

    def __init__(self, segment: IndexSegment) -> None:
        spelled = [key.decode().partition(" ") for key in segment.spelled("token")]
        words = [word for word, _, _ in spelled]
        self._vocabulary = Vocabulary(words, [folded or word for word, _, folded in spelled])
        self._numbers = {word: number for number, word in enumerate(words)}
        super().__init__(segment, [weight(word) for word in words])

    def _find_like(self, word: str) -> dict[int, float]:
        """The listed tokens that are like a word, and how much."""
        words, families = self._vocabulary.words, self._segment.space("family")
        near = {*self._vocabulary.slips(word, fold(word)), *self._initials(word)}
        near.update(number for key in family_keys(word) for number in families.reach(key.encode()))
        near.update(number for other in with_article(word) if (number := self.number(other)) is not None)
        scores = ((number, liken(word, words[number]).score) for number in near)
        return {number: score for number, score in scores if score >= FLOOR}

    def _initials(self, word: str) -> list[int]:
        """The tokens that an initial may stand for, or the initial that stands for a token."""
        if len(word) == 1:
            return [number for number, listed in enumerate(self._vocabulary.words) if listed[0] == word]
        initial = self.number(word[0])
        return [] if initial is None else [initial]

    def number(self, word: str) -> int | None:
        """The number of a listed token, or None."""
        return self._numbers.get(word)

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
        words = tokens(sought.name)
        likes = [self.like(word) for word in words]
        fit = len(fitting(words))
        found, more = self._near(words[:fit], likes[:fit], MOST_SCORED) if words else ([], 0)
        numbered = self.alive(self._segment.space("number").reach(number_key(sought.document_number).encode()))
        certain = {*numbered, *self._born(sought.birth)}
        self.numbered = frozenset(self._segment.leaf_numbers(numbered))
        return self.scored(sorted(certain.union(found)), self.probe(words, likes)), more

    def considered(self, name: str) -> set[tuple[int, int]]:
        """Everyone who is counted for a name: leaf, and which name of the entry."""
        words = fitting(tokens(name))
        found, _ = self._near(words, [self.like(word) for word in words], len(self._segment))
        records = sorted(found)
        tags = map(read_tag, self._segment.tags(records))
        return {(leaf, tag.name) for leaf, tag in zip(self._segment.leaf_numbers(records), tags, strict=True)}

    def _born(self, birth: PartialDate | None) -> list[int]:
        """Those born on this day, or with day and month changed."""
        keys = [birth_key(day) for day in (birth, birth and swapped(birth)) if day is not None]
        return self.alive([record for key in keys if key for record in self._segment.space("birth").reach(key)])

    def _near(self, words: Sequence[str], likes: Sequence[dict[int, float]], most: int) -> tuple[set[int], int]:
        """The names near enough, of very many the nearest; and how many more are like it in tokens."""
        found, _ = self._by_letters(words, likes, max(1, most // 2))
        alike, more = self.alike(words, likes, most)
        return {*found, *alike}, more - len(alike)

    def _by_letters(self, words: Sequence[str], likes: Sequence[dict[int, float]], most: int) -> tuple[list[int], int]:
        """Names that have ALIKE of their letters in common with the name sought.

        Of a token that nothing listed is near to, some letters are common to many others by chance; but of the letters
        of a listed name that are in none of its near tokens no more than half.
        """
        names = self._vocabulary.words
        size = sum(map(len, words)) + len(words) - 1
        groups = []
        for word, like in zip(words, likes, strict=True):
            near = self._vocabulary.near_enough(word, round(LETTER * (1 - ALIKE) * (size - len(word))) + _SLACK)
            same = [number for number, score in like.items() if score >= _SAME]
            whole = [LETTER * min(len(names[number]), len(word) + LONGER) for number in same]
            chance = max(LETTER, int(_CHANCE * LETTER * len(word)))
            groups.append((chance, [*near.numbers.tolist(), *same], [*(LETTER * near.common).tolist(), *whole]))
        blanks = LETTER * (len(words) - 1) + _SLACK
        asked = ALIKE * size
        way = [
            ("letters", math.floor(asked) - blanks, False),
            ("rest", math.floor(LETTER * asked) - REST - blanks - _SLACK, True),
        ]
        return self._segment.tally("token", groups, [way], most)


def with_article(word: str) -> tuple[str, ...]:
    """A word with the Arabic article written to it, or without one."""
    return (f"AL{word}", f"EL{word}", *((word[2:],) if word.startswith(("AL", "EL")) else ()))


def swapped(birth: PartialDate) -> PartialDate | None:
    """A birth date with day and month changed, where that can be one."""
    if birth.day is None or birth.month is None or birth.day > 12:
        return None
    return PartialDate(birth.year, birth.day, birth.month)
