"""What every store of a single window has to do, whatever it is made of."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_tui.link.values import FeedItem
from counter_tui.single_window.store import CounterLine, EnrolledCounter, Invitation, WindowStore
from counter_tui.single_window.vault_store import VaultStore
from offline_cache import Entry, KnownCounter, commit, judge
from offline_cache.entry import GENESIS
from offline_cache.sync.window import after
from tests.integration.single_window.world import KEY, counter

AT = "2026-11-21T05:14:02.000Z"
Open = Callable[[], WindowStore]


@pytest.fixture(params=["vault"])
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the store, closing it first where it is open: what it then holds was durable."""
    held: list[WindowStore] = []

    def opened() -> WindowStore:
        while held:
            held.pop().close()
        held.append(VaultStore.open(tmp_path / "window.vault", KEY))
        return held[0]

    yield opened
    for store in held:
        store.close()


@pytest.fixture
def store(reopen: Open) -> WindowStore:
    return reopen()


def chain(count: int, previous: bytes = GENESIS, first: int = 1, body: bytes = b"{}") -> list[Entry]:
    entries = []
    for sequence in range(first, first + count):
        salt = sequence.to_bytes(16)
        entry = Entry(
            "A1", sequence, previous, AT, "demo", "decision", "c1", "s1", commit(salt, body), salt, body, b"good" * 16
        )
        previous = entry.hash()
        entries.append(entry)
    return entries


def take(store: WindowStore, entries: list[Entry]) -> list[str]:
    """Judge and save as the single window does; a signature of `good` holds."""
    with store.transaction():
        numbers = [entry.sequence for entry in entries]
        known = store.known("A1", "demo", min(numbers), max(numbers))
        judgements = judge(known, entries, lambda _: b"key", lambda _, __, signature: signature.startswith(b"good"))
        store.save(judgements, known, after(known, judgements), AT)
    return [judged.outcome for judged in judgements]


@pytest.fixture
def enrolled(store: WindowStore) -> WindowStore:
    store.enrol(EnrolledCounter(counter(), bytes(32)), b"token")
    return store


def spoiled(entry: Entry) -> Entry:
    return Entry(**{name: getattr(entry, name) for name in Entry.__slots__} | {"signature": b"evil" * 16})


def test_settings_are_kept(store: WindowStore, reopen: Open) -> None:
    assert store.find_setting("key") is None
    store.put_setting("key", b"one")
    store.put_setting("key", b"two")
    assert reopen().find_setting("key") == b"two"


def test_an_invitation_is_taken_once(store: WindowStore, reopen: Open) -> None:
    store.invite(b"hash", counter(), "2026-11-22")
    assert reopen().take_invitation(b"hash", "2026-11-21") == Invitation(counter(), "2026-11-22")
    assert reopen().take_invitation(b"hash", "2026-11-23") == Invitation(counter(), "2026-11-22", "2026-11-21")
    assert reopen().take_invitation(b"another", "2026-11-21") is None


def test_what_a_transaction_began_is_undone_where_it_fails(store: WindowStore) -> None:
    store.invite(b"hash", counter())

    def fail() -> None:
        with store.transaction():
            store.take_invitation(b"hash", "2026-11-21")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.take_invitation(b"hash", "2026-11-21") == Invitation(counter())


def test_a_counter_is_known_by_its_newest_token(enrolled: WindowStore, reopen: Open) -> None:
    assert enrolled.find_by_token(b"token") == EnrolledCounter(counter(), bytes(32))
    enrolled.enrol(EnrolledCounter(counter(), b"k" * 32), b"newer")
    again = reopen()
    assert again.find_by_token(b"token") is None
    assert again.find_by_token(b"newer") == EnrolledCounter(counter(), b"k" * 32)


def test_enrolling_anew_keeps_the_chain(enrolled: WindowStore) -> None:
    first = chain(2)
    take(enrolled, first)
    enrolled.enrol(EnrolledCounter(counter(), b"k" * 32), b"newer")
    assert enrolled.known("A1", "demo", 1, 2).head_hash == first[-1].hash()


def test_counters_are_listed_with_what_is_known_of_them(enrolled: WindowStore, reopen: Open) -> None:
    other = EnrolledCounter(counter("B2"), b"k" * 32, b"x" * 32)
    enrolled.enrol(other, b"other")
    take(enrolled, chain(2))
    enrolled.heard("A1", "2026-11-21T05:14:02.000Z")
    first = CounterLine(EnrolledCounter(counter(), bytes(32)), 2, "2026-11-21T05:14:02.000Z", revoked=False)
    assert list(reopen().counters()) == [first, CounterLine(other, 0, "", revoked=False)]


def test_a_revocation_is_kept_until_the_counter_enrols_anew(enrolled: WindowStore, reopen: Open) -> None:
    assert enrolled.find_revocation("A1") is None
    enrolled.revoke("A1", b"notice")
    again = reopen()
    assert again.find_revocation("A1") == b"notice"
    assert [line.revoked for line in again.counters()] == [True]
    again.enrol(EnrolledCounter(counter(), b"k" * 32), b"newer")
    assert again.find_revocation("A1") is None


def test_officers_keys_are_kept_the_newest_first(store: WindowStore, reopen: Open) -> None:
    for key in (b"1", b"2", b"1"):
        store.put_officer("A1", "siti", key)
    store.put_officer("B2", "siti", b"3")
    assert list(reopen().officer_keys("A1", "siti")) == [b"2", b"1"]
    assert list(store_keys(reopen(), "nobody")) == []


def store_keys(store: WindowStore, officer: str) -> list[bytes]:
    return list(store.officer_keys("A1", officer))


def test_the_first_session_of_a_name_stays(store: WindowStore, reopen: Open) -> None:
    store.put_session("A1", "s1", "siti", b"first")
    store.put_session("A1", "s1", "budi", b"second")
    assert reopen().find_session("A1", "s1") == b"first"
    assert reopen().find_session("B2", "s1") is None
    assert reopen().find_signer("A1", "s1") == "siti"
    assert reopen().find_signer("B2", "s1") is None


def test_nothing_is_known_of_a_counter_that_has_sent_nothing(enrolled: WindowStore) -> None:
    assert enrolled.known("A1", "demo", 1, 100) == KnownCounter("A1", "demo")


def test_accepted_entries_are_held_and_the_head_moves(enrolled: WindowStore, reopen: Open) -> None:
    entries = chain(5)
    assert take(enrolled, entries) == ["accepted"] * 5
    known = reopen().known("A1", "demo", 2, 3)
    assert (known.head_sequence, known.head_hash) == (5, entries[4].hash())
    assert known.held == {2: entries[1].hash(), 3: entries[2].hash()}
    assert known.aside == {}


def test_entries_are_stored_once(enrolled: WindowStore, reopen: Open) -> None:
    entries = chain(3)
    take(enrolled, entries)
    again = reopen()
    assert take(again, entries + chain(1, entries[-1].hash(), 4)) == ["duplicate"] * 3 + ["accepted"]
    assert again.count_entries("A1") == 4


def test_a_bad_entry_lies_aside_until_it_comes_in_good_order(enrolled: WindowStore, reopen: Open) -> None:
    first, second, third = chain(3)
    assert take(enrolled, [first, spoiled(second)]) == ["accepted", "bad-signature"]
    again = reopen()
    assert again.known("A1", "demo", 3, 3).aside == {second.hash(): (2, first.hash())}
    assert take(again, [third]) == ["accepted"]
    known = again.known("A1", "demo", 1, 3)
    assert (known.head_sequence, known.held) == (3, {1: first.hash(), 2: second.hash(), 3: third.hash()})
    assert take(again, [spoiled(second)]) == ["bad-signature"]
    assert take(again, [second]) == ["accepted"]
    assert take(reopen(), [second]) == ["duplicate"]
    assert reopen().count_entries("A1") == 3


def test_a_fork_changes_nothing(enrolled: WindowStore) -> None:
    entries = chain(3)
    take(enrolled, entries)
    other = chain(1, entries[0].hash(), 2, body=b'{"other": true}')
    assert take(enrolled, other) == ["fork"]
    assert enrolled.known("A1", "demo", 2, 2).held == {2: entries[1].hash()}


def item(key: str, body: bytes = b"{}") -> FeedItem:
    return FeedItem("section", key, "customs", AT, body)


def test_the_feed_is_in_order_and_goes_on_behind_a_position(store: WindowStore, reopen: Open) -> None:
    for number in range(5):
        store.put_feed(item(f"k{number}"), origin="A1")
    again = reopen()
    found = again.feed(0, 3)
    assert [(at.item.key, at.origin) for at in found] == [("k0", "A1"), ("k1", "A1"), ("k2", "A1")]
    assert [at.item.key for at in again.feed(found[-1].position, 10)] == ["k3", "k4"]
    assert list(again.feed(found[-1].position + 2, 10)) == []


def test_a_newer_item_stands_at_the_end_in_place_of_the_earlier(store: WindowStore) -> None:
    for key, body in (("k1", b"old"), ("k2", b"{}"), ("k1", b"new")):
        store.put_feed(item(key, body))
    assert [(at.item.key, at.item.body) for at in store.feed(0, 10)] == [("k2", b"{}"), ("k1", b"new")]
    assert store.find_feed("section", "k1") == item("k1", b"new")
    assert store.find_feed("decision", "k1") is None


def test_a_position_is_never_given_twice(store: WindowStore, reopen: Open) -> None:
    store.put_feed(item("k1"))
    before = store.feed(0, 10)[-1].position
    store.put_feed(item("k1"))
    assert reopen().feed(0, 10)[-1].position > before
