"""The security list as its owner publishes it: a signed head that names the version in force, snapshots, deltas.

    GET  /lists/current          Envelope: the signed manifest of the snapshot in force
    GET  /lists/VERSION          that snapshot: JSON Lines, an entry each (`Listing`)
    GET  /lists/VERSION/from/OLD what leads there from an older version: a line of Envelope, then JSON Lines of
                                 {"put": entry} and {"drop": "REF"}; 404 where there is none
    POST /sightings              Sighting: who crosses, so that the owner matches its discreet entries itself

Manifests are those of `agencies.lists.signed`. Handling codes say what a counter does: H1 log, H2 refer, H3 hold,
H4 danger, H5 discreet, H6 protect, H7 document, H8 medical, H9 privilege. A discreet entry never leaves its owner.
"""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator
from pydantic.alias_generators import to_camel

from ..wire import Foreign, Instant

CURRENT: Final = "/lists/current"
LISTS: Final = "/lists/"
FROM: Final = "/from/"
SIGHTINGS: Final = "/sightings"

Handling = Literal["H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8", "H9"]
DISCREET: Final = "H5"
Colour = Literal["RED", "BLUE", "GREEN", "YELLOW", "BLACK", "ORANGE", "PURPLE", "UN"]

OF_COLOUR: Final[dict[Colour, Handling]] = {
    "RED": "H3",  # locate and arrest provisionally
    "BLUE": "H2",  # locate, identify, inform
    "GREEN": "H2",  # a warning of what somebody may do
    "YELLOW": "H6",  # a missing person, often a minor
    "BLACK": "H1",  # a body that nobody has identified
    "ORANGE": "H4",  # an imminent threat
    "PURPLE": "H1",  # how crimes are done
    "UN": "H3",  # under sanctions of the Security Council
}
"""What a counter does on an INTERPOL notice where its entry names no handling code of its own."""


class _Camel(Foreign, alias_generator=to_camel):
    pass


class Envelope(_Camel):
    """A manifest as it was signed, and who signed it: key and signature in base64."""

    manifest: Annotated[str, Field(max_length=4096)]
    key: Annotated[str, Field(max_length=64)]
    signature: Annotated[str, Field(max_length=128)]


class ListedDocument(_Camel):
    """A travel document by issuing state and number."""

    issuing_state: Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")]
    number: Annotated[str, Field(min_length=1, max_length=24)]


class Notice(_Camel):
    """An INTERPOL notice."""

    colour: Colour
    number: Annotated[str, Field(max_length=32)]


Name = Annotated[str, Field(min_length=1, max_length=120)]


class Listing(_Camel):
    """One entry: whom it is about, and how a counter handles them; `call` is whom it calls.

    A `sealed` one shows its owner and floor only. Without a handling code it has a notice, whose colour gives one.
    """

    ref: Annotated[str, Field(min_length=1, max_length=64)]
    owner: Annotated[str, Field(min_length=1, max_length=32)]
    handling: Handling | None = None
    category: Annotated[str, Field(repr=False)] = ""
    name: Annotated[Name, Field(repr=False)]
    aliases: Annotated[tuple[Name, ...], Field(max_length=50, repr=False)] = ()
    birth_date: Annotated[date | None, Field(repr=False)] = None
    documents: Annotated[tuple[ListedDocument, ...], Field(max_length=20, repr=False)] = ()
    notice: Notice | None = None
    call: Annotated[str, Field(max_length=64)] = ""
    sealed: bool = False
    floor: Literal["AMBER", "RED"] = "AMBER"

    @model_validator(mode="after")
    def _handled(self) -> "Listing":
        if self.handling is None and self.notice is None:
            raise ValueError("handling")
        return self

    @property
    def code(self) -> Handling:
        """The handling code."""
        if self.handling is not None:
            return self.handling
        assert self.notice is not None, "one of the two is there"
        return OF_COLOUR[self.notice.colour]


class Put(_Camel):
    """An operation of a delta: an entry that is new, or in the place of the one with its reference."""

    put: Listing | None = None
    drop: Annotated[str | None, Field(min_length=1, max_length=64)] = None

    @model_validator(mode="after")
    def _one(self) -> "Put":
        if (self.put is None) is (self.drop is None):
            raise ValueError("put or drop")
        return self


class Sighting(_Camel):
    """Who crosses: the same is told of everybody, so that nothing shows on whom the owner's eye is."""

    document: ListedDocument
    name: Annotated[str, Field(max_length=200, repr=False)]
    birth_date: Annotated[str, Field(max_length=10, repr=False)]
    direction: Literal["ENTRY", "EXIT"]
    lane: Annotated[str, Field(max_length=32)]
    at: Instant
