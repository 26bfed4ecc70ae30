"""What screening by lists needs from the parts behind it, as Protocols: an index, and a store of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from datetime import datetime

    from ..domain.texts import Text


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
