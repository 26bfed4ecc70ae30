"""Random referral: its rate from staff hours, and that names are drawn at that rate."""

import hashlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.referral import MILLION, LaneStaff, ReferralRules, is_drawn


def name(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()[:12]


@pytest.mark.parametrize(
    ("staff", "each", "travellers", "cap", "rate"),
    [
        (240, 20, 700, 30, 17_142),
        (240, 20, 100, 30, 30_000),
        (0, 20, 700, 30, 0),
        (240, 20, 700, 0, 0),
        (10, 20, 700, 30, 714),
    ],
)
def test_the_rate_is_what_there_is_staff_for_and_never_above_the_cap(
    staff: int, each: int, travellers: int, cap: int, rate: int
) -> None:
    assert LaneStaff("A", staff, each, travellers, cap).rate == rate


def test_a_lane_that_is_not_known_has_the_least_rate_of_all() -> None:
    lanes = {s.lane: s for s in (LaneStaff("A", 240, 20, 700, 30), LaneStaff("B", 10, 20, 700, 30))}
    assert [ReferralRules("1", lanes).rate(lane) for lane in ("A", "B", "prefetch")] == [17_142, 714, 714]
    assert ReferralRules("1", {}).rate("A") == 0


@pytest.mark.parametrize("rate", [714, 17_142, 30_000, 500_000])
def test_names_are_drawn_at_the_rate(rate: int) -> None:
    many = 50_000
    expected = many * rate / MILLION
    drawn = sum(is_drawn(name(n), rate) for n in range(many))
    assert abs(drawn - expected) < 4 * math.sqrt(expected * (1 - rate / MILLION))


@given(st.integers(0, 1 << 48), st.integers(0, MILLION), st.integers(0, MILLION))
def test_who_is_drawn_at_a_rate_is_drawn_at_any_higher(number: int, low: int, high: int) -> None:
    drawn = f"{number % (1 << 48):012x}"
    assert not is_drawn(drawn, min(low, high)) or is_drawn(drawn, max(low, high))
    assert not is_drawn(drawn, 0)
    assert is_drawn(drawn, MILLION)
