"""The allowance of border residents at the single window: what it hands out is on its disk before anybody is told.

Every counter's acts come here with its journal, and are kept by resident and month as long as a debt may follow from
them. The rules stand in `domain.allowance.escrow` and `slices`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol
from zoneinfo import ZoneInfo

from ..domain.acts import act_id, read_act
from ..domain.allowance.deeds import ALLOWANCE, AllowanceDeed
from ..domain.allowance.escrow import Account, Answer, Ask, hand_out
from ..domain.allowance.slices import Slices, cut
from ..domain.allowance.terms import month_before, month_of
from ..domain.coding import from_json, to_json
from ..domain.words import Agency
from ..errors import CounterError, LinkError

if TYPE_CHECKING:
    from datetime import datetime

    from offline_cache.entry import Entry

    from ..domain.acts import Act
    from ..domain.allowance.terms import Terms
    from ..domain.posts import Counter, Post
    from .store import CounterLine, WindowStore

MOST_ACTS: Final = 2_000
"""Of one resident and month: a counter that records more is not believed."""
MOST_KEYS: Final = 8
_SLICES: Final = ("", "9999-12")  # nobody's key, and never over
_NOTHING: Final = Account()
_BROKEN: Final = LinkError("resident.unreadable")


class AllowanceStore(Protocol):
    """What is kept, by resident and month (YYYY-MM); durable when a transaction ends."""

    def transaction(self) -> AbstractContextManager[None]:
        """What is done inside is durable when the block ends, or undone if it raises."""
        ...

    def find(self, resident: str, month: str) -> bytes | None:
        """What is kept of a resident and month."""
        ...

    def put(self, resident: str, month: str, body: bytes) -> None:
        """Keep this in the place of the earlier."""
        ...

    def drop_before(self, month: str) -> None:
        """Drop all months before this one."""
        ...


@dataclass(frozen=True, slots=True)
class _Row:
    """Of one key and month: what was handed out, the acts as they came (id, body), other keys of the same person."""

    account: Account = _NOTHING
    acts: tuple[tuple[str, str], ...] = ()
    beside: tuple[str, ...] = ()


def at_work(counters: Iterable[CounterLine]) -> frozenset[str]:
    """Those of the counters that grant residents anything: they serve customs, and were not shut out."""
    serving = (line for line in counters if Agency.CUSTOMS in line.enrolled.counter.agencies)
    return frozenset(line.enrolled.counter.id for line in serving if not line.revoked)


def residents_office(
    store: WindowStore, terms: Terms | None, post: Post, clock: Callable[[], datetime]
) -> AllowanceOffice | None:
    """The office of a post, by its own calendar; None where no terms are given."""
    zone = ZoneInfo(post.zone)
    return (
        None if terms is None else AllowanceOffice(store.allowances, terms, lambda: month_of(clock().astimezone(zone)))
    )


class AllowanceOffice:
    """Hands out shares and slices. For one thread: it is the store's."""

    def __init__(self, store: AllowanceStore, terms: Terms, month: Callable[[], str]) -> None:
        """`month` is the one at the post, now."""
        self._store, self._terms, self._month = store, terms, month
        self._swept = ""

    def ask(self, counter: Counter, ask: Ask) -> Answer:
        """The answer to a counter; on disk when this returns.

        Raises LinkError `auth.other-counter`, and `resident.not-yours` for one that does not serve customs.
        """
        if ask.counter != counter.id:
            raise LinkError("auth.other-counter")
        if Agency.CUSTOMS not in counter.agencies:
            raise LinkError("resident.not-yours")
        month = self._month()
        with self._store.transaction():
            self._sweep(month)
            if ask.also:
                self._link(ask.resident, ask.also, month)
            first = self._keys(ask.resident, month)[0]
            row = self._row(first, month)
            account, answer = hand_out(row.account, self.acts(first, month), ask, self._terms, month)
            if account != row.account:
                self._put(first, month, replace(row, account=account))
        return answer

    def heard(self, entry: Entry) -> None:
        """An entry of a counter was kept: where it is an act of a resident, it counts from now on."""
        if entry.kind != ALLOWANCE:
            return
        raw, id_ = entry.body or b"", act_id(entry.counter, entry.sequence)
        with contextlib.suppress(CounterError):
            deed: AllowanceDeed = read_act(ALLOWANCE, id_, raw).deed
            row = self._row(deed.resident, deed.month)
            if len(row.acts) < MOST_ACTS and id_ not in {one[0] for one in row.acts}:
                acts = (*row.acts, (id_, raw.decode()))
                self._put(deed.resident, deed.month, replace(row, acts=acts))
            if deed.also:
                self._link(deed.resident, deed.also, deed.month)

    def acts(self, key: str, month: str) -> tuple[Act, ...]:
        """All acts of a resident that have arrived."""
        rows = (self._row(one, month) for one in self._keys(key, month))
        return tuple(read_act(ALLOWANCE, id_, body.encode()) for row in rows for id_, body in row.acts)

    def divide(self, counters: frozenset[str]) -> Slices:
        """The slices, now that these counters are at work; on disk when this returns."""
        kept = self._store.find(*_SLICES)
        before = from_json(Slices, kept, error=_BROKEN) if kept else Slices()
        slices = cut(before, counters, self._terms, self._month())
        if slices != before:
            self._store.put(*_SLICES, to_json(slices))
        return slices

    # -- rows -------------------------------------------------------------------------------------------------------

    def _link(self, one: str, other: str, month: str) -> None:
        """Both are the same person. What was handed out under several keys stays under the first of them by name."""
        for key, beside in ((one, other), (other, one)):
            row = self._row(key, month)
            if beside not in row.beside and len(row.beside) < MOST_KEYS:
                self._put(key, month, replace(row, beside=(*row.beside, beside)))
        first, *rest = self._keys(one, month)
        for key in rest:
            row = self._row(key, month)
            if row.account != _NOTHING:
                whole = self._row(first, month)
                self._put(first, month, replace(whole, account=whole.account.joined(row.account)))
                self._put(key, month, replace(row, account=_NOTHING))

    def _keys(self, key: str, month: str) -> list[str]:
        """All that are known of the same person, in order."""
        found, waiting = set[str](), [key]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self._row(one, month).beside
        return sorted(found)

    def _row(self, key: str, month: str) -> _Row:
        kept = self._store.find(key, month)
        return from_json(_Row, kept, error=_BROKEN) if kept else _Row()

    def _put(self, key: str, month: str, row: _Row) -> None:
        self._store.put(key, month, to_json(row))

    def _sweep(self, month: str) -> None:
        """What is older than the month before goes: nobody draws from it, and the counters have its debts."""
        if month != self._swept:
            self._swept = month
            self._store.drop_before(month_before(month))
