"""Conditions in the Common Expression Language (CEL), compiled once and bounded by what they are made of.

A condition compares variables, joined by `&&`, `||`, `!`, with `in` and `size`: nothing repeats, searches or adds up,
and it is so long and so deep at most. So its work is bounded before it begins, and no clock decides a result: the same
values give the same answer on any machine.
"""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from ..texts import Text, text
from .evaluator import evaluator

if TYPE_CHECKING:
    from cel import Context, Program

MOST_CHARACTERS: Final = 400
DEEPEST: Final = 12
SLICE: Final = 20
"""So many are compiled at a time: about a millisecond."""

_TOKEN: Final = re.compile(
    r"""\s+|[A-Za-z_][A-Za-z0-9_]*(?!['"])|[0-9]{1,9}(?![A-Za-z0-9_.])"""
    r"""|'[^'"\\\x00-\x1f]*'|"[^'"\\\x00-\x1f]*"|&&|\|\||==|!=|<=|>=|[<>!(),\[\]-]""",
    re.ASCII,
)
_FUNCTIONS: Final = frozenset({"_&&_", "_||_", "!_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "-_", "@in", "size"})
_DEEPER: Final = frozenset("([!-")
_FAILURES: Final = (RuntimeError, TypeError, ValueError, KeyError, ArithmeticError)
"""What the evaluator raises: a variable without a value, kinds that do not compare, what it cannot parse."""

Answer = bool | Text
"""Whether a condition holds, or why that cannot be told."""
Answers = Mapping[str, Answer]
"""What conditions say, by name; those that do not hold are left out."""


class Conditions:
    """The conditions of one version by name. Until they are compiled nothing is known of any."""

    def __init__(
        self, expressions: Mapping[str, str], known: Container[str], refused: Mapping[str, Text] | None = None
    ) -> None:
        """`known` are the variables there are; of those `refused`, by name, nothing is evaluated, and why."""
        self._expressions, self._known, self._refused = dict(expressions), known, dict(refused or {})
        self._compiled: dict[str, Condition | Text] | None = None if expressions else {}
        self._asking: dict[str, set[str]] = {}

    @property
    def ready(self) -> bool:
        """Whether they are compiled."""
        return self._compiled is not None

    def compile(self) -> Iterator[None]:
        """Compile them, a slice at each step; what cannot be compiled has why as its answer."""
        if self.ready:
            return
        evaluator()
        yield
        found: dict[str, Condition | Text] = {}
        for number, (name, expression) in enumerate(self._expressions.items(), 1):
            found[name] = self._refused.get(name) or compile_condition(expression, self._known)
            if number % SLICE == 0:
                yield
        for name, condition in found.items():
            for asked in condition.names if isinstance(condition, Condition) else ():
                self._asking.setdefault(asked, set()).add(name)
        self._compiled = found

    def names_in(self, name: str) -> frozenset[str]:
        """The variables that a condition asks for."""
        condition = (self._compiled or {}).get(name)
        return condition.names if isinstance(condition, Condition) else frozenset()

    def asking(self, variables: Iterable[str]) -> set[str]:
        """The names of the conditions that ask for any of these variables."""
        return set().union(*(self._asking.get(variable, ()) for variable in variables))

    def judge(self, names: Collection[str], values: Mapping[str, object]) -> dict[str, Answer]:
        """What these conditions say of these values; only once they are compiled."""
        assert self._compiled is not None, "compile first"
        if not names:
            return {}
        context: Context = evaluator().Context(dict(values))
        said: dict[str, Answer] = {}
        for name in names:
            condition = self._compiled[name]
            answer = condition if isinstance(condition, Text) else condition.judge(context, values)
            if answer is not False:
                said[name] = answer
        return said


class Condition:
    """One condition, compiled; `names` are the variables that it asks for."""

    __slots__ = ("_program", "names")

    def __init__(self, program: "Program") -> None:
        self._program = program
        self.names = frozenset(program.variables())

    def judge(self, context: "Context", values: Mapping[str, object]) -> Answer:
        """Whether it holds of the values in this context."""
        try:
            held = self._program.execute(context)
        except _FAILURES:
            absent = sorted(self.names - values.keys())
            return text("condition.no-value", names=", ".join(absent)) if absent else text("condition.not-comparable")
        return held if isinstance(held, bool) else text("condition.not-a-condition")


def compile_condition(expression: str, known: Container[str]) -> Condition | Text:
    """The condition, or why it is none.

    `condition.too-long`, `condition.too-deep`, `condition.not-allowed`, `condition.not-cel` or
    `condition.unknown-variable`.
    """
    wrong = _bounded(expression)
    if wrong is not None:
        return wrong
    try:
        program: Program = evaluator().compile(expression)
    except _FAILURES:
        return text("condition.not-cel")
    refused = sorted(set(program.functions()) - _FUNCTIONS)
    if refused:
        return text("condition.not-allowed", what=refused[0])
    condition = Condition(program)
    unknown = sorted(name for name in condition.names if name not in known)
    return text("condition.unknown-variable", names=", ".join(unknown)) if unknown else condition


def _bounded(expression: str) -> Text | None:
    if len(expression) > MOST_CHARACTERS:
        return text("condition.too-long", most=MOST_CHARACTERS)
    at = depth = run = 0
    while at < len(expression):
        token = _TOKEN.match(expression, at)
        if token is None:
            return text("condition.not-allowed", what=ascii(expression[at])[1:-1])
        said = token.group()
        depth += (said in "([") - (said in ")]")
        run = run + 1 if said in _DEEPER else 0 if not said.isspace() else run
        if max(depth, run) > DEEPEST:
            return text("condition.too-deep", most=DEEPEST)
        at = token.end()
    return None
