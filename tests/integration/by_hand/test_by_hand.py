"""No link for days: the outbox goes on a stick, and receipts come back on it."""

from __future__ import annotations

import pytest

from counter_tui.bootstrap.directory import kept_directory
from counter_tui.bootstrap.export import find_exports, find_taken, find_unanswered
from counter_tui.domain.words import Authority
from offline_cache import Receipt, Records, Settings
from offline_cache.signing import generate
from tests.integration.by_hand.post import Stick, copy_of, restore
from tests.integration.single_window.test_taking_entries import sync
from tests.integration.single_window.world import decision, open_window, section

FAR = 1 << 60


def test_a_thousand_entries_there_twice_and_back_twice_nothing_doubled(post: Stick) -> None:
    with post.a1.booth.journal._vault.transaction():
        for number in range(999):
            post.a1.booth.decide(f"X{number}")
    exported = post.a1.export(post.up)
    assert (exported.entries, exported.first, exported.last) == (1000, 1, 1000)

    first, second = post.bring(), post.bring()
    assert (first.entries, first.new, first.receipted, first.refused) == (1000, 1000, 1000, [])
    assert (second.entries, second.new, second.receipted) == (1000, 0, 1000)
    assert post.store.count_entries("A1") == 1000
    assert second.answer == first.answer + 1

    took = post.a1.take(post.down)
    assert (took.settled, took.refused, took.again) == (1000, [], False)
    again = post.a1.take(post.down)
    assert (again.settled, again.again) == (0, True)
    assert set(post.a1.states().values()) == {"received"}
    assert post.a1.outbox.summary().waiting == 0


def test_exporting_claims_nothing_and_changes_nothing(post: Stick) -> None:
    post.a1.booth.decide()
    vault = post.a1.booth.journal._vault
    before = (list(post.a1.booth.journal.entries()), vault.execute("SELECT * FROM deliveries"))
    exported = post.a1.export(post.up)
    assert (list(post.a1.booth.journal.entries()), vault.execute("SELECT * FROM deliveries")) == before
    assert set(post.a1.states().values()) == {"recorded"}
    assert find_unanswered(vault, "A1") == (exported, 2)


def test_an_export_is_answered_once_its_receipts_are_in(post: Stick) -> None:
    exported, _, _ = post.there_and_back()
    vault = post.a1.booth.journal._vault
    assert find_unanswered(vault, "A1") is None
    kept = find_exports(Settings(vault))
    assert [(one.number, bool(one.answered)) for one in kept] == [(exported.number, True)]


def test_an_export_whose_entries_the_link_delivered_is_no_longer_told(post: Stick) -> None:
    post.a1.export(post.up)
    vault = post.a1.booth.journal._vault
    answer = sync(post.window, post.a1.enrolment, *post.a1.booth.journal.entries())
    assert answer.receipt is not None
    r = answer.receipt
    receipt = Receipt(r.window, r.at, r.counter, r.entries, r.signature)
    post.a1.outbox.receive(receipt, post.a1.enrolment.window_public_key)
    assert find_unanswered(vault, "A1") is None


def test_exports_are_numbered_and_a_few_are_remembered(post: Stick) -> None:
    numbers = [post.a1.export(post.up).number for _ in range(20)]
    assert numbers == list(range(1, 21))
    assert [one.number for one in find_exports(Settings(post.a1.booth.journal._vault))] == numbers[:3:-1]


def test_an_outbox_with_nothing_in_it_still_asks_for_the_feed(post: Stick) -> None:
    post.there_and_back()
    post.window.keep_section("IDN:X1", section(Authority.CUSTOMS))
    exported, done, took = post.there_and_back()
    assert (exported.entries, done.entries, took.settled) == (0, 0, 0)
    assert [item.key for item in took.items] == ["IDN:X1/customs"]


def test_one_bad_entry_is_refused_with_its_reason_and_the_others_go_on(post: Stick) -> None:
    post.a1.booth.record("decision", "c", decision(), signer=generate())
    post.a1.booth.decide()
    _, done, took = post.there_and_back()
    assert done.refused == [(2, "bad-signature")]
    assert took.refused == [(2, "bad-signature")]
    assert post.a1.states() == {1: "received", 2: "refused", 3: "received"}
    assert {line.sequence: line.reason for line in post.a1.outbox.states(9)}[2] == "bad-signature"


def test_an_entry_too_large_to_travel_does_not_keep_the_others(post: Stick) -> None:
    post.a1.booth.record("decision", "c", b"x" * (1 << 18))
    post.a1.booth.decide()
    exported, _, took = post.there_and_back()
    assert exported.stripped == 1
    assert took.refused == [(2, "erased")]
    assert post.a1.states() == {1: "received", 2: "refused", 3: "received"}
    kept = post.a1.booth.journal.get(2).body
    assert kept is not None
    assert len(kept) == 1 << 18


def test_what_other_counters_decided_comes_along_once(post: Stick) -> None:
    b2 = post.counter("B2")
    sync(post.window, b2.enrolment, *b2.booth.journal.entries(), b2.booth.decide())
    held = Records(post.a1.booth.journal._vault)
    before = held.count()
    _, done, took = post.there_and_back()
    assert (done.items, took.feed, [item.key for item in took.items]) == (1, 1, ["B2/2"])
    assert held.count() > before
    _, done, took = post.there_and_back()
    assert (done.items, took.feed) == (0, 0)


def test_the_feed_keeps_to_its_budget_and_goes_on_with_the_next(post: Stick, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counter_tui.bootstrap.bundles_window.FEED_BUDGET", 3000)
    for number in range(30):
        post.window.keep_section(f"IDN:X{number:02}", section(Authority.CUSTOMS))
    keys: list[str] = []
    more, rounds = True, 0
    while more:
        _, _, took = post.there_and_back()
        keys += [item.key for item in took.items]
        more, rounds = took.more, rounds + 1
    assert keys == [f"IDN:X{number:02}/customs" for number in range(30)]
    assert rounds > 3


def test_what_the_link_brought_meanwhile_is_not_undone(post: Stick) -> None:
    post.window.keep_section("IDN:X1", section(Authority.CUSTOMS))
    post.a1.export(post.up)
    post.bring()
    Settings(post.a1.booth.journal._vault).set("cursors", b"[%d, %d, %d, %d]" % ((FAR,) * 4))
    took = post.a1.take(post.down)
    assert took.feed == 0
    assert post.a1.carrier.opened().store.cursors() == (FAR,) * 4


def test_a_single_window_restored_from_a_copy_gets_again_what_it_lost(post: Stick) -> None:
    post.a1.booth.decide("X1")
    post.store.close()
    copy = copy_of(post.folder / "window.vault")
    post.window, post.store = open_window(post.folder)
    post.there_and_back()
    post.store.close()
    restore(copy)
    post.window, post.store = open_window(post.folder)
    post.a1.booth.decide("X2")

    _, done, took = post.there_and_back()
    assert done.missing
    assert took.rewound == 2
    assert set(post.a1.states().values()) == {"recorded"}
    _, done, took = post.there_and_back()
    assert (done.new, took.settled) == (3, 3)


def test_answers_of_a_single_window_restored_from_a_copy_are_above_those_before(post: Stick) -> None:
    post.there_and_back()
    _, _, took = post.there_and_back()
    post.store.put_setting("answer number/A1", b"0")
    _, done, again = post.there_and_back()
    assert done.answer == again.number == took.number + 1
    assert find_taken(Settings(post.a1.booth.journal._vault)).number == again.number


def test_an_older_export_brought_after_a_newer_one_does_no_harm(post: Stick) -> None:
    old = post.stick / "old"
    post.a1.export(old)
    post.a1.booth.decide()
    post.there_and_back()
    post.up = old
    done = post.bring()
    assert (done.new, done.receipted, done.missing) == (0, 1, False)
    assert post.a1.take(post.down).settled == 0
    assert set(post.a1.states().values()) == {"received"}


def test_a_lease_comes_along_each_time(post: Stick) -> None:
    """A booth without a link goes on reading for as long as somebody carries sticks."""
    numbers = []
    for _ in range(2):
        _, _, took = post.there_and_back()
        held = post.a1.carrier.opened().reading.leases.held
        assert held is not None
        assert took.leased
        numbers.append(held.number)
    assert numbers[0] < numbers[1]
    assert post.a1.take(post.down).again


def test_who_works_at_other_counters_and_their_keys_come_along(post: Stick) -> None:
    """So that a second person is called by telephone at a booth that has had no link for days."""
    vault = post.a1.booth.journal._vault
    post.there_and_back()
    assert kept_directory(Settings(vault)).counters == {}, "it is alone"
    b2 = post.counter("B2")
    post.there_and_back()
    known = kept_directory(Settings(vault))
    assert known.counters == {"B2": b2.booth.keys.public}
    assert {id_: one.counters for id_, one in known.staff.items()} == dict.fromkeys(known.people, ("B2",))
    assert known.staff
    post.there_and_back()
    assert kept_directory(Settings(vault)) == known
