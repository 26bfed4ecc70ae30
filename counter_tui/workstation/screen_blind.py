"""One traveller against one blind list: what the list key makes of the question is looked up, and a hit has no name.

Candidates, scores and namesakes are those of the list in clear (`screen_names`), but for what features cannot tell: a
token two slips away is not met, what is met by its common spelling alone counts a little less, and an initial that is
sought may be that of any token.
Runs on whatever thread asks, never on the screen's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from ..domain.documents import PartialDate
from ..domain.screening.births import Agreement
from ..domain.screening.blind import Blinder, births_like, common_spellings, read_alike, spellings
from ..domain.screening.evidence import weigh
from ..domain.screening.likeness import FLOOR, liken
from ..domain.screening.model import Hit, Listed, ListedKind, Sought
from ..domain.screening.spelling import fold
from ..domain.screening.tokens import tokens
from ..domain.texts import Text, text
from .blind_index import read_blind_leaf, read_blind_tag, token_weights
from .candidates import MOST_SCORED, Candidate, NamedSegment, fitting, may_reach
from .screen_names import MOST_HITS, Screening

if TYPE_CHECKING:
    from .list_ports import IndexSegment

_BLURRED: Final = 0.05
"""How much less alike two tokens count of which one is known by its common spelling alone."""
_CERTAIN: Final = frozenset({Agreement.EXACT, Agreement.SWAPPED})
_VOWELESS: Final = 0.9
"""How much alike a token is to one of the same consonants, one of them written without vowels."""
_INITIAL: Final = 0.75
"""How much alike an initial is to any token."""
_OTHER_DAY: Final = PartialDate(1)
_OTHER_NATION: Final = "???"
"""What stands for a date or a nationality of an entry that the question does not meet."""


class Asked(NamedTuple):
    """What is sought, and features of it.

    `births`: of every birth date that agrees with it; `certain`: of those whose bearers are candidates whatever their
    name; `number`: of its document number, as it reads and as it is printed.
    """

    sought: Sought
    births: Mapping[bytes, PartialDate]
    certain: tuple[bytes, ...]
    number: tuple[bytes, bytes] | None


class BlindScreen:
    """One blind list, ready to be asked."""

    def __init__(self, name: str, segments: Sequence[IndexSegment], key: bytes) -> None:
        """`name` is what hits call the list; `key` is its blind key."""
        self.name = name
        self._blinder = Blinder(key)
        self.parts = [BlindSegment(segment, self._blinder) for segment in segments]
        self._names = sum(map(len, segments))

    def screen(self, sought: Sought, *, threshold: float, kinds: frozenset[ListedKind]) -> Screening:
        """Everyone on the list who may be the one sought, at most 50 shown; a blind list has persons alone."""
        if ListedKind.PERSON not in kinds:
            return Screening((), 0)
        asked = self._asked(sought)
        answers = [(part, *part.ask(asked)) for part in self.parts]
        found = [(part, candidate) for part, candidates, _ in answers for candidate in candidates]
        ranked = sorted(candidate.name_score for _, candidate in found)
        shown: list[tuple[float, int, Hit]] = []
        for at, (part, candidate) in enumerate(found):
            if not may_reach(threshold, candidate, sought) and candidate.leaf not in part.numbered:
                continue
            crowd = len(ranked) - bisect_left(ranked, candidate.name_score)
            listed, weak = part.outline_of(candidate, asked)
            score, _ = weigh(candidate.name_score, sought, listed, crowd=crowd, weak=weak, names=self._names)
            if score >= threshold:
                shown.append((score, -at, part.hit(self.name, candidate, score, listed)))
        shown.sort(key=itemgetter(0, 1), reverse=True)
        below = len(found) + sum(more for *_, more in answers) - len(shown)
        return Screening(tuple(hit for *_, hit in shown[:MOST_HITS]), below)

    def _asked(self, sought: Sought) -> Asked:
        birth, like = self._blinder.birth, births_like(sought.birth) if sought.birth else {}
        certain = tuple(birth(day) for day, agreement in like.items() if agreement in _CERTAIN)
        return Asked(sought, {birth(day): day for day in like}, certain, self._blinder.number(sought.document_number))


class BlindSegment(NamedSegment):
    """One segment of a blind list: its tokens by their features, and who in it may be meant."""

    def __init__(self, segment: IndexSegment, blinder: Blinder) -> None:
        self._blinder = blinder
        self._written = {bytes.fromhex(key.decode()): number for number, key in enumerate(segment.spelled("token"))}
        super().__init__(segment, token_weights(segment))
        self._exactly: frozenset[int] = frozenset()

    def _find_like(self, word: str) -> dict[int, float]:
        """The listed tokens that are like a word, and how much."""
        found: dict[int, float] = {}
        for spelling in spellings(word):
            number = self.number(spelling)
            if number is not None:
                found[number] = liken(word, spelling).score
        space, folded = self._segment.space("spelling"), fold(word)
        for spelling in common_spellings(word):
            for number in space.reach(self._blinder.spelled(spelling)):
                if number not in found:
                    found[number] = liken(folded, spelling).score - _BLURRED
        for number in space.reach(self._blinder.bones(word)):
            found.setdefault(number, _VOWELESS)
        return {number: score for number, score in found.items() if score >= FLOOR}

    def number(self, word: str) -> int | None:
        """The number of a listed token: whoever asks has to know how it is written."""
        return self._written.get(self._blinder.written(word))

    def ask(self, asked: Asked) -> tuple[list[Candidate], int]:
        """Everyone near enough in name, or with the birth date or the document number; and how many more names."""
        words = fitting(tokens(asked.sought.name))
        likes = [self.like(word) for word in words]
        found, count = self.alike(words, likes, MOST_SCORED) if words else ([], 0)
        reads, printed = asked.number or (b"", b"")
        numbered = self.alive(self._segment.space("reads").reach(reads))
        self.numbered = frozenset(self._segment.leaf_numbers(numbered))
        self._exactly = frozenset(self._segment.leaf_numbers(self._segment.space("number").reach(printed)))
        born = self._segment.space("birth")
        certain = self.alive([record for birth in asked.certain for record in born.reach(birth)])
        whole = [like if len(word) > 1 else _OfAny(like) for word, like in zip(words, likes, strict=True)]
        return self.scored(sorted({*numbered, *certain, *found}), self.probe(words, whole)), count - len(found)

    def outline_of(self, candidate: Candidate, asked: Asked) -> tuple[Listed, bool]:
        """As much of an entry as the question meets, the rest as of no use to it; and whether its name is weak."""
        tag = read_blind_tag(candidate.tag)
        sought = asked.sought
        births = tuple(asked.births.get(birth, _OTHER_DAY) for birth in tag.births)
        ref = read_blind_leaf(self._segment.leaf(candidate.leaf)).ref if tag.nationalities else ""
        same = self._blinder.nationality(ref, sought.nationality)
        nations = tuple(sought.nationality if nation == same else _OTHER_NATION for nation in tag.nationalities)
        numbers: tuple[str, ...] = ()
        if candidate.leaf in self.numbered:
            number = sought.document_number
            numbers = (number if candidate.leaf in self._exactly else read_alike(number),)
        return Listed("", (), births, nations, numbers), tag.weak

    def hit(self, name: str, candidate: Candidate, score: float, met: Listed) -> Hit:
        """What a hit tells: what to do, whom to ask, and that something matches."""
        leaf = read_blind_leaf(self._segment.leaf(candidate.leaf))
        return Hit(name, leaf.ref, "", score, (_why(met),), leaf.handling, version=leaf.version)


class _OfAny(dict[int, float]):
    """What is like an initial: any token, for which letter one begins with no feature tells."""

    def __contains__(self, _: object) -> bool:
        return True

    def __missing__(self, _: int) -> float:
        return _INITIAL


def _why(met: Listed) -> Text:
    if met.documents:
        return text("screening.why.blind-number")
    dated = any(birth is not _OTHER_DAY for birth in met.births)
    return text("screening.why.blind-name-birth" if dated else "screening.why.blind-name")
