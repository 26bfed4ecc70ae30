"""Records that only who may read finds, whoever wrote them and whenever."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offline_cache import Records, signing
from offline_cache.partitions import COMMON, Partitions, Reader
from offline_cache.sealed_records import SLICE, SealedRecords
from offline_cache.sealing import private_from_signing
from tests.unit.offline_cache.cache_rig import Rig

ANI, BUDI = signing.key_pair(b"a" * 32), signing.key_pair(b"b" * 32)
READERS = (
    Reader("ani", ANI.public, frozenset({COMMON, "customs", "security"})),
    Reader("budi", BUDI.public, frozenset({COMMON, "customs"})),
)
PRIVATE = {"ani": private_from_signing(ANI.private), "budi": private_from_signing(BUDI.private)}
SECRETS = {"one": b"1" * 32}
CANARY = "SITI-AMINAH-C1234567"
EARLY, LATE = "2026-11-21T10:00:00.000Z", "2026-11-21T11:00:00.000Z"


class Booth:
    """A vault's sealed records, and who is there."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.partitions = Partitions(rig.vault, lambda: b"d" * 32)
        self.partitions.make((COMMON, "customs", "security"))
        self.partitions.wrap(READERS, "one", b"1" * 32)
        self.may = True
        self.records = SealedRecords(
            rig.vault,
            self.partitions,
            clear=("source",),
            dropped=("find",),
            own=("section",),
            may_read=lambda: self.may,
        )

    def enter(self, person: str = "ani", *, lease: bool = True) -> SealedRecords:
        self.records.begin()
        self.partitions.open(person, PRIVATE[person], SECRETS if lease else {})
        return self.records

    def leave(self) -> None:
        self.records.end()
        self.partitions.close()

    def put(self, key: str, body: str, *, kind: str = "section", partition: str = COMMON, as_of: str = EARLY) -> None:
        self.records.put(kind, key, body.encode(), as_of=as_of, owner="customs", partition=partition)

    def body(self, key: str, kind: str = "section") -> str | None:
        found = self.records.find(kind, key)
        return found.body.decode() if found else None

    def rows(self, kind: str = "section") -> list[str]:
        return Records(self.rig.vault).keys(kind, "", limit=10_000)


@pytest.fixture
def booth(rig: Rig) -> Booth:
    return Booth(rig)


def test_what_is_written_while_nobody_reads_is_found_by_who_reads_next(booth: Booth) -> None:
    booth.put(f"{CANARY}/customs", CANARY)
    assert booth.body(f"{CANARY}/customs") is None
    assert [r.key for r in booth.records.all("section")] == booth.records.keys("section", "", limit=9) == []
    booth.enter()
    record = booth.records.find("section", f"{CANARY}/customs")
    assert record is not None
    assert (record.key, record.body, record.as_of, record.owner) == (
        f"{CANARY}/customs",
        CANARY.encode(),
        EARLY,
        "customs",
    )
    booth.leave()
    assert booth.body(f"{CANARY}/customs") is None


def test_nothing_of_it_stands_in_the_table(booth: Booth) -> None:
    booth.put(f"{CANARY}/customs", CANARY)
    booth.enter()
    booth.put(f"{CANARY}/security", CANARY, partition="security")
    assert booth.body(f"{CANARY}/customs") == CANARY
    rows = booth.rig.vault.execute("SELECT * FROM records")
    assert len(rows) == 2
    assert CANARY not in str(rows)
    assert not any(isinstance(value, bytes) and CANARY.encode() in value for row in rows for value in row)


def test_the_last_one_put_counts_whenever_it_was(booth: Booth) -> None:
    booth.put("a", "1")
    booth.put("a", "2")
    booth.enter()
    assert booth.body("a") == "2"
    booth.put("a", "3")
    booth.leave()
    booth.put("a", "4")
    booth.enter()
    booth.put("a", "5")
    assert booth.body("a") == "5"
    assert len(booth.rows()) == 1


def test_what_is_deleted_while_nobody_reads_is_gone_for_who_reads_next(booth: Booth) -> None:
    booth.put("a", "1")
    booth.put("b", "1")
    booth.records.delete("section", "a")
    booth.enter()
    assert [record.key for record in booth.records.all("section")] == ["b"]
    booth.records.delete("section", "b")
    assert booth.rows() == []


def test_a_partition_that_is_closed_stays_unread_and_is_not_lost(booth: Booth) -> None:
    booth.put("a", "sealed", partition="security")
    booth.put("b", "open", partition="customs")
    booth.enter("budi")
    assert (booth.body("a"), booth.body("b")) == (None, "open")
    booth.put("a", "newer", partition="security", as_of=LATE)
    assert booth.body("a") is None
    booth.leave()
    booth.enter("ani")
    assert booth.body("a") == "newer"
    assert len(booth.rows()) == 2


def test_without_a_lease_who_is_there_finds_their_own_and_nothing_else(booth: Booth) -> None:
    booth.put("before", "1")
    booth.enter(lease=False)
    booth.put("own", "2")
    assert (booth.body("before"), booth.body("own")) == (None, "2")
    assert booth.records.keys("section", "", limit=9) == ["own"]
    booth.records.delete("section", "own")
    assert booth.body("own") is None
    booth.put("own", "3")
    booth.leave()
    assert booth.body("own") is None
    booth.enter()
    assert (booth.body("before"), booth.body("own")) == ("1", "3")


def test_what_was_their_own_without_a_lease_is_not_older_than_what_came_with_one(booth: Booth) -> None:
    booth.records.begin()
    booth.put("a", "1")
    booth.put("b", "1")
    booth.partitions.open("ani", PRIVATE["ani"], SECRETS)
    booth.put("a", "2")
    booth.records.delete("section", "b")
    booth.may = False
    assert (booth.body("a"), booth.body("b")) == (None, None)


def test_when_reading_is_over_nothing_is_found(booth: Booth) -> None:
    booth.enter()
    booth.put("a", "1")
    booth.may = False
    assert booth.body("a") is None
    booth.put("b", "2")
    booth.may = True
    booth.leave()
    booth.enter()
    assert (booth.body("a"), booth.body("b")) == ("1", "2")


def test_what_stands_under_a_folder_is_found_by_it(booth: Booth) -> None:
    for key in ("d:X1/one", "d:X1/two", "d:X12/one", "d:X1"):
        booth.put(key, key)
    booth.enter()
    assert booth.records.keys("section", "d:X1/", limit=9) == ["d:X1/one", "d:X1/two"]
    assert booth.records.keys("section", "d:X1/", holding=["tw"], limit=9) == ["d:X1/two"]
    assert len(booth.records.keys("section", "", limit=9)) == 4
    with pytest.raises(ValueError, match="beginning"):
        booth.records.keys("section", "d:X", limit=9)


def test_a_row_in_anothers_place_is_not_read(booth: Booth) -> None:
    booth.enter()
    booth.put("a", "1")
    booth.put("b", "2")
    one, other = booth.rows()
    table = booth.rig.vault
    ((body,),) = table.execute("SELECT body FROM records WHERE key = ?", (one,))
    table.execute("UPDATE records SET body = ? WHERE key = ?", (body, other))
    assert sorted(filter(None, (booth.body("a"), booth.body("b")))) in (["1"], ["2"])
    table.execute("UPDATE records SET as_of = ?", (LATE,))
    assert (booth.body("a"), booth.body("b")) == (None, None)


def test_kinds_in_clear_are_read_by_everybody(booth: Booth) -> None:
    booth.put("customs", "", kind="source")
    assert booth.body("customs", "source") == ""
    assert [r.key for r in booth.records.all("source")] == booth.records.keys("source", "cus", limit=1) == ["customs"]
    booth.records.delete("source", "customs")
    assert booth.body("customs", "source") is None


@pytest.mark.parametrize("reads", [False, True])
def test_what_an_earlier_version_left_in_clear_is_sealed(booth: Booth, *, reads: bool) -> None:
    plain = Records(booth.rig.vault)
    for number in range(SLICE + 10):
        plain.put("section", f"{CANARY}{number}", b"old", as_of=EARLY, owner="o", partition="customs")
    plain.put("find", f"w:{CANARY}", b"", as_of=EARLY, owner="o", partition="")
    plain.put("source", "customs", b"", as_of=EARLY, owner="o", partition="")
    booth.put(f"{CANARY}0", "new")
    booth.records.delete("section", f"{CANARY}1")
    if reads:
        booth.enter()
        assert booth.body(f"{CANARY}0") == "new"
    while booth.records.seal_plain():
        pass
    assert CANARY not in str(booth.rig.vault.execute("SELECT * FROM records"))
    if not reads:
        booth.enter()
    assert booth.body(f"{CANARY}0") == "new"
    assert booth.body(f"{CANARY}1") is None
    assert booth.body(f"{CANARY}{SLICE + 9}") == "old"
    assert len(booth.rows()) == SLICE + 9
    assert (booth.rows("find"), booth.rows("source")) == ([], ["customs"])


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from("abc")),
        st.tuples(st.just("delete"), st.sampled_from("bc")),
        st.sampled_from([("ani",), ("budi",), ("nobody",), ("sort",)]),
    ),
    max_size=20,
)


@settings(max_examples=50, deadline=None)
@given(DEEDS)
def test_whoever_comes_and_goes_the_last_word_counts(deeds: Sequence[tuple[str, ...]]) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        rig = Rig.make(Path(folder) / "vault" / "counter.db")
        booth, expected = Booth(rig), dict[str, str]()
        for number, deed in enumerate(deeds):
            if deed[0] == "put":
                # a key stays in its partition, as a section stays its authority's
                booth.put(deed[1], str(number), partition="security" if deed[1] == "a" else "customs", as_of=at(number))
                expected[deed[1]] = str(number)
            elif deed[0] == "delete":
                booth.records.delete("section", deed[1])
                expected.pop(deed[1], None)
            elif deed[0] == "sort":
                if booth.records.readable:
                    booth.records.sort("section")
            else:
                booth.leave()
                if deed[0] != "nobody":
                    booth.enter(deed[0])
        booth.leave()
        booth.enter("ani")
        assert {r.key: r.body.decode() for r in booth.records.all("section")} == expected
        rig.vault.close()


def at(number: int) -> str:
    return f"2026-11-21T10:{number:02}:00.000Z"
