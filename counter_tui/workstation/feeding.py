"""What the single window tells of travellers, into the cache: nobody needs to be signed in for that."""

from __future__ import annotations

from ..domain.coding import from_json
from ..domain.entries import DECISION, read_decision
from ..domain.identity import IDENTITY
from ..domain.posts import Post
from ..domain.sections import Section
from ..errors import CounterError, StoreError
from .identity import keep_identity
from .outbox import entered
from .ports import RecordStore
from .records import EXPECTED, SECTION, CachedRecords, moment

_UNREADABLE = StoreError("store.record-unreadable")


class Feeding:
    """Keeps the items of the feed. Kinds that are not known here are left out."""

    def __init__(self, store: RecordStore, cached: CachedRecords, post: Post) -> None:
        """`cached` is the booth's own, over `store`: it finds at once what came in."""
        self._store, self._cached, self._post = store, cached, post

    def keep(self, kind: str, key: str, body: bytes, *, as_of: str, owner: str) -> None:
        """Keep an item in the place of the earlier one; one that does not read is dropped."""
        if kind == EXPECTED:
            self._cached.keep_expected(key, body, as_of=as_of, owner=owner)
        elif kind == IDENTITY:
            keep_identity(self._store, body, as_of=as_of)
        elif kind == SECTION:
            self._keep_section(key, body, as_of)
        elif kind == DECISION:
            self._store.put(kind, key, body, as_of=as_of, owner=owner, partition="")
            self._note_entry(body)

    def _keep_section(self, key: str, body: bytes, as_of: str) -> None:
        document, _, authority = key.rpartition("/")
        try:
            section = from_json(Section, body, error=_UNREADABLE)
            at = moment(as_of)
        except (CounterError, ValueError):
            return
        if document and section.authority.value == authority:
            self._cached.keep_section(document, section, at)

    def _note_entry(self, body: bytes) -> None:
        """With which document another counter let somebody in."""
        try:
            decision = read_decision(body)
        except CounterError:
            return
        if entered(decision, self._post):
            self._cached.keep_used(decision.crossing.document.key, decision.crossing.opened_at.date())
