"""The quarantine system's JSON: items carried, each with a category and its certificates as scheme, code and number.

A certificate of another country comes as data, or whole, as the `document` that country's system issued (`ephyto`).
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field
from pydantic.alias_generators import to_camel

from ..wire import Foreign, Instant

Category = Literal[
    "PORK",
    "POULTRY",
    "EGG",
    "RUMINANT_MEAT",
    "RABIES_ANIMAL",
    "ANIMAL",
    "SEED",
    "SOIL",
    "PLANT",
    "FISH",
    "CITES",
]
Amount = Annotated[str, Field(max_length=40)] | int | float
"""A number, or one as text; whether it is one is for `quantities` to say."""
Day = Annotated[date, Field(ge=date(1900, 1, 1), lt=date(2200, 1, 1))]
LONGEST_DOCUMENT = 64 << 10


class _Camel(Foreign, alias_generator=to_camel):
    pass


class Question(_Camel):
    """What is asked of one traveller; `direction` is IN or OUT."""

    issuing_state: str
    document_number: str
    direction: Literal["IN", "OUT"]


class Consignee(_Camel):
    """Whom a certificate was made out to."""

    name: str | None = None
    document_number: str | None = None


class Certified(_Camel):
    """A health or phytosanitary certificate, as data."""

    scheme: str
    code: Annotated[str, Field(min_length=1, max_length=24)]
    number: str
    country: str | None = None
    issued: Day | None = None
    valid_until: Day | None = None
    quantity: Amount | None = None
    unit: str | None = None
    species: str | None = None
    category: Category | None = None
    consignee: Consignee | None = None
    status: str | None = None


class Whole(_Camel):
    """A certificate as its own country's system issued it: XML."""

    document: Annotated[str, Field(min_length=1, max_length=LONGEST_DOCUMENT)]


class Item(_Camel):
    """One thing carried. `declared`: the traveller said so; otherwise it was found."""

    line: Annotated[int, Field(ge=1, le=1000)]
    category: Category
    commodity: str
    quantity: Amount
    unit: str
    declared: bool
    origin: str | None = None
    species: str | None = None
    certificates: Annotated[tuple[Certified | Whole, ...], Field(max_length=20)] = ()


class Answer(_Camel):
    """What the system knows of the bearer of one document; nothing known is an answer without items."""

    issuing_state: str
    document_number: str
    as_of: Instant
    items: Annotated[tuple[Item, ...], Field(max_length=100)] = ()
    held_before: bool = False
