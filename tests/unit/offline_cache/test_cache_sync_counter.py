from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from offline_cache import CounterSync, Drop, Entry, Pace, Receipt, Send, Told, Wake, commit
from offline_cache.errors import DiskFull
from offline_cache.sync.effects import Effect
from offline_cache.sync.memory import Disk, MemoryCounterStore
from offline_cache.sync.messages import START, Reply, Request
from tests.unit.offline_cache.cache_rig import at, cheap_sign, cheap_verify, salt

WINDOW, SESSION = b"window", b"session"
RANKS = {"alert": 0, "decision": 1}


class Counter:
    """The counter's half, and what it asked for."""

    def __init__(self, *kinds: str, pace: Pace | None = None) -> None:
        self.disk = Disk()
        self.store = MemoryCounterStore(
            "c1", window_key=WINDOW, rank_of=lambda kind: RANKS.get(kind, 3), verify=cheap_verify, disk=self.disk
        )
        self.record(*kinds)
        self.sync = CounterSync(self.store, pace)
        self.wake = 0.0
        self.sends: list[Send] = []
        self.told: list[str] = []
        self.dropped: list[int] = []

    def record(self, *kinds: str, session: str = "s1") -> None:
        for kind in kinds:
            count, previous = self.store.head()
            number, body = count + 1, b'{"n":%d}' % count
            header = ("c1", number, previous, at(number), "demo", kind, "x1", session, commit(salt(number), body))
            entry = Entry(*header, salt(number), body, b"")
            self.store.append(replace(entry, signature=cheap_sign(SESSION, entry.signed_bytes())))

    def do(self, effects: list[Effect]) -> Send | None:
        """What is to be sent, if anything is."""
        sent: Send | None = None
        for effect in effects:
            match effect:
                case Send():
                    sent = effect
                    self.sends.append(effect)
                case Wake():
                    self.wake = effect.at
                case Told():
                    self.told.append(effect.word)
                case Drop():
                    self.dropped.append(effect.request_id)
        return sent

    def start(self, now: float = 0.0) -> Request:
        sent = self.do(self.sync.started(now))
        assert sent is not None
        return sent.request

    def answer(self, now: float, number: int = -1, **parts: Any) -> Send | None:
        """All that was sent is received, unless `parts` say otherwise."""
        send = self.sends[number]
        parts.setdefault("receipt", self.receipt(*(entry.sequence for entry in send.request.entries)))
        empty = Reply(None, None, (), (), START, more=False, time=at(9))
        size = 100 + sum(len(entry.body or b"") for entry in send.request.entries)
        self.do(self.sync.handed(send.request_id, size, send.deadline - self.sync.quality.patience(size)))
        reply = replace(empty, **parts)
        return self.do(self.sync.answered(send.request_id, reply, now, sent=size, received=100))

    def receipt(self, *sequences: int) -> Receipt | None:
        if not sequences:
            return None
        unsigned = Receipt("w1", at(5), "c1", tuple((n, self.store.hash_of(n) or b"") for n in sequences), b"")
        return replace(unsigned, signature=cheap_sign(WINDOW, unsigned.signed_bytes()))


def numbers(send: Send | None) -> list[int]:
    assert send is not None
    return [entry.sequence for entry in send.request.entries]


def test_it_begins_with_one_entry_and_grows_eightfold_while_receipts_come() -> None:
    counter = Counter(*["note"] * 100)
    counter.start()
    sizes = []
    now = 0.0
    while counter.sync.waiting:
        now += 0.01
        sizes.append(len(counter.sends[-1].request.entries))
        counter.answer(now)
    assert sizes == [1, 8, 64, 27]
    assert counter.store.settled_to() == 100


def test_a_batch_is_no_more_than_the_link_carries_in_three_seconds() -> None:
    counter = Counter(*["note"] * 200)
    counter.start()
    now = 0.0
    for _ in range(6):
        send = counter.sends[-1]
        size = 60 + 10 * len(send.request.entries)
        counter.do(counter.sync.handed(send.request_id, size, now))
        now += 0.6 + size / 100  # 800 bit/s
        receipt = counter.receipt(*numbers(send))
        reply = Reply(receipt, None, (), (), START, more=False, time=at(9))
        counter.do(counter.sync.answered(send.request_id, reply, now, sent=size))
    assert counter.sync.quality.rate == pytest.approx(800, rel=0.1)
    assert counter.sync.quality.round_trip == pytest.approx(0.6, rel=0.3)
    assert 15 <= len(counter.sends[-1].request.entries) <= 45


def test_an_overdue_request_is_left_under_way_while_a_probe_of_one_goes() -> None:
    counter = Counter(*["note"] * 20)
    counter.start()
    counter.answer(0.1)
    batch = counter.sends[-1]
    assert len(batch.request.entries) == 8
    probe = counter.do(counter.sync.tick(batch.deadline))
    assert numbers(probe) == [2]
    assert counter.sync.failing
    assert counter.told[-1] == "down"
    assert not counter.dropped
    # its late answer counts, and it goes on behind it
    counter.answer(batch.deadline + 1, number=-2)
    assert counter.store.settled_to() == 9
    assert not counter.sync.failing


def test_it_probes_at_least_every_two_seconds_while_entries_wait() -> None:
    counter = Counter("note")
    counter.start()
    now = counter.wake
    at_ = []
    for _ in range(30):
        if counter.do(counter.sync.tick(now)):
            at_.append(now)
        assert counter.wake - now <= 2.001
        now = counter.wake
    assert max(later - sooner for sooner, later in pairwise(at_)) <= 2.001
    assert len(counter.sync._flights) <= 4
    # the first of them stays, for a link that has become slow; the newest is fresh
    assert 1 not in counter.dropped[:-1]


def test_what_fails_at_once_is_tried_again_within_half_a_second() -> None:
    counter = Counter("note")
    counter.start()
    steps, now = [], 0.0
    for _ in range(6):
        counter.do(counter.sync.failed(counter.sends[-1].request_id, now))
        steps.append(counter.wake - now)
        now = counter.wake
        counter.do(counter.sync.tick(now))
    assert steps == [0.25, 0.5, 0.5, 0.5, 0.5, 0.5]


def test_a_sign_of_life_puts_the_deadline_and_the_next_probe_off() -> None:
    counter = Counter("note")
    counter.start()
    send = counter.sends[-1]
    counter.do(counter.sync.progress(send.request_id, send.deadline - 0.1))
    assert counter.do(counter.sync.tick(send.deadline)) is None
    assert counter.wake > send.deadline + 1


def test_a_probe_says_how_far_the_journal_goes_and_so_does_an_idle_request() -> None:
    counter = Counter("note", "note")
    assert counter.start().at == counter.store.head()
    counter.answer(0.1)
    assert counter.sends[-1].request.at is None
    counter.answer(0.2)
    idle = counter.do(counter.sync.tick(counter.wake))
    assert numbers(idle) == []
    assert idle is not None
    assert idle.request.at == counter.store.head()


def test_an_alert_overtakes_what_waits() -> None:
    counter = Counter(*["note"] * 30)
    counter.start()
    counter.record("alert")
    counter.do(counter.sync.appended(0.05))
    counter.answer(0.1)
    assert 31 in numbers(counter.sends[-1])


def test_what_could_not_be_taken_out_of_turn_keeps_no_alert_back() -> None:
    counter = Counter("note", "alert")
    counter.start()
    assert numbers(counter.sends[-1]) == [2]
    counter.answer(0.1, receipt=None)  # a gap, as the single window sees it
    counter.record("alert")
    send = counter.do(counter.sync.appended(0.2))
    assert numbers(send) == [3]
    counter.answer(0.3)
    assert numbers(counter.sends[-1]) == [1, 2]


def test_an_old_single_window_gets_entries_in_order() -> None:
    counter = Counter("note", "note", "alert")
    counter.start()
    counter.answer(0.1, version=1, receipt=None)
    send = counter.do(counter.sync.tick(counter.wake))
    assert numbers(send) == [1]


def test_after_a_broken_run_each_goes_under_its_own_signature() -> None:
    counter = Counter(*["note"] * 20)
    counter.start()
    counter.answer(0.1)
    batch = numbers(counter.sends[-1])
    again = counter.answer(0.2, receipt=None, explicit=True)
    assert numbers(again) == batch
    assert again is not None
    assert again.request.explicit
    assert not again.request.brief
    after = counter.answer(0.3)
    assert after is not None
    assert not after.request.explicit


def test_it_goes_on_behind_what_is_there_without_a_signature() -> None:
    counter = Counter(*["note"] * 10)
    counter.start()
    digest = counter.store.hash_of(4)
    send = counter.answer(0.1, partial=(4, digest))
    assert numbers(send)[0] == 5
    assert send is not None
    assert send.request.brief


def test_where_that_is_in_vain_it_goes_back_to_the_first_that_waits() -> None:
    counter = Counter(*["note"] * 10)
    counter.start()
    partial = (4, counter.store.hash_of(4))
    assert numbers(counter.answer(0.1, partial=partial))[0] == 5
    counter.answer(0.2, receipt=None, partial=partial)
    assert numbers(counter.do(counter.sync.tick(counter.wake)))[0] == 2


def test_what_nothing_follows_is_signed_again() -> None:
    counter = Counter(*["note"] * 4)
    counter.start()
    assert numbers(counter.answer(0.1, partial=(4, counter.store.hash_of(4)))) == [4]
    counter = Counter(*["note"] * 4)
    counter.record("note", session="s2")
    counter.start()
    assert numbers(counter.answer(0.1, partial=(4, counter.store.hash_of(4)))) == [4, 5]


def test_a_partial_of_another_history_is_not_heeded() -> None:
    counter = Counter(*["note"] * 4)
    counter.start()
    assert numbers(counter.answer(0.1, partial=(3, b"x" * 32))) == [2, 3, 4]


def test_a_disk_that_takes_no_answer_is_told_and_the_entry_still_waits() -> None:
    counter = Counter("note")
    counter.start()

    def full() -> None:
        raise DiskFull("disk.full")

    counter.disk.before = full
    assert counter.answer(0.1) is None
    assert counter.told == ["trouble", "down"]
    counter.disk.before = lambda: None
    assert numbers(counter.do(counter.sync.tick(counter.wake))) == [1]
    counter.answer(counter.wake)
    assert counter.told[2:] == ["up", "received"]


def test_a_forged_receipt_is_told_and_settles_nothing() -> None:
    counter = Counter("note")
    counter.start()
    genuine = counter.receipt(1)
    assert genuine is not None
    counter.answer(0.1, receipt=replace(genuine, at=at(6)))
    assert counter.told == ["trouble", "down"]
    assert counter.sync.waiting == 1


def test_an_entry_recorded_while_an_idle_request_is_under_way_goes_at_once_after_it() -> None:
    counter = Counter()
    counter.start()
    counter.record("note")
    assert counter.do(counter.sync.appended(0.1)) is None
    assert numbers(counter.answer(0.2)) == [1]


def test_the_feed_is_asked_for_again_while_there_is_more_and_whenever_it_is_wanted() -> None:
    counter = Counter()
    counter.start()
    assert counter.answer(0.1, more=True) is not None
    assert counter.answer(0.2) is None
    assert counter.wake == pytest.approx(15.2)
    assert counter.do(counter.sync.wanted(1.0)) is not None
    counter.do(counter.sync.failed(counter.sends[-1].request_id, 1.1))
    counter.do(counter.sync.tick(counter.wake))
    counter.do(counter.sync.failed(counter.sends[-1].request_id, 1.5))
    assert counter.wake <= 3.5


def test_a_fork_is_told_once_and_the_entries_go_on_waiting() -> None:
    counter = Counter("note")
    counter.start()
    for now in (0.1, 3.0):
        counter.answer(now, receipt=None, head=(1, b"x" * 32))
        counter.do(counter.sync.tick(counter.wake))
    assert counter.told.count("forked") == 1
    assert counter.sync.waiting == 1


def test_a_late_head_takes_no_receipt_back() -> None:
    counter = Counter("note", "note", "note")
    counter.start()
    first = counter.sends[-1]
    counter.answer(0.1)
    counter.answer(0.2)
    assert counter.store.settled_to() == 3
    stale = Reply(None, (0, bytes(32)), (), (), START, more=False, time=at(9))
    counter.do(counter.sync.answered(first.request_id, stale, 0.3))
    assert counter.store.settled_to() == 3


def test_a_revoked_counter_sends_no_more() -> None:
    counter = Counter("note")
    counter.start()
    counter.do(counter.sync.revoked(0.1))
    assert counter.told == ["revoked"]
    assert counter.dropped == [1]
    counter.record("note")
    assert counter.do(counter.sync.appended(1.0)) is None
    assert counter.do(counter.sync.tick(counter.wake)) is None


def test_what_a_machine_slept_through_says_nothing_of_the_link() -> None:
    counter = Counter("note", "note")
    counter.start()
    counter.answer(0.1)
    rate = counter.sync.quality.rate
    counter.do(counter.sync.handed(counter.sends[-1].request_id, 100, 0.1))
    reply = Reply(counter.receipt(2), None, (), (), START, more=False, time=at(9))
    counter.do(counter.sync.answered(counter.sends[-1].request_id, reply, 7200.0, sent=100, received=100))
    assert counter.sync.quality.rate == rate
