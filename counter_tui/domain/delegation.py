"""Few people: an agency that has nobody at the post lets others clear, for it, whom it has found nothing against.

A delegation is the agency's own word, signed by it (`config/delegations`): to whom, for which lanes, from when until
when, on what basis. It never covers a finding, nor a source that was not checked or is older
than it says. What was decided under one that had ended, or was revoked, counts as not reviewed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from .crossings import Crossing
from .outcome import PERSON, Judgement
from .posts import Officer
from .sections import Section
from .words import AGENCY_OF, Agency, Authority, Basis, Direction, Role, SourceState, Verdict

if TYPE_CHECKING:
    from .acts import Act
    from .entries import DecisionBody
    from .view import MergedView

PREFIX: Final = "delegated."


@dataclass(frozen=True, slots=True)
class Delegation:
    """What an agency lets others do for it. `id` is its own name for it, `version` the file's.

    `authorities` are those of the agency that it is about. `to_agencies`, `to_roles`, `counters`: who may, and where;
    no counter for every one. `lanes`, `direction`: whom it is about; no lane for every one. `age` is how old what is
    cached may be. `nationalities`: only whose; empty for all. `citizens_only`: only citizens of the post's country.
    `starts`, `ends`: its first day and its last, at the post. `revoked` (aware): since when it does not hold, where so.
    """

    id: str
    version: str
    owner: Agency
    authorities: frozenset[Authority]
    to_agencies: frozenset[Agency]
    to_roles: frozenset[Role]
    legal_basis: str
    starts: date
    ends: date
    age: timedelta
    counters: frozenset[str] = frozenset()
    lanes: frozenset[str] = frozenset()
    direction: Direction | None = None
    nationalities: frozenset[str] = frozenset()
    revoked: datetime | None = None

    @property
    def reason(self) -> str:
        """The reason code of verdicts given under it."""
        return f"{PREFIX}{self.id}"

    def holds(self, on: datetime) -> bool:
        """Whether it is in force at a time (aware, in the post's own zone)."""
        return self.starts <= on.date() <= self.ends and (self.revoked is None or on < self.revoked)

    def clear(self, authority: Authority) -> Judgement:
        """The verdict under it: the authority's CLEAR of the person, recorded as what it is."""
        return Judgement(authority, PERSON, Verdict.CLEAR, Basis.DELEGATED, self.reason)


def covers(
    delegation: Delegation,
    crossing: Crossing,
    section: Section,
    officer: Officer,
    on: datetime,
    *,
    counter: str = "",
    present: frozenset[Agency] = frozenset(),
) -> bool:
    """Whether this person may clear this traveller for the section's authority under it, at this time and counter."""
    return not why_not(delegation, crossing, section, officer, on, counter=counter, present=present)


def why_not(
    delegation: Delegation,
    crossing: Crossing,
    section: Section,
    officer: Officer,
    on: datetime,
    *,
    counter: str = "",
    present: frozenset[Agency] = frozenset(),
) -> str:
    """The code for why it does not cover this; "" where it does. `present` are agencies with an officer at the post."""
    owner, here = AGENCY_OF[section.authority], on.astimezone(crossing.opened_at.tzinfo)
    against = {
        "delegation.ended": not delegation.holds(here) or not delegation.legal_basis.strip(),
        "delegation.other-authority": section.authority not in delegation.authorities or owner is not delegation.owner,
        "delegation.agency-present": owner in officer.acts_for | {officer.agency} | present,
        "delegation.not-to-you": officer.agency not in delegation.to_agencies
        or officer.role not in delegation.to_roles,
        "delegation.other-counter": bool(delegation.counters) and counter not in delegation.counters,
        "delegation.other-lane": _elsewhere(delegation, crossing),
    }
    return next((code for code, wrong in against.items() if wrong), _not_clean(delegation, section, on))


def _elsewhere(delegation: Delegation, crossing: Crossing) -> bool:
    if delegation.lanes and crossing.lane not in delegation.lanes:
        return True
    if delegation.direction not in {None, crossing.direction}:
        return True
    return bool(delegation.nationalities) and crossing.document.nationality not in delegation.nationalities


def _not_clean(delegation: Delegation, section: Section, on: datetime) -> str:
    if section.contributions or section.findings:
        return "delegation.finding"
    if section.source is SourceState.LIVE:
        return ""
    if section.source is not SourceState.CACHED or section.as_of is None:
        return "delegation.not-checked"
    return "" if timedelta(0) <= on - section.as_of <= delegation.age else "delegation.too-old"


def find_delegation(
    delegations: Iterable[Delegation],
    crossing: Crossing,
    section: Section,
    officer: Officer,
    on: datetime,
    *,
    counter: str = "",
    present: frozenset[Agency] = frozenset(),
) -> Delegation | None:
    """The delegation that covers this, the one that ends last where several do."""
    found = [d for d in delegations if covers(d, crossing, section, officer, on, counter=counter, present=present)]
    return max(found, key=lambda one: (one.ends, one.id), default=None)


def delegated_here(
    delegations: Iterable[Delegation], view: MergedView, officer: Officer, counter: str
) -> Mapping[Authority, Delegation]:
    """What this person may clear here for authorities that have nobody at the post, of the traveller of this view.

    It is for who has no findings at all: with any, nothing is delegated.
    """
    if any(section.contributions or section.findings for section in view.sections):
        return {}
    known = list(delegations)
    named = (
        (s.authority, find_delegation(known, view.crossing, s, officer, view.at, counter=counter))
        for s in view.sections
    )
    return {authority: one for authority, one in named if one is not None}


def is_delegated(judgement: Judgement) -> bool:
    """Whether a verdict was given under a delegation."""
    return judgement.basis is Basis.DELEGATED


def without_authority(delegations: tuple[Delegation, ...] | None, judgement: Judgement, act: Act) -> bool:
    """Whether a decision's verdict was given under a delegation that did not hold then; None where nobody asks."""
    if delegations is None or not is_delegated(judgement):
        return False
    body: DecisionBody = act.deed
    return not had_authority(delegations, judgement, act.at.astimezone(body.crossing.opened_at.tzinfo))


def had_authority(delegations: Iterable[Delegation], judgement: Judgement, at: datetime) -> bool:
    """Whether a verdict given under a delegation was given while it held, for its own authority, and only cleared.

    `at` is aware, in the post's own zone.
    """
    if not is_delegated(judgement):
        return True
    return judgement.verdict is Verdict.CLEAR and any(
        judgement.reason == one.reason and judgement.authority in one.authorities and one.holds(at)
        for one in delegations
    )
