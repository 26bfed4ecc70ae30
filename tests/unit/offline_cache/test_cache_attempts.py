from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_cache import Attempts
from offline_cache.attempts import delay_after, remaining
from tests.unit.offline_cache.cache_rig import Rig


def test_wrong_pins_slow_down_and_then_lock_for_a_time() -> None:
    assert [delay_after(failures) for failures in range(8)] == [0, 1, 2, 4, 8, 300, 300, 300]


def test_the_count_lives_across_restarts_and_per_officer(rig: Rig) -> None:
    attempts = Attempts(rig.vault)
    assert attempts.wait("o1", 100.0) == 0
    assert [attempts.failed("o1", 100.0) for _ in range(5)] == [1, 2, 3, 4, 5]
    rig.restart()
    attempts = Attempts(rig.vault)
    assert attempts.wait("o1", 100.0) == 300
    assert attempts.wait("o1", 399.5) == pytest.approx(0.5)
    assert attempts.wait("o1", 400.0) == 0
    assert attempts.wait("o2", 100.0) == 0
    assert attempts.failed("o1", 400.0) == 6
    assert attempts.wait("o1", 400.0) == 300


def test_the_right_pin_forgives(rig: Rig) -> None:
    attempts = Attempts(rig.vault)
    attempts.failed("o1", 100.0)
    attempts.succeeded("o1")
    assert attempts.wait("o1", 100.0) == 0
    assert attempts.failed("o1", 100.0) == 1


def test_a_clock_set_back_buys_nothing_and_does_not_lock_out_for_hours(rig: Rig) -> None:
    attempts = Attempts(rig.vault)
    for _ in range(5):
        attempts.failed("o1", 10_000.0)
    assert attempts.wait("o1", 1_000.0) == 300
    assert attempts.wait("o1", 1_100.0) == 200
    assert attempts.wait("o1", 1_300.0) == 0


@given(st.integers(0, 20), st.floats(0, 1e9), st.floats(0, 1e9))
def test_the_wait_is_never_longer_than_the_delay_nor_negative(failures: int, since: float, now: float) -> None:
    wait = remaining(failures, since, now)
    assert 0 <= wait <= delay_after(failures)
    if now <= since:
        assert wait == delay_after(failures)
