"""What a broken scan says about where its characters were lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.documents import Loss, find_loss

TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
MRVB = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L898902C<3UTO6908061F9406236ZE184226")


def without(lines: tuple[str, ...], number: int, at: int, count: int) -> list[str]:
    return [line[:at] + line[at + count :] if n == number else line for n, line in enumerate(lines)]


@pytest.mark.parametrize("lines", [TD3, TD1, MRVB])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_where_lines_end_the_line_is_named_and_the_place_is_among_the_positions(
    lines: tuple[str, ...], count: int
) -> None:
    for number, line in enumerate(lines):
        for at in range(len(line) - count + 1):
            (loss,) = find_loss(without(lines, number, at, count), sum(map(len, lines)))
            assert (loss.line, loss.missing, loss.width) == (number + 1, count, len(line))
            assert loss.first is None or loss.first <= at + 1 <= (loss.last or 0)


def test_a_place_between_check_digits_is_narrowed_down() -> None:
    (loss,) = find_loss(without(TD3, 1, 15, 1), 88)
    assert loss == Loss(2, 43, 44, 14, 20)
    assert find_loss(without(TD3, 0, 15, 1), 88) == (Loss(1, 43, 44),)  # names have no check digit


@pytest.mark.parametrize("joined", [False, True])
def test_a_scan_that_stopped_names_every_line_that_came_short(joined: bool) -> None:
    whole = "".join(TD1)
    for size in range(31, 90):
        came = [whole[:size]] if joined else [whole[start : min(size, start + 30)] for start in range(0, size, 30)]
        losses = find_loss(came, 90)
        assert [loss.line for loss in losses] == ([2, 3] if size < 60 else [3])
        assert sum(loss.missing for loss in losses) == 90 - size


def test_a_lost_digit_without_line_ends_is_found_in_its_line() -> None:
    for at in range(21, 27):
        (loss,) = find_loss(["".join(without(TD3, 1, at, 1))], 88)
        assert loss.line == 2
        assert (loss.first or 0) <= at + 1 <= (loss.last or 0)


@pytest.mark.parametrize("parts", [(), ("",), (TD3[0] + "<", TD3[1]), (*TD3, "X"), ("".join(TD3) + "X",), TD3])
def test_nothing_is_claimed_where_nothing_came_short(parts: tuple[str, ...]) -> None:
    assert [loss for loss in find_loss(parts, 88) if loss.size] == []


@given(st.lists(st.text(max_size=100), max_size=4), st.sampled_from([88, 72, 90]))
@settings(deadline=None)
def test_any_text_is_answered(parts: list[str], expected: int) -> None:
    for loss in find_loss(parts, expected):
        assert 0 <= loss.size < loss.width
