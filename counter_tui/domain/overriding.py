"""The law of overriding: which automatic result may be set aside, by whom, for how long, and which never.

An override sets one result of a rule aside; it lowers no officer's verdict, and no other agency's. It takes a
supervisor, a reason, words of their own, a second person of the agency whose rule it is, and an end, at which the rule
stands again by itself. Where nobody of that agency is there, one of them is named who is to confirm it in time; silence
does not. What no row of `config/override.toml` allows may not be overridden.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from .joint.deeds import NOTE_SHORTEST, Override
from .matters import TwoPersonRules
from .outcome import Judgement
from .posts import Officer
from .sections import Contribution
from .two_persons import Matter
from .words import AGENCY_OF, Agency, Basis, Role, Verdict


@dataclass(frozen=True, slots=True)
class Allowed:
    """Results of rules that may be overridden: those with one of these actions, up to this verdict, for so long.

    `confirm_hours`: so long a named person has to confirm it, where none of the agency signed it.
    """

    actions: frozenset[str]
    most: Verdict
    hours: int
    confirm_hours: int
    valid_from: date
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class Never:
    """What nobody overrides, whatever a row says: `code` of the text that says why."""

    code: str
    actions: frozenset[str]
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class OverrideReason:
    """A reason for an override; words go with every one."""

    code: str


@dataclass(frozen=True, slots=True)
class OverrideRules:
    """The rows of a version."""

    version: str
    allowed: tuple[Allowed, ...] = ()
    never: tuple[Never, ...] = ()
    reasons: tuple[OverrideReason, ...] = ()

    def on(self, day: date) -> "OverrideRules":
        """The rows that are in force on a day; what is never overridden is always."""
        allowed = tuple(row for row in self.allowed if row.valid_from <= day)
        return OverrideRules(self.version, allowed, self.never, self.reasons)

    @property
    def barred(self) -> frozenset[str]:
        """The actions that nobody overrides."""
        return frozenset(action for row in self.never for action in row.actions)

    def row(self, contribution: Contribution) -> Allowed | None:
        """The row that allows it, the one with the shortest time where several do; None where none does."""
        rows = [r for r in self.allowed if contribution.action in r.actions and contribution.verdict <= r.most]
        return min(rows, key=lambda r: (r.hours, r.confirm_hours), default=None)

    def why_not_rule(self, contribution: Contribution, standing: Iterable[Judgement] = ()) -> str:
        """The code for why this result is not to be overridden by anybody; "" where it may be.

        `standing` are the verdicts in force: what an officer has said is not a rule's to begin with.
        """
        never = next((row for row in self.never if contribution.action in row.actions), None)
        if never is not None:
            return f"override.{never.code}"
        if contribution.points is None:
            return "override.sealed"
        if contribution.verdict <= Verdict.CLEAR_COND:
            return "override.nothing"
        said = [j for j in standing if j.basis is Basis.OFFICER and j.subject == contribution.subject]
        if any(j.authority is contribution.authority and j.verdict >= contribution.verdict for j in said):
            return "override.officer-said"
        return "" if self.row(contribution) is not None else "override.not-allowed"

    def why_not_person(self, officer: Officer) -> str:
        """The code for why this person overrides nothing; "" where they may."""
        return "" if officer.role is Role.SUPERVISOR else "override.no-supervisor"


@dataclass(frozen=True, slots=True)
class Proposed:
    """An override as it is asked for: by whom, why, in which words, for how many hours, and who else answers for it.

    Either a `second` signs it now, or a `confirmer` is named who is to.
    """

    officer: Officer
    reason: str
    note: str
    hours: int
    second: Officer | None = None
    confirmer: Officer | None = None


def why_not_override(
    contribution: Contribution,
    asked: Proposed,
    rules: OverrideRules,
    two: TwoPersonRules,
    standing: Iterable[Judgement] = (),
) -> str:
    """The code for why this override may not be recorded; "" where it may."""
    why = rules.why_not_rule(contribution, standing) or rules.why_not_person(asked.officer)
    row = rules.row(contribution)
    if why or row is None:
        return why or "override.not-allowed"
    if asked.reason not in {reason.code for reason in rules.reasons}:
        return "override.reason"
    if len(asked.note.strip()) < NOTE_SHORTEST:
        return "override.note-short"
    if not 0 < asked.hours <= row.hours:
        return "override.hours"
    other = asked.second or asked.confirmer
    if other is None:
        return "override.nobody"
    return two.may_sign(Matter.OVERRIDE, asked.officer, other, owner_of(contribution))


def owner_of(contribution: Contribution) -> Agency:
    """Of which agency the second person of an override is."""
    return AGENCY_OF[contribution.authority]


def confirmed_in(override: Override, answers: Iterable[bool]) -> bool | None:
    """What its confirmer has said: one no is enough; None as long as nothing was said, or nobody needs to."""
    said = list(answers)
    if not override.confirmer or not said:
        return None
    return all(said)


def stands(override: Override, now: datetime, answers: Iterable[bool] = ()) -> bool:
    """Whether it sets its rule aside at a time; `answers` are what the confirmer said of it.

    It ends by itself; unconfirmed, at its deadline. What cannot be read has ended.
    """
    ends, due = _moment(override.until), _moment(override.confirm_by)
    if ends is None or now >= ends:
        return False
    said = confirmed_in(override, answers)
    if said is not None or not override.confirmer:
        return said is not False
    return due is not None and now < due


def _moment(stamp: str) -> datetime | None:
    """None for what is no time with a zone."""
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def overridden(overrides: Mapping[str, Override], now: datetime, answers: Mapping[str, tuple[bool, ...]]) -> set[str]:
    """Ids of the contributions set aside at a time: overrides by the ids of their acts, with what was said of each."""
    return {one.rule for act, one in overrides.items() if stands(one, now, answers.get(act, ()))}
