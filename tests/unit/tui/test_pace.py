"""How fast a reader types, and what follows for the settings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.tui.pace import BURSTS, FINGERS, LONGEST, PAUSE, Log, Pace, advise, measure
from counter_tui.tui.reader import Timing

ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\rL898902C36UTO7408122F1204159ZE184226B<<<<<10\r"


def typed(log: Log, text: str, step: float, start: float = 100.0) -> float:
    for number, character in enumerate(text):
        log.add(character, start + number * step)
    return start + (len(text) - 1) * step


def test_a_burst_is_measured_when_it_is_over() -> None:
    log = Log()
    typed(log, ZONE, 0.010)
    assert not log.paces
    log.close()
    assert log.last is not None
    assert (log.last.text, log.last.size, log.last.visible) == (ZONE, 90, 88)
    (pace,) = log.paces
    assert pace == pytest.approx(Pace(90, 0.89, 89, 0.010, 0.010, 0.010))
    assert pace.speed == pytest.approx(100)


def test_a_pause_parts_bursts_and_single_keys_are_none() -> None:
    log = Log()
    end = typed(log, ZONE, 0.001)
    end = typed(log, "\x10", 0.1, end + PAUSE)
    typed(log, ZONE[:40], 0.002, end + PAUSE)
    log.close()
    assert log.last is not None
    assert log.last.text == ZONE[:40]
    assert [pace.characters for pace in log.paces] == [90, 40]


def test_a_key_pressed_before_a_swipe_is_no_part_of_it() -> None:
    log = Log()
    end = typed(log, "\r?", 0.15)
    typed(log, ZONE, 0.002, end + 0.2)
    log.close()
    assert log.last is not None
    assert (log.last.text, log.last.size, log.last.visible) == (ZONE, 90, 88)
    typed(log, ZONE, 0.2, 1000)
    log.close()
    assert log.last.text == ZONE


def test_a_flood_and_many_bursts_are_bounded() -> None:
    log = Log()
    typed(log, "<" * 5000, 0.0001)
    log.close()
    assert log.last is not None
    assert (log.last.size, len(log.last.text)) == (5000, LONGEST)
    for number in range(20):
        typed(log, "PIDN", 0.01, 1000 + 10 * number)
    log.close()
    assert len(log.paces) == BURSTS


def test_no_person_in_a_repr() -> None:
    log = Log()
    typed(log, ZONE, 0.001)
    log.close()
    assert "ERIKSSON" not in repr(log.last)


@pytest.mark.parametrize(
    ("step", "gap", "fits", "slow"),
    [
        (0.0, 30, True, False),
        (0.001, 30, True, False),
        (0.010, 30, True, False),
        (0.012, 30, True, False),
        (0.020, 30, True, False),
        (0.035, 55, False, False),
        (0.048, 60, False, False),
        (0.080, 30, False, True),
    ],
)
def test_the_gap_follows_from_the_slowest_reader_but_never_reaches_fingers(
    step: float, gap: int, fits: bool, slow: bool
) -> None:
    pace = measure([number * step for number in range(90)])
    assert pace is not None
    advice = advise([pace], Timing())
    assert advice is not None
    assert (round(advice.gap * 1000), advice.fits, advice.slow) == (gap, fits, slow)


def test_a_pause_between_lines_is_borne_by_quiet_not_by_gap() -> None:
    times = [number * 0.004 + (0.25 if number >= 45 else 0) for number in range(90)]
    pace = measure(times)
    assert pace is not None
    advice = advise([pace], Timing())
    assert advice is not None
    assert (advice.gap, advice.quiet, advice.fits) == (0.03, 0.55, False)


def test_nothing_to_go_by_gives_no_advice() -> None:
    assert measure([1.0]) is None
    assert advise([], Timing()) is None


@given(st.lists(st.floats(0, 3), min_size=2, max_size=100))
def test_whatever_was_measured_the_settings_stay_within_what_the_file_allows(gaps: list[float]) -> None:
    times = [0.0]
    for gap in gaps:
        times.append(times[-1] + gap)
    pace = measure(times)
    assert pace is not None
    assert 0 <= pace.median <= pace.p95 <= pace.longest
    advice = advise([pace], Timing())
    assert advice is not None
    assert Timing().gap <= advice.gap <= FINGERS
    assert advice.quiet >= Timing().quiet
