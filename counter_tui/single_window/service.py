"""What the single window does, without HTTP: enrol a counter, take its entries, give it the feed.

Blocking, and meant for one thread: it is the store's. Clock and randomness are given.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from offline_cache import STANDARD_COST, Argon2Cost
from offline_cache.entry import Entry
from offline_cache.signing import generate, verify, wrap_with_pin
from offline_cache.sync.window import Judgement, after, judge

from ..domain.coding import to_json
from ..domain.crossings import Crossing
from ..domain.entries import DECISION
from ..domain.identity import IDENTITY, read_identity, why_not_both
from ..domain.posts import Counter, Officer, Post
from ..domain.sections import Section
from ..domain.sharing import SharingAgreement, project
from ..domain.words import Authority
from ..errors import CounterError, LinkError
from ..link import wire
from ..link.revocation import Revocation
from ..link.values import FeedItem
from .exchange import exchange_pair
from .projection import EXPECTED, SECTION, visible
from .receipts import Notary
from .sessions import key_of, opened_by, second_signed
from .store import EnrolledCounter, FeedPosition, WindowStore

WRAPPERS: Final = 4  # threads, of 64 MiB each
HEARD_EVERY: Final = timedelta(minutes=1)
_FEED_PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Staff:
    """A person who is to sign in at the counters, and their PIN."""

    officer: Officer
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Setup:
    """What a single window is: `realm` is `demo` or `live`; `staff` signs in at each counter that enrols.

    `token` gives a fresh secret, of the URL-safe alphabet, of at least 128 bits. `pin_cost` is what a guess at a PIN
    costs whoever has a counter's vault.
    """

    realm: str
    post: Post
    agreement: SharingAgreement
    staff: tuple[Staff, ...]
    clock: Callable[[], datetime]
    token: Callable[[], str]
    pin_cost: Argon2Cost = STANDARD_COST


class SingleWindow:
    """The use cases."""

    def __init__(self, setup: Setup, store: WindowStore, notary: Notary) -> None:
        """`store` is open."""
        self._setup = setup
        self._store = store
        self._notary = notary
        self._heard: dict[str, datetime] = {}

    def health(self) -> wire.Health:
        """That it works."""
        return wire.Health(version=wire.VERSION, window=self._notary.name, realm=self._setup.realm, time=self._now())

    # -- enrolment --------------------------------------------------------------------------------------------------

    def invite(self, counter: Counter, *, expires: str = "", code: str = "") -> str:
        """A one-time code, until `expires` (ISO 8601 UTC; "" for ever); whoever presents it becomes this counter.

        `code` is a secret of the caller's own, of at least 64 bits.
        """
        code = code or self._setup.token()
        self._store.invite(_hash(code), counter, expires)
        return code

    def enrol(self, request: wire.EnrolRequest) -> wire.EnrolReply:
        """Make a counter of who presents a code. Raises LinkError `auth.code`, `auth.code-used`, `auth.code-expired`.

        Each person's key pair is made here and wrapped with their PIN alone, so that it is only as strong as the PIN
        against whoever gets hold of the answer or the counter's vault.
        """
        with self._store.transaction():
            counter = self._invited(request.code)
            if request.label:
                counter = Counter(counter.id, request.label, counter.lane, counter.direction, counter.agencies)
            token = self._setup.token()
            self._store.enrol(EnrolledCounter(counter, request.public_key, request.exchange_key or b""), _hash(token))
            roster = self._roster(counter)
            for line in roster:
                self._store.put_officer(counter.id, line.officer.id, line.public_key)
        return wire.EnrolReply(
            counter=counter,
            post=self._setup.post,
            token=token,
            window=self._notary.name,
            window_public_key=self._notary.public_key,
            realm=self._setup.realm,
            roster=roster,
            window_exchange_key=exchange_pair(self._store).public if request.exchange_key else None,
        )

    def _invited(self, code: str) -> Counter:
        """Whom this code makes a counter of; it is used by that."""
        now = self._now()
        invitation = self._store.take_invitation(_hash(code), now)
        if invitation is None:
            raise LinkError("auth.code")
        if invitation.used:
            raise LinkError("auth.code-used")
        if invitation.expires and invitation.expires <= now:
            raise LinkError("auth.code-expired")
        return invitation.counter

    def revoke(self, counter: str, reason: str, *, export_first: bool) -> Revocation:
        """From now on nothing of this counter is taken; it is told so when it calls. Raises LinkError `auth.unknown`.

        `export_first`: it may write what it has not delivered to a stick before it destroys its keys.
        """
        if counter not in {line.enrolled.counter.id for line in self._store.counters()}:
            raise LinkError("auth.unknown", counter=counter)
        revocation = Revocation(self._notary.name, counter, self._now(), reason, export_first)
        self._store.revoke(counter, self._notary.revocation(revocation))
        return revocation

    def check_admitted(self, counter: str) -> None:
        """Raises LinkError `auth.revoked`, with the signed notice in base64."""
        notice = self._store.find_revocation(counter)
        if notice is not None:
            raise LinkError("auth.revoked", notice=base64.b64encode(notice).decode())

    def _roster(self, counter: Counter) -> tuple[wire.WireRosterLine, ...]:
        """Only persons of the counter's agencies sign in there. Wrapping takes 140 ms each: several at a time."""
        staff = [one for one in self._setup.staff if one.officer.acts_for <= counter.agencies]
        with ThreadPoolExecutor(WRAPPERS) as several:
            return tuple(several.map(partial(_entered, cost=self._setup.pin_cost), staff))

    def authenticate(self, token: str) -> EnrolledCounter | None:
        """The counter that this token opens the single window to. Raises LinkError `auth.revoked`."""
        enrolled = self._store.find_by_token(_hash(token))
        if enrolled is not None:
            self.check_admitted(enrolled.counter.id)
            self._hear(enrolled.counter.id)
        return enrolled

    def _hear(self, counter: str) -> None:
        """Note when a counter was heard, to the minute: a commit waits for the disk."""
        now = self._setup.clock()
        last = self._heard.get(counter)
        if last is None or abs(now - last) >= HEARD_EVERY:
            self._heard[counter] = now
            self._store.heard(counter, stamp(now))

    # -- sync -------------------------------------------------------------------------------------------------------

    def sync(self, enrolled: EnrolledCounter, request: wire.SyncRequest) -> wire.SyncReply:
        """Take the entries, durably, and answer with receipts, refusals, and the feed behind the cursor."""
        judgements, head = self._take(enrolled, request.entries)
        receipted = [(judged.entry.sequence, judged.digest) for judged in judgements if judged.receipted]
        now = self._now()
        items, cursor, more = self._feed(enrolled.counter, request.cursor, request.room)
        return wire.SyncReply(
            receipt=self._notary.receipt(enrolled.counter.id, receipted, now),
            head=head,
            refused=tuple(
                wire.WireRefused(sequence=judged.entry.sequence, reason=judged.outcome)
                for judged in judgements
                if judged.refused
            ),
            feed=items,
            cursor=cursor,
            more=more,
            time=now,
        )

    def _take(
        self, enrolled: EnrolledCounter, wired: Sequence[wire.WireEntry]
    ) -> tuple[list[Judgement], tuple[int, bytes] | None]:
        """Judge and keep; the head where entries are missing."""
        entries = [_entry(one) for one in wired]
        if not entries:
            return [], None
        if any(entry.counter != enrolled.counter.id for entry in entries):
            raise LinkError("auth.other-counter")
        counter, realm, store = enrolled.counter.id, self._setup.realm, self._store
        with store.transaction():
            numbers = [entry.sequence for entry in entries]
            known = store.known(counter, realm, min(numbers), max(numbers))
            opened = opened_by(entries, enrolled, realm, store)
            judgements = judge(known, entries, key_of(opened, enrolled, store), verify)
            follows = after(known, judgements)
            store.save(judgements, known, follows, self._now())
            for judged in judgements:
                if judged.outcome == "accepted":
                    session = opened.get(judged.entry.session)
                    if session is not None:
                        store.put_session(counter, session.name, session.officer, session.public_key)
                    self._tell_others(judged.entry, enrolled)
        missing = any(judged.outcome == "gap" for judged in judgements)
        return judgements, (follows.head_sequence, follows.head_hash) if missing else None

    def _tell_others(self, entry: Entry, enrolled: EnrolledCounter) -> None:
        told = entry.kind == DECISION or (entry.kind == IDENTITY and self._two_decided(entry, enrolled))
        if told and entry.body is not None:
            key = f"{entry.counter}/{entry.sequence}"
            item = FeedItem(entry.kind, key, entry.counter, entry.recorded_at, entry.body)
            self._store.put_feed(item, origin=entry.counter)

    def _two_decided(self, entry: Entry, enrolled: EnrolledCounter) -> bool:
        """Whether two people who may have signed an identity decision: other counters take it as it is."""
        try:
            body = read_identity(entry.body or b"")
        except CounterError:
            return False
        said, counter, realm = body.statement, enrolled.counter.id, self._setup.realm
        staff = {one.officer.id: one.officer for one in self._setup.staff}
        first, second = staff.get(said.first), staff.get(said.second)
        if first is None or second is None or why_not_both(first, second, said.about.agency):
            return False
        if said.training is not (realm == "demo") or self._store.find_signer(counter, entry.session) != said.first:
            return False
        keys = self._store.officer_keys(counter, said.second)
        return second_signed(body, keys, enrolled.public_key, counter, realm)

    # -- the feed ---------------------------------------------------------------------------------------------------

    def keep_section(self, document_key: str, section: Section) -> None:
        """Put an authority's live section of a traveller into the feed."""
        as_of = stamp(section.as_of) if section.as_of else self._now()
        key = f"{document_key}/{section.authority.value}"
        self._store.put_feed(FeedItem(SECTION, key, section.authority.value, as_of, to_json(section)))

    def keep_expected(self, body: wire.ExpectedBody) -> None:
        """Put a traveller who is expected into the feed, unless it has them just so."""
        item = FeedItem(EXPECTED, body.document.key, Authority.IMMIGRATION.value, self._now(), body.to_bytes())
        held = self._store.find_feed(item.kind, item.key)
        if held is None or held.body != item.body:
            self._store.put_feed(item)

    def for_counter(self, section: Section, counter: Counter) -> Section:
        """The section as this counter may see it."""
        return project(section, counter.agencies, self._setup.agreement)

    def takes(self, crossing: Crossing) -> bool:
        """Whether a question about this crossing may be asked here: a training one in the demo realm only."""
        return crossing.training is (self._setup.realm == "demo")

    def _feed(self, counter: Counter, cursor: int, room: int) -> tuple[tuple[wire.WireFeedItem, ...], int, bool]:
        items: list[wire.WireFeedItem] = []
        page = self._store.feed(cursor, _FEED_PAGE)
        for at in page:
            item = self._shown(at, counter)
            if item is not None:
                room -= len(item.body)
                if items and room < 0:
                    return tuple(items), cursor, True
                items.append(wire.WireFeedItem.of(item))
            cursor = at.position
        return tuple(items), cursor, len(page) == _FEED_PAGE

    def _shown(self, at: FeedPosition, counter: Counter) -> FeedItem | None:
        own_decision = at.origin == counter.id
        return None if own_decision else visible(at.item, counter.agencies, self._setup.agreement)

    def _now(self) -> str:
        return stamp(self._setup.clock())


def stamp(moment: datetime) -> str:
    """ISO 8601 UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _entered(staff: Staff, cost: Argon2Cost) -> wire.WireRosterLine:
    keys = generate()
    wrapped = wrap_with_pin(staff.pin, keys.private, b"", cost=cost)
    return wire.WireRosterLine(officer=staff.officer, public_key=keys.public, wrapped=wrapped)


def _entry(wired: wire.WireEntry) -> Entry:
    return Entry(**{name: getattr(wired, name) for name in wire.WireEntry.model_fields})


def _hash(secret: str) -> bytes:
    """What is kept of a code or token: who reads the store cannot use it."""
    return hmac.digest(b"single window secret 1", secret.encode(), hashlib.sha256)
