"""The conditions of the rules are compiled behind the screen, once."""

import asyncio
from types import SimpleNamespace
from typing import Any

from counter_tui.domain.risk import RiskRules
from counter_tui.errors import ConfigError
from counter_tui.workstation.rule_loading import RuleLoading
from tests.unit.domain.risk.build import loading, row


def parts(by: RiskRules) -> Any:
    return SimpleNamespace(book=SimpleNamespace(risk=by))


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
