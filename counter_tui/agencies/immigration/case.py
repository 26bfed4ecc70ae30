"""One traveller's case at immigration: the question, the answer, and where what follows from them is collected."""

from dataclasses import dataclass
from datetime import date

from ...domain.texts import Text, text
from ..elements import Unmapped
from ..limits import Limits
from ..ports import Inquiry, Seal
from ..reporting import Report
from .standard import Answer


@dataclass(frozen=True, slots=True)
class Case:
    """What every part of the answer is read with."""

    inquiry: Inquiry
    answer: Answer
    limits: Limits
    report: Report
    seal: Seal
    unmapped: Unmapped

    @property
    def today(self) -> date:
        """The day at the post."""
        return self.inquiry.at.date()

    @property
    def foreign(self) -> bool:
        """Whether the traveller is not a citizen."""
        return self.inquiry.document.nationality != self.limits.home_country

    def origin(self, system: str, reference: str | None = None) -> str:
        """An original record of immigration's own; its fields are named after what this gives."""
        return self.report.origin(f"imm.{system}", reference or "", self.answer.as_of)

    def field(self, name: str, value: str | Text | int | date | None, origin: str) -> None:
        """One value of a record; nothing where it is absent."""
        if isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, int):
            value = str(value)
        self.report.field(f"imm.{name}", value or None, origin)


def word(code: str, **params: str | int) -> Text:
    """A coded value of a field."""
    return text(f"value.imm.{code}", **params)
