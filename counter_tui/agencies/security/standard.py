"""The security list's JSON: a head that names the version in force, and whole snapshots by version.

Handling codes say what a counter does: H1 log, H2 refer, H3 hold, H4 danger, H5 discreet, H6 protect, H7 document,
H8 medical, H9 privilege.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field
from pydantic.alias_generators import to_camel

from ..wire import Foreign, Instant

Version = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]{0,31}$")]


class _Camel(Foreign, alias_generator=to_camel):
    pass


class Head(_Camel):
    """Which snapshot is in force."""

    issuer: Annotated[str, Field(min_length=1, max_length=32)]
    version: Version
    issued_at: Instant


class ListedDocument(_Camel):
    """A travel document by issuing state and number."""

    issuing_state: Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")]
    number: Annotated[str, Field(min_length=1, max_length=24)]


class Listing(_Camel):
    """One entry: whom it is about, and how a counter handles them. A `sealed` one shows its owner and floor only."""

    ref: str
    owner: Annotated[str, Field(min_length=1, max_length=32)]
    handling: Literal["H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8", "H9"]
    category: Annotated[str, Field(repr=False)]
    name: Annotated[str, Field(min_length=1, max_length=120, repr=False)]
    birth_date: Annotated[date | None, Field(repr=False)] = None
    documents: Annotated[tuple[ListedDocument, ...], Field(max_length=20, repr=False)] = ()
    sealed: bool = False
    floor: Literal["AMBER", "RED"] = "AMBER"


class Snapshot(_Camel):
    """The whole list of one version."""

    version: Version
    entries: Annotated[tuple[Listing, ...], Field(max_length=100_000)]
