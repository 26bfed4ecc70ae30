import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.documents import (
    expected_length,
    find_stand_in,
    looks_like_mrz_start,
    mrz_candidates,
    with_fillers,
    zone_length,
)

TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
MRVB = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L898902C<3UTO6908061F9406236ZE184226")
FRENCH = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<923255", "8806923102858CORINNE<<<<<<<6512068F2")
ZONES = [TD3, TD1, TD2, MRVB, FRENCH]
SEPARATORS = ["", "\r", "\n", "\r\n", "\t", "\r\r"]


@pytest.mark.parametrize("lines", ZONES)
@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize(
    "frame", [("", ""), ("\x02", "\x03"), ("", "\r\n"), ("]L0", "\r"), ("\x02]X0", "\x03"), ("^", "\r")]
)
@pytest.mark.parametrize("times", [1, 2])
def test_a_burst_gives_its_lines_once(
    lines: tuple[str, ...], separator: str, frame: tuple[str, str], times: int
) -> None:
    scan = frame[0] + separator.join(lines) + frame[1]
    assert mrz_candidates(scan * times) == lines


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "SITI AMINAH",
        TD3[0],
        TD3[0] + TD3[1][:-1],
        TD3[0] + TD3[1] + "X",
        "".join(TD3) * 3,
        "".join(TD3) + "P<UTO" + "X" * 83,
        # One character too many in one line and too few in the other is no zone, however the sum comes out.
        TD3[0] + "<\r" + TD3[1][:-1],
        "X" * 1_000_000,
    ],
)
def test_anything_else_is_no_candidate(raw: str) -> None:
    assert mrz_candidates(raw) is None


@pytest.mark.parametrize("lines", ZONES)
@pytest.mark.parametrize("separator", ["", "\r"])
def test_every_beginning_of_a_zone_looks_like_one_and_promises_its_length(
    lines: tuple[str, ...], separator: str
) -> None:
    raw = separator.join(lines)
    size = sum(map(len, lines))
    promised = {expected_length(raw[:end]) for end in range(2, len(raw) + 1)}
    assert all(looks_like_mrz_start(raw[:end]) for end in range(2, len(raw) + 1))
    assert promised <= {None, size}
    assert expected_length(raw) == size
    assert zone_length(raw) == size


def test_a_passport_promises_its_length_at_once_and_a_card_after_its_number() -> None:
    assert expected_length("P<") == 88
    assert expected_length("I<UTOD2") == 90
    assert expected_length("I<UTOERIKSSON<") is None
    assert expected_length("I<UTOERIKSSON<<") == 72
    assert expected_length("SITI") is None


def test_a_reader_may_say_before_every_line_what_kind_of_code_it_is() -> None:
    scan = "".join(f"]X0{line}\r" for line in TD3)
    assert mrz_candidates(scan) == TD3
    assert zone_length(scan) == expected_length(scan) == 88


@pytest.mark.parametrize("stand_in", [*";,>.\\"])
def test_another_sign_for_the_filler_is_a_zone_and_is_named(stand_in: str) -> None:
    typed = "".join(TD3).replace("<", stand_in)
    assert mrz_candidates(typed) == tuple(line.replace("<", stand_in) for line in TD3)
    assert looks_like_mrz_start(typed)
    assert expected_length(typed) == 88
    assert find_stand_in(typed) == stand_in
    assert with_fillers(typed) == "".join(TD3)


def test_shift_lost_now_and_then_is_named_too_and_a_clean_zone_has_none() -> None:
    assert find_stand_in(TD3[0].replace("<", ",", 3) + TD3[1]) == ","
    assert find_stand_in("".join(TD3)) is None


@pytest.mark.parametrize("typed", ["", "P", "SITI", "PT ABADI", "KB 1234", "A1234567", "P-1", "王", "\x00", "PA123"])
def test_what_a_person_types_is_no_beginning(typed: str) -> None:
    assert not looks_like_mrz_start(typed)


@given(st.text(st.characters(), max_size=300))
@settings(deadline=None)
def test_any_text_is_answered(raw: str) -> None:
    lines = mrz_candidates(raw)
    assert lines is None or {len(line) for line in lines} <= {30, 36, 44}
    assert expected_length(raw) in (None, 72, 88, 90)
