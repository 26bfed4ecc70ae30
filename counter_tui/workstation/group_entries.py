"""What this counter's journal says of groups: which stacks stand open, and who of which group was decided.

The journal is the truth; this is what is derived from it, read forward, each entry once, in memory only.
"""

from __future__ import annotations

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
        self._events_to = self._decisions_to = 0
        self._past: dict[str, GroupPast] = {}

    def forget(self) -> None:
        """Nobody is signed in: what was read is forgotten."""
        self._events_to = self._decisions_to = 0
        self._past = {}

    def past(self, group: str, now: datetime) -> GroupPast:
        """What is known of this group; of who was decided and of when it was closed, what is no older than REACH."""
        self._read_events()
        self._read_decisions()
        known, since = self._past.get(group) or GroupPast(), now - REACH
        decided = {key: one for key, one in known.decided.items() if one.crossing.opened_at >= since}
        closed_at = known.closed_at if known.closed_at is not None and known.closed_at >= since else None
        return replace(known, decided=decided, closed_at=closed_at)

    def standing(self) -> tuple[GroupBody, ...]:
        """The stacks that stand open, the newest first."""
        self._read_events()
        known = sorted(self._past.values(), key=lambda past: -past.opened)
        return tuple(past.open for past in known if past.open is not None)

    def _of(self, group: str) -> GroupPast:
        return self._past.setdefault(group, GroupPast())

    def _read_events(self) -> None:
        """What was opened and closed, up to the journal."""
        fresh = self._ledger.of_kind(GROUP, self._events_to)
        for sequence in fresh if self._events_to else fresh[-EVENTS:]:
            self._events_to = sequence
            self._take_event(sequence)

    def _read_decisions(self) -> None:
        """Who was decided, up to the journal."""
        fresh = self._ledger.of_kind(DECISION, self._decisions_to)
        for sequence in fresh if self._decisions_to else fresh[-DECISIONS:]:
            self._decisions_to = sequence
            body = decision_of(self._ledger, sequence)
            if body is None or body.crossing.group is None:
                continue
            person = any(j.subject == PERSON for j in body.judgements)
            decided, key = self._of(body.crossing.group.id).decided, body.crossing.document.key
            if person or key not in decided:
                decided[key] = DecidedOne(body.crossing, outcome_of(body, self._post) if person else None, sequence)

    def _take_event(self, sequence: int) -> None:
        entry = self._ledger.find(sequence)
        try:
            body = read_group(entry.body) if entry is not None and entry.body is not None else None
        except CounterError:
            body = None
        if entry is None or body is None:
            return
        past = self._of(body.group.id)
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
