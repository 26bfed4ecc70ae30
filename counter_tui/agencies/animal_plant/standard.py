"""The quarantine system's JSON: items carried, each with a category and its certificates as scheme, code and number."""

from decimal import Decimal
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


class _Camel(Foreign, alias_generator=to_camel):
    pass


class Question(_Camel):
    """What is asked of one traveller; `direction` is IN or OUT."""

    issuing_state: str
    document_number: str
    direction: Literal["IN", "OUT"]


class Certificate(_Camel):
    """A health or phytosanitary certificate."""

    scheme: str
    code: Annotated[str, Field(min_length=1, max_length=24)]
    number: str


class Item(_Camel):
    """One thing carried. `declared`: the traveller said so; otherwise it was found."""

    line: Annotated[int, Field(ge=1, le=1000)]
    category: Category
    commodity: str
    quantity: Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=3)]
    unit: Literal["KG", "HEAD", "PCS"]
    declared: bool
    origin: str | None = None
    certificates: Annotated[tuple[Certificate, ...], Field(max_length=20)] = ()


class Answer(_Camel):
    """What the system knows of one traveller; nothing known is an answer without items."""

    as_of: Instant
    items: Annotated[tuple[Item, ...], Field(max_length=100)] = ()
    held_before: bool = False
