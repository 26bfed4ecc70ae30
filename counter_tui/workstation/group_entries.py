"""What this counter's journal says of groups: which stacks stand open, and who of which group was decided.

The journal is the truth; this is what is derived from it, read forward, each entry once, in memory only.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from ..domain.coding import to_json
from ..domain.entries import DECISION
from ..domain.groups import GROUP, GroupBody, GroupEvent, read_group
from ..domain.outcome import PERSON
from ..errors import CounterError
from .outbox import decision_of, outcome_of
from .records import moment
from .stack import GroupRecorded

if TYPE_CHECKING:
    from datetime import datetime

    from ..domain.crossings import Crossing
    from ..domain.posts import Post
    from ..domain.words import Outcome
    from .parts import Parts
    from .ports import Ledger
    from .sign_in import Session
    from .stack_work import StackWork

DECISIONS: Final = 500
"""So many of the newest decisions are read at first: two full buses and what came between."""
EVENTS: Final = 100
REACH: Final = timedelta(hours=12)
"""A bus of the same name comes again tomorrow."""


@dataclass(frozen=True, slots=True)
class DecidedOne:
    """One of a group who was decided here: the outcome for the person, and the entry."""

    crossing: Crossing
    outcome: Outcome | None
    entry: int


@dataclass(slots=True)
class GroupPast:
    """What is known of one group, by its id: the stack that stands open, or when the last was closed, and who went."""

    open: GroupBody | None = None
    opened: int = 0
    closed_at: datetime | None = None
    decided: dict[str, DecidedOne] = field(default_factory=dict)


class GroupEntries:
    """The entries of groups and of who belongs to one."""

    def __init__(self, ledger: Ledger, post: Post) -> None:
        """Over the journal; nothing is read before it is asked for."""
        self._ledger, self._post = ledger, post
        self._read_to = 0
        self._past: dict[str, GroupPast] = {}

    def forget(self) -> None:
        """Nobody is signed in: what was read is forgotten."""
        self._read_to, self._past = 0, {}

    def past(self, group: str, now: datetime) -> GroupPast:
        """What is known of this group; of who was decided and of when it was closed, what is no older than REACH."""
        known, since = self._read().get(group) or GroupPast(), now - REACH
        decided = {key: one for key, one in known.decided.items() if one.crossing.opened_at >= since}
        closed_at = known.closed_at if known.closed_at is not None and known.closed_at >= since else None
        return replace(known, decided=decided, closed_at=closed_at)

    def standing(self) -> tuple[GroupBody, ...]:
        """The stacks that stand open, the newest first."""
        known = [past for past in self._read().values() if past.open is not None]
        return tuple(past.open for past in sorted(known, key=lambda p: -p.opened) if past.open)

    def _read(self) -> dict[str, GroupPast]:
        """Bring it up to the journal."""
        decisions, events = (self._ledger.of_kind(kind, self._read_to) for kind in (DECISION, GROUP))
        if not self._read_to:
            decisions, events = decisions[-DECISIONS:], events[-EVENTS:]
        for sequence in heapq.merge(decisions, events):
            self._read_to = sequence
            body = decision_of(self._ledger, sequence)
            if body is None:
                self._take_event(sequence)
            elif body.crossing.group is not None:
                person = any(j.subject == PERSON for j in body.judgements)
                decided = self._past.setdefault(body.crossing.group.id, GroupPast()).decided
                if person or body.crossing.document.key not in decided:
                    outcome = outcome_of(body, self._post) if person else None
                    decided[body.crossing.document.key] = DecidedOne(body.crossing, outcome, sequence)
        return self._past

    def _take_event(self, sequence: int) -> None:
        entry = self._ledger.find(sequence)
        try:
            body = read_group(entry.body) if entry is not None and entry.kind == GROUP and entry.body else None
        except CounterError:
            body = None
        if entry is None or body is None:
            return
        past = self._past.setdefault(body.group.id, GroupPast())
        if body.event is GroupEvent.CLOSED:
            past.open, past.closed_at = None, moment(entry.recorded_at)
            return
        past.opened = past.opened if past.open is not None else sequence
        past.open = body


def append_group(
    parts: Parts, session: Session, work: StackWork, event: GroupEvent, reason: str = "", note: str = ""
) -> GroupRecorded:
    """Record what happened to a group; who is missing, and who was added, is named once it is closed."""
    closed = event is GroupEvent.CLOSED
    body = GroupBody(
        stack=work.id,
        event=event,
        group=work.group,
        direction=parts.place.counter.direction,
        officer=session.officer.id,
        heads=work.heads(),
        training=parts.place.demo,
        missing=work.missing() if closed else (),
        added=work.added() if closed else (),
        reason=reason,
        note=note,
    )
    entry = parts.ledger.append(GROUP, work.id, to_json(body), signer=session.key)
    return GroupRecorded(entry.sequence, moment(entry.recorded_at), body.heads, parts.ledger.waiting()[0])
