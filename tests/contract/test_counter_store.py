"""What every store of a counter's half has to do, whatever it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest

from offline_cache import COUNTER_SCHEMA, Entry, Journal, JournalBroken, Outbox, Receipt, Vault, commit
from offline_cache.sync.memory import Disk, MemoryCounterStore
from offline_cache.sync.messages import START, Cursors, Item, Rank, Refused, Reply
from offline_cache.sync.ports import CounterStore, Taken
from offline_cache.sync.vault_store import VaultCounterStore
from tests.unit.offline_cache.cache_rig import KEY, at, cheap_sign, cheap_verify, salt

WINDOW, SESSION = b"window", b"session"
RANKS = {"session": Rank.ALERT, "alert": Rank.ALERT, "decision": Rank.DECISION, "delta": Rank.LISTS}


def rank_of(kind: str) -> int:
    return RANKS.get(kind, Rank.BULK)


class Booth(Protocol):
    """A store, and what the test needs beside the port."""

    @property
    def store(self) -> CounterStore: ...
    def append(self, *kinds: str, body: bytes = b"{}", session: str = "s1") -> None: ...
    def reopen(self) -> None: ...
    def state(self, sequence: int) -> str: ...
    def items(self) -> list[str]: ...


class InMemory:
    def __init__(self) -> None:
        disk = Disk()
        self.store = MemoryCounterStore("c1", window_key=WINDOW, rank_of=rank_of, verify=cheap_verify, disk=disk)

    def append(self, *kinds: str, body: bytes = b"{}", session: str = "s1") -> None:
        for kind in kinds:
            count, previous = self.store.head()
            number = count + 1
            seasoning = salt(number)
            header = ("c1", number, previous, at(number), "demo", kind, "x1", session, commit(seasoning, body))
            entry = Entry(*header, seasoning, body, b"")
            self.store.append(replace(entry, signature=cheap_sign(SESSION, entry.signed_bytes())))

    def reopen(self) -> None:
        self.store.restart()

    def state(self, sequence: int) -> str:
        settled = self.store.file.settled.get(sequence)
        return settled or ("sent" if sequence in self.store.handed else "recorded")

    def items(self) -> list[str]:
        return [item.key for item in self.store.file.items]


class InVault:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: list[str] = []
        self._open(Vault.create(path, KEY, COUNTER_SCHEMA))

    def _open(self, vault: Vault) -> None:
        self.vault, self._journal, self._outbox = vault, Journal(vault, "c1", "demo"), Outbox(vault, "c1")
        self.store = VaultCounterStore(
            vault,
            self._journal,
            self._outbox,
            window_key=WINDOW,
            clock=lambda: at(1),
            rank_of=rank_of,
            keep=lambda item: self._kept.append(item.key),
            verify=cheap_verify,
        )

    def append(self, *kinds: str, body: bytes = b"{}", session: str = "s1") -> None:
        for kind in kinds:
            number = self._journal.count() + 1
            self._journal.append(
                kind,
                "x1",
                body,
                recorded_at=at(number),
                session=session,
                sign=lambda message: cheap_sign(SESSION, message),
                salt=salt(number),
            )

    def reopen(self) -> None:
        self.vault.close()
        self._open(Vault.open(self._path, KEY, COUNTER_SCHEMA))

    def state(self, sequence: int) -> str:
        (line,) = self._outbox.states(1, sequence + 1)
        return line.reason or line.state

    def items(self) -> list[str]:
        return self._kept


@pytest.fixture(params=["memory", "vault"])
def booth(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Booth]:
    if request.param == "memory":
        yield InMemory()
        return
    held = InVault(tmp_path / "counter.db")
    yield held
    held.vault.close()


def numbers(entries: list[Entry]) -> list[int]:
    return [entry.sequence for entry in entries]


def receipt(booth: Booth, *sequences: int) -> Receipt:
    named = tuple((sequence, booth.store.hash_of(sequence) or b"") for sequence in sequences)
    unsigned = Receipt("w1", at(5000), "c1", named, b"")
    return replace(unsigned, signature=cheap_sign(WINDOW, unsigned.signed_bytes()))


def reply(**parts: object) -> Reply:
    empty = Reply(None, None, (), (), START, more=False, time=at(5000))
    return replace(empty, **parts)  # type: ignore[arg-type]


def test_nothing_waits_at_first(booth: Booth) -> None:
    assert booth.store.waiting(10, 1000) == []
    assert booth.store.head() == (0, bytes(32))
    assert (booth.store.summary().waiting, booth.store.settled_to(), booth.store.cursors()) == (0, 0, START)
    assert (booth.store.hash_of(1), booth.store.session_of(1), booth.store.waits(1)) == (None, None, False)
    assert (booth.store.hash_of(0), booth.store.session_of(0)) == (None, None)


def test_alerts_go_first_then_decisions_then_the_rest_by_sequence(booth: Booth) -> None:
    booth.append("session", "note", "delta", "decision", "note", "alert", "decision")
    assert numbers(booth.store.waiting(1, 1000)) == [1]
    assert numbers(booth.store.waiting(2, 9999)) == [1, 6]
    assert numbers(booth.store.waiting(4, 9999)) == [1, 4, 6, 7]
    assert numbers(booth.store.waiting(5, 9999)) == [1, 2, 4, 6, 7]
    assert numbers(booth.store.waiting(3, 9999, in_order=True)) == [1, 2, 3]
    assert numbers(booth.store.waiting(99, 9999)) == [1, 2, 3, 4, 5, 6, 7]


def test_what_is_barred_waits_for_its_turn(booth: Booth) -> None:
    booth.append("session", "note", "alert", "decision", "alert")
    barred = frozenset({3, 4})
    assert numbers(booth.store.waiting(2, 9999, barred=barred)) == [1, 5]
    assert numbers(booth.store.waiting(4, 9999, barred=barred)) == [1, 2, 3, 5]


def test_what_is_there_already_is_left_out_but_not_alerts(booth: Booth) -> None:
    booth.append("note", "alert", "decision", "note", "decision", "note")
    assert numbers(booth.store.waiting(9, 9999, after=4)) == [2, 5, 6]


def test_what_is_recorded_later_takes_its_turn(booth: Booth) -> None:
    booth.append("note", "note")
    assert numbers(booth.store.waiting(1, 1000)) == [1]
    booth.append("alert")
    assert numbers(booth.store.waiting(1, 1000)) == [3]
    booth.store.take(reply(receipt=receipt(booth, 3)))
    assert numbers(booth.store.waiting(9, 9999)) == [1, 2]


def test_bytes_are_bounded_but_one_always_goes(booth: Booth) -> None:
    booth.append("note", "note", "note", body=b"x" * 100)
    assert numbers(booth.store.waiting(9, 1)) == [1]
    assert numbers(booth.store.waiting(9, 2 * 150)) == [1, 2]


def test_entries_come_whole_and_signed(booth: Booth) -> None:
    booth.append("note", "decision")
    one, two = booth.store.waiting(9, 9999)
    assert two.previous == one.hash() == booth.store.hash_of(1)
    assert booth.store.head() == (2, two.hash())
    assert booth.store.session_of(2) == "s1"
    assert all(cheap_verify(SESSION, entry.signed_bytes(), entry.signature) for entry in (one, two))


def test_a_receipt_settles_once(booth: Booth) -> None:
    booth.append("note", "note", "note")
    first = reply(receipt=receipt(booth, 1, 3))
    assert booth.store.take(first) == Taken(settled=2)
    assert booth.store.take(first) == Taken()
    booth.reopen()
    assert (booth.store.summary().waiting, booth.store.settled_to()) == (1, 1)
    assert [booth.state(number) for number in (1, 2, 3)] == ["received", "recorded", "received"]
    assert [booth.store.waits(number) for number in (1, 2, 3)] == [False, True, False]
    booth.store.take(reply(held=receipt(booth, 2)))
    assert booth.store.settled_to() == 3


@pytest.mark.parametrize("what", ["signature", "counter", "entry"])
def test_a_receipt_that_is_not_ours_settles_nothing(booth: Booth, what: str) -> None:
    booth.append("note", "note")
    good = receipt(booth, 1)
    bad = {
        "signature": replace(good, at=at(9)),
        "counter": replace(good, counter="c2"),
        "entry": replace(good, entries=((1, bytes(32)),)),
    }[what]
    if what != "signature":
        bad = replace(bad, signature=cheap_sign(WINDOW, bad.signed_bytes()))
    item = Item("section", "k1", "customs", at(1), b"{}")
    with pytest.raises(JournalBroken):
        booth.store.take(reply(receipt=bad, feed=(item,), cursors=(1, 1, 1, 1)))
    assert (booth.store.summary().waiting, booth.store.cursors()) == (2, START)


def test_a_receipt_for_what_is_held_beyond_that_does_not_hold_tells_a_fork(booth: Booth) -> None:
    booth.append("note", "note")
    forged = replace(receipt(booth, 2), at=at(9))
    taken = booth.store.take(reply(receipt=receipt(booth, 1), held=forged))
    assert (taken.settled, taken.trouble) == (1, "forked")
    assert booth.store.waits(2)


def test_a_refusal_settles_with_its_reason(booth: Booth) -> None:
    booth.append("note", "note", "note")
    digest = (booth.store.hash_of(1) or b"")[:8]
    taken = booth.store.take(reply(refused=(Refused(1, "bad-signature", digest), Refused(3, "erased"))))
    assert (taken.settled, taken.trouble) == (2, "")
    assert [booth.state(number) for number in (1, 2, 3)] == ["bad-signature", "recorded", "erased"]


def test_a_refusal_of_something_else_is_none(booth: Booth) -> None:
    booth.append("note")
    taken = booth.store.take(reply(refused=(Refused(1, "fork", b"x" * 8), Refused(7, "fork"))))
    assert taken == Taken()
    assert booth.store.waits(1)


def test_a_refusal_as_a_fork_tells_it(booth: Booth) -> None:
    booth.append("note")
    assert booth.store.take(reply(refused=(Refused(1, "fork"),))).trouble == "forked"


def test_a_receipt_outranks_a_refusal_in_either_order(booth: Booth) -> None:
    booth.append("note", "note")
    booth.store.take(reply(refused=(Refused(1, "erased"),)))
    booth.store.take(reply(receipt=receipt(booth, 1, 2)))
    booth.store.take(reply(refused=(Refused(2, "erased"),)))
    assert [booth.state(number) for number in (1, 2)] == ["received", "received"]


def test_what_the_single_window_lost_waits_again(booth: Booth) -> None:
    booth.append("alert", "note", "note", "note")
    booth.store.waiting(9, 9999)
    booth.store.take(reply(receipt=receipt(booth, 1, 2, 3)))
    taken = booth.store.take(reply(head=(1, booth.store.hash_of(1) or b"")))
    assert (taken.again, taken.trouble) == (2, "")
    assert numbers(booth.store.waiting(9, 9999)) == [2, 3, 4]
    assert booth.store.take(reply(head=(0, bytes(32)))).again == 1
    assert numbers(booth.store.waiting(1, 1000)) == [1]


def test_a_head_behind_which_what_comes_next_waits_loses_no_receipt(booth: Booth) -> None:
    booth.append("note", "note", "alert")
    booth.store.take(reply(receipt=receipt(booth, 1, 3)))
    assert booth.store.take(reply(head=(1, booth.store.hash_of(1) or b""))) == Taken()
    assert booth.state(3) == "received"


def test_receipts_in_the_answer_that_goes_back_are_kept(booth: Booth) -> None:
    booth.append("note", "note", "note", "alert")
    booth.store.take(reply(receipt=receipt(booth, 1, 2)))
    booth.store.take(reply(receipt=receipt(booth, 4), head=(1, booth.store.hash_of(1) or b"")))
    assert [booth.state(number) for number in (1, 2, 3, 4)] == ["received", "recorded", "recorded", "received"]


def test_another_history_and_a_journal_that_is_behind_are_told(booth: Booth) -> None:
    booth.append("note")
    booth.store.take(reply(receipt=receipt(booth, 1)))
    assert booth.store.take(reply(head=(1, b"x" * 32))).trouble == "forked"
    assert booth.store.take(reply(head=(5, b"x" * 32))).trouble == "behind"
    assert booth.state(1) == "received"


def test_the_feed_is_kept_with_its_cursors_and_late_answers_bring_nothing(booth: Booth) -> None:
    def item(key: str, rank: int) -> Item:
        return Item("section", key, "customs", at(1), b"{}", rank)

    def brought(cursors: Cursors, *items: Item) -> int:
        return booth.store.take(reply(feed=items, cursors=cursors)).feed

    assert brought((1, 0, 0, 4), item("a", 0), item("b", 3)) == 2
    assert brought((1, 0, 0, 3), item("old", 3)) == 0
    assert brought((0, 2, 0, 4), item("older", 0), item("c", 1)) == 1
    assert booth.items() == ["a", "b", "c"]
    booth.reopen()
    assert booth.store.cursors() == (1, 2, 0, 4)


def test_sent_is_known_until_a_restart(booth: Booth) -> None:
    booth.append("note", "note")
    booth.store.sent([1])
    assert [booth.state(number) for number in (1, 2)] == ["sent", "recorded"]
    booth.reopen()
    assert booth.state(1) == "recorded"
