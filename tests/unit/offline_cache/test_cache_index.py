"""The index: what is found is what a plain count over all records finds, across segments, restarts and burials."""

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offline_cache import CacheError, Vault, index
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


Groups = list[tuple[int, Mapping[str, int]]]
Ways = list[list[Rule]]


def expected(rows: Rows, groups: Groups, ways: Ways) -> list[int]:
    def total(keys: str, *, sure: bool) -> int:
        return sum(max([0 if sure else base, *(weights.get(k, 0) for k in keys)]) for base, weights in groups)

    def holds(rule: Rule, cost: int, keys: str) -> bool:
        return total(keys, sure=rule.sure) >= (cost if rule.cost else 0) + rule.floor

    found = [any(all(holds(rule, cost, keys) for rule in way) for way in ways) for cost, keys in rows]
    return [number for number, is_found in enumerate(found) if is_found]


def asked(index: Index, groups: Groups, ways: Ways, segment: int = 0) -> list[int]:
    held = index.segments[segment]
    space = held.space("word")
    numbered = []
    for base, weights in groups:
        known = {n: w for key, w in weights.items() if (n := space.find(key.encode())) is not None}
        numbered.append(Group(base, list(known), list(known.values())))
    records, count = held.tally("word", numbered, ways, most=1000)
    assert count == len(records)
    return records


rows_of = st.lists(st.tuples(st.integers(0, 60), st.text(LETTERS, max_size=5)), max_size=40)
groups_of = st.lists(
    st.tuples(st.integers(0, 5), st.dictionaries(st.sampled_from(LETTERS + "xyz"), st.integers(0, 40), max_size=6)),
    max_size=5,
)


rules_of = st.builds(Rule, st.sampled_from(["cost", ""]), st.integers(-9, 9) | st.integers(-300, 300), st.booleans())
ways_of = st.lists(st.lists(rules_of, min_size=1, max_size=3), max_size=3)


@pytest.mark.parametrize("few", [0, 32], ids=["one by one", "all at once"])
@given(rows=rows_of, groups=groups_of, ways=ways_of)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_finds_what_a_plain_count_finds(tmp_path: Path, few: int, rows: Rows, groups: Groups, ways: Ways) -> None:
    path = tmp_path / secrets.token_hex(8)
    with Vault.create(path, KEY, INDEX_SCHEMA) as vault, mock.patch.object(index, "_FEW", few):
        build(vault, rows)
        assert asked(Index(vault), groups, ways) == expected(rows, groups, ways)


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
        assert asked(index, [(0, {"z": 7})], [[Rule("cost", 0)]], segment=1) == [0]
        assert asked(index, [(0, {"z": 6})], [[Rule("cost", 0)]], segment=1) == []
        with pytest.raises(CacheError, match="index.damaged"):
            older.leaf(len(first))


def test_a_buried_record_is_not_found_any_more(vault: Vault) -> None:
    build(vault, [(1, "a"), (1, "a")])
    index = Index(vault)
    with vault.transaction():
        bury(vault, 1, [0])
    assert asked(index, [(0, {"a": 1})], [[Rule("cost", 0)]]) == [0, 1]
    index.segments[0].bury([0])
    for held in (index, Index(vault)):
        assert asked(held, [(0, {"a": 1})], [[Rule("cost", 0)]]) == [1]
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
        asked(Index(vault), [(200, {}), (56, {})], [])


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


def test_of_too_many_the_best_are_given_and_all_are_counted(vault: Vault) -> None:
    build(vault, [(cost, "a") for cost in (3, 1, 2, 1, 0, 9)])
    segment = Index(vault).segments[0]
    words = segment.space("word")
    group = Group(0, [words.find(b"a") or 0], [5])
    assert segment.tally("word", [group], [[Rule("cost", 0)]], most=2) == ([1, 4], 5)
    assert segment.tally("word", [group], [[Rule("", 0)], [Rule("cost", 0)]], most=2) == ([0, 1], 6)
