"""What happened with one crossing, in the order in which it did: who answered, what was recorded, and how far it came.

It is derived each time from what stands in the view and in the journal; nothing of it is kept beside them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from ..domain.posts import Post
from ..domain.sections import Section
from ..domain.view import MergedView
from ..domain.words import Authority, SourceState
from . import outbox
from .news import OutboxLine
from .ports import Ledger
from .seen import SeenEntries

NEWEST: Final = 1_000
"""So many of the journal's newest entries are looked through: a crossing is worked in one go."""


class Happened(Enum):
    """What can happen with a crossing: it is opened, an authority answers, or said so before, something is recorded."""

    OPENED = "opened"
    ANSWERED = "answered"
    HELD = "held"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: which authority answered, or the journal's entry as the outbox has it."""

    at: datetime
    what: Happened
    authority: Authority | None = None
    entry: OutboxLine | None = None


def timeline(view: MergedView, ledger: Ledger, post: Post, seen: SeenEntries | None = None) -> tuple[Event, ...]:
    """Everything that is known to have happened with the crossing of this view, the earliest first."""
    crossing = view.crossing
    events = [Event(crossing.opened_at, Happened.OPENED), *_answers(view.sections, crossing.opened_at)]
    for held in ledger.lines(NEWEST):
        if held.group == crossing.id:
            entry = outbox.line(ledger, post, held, seen)
            events.append(Event(entry.at, Happened.RECORDED, entry=entry))
    return tuple(sorted(events, key=lambda event: (event.at, event.entry.sequence if event.entry else 0)))


def _answers(sections: Iterable[Section], opened_at: datetime) -> Iterator[Event]:
    """When each authority's section was so: an answer, or what was so before, as a list that was issued then."""
    for section in sections:
        if section.as_of is not None and section.source is not SourceState.NOT_CHECKED:
            answered = section.source is SourceState.LIVE and section.as_of >= opened_at
            what = Happened.ANSWERED if answered else Happened.HELD
            yield Event(section.as_of, what, section.authority)
