"""Where persons and things are: said apart from what was decided about them, and changing nothing of it.

A traveller's whereabouts are said in the thread of their crossing, a found thing's in that of its case. What was said
knowing of an earlier word takes its place; what was said apart stands beside it, and both are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from .acts import Act, Deed
from .joint.history import History
from .sections import Subject
from .standing import by_time, standing
from .words import Agency, SubjectKind

WHEREABOUTS: Final = "whereabouts"
CORRECTION: Final = "correction"


class Place(StrEnum):
    """Where somebody or something is, as far as a post tells places apart."""

    BOOTH = "booth"
    SECONDARY = "secondary"
    WARD = "ward"
    ISOLATION = "isolation"
    VEHICLE = "vehicle"
    DETENTION = "detention"
    EVIDENCE_ROOM = "evidence-room"
    HOLDING_CAGE = "holding-cage"
    HOSPITAL = "hospital"
    SHELTER = "shelter"
    HANDED_OVER = "handed-over"
    RETURNED_ACCEPTED = "returned-accepted"
    LEFT_POST = "left-post"
    DESTROYED = "destroyed"


GONE = frozenset({Place.HANDED_OVER, Place.RETURNED_ACCEPTED, Place.LEFT_POST, Place.DESTROYED, Place.HOSPITAL})
"""Whoever is there is no longer at the post."""
AT_SECONDARY = frozenset({Place.SECONDARY, Place.WARD, Place.ISOLATION, Place.DETENTION, Place.EVIDENCE_ROOM})
"""Where somebody of an agency has them."""


@dataclass(frozen=True, slots=True)
class Whereabouts(Deed):
    """A subject is at a place, and who has them (`has`: a name; `agency` where one answers for them).

    The note is for the agencies `to`, or for all where none is named. `because` is the act (by its id) that it follows
    from: where that is taken back, this is not said any more.
    """

    subject: Subject
    place: Place
    has: str = ""
    agency: Agency | None = None
    note: str = ""
    to: frozenset[Agency] = frozenset()
    because: str = ""

    def seen_by(self, to: AbstractSet[Agency]) -> Self | None:
        """The place is everybody's: a headcount and a recall start there."""
        return self if not self.to or self.to & to else replace(self, note="", has="")


@dataclass(frozen=True, slots=True)
class Sighting:
    """One word on where a subject is: the act it is from, who said so, when."""

    act: str
    at: datetime
    officer: str
    place: Place
    has: str
    agency: Agency | None
    note: str


@dataclass(frozen=True, slots=True)
class Located:
    """What is known last of a subject of a thread: one sighting, or several that were said apart."""

    thread: str
    subject: Subject
    sightings: tuple[Sighting, ...]

    @property
    def last(self) -> Sighting:
        """The latest of them."""
        return self.sightings[-1]

    @property
    def place(self) -> Place | None:
        """The place, where all that was said apart agrees on it; None where it does not."""
        places = {one.place for one in self.sightings}
        return self.last.place if len(places) == 1 else None

    @property
    def disputed(self) -> bool:
        """Whether the places differ."""
        return self.place is None


def where(acts: Iterable[Act]) -> tuple[Located, ...]:
    """The latest that is known of each subject, the persons first; of one thread or of several."""
    threads: dict[str, list[Act]] = {}
    for act in acts:
        threads.setdefault(act.thread, []).append(act)
    found = [located for thread in sorted(threads) for located in _in_thread(thread, threads[thread])]
    return tuple(sorted(found, key=_order))


def _in_thread(thread: str, acts: Sequence[Act]) -> Iterable[Located]:
    history = History(acts)
    said: dict[tuple[SubjectKind, str], list[Act]] = {}
    back = {act.deed.act for act in history.acts if act.kind == CORRECTION}
    for act in history.acts:
        if act.kind == WHEREABOUTS and act.deed.because not in back:
            said.setdefault((act.deed.subject.kind, act.deed.subject.id), []).append(act)
    for given in said.values():
        last = by_time(standing(history, given))
        yield Located(thread, last[-1].deed.subject, tuple(_sighting(act) for act in last))


def _order(one: Located) -> tuple[bool, str, str, str]:
    return one.subject.kind is not SubjectKind.PERSON, one.thread, one.subject.kind, one.subject.id


def _sighting(act: Act) -> Sighting:
    deed: Whereabouts = act.deed
    return Sighting(act.id, act.at, act.officer, deed.place, deed.has, deed.agency, deed.note)


def person_of(located: Iterable[Located]) -> Located | None:
    """Where the person of a thread is known to be; None where nobody said."""
    return next((one for one in located if one.subject.kind is SubjectKind.PERSON), None)


def history_of(acts: Iterable[Act], subject: Subject) -> tuple[Sighting, ...]:
    """Everything that was said of where a subject is, the earliest first."""
    said = {act.id: act for act in acts if act.kind == WHEREABOUTS and _same(act.deed.subject, subject)}
    return tuple(_sighting(act) for act in by_time(said.values()))


def _same(one: Subject, other: Subject) -> bool:
    return (one.kind, one.id) == (other.kind, other.id)


def heads_by_place(located: Iterable[Located]) -> Mapping[Place | None, int]:
    """How many persons are at each place; None counts those of whom different places were said apart.

    A bus's headcount, and a recall, start here: whoever is in GONE is not at the post any more.
    """
    return Counter(one.place for one in located if one.subject.kind is SubjectKind.PERSON)
