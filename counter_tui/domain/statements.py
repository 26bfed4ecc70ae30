"""What travellers say: purpose, companions, goods, how long. A new answer stands beside the old.

Answers are held side by side across booths and across attempts of the same person: whoever asks next sees what was
said before, and what differs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from .acts import Act, Deed
from .standing import by_time
from .words import Agency

STATEMENT: Final = "statement"


class Topic(StrEnum):
    """What a traveller is asked about."""

    PURPOSE = "purpose"
    COMPANIONS = "companions"
    GOODS = "goods"
    CASH = "cash"
    STAY = "stay"
    DESTINATION = "destination"
    WORK = "work"
    ROUTE = "route"
    HEALTH = "health"
    OTHER = "other"


@dataclass(frozen=True, slots=True, repr=False)
class Statement(Deed):
    """An answer of the person, in their `words`; `value` is what it comes to, where that can be said in short (`14 d`).

    `asked_by` is who asked, where it is not who records. Its words are for the agencies `to`, or for all where none is
    named; others see that something was said, and `withheld`.
    """

    topic: Topic
    words: str
    value: str = ""
    asked_by: str = ""
    to: frozenset[Agency] = frozenset()
    withheld: bool = False

    def __repr__(self) -> str:
        """Without what was said."""
        return f"Statement({self.topic})"

    def seen_by(self, to: AbstractSet[Agency]) -> Self | None:
        """That something was said on a topic is everybody's; what, is for whom it was said to."""
        if not self.to or self.to & to:
            return self
        return replace(self, words="", value="", asked_by="", withheld=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it stands: where and when it was given, who asked."""

    act: str
    thread: str
    counter: str
    at: datetime
    asked_by: str
    topic: Topic
    words: str
    value: str
    withheld: bool

    @property
    def compared(self) -> str:
        """What is held against other answers: the value, else the words, without case, marks and blanks."""
        decomposed = unicodedata.normalize("NFKD", self.value or self.words).casefold()
        return "".join(character for character in decomposed if character.isalnum())


def answers(acts: Iterable[Act]) -> Mapping[Topic, tuple[Answer, ...]]:
    """What was said on each topic, the earliest first; `acts` of one crossing or of several of the same person."""
    said = {act.id: act for act in acts if act.kind == STATEMENT}
    found: dict[Topic, list[Answer]] = {}
    for act in by_time(said.values()):
        found.setdefault(act.deed.topic, []).append(_answer(act))
    return {topic: tuple(found[topic]) for topic in Topic if topic in found}


def _answer(act: Act) -> Answer:
    deed: Statement = act.deed
    asked_by = deed.asked_by or act.officer
    return Answer(act.id, act.thread, act.counter, act.at, asked_by, deed.topic, deed.words, deed.value, deed.withheld)


@dataclass(frozen=True, slots=True)
class Difference:
    """A topic on which answers differ: all of them, the earliest first; `elsewhere`: not all at one counter."""

    topic: Topic
    answers: tuple[Answer, ...]

    @property
    def elsewhere(self) -> bool:
        """Whether they were given at more than one counter."""
        return len({one.counter for one in self.answers}) > 1

    @property
    def attempts(self) -> int:
        """In how many crossings."""
        return len({one.thread for one in self.answers})


def differing(said: Mapping[Topic, tuple[Answer, ...]]) -> tuple[Difference, ...]:
    """The topics on which what is not withheld differs. What is the same in another spelling does not."""
    found = []
    for topic, given in said.items():
        told = tuple(one for one in given if not one.withheld)
        if len({one.compared for one in told}) > 1:
            found.append(Difference(topic, told))
    return tuple(found)
