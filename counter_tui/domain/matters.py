"""Four eyes: who may sign what together, by which means, and how one person alone ends it lawfully.

The rows are data (`config/two_persons.toml`). A matter without a row that is in force is signed by nobody: it fails
closed, and says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from .acts import Means, Second
from .outcome import Circumstances
from .posts import Officer
from .two_persons import Matter, why_not_two
from .words import Agency, Role, Verdict

CARE: Final = "care"
CONSULT: Final = "consult"
PROTECT: Final = "protect"
_BARRED: Final = {Means.OWN_COUNTER: "two.not-own-counter", Means.TELEPHONE: "two.not-telephone"}
_ENDS: Final = frozenset({Verdict.HOLD, Verdict.REFUSE, Verdict.HANDOVER})


class Whose(StrEnum):
    """Of which agency a signer is: the one whose matter it is, one that acts for it here, another, or any."""

    OWNING = "owning"
    ACTING = "acting"
    OTHER = "other"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who may be one of the two: this role or a higher one."""

    role: Role = Role.OFFICER
    whose: Whose = Whose.ANY

    def why_not(self, officer: Officer, owner: Agency | None, place: str) -> str:
        """The code for why this person is not `first` or `second` of the two; "" where they may be."""
        if officer.role not in {Role.SUPERVISOR, self.role}:
            return f"two.{place}-role"
        return "" if self.agency_fits(officer, owner) else f"two.{place}-agency"

    def agency_fits(self, officer: Officer, owner: Agency | None) -> bool:
        """Whether this person is of the right agency; what belongs to no agency is everybody's."""
        if owner is None or self.whose is Whose.ANY:
            return True
        if self.whose is Whose.ACTING:
            return owner in officer.acts_for
        return (officer.agency is owner) is (self.whose is Whose.OWNING)


@dataclass(frozen=True, slots=True)
class TwoPersonRule:
    """One row. Of the two at least one is a `supervisor`, `acting` for the owning agency, or its own (`owning`).

    `means`: how the second may sign beside a PIN at the same counter. Two sessions on one terminal within
    `apart_seconds` do not count as two people at two counters. What was signed by telephone, or is to be signed
    elsewhere, is to be confirmed within `confirm_hours`. `solo` names what one person does who is alone, and
    `solo_verdict` the verdict that goes with it, where there is one.
    """

    matter: Matter
    first: Signer
    second: Signer
    means: frozenset[Means]
    apart_seconds: int
    confirm_hours: int
    solo: str
    valid_from: date
    solo_verdict: Verdict | None = None
    supervisor: bool = False
    acting: bool = False
    owning: bool = False
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class SoloEnding:
    """How it ends lawfully where nobody else is there: the code of a text, and the verdict to give, if any."""

    code: str
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class TwoPersonRules:
    """All rows of a version, by matter."""

    version: str
    rows: Mapping[Matter, TwoPersonRule] = field(default_factory=dict)

    def on(self, day: date) -> "TwoPersonRules":
        """The rows that are in force on a day."""
        return TwoPersonRules(self.version, {m: row for m, row in self.rows.items() if row.valid_from <= day})

    def may_sign(
        self, matter: Matter, first: Officer, second: Officer, owner: Agency | None, means: Means = Means.BESIDE
    ) -> str:
        """The code for why these two may not sign it together by these means; "" where they may."""
        row = self.rows.get(matter)
        if row is None:
            return "two.no-rule"
        why = why_not_two(first, second)
        if why:
            return f"two.{why}"
        return (
            row.first.why_not(first, owner, "first")
            or row.second.why_not(second, owner, "second")
            or _why_not_together(row, first, second, owner)
            or self.why_not_means(matter, means)
        )

    def why_not_first(self, matter: Matter, first: Officer, owner: Agency | None) -> str:
        """The code for why this person may not begin it; "" where they may."""
        row = self.rows.get(matter)
        return row.first.why_not(first, owner, "first") if row is not None else "two.no-rule"

    def why_not_means(self, matter: Matter, means: Means) -> str:
        """The code for why the second may not sign like this; "" where they may."""
        row = self.rows.get(matter)
        if row is None:
            return "two.no-rule"
        return "" if means is Means.BESIDE or means in row.means else _BARRED[means]

    def why_not_apart(
        self, matter: Matter, first_at: datetime, first_counter: str, second_at: datetime, second_counter: str
    ) -> str:
        """The code for why two sessions are not two people at two counters; "" where they are.

        One person with two logins would sign out and in again: on the same terminal that takes `apart_seconds`.
        """
        row = self.rows.get(matter)
        if row is None:
            return "two.no-rule"
        near = abs(second_at - first_at) < timedelta(seconds=row.apart_seconds)
        return "two.one-terminal" if near and first_counter == second_counter else ""

    def confirm_by(self, matter: Matter, at: datetime) -> datetime:
        """Until when what was signed elsewhere is to be confirmed; at once, where no row says."""
        row = self.rows.get(matter)
        return at + timedelta(hours=row.confirm_hours if row is not None else 0)

    def solo_ending(self, matter: Matter, who: Circumstances) -> SoloEnding:
        """What one person does who is alone: never the matter itself. Life, immunity and protection come first."""
        if who.medical_emergency:
            return SoloEnding(f"solo.{CARE}", Verdict.PENDING)
        row = self.rows.get(matter)
        if row is None:
            return SoloEnding("solo.call", Verdict.REFER)
        if row.solo_verdict in _ENDS and who.diplomat:
            return SoloEnding(f"solo.{CONSULT}", Verdict.REFER)
        if row.solo_verdict in _ENDS and who.minor_or_victim:
            return SoloEnding(f"solo.{PROTECT}", Verdict.REFER)
        return SoloEnding(f"solo.{row.solo}", row.solo_verdict)


def _why_not_together(row: TwoPersonRule, first: Officer, second: Officer, owner: Agency | None) -> str:
    if row.supervisor and Role.SUPERVISOR not in {first.role, second.role}:
        return "two.no-supervisor"
    if row.acting and owner is not None and owner not in first.acts_for | second.acts_for:
        return "two.no-owner"
    if row.owning and owner is not None and owner not in {first.agency, second.agency}:
        return "two.no-own"
    return ""


def by_two(
    first: str, second: Second | None, at: datetime, now: datetime, *, answer: bool | None, within: timedelta
) -> bool:
    """Whether an act of `first` counts as signed by two people.

    Beside the first, by their signature. By telephone as long as they may still confirm it, and if they did; at their
    own counter only once they did. `answer` is what that second person has said of it since, None for nothing.
    """
    if second is None or not second.officer or second.officer == first:
        return False
    if second.means is Means.BESIDE:
        return bool(second.signature)
    if answer is not None:
        return answer
    return second.means is Means.TELEPHONE and bool(second.answer) and now - at < within
