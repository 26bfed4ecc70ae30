"""The index: what is found is what a plain count over all records finds, across segments, restarts and burials."""

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offline_cache import CacheError, Vault
from offline_cache.index import INDEX_SCHEMA, LEAVES_TOGETHER, Group, Index, Rule
from offline_cache.index_building import SegmentBuilder, bury

KEY = bytes(range(32))
LETTERS = "abcdefgh"

Rows = list[tuple[int, str]]  # cost, keys


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with Vault.create(tmp_path / "words.index", KEY, INDEX_SCHEMA) as opened:
        yield opened


def build(vault: Vault, rows: Rows) -> None:
    with vault.transaction():
        builder = SegmentBuilder(vault, costs=["cost"], spelled=["word"])
        words = builder.space("word")
        for cost, keys in rows:
            record = builder.record([cost], keys.encode(), builder.leaf(f"leaf {keys}".encode()))
            for key in keys:
                words.post(words.number(key.encode()), record)
        builder.finish(b"meta")


def expected(rows: Rows, groups: list[tuple[int, Mapping[str, int]]], floor: int) -> list[int]:
    totals = [sum(max([base, *(weights.get(k, 0) for k in keys)]) for base, weights in groups) for _, keys in rows]
    return [n for n, (total, (cost, _)) in enumerate(zip(totals, rows, strict=True)) if total >= cost + floor]


def asked(
    index: Index, groups: list[tuple[int, Mapping[str, int]]], floor: int, segment: int = 0, cost: str = "cost"
) -> list[int]:
    held = index.segments[segment]
    space = held.space("word")
    numbered = [
        Group(base, {n: w for key, w in weights.items() if (n := space.find(key.encode())) is not None})
        for base, weights in groups
    ]
    return held.tally("word", numbered, [Rule(cost, floor)])


rows_of = st.lists(st.tuples(st.integers(0, 60), st.text(LETTERS, max_size=5)), max_size=40)
groups_of = st.lists(
    st.tuples(st.integers(0, 5), st.dictionaries(st.sampled_from(LETTERS + "xyz"), st.integers(0, 40), max_size=6)),
    max_size=5,
)


@given(rows=rows_of, groups=groups_of, floor=st.integers(-300, 300))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_finds_what_a_plain_count_finds(
    tmp_path: Path, rows: Rows, groups: list[tuple[int, Mapping[str, int]]], floor: int
) -> None:
    path = tmp_path / secrets.token_hex(8)
    with Vault.create(path, KEY, INDEX_SCHEMA) as vault:
        build(vault, rows)
        assert asked(Index(vault), groups, floor) == expected(rows, groups, floor)
        free = [(0, keys) for _, keys in rows]
        assert asked(Index(vault), groups, floor, cost="") == expected(free, groups, floor)


def test_segments_tags_leaves_and_spelling_survive_a_restart(tmp_path: Path) -> None:
    first = [(0, LETTERS[n % 8]) for n in range(3 * LEAVES_TOGETHER + 1)]
    with Vault.create(tmp_path / "i", KEY, INDEX_SCHEMA) as vault:
        build(vault, first)
        build(vault, [(7, "az")])
    with Vault.open(tmp_path / "i", KEY, INDEX_SCHEMA) as vault:
        index = Index(vault)
        assert len(index) == len(first) + 1
        older, newer = index.segments
        assert newer.tags([0]) == [b"az"]
        assert newer.leaf(*newer.leaf_numbers([0])) == b"leaf az"
        assert older.leaf(*older.leaf_numbers([2 * LEAVES_TOGETHER + 3])) == b"leaf d"
        assert older.spelled("word") == [key.encode() for key in LETTERS]
        assert newer.meta == b"meta"
        assert asked(index, [(0, {"z": 7})], 0, segment=1) == [0]
        assert asked(index, [(0, {"z": 6})], 0, segment=1) == []
        with pytest.raises(CacheError, match="index.damaged"):
            older.leaf(len(first))


def test_a_buried_record_is_not_found_any_more(vault: Vault) -> None:
    build(vault, [(1, "a"), (1, "a")])
    index = Index(vault)
    with vault.transaction():
        bury(vault, 1, [0])
    assert asked(index, [(0, {"a": 1})], 0) == [0, 1]
    index.segments[0].bury([0])
    for held in (index, Index(vault)):
        assert asked(held, [(0, {"a": 1})], 0) == [1]
        assert not held.segments[0].is_alive(0)


def test_an_interrupted_segment_leaves_nothing(vault: Vault) -> None:
    build(vault, [(1, "a")])

    def interrupted() -> None:
        with vault.transaction():
            builder = SegmentBuilder(vault, costs=["cost"])
            builder.record([1], b"", builder.leaf(b"half"))
            builder.finish(b"")
            raise KeyError

    with pytest.raises(KeyError):
        interrupted()
    assert len(Index(vault)) == 1
    assert vault.execute("SELECT count(*) FROM parts WHERE segment = 2") == [(0,)]


def test_parts_that_do_not_fit_are_refused(vault: Vault) -> None:
    build(vault, [(1, "a")])
    with vault.transaction():
        vault.execute("DELETE FROM parts WHERE part = 'tags'")
    with pytest.raises(CacheError, match="index.damaged"):
        Index(vault)


def test_a_total_that_could_pass_its_bound_is_refused(vault: Vault) -> None:
    build(vault, [(1, "a")])
    with pytest.raises(ValueError, match="total"):
        asked(Index(vault), [(200, {}), (56, {})], 0)


def test_a_segment_is_built_in_a_transaction_only(vault: Vault) -> None:
    with pytest.raises(ValueError, match="transaction"):
        SegmentBuilder(vault, costs=["cost"])


def test_no_key_stands_in_the_file(tmp_path: Path) -> None:
    with Vault.create(tmp_path / "i", KEY, INDEX_SCHEMA) as vault, vault.transaction():
        builder = SegmentBuilder(vault, costs=["cost"], spelled=["word"])
        words = builder.space("word")
        words.post(words.number(b"CANARYCANARY"), builder.record([0], b"CANARYTAG", builder.leaf(b"CANARYLEAF")))
        builder.finish(b"CANARYMETA")
    assert not any(b"CANARY" in file.read_bytes() for file in tmp_path.iterdir())
