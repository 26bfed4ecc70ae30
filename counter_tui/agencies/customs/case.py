"""One traveller's case at customs: the question, the answer, and where what follows from them is collected."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...domain.texts import Text, text
from ...domain.words import Direction
from ..elements import Unmapped
from ..limits import Limits
from ..ports import Inquiry
from ..reporting import Report
from .rates import Rates, money
from .standard import Jawab
from .values import Currency


@dataclass(frozen=True, slots=True)
class Case:
    """What every part of the answer is read with."""

    inquiry: Inquiry
    answer: Jawab
    limits: Limits
    report: Report
    rates: Rates
    unmapped: Unmapped

    @property
    def today(self) -> date:
        """The day at the post."""
        return self.inquiry.at.date()

    @property
    def arriving(self) -> bool:
        """Whether the traveller comes in: what is declared on arrival calls for nothing on the way out."""
        return self.inquiry.direction is Direction.ENTRY

    def origin(self, system: str, reference: str | None) -> str:
        """An original record of customs' own; its fields are named after what this gives."""
        return self.report.origin(f"cust.{system}", reference or "", self.answer.waktu_data)

    def field(self, name: str, value: str | Text | int | date | None, origin: str) -> None:
        """One value of a record; nothing where it is absent."""
        if isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, int):
            value = str(value)
        self.report.field(f"cust.{name}", value, origin)

    def amount(self, name: str, currency: Currency, amount: Decimal | None, origin: str) -> None:
        """One amount of money."""
        if amount is not None:
            self.field(name, money(currency, amount), origin)


def word(code: str, **params: str | int) -> Text:
    """A coded value of a field."""
    return text(f"value.cust.{code}", **params)
