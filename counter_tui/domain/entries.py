"""What the bodies of journal entries say: sign-ins and decisions. Their outcome is derived by whoever reads them."""

from dataclasses import dataclass
from datetime import datetime

from ..errors import CounterError
from .coding import from_json, to_json
from .crossings import Crossing
from .decisions import Decision
from .outcome import Judgement
from .sections import Contribution
from .words import Authority, SourceState

SESSION = "session"
DECISION = "decision"


@dataclass(frozen=True, slots=True)
class SessionBody:
    """A person signed in: `certificate` (base64) certifies the session's key with theirs and the counter's."""

    officer: str
    certificate: str


@dataclass(frozen=True, slots=True)
class SourceStamp:
    """What a verdict leaned on: the state of a section, its age, and the versions of the lists behind it."""

    authority: Authority
    source: SourceState
    as_of: datetime | None
    versions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionBody:
    """The verdicts of one decision, with the digest (SHA-256, hex) and the ages of the view that was painted.

    `rules` is the version of the rulebook. `training` stands inside what is signed, beside the realm of the entry.
    `screened` is what this counter's own screening contributed, so that whoever reads it folds the same outcome.
    """

    crossing: Crossing
    officer: str
    judgements: tuple[Judgement, ...]
    digest: str
    stamps: tuple[SourceStamp, ...]
    rules: str
    training: bool
    screened: tuple[Contribution, ...] = ()


def decision_body(decision: Decision, rules: str) -> bytes:
    """The bytes of a decision's entry."""
    view = decision.view
    body = DecisionBody(
        crossing=view.crossing,
        officer=decision.officer.id,
        judgements=decision.judgements,
        digest=view.digest,
        stamps=tuple(SourceStamp(s.authority, s.source, s.as_of, s.versions) for s in view.sections),
        rules=rules,
        training=view.crossing.training,
        screened=view.screening.contributions,
    )
    return to_json(body)


def read_decision(body: bytes) -> DecisionBody:
    """The decision in an entry's body; CounterError `entry.unreadable` where it is none."""
    return from_json(DecisionBody, body, error=CounterError("entry.unreadable"))


def read_session(body: bytes) -> SessionBody:
    """The sign-in in an entry's body; CounterError `entry.unreadable` where it is none."""
    return from_json(SessionBody, body, error=CounterError("entry.unreadable"))
