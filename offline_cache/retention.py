"""Retention: what is kept for how many days, by class, and destroyed after that by the rule that says so.

A record is deleted, an entry's key is destroyed; both are overwritten in the file, and the write-ahead log is emptied.
The journal still verifies, and names the rule with each body that is gone. What was not delivered is kept, however old.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from .errors import JournalBroken
from .moments import COUNT_BITS, find_milliseconds, stamp
from .records import Records

if TYPE_CHECKING:
    from .journal import Journal
    from .vault import Vault

_DAY: Final = 86_400_000
_PAGE: Final = 500
_SECONDS: Final = len("2026-11-21T10:00:00")
_KINDS: Final = """
    WITH RECURSIVE next (kind) AS (
        SELECT min(kind) FROM records
        UNION ALL SELECT (SELECT min(kind) FROM records WHERE records.kind > next.kind) FROM next WHERE kind IS NOT NULL
    )
    SELECT kind FROM next WHERE kind IS NOT NULL"""
"""The kinds that there are, each found in the index from the one before: `DISTINCT` would look through all records."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge did: records deleted, entries whose bodies are gone, entries that are due but not yet delivered."""

    records: int
    entries: int
    waiting: int


class Retention:
    """The rules of a vault. A class without one is kept."""

    def __init__(
        self, vault: Vault, journal: Journal, days: Mapping[str, int], class_of: Callable[[str], str] = str
    ) -> None:
        """`days` by class; `class_of` tells the class of a kind of record or entry: by itself, its own name."""
        self._vault = vault
        self._journal = journal
        self._days = dict(days)
        self._class_of = class_of

    def purge(self, now: str, rest: Callable[[], None] = lambda: None) -> Purged:
        """Destroys what is due at `now` (ISO 8601 UTC). A second time it does nothing more.

        What is destroyed early is gone: give a time that somebody else than this counter's clock stands for, where
        there is one. A crossing goes as a whole, when the last of its entries is due. `rest` is called between the
        steps: others have their turn at the vault then. Raises ValueError for a time that is none, DiskFull,
        DiskFailed; then a part may be done.
        """
        moment = find_milliseconds(now)
        if moment is None:
            raise ValueError("now")
        records = self._purge_records(moment, rest)
        entries = waiting = 0
        for group, sequences, rule in list(self._due(moment)):
            try:
                with self._vault.transaction():
                    if group:
                        self._journal.erase(group, rule, now)
                    else:
                        self._journal.erase_entry(sequences[0], rule, now)
            except JournalBroken:
                waiting += len(sequences)
            else:
                entries += len(sequences)
            rest()
        self._vault.shrink_log()
        return Purged(records, entries, waiting)

    def _purge_records(self, moment: int, rest: Callable[[], None]) -> int:
        due: list[tuple[str, str]] = []
        for kind in cast("list[str]", [row[0] for row in self._vault.execute(_KINDS)]):
            days = self._days.get(self._class_of(kind))
            if days is not None:
                due.append((kind, stamp(max(0, moment - days * _DAY))[:_SECONDS]))
        condition = " OR ".join([f"kind = ? AND substr(as_of, 1, {_SECONDS}) < ?"] * len(due))
        return Records(self._vault).delete_where(condition, [each for pair in due for each in pair], rest) if due else 0

    def _due(self, moment: int) -> Iterator[tuple[str, list[int], str]]:
        """Crossings whose entries are all due, and entries without one, with the rule of the last."""
        seen: set[str] = set()
        for sequence, kind, group, at in self._readable(moment):
            if group in seen:
                continue
            if not group:
                if self._is_due(kind, at, moment):
                    yield "", [sequence], self._rule(kind)
                continue
            seen.add(group)
            sequences = self._journal.of_group(group)
            held = [_aged(self._vault, number) for number in sequences]
            if all(self._is_due(its, since, moment) for its, since in held):
                longest = max((its for its, _ in held), key=lambda its: self._days[self._class_of(its)])
                yield group, sequences, self._rule(longest)

    def _readable(self, moment: int) -> Iterator[tuple[int, str, str, int]]:
        """Sequence, kind, group and time of entries that were not erased, up to the first that no rule has reached."""
        after, newest = 0, moment - min(self._days.values(), default=0) * _DAY
        while True:
            rows = self._vault.execute(
                "SELECT sequence, kind, entries.crossing, recorded_at, logical FROM entries"
                " LEFT JOIN erasures USING (crossing, sequence)"
                " WHERE sequence > ? AND rule IS NULL ORDER BY sequence LIMIT ?",
                (after, _PAGE),
            )
            for sequence, kind, group, recorded_at, logical in cast("list[tuple[int, str, str, str, int]]", rows):
                at = _moment(recorded_at, logical)
                if logical and at > newest:
                    return
                after = sequence
                yield sequence, kind, group, at
            if len(rows) < _PAGE:
                return

    def _is_due(self, kind: str, at: int, moment: int) -> bool:
        days = self._days.get(self._class_of(kind))
        return days is not None and at < moment - days * _DAY

    def _rule(self, kind: str) -> str:
        of = self._class_of(kind)
        return f"{of}: {self._days[of]} days"


def _aged(vault: Vault, sequence: int) -> tuple[str, int]:
    """Kind and time of an entry."""
    rows = vault.execute("SELECT kind, recorded_at, logical FROM entries WHERE sequence = ?", (sequence,))
    kind, recorded_at, logical = cast("tuple[str, str, int]", rows[0])
    return kind, _moment(recorded_at, logical)


def _moment(recorded_at: str, logical: int) -> int:
    """When an entry was recorded, as far as is known: by the corrected time, where there is one."""
    return logical >> COUNT_BITS if logical else find_milliseconds(recorded_at) or 0
