"""What every store of a single window has to do, whatever it is made of."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_tui.single_window.schema import WINDOW_SCHEMA
from counter_tui.single_window.store import CounterLine, EnrolledCounter, Invitation, WindowStore
from counter_tui.single_window.vault_store import VaultStore
from offline_cache import Entry, KnownCounter, commit, judge
from offline_cache.entry import GENESIS
from offline_cache.schema import Schema
from offline_cache.sync.messages import Item, Rank
from offline_cache.sync.window import RankOf, after, in_order
from offline_cache.vault import Vault
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


def good(_: bytes, __: bytes, signature: bytes) -> bool:
    return signature.startswith(b"good")


def take(store: WindowStore, entries: list[Entry], *, early: bool = False) -> list[str]:
    """Judge and save as the single window does; a signature of `good` holds. `early`: what is entered is a decision."""
    rank_of: RankOf = (lambda _: Rank.DECISION) if early else in_order
    with store.transaction():
        numbers = [entry.sequence for entry in entries]
        known = store.known("A1", "demo", min(numbers), max(numbers))
        judgements = judge(known, entries, lambda _: b"key", good, rank_of)
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
    assert known.held == {n: entries[n - 1].hash() for n in (1, 2, 3)}
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
    assert enrolled.known("A1", "demo", 2, 2).held == {n: entries[n - 1].hash() for n in (1, 2)}


def item(key: str, body: bytes = b"{}") -> Item:
    return Item("section", key, "customs", AT, body)


def test_the_feed_is_in_order_and_goes_on_behind_a_position(store: WindowStore, reopen: Open) -> None:
    for number in range(5):
        store.put_feed(item(f"k{number}"), origin="A1")
    again = reopen()
    found = again.feed(None, 0, 3)
    assert [(at.item.key, at.origin) for at in found] == [("k0", "A1"), ("k1", "A1"), ("k2", "A1")]
    rest = again.feed(None, found[-1].position, 10)
    assert [at.item.key for at in rest] == ["k3", "k4"]
    assert list(again.feed(None, rest[-1].position, 10)) == []


def test_a_newer_item_stands_at_the_end_in_place_of_the_earlier(store: WindowStore) -> None:
    for key, body in (("k1", b"old"), ("k2", b"{}"), ("k1", b"new")):
        store.put_feed(item(key, body))
    assert [(at.item.key, at.item.body) for at in store.feed(None, 0, 10)] == [("k2", b"{}"), ("k1", b"new")]
    assert store.find_feed("section", "k1") == item("k1", b"new")
    assert store.find_feed("decision", "k1") is None


def test_a_position_is_never_given_twice(store: WindowStore, reopen: Open) -> None:
    store.put_feed(item("k1"))
    before = store.feed(None, 0, 10)[-1].position
    store.put_feed(item("k1"))
    assert reopen().feed(None, 0, 10)[-1].position > before


def test_each_rank_of_the_feed_has_its_own_order(store: WindowStore) -> None:
    for number, rank in enumerate((Rank.BULK, Rank.DECISION, Rank.BULK)):
        store.put_feed(Item("k", str(number), "o", AT, b"{}", rank))
    assert [at.item.key for at in store.feed(Rank.BULK, 0, 10)] == ["0", "2"]
    (decision,) = store.feed(Rank.DECISION, 0, 10)
    assert decision.item.rank == Rank.DECISION
    assert list(store.feed(Rank.DECISION, decision.position, 10)) == []


def test_what_is_left_of_the_feed_is_counted_by_rank(store: WindowStore) -> None:
    for number, rank in enumerate((Rank.BULK, Rank.ALERT, Rank.BULK), start=1):
        store.put_feed(Item("expected", f"MYS:A{number}", "immigration", AT, b"{}", rank))
    first, alert, second = (at.position for at in store.feed(None, 0, 10))
    assert [store.feed_left(None, after) for after in (0, first, alert, second)] == [3, 2, 1, 0]
    assert [store.feed_left(Rank.BULK, after) for after in (0, first, second)] == [2, 1, 0]
    assert store.feed_left(Rank.ALERT, alert) == store.feed_left(Rank.LISTS, 0) == 0


def test_positions_stand_behind_what_a_counter_holds_already(store: WindowStore, reopen: Open) -> None:
    store.put_feed(Item("k", "1", "o", AT, b"{}"))
    floor = store.feed(None, 0, 1)[0].position + 10**9
    store.raise_feed(floor)
    again = reopen()
    again.put_feed(Item("k", "2", "o", AT, b"{}"))
    assert again.feed(None, 0, 10)[-1].position > floor


def test_what_came_early_is_kept_until_the_chain_reaches_it(enrolled: WindowStore, reopen: Open) -> None:
    first, second, third = chain(3)
    assert take(enrolled, [third], early=True) == ["early"]
    store = reopen()
    known = store.known("A1", "demo", 1, 1)
    assert known.early == {3: (third.hash(), third.previous)}
    assert known.aside == {}
    assert store.count_entries("A1") == 1
    assert take(store, [first, second], early=True) == ["accepted", "accepted"]
    known = store.known("A1", "demo", 1, 3)
    assert (known.head_sequence, known.early) == (3, {})
    assert store.held("A1", 2, 10) == [(2, second.hash()), (3, third.hash())]


def test_what_waits_for_a_signature_is_kept_whole_and_replaced(enrolled: WindowStore, reopen: Open) -> None:
    entries = [replace(entry, signature=b"") for entry in chain(3, body=b"no JSON")]
    enrolled.keep_partial("A1", entries)
    store = reopen()
    assert store.known("A1", "demo", 1, 1).partial == tuple(entries)
    store.keep_partial("A1", entries[:1])
    assert store.known("A1", "demo", 1, 1).partial == tuple(entries[:1])
    store.keep_partial("A1", ())
    assert store.known("A1", "demo", 1, 1).partial == ()


def test_a_store_of_an_earlier_version_is_brought_forward(tmp_path: Path) -> None:
    old = Schema(WINDOW_SCHEMA.application_id, WINDOW_SCHEMA.migrations[:2])
    with Vault.create(tmp_path / "window.vault", KEY, old) as vault:
        for kind in ("decision", "section"):
            vault.execute(
                "INSERT INTO feed (kind, key, owner, as_of, origin, body) VALUES (?, 'k', 'o', ?, '', x'7b7d')",
                (kind, AT),
            )
    store = VaultStore.open(tmp_path / "window.vault", KEY)
    assert [(at.item.kind, at.item.rank) for at in store.feed(None, 0, 9)] == [("decision", 1), ("section", 3)]
    store.close()
