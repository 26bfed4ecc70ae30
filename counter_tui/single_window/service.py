"""What the single window does, without HTTP: enrol a counter, take its entries, give it the feed.

Blocking, and meant for one thread: it is the store's. Clock and randomness are given.
"""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from offline_cache import STANDARD_COST, Argon2Cost
from offline_cache.signing import generate, wrap_with_pin
from offline_cache.sync.messages import Item

from ..agencies.sealing import Opener
from ..domain.agency_links import AgencyLink, Grade, read_link
from ..domain.allowance import SLICES
from ..domain.allowance.escrow import Answer, Ask
from ..domain.allowance.terms import Terms as ResidentTerms
from ..domain.coding import to_json
from ..domain.crossings import Crossing
from ..domain.delegation import Delegation
from ..domain.lookups import STANDARD as STANDARD_ALLOWANCE
from ..domain.lookups import Allowance, LookupBook
from ..domain.posts import Counter, Officer, Post
from ..domain.sections import Section
from ..domain.sharing import SharingAgreement, project
from ..domain.words import Authority, SourceState
from ..errors import LinkError
from ..link import wire
from ..link.ranks import rank_of
from ..link.revocation import Revocation
from .access import AccessLog
from .allowance import at_work, residents_office
from .directory import DirectoryOffice
from .exchange import exchange_pair
from .leases import STANDARD, LeaseOffice, Terms
from .lookups import Lookups
from .projection import EXPECTED, LINK, SECTION, InForce
from .questions import Questions
from .receipts import Notary
from .rosters import RosterOffice
from .store import EnrolledCounter, WindowStore
from .syncing import Syncing
from .unsealing import Asked, Unsealing

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
    costs whoever has a counter's vault. `terms` are those of leases, `allowance` that of look-ups.
    `openers` open what each agency has sealed; `seconds` never go back. `residents` are the terms of border residents'
    allowance; without them none is kept. `delegations` are those that agencies have signed.
    `unseal_by_telephone`: who signs an unsealing with another may be called.
    """

    realm: str
    post: Post
    agreement: SharingAgreement
    staff: tuple[Staff, ...]
    clock: Callable[[], datetime]
    token: Callable[[], str]
    pin_cost: Argon2Cost = STANDARD_COST
    terms: Terms = STANDARD
    allowance: Allowance = STANDARD_ALLOWANCE
    openers: Mapping[Authority, Opener] = field(default_factory=dict)
    seconds: Callable[[], float] = time.monotonic
    residents: ResidentTerms | None = None
    delegations: tuple[Delegation, ...] = ()
    unseal_by_telephone: bool = False


class SingleWindow:
    """The use cases."""

    def __init__(self, setup: Setup, store: WindowStore, notary: Notary) -> None:
        """`store` is open."""
        self._setup = setup
        self._store = store
        self._notary = notary
        self._heard: dict[str, datetime] = {}
        self._syncing = Syncing(
            store,
            notary,
            realm=setup.realm,
            staff=[one.officer for one in setup.staff],
            agreement=setup.agreement,
            questions=Questions(
                {one.officer.id: one.officer for one in setup.staff}, setup.delegations, setup.post.zone
            ),
            now=self._now,
        )
        self.leases = LeaseOffice(store, notary.sign, setup.realm, self._officers, setup.clock, setup.terms)
        self.rosters = RosterOffice(store, notary.sign, setup.realm, self._officers_of, self._entered, setup.clock)
        self.directory = DirectoryOffice(store, notary.sign, setup.realm, self._officers_of, setup.clock)
        self._syncing.notices_for = self._notices_for
        self._agreement = InForce(setup.agreement, self._now)
        self.access = AccessLog(store, notary.sign)
        book = LookupBook(setup.allowance)
        self.lookups = Lookups(self.access, book, self._officers_of, self._now, setup.seconds)
        self._syncing.looked_up = self.lookups.recorded
        self.unsealing = Unsealing(
            store,
            self.access,
            staff={one.officer.id: one.officer for one in setup.staff},
            agreement=self._agreement,
            realm=setup.realm,
            openers=setup.openers,
            by_telephone=setup.unseal_by_telephone,
        )

        self._residents = residents_office(store, setup.residents, setup.post, setup.clock)
        if self._residents is not None:
            self._syncing.entry_kept = self._residents.heard

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
            enrolled = EnrolledCounter(counter, request.public_key, request.exchange_key or b"")
            self._store.enrol(enrolled, _hash(token))
            lease = self.leases.first(enrolled)
            roster = self._entered(self._officers(counter))
            self.rosters.first(counter, roster)
            self._divide()
        self.directory.changed()
        return wire.EnrolReply(
            counter=counter,
            post=self._setup.post,
            token=token,
            window=self._notary.name,
            window_public_key=self._notary.public_key,
            realm=self._setup.realm,
            roster=roster,
            window_exchange_key=exchange_pair(self._store).public if request.exchange_key else None,
            lease=lease,
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
        self._divide()
        self.directory.changed()
        return revocation

    def check_admitted(self, counter: str) -> None:
        """Raises LinkError `auth.revoked`, with the signed notice in base64."""
        notice = self._store.find_revocation(counter)
        if notice is not None:
            raise LinkError("auth.revoked", notice=base64.b64encode(notice).decode())

    def _entered(self, officers: frozenset[str]) -> tuple[wire.WireRosterLine, ...]:
        """New keys for those of the staff with these ids. Wrapping takes 140 ms each: several at a time."""
        staff = [one for one in self._setup.staff if one.officer.id in officers]
        with ThreadPoolExecutor(WRAPPERS) as several:
            return tuple(several.map(partial(_entered, cost=self._setup.pin_cost), staff))

    def _officers_of(self, counter: Counter) -> tuple[Officer, ...]:
        """Who may sign in there: only persons of the counter's agencies."""
        return tuple(one.officer for one in self._setup.staff if one.officer.acts_for <= counter.agencies)

    def _officers(self, counter: Counter) -> frozenset[str]:
        return frozenset(officer.id for officer in self._officers_of(counter))

    def _notices_for(self, enrolled: EnrolledCounter) -> tuple[bytes, ...]:
        """With a roster goes a lease that names whom it does: neither lets in who is not in the other."""
        roster = self.rosters.notices_for(enrolled)
        other = (self.leases.lease(enrolled), *roster) if roster else self.leases.notices_for(enrolled)
        return (*other, *self.directory.notices_for(enrolled))

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
            if last is None:
                self._divide()
            self._heard[counter] = now
            self._store.heard(counter, stamp(now))

    # -- sync -------------------------------------------------------------------------------------------------------

    @property
    def syncing(self) -> Syncing:
        """What takes entries and gives the feed; one for the life of this."""
        return self._syncing

    def sync(self, enrolled: EnrolledCounter, request: wire.SyncRequest) -> wire.SyncReply:
        """A sync in version 1. Raises LinkError `auth.other-counter`."""
        return self._syncing.old(enrolled, request)

    # -- the feed ---------------------------------------------------------------------------------------------------

    def keep_section(self, document_key: str, section: Section) -> None:
        """Put an authority's section of a traveller into the feed; one that is not live, unless it stands there so."""
        as_of = stamp(section.as_of) if section.as_of else self._now()
        key = f"{document_key}/{section.authority.value}"
        item = Item(SECTION, key, section.authority.value, as_of, to_json(section), rank_of(SECTION))
        held = self._store.find_feed(item.kind, item.key) if section.source is not SourceState.LIVE else None
        if held is None or held.body != item.body:
            self._store.put_feed(item)

    def keep_link(self, link: AgencyLink) -> None:
        """Put how a link stands into the feed, unless that is said there; of an ordinary one nothing is, at first."""
        held = self._store.find_feed(LINK, link.authority.value)
        if link.ordinary if held is None else _stood_so(held.body, link):
            return
        name = link.authority.value
        self._store.put_feed(Item(LINK, name, name, self._now(), to_json(link), rank_of(LINK)))

    def keep_expected(self, body: wire.ExpectedBody) -> None:
        """Put a traveller who is expected into the feed, unless it has them just so."""
        owner, rank = Authority.IMMIGRATION.value, rank_of(EXPECTED)
        item = Item(EXPECTED, body.document.key, owner, self._now(), body.to_bytes(), rank)
        held = self._store.find_feed(item.kind, item.key)
        if held is None or held.body != item.body:
            self._store.put_feed(item)

    def for_counter(self, section: Section, counter: Counter) -> Section:
        """The section as this counter may see it."""
        return project(section, counter.agencies, self._agreement())

    def takes(self, crossing: Crossing) -> bool:
        """Whether a question about this crossing may be asked here: a training one in the demo realm only."""
        return crossing.training is (self._setup.realm == "demo")

    # -- border residents -------------------------------------------------------------------------------------------

    def allowance(self, counter: Counter, ask: Ask) -> Answer:
        """A share of a resident's allowance, on disk when this returns. Raises LinkError as `AllowanceOffice.ask`.

        `resident.none` where none is kept here.
        """
        if self._residents is None:
            raise LinkError("resident.none")
        return self._residents.ask(counter, ask)

    def _divide(self) -> None:
        """Counters that are at work have their slices for when there is no link, and are told of all of them."""
        if self._residents is not None:
            slices = to_json(self._residents.divide(at_work(self._store.counters())))
            held = self._store.find_feed(SLICES, SLICES)
            if held is None or held.body != slices:
                owner = Authority.CUSTOMS.value
                self._store.put_feed(Item(SLICES, SLICES, owner, self._now(), slices, rank_of(SLICES)))

    def to_unseal(self, enrolled: EnrolledCounter, sequence: int) -> Asked:
        """What an entry that two people signed asks for; see `Unsealing.take`."""
        return self.unsealing.take(enrolled, sequence, self._now())

    def _now(self) -> str:
        return stamp(self._setup.clock())


def stamp(moment: datetime) -> str:
    """ISO 8601 UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _entered(staff: Staff, cost: Argon2Cost) -> wire.WireRosterLine:
    keys = generate()
    wrapped = wrap_with_pin(staff.pin, keys.private, b"", cost=cost)
    return wire.WireRosterLine(officer=staff.officer, public_key=keys.public, wrapped=wrapped)


def _stood_so(told: bytes, link: AgencyLink) -> bool:
    """Whether a link was told to stand as it does, whenever it began to; by file, with the same file."""
    before = read_link(told)
    if before is None:
        return False
    last = before.last_answer if link.grade is Grade.FILE else link.last_answer
    return replace(before, since=link.since, last_answer=last) == link


def _hash(secret: str) -> bytes:
    """What is kept of a code or token: who reads the store cannot use it."""
    return hmac.digest(b"single window secret 1", secret.encode(), hashlib.sha256)
