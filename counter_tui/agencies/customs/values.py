"""Values of customs' forms, which read the same from JSON and from XML.

Amounts are decimal numbers as text (a number of JSON would lose digits), dates ISO 8601, currencies ISO 4217, units
of UN/ECE recommendation 20. Texts lose what no form can hold: control characters, and blanks around and in a row.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic.alias_generators import to_camel

from ..wire import Foreign

_AMOUNT: Final = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")
_QUANTITY: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,3})?")
_RATE: Final = re.compile(r"(?=.*[1-9])[0-9]{1,9}(\.[0-9]{1,6})?")
_COUNT: Final = re.compile(r"[0-9]{1,6}")
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Form(Foreign, alias_generator=to_camel, extra="allow"):
    """A part of a form; elements that we have no field for are kept aside, to be said."""

    def __repr__(self) -> str:
        """Its name alone: what is in it is personal."""
        return f"{type(self).__name__}(...)"

    __str__ = __repr__

    def as_plain(self) -> dict[str, Any]:
        """Its own elements by their names in the form, as JSON has them; what is absent, and what is extra, is not."""
        values = ((info.alias or name, getattr(self, name)) for name, info in type(self).model_fields.items())
        return {name: _plain(value) for name, value in values if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, Form):
        return value.as_plain()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, int) else str(value)


def _decimal(value: Any, shape: re.Pattern[str]) -> Decimal:
    if isinstance(value, str) and shape.fullmatch(value):
        return Decimal(value)
    raise ValueError("no decimal number as text")


def _amount(value: Any) -> Decimal:
    return _decimal(value, _AMOUNT)


def _quantity(value: Any) -> Decimal:
    return _decimal(str(value) if type(value) is int else value, _QUANTITY)


def _rate(value: Any) -> Decimal:
    return _decimal(value, _RATE)


def _count(value: Any) -> int:
    said = str(value) if type(value) is int else value
    if isinstance(said, str) and _COUNT.fullmatch(said):
        return int(said)
    raise ValueError("no count")


def _tidy(value: str | None) -> str | None:
    return " ".join(_NOT_IN_XML.sub("\ufffd", value).split()) or None if value else None


def _answer(value: Any) -> Any:
    if isinstance(value, bool):
        return "YA" if value else "TIDAK"
    return value


Amount = Annotated[Decimal, BeforeValidator(_amount)]
Quantity = Annotated[Decimal, BeforeValidator(_quantity)]
Rate = Annotated[Decimal, BeforeValidator(_rate)]
Count = Annotated[int, BeforeValidator(_count)]
Words = Annotated[str | None, AfterValidator(_tidy)]
Code = Words
"""A code of a list; what it stands for is looked up, and what nobody knows is said."""
Answer = Annotated[str | None, BeforeValidator(_answer), AfterValidator(_tidy)]
"""YA or TIDAK (in JSON also true and false); anything else is not understood."""
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Day = Annotated[date, Field(ge=date(1900, 1, 1), lt=date(2200, 1, 1))]
"""Far from both ends of the calendar, where counting in months overflows."""
