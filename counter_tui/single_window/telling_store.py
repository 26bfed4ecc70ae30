"""What the single window keeps of its tellings, as a port, and as tables of its vault.

A telling is a row per entry and authority, made from the entry in one transaction with the note that the entry was
looked at: whenever the process ends, each entry that was accepted is looked at once. Its message is kept as it was
first written, so that whatever is told again is the same to the byte.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol, cast

from offline_cache.vault import Value, Vault

from ..domain.words import Authority


class State(StrEnum):
    """How far a telling is."""

    DUE = "due"
    HANDED = "handed"
    """Handed over in a file; the answer comes in one."""
    SEEN = "seen"
    REFUSED = "refused"


OPEN: Final = (State.DUE, State.HANDED)


@dataclass(frozen=True, slots=True)
class Untold:
    """An entry that was not looked at yet; `id` is the store's own."""

    id: int
    counter: str
    sequence: int
    kind: str
    recorded_at: str
    body: bytes | None = field(repr=False)

    @property
    def key(self) -> str:
        """What tellings of it are called."""
        return f"{self.counter}/{self.sequence}"


@dataclass(frozen=True, slots=True)
class Row:
    """A telling as it is kept. Times are ISO 8601 UTC; `digest` is the SHA-256 (hex) of `message`.

    `at`, `reference`: the agency's own; `refused` its code. `by_hand`: answered in a file.
    """

    authority: Authority
    counter: str
    sequence: int
    crossing: str
    recorded_at: str
    digest: str
    message: bytes = field(repr=False)
    state: State = State.DUE
    at: str = ""
    reference: str = ""
    refused: str = ""
    by_hand: bool = False
    tries: int = 0
    not_before: str = ""

    @property
    def key(self) -> str:
        """Its key."""
        return f"{self.counter}/{self.sequence}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tellings of one authority stand in each state; `oldest` of those that are open, "" for none."""

    due: int
    handed: int
    seen: int
    refused: int
    oldest: str


class TellingStore(Protocol):
    """The tellings of one single window. Outside a transaction each call is one of its own."""

    def untold(self, limit: int) -> Sequence[Untold]:
        """Accepted entries that were not looked at, in order."""
        ...

    def looked_at(self, entry: int, *, unreadable: bool = False) -> None:
        """From now on this one was."""
        ...

    def looked_at_on(self, thread: str) -> Sequence[Untold]:
        """Entries of a thread (a crossing, a resident's) that were looked at, in order, as far as they are kept."""
        ...

    def put(self, row: Row) -> None:
        """Keep a new telling; the first of an entry and authority stays."""
        ...

    def find(self, authority: Authority, counter: str, sequence: int) -> Row | None:
        """One telling."""
        ...

    def last_on(self, authority: Authority, crossing: str) -> Row | None:
        """The newest telling of a crossing to this authority, of whichever counter."""
        ...

    def of_entry(self, counter: str, sequence: int) -> Sequence[Row]:
        """All tellings of one entry, by authority."""
        ...

    def due(self, authority: Authority, now: str, limit: int) -> Sequence[Row]:
        """What may go now, oldest first: of each crossing the first that is open."""
        ...

    def next_due(self, authority: Authority) -> str | None:
        """When the first of those that may go by their crossing may go by their time; None where there is none."""
        ...

    def in_state(self, authority: Authority, states: Sequence[State], limit: int) -> Sequence[Row]:
        """Tellings in these states, oldest first."""
        ...

    def since(self, authority: Authority, since: str) -> Sequence[Row]:
        """Tellings of what was recorded from then on, oldest first, without their messages."""
        ...

    def settle(self, row: Row) -> None:
        """Keep how far it is now: all but its message."""
        ...

    def hurry(self, authority: Authority) -> None:
        """What is due to this authority waits for no time."""
        ...

    def tally(self, authority: Authority) -> Tally:
        """How many stand where."""
        ...

    def unreadable(self) -> int:
        """How many accepted entries could not be read, and so were told nobody."""
        ...


_COLUMNS: Final = (
    "authority, counter, sequence, crossing, recorded_at, digest, message, state, at, reference, refused, by_hand,"
    " tries, not_before"
)
_FIRST_OF_ITS_CROSSING: Final = (
    " NOT EXISTS (SELECT 1 FROM tellings AS before WHERE before.authority = tellings.authority"
    " AND before.crossing = tellings.crossing AND before.id < tellings.id"
    " AND before.state IN ('due', 'handed'))"
)


class VaultTellings:
    """Fulfils `TellingStore`."""

    def __init__(self, vault: Vault) -> None:
        """`vault` is open, with `WINDOW_SCHEMA`."""
        self._vault = vault

    def untold(self, limit: int) -> Sequence[Untold]:
        """Entries in good order, of the confirmed chain."""
        rows = self._vault.execute(
            "SELECT id, counter, sequence, kind, recorded_at, body FROM entries WHERE told = 0 AND held AND accepted"
            " ORDER BY id LIMIT ?",
            (limit,),
        )
        return [Untold(*cast("tuple[int, str, int, str, str, bytes | None]", row)) for row in rows]

    def looked_at(self, entry: int, *, unreadable: bool = False) -> None:
        """Note it."""
        self._vault.execute("UPDATE entries SET told = ? WHERE id = ?", (2 if unreadable else 1, entry))

    def looked_at_on(self, thread: str) -> Sequence[Untold]:
        """Of one thread."""
        rows = self._vault.execute(
            "SELECT id, counter, sequence, kind, recorded_at, body FROM entries WHERE crossing = ? AND crossing <> ''"
            " AND told = 1 AND held AND accepted AND body IS NOT NULL ORDER BY id",
            (thread,),
        )
        return [Untold(*cast("tuple[int, str, int, str, str, bytes | None]", row)) for row in rows]

    def put(self, row: Row) -> None:
        """Keep it."""
        self._vault.execute(
            f"INSERT OR IGNORE INTO tellings ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - no value
            (
                row.authority.value,
                row.counter,
                row.sequence,
                row.crossing,
                row.recorded_at,
                row.digest,
                row.message,
                row.state.value,
                row.at,
                row.reference,
                row.refused,
                int(row.by_hand),
                row.tries,
                row.not_before,
            ),
        )

    def find(self, authority: Authority, counter: str, sequence: int) -> Row | None:
        """One."""
        rows = self._rows(
            "authority = ? AND counter = ? AND sequence = ?", (authority.value, counter, sequence), limit=1
        )
        return rows[0] if rows else None

    def last_on(self, authority: Authority, crossing: str) -> Row | None:
        """The newest."""
        where = "authority = ? AND crossing = ?"
        rows = self._rows(where, (authority.value, crossing), limit=1, order="id DESC")
        return rows[0] if rows else None

    def of_entry(self, counter: str, sequence: int) -> Sequence[Row]:
        """All of one entry."""
        return self._rows("counter = ? AND sequence = ?", (counter, sequence), limit=100, order="authority")

    def due(self, authority: Authority, now: str, limit: int) -> Sequence[Row]:
        """What may go."""
        where = f"authority = ? AND state = 'due' AND not_before <= ? AND {_FIRST_OF_ITS_CROSSING}"
        return self._rows(where, (authority.value, now), limit=limit)

    def next_due(self, authority: Authority) -> str | None:
        """When."""
        rows = self._vault.execute(
            f"SELECT min(not_before) FROM tellings WHERE authority = ? AND state = 'due' AND {_FIRST_OF_ITS_CROSSING}",  # noqa: S608 - no value
            (authority.value,),
        )
        return cast("str | None", rows[0][0])

    def in_state(self, authority: Authority, states: Sequence[State], limit: int) -> Sequence[Row]:
        """In these."""
        marks = ", ".join("?" * len(states))
        given = (authority.value, *(state.value for state in states))
        return self._rows(f"authority = ? AND state IN ({marks})", given, limit=limit)

    def since(self, authority: Authority, since: str) -> Sequence[Row]:
        """From then on."""
        return self._rows("authority = ? AND recorded_at >= ?", (authority.value, since), limit=-1, whole=False)

    def settle(self, row: Row) -> None:
        """Keep how far it is."""
        self._vault.execute(
            "UPDATE tellings SET state = ?, at = ?, reference = ?, refused = ?, by_hand = ?, tries = ?, not_before = ?"
            " WHERE authority = ? AND counter = ? AND sequence = ?",
            (
                row.state.value,
                row.at,
                row.reference,
                row.refused,
                int(row.by_hand),
                row.tries,
                row.not_before,
                row.authority.value,
                row.counter,
                row.sequence,
            ),
        )

    def hurry(self, authority: Authority) -> None:
        """No time."""
        self._vault.execute(
            "UPDATE tellings SET not_before = '' WHERE authority = ? AND state = 'due' AND not_before <> ''",
            (authority.value,),
        )

    def tally(self, authority: Authority) -> Tally:
        """Counted."""
        rows = self._vault.execute(
            "SELECT state, count(*), min(recorded_at) FROM tellings WHERE authority = ? GROUP BY state",
            (authority.value,),
        )
        found = {str(state): (cast("int", count), str(first)) for state, count, first in rows}
        count = {state: found.get(state.value, (0, ""))[0] for state in State}
        oldest = min((found[state.value][1] for state in OPEN if state.value in found), default="")
        return Tally(count[State.DUE], count[State.HANDED], count[State.SEEN], count[State.REFUSED], oldest)

    def unreadable(self) -> int:
        """Counted."""
        rows = self._vault.execute("SELECT count(*) FROM entries WHERE told = 2")
        return cast("int", rows[0][0])

    def _rows(
        self, where: str, given: Sequence[Value], *, limit: int, order: str = "id", whole: bool = True
    ) -> list[Row]:
        columns = _COLUMNS if whole else _COLUMNS.replace(" message,", " x'',")
        rows = self._vault.execute(
            f"SELECT {columns} FROM tellings WHERE {where} ORDER BY {order} LIMIT ?",  # noqa: S608 - no value
            (*given, limit),
        )
        return [_row(row) for row in rows]


def _row(stored: Sequence[object]) -> Row:
    texts = [str(value) for value in stored]
    authority, counter, _, crossing, recorded_at, digest, _, state, at, reference, refused, _, _, not_before = texts
    return Row(
        authority=Authority(authority),
        counter=counter,
        sequence=cast("int", stored[2]),
        crossing=crossing,
        recorded_at=recorded_at,
        digest=digest,
        message=cast("bytes", stored[6]),
        state=State(state),
        at=at,
        reference=reference,
        refused=refused,
        by_hand=bool(stored[11]),
        tries=cast("int", stored[12]),
        not_before=not_before,
    )
