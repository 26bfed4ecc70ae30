"""What the canaries are looked for with finds them, however they are kept."""

import os
from collections import Counter
from pathlib import Path

import pytest

from scripts.benches.canaries import advantage, memory, told_by_contributions
from scripts.benches.canaries_planted import A_PERSON, CANARY, found_in, plant


def test_as_many_are_planted_as_are_asked_for_and_each_but_once() -> None:
    planted = plant(100, 1)
    strings = CANARY.findall(repr(planted).encode())
    assert len(strings) >= 100
    assert len(strings) == A_PERSON * len(planted.people.persons)
    assert set(Counter(strings).values()) == {1}
    assert plant(100, 1) == planted
    assert plant(100, 2) != planted


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("before", ["", "x", "xyz"])
def test_a_canary_is_found_in_any_encoding_of_text(encoding: str, before: str) -> None:
    raw = f"{before}CANARY0123456789ABCD and more".encode(encoding)
    assert found_in(b"\x07" + raw) == {b"CANARY0123456789ABCD"}
    assert found_in(b"CANARY0123") == set()


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="this system shows no process's memory")
def test_a_canary_in_memory_is_found() -> None:
    kept = f"CANARY{0xABCDEF0123456:014X}".encode()
    assert kept in memory(os.getpid(), found_in)


def test_an_advantage_is_none_where_nothing_differs_and_all_where_everything_does() -> None:
    assert advantage([1, 1, 1], [1, 1]) == 0
    assert advantage([1, 2, 3], [4, 5]) == 1
    assert advantage([4, 5], [1, 2, 3]) == 1


def test_contributions_tell_few_withheld_findings_apart() -> None:
    told, withheld = told_by_contributions()
    assert 0 < told < withheld / 3
