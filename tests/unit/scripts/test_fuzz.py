"""The fuzz bench, in a few hundred cases, and that it can fail."""

import random
from collections.abc import Callable

import pytest

from counter_tui.errors import DocumentError
from scripts.benches import fuzz
from scripts.benches.fuzz import TARGETS, Target, case, refuse_huge, run_share


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_but_our_own_error_comes_out(target: str) -> None:
    outcome = run_share(target, 0, 400, seed=20260701)
    assert (outcome.cases, outcome.failures) == (400, ())


def test_a_huge_line_is_refused_and_not_held() -> None:
    outcome = refuse_huge(1 << 27)
    assert outcome.failures == ()
    assert outcome.growth < fuzz.HUGE_GROWTH_MB


def broken(_case: str) -> None:
    raise ValueError


def ours(_case: str) -> None:
    raise DocumentError("document.date")


def slow(_case: str) -> None:
    for _ in range(3_000_000):
        pass


@pytest.mark.parametrize(("attack", "told"), [(broken, "ValueError: x"), (ours, None), (slow, "slow: x")])
def test_what_must_not_be_is_told(
    monkeypatch: pytest.MonkeyPatch, attack: Callable[[str], None], told: str | None
) -> None:
    monkeypatch.setattr(fuzz, "SLOWEST_MS", 5.0)
    monkeypatch.setitem(TARGETS, "x", Target(lambda chance: str(chance.random()), attack, 1, 1))
    (*failures,) = run_share("x", 0, 1).failures
    assert [failure.startswith(told or "-") for failure in failures] == ([True] if told else [])


def test_a_case_can_be_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setitem(TARGETS, "x", Target(random.Random.random, seen.append, 3, 3))
    run_share("x", 2_000, 3)
    assert [case("x", 2_000, number) for number in range(3)] == seen
