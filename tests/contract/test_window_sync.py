"""The single window's half gives the same answers over every store, to whatever is sent in whatever order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from counter_tui.single_window.schema import WINDOW_SCHEMA
from counter_tui.single_window.store import EnrolledCounter
from counter_tui.single_window.vault_store import VaultStore
from offline_cache import GENESIS, Entry, Vault, WindowSync, commit
from offline_cache.sync.memory import Disk, MemoryWindowStore
from offline_cache.sync.messages import START, Item, Reply, Request
from offline_cache.sync.packing import covered
from tests.integration.single_window.world import KEY, counter
from tests.unit.offline_cache.cache_rig import at, cheap_sign, cheap_verify, salt

RANKS = {"alert": 0, "decision": 1}
NOW = 1_795_000_000_000
WINDOW = b"window"


def chain(name: str, *kinds: str, body: bytes = b"{}", previous: bytes = GENESIS, first: int = 1) -> list[Entry]:
    made: list[Entry] = []
    for number, kind in enumerate(kinds, first):
        seasoning = salt(number)
        session = f"s{1 + number // 5}"
        header = (name, number, previous, at(number), "demo", kind, "x1", session, commit(seasoning, body))
        entry = Entry(*header, seasoning, body, b"")
        made.append(replace(entry, signature=(cheap_sign(b"session", entry.signed_bytes()) * 2)[:64]))
        previous = entry.hash()
    return made


def holds(key: bytes, message: bytes, signature: bytes) -> bool:
    return cheap_verify(key, message, signature[:32])


def syncing(store: MemoryWindowStore | VaultStore) -> WindowSync:
    return WindowSync(
        store,
        sign=lambda message: cheap_sign(WINDOW, message),
        name="w1",
        realm="demo",
        clock=lambda: at(1),
        rank_of=lambda kind: RANKS.get(kind, 3),
        keys_for=lambda _, __: lambda session: None if session == "s9" else b"session",
        taken=lambda name, entry: store.put_feed(
            Item("decision", f"{name}/{entry.sequence}", name, at(1), entry.body or b"", 1), name
        ),
        verify=holds,
    )


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with Vault.create(tmp_path / "window.vault", KEY, WINDOW_SCHEMA) as opened:
        yield opened


@pytest.fixture(params=["memory", "vault"])
def sync(request: pytest.FixtureRequest, vault: Vault) -> WindowSync:
    return syncing(in_memory() if request.param == "memory" else in_vault(vault, "A1"))


def in_memory() -> MemoryWindowStore:
    return MemoryWindowStore(lambda: NOW, Disk())


def in_vault(vault: Vault, name: str) -> VaultStore:
    store = VaultStore(vault, lambda: NOW)
    store.enrol(EnrolledCounter(counter(name), bytes(32)), name.encode())
    return store


def ask(sync: WindowSync, *entries: Entry, name: str = "A1", **parts: object) -> Reply:
    return sync.sync(name, replace(Request(2, START, 9999, entries), **parts))  # type: ignore[arg-type]


def named(reply: Reply) -> list[int]:
    return [] if reply.receipt is None else [sequence for sequence, _ in reply.receipt.entries]


def numbers(entries: Sequence[tuple[int, bytes]]) -> list[int]:
    return [sequence for sequence, _ in entries]


def test_one_signature_covers_what_goes_before_it(sync: WindowSync) -> None:
    entries = covered(chain("A1", *["note"] * 4))
    assert [bool(entry.signature) for entry in entries] == [False, False, False, True]
    reply = ask(sync, *entries)
    assert named(reply) == [1, 2, 3, 4]
    assert reply.partial is None


def test_where_the_covering_signature_fails_nobody_is_blamed_until_each_comes_alone(sync: WindowSync) -> None:
    entries = chain("A1", *["note"] * 4)
    entries[1] = replace(entries[1], signature=b"x" * 64)
    broken = list(covered(entries))
    broken[3] = replace(broken[3], signature=b"x" * 64)
    reply = ask(sync, *broken)
    assert (named(reply), reply.refused, reply.explicit) == ([], (), True)
    reply = ask(sync, *entries, explicit=True)
    assert named(reply) == [1, 3, 4]
    assert [(one.sequence, one.reason) for one in reply.refused] == [(2, "bad-signature")]
    assert not reply.explicit


def test_alerts_and_decisions_are_taken_out_of_order_and_linked_when_the_chain_reaches_them(sync: WindowSync) -> None:
    entries = chain("A1", "note", "note", "alert", "note", "decision")
    assert named(ask(sync, entries[2], entries[4])) == [3, 5]
    assert named(ask(sync, entries[2])) == [3]
    reply = ask(sync, entries[3])
    assert (named(reply), reply.head) == ([], (0, GENESIS))
    assert named(ask(sync, entries[0], entries[1])) == [1, 2]
    assert named(ask(sync, entries[3])) == [4]
    assert ask(sync, at=(5, entries[4].hash())).head is None


def test_what_contradicts_an_early_one_is_a_fork(sync: WindowSync) -> None:
    true = chain("A1", "note", "note", "alert")
    other = chain("A1", "note", "note", "alert", body=b"[]")
    ask(sync, true[2])
    ask(sync, true[0])
    forked = chain("A1", "note", body=b"[]", previous=true[0].hash(), first=2)
    for entry in (other[2], forked[0]):
        assert [one.reason for one in ask(sync, entry).refused] == ["fork"]
    assert named(ask(sync, true[1])) == [2]


def test_what_arrived_of_a_request_is_confirmed_by_what_follows(sync: WindowSync) -> None:
    entries = covered(chain("A1", *["note"] * 4))
    sync.part("A1", entries[:3])
    reply = ask(sync)
    assert (named(reply), reply.partial) == ([], (3, entries[2].hash()))
    assert sync.hash_before("A1")(4) == entries[2].hash()
    reply = ask(sync, entries[3])
    assert (named(reply), reply.partial) == ([1, 2, 3, 4], None)


def test_a_signed_one_in_the_middle_leaves_the_rest_waiting(sync: WindowSync) -> None:
    whole = chain("A1", *["note"] * 4)
    entries = covered(whole)
    sync.part("A1", entries[:3])
    reply = ask(sync, whole[1])
    assert (named(reply), reply.partial) == ([1, 2], (3, entries[2].hash()))


def test_an_explicit_request_forgets_what_came_in_part(sync: WindowSync) -> None:
    whole = chain("A1", *["note"] * 4)
    sync.part("A1", covered(whole)[:3])
    assert ask(sync, whole[0], explicit=True).partial is None


def test_unlinked_says_where_to_go_on(sync: WindowSync) -> None:
    whole = chain("A1", *["note"] * 4)
    ask(sync, *whole[:2])
    sync.part("A1", covered(whole)[2:3])
    reply = sync.unlinked("A1")
    assert (reply.head, reply.explicit) == ((2, whole[1].hash()), True)
    assert ask(sync).partial is None


def test_the_hash_before_an_entry_is_known_wherever_it_lies(sync: WindowSync) -> None:
    whole = chain("A1", *["note"] * 3, "alert")
    before = sync.hash_before("A1")
    assert (before(1), before(2)) == (GENESIS, None)
    ask(sync, *whole[:2])
    ask(sync, replace(whole[2], signature=b"x" * 64))
    ask(sync, whole[3])
    assert [before(number) for number in (1, 2, 3, 4, 5)] == [GENESIS, *(entry.hash() for entry in whole)]


def test_who_sends_again_hears_what_else_is_here(sync: WindowSync) -> None:
    whole = chain("A1", *["note"] * 6)
    ask(sync, *whole)
    reply = ask(sync, whole[1], at=(5, whole[4].hash()))
    assert named(reply) == [2]
    assert reply.held is not None
    assert numbers(reply.held.entries) == [3, 4, 5]
    assert ask(sync, whole[1]).held is None


def test_a_counter_that_is_behind_or_another_hears_it(sync: WindowSync) -> None:
    whole = chain("A1", *["note"] * 3, "note", "alert")
    ask(sync, *whole[:3])
    head = (3, whole[2].hash())
    assert ask(sync, at=head).head is None
    assert ask(sync, at=(2, whole[1].hash())).head == head
    assert ask(sync, at=(3, b"x" * 32)).head == head
    assert ask(sync, at=(4, whole[3].hash())).head == head
    assert ask(sync, whole[3], at=(9, b"x" * 32)).head is None
    ask(sync, replace(chain("A1", "alert", previous=b"p" * 32, first=9)[0]))
    assert ask(sync, at=(4, whole[3].hash())).head is not None


def test_a_counter_of_version_1_gets_neither_early_receipts_nor_ranks(sync: WindowSync) -> None:
    whole = chain("A1", "note", "alert", "note")
    reply = ask(sync, whole[1], version=1)
    assert (named(reply), reply.head) == ([], (0, GENESIS))
    assert named(ask(sync, *whole, version=1)) == [1, 2, 3]
    assert len(set(ask(sync, version=1).cursors)) == 1


@pytest.mark.parametrize("seed", range(12))
def test_every_store_gives_the_same_answers(seed: int, vault: Vault) -> None:
    random = Random(seed)
    one, two = syncing(in_memory()), syncing(in_vault(vault, "A1"))
    kinds = [random.choice(["note", "note", "alert", "decision"]) for _ in range(14)]
    entries = chain("A1", *kinds)
    other = chain("A1", *kinds[6:], body=b"[]", previous=entries[5].hash(), first=7)
    for _ in range(30):
        first = random.randrange(14)
        sent = list((other[max(0, first - 6) :] if random.random() < 0.1 else entries[first:])[: random.randint(0, 5)])
        if random.random() < 0.3:
            sent = random.sample(entries, random.randint(1, 4))
        sent = [spoiled(entry, random) if random.random() < 0.1 else entry for entry in sent]
        explicit = random.random() < 0.3
        batch = tuple(sent) if explicit else covered(sent)
        if random.random() < 0.2 and batch:
            whole = random.randrange(len(batch))
            for sync in (one, two):
                sync.part("A1", batch[:whole])
            continue
        at_ = random.choice([None, (first + 1, entries[first].hash()), (14, entries[13].hash())])
        cursors = (NOW + first, NOW, 0, 0)
        request = Request(random.choice([1, 2, 2]), cursors, 30, batch, explicit=explicit, at=at_)
        assert one.sync("A1", request) == two.sync("A1", request)
        number = random.randint(1, 15)
        assert one.hash_before("A1")(number) == two.hash_before("A1")(number)


def spoiled(entry: Entry, random: Random) -> Entry:
    match random.randrange(4):
        case 0:
            return replace(entry, signature=b"x" * 64)
        case 1:
            return replace(entry, body=b"changed")
        case 2:
            return replace(entry, body=None, salt=b"")
    return replace(entry, session="s9")
