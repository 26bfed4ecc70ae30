"""The border control system's JSON: camelCase, ISO 8601 dates, ICAO state codes, enumerations in capitals."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic.alias_generators import to_camel

from ..wire import Foreign, Instant

State = Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")]
Number = Annotated[str, Field(min_length=1, max_length=24, pattern=r"^[A-Z0-9<]+$")]
Indicator = Literal["NO_RETURN_TICKET", "SAME_SPONSOR", "INCONSISTENT_ANSWERS", "NO_FAMILY_PROOF", "PURPOSE_UNCLEAR"]


class _Camel(Foreign, alias_generator=to_camel):
    pass


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


class Hit(_Camel):
    """A listed restriction; without `end` it lasts as long as the law says."""

    kind: Literal["TANGKAL", "CEGAH", "LOST_DOCUMENT"]
    reference: str
    status: Literal["CANDIDATE", "VERIFIED"]
    start: date
    end: date | None = None
    extended: bool = False


class Visa(_Camel):
    """The permission to enter that is on file."""

    status: Literal["EXEMPT", "ON_ARRIVAL", "VALID", "NONE"]
    valid_until: date | None = None


class Stay(_Camel):
    """The stay that was granted at the last entry."""

    until: date


class Passage(_Camel):
    """One earlier crossing."""

    on: date
    direction: Literal["ENTRY", "EXIT"]


class Guardian(_Camel):
    """Whom a minor travels with."""

    relation: Literal["PARENT", "RELATIVE", "OTHER"]
    document: DocumentRef


class Answer(_Camel):
    """What the system knows of one traveller. `result` and `hits` have to agree."""

    result: Literal["HIT", "NO_HIT"]
    as_of: Instant
    hits: Annotated[tuple[Hit, ...], Field(max_length=50)] = ()
    visa: Visa | None = None
    stay: Stay | None = None
    history: Annotated[tuple[Passage, ...], Field(max_length=1000)] = ()
    refused_on: Annotated[tuple[date, ...], Field(max_length=100)] = ()
    overstayed_on: Annotated[tuple[date, ...], Field(max_length=100)] = ()
    indicators: Annotated[tuple[Indicator, ...], Field(max_length=20)] = ()
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
