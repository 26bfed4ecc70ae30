"""Acts out of the bodies of entries, decisions among them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ...errors import CounterError
from ..acts import KINDS, Act, read_act
from ..coding import from_json
from ..entries import DECISION, DecisionBody, read_decision

QUESTION: Final = "question"
ACTS: Final = KINDS | {DECISION, QUESTION}
"""The kinds of entries and of items of the feed that are acts."""
_UNREADABLE: Final = CounterError("entry.unreadable")


@dataclass(frozen=True, slots=True)
class Question:
    """The single window's word that an act (by its id) was recorded under an authority that had ended, and why."""

    thread: str
    act: str
    why: str


def read_any(kind: str, id_: str, raw: bytes, at: str) -> Act:
    """The act in an entry's body; `at` is when it was recorded, ISO 8601 UTC.

    Raises CounterError `entry.unreadable`.
    """
    if kind in KINDS:
        return read_act(kind, id_, raw)
    try:
        moment = datetime.fromisoformat(at)
        counter, _, sequence = id_.rpartition("/")
        if not counter or moment.tzinfo is None or int(sequence) < 0:
            raise _UNREADABLE
    except ValueError:
        raise _UNREADABLE from None
    if kind == QUESTION:
        asked = from_json(Question, raw, error=_UNREADABLE)
        return Act(id_, kind, asked.thread, "", moment, asked)
    return decision_act(id_, moment, read_decision(raw))


def decision_act(id_: str, at: datetime, body: DecisionBody) -> Act:
    """A decision as an act of its crossing."""
    return Act(id_, DECISION, body.crossing.id, body.officer, at, body, body.after, body.second, training=body.training)
