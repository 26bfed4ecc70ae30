from __future__ import annotations

import tempfile
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offline_cache import GENESIS, CacheError, Entry, Journal, JournalBroken, commit, entry_hash
from offline_cache.entry import encode
from offline_cache.journal import BATCH
from offline_cache.moments import corrected, stamp
from tests.unit.offline_cache.cache_rig import WINDOW, Rig, at, problems, public_key_of, receive_all, salt, sign, tamper

HEADER = [field.name for field in fields(Entry) if field.name not in ("salt", "body", "signature")]


def test_entries_count_from_one_and_name_the_one_before(rig: Rig) -> None:
    first, second = rig.append(), rig.append(group="")
    assert (first.sequence, first.previous) == (1, GENESIS)
    assert (second.sequence, second.previous) == (2, first.hash())
    assert first.commitment == commit(first.salt, b"body")
    rig.restart()
    assert list(rig.journal.entries()) == [first, second]
    assert rig.journal.get(2) == rig.journal.last() == second
    result = rig.journal.verify(public_key_of)
    assert (result.count, result.head_hash, result.problems, result.erased) == (2, second.hash(), (), 0)


def test_an_empty_journal(rig: Rig) -> None:
    assert rig.journal.last() is None
    assert rig.journal.count() == 0
    assert rig.journal.time_floor() == ""
    assert rig.journal.verify(public_key_of).problems == ()
    with pytest.raises(JournalBroken) as error:
        rig.journal.get(1)
    assert error.value.code == "journal.no-entry"


def test_reading_from_a_point_on_over_pages(rig: Rig) -> None:
    with rig.vault.transaction():
        for _ in range(450):
            rig.append()
    assert [entry.sequence for entry in rig.journal.entries(after=3)] == list(range(4, 451))
    assert [entry.sequence for entry in rig.journal.entries(after=100, limit=250)] == list(range(101, 351))
    assert list(rig.journal.entries(limit=0)) == []


def test_the_entries_of_a_group(rig: Rig) -> None:
    for group in ("x1", "", "x2", "x1"):
        rig.append(group)
    assert rig.journal.of_group("x1") == [1, 4]
    assert rig.journal.of_group("") == rig.journal.of_group("x3") == []


def test_a_record_and_its_entry_stand_or_fall_together(rig: Rig) -> None:
    def both() -> None:
        with rig.vault.transaction():
            rig.append()
            raise KeyError

    with pytest.raises(KeyError):
        both()
    assert rig.journal.count() == 0
    assert rig.append().sequence == 1


def test_the_journal_of_another_counter_or_realm_is_not_continued(rig: Rig) -> None:
    for counter, realm, code in (("c2", "demo", "journal.other-counter"), ("c1", "real", "journal.other-realm")):
        with pytest.raises(JournalBroken) as error:
            Journal(rig.vault, counter, realm)
        assert error.value.code == code


@pytest.mark.parametrize("moment", ["", "yesterday", "2026-11-21", "2026-11-21T10:00:00", "2026-11-21T10:00:00+07:00"])
def test_a_time_that_is_not_iso_utc_is_not_recorded(rig: Rig, moment: str) -> None:
    with pytest.raises(ValueError, match="recorded_at"):
        rig.journal.append("k", "", b"", recorded_at=moment, session="s1", sign=sign, salt=salt(1))


@pytest.mark.parametrize("length", [0, 15, 33])
def test_a_salt_has_to_be_long_enough_to_hide_the_body(rig: Rig, length: int) -> None:
    with pytest.raises(ValueError, match="salt"):
        rig.journal.append("k", "", b"", recorded_at=at(1), session="s1", sign=sign, salt=bytes(length))


def test_erasing_forgets_a_crossing_and_the_chain_still_verifies(rig: Rig) -> None:
    kept, erased = rig.append("x1", b"kept"), rig.append("x2", b"erased")
    rig.append("x2", b"erased too")
    receive_all(rig)
    assert rig.journal.erase("x2", "retention 30 days") == 2
    assert rig.journal.erase("x2", "again") == 2
    rig.restart()
    gone = rig.journal.get(2)
    assert (gone.body, gone.salt) == (None, b"")
    assert gone.hash() == erased.hash()
    assert rig.journal.get(1) == kept
    result = rig.journal.verify(public_key_of)
    assert (result.problems, result.erased, result.rules) == ((), 2, (("retention 30 days", 2),))
    with pytest.raises(JournalBroken) as error:
        rig.append("x2")
    assert error.value.code == "journal.erased"


def test_what_was_not_delivered_is_not_erased(rig: Rig) -> None:
    rig.append("x1")
    rig.append("x1")
    rig.receive(1)
    with pytest.raises(JournalBroken) as error:
        rig.journal.erase("x1", "rule")
    assert error.value.code == "journal.not-delivered"
    assert rig.journal.get(1).body == b"body"


def test_a_body_key_that_vanished_without_a_rule_is_not_called_erased(rig: Rig) -> None:
    rig.append()
    rig.vault.execute("UPDATE lines SET key = zeroblob(32)")
    assert problems(rig) == ("edited:1",)


def test_equal_bodies_do_not_show_as_equal(rig: Rig) -> None:
    one, two = rig.append(), rig.append()
    assert one.commitment != two.commitment
    sealed = rig.vault.execute("SELECT sealed FROM entries")
    assert sealed[0] != sealed[1]
    assert b"body" not in bytes(str(sealed), "ascii")


def test_no_two_bodies_of_a_crossing_are_sealed_with_one_key_stream(rig: Rig) -> None:
    one, two = rig.append(body=b"A" * 40), rig.append(body=b"B" * 40)
    (first,), (second,) = rig.vault.execute("SELECT sealed FROM entries ORDER BY sequence")
    assert isinstance(first, bytes)
    assert isinstance(second, bytes)
    plain = [bytes([len(entry.salt)]) + entry.salt + (entry.body or b"") for entry in (one, two)]
    xor = bytes(a ^ b for a, b in zip(first, second, strict=True))
    assert xor[:57] != bytes(a ^ b for a, b in zip(*plain, strict=True))


def record(rig: Rig, moment: str) -> Entry:
    return rig.journal.append(
        "k", "", b"", recorded_at=moment, session="s1", sign=sign, salt=salt(rig.journal.count() + 1)
    )


def test_the_time_floor_is_the_greatest_time_seen(rig: Rig) -> None:
    for moment, floor in (
        ("2026-11-21T10:00:00Z", "2026-11-21T10:00:00.000Z"),
        ("2026-11-21T10:00:00.250+00:00", "2026-11-21T10:00:00.250Z"),
        ("2025-01-01T00:00:00Z", "2026-11-21T10:00:00.250Z"),
    ):
        record(rig, moment)
        assert rig.journal.time_floor() == floor
    rig.outbox.receive(rig.receipt(1, second=86_399), WINDOW.public)
    assert rig.journal.time_floor() == "2026-11-21T23:59:59.000Z"
    rig.outbox.receive(rig.receipt(2, second=1), WINDOW.public)
    assert rig.journal.time_floor() == "2026-11-21T23:59:59.000Z"
    rig.journal.witness("2026-11-22T00:00:00.500Z")
    rig.restart()
    assert rig.journal.time_floor() == "2026-11-22T00:00:00.500Z"


def test_a_clock_set_back_stays_visible_beside_the_corrected_time(rig: Rig) -> None:
    one, two = record(rig, "2026-11-21T10:00:00.250Z"), record(rig, "2020-01-01T00:00:00Z")
    assert (one.recorded_at, corrected(one.logical)) == ("2026-11-21T10:00:00.250Z", "2026-11-21T10:00:00.250Z")
    assert (two.recorded_at, corrected(two.logical)) == ("2020-01-01T00:00:00Z", "2026-11-21T10:00:00.250Z")
    assert two.logical == one.logical + 1
    rig.restart()
    assert rig.journal.get(2) == two
    assert problems(rig) == ()


@settings(max_examples=20)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 10**9)), max_size=12))
def test_logical_time_never_falls_and_is_above_all_that_was_seen(seen: list[tuple[bool, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rig = Rig.make(Path(folder) / "v.db")
        rig.vault.execute("PRAGMA synchronous = OFF")
        last = greatest = 0
        for recorded, milliseconds in seen:
            greatest = max(greatest, milliseconds)
            if recorded:
                entry = record(rig, stamp(milliseconds))
                assert entry.logical > last
                assert entry.logical >= greatest << 16
                last = entry.logical
            else:
                rig.journal.witness(stamp(milliseconds))
            assert rig.journal.time_floor() == (stamp(greatest) if greatest else rig.journal.time_floor())
        assert problems(rig) == ()
        rig.vault.close()


@pytest.mark.parametrize("moment", ["soon", "2026-13-01T00:00:00Z", "1969-12-31T23:59:59Z", "3000-01-01T00:00:00Z"])
def test_what_is_no_time_is_not_witnessed(rig: Rig, moment: str) -> None:
    with pytest.raises(ValueError, match="moment"):
        rig.journal.witness(moment)
    assert rig.journal.time_floor() == ""


def test_logical_times_that_do_not_rise_are_found(rig: Rig) -> None:
    for _ in range(3):
        rig.append()
    tamper(rig, "UPDATE lines SET logical = 5 WHERE sequence = 2")
    assert {"bad-time:2", "bad-signature:2", "broken-chain:3"} <= set(problems(rig))


def test_what_is_found_by_group_and_kind_is_the_same_before_and_after_the_tables_caught_up(rig: Rig) -> None:
    groups = [f"x{number % 7}" if number % 3 else "" for number in range(3 * BATCH)]
    for number, group in enumerate(groups):
        rig.append(group, kind=f"k{number % 2}")
        if number % 50 == 17:
            rig.restart()
    other = Journal(rig.vault, "c1", "demo")
    for journal in (rig.journal, other):
        for wanted in set(groups) - {""}:
            assert journal.of_group(wanted) == [n for n, group in enumerate(groups, 1) if group == wanted]
        assert journal.of_kind("k1") == [n for n in range(1, len(groups) + 1) if n % 2 == 0]
        assert journal.of_kind("k0", after=180) == list(range(181, len(groups) + 1, 2))
    assert rig.vault.execute("SELECT count FROM journal")[0][0] != len(groups)


def test_what_is_remembered_of_the_journal_goes_with_a_transaction_that_is_undone(rig: Rig) -> None:
    first = rig.append("x1")
    other = Journal(rig.vault, "c1", "demo")

    def undone() -> None:
        with rig.vault.transaction():
            for _ in range(BATCH + 5):
                rig.append("x2")
            raise KeyError

    with pytest.raises(KeyError):
        undone()
    assert rig.journal.of_group("x2") == []
    with rig.vault.transaction():
        rig.append("x1")
        with pytest.raises(KeyError):
            undone()
    assert (rig.journal.count(), other.count()) == (2, 2)
    third = rig.append("x2")
    assert (third.sequence, rig.journal.get(2).previous) == (3, first.hash())
    assert other.of_group("x2") == [3]
    assert problems(rig) == ()


def test_the_head_moves_only_from_where_it_is(rig: Rig) -> None:
    rig.append()
    statement = "INSERT INTO appending SELECT ?, key, recorded_at, 1, ?, '', '', '', x'', x'', x'', x'' FROM entries"
    for sequence, previous in ((1, GENESIS), (3, rig.journal.get(1).hash()), (2, GENESIS)):
        with pytest.raises(CacheError) as error:
            rig.vault.execute(statement, (sequence, previous))
        assert error.value.code == "vault.constraint"
    assert rig.journal.count() == 1


def test_secrets_do_not_show_in_a_repr(rig: Rig) -> None:
    entry = rig.append(body=b"private")
    assert "private" not in repr(entry)
    assert repr(entry.salt) not in repr(entry)


TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
ENTRIES = st.builds(
    Entry,
    counter=TEXT,
    sequence=st.integers(0, 2**63 - 1),
    previous=st.binary(min_size=32, max_size=32),
    recorded_at=TEXT,
    realm=TEXT,
    kind=TEXT,
    group=TEXT,
    session=TEXT,
    commitment=st.binary(min_size=32, max_size=32),
    salt=st.binary(max_size=32),
    body=st.none() | st.binary(max_size=8),
    signature=st.binary(max_size=64),
    logical=st.integers(0, 2**63 - 1),
)


@given(ENTRIES, ENTRIES)
def test_the_hash_is_of_the_header_all_of_it_and_nothing_else(one: Entry, two: Entry) -> None:
    same = all(getattr(one, name) == getattr(two, name) for name in HEADER)
    assert (one.hash() == two.hash()) == same
    assert replace(one, salt=two.salt, body=two.body, signature=two.signature).hash() == one.hash()
    assert one.hash() == entry_hash(**{name: getattr(one, name) for name in HEADER})


@given(ENTRIES, st.sampled_from(HEADER), st.data())
def test_every_field_of_the_header_counts(one: Entry, name: str, data: st.DataObject) -> None:
    other = getattr(data.draw(ENTRIES), name)
    changed = replace(one, **{name: other})
    assert (changed.hash() == one.hash()) == (other == getattr(one, name))


@given(st.lists(st.binary(max_size=4)), st.lists(st.binary(max_size=4)))
def test_no_two_lists_of_fields_have_one_encoding(one: list[bytes], two: list[bytes]) -> None:
    assert (encode(b"tag", one) == encode(b"tag", two)) == (one == two)


@given(TEXT, TEXT)
def test_characters_do_not_wander_between_neighbouring_fields(left: str, right: str) -> None:
    base = Entry("c", 1, GENESIS, "t", "demo", left, right, "s", GENESIS, b"", b"", b"")
    moved = replace(base, kind=left + right, group="")
    assert (base.hash() == moved.hash()) == (right == "")


def test_the_encoding_is_the_one_that_is_deployed() -> None:
    # a change here makes every journal in use unreadable to the other side
    entry = Entry("c1", 1, GENESIS, at(1), "demo", "decision", "x1", "s1", commit(salt(1), b"body"), b"", None, b"")
    assert entry.hash().hex() == "4480644c84cded30f4f955abdddfbe4235a783775329142ef45832408bcdc15d"
    timed = replace(entry, logical=1795255201000 << 16)
    assert timed.hash().hex() == "6719f6851e4c55d0ba98934287db9bb49470fcc7228bc302886b403b625758f6"
