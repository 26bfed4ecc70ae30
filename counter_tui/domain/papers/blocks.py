"""What a paper is made of: a few kinds of blocks in order, for every renderer the same."""

from dataclasses import dataclass
from enum import StrEnum


class PaperKind(StrEnum):
    """Which paper."""

    NOTICE = "notice"
    SLIP = "slip"
    HAND_OVER = "hand-over"
    LETTER = "letter"


@dataclass(frozen=True, slots=True, repr=False)
class Heading:
    """What the paper, or a part of it, is called."""

    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """A sentence, or a few."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Pair:
    """A value under its name."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """Rows under the names of their columns; each row has a cell for each."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, repr=False)
class BigDate:
    """A day that is to be read from afar."""

    label: str
    day: str


@dataclass(frozen=True, slots=True, repr=False)
class Signature:
    """Who signed as what, and when: an act of the journal with its digest. `missing` says that nobody has."""

    role: str
    name: str
    at: str = ""
    act: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Mark:
    """What has to be seen first: that this is a copy, or an exercise."""

    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Reference:
    """What the paper was drawn from, as a short code."""

    text: str


Simple = Heading | Line | Pair | Table | BigDate | Signature | Mark | Reference


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """The same in one language (`en`, `id`, `ms`)."""

    language: str
    blocks: tuple[Simple, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Languages:
    """Parts that say the same: side by side where there is room, else one after the other."""

    parts: tuple[Part, ...]


Block = Simple | Languages


@dataclass(frozen=True, slots=True, repr=False)
class Paper:
    """A whole paper. `title` names the kind and nobody; `copy` is 0 for the first one that is given."""

    kind: PaperKind
    title: str
    blocks: tuple[Block, ...]
    reference: str
    copy: int = 0

    def __repr__(self) -> str:
        """Without what it says of anybody."""
        return f"Paper({self.kind.value}, {self.reference})"
