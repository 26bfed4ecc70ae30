"""Groups: how heads add up, who is not to be parted, which desk leads."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.coding import to_json
from counter_tui.domain.crossings import Group, GroupKind
from counter_tui.domain.groups import (
    REASONS,
    Companion,
    GroupBody,
    GroupEvent,
    Headcount,
    Standing,
    leading,
    partings,
    read_group,
    standing_of,
    why_closed,
)
from counter_tui.domain.words import Authority, Direction, Outcome, SourceState, Verdict
from counter_tui.errors import CounterError, DecisionError

from .build import contribution, section, view

CHILD = Companion("c", Standing.OPEN, guardian="g", direction=Direction.ENTRY, group="bus")
GUARDIAN = Companion("g", Standing.OPEN, direction=Direction.ENTRY, group="bus")


def why(child: Companion, guardian: Companion | None) -> str:
    found = partings([child, guardian] if guardian else [child])
    return found[0].why if found else ""


@pytest.mark.parametrize(
    ("said", "scanned", "missing", "counted", "expected"),
    [
        (20, 20, 0, 20, (0, 0, 0, False)),
        (20, 19, 1, 19, (1, 0, 0, True)),
        (20, 20, 0, 21, (0, 1, 0, True)),
        (20, 20, 0, 19, (0, 0, 1, True)),
        (20, 21, 0, None, (0, 0, 0, False)),
        (18, 18, 2, 18, (2, 0, 0, True)),
    ],
)
def test_heads_add_up_or_say_what_does_not(
    said: int, scanned: int, missing: int, counted: int | None, expected: tuple[int, int, int, bool]
) -> None:
    heads = Headcount(said, 20, scanned, missing=missing, counted=counted)
    assert (heads.to_go, heads.skipped, heads.gone, heads.asks_why) == expected


def test_who_is_missing_asks_why_and_some_reasons_ask_for_a_note() -> None:
    short = Headcount(20, 20, 19, missing=1)
    noted = next(reason for reason in REASONS if reason.note)
    plain = next(reason for reason in REASONS if not reason.note)
    with pytest.raises(DecisionError, match=r"group\.people-missing"):
        why_closed(short, None, "")
    with pytest.raises(DecisionError, match="note-needed"):
        why_closed(short, noted, "  ")
    assert why_closed(short, noted, " ran for it ") == (noted.code, "ran for it")
    assert why_closed(short, plain, "") == (plain.code, "")
    assert why_closed(Headcount(20, 20, 20), noted, "x") == ("", "")


def test_as_long_as_neither_goes_on_nobody_is_parted() -> None:
    assert why(CHILD, GUARDIAN) == ""
    assert why(CHILD, replace(GUARDIAN, standing=Standing.TO_SCAN)) == ""
    assert why(replace(CHILD, green=True), replace(GUARDIAN, green=True)) == ""
    assert why(replace(CHILD, standing=Standing.CLEARED), replace(GUARDIAN, standing=Standing.CLEARED)) == ""


@pytest.mark.parametrize("late", [Standing.TO_SCAN, Standing.OPEN, Standing.PARKED, Standing.KEPT])
def test_one_who_goes_on_without_the_other_is_told(late: Standing) -> None:
    end = "not-scanned" if late is Standing.TO_SCAN else "not-clear"
    on = [{"standing": Standing.CLEARED}, {"green": True}]
    for gone in on:
        assert why(replace(CHILD, standing=late), replace(GUARDIAN, **gone)) == f"parting.child-{end}"  # type: ignore[arg-type]
        assert why(replace(CHILD, **gone), replace(GUARDIAN, standing=late)) == f"parting.guardian-{end}"  # type: ignore[arg-type]


def test_the_other_way_another_bus_or_nowhere() -> None:
    gone = replace(CHILD, standing=Standing.CLEARED)
    on = replace(GUARDIAN, standing=Standing.CLEARED)
    assert why(gone, replace(on, direction=Direction.EXIT)) == "parting.other-direction"
    assert why(gone, replace(on, group="other")) == "parting.other-group"
    assert why(gone, None) == "parting.guardian-not-here"
    assert why(CHILD, None) == ""


@given(
    st.lists(
        st.builds(
            Companion,
            st.sampled_from("abcd"),
            st.sampled_from(Standing),
            guardian=st.sampled_from([None, "a", "b"]),
            group=st.sampled_from(["", "bus"]),
            green=st.booleans(),
        ),
        max_size=4,
        unique_by=lambda one: one.key,
    )
)
def test_the_order_of_companions_does_not_matter(companions: list[Companion]) -> None:
    found = {partings(order) for order in itertools.permutations(companions)}
    assert len(found) == 1


def test_the_procedure_leads_else_the_worst_else_who_is_silent() -> None:
    customs = contribution(Authority.CUSTOMS, Verdict.REFER, 50)
    health = contribution(Authority.HEALTH, Verdict.HOLD, 10)
    assert leading(view(customs, health)) is Authority.HEALTH
    assert leading(view(customs)) is Authority.CUSTOMS
    silent = section(Authority.SECURITY, source=SourceState.NOT_CHECKED)
    assert leading(view(security=silent)) is Authority.SECURITY
    assert leading(view()) is Authority.IMMIGRATION


@pytest.mark.parametrize("outcome", [*Outcome, None])
def test_only_who_may_go_on_is_cleared(outcome: Outcome | None) -> None:
    goes = outcome in (Outcome.CLEAR, Outcome.CLEAR_COND, Outcome.ESCORTED_CARE)
    assert standing_of(outcome) is (Standing.CLEARED if goes else Standing.KEPT)


def test_an_entry_reads_as_it_was_written_and_says_nobody() -> None:
    body = GroupBody(
        "s1",
        GroupEvent.CLOSED,
        Group("sjs", GroupKind.BUS, "SJS 1123", 20),
        Direction.ENTRY,
        "wijaya",
        Headcount(20, 20, 19, missing=1, cleared=19, counted=19),
        training=True,
        missing=("IDN:X1",),
        reason="walked-away",
        note="went to the market",
    )
    assert read_group(to_json(body)) == body
    assert "X1" not in repr(body)
    assert "market" not in repr(body)
    with pytest.raises(CounterError, match=r"entry\.unreadable"):
        read_group(b"{}")
