"""Until when a foreigner who is admitted may stay: from the kind of document, or from the visa, and by which rule."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from .documents.kinds import DocumentRules, RuleName
from .outcome import PERSON
from .texts import Text
from .words import Authority, Direction, Outcome

if TYPE_CHECKING:
    from .crossings import Crossing
    from .sections import Section
    from .view import MergedView

VISA_FIELD: Final = "imm.visa"
UNTIL_FIELD: Final = "imm.stay-until"
_VISA_WORD: Final = "visa-"
_ADMITTED: Final = frozenset({Outcome.CLEAR, Outcome.CLEAR_COND})


@dataclass(frozen=True, slots=True)
class StayRule:
    """Bearers with this visa (`exempt`, `on-arrival`, `valid`) of these nationalities (none: any) may stay `days`.

    `days` 0: the rule gives none, and the officer types what the visa says. `doubt` is none, memory, design, disputed.
    """

    id: str
    visa: str
    days: int
    legal_basis: str
    doubt: str
    valid_from: date
    nationalities: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StayRules:
    """The rows of one version, the first that fits counts. `entry_counts`: the day of entry is the first day."""

    version: str
    entry_counts: bool
    rows: tuple[StayRule, ...]


@dataclass(frozen=True, slots=True)
class Stay:
    """The last day, and the rule that says so. `until` None: to be typed. `capped`: the document ends earlier.

    `stamp` and `page` are what was recorded of it, "" before.
    """

    until: date | None
    rule: str
    days: int
    legal_basis: str
    doubt: str
    capped: bool = False
    stamp: str = ""
    page: str = ""


def permitted_stay(
    view: "MergedView", kinds: DocumentRules | None, rules: StayRules, outcome: Sequence[tuple[object, Outcome]]
) -> Stay | str:
    """How long the bearer may stay; or the code for why nothing is said of it.

    `outcome` is that of the decision. `stay.exit`, `stay.citizen`, `stay.not-admitted`, `stay.unknown` (no rule fits).
    """
    crossing = view.crossing
    if crossing.direction is not Direction.ENTRY:
        return "stay.exit"
    if view.circumstances.citizen:
        return "stay.citizen"
    if dict(outcome).get(PERSON) not in _ADMITTED:
        return "stay.not-admitted"
    found = _by_document(crossing, kinds, rules) or _by_visa(view, kinds, rules)
    return _capped(found, crossing) if found is not None else "stay.unknown"


def last_day(entered: date, days: int, *, entry_counts: bool) -> date:
    """The last of so many days."""
    return entered + timedelta(days=days - 1 if entry_counts else days)


def _by_document(crossing: "Crossing", kinds: DocumentRules | None, rules: StayRules) -> Stay | None:
    if kinds is None:
        return None
    kind = kinds.find_kind(crossing.document)
    for rule in kinds.of(kind):
        if rule.name is RuleName.STAY_DAYS:
            until = last_day(crossing.opened_at.date(), rule.number, entry_counts=rules.entry_counts)
            return Stay(until, f"{rule.kind}.stay-days", rule.number, rule.basis.source, rule.basis.doubt)
    return None


def _by_visa(view: "MergedView", kinds: DocumentRules | None, rules: StayRules) -> Stay | None:
    crossing, visa = view.crossing, visa_of(view.section(Authority.IMMIGRATION))
    kind = kinds.find_kind(crossing.document) if kinds is not None else None
    on = crossing.opened_at.date()
    for row in rules.rows:
        fits = (
            row.valid_from <= on
            and row.visa == visa
            and (not row.nationalities or crossing.document.nationality in row.nationalities)
            and (not row.kinds or (kind is not None and kind.code in row.kinds))
        )
        if fits:
            until = last_day(on, row.days, entry_counts=rules.entry_counts) if row.days else None
            return Stay(until, row.id, row.days, row.legal_basis, row.doubt)
    return None


def visa_of(section: "Section") -> str:
    """`exempt`, `on-arrival`, `valid` or `none` as immigration has it; "" where it says nothing here."""
    for field in section.fields:
        if field.name == VISA_FIELD and isinstance(field.value, Text):
            return field.value.code.rpartition(".")[2].removeprefix(_VISA_WORD)
    exempt = any(fact.code == "fact.imm.visa-exempt" for fact in section.facts)
    return "exempt" if exempt else ""


def _capped(stay: Stay, crossing: "Crossing") -> Stay:
    """Nobody may stay for longer than the document is good."""
    expiry = crossing.document.expiry.latest() if crossing.document.expiry else None
    if stay.until is None or expiry is None or expiry >= stay.until:
        return stay
    return replace(stay, until=expiry, capped=True)
