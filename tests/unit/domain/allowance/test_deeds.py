"""Deeds of the ledger: within bounds, by whom, and seen by whom."""

import pytest

from counter_tui.domain.acts import ActBody, read_act, write_act
from counter_tui.domain.allowance.amounts import find_sen, of_field, shown
from counter_tui.domain.allowance.deeds import AllowanceDeed, What
from counter_tui.domain.words import Agency
from counter_tui.errors import CounterError

from .build import HEAD, OFFICER, OTHER, deed


def test_a_deed_is_read_as_it_was_written() -> None:
    one = deed(What.GRANTED, 12_050, share="E-3/7", crossing="c", declared=28_000, also="IDN:P1")
    raw = write_act(ActBody("resident-x", "E-3", "dominikus", "2026-11-05T02:00:00.000Z", one))
    assert read_act("allowance", "E-3/1", raw).deed == one


@pytest.mark.parametrize(
    "wrong",
    [
        {"sen": -1},
        {"sen": 10**12},
        {"month": "2026-13"},
        {"month": "26-11"},
        {"resident": ""},
        {"share": ""},
        {"note": "n" * 501},
        {"outside": -5},
    ],
)
def test_what_is_out_of_bounds_is_no_deed(wrong: dict[str, object]) -> None:
    good = {"what": What.GRANTED, "resident": "KILB:1", "month": "2026-11", "sen": 1, "share": "E-3/1"}
    AllowanceDeed(**good)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="granted"):
        AllowanceDeed(**(good | wrong))  # type: ignore[arg-type]


def test_a_hostile_entry_is_refused_by_its_code_alone() -> None:
    raw = write_act(ActBody("t", "E-3", "o", "2026-11-05T02:00:00.000Z", deed(What.CAPPED, 5)))
    with pytest.raises(CounterError, match="unreadable"):
        read_act("allowance", "E-3/1", raw.replace(b'"sen":5', b'"sen":-5'))


def test_who_may() -> None:
    capped, beyond = deed(What.CAPPED, 5), deed(What.SUPERVISOR, 5)
    mended = deed(What.CORRECTED, 5, act="E-3/1")
    assert capped.why_not(OFFICER, None) == ""
    assert capped.why_not(OTHER, None) == "resident.not-yours"
    assert beyond.why_not(OFFICER, None) == "resident.supervisor-needed"
    assert beyond.why_not(HEAD, None) == beyond.why_not(OFFICER, HEAD) == ""
    assert mended.why_not(HEAD, None) == "act.second-needed"
    assert mended.why_not(HEAD, HEAD) == "act.same-person"
    assert mended.why_not(OFFICER, HEAD) == ""
    assert deed(What.DRAWN, 5, share="E-3/1").why_not(OTHER, None) == ""


def test_a_counter_without_customs_is_sent_nothing() -> None:
    one = deed(What.CAPPED, 5)
    assert one.seen_by({Agency.CUSTOMS, Agency.SECURITY}) is one
    assert one.seen_by({Agency.SECURITY}) is None


def test_nobody_is_in_what_is_printed_of_a_deed() -> None:
    assert "KILB" not in repr(deed(What.CAPPED, 5))


@pytest.mark.parametrize(
    ("words", "sen"),
    [
        ("280", 28_000),
        ("12.5", 1_250),
        (" 12,50 ", 1_250),
        ("0", 0),
        ("-3", None),
        ("1.234", None),
        ("٣", None),
        ("", None),
    ],
)
def test_an_amount_is_read(words: str, sen: int | None) -> None:
    assert find_sen(words) == sen


def test_an_amount_is_shown_and_a_field_read() -> None:
    assert (shown(54_000), shown(1_205), shown(-50)) == ("540", "12.05", "-0.50")
    assert of_field("MYR 540.00", "MYR") == 54_000
    assert of_field("USD 540.00", "MYR") is None
    assert of_field("MYR lots", "MYR") is None
