from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_cache.sync.quality import Quality


def test_nothing_is_known_at_first() -> None:
    quality = Quality()
    assert (quality.round_trip, quality.rate, quality.loss, quality.seconds_to_empty(1000)) == (None, None, 0.0, None)
    assert quality.stored_in(3.0) is None
    assert 5.0 < quality.patience(500) < 8.0


@pytest.mark.parametrize(("rate", "round_trip"), [(9_600, 0.6), (64_000, 0.6), (2_000_000, 0.05)])
def test_rate_and_round_trip_are_told_from_exchanges_of_several_sizes(rate: float, round_trip: float) -> None:
    quality = Quality()
    for size in (400, 1500, 4000, 2500):
        quality.exchanged(size, 100, round_trip + (size + 100) * 8 / rate)
    assert quality.rate == pytest.approx(rate, rel=0.02)
    assert quality.round_trip == pytest.approx(round_trip, rel=0.05)
    assert quality.patience(1200) == pytest.approx(1200 * 8 / rate + 3 * round_trip + 2, rel=0.05)


def test_of_one_size_only_a_lower_bound_is_known() -> None:
    quality = Quality()
    for _ in range(3):
        quality.exchanged(400, 100, 1.0)
    assert quality.rate == 4000
    assert quality.round_trip == 1.0


def test_it_follows_a_link_that_changes() -> None:
    quality = Quality()
    for rate in (64_000, 9_600):
        for size in (400, 3000, 800, 2000) * 3:
            quality.exchanged(size, 0, 0.6 + size * 8 / rate)
    assert quality.rate == pytest.approx(9_600, rel=0.05)


def test_how_long_until_it_is_empty_counts_what_entries_shrink_to_and_what_is_lost() -> None:
    quality = Quality()
    for size in (1000, 3000, 2000, 1500) * 3:
        quality.exchanged(size + 64, 0, 0.5 + (size + 64) * 8 / 8_000, stored=4 * size)
    whole = quality.seconds_to_empty(400_000)
    assert whole == pytest.approx(100_000 / 1000 * (1 + 0.5 / 3), rel=0.1)
    quality.lost()
    quality.exchanged(1000, 0, 1.5)
    more = quality.seconds_to_empty(400_000)
    assert whole is not None
    assert more is not None
    assert more > whole
    quality.lost()
    quality.lost()
    assert quality.seconds_to_empty(400_000) is None


@given(
    st.lists(
        st.one_of(
            st.none(),
            st.tuples(st.integers(0, 1 << 20), st.integers(0, 1 << 20), st.floats(-1, 1e6), st.integers(0, 1 << 20)),
        )
    ),
    st.integers(0, 1 << 30),
)
def test_whatever_was_seen_it_stays_within_reason(seen: list[tuple[int, int, float, int] | None], size: int) -> None:
    quality = Quality()
    for one in seen:
        if one is None:
            quality.lost()
        else:
            quality.exchanged(one[0], one[1], one[2], stored=one[3])
        assert 2.0 <= quality.patience(size) <= 30.0
        assert 0 <= quality.loss <= 1
        assert (quality.stored_in(3.0) or 0) >= 0
        assert (quality.seconds_to_empty(size) or 0) >= 0
        assert quality.round_trip is None or quality.round_trip > 0


def test_a_link_that_has_become_slow_is_another_link_after_three_exchanges() -> None:
    quality = Quality()
    for size in (300, 900, 500, 700, 300, 900):
        quality.exchanged(size, 100, 0.01 + (size + 100) * 8 / 2_000_000)
    for size in (300, 1500, 600):
        quality.exchanged(size, 100, 0.6 + (size + 100) * 8 / 9_600)
    assert quality.rate == pytest.approx(9_600, rel=0.05)
    assert quality.round_trip == pytest.approx(0.6, rel=0.1)


def test_answers_that_an_outage_held_back_do_not_make_it_another_link() -> None:
    quality = Quality()
    for size in (300, 900, 500, 700):
        quality.exchanged(size, 100, 0.1 + (size + 100) * 8 / 64_000)
    for _ in range(5):
        quality.exchanged(400, 100, 6.0, timely=False)
    assert quality.round_trip == pytest.approx(0.15)
