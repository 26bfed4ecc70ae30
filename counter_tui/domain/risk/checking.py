"""What is wrong with rows of the rules before anybody is judged by them: looked for by trying them.

A row is tried on cases made of its own literals and of likely values of the variables it asks for: all of them where
they are few, else many drawn by a seed. So *never holds* is told with how many cases were tried, and is no proof.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

from ..texts import Text, text
from ..words import Authority, Band, Verdict
from .conditions import Condition, compile_condition
from .evaluator import evaluator
from .rules import Indicator, RiskRules
from .values import MOST_CONTRIBUTIONS, Value, Values
from .variables import VARIABLES, Variable, owner_of

MOST_CASES: Final = 2_000
OTHER: Final = "something-else"
_COUNTS: Final = ("findings", "holds", "authorities_amber")
_NUMBER: Final = re.compile(r"(?<![\w'\"])-?[0-9]{1,9}(?![\w'\"])")
_STRING: Final = re.compile(r"'([^']*)'|\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a row; `fatal` where it could never do what it is for."""

    id: str
    why: Text
    fatal: bool = True


def check(rules: RiskRules, has_words: Callable[[Indicator], bool] = lambda _: True) -> tuple[Flaw, ...]:
    """The flaws of all rows, in their order. `has_words` tells whether a row can be shown."""
    found = []
    for row in rules.indicators.rows:
        found += [] if has_words(row) else [Flaw(row.id, text("rule.no-words"))]
        found += _flaws(row)
    return tuple(found)


def _flaws(row: Indicator) -> Iterator[Flaw]:
    if not row.points and row.band_floor is Band.GREEN and not row.calls:
        yield Flaw(row.id, text("rule.weighs-nothing"))
    condition = compile_condition(row.when, VARIABLES)
    if isinstance(condition, Text):
        yield Flaw(row.id, condition)
        return
    cases = _cases(condition, row.when)
    held = [case for case in cases if _holds(condition, case) is True]
    if not held:
        yield Flaw(row.id, text("rule.never-holds", cases=len(cases)))
    elif len(held) == len(cases):
        yield Flaw(row.id, text("rule.always-holds", cases=len(cases)), fatal=False)
    asked = {owner for name in condition.names if (owner := owner_of(name)) is not None}
    strings = strings_in(row.when)
    if any(_holds(condition, _raised(case, asked, strings)) is False for case in held):
        yield Flaw(row.id, text("rule.falls-away"), fatal=False)


def _holds(condition: Condition, case: Values) -> bool | Text:
    return condition.judge(evaluator().Context(dict(case)), case)


def _raised(case: Values, authorities: set[Authority], strings: set[str]) -> Values:
    """The case with more findings, of these authorities."""
    more: Values = {name: value + 1 for name in _COUNTS if type(value := case.get(name)) is int}
    for authority in authorities:
        before = authority.value
        more |= {f"{before}_score": 100, f"{before}_band": Band.RED.name, f"{before}_worst": Verdict.HANDOVER.name}
        more[f"{before}_count"] = MOST_CONTRIBUTIONS
        for name in (f"{before}_actions", f"{before}_verdicts"):
            more[name] = sorted({*strings, OTHER})
    return {**case, **{name: value for name, value in more.items() if name in case}}


def _cases(condition: Condition, expression: str) -> list[Values]:
    """Cases that give each variable of the condition a value."""
    names = sorted(condition.names)
    near = numbers_near(expression)
    values = [choices(VARIABLES[name], near, strings_in(expression)) for name in names]
    if prod(map(len, values)) <= MOST_CASES:
        return [dict(zip(names, case, strict=True)) for case in product(*values)]
    chance = random.Random(expression)  # noqa: S311 - cases to try, the same every time
    return [{name: chance.choice(of) for name, of in zip(names, values, strict=True)} for _ in range(MOST_CASES)]


def numbers_near(expression: str) -> set[int]:
    """The numbers that a condition compares with, and those beside them."""
    return {int(found) + by for found in _NUMBER.findall(expression) for by in (-1, 0, 1)}


def strings_in(expression: str) -> set[str]:
    """The strings that a condition compares with."""
    return {one or other for one, other in _STRING.findall(expression)}


def choices(variable: Variable, numbers: set[int], strings: set[str]) -> Sequence[Value]:
    """Values of a variable that are worth trying."""
    if variable.type == "bool":
        return (True, False)
    if variable.type == "int":
        likely = {value for value in variable.likely if isinstance(value, int)}
        return sorted(likely | {n for n in numbers if 0 <= n <= variable.most})
    if variable.type == "string":
        return sorted({str(value) for value in variable.likely} | (set() if variable.closed else strings))
    lists = [[], *([one] for one in sorted(strings)), sorted(strings)]
    return [*lists, *([*one, OTHER] for one in lists)]
