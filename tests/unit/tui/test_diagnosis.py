"""What a burst shows about the reader, in words; and what is said of scans that are no zone."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.documents import compose_mrz
from counter_tui.tui.diagnosis import diagnose, what_is_wrong
from counter_tui.tui.pace import Log
from counter_tui.tui.paint.reader_test import reader_test
from counter_tui.tui.reader import Scan, Timing

TODAY = date(2026, 7, 1)
ZONE = compose_mrz(
    "TD3", "P", "IDN", "X1234567", "IDN", "SURYADI", "BUDI", "M", date(1984, 3, 2), date(2031, 5, 4), "DEMO"
)
SCAN = "".join(line + "\r" for line in ZONE)


def page(text: str, step: float = 0.001, width: int = 80) -> str:
    log = Log()
    for number, character in enumerate(text):
        log.add(character, number * step)
    log.close()
    lines = reader_test(log, diagnose(log, Timing(), TODAY), Timing(), width)
    assert all(line.cell_length <= width for line in lines)
    return "\n".join(line.plain for line in lines)


def test_a_zone_is_shown_as_it_came_and_read() -> None:
    shown = page(SCAN)
    assert "90 characters, 88 without line ends" in shown
    assert f"{ZONE[1]}\\r   44" in shown
    assert "TD3, every check digit agrees" in shown
    assert "what is set fits this reader, by 1 burst" in shown


@pytest.mark.parametrize(
    ("step", "shown", "told"),
    [
        (0.00001, "100000 characters a second", "fits this reader"),
        (0.001, "1000 characters a second", "fits this reader"),
        (0.010, "100 characters a second", "fits this reader"),
        (0.040, "25 characters a second", "gap = 60, quiet = 300"),
        (0.080, "12 characters a second", "As slow as fingers"),
    ],
)
def test_the_advice_follows_from_the_pace(step: float, shown: str, told: str) -> None:
    assert shown in page(SCAN, step)
    assert told in page(SCAN, step)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            SCAN.replace("8403021", "803021"),
            ["line 2: 43 of 44 characters, lost between positions", "^^^", "were lost"],
        ),
        (SCAN.replace("8403021", "803021").replace("\r", ""), ["line 2: 43 of 44 characters", "^^^", "were lost"]),
        (SCAN[:65], ["line 2: 20 of 44 characters", "The scan stopped"]),
        (SCAN[:20], ["line 1: 20 of 44 characters", "line 2: 0 of 44 characters", "The scan stopped"]),
        (SCAN.lower(), ["Caps Lock", "1 repair would be proposed"]),
        (SCAN.replace("<", ";"), ["; came where < belongs", "1 repair would be proposed"]),
        (SCAN.replace("<", ",", 3), [", came for some <", "loses Shift"]),
        ("\x02" + SCAN + "\x03", ["\\x02", "\\x03", "every check digit agrees"]),
        (SCAN.replace("8403021", "8403022"), ["mrz.check-digit"]),
        (SCAN.replace("\r", "9X\r"), ["nothing; 4 more came than the 88 of a zone"]),
        ("QQ\u202e WXYZ", ["no zone begins like this", "QQ\\u202e\\x20WXYZ   8"]),
        ("<" * 900, ["and ", " more lines", "900 characters"]),
    ],
    ids=["lost", "joined", "half", "begun", "lower", "layout", "shift", "framed", "wrong", "more", "hostile", "flood"],
)
def test_what_is_wrong_with_a_reader_is_said(text: str, told: list[str]) -> None:
    shown = page(text)
    for words in told:
        assert words in shown


def test_no_person_in_a_repr() -> None:
    log = Log()
    for number, character in enumerate(SCAN):
        log.add(character, number * 0.001)
    log.close()
    found = diagnose(log, Timing(), TODAY)
    assert found is not None
    assert "SURYADI" not in f"{found!r}{found.rows!r}{log!r}{log.last!r}"


@given(st.text(max_size=600), st.sampled_from([0.0, 0.001, 0.2]))
@settings(deadline=None, max_examples=60)
def test_whatever_comes_is_shown_harmlessly(text: str, step: float) -> None:
    shown = page(text, step)
    assert shown.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    ("scan", "told"),
    [
        (Scan((ZONE[0], ZONE[1][:20]), False, 64, 88), "line {line} has {size} of {width} characters. Swipe"),
        (Scan(("".join(ZONE)[:30],), False, 30, 88), "and nothing came behind it"),
        (Scan((ZONE[0][1:], ZONE[1][1:]), False, 86, 88), "{n} of {expected} characters"),
        (Scan((ZONE[0] + "X", ZONE[1]), False, 89, 88), "Garbled scan"),
        (Scan(("Q" * 20,), False, 20, None), "Not a document"),
        (Scan(("ABC",), False, 3, None, after=True), "left out"),
    ],
)
def test_a_broken_scan_is_named(scan: Scan, told: str) -> None:
    sentence, params = what_is_wrong(scan)
    assert told in sentence
    sentence.format(**params)
