from __future__ import annotations

from dataclasses import replace

import pytest

from offline_cache import JournalBroken, OutboxSummary, Receipt
from tests.unit.offline_cache.cache_rig import SESSION, WINDOW, Rig, at, signed_receipt

BIG = 1 << 20


def waiting(rig: Rig, limit: int = 100) -> list[int]:
    return [entry.sequence for entry in rig.outbox.waiting(limit, BIG)]


def states(rig: Rig) -> dict[int, str]:
    return {state.sequence: state.state for state in rig.outbox.states(100)}


def refused_receipt(rig: Rig, receipt: Receipt) -> str:
    with pytest.raises(JournalBroken) as error:
        rig.outbox.receive(receipt, WINDOW.public)
    return error.value.code


def test_what_is_appended_waits_in_order_until_its_receipt(rig: Rig) -> None:
    entries = [rig.append(body=b"%d" % number) for number in range(5)]
    assert rig.outbox.waiting(3, BIG) == entries[:3]
    assert rig.receive(2, 1) == 2
    assert waiting(rig) == [3, 4, 5]
    rig.restart()
    assert waiting(rig) == [3, 4, 5]
    assert rig.outbox.summary().waiting == 3


def test_a_batch_is_bounded_in_bytes_but_never_empty(rig: Rig) -> None:
    for size in (10, 1000, 10):
        rig.append(body=b"x" * size)
    assert len(rig.outbox.waiting(10, 500)) == 1
    rig.receive(1)
    assert [entry.sequence for entry in rig.outbox.waiting(10, 500)] == [2]
    assert [entry.sequence for entry in rig.outbox.waiting(10, 5000)] == [2, 3]
    assert rig.outbox.waiting(0, 500) == []


def test_summary(rig: Rig) -> None:
    assert rig.outbox.summary() == OutboxSummary(0, None, 0)
    rig.append(body=b"x" * 100)
    rig.append(body=b"x" * 1000)
    before = rig.outbox.summary()
    assert (before.waiting, before.oldest) == (2, at(1))
    assert before.bytes > 1100
    rig.receive(1)
    after = rig.outbox.summary()
    assert (after.waiting, after.oldest) == (1, at(2))
    assert 1000 < after.bytes < before.bytes - 100


def test_a_receipt_taken_twice_changes_nothing(rig: Rig) -> None:
    rig.append()
    rig.append()
    assert rig.receive(1) == 1
    assert rig.receive(1) == 0
    assert rig.receive(1, 2) == 1
    assert waiting(rig) == []
    assert rig.outbox.states(1, before=2)[0].at == at(5000)


def test_receipts_out_of_order_leave_the_hole_waiting(rig: Rig) -> None:
    for _ in range(4):
        rig.append()
    rig.receive(3)
    rig.receive(1)
    assert waiting(rig) == [2, 4]
    rig.receive(2)
    assert waiting(rig) == [4]


def test_a_forged_or_mistaken_receipt_is_not_taken(rig: Rig) -> None:
    one, _ = rig.append(), rig.append()
    good = rig.receipt(1)
    assert refused_receipt(rig, replace(good, entries=((2, one.hash()),))) == "receipt.bad-signature"
    assert refused_receipt(rig, replace(good, at=at(1))) == "receipt.bad-signature"
    assert refused_receipt(rig, replace(good, window="w2")) == "receipt.bad-signature"
    for wrong, code in (
        (replace(good, counter="c2"), "receipt.other-counter"),
        (replace(good, at="soon"), "receipt.bad-time"),
        (replace(good, entries=((1, one.hash()), (9, one.hash()))), "receipt.unknown-entry"),
        (replace(good, entries=((1, one.hash()), (2, one.hash()))), "receipt.other-entry"),
    ):
        assert refused_receipt(rig, signed_receipt(wrong)) == code
    with pytest.raises(JournalBroken):
        rig.outbox.receive(good, SESSION.public)
    assert waiting(rig) == [1, 2]
    assert rig.journal.time_floor() == at(2).replace("Z", ".000Z")


def test_the_states_of_an_entry_newest_first(rig: Rig) -> None:
    for _ in range(5):
        rig.append()
    rig.outbox.sent([2, 3, 4], at(10))
    rig.receive(3, 4)
    rig.outbox.seen(4, at(20))
    rig.outbox.seen(1, at(20))
    rig.outbox.refuse(5, "bad-signature", at(30))
    shown = rig.outbox.states(10)
    assert [(state.sequence, state.state, state.at) for state in shown] == [
        (5, "refused", at(30)),
        (4, "seen by the agency", at(20)),
        (3, "received", at(5000)),
        (2, "sent", at(10)),
        (1, "recorded", at(1)),
    ]
    assert shown[0].reason == "bad-signature"
    assert [state.sequence for state in rig.outbox.states(2, before=4)] == [3, 2]
    assert (shown[2].kind, shown[2].group, shown[2].recorded_at) == ("decision", "x1", at(3))


def test_after_a_restart_a_sent_entry_is_only_recorded(rig: Rig) -> None:
    rig.append()
    rig.outbox.sent([1], at(10))
    assert states(rig) == {1: "sent"}
    assert waiting(rig) == [1]
    rig.restart()
    assert states(rig) == {1: "recorded"}


def test_a_refused_entry_does_not_hold_up_the_others_and_can_be_sent_again(rig: Rig) -> None:
    rig.append()
    rig.append()
    rig.outbox.refuse(1, "unknown-session", at(10))
    rig.outbox.refuse(1, "bad-signature", at(11))
    assert waiting(rig) == [2]
    rig.receive(2)
    assert waiting(rig) == []
    rig.restart()
    assert states(rig) == {2: "received", 1: "refused"}
    rig.outbox.reopen(1)
    rig.outbox.reopen(2)
    assert waiting(rig) == [1]
    assert states(rig) == {2: "received", 1: "recorded"}


def test_a_receipt_outranks_a_refusal_whichever_came_first(rig: Rig) -> None:
    rig.append()
    rig.append()
    rig.outbox.refuse(1, "bad-signature", at(10))
    rig.receive(1, 2)
    rig.outbox.refuse(2, "fork", at(10))
    assert states(rig) == {1: "received", 2: "received"}
    assert {(state.at, state.reason) for state in rig.outbox.states(10)} == {(at(5000), "")}


def test_a_receipt_does_not_take_back_that_the_agency_has_seen_it(rig: Rig) -> None:
    rig.append()
    rig.receive(1)
    rig.outbox.seen(1, at(10))
    rig.receive(1)
    assert states(rig) == {1: "seen by the agency"}


def test_a_window_that_lost_something_gets_it_again(rig: Rig) -> None:
    entries = [rig.append() for _ in range(4)]
    rig.receive(1, 2, 3)
    assert rig.outbox.rewind(1, entries[0].hash()) == 2
    assert waiting(rig) == [2, 3, 4]
    assert states(rig) == {1: "received", 2: "recorded", 3: "recorded", 4: "recorded"}
    assert rig.receive(1, 2, 3) == 2
    assert waiting(rig) == [4]
    assert rig.outbox.rewind(0, bytes(32)) == 3
    assert waiting(rig) == [1, 2, 3, 4]


def test_a_window_with_another_history_or_ahead_of_us_changes_nothing(rig: Rig) -> None:
    rig.append()
    rig.receive(1)
    for head, digest, code in ((1, bytes(32), "window.other-history"), (2, bytes(32), "window.ahead")):
        with pytest.raises(JournalBroken) as error:
            rig.outbox.rewind(head, digest)
        assert error.value.code == code
    assert states(rig) == {1: "received"}
