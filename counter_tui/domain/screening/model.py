"""What is screened and what it is screened against: who is sought, who is listed, and a hit between the two."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from counter_tui.domain.documents import PartialDate
from counter_tui.domain.texts import Text


class ListedKind(Enum):
    """What a list entry is about. Travellers are screened against persons alone."""

    PERSON = "person"
    ENTITY = "entity"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"


@dataclass(frozen=True, slots=True, repr=False)
class Listed:
    """One entry of a list, as the list has it.

    `ref` is the list's own reference, `names` its primary name and then every alias, in the list's own writing.
    `births` are the dates it gives (any of them may be right, each as exact as the list is), `nationalities` ICAO
    codes, `documents` numbers as printed. `handling` is the handling code (H0-H9) where the list has one.
    `weak` are the positions in `names` that the list itself calls weak or low in quality.
    """

    ref: str
    names: tuple[str, ...]
    births: tuple[PartialDate, ...] = ()
    nationalities: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    kind: ListedKind = ListedKind.PERSON
    handling: str = ""
    weak: frozenset[int] = frozenset()

    def __repr__(self) -> str:
        """Without the person."""
        return f"Listed({self.kind.value}, names={len(self.names)})"


@dataclass(frozen=True, slots=True, repr=False)
class Sought:
    """Whom the lists are asked about; all but the name may be unknown. `nationality` is an ICAO code or ""."""

    name: str
    birth: PartialDate | None = None
    nationality: str = ""
    document_number: str = ""

    def __repr__(self) -> str:
        """Without the person."""
        return "Sought()"


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """A candidate: an entry that may be the person sought. `name` is the listed name that matched best.

    `score` is 0 to 1; `why` says in words which tokens matched how, and what birth date, nationality and number say.
    """

    list: str
    ref: str
    name: str
    score: float
    why: tuple[Text, ...]
    handling: str = ""
    kind: ListedKind = ListedKind.PERSON
    version: str = ""
    """Of this entry: it changes with anything in it, so that what was decided about it is decided anew."""

    def __repr__(self) -> str:
        """Without the person."""
        return f"Hit({self.list}, {self.score:.3f})"


@dataclass(frozen=True, slots=True, repr=False)
class ListAnswer:
    """What one list says of one traveller: its hits, best first, and how many candidates stayed below the threshold.

    `version` and `as_of` are of the list that was asked, `stale` says it is older than its owner allows. `pending`: it
    is screened elsewhere, and no answer has come. `dismissed`: hits left out because two people had decided that they
    are not this person.
    """

    list: str
    title: str
    version: int
    as_of: datetime | None
    hits: tuple[Hit, ...] = ()
    below: int = 0
    stale: bool = False
    pending: bool = False
    dismissed: int = 0

    def __repr__(self) -> str:
        """Without the persons."""
        return f"ListAnswer({self.list}, version={self.version}, hits={len(self.hits)})"
