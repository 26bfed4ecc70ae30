"""How a resident stands, as a screen tells it: what is left, by whose word, as of when; and where two words differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..words import SourceState
from .amounts import of_field
from .balance import Balance, Debt, Grant
from .residents import Resident
from .spending import Room
from .terms import Terms

if TYPE_CHECKING:
    from ..sections import Field, Section


@dataclass(frozen=True, slots=True)
class AgencyCount:
    """What the agency's own record says: the card, its month, what is used and what is declared now (sen)."""

    card: str
    month: str
    used: int
    declared: int
    source: SourceState
    as_of: datetime | None

    def since(self, of: Balance) -> int:
        """What was granted after this record was asked for: it cannot have counted that yet."""
        return sum(grant.sen for grant in of.grants if self.as_of is not None and grant.act.at >= self.as_of)

    def counted(self, of: Balance) -> int:
        """What it will count of this month, as far as is known here; 0 where it is of another."""
        return self.used + self.since(of) if self.month == of.month else 0


@dataclass(frozen=True, slots=True)
class Standing:
    """On one crossing. `source`: LIVE, the single window answered on it; CACHED, as it was heard here, `as_of` then.

    `elsewhere` is held in shares by other counters; `unconfirmed` are supervisor's grants with how they stand.
    """

    resident: Resident
    crossing: str
    terms: Terms
    balance: Balance
    room: Room
    source: SourceState
    as_of: datetime | None
    agency: AgencyCount | None = None
    elsewhere: int = 0
    outside: int = 0
    slice: int = 0
    debts: tuple[Debt, ...] = ()
    unconfirmed: tuple[tuple[Grant, str], ...] = ()
    asking: bool = False

    @property
    def used(self) -> int:
        """What is used by this ledger's word."""
        return self.balance.used + max(0, self.outside - self.balance.outside)

    @property
    def left(self) -> int:
        """What is left by the word that leaves less."""
        agency = self.agency.counted(self.balance) if self.agency is not None else 0
        return max(0, self.terms.allowance - max(self.used, agency))

    @property
    def since(self) -> int:
        """What was granted after the agency's record was asked for."""
        return self.agency.since(self.balance) if self.agency is not None else 0

    @property
    def differs(self) -> bool:
        """Whether the agency's record says another thing of this month than this ledger did when it was asked for."""
        if self.agency is None or self.agency.month != self.balance.month:
            return False
        return self.agency.used not in {self.used, self.used - self.since}

    @property
    def open(self) -> int:
        """What is declared on this crossing and was not granted on it yet."""
        here = sum(grant.sen for grant in self.balance.grants if grant.deed.crossing == self.crossing)
        return max(0, self.declared - here)

    @property
    def over(self) -> int:
        """What of that cannot be granted here."""
        return max(0, self.open - self.room.total)

    @property
    def declared(self) -> int:
        """What is declared on this crossing."""
        return self.agency.declared if self.agency is not None else 0


def agency_count(section: Section | None, currency: str) -> AgencyCount | None:
    """What a section of customs says of a resident's card; None where it says nothing."""
    if section is None or section.source is SourceState.NOT_CHECKED:
        return None
    card, used = _value(section.fields, "cust.kilb-number"), _sen(section.fields, "cust.kilb-used", currency)
    if not card or used is None:
        return None
    month = _value(section.fields, "cust.kilb-month")
    declared = _sen(section.fields, "cust.kilb-declared", currency) or 0
    return AgencyCount(card, month, used, declared, section.source, section.as_of)


def card_of(section: Section | None) -> str:
    """The number of the shopping card in a section of customs; "" where there is none."""
    return _value(section.fields, "cust.kilb-number") if section is not None else ""


def _value(fields: Iterable[Field], name: str) -> str:
    return next((f.value for f in fields if f.name == name and isinstance(f.value, str)), "")


def _sen(fields: Iterable[Field], name: str, currency: str) -> int | None:
    value = _value(fields, name)
    return of_field(value, currency) if value else None
