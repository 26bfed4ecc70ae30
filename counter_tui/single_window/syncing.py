"""Syncs at the single window: sessions and staff checked, other counters told, and the feed projected for who asks.

What is judged, kept and answered is `offline_cache.sync.window_sync`'s; this gives it what it cannot know.
"""

import contextlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from offline_cache.entry import Entry
from offline_cache.sync.envelope import unpack_request
from offline_cache.sync.messages import Item, Reply, Request
from offline_cache.sync.packing import PackingWrong
from offline_cache.sync.ports import FeedPosition
from offline_cache.sync.window_sync import WindowSync

from ..domain.acts import KINDS, read_body, signed_act
from ..domain.coding import to_json
from ..domain.countersigned import NAMES_SECOND, signed_decision
from ..domain.entries import DECISION, read_decision
from ..domain.identity import IDENTITY, read_identity, why_not_both
from ..domain.joint.reading import QUESTION, Question
from ..domain.lookups import LOOKUP, LookupBody, read_lookup
from ..domain.notes import NOTE, read_note
from ..domain.posts import Officer
from ..domain.seen import SEEN
from ..domain.sharing import SharingAgreement
from ..errors import CounterError, LinkError
from ..link import wire
from ..link.ranks import rank_of
from .called import note_word
from .projection import InForce, visible
from .questions import Questions
from .receipts import Notary
from .sessions import Session, key_of, opened_by, second_signed
from .store import EnrolledCounter, WindowStore

_UNLINKED = "packing.unknown-previous"
Notices = Callable[[EnrolledCounter], tuple[bytes, ...]]


class Syncing:
    """One request at a time, whoever calls: the store's thread, or who takes what was carried by hand.

    May be set: `notices_for`, what is to be said to a counter; `entries_came`, told whenever an entry was kept;
    `looked_up`, told of each that says that somebody was opened without a document; `entry_kept`, given each entry.
    """

    def __init__(
        self,
        store: WindowStore,
        notary: Notary,
        *,
        realm: str,
        staff: Sequence[Officer],
        agreement: SharingAgreement,
        questions: Questions,
        now: Callable[[], str],
    ) -> None:
        """`now` is ISO 8601 UTC; `staff` may sign at the counters; `questions` are asked of decisions."""
        self._store, self._realm, self._agreement = store, realm, InForce(agreement, now)
        self._staff: Mapping[str, Officer] = {officer.id: officer for officer in staff}
        self._questions = questions
        self._turn = threading.RLock()
        self._serving: EnrolledCounter | None = None
        self._opened: Mapping[str, Session] = {}
        self.notices_for: Notices = lambda _: ()
        self.entries_came: Callable[[], None] = lambda: None
        self.entry_kept: Callable[[Entry], None] = lambda _entry: None
        self.looked_up: Callable[[str, LookupBody], None] = lambda _counter, _body: None
        self._sync = WindowSync(
            store,
            sign=notary.sign,
            name=notary.name,
            realm=realm,
            clock=now,
            rank_of=rank_of,
            keys_for=self._keys_for,
            taken=self._taken,
            visible=self._visible,
        )

    def packed(self, enrolled: EnrolledCounter, packed: Mapping[str, Any]) -> tuple[Reply, Request | None]:
        """The reply to a request in version 2, and the request; that is None where it does not follow what is here.

        Raises LinkError `wire.malformed`.
        """
        with self._turn:
            try:
                request = self._unpacked(enrolled, packed)
            except PackingWrong as wrong:
                if wrong.code != _UNLINKED:
                    raise LinkError("wire.malformed") from None
                self._serving = enrolled
                return self._told(enrolled, self._sync.unlinked(enrolled.counter.id)), None
            return self.request(enrolled, request), request

    def request(self, enrolled: EnrolledCounter, request: Request) -> Reply:
        """The reply to a request."""
        with self._turn:
            self._serving = enrolled
            return self._told(enrolled, self._sync.sync(enrolled.counter.id, request))

    def part(self, enrolled: EnrolledCounter, packed: Mapping[str, Any]) -> None:
        """Keep what arrived whole of a request that broke off."""
        with self._turn:
            try:
                request = self._unpacked(enrolled, packed)
            except PackingWrong:
                return
            self._serving = enrolled
            self._sync.part(enrolled.counter.id, request.entries)

    def old(self, enrolled: EnrolledCounter, request: wire.SyncRequest) -> wire.SyncReply:
        """The reply to a request in version 1. Raises LinkError `auth.other-counter`."""
        entries = tuple(
            Entry(**{name: getattr(one, name) for name in wire.WireEntry.model_fields}) for one in request.entries
        )
        if any(entry.counter != enrolled.counter.id for entry in entries):
            raise LinkError("auth.other-counter")
        cursor = request.cursor
        asked = Request(wire.VERSION, (cursor, cursor, cursor, cursor), request.room, entries)
        return wire.SyncReply.of(self.request(enrolled, asked))

    def _unpacked(self, enrolled: EnrolledCounter, packed: Mapping[str, Any]) -> Request:
        counter = enrolled.counter.id
        before = self._sync.hash_before(counter)
        return unpack_request(dict(packed), counter=counter, realm=self._realm, hash_before=before)

    def _told(self, enrolled: EnrolledCounter, reply: Reply) -> Reply:
        return replace(reply, notices=self.notices_for(enrolled))

    # -- what the sync core asks ------------------------------------------------------------------------------------

    def _keys_for(self, _: str, entries: Sequence[Entry]) -> Callable[[str], bytes | None]:
        assert self._serving is not None, "asked within a request"
        self._opened = opened_by(entries, self._serving, self._realm, self._store)
        return key_of(self._opened, self._serving, self._store)

    def _taken(self, counter: str, entry: Entry) -> None:
        """An entry is kept: its session is, and other counters are told."""
        self.entries_came()
        self.entry_kept(entry)
        session = self._opened.get(entry.session)
        if session is not None:
            self._store.put_session(counter, session.name, session.officer, session.public_key)
        if entry.kind == LOOKUP:
            self._log(entry)
        if entry.body is not None and self._goes_on(entry):
            key = f"{entry.counter}/{entry.sequence}"
            body = self._by_whom(entry) if entry.kind == DECISION else entry.body
            item = Item(entry.kind, key, entry.counter, entry.recorded_at, body, rank_of(entry.kind))
            self._store.put_feed(item, origin=entry.counter)
        if entry.kind == DECISION and entry.group:
            self._question(entry)

    def _question(self, entry: Entry) -> None:
        """Every counter is told of a decision that is in question.

        It stands as far as it stops somebody, and lets nobody go until another person has reviewed it.
        """
        why = self._questions.of(entry, self._store.find_signer(entry.counter, entry.session))
        if why:
            asked = Question(entry.group, f"{entry.counter}/{entry.sequence}", why)
            key = f"{entry.counter}?/{entry.sequence}"
            item = Item(QUESTION, key, "", entry.recorded_at, to_json(asked), rank_of(QUESTION))
            self._store.put_feed(item, origin="")

    def _goes_on(self, entry: Entry) -> bool:
        """Whether other counters are told of an entry."""
        if entry.kind == IDENTITY:
            return self._two_decided(entry)
        if entry.kind in KINDS:
            return self._acted(entry)
        return entry.kind == DECISION or (entry.kind == NOTE and self._by_its_owner(entry))

    def _by_whom(self, entry: Entry) -> bytes:
        """A decision's body, without a second person who is not known or whose signature does not hold.

        Other counters then count it as one person's; what was recorded stays as it is.
        """
        enrolled, whole = self._serving, entry.body or b""
        assert enrolled is not None, "asked within a request"
        if NAMES_SECOND not in whole:
            return whole
        try:
            body = read_decision(whole)
        except CounterError:
            return whole
        signed = signed_decision(enrolled.counter.id, body)
        if body.second is None or (signed is None and body.second.officer in self._staff):
            return whole
        keys = self._store.officer_keys(enrolled.counter.id, body.second.officer)
        if signed is not None and second_signed(signed, keys, enrolled.public_key, enrolled.counter.id, self._realm):
            return whole
        return to_json(replace(body, second=None))

    def _acted(self, entry: Entry) -> bool:
        """Whether an act is of its own thread, by who signed it, and by two who may where two signed it."""
        enrolled = self._serving
        assert enrolled is not None, "asked within a request"
        try:
            body = read_body(entry.kind, entry.body or b"")
        except CounterError:
            return False
        counter = enrolled.counter.id
        first = self._staff.get(body.officer)
        second = self._staff.get(body.second.officer) if body.second is not None else None
        if first is None or (second is None and body.second is not None) or body.deed.why_not(first, second):
            return False
        if body.counter != counter or body.training is not (self._realm == "demo"):
            return False
        if self._store.find_signer(counter, entry.session) != first.id:
            return False
        note_word(self._store, entry.kind, body)
        signed = signed_act(entry.kind, body)
        if signed is None:
            return True
        keys = self._store.officer_keys(counter, signed.statement.second)
        return second_signed(signed, keys, enrolled.public_key, counter, self._realm)

    def _by_its_owner(self, entry: Entry) -> bool:
        """Whether a note is by the person who signed it, of the agency that it says is its owner."""
        try:
            note = read_note(entry.body or b"")
        except CounterError:
            return False
        by = self._staff.get(note.officer)
        signed = by is not None and self._store.find_signer(entry.counter, entry.session) == by.id
        return signed and by is not None and by.agency is note.owner and note.training is (self._realm == "demo")

    def _log(self, entry: Entry) -> None:
        with contextlib.suppress(CounterError):
            body = read_lookup(entry.body or b"")
            if self._store.find_signer(entry.counter, entry.session) == body.officer:
                self.looked_up(entry.counter, body)

    def _two_decided(self, entry: Entry) -> bool:
        """Whether two people who may have signed an identity decision: other counters take it as it is."""
        enrolled = self._serving
        assert enrolled is not None, "asked within a request"
        try:
            body = read_identity(entry.body or b"")
        except CounterError:
            return False
        said, counter = body.statement, enrolled.counter.id
        first, second = self._staff.get(said.first), self._staff.get(said.second)
        if first is None or second is None or why_not_both(first, second, said.about.agency):
            return False
        if said.training is not (self._realm == "demo"):
            return False
        if self._store.find_signer(counter, entry.session) != said.first:
            return False
        if body.answer:
            return True  # other counters take it with the second person's own word, which comes by itself
        keys = self._store.officer_keys(counter, said.second)
        return second_signed(body, keys, enrolled.public_key, counter, self._realm)

    def _visible(self, counter: str, at: FeedPosition) -> Item | None:
        assert self._serving is not None, "asked within a request"
        # what it recorded it has; what the agencies say of that is for nobody else
        if (at.origin == counter) is not (at.item.kind == SEEN):
            return None
        return visible(at.item, self._serving.counter.agencies, self._agreement())
