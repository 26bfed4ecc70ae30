"""What the workstation needs from the parts behind it, as Protocols; `bootstrap` binds the real ones.

Times on these ports are ISO 8601 UTC strings with milliseconds (`2026-11-21T05:14:02.000Z`), so that stores keep them
as they are; everything else is bytes, str and int.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence
    from datetime import datetime

    from ..domain.crossings import Crossing
    from ..domain.sections import Section
    from ..domain.texts import Text
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

    def sections(self, crossing: Crossing, but: frozenset[Authority] = frozenset()) -> AsyncIterator[Section]:
        """The authorities' sections of this crossing as each comes in, but for those that are at hand already.

        Raises LinkError where the link fails.
        """
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


class Rehearsal(Protocol):
    """What a trainer can do to the demo's link and agencies."""

    async def cut(self) -> None:
        """Cut the link."""
        ...

    async def restore(self) -> None:
        """Give the link back."""
        ...

    async def slow(self) -> None:
        """Make the link slow: 9.6 kbit/s, 600 ms round trip."""
        ...

    async def behave(self, authority: Authority, behaviour: str) -> None:
        """Make an agency's system `normal`, `slow`, `failing` or `down`."""
        ...


class KeySpace(Protocol):
    """The keys of one space of an index, by number, and what stands under each."""

    def find(self, key: bytes) -> int | None:
        """The number of a key."""
        ...

    def reach(self, key: bytes) -> list[int]:
        """The numbers that stand under a key."""
        ...


class IndexSegment(Protocol):
    """A part of an index that does not change but for records that are buried."""

    @property
    def meta(self) -> bytes: ...  # noqa: D102
    def __len__(self) -> int: ...

    def space(self, name: str) -> KeySpace:
        """A space of keys."""
        ...

    def spelled(self, name: str) -> list[bytes]:
        """The keys of a space, by number."""
        ...

    def tally(
        self,
        space: str,
        groups: Sequence[tuple[int, Sequence[int], Sequence[int]]],
        ways: Sequence[Sequence[tuple[str, int, bool]]],
        most: int,
    ) -> tuple[list[int], int]:
        """The records for which all rules of one of the ways hold: a total is at least a cost plus a floor.

        `groups` are base, keys by number and their weights; a rule is (cost, floor, without bases). Of more than
        `most` the best by the first rule; and how many they are in all.
        """
        ...

    def tags(self, records: Sequence[int]) -> list[bytes]:
        """The tags of these records."""
        ...

    def is_alive(self, record: int) -> bool:
        """Whether a record was not buried."""
        ...

    def leaf_numbers(self, records: Sequence[int]) -> list[int]:
        """Which leaf each of these records has."""
        ...

    def leaf(self, number: int) -> bytes:
        """The body of a leaf. Raises StoreError where it cannot be read."""
        ...


class SpaceBuilder(Protocol):
    """The keys of a space while a segment is built."""

    def number(self, key: bytes) -> int:
        """The number of a key, a new one where it is new."""
        ...

    def post(self, number: int, what: int) -> None:
        """Puts a number under a key."""
        ...


class IndexBuilder(Protocol):
    """A segment while it is built."""

    def space(self, name: str) -> SpaceBuilder:
        """One of the spaces."""
        ...

    def leaf(self, body: bytes) -> int:
        """Keeps a body; its number."""
        ...

    def record(self, costs: Sequence[int], tag: bytes, leaf: int) -> int:
        """A new record; its number."""
        ...


class HeldList(Protocol):
    """A version of a list that is in force here."""

    @property
    def list(self) -> str: ...  # noqa: D102
    @property
    def version(self) -> int: ...  # noqa: D102
    @property
    def as_of(self) -> datetime: ...  # noqa: D102
    @property
    def count(self) -> int: ...  # noqa: D102


class OpenList(Protocol):
    """A held version whose index is open. What opens, asks and closes it is one thread.

    `blind_key` is what a blind list is asked with; b"" for one in clear.
    """

    @property
    def held(self) -> HeldList: ...  # noqa: D102
    @property
    def segments(self) -> Sequence[IndexSegment]: ...  # noqa: D102
    @property
    def blind_key(self) -> bytes: ...  # noqa: D102

    def close(self) -> None:
        """Let go of the file, which goes too where it is no longer that of the version in force."""
        ...


class ListDraft(Protocol):
    """A new version of a list, whole and checked, that is not in force yet."""

    @property
    def list(self) -> str: ...  # noqa: D102

    def open(self) -> OpenList:
        """Open it; blocking. Raises an error of the store where it cannot be read."""
        ...

    def put_in_force(self) -> HeldList:
        """From here on it is the one that is held, also after an end."""
        ...


class ListRefusal(Protocol):
    """A file that was looked at and not taken."""

    @property
    def list(self) -> str: ...  # noqa: D102
    @property
    def why(self) -> Text: ...  # noqa: D102


class ListStore(Protocol):
    """The lists that this counter holds, and where new versions of them come from."""

    def start(self) -> Sequence[HeldList]:
        """Sweep what an end left half done; the versions in force."""
        ...

    def open(self, held: HeldList) -> OpenList:
        """Open a version in force; blocking. Raises an error of the store where it cannot be read."""
        ...

    def is_damaged(self, held: HeldList, why: Text) -> None:
        """It could not be opened: it may come in anew, of the same version."""
        ...

    def drafts(self, progress: Callable[[str, int, int], None]) -> AsyncIterator[ListDraft]:
        """Each new version that has come, once it is whole; `progress` hears list, entries so far, and of all.

        What is half done when it is cancelled leaves nothing.
        """
        ...

    def refused(self) -> Sequence[ListRefusal]:
        """What the last look did not take."""
        ...
