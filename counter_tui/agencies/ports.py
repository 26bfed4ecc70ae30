"""What a connector needs, and what it gives: one question about one traveller, one authority's section in answer."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from ..domain.crossings import Group
from ..domain.documents import Document
from ..domain.sections import Sealed, Section
from ..domain.words import Authority, Direction


class Seal(Protocol):
    """What an agency's own key does; it runs beside the connector, so that the clear text goes no further."""

    def __call__(self, detail: bytes) -> Sealed:
        """Encrypt a detail for its owner alone."""
        ...

    def name(self, *parts: str) -> str:
        """A name that tells only the owner which parts it stands for: the same for the same parts while the key is."""
        ...


@dataclass(frozen=True, slots=True)
class FetchAnswer:
    """What an agency's system answered: the HTTP status and the body, not yet understood."""

    status: int
    body: bytes = field(repr=False)


class Fetch(Protocol):
    """The way to one agency's system. The driver behind it knows the address, and bounds time and size."""

    async def __call__(
        self, method: str, path: str, *, body: bytes = b"", content_type: str = "application/json"
    ) -> FetchAnswer:
        """Ask, and give the answer, whatever its status; AgencyError `agency.no-answer` where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One traveller at a counter. `at` is aware, in the post's own zone: its date is the day that limits count from."""

    document: Document
    direction: Direction
    lane: str
    at: datetime

    @property
    def issuer(self) -> str:
        """The issuing state; XXX, unspecified, where no document was presented."""
        return self.document.issuing_state or "XXX"

    @property
    def number(self) -> str:
        """The document number as systems know it: letters and digits only."""
        return self.document.key.partition(":")[2]


class Connector(Protocol):
    """One authority's side of the joint view."""

    @property
    def authority(self) -> Authority:
        """Whose section it gives."""
        ...

    async def section(self, inquiry: Inquiry) -> Section:
        """The authority's section, live.

        Raises AgencyError `agency.no-answer`, `agency.refused` (its status), `agency.not-understood` (why, as a code)
        or `agency.other-traveller`: what cannot be read rightly is not read at all.
        """
        ...


@runtime_checkable
class Discreet(Protocol):
    """A connector whose authority matches some persons itself, so that nobody notices, the post least of all."""

    async def discreet(self, inquiry: Inquiry) -> None:
        """Tell the authority who crosses: of everybody the same. AgencyError as for a section."""
        ...


@dataclass(frozen=True, slots=True)
class ExpectedTraveller:
    """A traveller whom the immigration system expects. `guardian` is the document key of whom a minor travels with."""

    document: Document
    direction: Direction
    group: Group | None = None
    guardian: str | None = None
