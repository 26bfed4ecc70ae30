"""Rows that can never apply, or that nobody could finish, are found before anybody goes by them."""

import pytest

from counter_tui.domain.procedures import Duty, Procedure, Step, Words
from counter_tui.domain.procedures.checking import Surroundings, check
from counter_tui.domain.procedures.rows import Told
from counter_tui.domain.two_persons import Matter
from counter_tui.domain.words import Agency, Authority, Verdict

from .build import procedure, step

ACTIONS = {
    "health_actions": frozenset({"isolate", "triage", "care"}),
    "customs_actions": frozenset({"hold", "count"}),
    "person_actions": frozenset({"isolate", "triage", "care"}),
}
HERE = Surroundings(ACTIONS, frozenset(Agency), lambda _, code: "wordless" not in code)


def codes(*rows: Procedure, among: Surroundings = HERE) -> list[str]:
    return [flaw.why.code for flaw in check(rows, among) if flaw.id == rows[0].id]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("citizen", []),
        ("'isolate' in health_actions && direction == 'entry'", []),
        ("'isolate' in health_actions && !('isolate' in health_actions)", ["rule.never-holds"]),
        ("direction == 'entry' && direction == 'exit'", ["rule.never-holds"]),
        ("'count' in health_actions", ["sop.never-called-for", "rule.never-holds"]),
        ("'isolat' in health_actions || citizen", ["sop.never-called-for"]),
        ("'isolate' in health_actions && size(health_actions) == 2", []),
        ("'isolate' in health_actions && size(health_actions) == 0", ["rule.never-holds"]),
        ("'isolate' in person_actions && minor", []),
        ("citizen || !citizen", ["rule.always-holds"]),
        ("age < 10 && age > 20", ["rule.never-holds"]),
        ("nationality == 'IDN'", ["condition.unknown-variable"]),
        ("citizen &&", ["condition.not-cel"]),
        (
            (
                "hour > 1 && weekday > 1 && findings > 1 && holds > 1 && group_size > 3 && age > 1 "
                "&& customs_score > 3 && health_score > 3 && stale > 1"
            ),
            ["sop.too-many-cases"],
        ),
    ],
)
def test_conditions_are_tried_on_every_case(when: str, expected: list[str]) -> None:
    assert codes(procedure("p", step("x"), when=when)) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (procedure("p", step("x"), legal_basis=" "), ["sop.no-basis"]),
        (procedure("p", step("wordless")), ["sop.no-words"]),
        (procedure("wordless", step("x")), ["sop.no-words"]),
        (procedure("p", step("x"), notice=Words("a", "b", "")), ["sop.notice-short"]),
        (procedure("p", step("x"), owner="security"), ["sop.owner-leads-not"]),
        (procedure("p", step("x", Authority.HEALTH), supports=()), ["sop.owner-not-named"]),
        (procedure("p", step("x"), sign=()), ["sop.nobody-signs"]),
        (procedure("p", step("x", blocks=True)), ["sop.step-blocks-for-ever"]),
        (procedure("p", step("x", blocks=True, minutes=3)), ["sop.step-blocks-for-ever"]),
        (procedure("p", step("x", blocks=True, minutes=3, escalates=Duty.CUSTOMS)), []),
        (procedure("p", step("x", minutes=3)), ["sop.step-told-to-nobody"]),
        (procedure("p", step("x", escalates=Duty.CUSTOMS)), ["sop.step-told-to-nobody"]),
        (procedure("p", step("x", second=Agency.SECURITY)), ["sop.step-second-alone"]),
        (procedure("p", step("x", matter=Matter.CASH_COUNT)), ["sop.step-matter-alone"]),
        (procedure("p", step("x", two=True, matter=Matter.CASH_COUNT)), []),
    ],
)
def test_a_row_is_whole(row: Procedure, expected: list[str]) -> None:
    assert codes(row) == expected


def test_a_step_of_an_agency_without_a_counter_is_a_dead_end() -> None:
    customs = Surroundings(ACTIONS, frozenset({Agency.CUSTOMS}), HERE.has_words)
    row = procedure("p", step("x"), step("h", Authority.HEALTH), step("y", two=True, second=Agency.SECURITY))
    assert codes(row, among=customs) == ["sop.step-nobody-here", "sop.step-no-second-here"]


def test_a_row_that_another_always_covers_with_all_its_steps_adds_nothing() -> None:
    wide = procedure("wide", step("x"), step("y"), when="'isolate' in health_actions")
    narrow = procedure("narrow", step("y"), when="'isolate' in health_actions && 'triage' in health_actions")
    assert codes(narrow, wide) == ["sop.adds-nothing"]
    assert codes(wide, narrow) == []
    assert codes(procedure("narrow", step("z"), when=narrow.when), wide) == [], "it has a step of its own"
    assert codes(procedure("narrow", step("y"), when="'triage' in health_actions"), wide) == [], "it applies elsewhere"


def test_of_two_alike_the_later_is_told() -> None:
    one, other = procedure("a", step("x"), number="1"), procedure("b", step("x"), number="1")
    assert codes(one, other) == ["sop.same-number"]
    assert codes(other, one) == ["sop.same-number", "sop.adds-nothing"]


def test_steps_at_contrary_places_are_told_where_both_can_apply() -> None:
    one = procedure("a", step("x"), step("y"), when="'isolate' in health_actions")
    other = procedure("b", step("y"), step("x"), when="'triage' in health_actions")
    assert codes(other, one) == codes(one, other) == ["sop.contrary"]
    never = procedure("b", step("y"), step("x"), when="!('isolate' in health_actions)")
    assert codes(never, one) == []


# -- what is told at the end ------------------------------------------------------------------------------------------

SAID = Words("a", "b", "c")
REFUSING = step("refuse", verdicts=frozenset({Verdict.REFUSE}))
HANDING = step("hand", verdicts=frozenset({Verdict.HANDOVER, Verdict.HOLD}))


@pytest.mark.parametrize(
    ("when", "steps", "told", "expected"),
    [
        ("direction == 'entry'", (step("x"),), Told(), []),
        ("direction == 'entry'", (REFUSING,), Told(), ["sop.told-missing refused", "sop.told-missing released"]),
        ("direction == 'exit'", (REFUSING,), Told(), ["sop.told-missing postponed", "sop.told-missing released"]),
        ("direction == 'entry'", (REFUSING,), Told(released=SAID, refused=SAID), []),
        ("direction == 'entry'", (HANDING,), Told(released=SAID), ["sop.told-missing handed_over"]),
        ("direction == 'exit'", (HANDING,), Told(released=SAID, handed_over=SAID), ["sop.told-missing postponed"]),
        ("direction == 'entry'", (step("x"),), Told(postponed=SAID), ["sop.told-never postponed"]),
        ("direction == 'exit'", (step("x"),), Told(refused=SAID), ["sop.told-never refused"]),
        ("citizen", (step("x"),), Told(refused=SAID, postponed=SAID), []),
        ("citizen", (step("x"),), Told(released=Words("a", "b")), ["sop.told-short released"]),
    ],
)
def test_what_is_told_at_the_end_is_whole(when: str, steps: tuple[Step, ...], told: Told, expected: list[str]) -> None:
    row = procedure("p", *steps, when=when, notice=SAID, told=told)
    flaws = [flaw for flaw in check([row], HERE) if flaw.why.code.startswith("sop.told-")]
    named = [f"{flaw.why.code} {flaw.why.as_dict().get('ending', '')}".strip() for flaw in flaws]
    assert [one for one in named if one != "sop.told-to-nobody"] == expected
    assert all(flaw.fatal for flaw in flaws)
