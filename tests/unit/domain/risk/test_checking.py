"""Rows that could never do what they are for are found before anybody is judged by them."""

import pytest

from counter_tui.domain.risk.checking import Flaw, check
from counter_tui.domain.words import Band, Verdict
from counter_tui.settings_risk import load_risk
from tests.unit.domain.risk.build import loading, row


def codes(when: str, **given: object) -> list[str]:
    return [flaw.why.code for flaw in check(loading(row("r", when, **(given or {"points": 5}))))]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("hour > 3 && customs_score >= 40", []),
        ("customs_score > 12 && customs_score < 14", ["rule.falls-away"]),
        ('"cash-count" in customs_actions && size(customs_actions) >= 2', []),
        (
            '"cash-count" in customs_actions && "hold" in customs_actions && size(customs_actions) < 2',
            ["rule.never-holds"],
        ),
        ('lane == "C"', []),
        ("hour > 24", ["rule.never-holds"]),
        ("customs_score > 100", ["rule.never-holds"]),
        ("age < 10 && age > 20", ["rule.never-holds"]),
        ('direction == "transit"', ["rule.never-holds"]),
        ("age == 'x'", ["rule.never-holds"]),
        ("customs_score", ["rule.never-holds"]),
        ("hour >= 0", ["rule.always-holds"]),
        ("customs_count == 0 && hour > 3", ["rule.falls-away"]),
        ('!("hold" in health_actions)', ["rule.falls-away"]),
        ('health_worst == "REFER"', ["rule.falls-away"]),
        ("findings < 2", ["rule.falls-away"]),
        ("colour == 'red'", ["condition.unknown-variable"]),
        ("hour >", ["condition.not-cel"]),
    ],
)
def test_conditions_are_tried(when: str, expected: list[str]) -> None:
    assert codes(when) == expected


def test_a_row_that_weighs_nothing() -> None:
    assert codes("citizen", points=0) == ["rule.weighs-nothing"]
    assert codes("citizen", band_floor=Band.AMBER) == []
    assert codes("citizen", verdict=Verdict.REFER) == []


def test_a_row_without_words_is_told() -> None:
    assert check(loading(row("r", "citizen", points=1)), lambda _: False) == (
        Flaw("r", check(loading(row("r", "citizen", points=1)), lambda _: False)[0].why),
    )


def test_many_variables_are_tried_by_a_seed_and_the_same_every_time() -> None:
    when = "hour > 3 && weekday > 2 && group_size > 3 && findings > 1 && customs_score > 20 && health_score > 20"
    assert codes(when) == codes(when) == []


def test_nothing_is_wrong_with_what_is_shipped() -> None:
    assert check(load_risk()) == ()
