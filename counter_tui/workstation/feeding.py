"""What the single window tells of travellers, into the cache: nobody needs to be signed in for that."""

from __future__ import annotations

from ..domain.agency_links import read_link
from ..domain.allowance import SLICES
from ..domain.coding import from_json
from ..domain.entries import DECISION, read_decision
from ..domain.identity import IDENTITY
from ..domain.joint.reading import ACTS
from ..domain.notes import NOTE
from ..domain.posts import Post
from ..domain.sections import Section
from ..domain.seen import SEEN
from ..errors import CounterError, StoreError
from .identity import keep_identity
from .known_persons import KnownPersons
from .notes import keep_note
from .outbox import entered, outcome_of
from .ports import RecordStore
from .records import EXPECTED, LINK, SECTION, CachedRecords, moment
from .seen import SeenEntries

_UNREADABLE = StoreError("store.record-unreadable")


class Feeding:
    """Keeps the items of the feed. Kinds that are not known here are left out."""

    def __init__(self, store: RecordStore, cached: CachedRecords, post: Post) -> None:
        """`cached` is the booth's own, over `store`: it finds at once what came in."""
        self._store, self._cached, self._post = store, cached, post
        self.seen = SeenEntries(store)
        self._told: set[str] = set()
        self._persons = KnownPersons(store, cached)

    def keep(self, kind: str, key: str, body: bytes, *, as_of: str, owner: str) -> None:
        """Keep an item in the place of the earlier one; one that does not read is dropped."""
        if kind == EXPECTED:
            self._cached.keep_expected(key, body, as_of=as_of, owner=owner)
        elif kind == NOTE:
            keep_note(self._store, key, body)
        elif kind == IDENTITY:
            keep_identity(self._store, body, as_of=as_of)
        elif kind == SECTION:
            self._keep_section(key, body, as_of)
        elif kind == LINK:
            self._keep_link(key, body)
        elif kind == SEEN:
            self.seen.keep(key, body, as_of=as_of)
        elif kind == SLICES:
            self._store.put(kind, key, body, as_of=as_of, owner=owner, partition="")
        elif kind in ACTS:
            self._cached.acts.keep(kind, key, body, as_of=as_of)
        if kind == DECISION:
            self._store.put(kind, key, body, as_of=as_of, owner=owner, partition="")
            self._note_entry(body, key.partition("/")[0], as_of)

    def _keep_section(self, key: str, body: bytes, as_of: str) -> None:
        document, _, authority = key.rpartition("/")
        try:
            section = from_json(Section, body, error=_UNREADABLE)
            at = moment(as_of)
        except (CounterError, ValueError):
            return
        if document and section.authority.value == authority:
            self._cached.keep_section(document, section, at)
            self._told.add(document)

    def told(self) -> frozenset[str]:
        """The documents of whom an authority's section came since this was asked last."""
        told, self._told = frozenset(self._told), set()
        return told

    def _keep_link(self, key: str, body: bytes) -> None:
        link = read_link(body)
        if link is not None and link.authority.value == key:
            self._cached.keep_link(link)

    def _note_entry(self, body: bytes, counter: str, at: str) -> None:
        """Who went on at another counter, and with which document it let somebody in."""
        try:
            decision = read_decision(body)
            self._persons.note(decision.crossing, outcome_of(decision, self._post), counter, at)
        except (CounterError, ValueError):
            return
        if entered(decision, self._post):
            self._cached.keep_used(decision.crossing.document.key, decision.crossing.opened_at.date())
