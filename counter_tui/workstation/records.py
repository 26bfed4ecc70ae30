"""Domain values as cached records, and back. A record that does not read is dropped: the source is asked again.

What an authority holds of a traveller lies in its agency's partition; what it shares of that with everybody lies beside
it in the common one, so that who reads the one and not the other comes to the same joint result.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from ..domain.agency_links import AgencyLink, read_link
from ..domain.coding import from_json, to_json
from ..domain.crossings import Crossing
from ..domain.documents import Document
from ..domain.sections import Section, not_checked
from ..domain.sharing import SharingAgreement, project
from ..domain.words import AGENCY_OF, Authority, Direction, SourceState, SubjectKind
from ..errors import StoreError
from .expecting import ExpectedGroups
from .kept_acts import KeptActs
from .news import Expected, Expecting
from .person_index import PersonIndex
from .ports import RecordStore, StoredRecord
from .search import TravellerIndex

if TYPE_CHECKING:
    from ..domain.cases.case import Case

SECTION = "section"
SHARED = "shared"
EXPECTED = "expected"
OPEN = "open"
USED = "used"
SOURCE = "source"
LINK = "link"
PLATE = "plate"
PLATE_FIELD = "cust.vehicle-plate"
SLICE = 100
"""So many travellers are counted at a time: some 4 ms."""
_WITH_ALL = SharingAgreement("", {})


def stamp(moment: datetime) -> str:
    """ISO 8601 UTC with milliseconds, as stores keep it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment(stamped: str) -> datetime:
    """The time of a stamp, aware, UTC."""
    return datetime.fromisoformat(stamped).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class OpenCrossing:
    """A crossing that was opened and is not decided; kept so that nothing is lost with the program.

    `desk` is whose desk it was put aside at, if anybody's; `case` is the case that it belongs to, out of the lane.
    `signing`: it is decided, and sign-offs are missing.
    """

    crossing: Crossing
    desk: Authority | None = None
    case: str = ""
    signing: bool = False


class CachedRecords:
    """What the cache holds of travellers, in domain values."""

    def __init__(
        self,
        store: RecordStore,
        now: Callable[[], datetime] | None = None,
        direction: Direction | None = None,
    ) -> None:
        """Over a store of bytes; `now` as of `KeptActs`. Expected are those who go in this direction; None: all."""
        self._store, self._direction = store, direction
        self.acts = KeptActs(store, now)
        self.cases: dict[str, Case] = {}
        """Cases as they were worked out last, by their ids."""
        self._derived: _Derived | None = None
        self._links: dict[Authority, AgencyLink | None] = {}

    def keep_section(self, document_key: str, section: Section, at: datetime) -> None:
        """Keep a section that was answered, and how fresh its source is."""
        as_of = stamp(section.as_of or at)
        key = f"{document_key}/{section.authority}"
        shared = project(section, frozenset(), _WITH_ALL)
        for kind, kept, partition in (
            (SECTION, section, AGENCY_OF[section.authority].value),
            (SHARED, shared, ""),
        ):
            self._store.put(kind, key, to_json(kept), as_of=as_of, owner=section.authority.value, partition=partition)
        self.keep_source(section.authority, as_of)
        self._keep_plates(document_key, section, as_of)

    def _keep_plates(self, document_key: str, section: Section, as_of: str) -> None:
        """What a traveller drives is told to every agency: whom a plate belongs to is found by it."""
        said = {c.subject.label for c in section.contributions if c.subject.kind is SubjectKind.VEHICLE}
        said |= {one.value for one in section.fields if one.name == PLATE_FIELD and isinstance(one.value, str)}
        plates = tuple(sorted(plate.replace("\n", " ") for plate in said if plate))
        if plates:
            body = "\n".join(plates).encode()
            self._store.put(PLATE, document_key, body, as_of=as_of, owner=section.authority.value, partition="")
            if self._derived is not None:
                self._derived.drives(document_key, plates, self.find_expected(document_key))

    def keep_source(self, authority: Authority, as_of: str) -> None:
        """Keep the time of an authority's newest answer."""
        earlier = self._store.find(SOURCE, authority.value)
        if earlier is None or earlier.as_of < as_of:
            self._store.put(SOURCE, authority.value, b"", as_of=as_of, owner=authority.value, partition="")

    def source_age(self, authority: Authority) -> datetime | None:
        """When this authority last answered, whomever it was asked about."""
        record = self._store.find(SOURCE, authority.value)
        return moment(record.as_of) if record else None

    def keep_link(self, link: AgencyLink) -> None:
        """Keep how an agency's link stands, as the single window tells it."""
        name = link.authority.value
        self._store.put(LINK, name, to_json(link), as_of=stamp(link.since), owner=name, partition="")
        self._links[link.authority] = link

    def find_link(self, authority: Authority) -> AgencyLink | None:
        """How an agency's link stands; None where nothing was told, which is when there is nothing to tell."""
        if authority not in self._links:
            record = self._store.find(LINK, authority.value)
            self._links[authority] = read_link(record.body) if record else None
        return self._links[authority]

    def sections(self, document_key: str) -> tuple[Section, ...]:
        """What the cache holds of this traveller, each section CACHED with its age; NOT CHECKED where it holds none."""
        return tuple(self._cached(document_key, authority) for authority in Authority)

    def _cached(self, document_key: str, authority: Authority) -> Section:
        key = f"{document_key}/{authority}"
        record = self._store.find(SECTION, key) or self._store.find(SHARED, key)
        if record is None:
            return not_checked(authority)
        try:
            held = from_json(Section, record.body, error=StoreError("store.record-unreadable"))
        except StoreError:
            self._store.delete(SECTION, record.key)
            self._store.delete(SHARED, record.key)
            return not_checked(authority)
        return replace(held, authority=authority, source=SourceState.CACHED, as_of=moment(record.as_of))

    def keep_expected(self, key: str, body: bytes, *, as_of: str, owner: str) -> None:
        """Keep an expected traveller, so that a search finds them."""
        self._store.put(EXPECTED, key, body, as_of=as_of, owner=owner, partition="")
        if self._derived is not None:
            self._derived.keep(key, _read_expected(body))

    def search(self, words: str) -> tuple[Expected, ...]:
        """The travellers whom these words find, the best first."""
        return self._read(self._whole().index.find(words))

    def with_number(self, number: str) -> tuple[Expected, ...]:
        """The travellers with a document of this number."""
        return self._read(self._whole().index.with_number(number))

    def _read(self, keys: Iterable[str]) -> tuple[Expected, ...]:
        found = (self.find_expected(key) for key in keys)
        return tuple(traveller for traveller in found if traveller is not None)

    def expecting(self) -> Expecting:
        """Whom the cache expects, counted."""
        return self._whole().groups.read()

    def like(self, document: Document) -> tuple[Document, ...]:
        """Documents of who is held and may be the same person, or a twin; of those only who was counted already."""
        keys = self._derived.persons.like(document) if self._derived is not None else ()
        return tuple(one.document for one in self._read(keys) if one.document.key != document.key)

    def of_group(self, group: str) -> tuple[Expected, ...]:
        """Who is on the list of the group of this id."""
        return self._read(self._whole().groups.keys_of(group))

    def _whole(self) -> "_Derived":
        while self.derive():
            pass
        assert self._derived is not None
        return self._derived

    def derive(self) -> bool:
        """Count a slice of who is held, and let them be found; whether there are more."""
        if self._derived is None:
            plates = {record.key: tuple(record.body.decode().split("\n")) for record in self._store.all(PLATE)}
            self._derived = _Derived(iter(self._store.all(EXPECTED)), plates, self._direction)
        return self._derived.go_on() or self.acts.derive()

    def forget(self) -> None:
        """Forget who was counted and could be found: nobody may read any more, or somebody else does."""
        self._derived = None
        self.acts.forget()
        self.cases.clear()

    def find_expected(self, document_key: str) -> Expected | None:
        """The expected traveller with this document."""
        record = self._store.find(EXPECTED, document_key)
        return _read_expected(record.body) if record else None

    def keep_used(self, document_key: str, on: date) -> None:
        """Keep that a document was entered with on this day."""
        day = on.isoformat()
        self._store.put(USED, document_key, day.encode(), as_of=day, owner="counter", partition="")

    def drop_used(self, document_key: str) -> None:
        """Nobody entered with this document after all."""
        self._store.delete(USED, document_key)

    def used_on(self, document_key: str) -> date | None:
        """The last day that is known of on which a document was entered with."""
        record = self._store.find(USED, document_key)
        return date.fromisoformat(record.as_of) if record else None

    def keep_open(
        self, crossing: Crossing, desk: Authority | None = None, case: str | None = None, *, signing: bool = False
    ) -> None:
        """Keep a crossing until it is decided; it stays with the case that it was in, unless `case` says otherwise."""
        if case is None:
            record = self._store.find(OPEN, crossing.id)
            case = _read_open(record).case if record is not None else ""
        body = to_json(OpenCrossing(crossing, desk, case, signing))
        self._store.put(OPEN, crossing.id, body, as_of=stamp(crossing.opened_at), owner="counter", partition="")

    def open_crossings(self) -> tuple[Crossing, ...]:
        """The crossings that are not decided, the oldest first."""
        return tuple(held.crossing for held in self.held_open())

    def held_open(self) -> tuple[OpenCrossing, ...]:
        """The same, with the desk that each was put aside at."""
        held = [_read_open(record) for record in self._store.all(OPEN)]
        return tuple(sorted(held, key=lambda o: o.crossing.opened_at))

    def drop_open(self, crossing_id: str) -> None:
        """Let an undecided crossing go, on purpose."""
        self._store.delete(OPEN, crossing_id)


def _read_open(record: StoredRecord) -> OpenCrossing:
    return from_json(OpenCrossing, record.body, error=StoreError("store.record-unreadable"))


def _read_expected(body: bytes) -> Expected | None:
    try:
        return from_json(Expected, body, error=StoreError("store.record-unreadable"))
    except StoreError:
        return None


class _Derived:
    """Who is held, counted and to be found: in memory only."""

    def __init__(
        self, held: Iterator[StoredRecord], plates: Mapping[str, tuple[str, ...]], direction: Direction | None
    ) -> None:
        self.index, self.groups, self.persons = TravellerIndex(), ExpectedGroups(direction), PersonIndex()
        self._held, self._plates = held, dict(plates)
        self._newer: set[str] = set()

    def keep(self, key: str, traveller: Expected | None) -> None:
        """Who comes in; what was held of them, and may have been read already, is older."""
        self._newer.add(key)
        self._keep(key, traveller)

    def _keep(self, key: str, traveller: Expected | None) -> None:
        if traveller is None:
            self.index.drop(key)
            self.groups.drop(key)
            self.persons.drop(key)
        else:
            group = (traveller.group.name,) if traveller.group is not None else ()
            self.index.keep(key, traveller.document, (*group, *self._plates.get(key, ())))
            self.groups.keep(key, traveller)
            self.persons.keep(key, traveller.document)

    def drives(self, key: str, plates: tuple[str, ...], traveller: Expected | None) -> None:
        """Let a traveller be found by the plates of what they drive."""
        if self._plates.get(key) != plates:
            self._plates[key] = plates
            self.keep(key, traveller)

    def go_on(self) -> bool:
        """Take a slice of who is held; whether there may be more."""
        for count, record in enumerate(self._held, 1):
            if record.key not in self._newer:
                self._keep(record.key, _read_expected(record.body))
            if count == SLICE:
                return True
        self._newer.clear()
        return False
