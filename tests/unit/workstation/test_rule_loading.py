"""The conditions of the rules are compiled behind the screen, once."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from counter_tui.domain.decisions import why_not_green
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.procedures import NONE
from counter_tui.domain.risk import RiskRules
from counter_tui.domain.sharing import SharingAgreement
from counter_tui.domain.view import Rulebook
from counter_tui.domain.words import Band, Outcome, Verdict
from counter_tui.errors import ConfigError, DecisionError
from counter_tui.workstation.current import Current
from counter_tui.workstation.rule_loading import RuleLoading
from tests.unit.domain.build import NOW, POST, crossing, officer, sections
from tests.unit.domain.risk.build import loading, row, rules

from .build import StillClock


def parts(by: RiskRules) -> Any:
    return SimpleNamespace(book=SimpleNamespace(risk=by, procedures=NONE))


async def finish(of: RuleLoading) -> None:
    assert of._task is not None
    await of._task


async def test_they_are_compiled_once_and_it_is_told() -> None:
    by, told = loading(*(row(f"r{n}", f"hour > {n}") for n in range(50))), list[bool]()
    loads = RuleLoading(lambda: parts(by), 0, lambda: told.append(by.indicators.conditions.ready))
    loads.start()
    loads.start()
    await finish(loads)
    loads.start()
    await finish(loads)
    assert told == [True]


async def test_where_there_are_none_nothing_is_told() -> None:
    told = list[bool]()
    loads = RuleLoading(lambda: parts(loading()), 0, lambda: told.append(True))
    loads.start()
    await finish(loads)
    assert told == []


async def test_rules_that_cannot_be_read_are_left_to_whoever_needs_them() -> None:
    def wrong() -> Any:
        raise ConfigError("config.no-file", file="risk.toml")

    loads = RuleLoading(wrong, 0, lambda: None)
    loads.start()
    await finish(loads)


async def test_given_up_it_begins_anew() -> None:
    by, told = loading(row("a", "citizen")), list[bool]()
    loads = RuleLoading(lambda: parts(by), 0, lambda: told.append(True))
    loads.stop()
    loads.start()
    loads.stop()
    await asyncio.sleep(0)
    assert not by.indicators.conditions.ready
    loads.start()
    await finish(loads)
    assert told == [True]


def in_hand(by: RiskRules) -> Current:
    return Current(
        crossing=crossing(),
        officer=officer(),
        post=POST,
        rules=Rulebook(by, NONE, "risk 1"),
        sharing=SharingAgreement("1", {}),
        clock=StillClock(at=NOW),
        sections={s.authority: s for s in sections()},
    )


def test_the_view_says_that_they_load_and_gets_worse_with_what_they_say() -> None:
    by = loading(row("a", "citizen || !citizen", band_floor=Band.RED))
    current = in_hand(by)
    before = current.view()
    assert (before.risk.loading, before.risk.band) == (True, Band.GREEN)
    assert why_not_green(before, officer()) == ("green.rules-loading",)
    for _ in by.indicators.conditions.compile():
        pass
    change = current.rules_ready()
    assert (change.worse, change.view.risk.loading, change.view.risk.band) == (True, False, Band.RED)
    with pytest.raises(DecisionError, match=r"decision\.band-worsened"):
        current.painted(before.digest)


def test_rules_that_say_nothing_leave_the_one_key() -> None:
    by = loading(row("a", "hour > 24"))
    current = in_hand(by)
    before = current.view()
    for _ in by.indicators.conditions.compile():
        pass
    change = current.rules_ready()
    assert (change.worse, change.view.risk.band) == (False, Band.GREEN)
    assert why_not_green(change.view, officer()) == ()
    assert change.view.digest != before.digest
    assert current.painted(change.view.digest).digest == change.view.digest


def test_a_row_that_calls_for_something_is_in_the_outcome() -> None:
    by = rules(row("a", "true", verdict=Verdict.REFER, action="interview"))
    current = in_hand(by)
    assert dict(current.view().outcome)[PERSON] is Outcome.REFER
    assert current.joint_with(()).person is Outcome.REFER
