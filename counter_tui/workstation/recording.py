"""A decision is recorded: on disk in the journal before anybody is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ..domain.acts import act_id
from ..domain.coding import to_json
from ..domain.entries import DECISION, state_decision
from ..domain.joint.reading import decision_act
from ..domain.outcome import PERSON
from ..domain.words import Outcome
from .news import Recorded
from .records import moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..domain.acts import Act
    from ..domain.decisions import Decision
    from ..domain.entries import DecisionBody
    from .acts import Acts
    from .closing import Closing
    from .current import Current
    from .judging import Countersign
    from .keying import Keying
    from .known_persons import KnownPersons
    from .parts import Parts
    from .records import CachedRecords
    from .sign_in import Session

NOT_YET: Final = 1 << 62
"""The sequence of what is not recorded yet: later than all that is."""


class Recording:
    """Records decisions at one counter."""

    def __init__(
        self,
        parts: Parts,
        records: CachedRecords,
        keying: Keying,
        persons: KnownPersons,
        acts: Acts,
        closing: Callable[[], Closing],
    ) -> None:
        """`keying` learns which document for a single journey was used, `persons` who has gone on.

        `closing` tells which sign-offs are missing: until they are given the crossing is kept in `records`.
        """
        self._parts, self._records, self._keying, self._persons = parts, records, keying, persons
        self._acts, self._closing = acts, closing

    def state(self, decision: Decision) -> DecisionBody:
        """What the entry of a decision would say now."""
        acts, crossing = self._acts, decision.view.crossing
        return state_decision(decision, self._parts.rules().book.version, acts.known_of(crossing))

    def record(
        self,
        current: Current,
        decision: Decision,
        session: Session,
        sign: Countersign | None = None,
    ) -> Recorded:
        """One entry for this decision; the crossing is no longer kept open once nothing PENDING is left of it.

        `sign` is asked for the second person's signature where it takes two; nothing is recorded where it raises.
        """
        parts, crossing = self._parts, current.crossing
        body = self.state(decision)
        if sign is not None:
            body = replace(body, second=sign(body))
        acts = (*current.acts, self._act(NOT_YET, body))
        after = current.joint_with(acts).outcome
        complete = all(outcome is not Outcome.PENDING for _, outcome in after)
        signing = complete and bool(body.procedures) and bool(self._closing().missing_of(acts))
        forget = crossing.id if complete and not signing else ""
        person = dict(after).get(PERSON)
        with parts.ledger.together():
            entry = parts.ledger.append(DECISION, crossing.id, to_json(body), signer=session.key, forget=forget)
            if signing:
                self._records.keep_open(crossing, signing=True)
            self._acts.note(crossing)
            self._keying.note_journey(crossing, person)
            self._persons.note(crossing, person, parts.place.counter.id, entry.recorded_at)
        current.acts = (*current.acts, self._act(entry.sequence, body))
        current.decided, current.complete = True, complete
        waiting, _ = parts.ledger.waiting()
        return Recorded(entry.sequence, moment(entry.recorded_at), crossing, after, complete, waiting)

    def _act(self, sequence: int, body: DecisionBody) -> Act:
        return decision_act(act_id(self._parts.place.counter.id, sequence), self._parts.clock.now(), body)
