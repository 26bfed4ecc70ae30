"""A decision is recorded: on disk in the journal before anybody is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.entries import DECISION, decision_body
from ..domain.outcome import PERSON
from ..domain.words import Outcome
from .news import Recorded
from .records import moment

if TYPE_CHECKING:
    from ..domain.decisions import Decision
    from .acts import Acts
    from .current import Current
    from .keying import Keying
    from .known_persons import KnownPersons
    from .parts import Parts
    from .sign_in import Session


class Recording:
    """Records decisions at one counter."""

    def __init__(self, parts: Parts, keying: Keying, persons: KnownPersons, acts: Acts) -> None:
        """`keying` learns which document for a single journey was used, `persons` who has gone on."""
        self._parts, self._keying, self._persons, self._acts = parts, keying, persons, acts

    def record(self, current: Current, decision: Decision, session: Session) -> Recorded:
        """One entry for this decision; the crossing is no longer kept open once nothing PENDING is left of it."""
        parts, crossing = self._parts, current.crossing
        given = [*current.given, *decision.judgements]
        after = current.outcome_with(given)
        complete = all(outcome is not Outcome.PENDING for _, outcome in after)
        body = decision_body(decision, parts.rules().book.version, self._acts.heads(crossing.id))
        forget = crossing.id if complete else ""
        person = dict(after).get(PERSON)
        with parts.ledger.together():
            entry = parts.ledger.append(DECISION, crossing.id, body, signer=session.key, forget=forget)
            self._keying.note_journey(crossing, person)
            self._persons.note(crossing, person, parts.place.counter.id, entry.recorded_at)
        current.given, current.decided, current.complete = given, True, complete
        waiting, _ = parts.ledger.waiting()
        return Recorded(entry.sequence, moment(entry.recorded_at), crossing, after, complete, waiting)
