"""Why a traveller is asked for at this counter: the document in hand, or a reason, stated and recorded first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.coding import to_json
from ..domain.lookups import LOOKUP, PRESENT, REASONS, Lookup, LookupBody, in_hand, read_lookup
from ..errors import CounterError, DecisionError
from .records import stamp

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ..domain.crossings import Crossing
    from ..domain.documents import Document
    from .current import Current
    from .parts import Parts
    from .ports import Ledger
    from .sign_in import Session


class Lookups:
    """Look-ups at one counter."""

    def __init__(self, parts: Parts, now: Callable[[], datetime]) -> None:
        """Over the parts of the booth; `now` as the booth has it."""
        self._parts, self._now = parts, now

    def check(self, document: Document, reason: str) -> None:
        """Raises DecisionError `lookup.reason` where nobody is in front of the counter and no reason is stated."""
        if not in_hand(document) and reason not in REASONS:
            raise DecisionError("lookup.reason")

    def record(self, crossing: Crossing, reason: str, session: Session) -> None:
        """A stated reason goes into the journal before anything is asked."""
        if in_hand(crossing.document):
            return
        body = LookupBody(
            crossing=crossing.id,
            document=crossing.document.key,
            officer=session.officer.id,
            reason=reason,
            at=stamp(self._now()),
            training=crossing.training,
        )
        self._parts.ledger.append(LOOKUP, crossing.id, to_json(body), signer=session.key)
        self._parts.delivery.nudge()


def reason_of(ledger: Ledger, crossing: Crossing) -> str:
    """Why this crossing was opened: PRESENT, or what was stated; "" where nothing was."""
    if in_hand(crossing.document):
        return PRESENT
    for sequence in reversed(ledger.of_group(crossing.id)):
        entry = ledger.find(sequence)
        if entry is not None and entry.kind == LOOKUP and entry.body is not None:
            try:
                return read_lookup(entry.body).reason
            except CounterError:
                continue
    return ""


def why(current: Current) -> Lookup:
    """Who asks about this crossing, and why."""
    return Lookup(current.officer.id, current.reason)
