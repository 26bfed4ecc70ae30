"""What a passenger list says: its journeys, its travellers, and everything in it that was not used or looks wrong.

Texts are as the list has them, without controls; states are ICAO codes without fillers ("IDN", "D").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from ...domain.documents import Document, PartialDate
from ...domain.texts import Text, text

MOST_REMARKS: Final = 10_000
"""Remarks of a file that are kept; the rest are counted."""
LONGEST: Final = 256
"""Characters of a value; names take 64 at most."""
SHOWN: Final = 48
"""Characters of a value that a remark shows."""

PASSENGER, CREW, DRIVER = "FL", "FM", "VW"
ROLES: Final = frozenset({PASSENGER, CREW, DRIVER, "DDT", "DDU"})
"""Who travels, as PAXLST says it (3035): passenger, crew, driver; crew and passengers in transit."""
CREW_ROLES: Final = frozenset({CREW, DRIVER, "DDT"})

Layout = Literal["paxlst", "csv", "xlsx"]
ListedSex = Literal["M", "F", "X", ""]


@dataclass(frozen=True, slots=True, repr=False)
class Remark:
    """Something to know of a list, and where it stands: `line` is 1-based, in a sheet the row.

    `place` is the segment and its number in the message, or the column with its heading; "" for the line as a whole.
    """

    file: str
    line: int
    text: Text
    place: str = ""

    def __repr__(self) -> str:
        """Without what stands there."""
        return f"Remark({self.file}:{self.line}: {self.text.code})"


class Remarks:
    """Collects them, in bounds."""

    def __init__(self, file: str) -> None:
        """`file` is the name that remarks bear."""
        self.file = file
        self.kept: list[Remark] = []
        self.beyond = 0
        """How many more there were."""

    def add(self, line: int, code: str, place: str = "", /, **params: str | int) -> Text:
        """Keep a remark; its text, for the traveller it is about. Values are cut to what is shown."""
        shown = {name: said[:SHOWN] if isinstance(said, str) else said for name, said in params.items()}
        said = text(code, **shown)
        if len(self.kept) < MOST_REMARKS:
            self.kept.append(Remark(self.file, line, said, place))
        else:
            self.beyond += 1
        return said


@dataclass(frozen=True, slots=True, repr=False)
class ListedDocument:
    """A document of a traveller, as listed: `code` as in a zone ("P", "V", "ID"), "" where the list tells none."""

    code: str = ""
    number: str = ""
    issuing_state: str = ""
    expiry: PartialDate | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Traveller:
    """One traveller of a list; `line` is where they begin, `journey` which of the list's journeys it is.

    `documents`: the travel document first. `others` is what else is known of them, by name. `zone` is the document of
    a zone that stands in the list and holds. `problems` are the remarks about them.
    """

    line: int
    role: str
    surname: str
    given_names: str = ""
    sex: ListedSex = ""
    birth: PartialDate | None = None
    nationality: str = ""
    documents: tuple[ListedDocument, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)
    zone: Document | None = None
    journey: int = 0
    problems: tuple[Text, ...] = ()

    @property
    def document(self) -> ListedDocument:
        """The travel document; an empty one where none is listed."""
        return self.documents[0] if self.documents else ListedDocument()

    @property
    def full_name(self) -> str:
        """`SURNAME GIVEN NAMES`, as lists of names are asked."""
        return f"{self.surname} {self.given_names}".strip()


@dataclass(frozen=True, slots=True)
class Call:
    """A place (a code or a name, as listed) and a time there: ISO 8601, the place's own, to the minute or the day."""

    place: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Leg:
    """From one place to the next. `mode` as in UN recommendation 19: 1 sea, 2 rail, 3 road, 4 air."""

    service: str = ""
    carrier: str = ""
    mode: str = ""
    vehicle: str = ""
    departure: Call = Call()
    arrival: Call = Call()


@dataclass(frozen=True, slots=True)
class Journey:
    """What a list is about. `kind` is PAXLST's (1001): 745 passengers, 250 crew, 266 status.

    `passengers` and `crew` are the numbers that it declares. `reporter` is who sent it, with ways to reach them.
    """

    kind: str = ""
    reference: str = ""
    reporter: str = ""
    contacts: tuple[str, ...] = ()
    legs: tuple[Leg, ...] = ()
    passengers: int | None = None
    crew: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Manifest:
    """A list as read: `digest` is the SHA-256 of its bytes, in hex; `beyond`: remarks that were not kept."""

    file: str
    layout: Layout
    digest: str
    journeys: tuple[Journey, ...]
    travellers: tuple[Traveller, ...]
    remarks: tuple[Remark, ...]
    beyond: int = 0

    def __repr__(self) -> str:
        """Without a person."""
        return f"Manifest({self.file}, {self.layout}, {len(self.travellers)} travellers)"
