"""The offline floor: who may be cleared while sources are old or silent, and what the officer attests in their place.

Rows say for each kind of traveller and each authority how old its section and its lists may be, and what is attested
then; a row of degraded mode counts only while that is declared. The limits apply by themselves: a source that grows
too old takes travellers away from the one key, and only two people loosen that. Nobody with a finding is cleared here,
nobody whose band is not green for want of an answer alone, nobody while a list is not held at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from .crossings import ADULT_YEARS
from .mode import NORMAL, ModeState
from .texts import Text, text
from .words import AGENCY_OF, Agency, Authority, Band, Direction, SourceState

if TYPE_CHECKING:
    from .crossings import Crossing
    from .documents.kinds import DocumentRules
    from .posts import Officer
    from .sections import Section
    from .view import MergedView


ATTEST: Final = "floor.attest"
"""Why one key does not clear, where the officer has only to attest."""
KINDS_OF: Final = Agency.IMMIGRATION
"""Whose the kinds of travellers are."""


class Attest(StrEnum):
    """What an officer says they saw or heard themselves."""

    DOCUMENT = "document"
    """The document was looked at, and the face compared with it."""
    THERMAL = "thermal"
    """The thermal check was seen to pass."""
    ORAL = "oral"
    """The oral declaration was heard: goods, cash, animals, plants."""
    GUARDIAN = "guardian"
    """Who the minor travels with stands beside them, and agrees."""


@dataclass(frozen=True, slots=True)
class Who:
    """A kind of traveller: a citizen of the post's country or not, a minor or not, with documents of these kinds."""

    id: str
    kinds: frozenset[str]
    citizen: bool = False
    minor: bool = False

    def fits(self, kind: str, *, citizen: bool, minor: bool) -> bool:
        """Whether a traveller with a document of this kind is meant."""
        return kind in self.kinds and minor is self.minor and (citizen or not self.citizen)


@dataclass(frozen=True, slots=True)
class FloorRow:
    """How far an authority lets travellers of these kinds be cleared: how old its section, and its lists, may be.

    `unheld`: also where nothing of the traveller is held. `degraded`: only while degraded mode is declared.
    """

    id: str
    who: frozenset[str]
    authority: Authority
    minutes: int
    list_minutes: int
    attests: frozenset[Attest]
    unheld: bool = False
    degraded: bool = False
    direction: Direction | None = None
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class FloorRules:
    """Kinds of travellers, the first that fits counts, and the rows of one version, the first that reaches counts.

    `unsigned` are the agencies that have not signed theirs: for what is theirs nobody is cleared by the floor.
    """

    version: str
    whos: tuple[Who, ...]
    rows: tuple[FloorRow, ...]
    documents: DocumentRules
    unsigned: tuple[Agency, ...] = ()

    def without(self, unsigned: Sequence[Agency]) -> FloorRules:
        """As they count where these agencies have not signed; the version names them (`2026-11-22!customs`)."""
        if not unsigned:
            return self
        kept = tuple(row for row in self.rows if AGENCY_OF[row.authority] not in unsigned)
        version = "!".join([self.version, *(agency.value for agency in unsigned)])
        return replace(self, version=version, rows=kept, unsigned=tuple(unsigned))

    def find_unsigned(self, authority: Authority) -> Agency | None:
        """Whose signature is missing where this authority's section is old or silent; None where none is."""
        return next((one for one in (AGENCY_OF[authority], KINDS_OF) if one in self.unsigned), None)

    def find_who(self, crossing: Crossing, *, citizen: bool) -> Who | None:
        """Which kind of traveller this is; None where none fits, or the age is not known."""
        kind = self.documents.find_kind(crossing.document)
        age = crossing.document.birth.age_on(crossing.opened_at.date())
        if kind is None or age is None:
            return None
        minor = age < ADULT_YEARS
        return next((who for who in self.whos if who.fits(kind.code, citizen=citizen, minor=minor)), None)

    def of(self, who: Who, authority: Authority, direction: Direction) -> Iterator[FloorRow]:
        """The rows of an authority for this kind of traveller."""
        for row in self.rows:
            if who.id in row.who and row.authority is authority and row.direction in {None, direction}:
                yield row


@dataclass(frozen=True, slots=True)
class Cap:
    """Why an authority's section does not let this traveller be cleared, in words; `declared` would let it."""

    authority: Authority
    words: Text
    declared: bool = False


@dataclass(frozen=True, slots=True)
class Floor:
    """What holds of one view. `leans` are the authorities whose section is not fresh and that a row covers.

    `attests_needed` in the order of `Attest`, `attested` those of them that were; `why` are codes, empty where one key
    clears: whoever acts for every authority of `leans`.
    """

    leans: tuple[Authority, ...]
    cached: tuple[Authority, ...]
    attests_needed: tuple[Attest, ...]
    attested: tuple[Attest, ...]
    caps: tuple[Cap, ...]
    why: tuple[str, ...]
    version: str = ""
    mode: tuple[str, ...] = ()

    @property
    def may_clear(self) -> bool:
        """Whether nothing is left to be attested, and nothing is capped."""
        return not self.why

    @property
    def missing(self) -> tuple[Attest, ...]:
        """What is still to be attested."""
        return tuple(one for one in self.attests_needed if one not in self.attested)

    def why_not(self, officer: Officer, delegated: AbstractSet[Authority] = frozenset()) -> tuple[str, ...]:
        """Codes for why this officer's one key does not clear.

        Only an authority's own officers vouch for it, or those to whom it has `delegated` that.
        """
        foreign = {*self.leans, *self.cached} - set(officer.authorities) - delegated
        return ("floor.not-yours", *self.why) if foreign else self.why


def floor(
    view: MergedView,
    rules: FloorRules,
    now: datetime,
    mode: ModeState = NORMAL,
    attested: frozenset[Attest] = frozenset(),
) -> Floor:
    """What holds of a view at `now` (aware), with what was attested of this traveller."""
    asked = {*view.risk.not_checked, *view.risk.stale}
    who = rules.find_who(view.crossing, citizen=view.circumstances.citizen)
    leans: list[Authority] = []
    caps: list[Cap] = []
    needed: set[Attest] = set()
    for section in view.sections:
        if section.authority not in asked:
            continue
        row, cap = _reach(view, section, rules, who, now, mode)
        if row is not None:
            leans.append(section.authority)
            needed |= row.attests
        elif cap is not None:
            caps.append(cap)
    in_order = tuple(one for one in Attest if one in needed)
    why = _why(view, caps, frozenset(needed) - attested)
    cached = tuple(s.authority for s in view.sections if s.source is not SourceState.LIVE)
    done = tuple(one for one in in_order if one in attested)
    return Floor(tuple(leans), cached, in_order, done, tuple(caps), why, rules.version, mode.declared)


def _why(view: MergedView, caps: list[Cap], missing: frozenset[Attest]) -> tuple[str, ...]:
    if view.risk.band is not Band.GREEN and not green_if_answered(view):
        return ("green.band",)
    if caps:
        return ("floor.declare",) if all(cap.declared for cap in caps) else ("floor.capped",)
    return (ATTEST,) if missing else ()


def green_if_answered(view: MergedView) -> bool:
    """Whether the band would be green if every silent source answered with nothing more than is known."""
    return any(change.band is Band.GREEN and not change.reasons for change in view.risk.changes)


def _reach(
    view: MergedView, section: Section, rules: FloorRules, who: Who | None, now: datetime, mode: ModeState
) -> tuple[FloorRow | None, Cap | None]:
    """The first row that reaches, or why none does."""
    authority, direction = section.authority, view.crossing.direction
    unsigned = rules.find_unsigned(authority)
    if unsigned is not None:
        return None, Cap(authority, text("floor.cap.unsigned", owner=unsigned.value))
    if who is None:
        return None, Cap(authority, text("floor.cap.who"))
    rows = tuple(rules.of(who, authority, direction))
    lists = dict(view.screening.oldest).get(authority)
    reaching = [row for row in rows if _covers(row, section, lists, now, mode.minutes(authority))]
    holding = next((row for row in reaching if mode.reaches or not row.degraded), None)
    if holding is not None:
        return holding, None
    return None, Cap(authority, _too_old(section, lists, now, rows), declared=bool(reaching))


def _covers(row: FloorRow, section: Section, lists: datetime | None, now: datetime, loosened: int) -> bool:
    if lists is not None and now - lists > timedelta(minutes=max(row.list_minutes, loosened)):
        return False
    if section.source is SourceState.LIVE:
        return True
    if section.source is SourceState.NOT_CHECKED or section.as_of is None:
        return row.unheld
    return row.unheld or now - section.as_of <= timedelta(minutes=max(row.minutes, loosened))


def _too_old(section: Section, lists: datetime | None, now: datetime, rows: tuple[FloorRow, ...]) -> Text:
    """What is too old, in words: the list where it is, the section where it is, or that nothing is held."""
    most = max((row.list_minutes for row in rows), default=0)
    if lists is not None and now - lists > timedelta(minutes=most):
        return text("floor.cap.list", hours=_hours(now - lists), most=most // 60)
    if section.source is SourceState.CACHED and section.as_of is not None:
        return text("floor.cap.section", hours=_hours(now - section.as_of))
    return text("floor.cap.unheld")


def _hours(age: timedelta) -> int:
    return int(age.total_seconds()) // 3600
