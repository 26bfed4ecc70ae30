"""Joint decisions in histories by seed: every promise holds; and every planted bug breaks one."""

import random

import pytest

from .bugs import BUGS, NEAR, planted
from .exploring import labellings, shapes, wrong
from .histories import Maker
from .promises import broken

SEEDS = 3_000
MOST = 12_000


@pytest.mark.parametrize("part", range(4))
def test_promises_hold(part: int) -> None:
    step = SEEDS // 4
    for seed in range(part * step, (part + 1) * step):
        assert not broken(Maker(seed).told(), random.Random(seed)), f"seed {seed}"


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_caught(bug: str) -> None:
    with planted(bug):
        near = NEAR.get(bug, 0)
        seeds = (*range(near, near + 300), *range(MOST))
        assert any(_breaks(seed) for seed in seeds), "no history shows it"


def _breaks(seed: int) -> bool:
    try:
        return bool(broken(Maker(seed).told(), random.Random(seed)))
    except (KeyError, IndexError, ValueError):
        return True


@pytest.mark.parametrize(("size", "shapes_known"), [(1, 1), (2, 3), (3, 12), (4, 58)])
def test_every_small_history_comes_out_right(size: int, shapes_known: int) -> None:
    known = shapes(size)
    assert len(known) == shapes_known
    for shape in known:
        for labels in labellings(size):
            assert not wrong(shape, labels), (shape, labels)
