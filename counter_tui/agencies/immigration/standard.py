"""The border control system's JSON: camelCase, ISO 8601 dates, ICAO state codes, enumerations in capitals.

Codes that we do not know do not make an answer unreadable: they are said to be not understood.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic.alias_generators import to_camel

from ..wire import Foreign, Instant

State = Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")]
Number = Annotated[str, Field(min_length=1, max_length=24, pattern=r"^[A-Z0-9<]+$")]
Code = str
"""A code of a list; what it stands for is looked up, and what nobody knows is said."""
Day = Annotated[date, Field(ge=date(1900, 1, 1), lt=date(2200, 1, 1))]
"""Far from both ends of the calendar, where counting in months overflows."""
FOR_EVER = date(9999, 12, 31)
LastDay = Annotated[date, Field(ge=date(1900, 1, 1))]
"""An end; that of the calendar stands for none."""


class _Camel(Foreign, alias_generator=to_camel, extra="allow"):
    def __repr__(self) -> str:
        """Its name alone: what is in it is personal."""
        return f"{type(self).__name__}(...)"

    __str__ = __repr__


class DocumentRef(_Camel):
    """A travel document by issuing state and number."""

    issuing_state: State
    number: Number


class Question(_Camel):
    """What is asked of one traveller; `direction` is ENTRY or EXIT."""

    document: DocumentRef
    nationality: str
    direction: Literal["ENTRY", "EXIT"]
    lane: str
    at: Instant


class AboutDocument(_Camel):
    """The document that an answer is about."""

    issuing_state: str
    number: str


class Holder(_Camel):
    """To whom the document was issued, as the system has it."""

    surname: str = ""
    given_names: str = ""
    birth: Day | None = None
    sex: Code | None = None
    nationality: Code | None = None


class DocumentState(_Camel):
    """What became of the document, since when, and which one replaced it."""

    status: Code
    since: Day | None = None
    replaced_by: DocumentRef | None = None


class Portrait(_Camel):
    """Where the holder's portrait is kept."""

    reference: str
    taken: Day | None = None


class Hit(_Camel):
    """A listed restriction, and who decided it; without `end` it lasts as long as the law says.

    `extended`: once, from `extended_on`. `reason` is the owner's alone.
    """

    kind: Code
    reference: str
    status: Code
    start: Day
    end: LastDay | None = None
    extended: bool = False
    extended_on: Day | None = None
    lifetime: bool = False
    issuer: str | None = None
    decision_number: str | None = None
    reason: Annotated[str | None, Field(repr=False)] = None


class Visa(_Camel):
    """The permission to enter that is on file; without `entries_left` there is no limit to them."""

    status: Code
    kind: str | None = None
    number: str | None = None
    valid_until: LastDay | None = None
    entries_left: Annotated[int, Field(ge=0, le=1000)] | None = None


class Stay(_Camel):
    """The stay that was granted at the last entry."""

    until: Day
    granted: Day | None = None
    permit_kind: str | None = None
    permit_number: str | None = None
    extended: Annotated[int, Field(ge=0, le=100)] = 0


class Passage(_Camel):
    """One earlier crossing: where, which way, and on which document."""

    on: Day
    direction: Code
    post: str | None = None
    document: AboutDocument | None = None


class Refusal(_Camel):
    """An earlier refusal, on a ground A to J of UU 6/2011 art. 13(1)."""

    on: Day
    ground: Code | None = None
    post: str | None = None


class Overstay(_Camel):
    """An earlier overstay: the day it was found, and how many days it was."""

    on: Day
    days: Annotated[int, Field(ge=0, le=100_000)] | None = None


class Guardian(_Camel):
    """Whom a minor travels with."""

    relation: Code
    document: DocumentRef


class Answer(_Camel):
    """What the system knows of one traveller. `result` and `hits` have to agree.

    `history` may come in any order; of one day, the latest crossing is first.
    """

    result: Literal["HIT", "NO_HIT"]
    as_of: Instant
    document: AboutDocument
    holder: Holder | None = None
    document_state: DocumentState | None = None
    portrait: Portrait | None = None
    hits: Annotated[tuple[Hit, ...], Field(max_length=50)] = ()
    visa: Visa | None = None
    stay: Stay | None = None
    history: Annotated[tuple[Passage, ...], Field(max_length=1000)] = ()
    refusals: Annotated[tuple[Refusal, ...], Field(max_length=100)] = ()
    overstays: Annotated[tuple[Overstay, ...], Field(max_length=100)] = ()
    indicators: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    guardian: Guardian | None = None
    residence: str | None = None
    identity_open: bool = False

    @model_validator(mode="after")
    def _agrees(self) -> "Answer":
        if (self.result == "HIT") is not bool(self.hits):
            raise ValueError("result and hits disagree")
        return self


class ManifestGroup(_Camel):
    """Travellers announced together."""

    id: Annotated[str, Field(min_length=1, max_length=64)]
    kind: Literal["FAMILY", "BUS", "BATCH"]
    name: str
    headcount: Annotated[int, Field(ge=0, le=1000)]
    due: Instant | None = None


class VisualDocument(_Camel):
    """A document without a zone, as it is registered."""

    kind: Literal["BORDER_PASS", "SEAFARERS_BOOK", "EMERGENCY", "IN_LIEU_OF_PASSPORT"]
    number: Annotated[str, Field(min_length=1, max_length=24, pattern=r"^[A-Z0-9 ./-]+$")]
    issuing_state: State
    nationality: State
    surname: Annotated[str, Field(min_length=1, max_length=64)]
    given_names: Annotated[str, Field(max_length=64)] = ""
    sex: Literal["M", "F", "X"]
    birth: date
    expiry: date | None = None


class ManifestTraveller(_Camel):
    """One traveller announced: with the zone of the document as it was read before, or as it is registered."""

    mrz: Annotated[tuple[Annotated[str, Field(max_length=44)], ...], Field(max_length=3)] = ()
    visual: VisualDocument | None = None
    direction: Literal["ENTRY", "EXIT"]
    group: str | None = None
    guardian: DocumentRef | None = None


class Manifest(_Camel):
    """Who is expected."""

    as_of: Instant
    groups: Annotated[tuple[ManifestGroup, ...], Field(max_length=1000)] = ()
    travellers: Annotated[tuple[ManifestTraveller, ...], Field(max_length=10_000)] = ()
