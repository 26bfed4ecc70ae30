"""What the bodies of journal entries say: sign-ins and decisions. Their outcome is derived by whoever reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from ..errors import CounterError
from .acts import Second
from .coding import from_json, to_json
from .crossings import Crossing
from .outcome import Judgement, circumstances_of
from .sections import Contribution
from .words import Authority, Band, SourceState

if TYPE_CHECKING:
    from .decisions import Decision
    from .outcome import Circumstances
    from .view import MergedView

SESSION = "session"
DECISION = "decision"
SECOND: Final = timedelta(seconds=1)


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
class JointStamp:
    """The joint risk as it was painted, and what it was worked out from beside contributions, ages and rules.

    `after` so many whole seconds the crossing was opened. `missing`, `stale`: whose lists were not checked, or too old.
    `loading`: no row of the rules was asked yet.
    """

    score: int
    band: Band
    after: int
    missing: tuple[Authority, ...] = ()
    stale: tuple[Authority, ...] = ()
    loading: bool = False


@dataclass(frozen=True, slots=True)
class FloorStamp:
    """What a decision leaned on where not all was fresh: the floor's version, and what the officer attested.

    `mode` are the acts that declared degraded mode, where it was: the decision is marked, and run again afterwards.
    """

    version: str
    attested: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionBody:
    """The verdicts of one decision, with the digest (SHA-256, hex) and the ages of the view that was painted.

    `rules` names the version of each part of the rulebook. `training` stands inside what is signed, beside the realm of
    the entry. `screened` is what this counter's own screening contributed, so that whoever reads it folds the same
    outcome; `leaned` are the other contributions that the decision leaned on, but for those that follow from the rules.
    `joint` is None where an earlier version of this program recorded it. `after` and `second` are as of acts;
    `floor` is None where all was fresh. `procedures` are the ids of those that applied: who closes it signs by them.
    """

    crossing: Crossing
    officer: str
    judgements: tuple[Judgement, ...]
    digest: str
    stamps: tuple[SourceStamp, ...]
    rules: str
    training: bool
    screened: tuple[Contribution, ...] = ()
    leaned: tuple[Contribution, ...] = ()
    joint: JointStamp | None = None
    after: tuple[str, ...] = ()
    second: Second | None = None
    floor: FloorStamp | None = None
    procedures: tuple[str, ...] = ()


def decision_body(decision: Decision, rules: str, after: tuple[str, ...] = ()) -> bytes:
    """The bytes of a decision's entry. `after` as `acts.ActBody`."""
    return to_json(state_decision(decision, rules, after))


def state_decision(decision: Decision, rules: str, after: tuple[str, ...] = ()) -> DecisionBody:
    """What a decision's entry says, before a second person has signed it."""
    view = decision.view
    return DecisionBody(
        crossing=view.crossing,
        officer=decision.officer.id,
        judgements=decision.judgements,
        digest=view.digest,
        stamps=tuple(SourceStamp(s.authority, s.source, s.as_of, s.versions) for s in view.sections),
        rules=rules,
        training=view.crossing.training,
        screened=view.screening.contributions,
        leaned=_leaned(view),
        joint=_joint(view),
        after=after,
        floor=_floor(view),
        procedures=tuple(row.id for row in view.plan.procedures) if view.plan is not None else (),
    )


def _floor(view: MergedView) -> FloorStamp | None:
    """Nothing where all was fresh and no mode was declared."""
    floor = view.floor
    if floor is None or not (floor.leans or floor.mode):
        return None
    return FloorStamp(floor.version, tuple(one.value for one in floor.attested), floor.mode)


def _leaned(view: MergedView) -> tuple[Contribution, ...]:
    from .risk import is_indicator  # it is loaded where there is a view

    screened = {c.id for c in view.screening.contributions}
    held = (c for s in view.sections for c in s.contributions)
    return tuple(c for c in held if c.id not in screened and not is_indicator(c))


def _joint(view: MergedView) -> JointStamp:
    risk, lists = view.risk, view.screening
    after = (view.at - view.crossing.opened_at) // SECOND
    return JointStamp(risk.score, risk.band, after, lists.not_checked, lists.stale, risk.loading)


def circumstances_then(body: DecisionBody, country: str) -> Circumstances:
    """What the clamps asked of the traveller when this was decided at a post of this country."""
    actions = {c.action for c in (*body.screened, *body.leaned)}
    return circumstances_of(body.crossing, actions, country, body.crossing.opened_at.date())


def versions(rules: str) -> dict[str, str]:
    """The version of each part of a rulebook: `risk 2026-11-22, procedures 7` by name."""
    pairs = (part.strip().partition(" ") for part in rules.split(","))
    return {name: version for name, _, version in pairs}


def read_decision(body: bytes) -> DecisionBody:
    """The decision in an entry's body; CounterError `entry.unreadable` where it is none."""
    return from_json(DecisionBody, body, error=CounterError("entry.unreadable"))


def read_session(body: bytes) -> SessionBody:
    """The sign-in in an entry's body; CounterError `entry.unreadable` where it is none."""
    return from_json(SessionBody, body, error=CounterError("entry.unreadable"))
