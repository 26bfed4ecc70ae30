"""What the workstation needs from the parts behind it, as Protocols; `bootstrap` binds the real ones.

Times on these ports are ISO 8601 UTC strings with milliseconds (`2026-11-21T05:14:02.000Z`), so that stores keep them
as they are; everything else is bytes, str and int.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from ..domain.allowance.escrow import Answer, Ask
    from ..domain.crossings import Crossing
    from ..domain.lookups import Lookup
    from ..domain.posts import Colleague
    from ..domain.sections import Section
    from ..domain.words import Authority


class Clock(Protocol):
    """Where times come from; injected so that tests freeze it."""

    def now(self) -> datetime:
        """The time, aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back."""
        ...


class StoredRecord(Protocol):
    """One cached document."""

    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def body(self) -> bytes: ...  # noqa: D102
    @property
    def as_of(self) -> str: ...  # noqa: D102


class RecordStore(Protocol):
    """Cached documents by kind and key."""

    def put(
        self, kind: str, key: str, body: bytes, *, as_of: str, owner: str, partition: str, expires: str | None = None
    ) -> None:
        """Keep a document in the place of the earlier one."""
        ...

    def find(self, kind: str, key: str) -> StoredRecord | None:
        """The document, or None."""
        ...

    def all(self, kind: str) -> Iterator[StoredRecord]:
        """All documents of a kind."""
        ...

    def keys(self, kind: str, beginning: str, *, holding: Sequence[str] = (), limit: int) -> Sequence[str]:
        """The keys of a kind that begin so and have all of `holding` in them, in order."""
        ...

    def delete(self, kind: str, key: str) -> None:
        """Drop a document."""
        ...


class JournalEntry(Protocol):
    """One line of the journal."""

    @property
    def counter(self) -> str: ...  # noqa: D102
    @property
    def sequence(self) -> int: ...  # noqa: D102
    @property
    def recorded_at(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def group(self) -> str: ...  # noqa: D102
    @property
    def body(self) -> bytes | None: ...  # noqa: D102


class JournalReport(Protocol):
    """What checking the whole chain found; `problems` are codes, empty where it holds."""

    @property
    def count(self) -> int: ...  # noqa: D102
    @property
    def problems(self) -> Sequence[str]: ...  # noqa: D102


class EntryLine(Protocol):
    """An entry and how far it has come."""

    @property
    def sequence(self) -> int: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def group(self) -> str: ...  # noqa: D102
    @property
    def recorded_at(self) -> str: ...  # noqa: D102
    @property
    def state(self) -> str: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102


class Ledger(Protocol):
    """The journal with its outbox, as a use case needs it."""

    def append(self, kind: str, group: str, body: bytes, *, signer: SessionKey, forget: str = "") -> JournalEntry:
        """Record one entry; on disk before this returns. `forget` drops that open crossing in the same step."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """What is appended and kept inside is on disk at its end, all of it; where it raises, none of it is."""
        ...

    def lines(self, limit: int) -> Sequence[EntryLine]:
        """The newest entries with their states."""
        ...

    def find(self, sequence: int) -> JournalEntry | None:
        """One entry."""
        ...

    def of_group(self, group: str) -> Sequence[int]:
        """The sequences of the entries about one crossing, in order."""
        ...

    def of_kind(self, kind: str, after: int = 0) -> Sequence[int]:
        """The sequences of the entries of a kind above `after`, in order."""
        ...

    def waiting(self) -> tuple[int, str | None]:
        """How many entries have no receipt, and since when the oldest waits."""
        ...

    def verify(self) -> JournalReport:
        """Check the chain, the commitments and the signatures, from the first entry on."""
        ...

    def floor(self) -> str:
        """The greatest time known to have been (ISO 8601 UTC), or ""; a clock set back does not go below it."""
        ...


class SessionKey(Protocol):
    """The key that a sign-in certifies: it signs what its person records, and nothing after sign-out."""

    @property
    def session(self) -> str: ...  # noqa: D102

    @property
    def certificate(self) -> bytes:
        """What certifies this key, signed by its person and this counter."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The signature of the message."""
        ...


class Persons(Protocol):
    """Who may sign in, with which PIN, and how often was tried."""

    def wait(self, officer: str, now: float) -> float:
        """Seconds until the next try is taken; 0 where it is taken now. `now` is seconds since 1970."""
        ...

    def open_session(self, officer: str, pin: str, now: float) -> SessionKey:
        """Try a PIN. The try is counted on disk first. Raises SignInError `signin.wrong-pin` or `signin.locked`."""
        ...


class WindowLink(Protocol):
    """The question to the single window that a traveller at the booth asks."""

    def sections(
        self, crossing: Crossing, but: frozenset[Authority] = frozenset(), why: Lookup | None = None
    ) -> AsyncIterator[Section]:
        """The authorities' sections of this crossing as each comes in, but for those that are at hand already.

        `why` it is asked. Raises LinkError where the link fails; a code of `lookup` where the question is refused.
        """
        ...

    async def unseal(self, sequence: int) -> bytes:
        """What this entry asks an owner for, sealed to the key that it names.

        Raises LinkError; `unseal.not-recorded` as long as the entry has not arrived.
        """
        ...

    async def allowance(self, ask: Ask) -> Answer:
        """A share of a border resident's allowance, or why there is none; it is kept there before it is answered.

        Raises LinkError, where nothing is known of what became of the question.
        """
        ...


class OneTimeKey(Protocol):
    """A key pair for one view: what is sealed to `public` (X25519, 32 bytes) opens here, and nowhere else."""

    @property
    def public(self) -> bytes: ...  # noqa: D102

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """The clear value. Raises CounterError where it is not what was sealed."""
        ...


class TelephoneKeys(Protocol):
    """Who is at other counters, and what this counter and they share: secrets of 32 bytes, kept nowhere."""

    def colleagues(self) -> Mapping[str, Colleague]:
        """Who may sign in at other counters of the post, by their ids; nobody as long as nothing was said of it."""
        ...

    def shared_with(self, officer: str) -> Sequence[bytes]:
        """The secrets that this counter shares with each key that this person has elsewhere; none where none is."""
        ...

    def counters(self) -> Sequence[str]:
        """The other counters whose keys are known, by their ids."""
        ...

    def answering(self, key: SessionKey, counter: str) -> bytes | None:
        """The secret that the person of this session shares with that counter; None where its key is not known."""
        ...


class LinkQuality(Protocol):
    """What real traffic showed of the link: seconds, bits a second, and the part of requests without an answer."""

    @property
    def round_trip(self) -> float | None: ...  # noqa: D102
    @property
    def rate(self) -> float | None: ...  # noqa: D102
    @property
    def loss(self) -> float: ...  # noqa: D102
    @property
    def measured(self) -> bool:
        """Whether the rate was measured; otherwise it is only known to be no less."""
        ...


class Delivery(Protocol):
    """The delivery of the outbox, and the feed; it runs by itself."""

    def nudge(self) -> None:
        """There is something new to send, or a reason to try again now."""
        ...

    def doubt(self) -> None:
        """Something suggests that the link is no longer what it was: find out now."""
        ...

    def listen(self, heard: Callable[[str], None]) -> None:
        """Call `heard` with a word (`up`, `down`, `received`, `feed`) when something happened."""
        ...

    @property
    def starting(self) -> bool:
        """Whether what answers is still being started, so that nothing can be said of the link yet."""
        ...

    @property
    def down_since(self) -> datetime | None:
        """Since when the single window has not answered; None while it does."""
        ...

    @property
    def quality(self) -> LinkQuality | None:
        """What the link can do; None before anything is known."""
        ...

    @property
    def seconds_to_empty(self) -> float | None:
        """When the outbox is empty at the rate of now; None where nothing goes, or nothing is known."""
        ...

    @property
    def progress(self) -> tuple[int, int] | None:
        """Records of the feed taken and about how many are left, while a long load runs."""
        ...

    @property
    def troubles(self) -> tuple[str, ...]:
        """Codes of what stands between this counter and its single window, such as `delivery.forked`."""
        ...


class Rehearsal(Protocol):
    """What a trainer can do to the demo's link and agencies."""

    async def link(self, mode: str) -> None:
        """Make the link `open`, `cut`, `slow` (9.6 kbit/s, 600 ms) or `flapping` (slow, 15 s there and 5 s gone)."""
        ...

    async def behave(self, authority: Authority, behaviour: str) -> None:
        """Make an agency's system `normal`, `slow`, `failing` or `down`."""
        ...
