"""Conditions: what they can say, what they are refused for, and that none takes long or ends the program."""

import subprocess
import sys
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.risk.conditions import DEEPEST, MOST_CHARACTERS, Condition, Conditions, compile_condition
from counter_tui.domain.risk.variables import VARIABLES
from counter_tui.domain.texts import Text

VALUES: dict[str, object] = {
    "direction": "exit",
    "citizen": False,
    "age_known": False,
    "hour": 23,
    "findings": 2,
    "customs_actions": ["cash-count", "refer"],
    "customs_score": 40,
}


def judge(expression: str) -> bool | Text:
    conditions = Conditions({"row": expression}, VARIABLES)
    for _ in conditions.compile():
        pass
    return conditions.judge(["row"], VALUES).get("row", False)


def code(expression: str) -> str:
    answer = judge(expression)
    assert isinstance(answer, Text), answer
    return answer.code


@pytest.mark.parametrize(
    ("expression", "held"),
    [
        ("hour >= 22 && !citizen", True),
        ('direction == "entry" || customs_score > 30', True),
        ('"cash-count" in customs_actions && size(customs_actions) == 2', True),
        ("direction in [\"entry\", 'transit']", False),
        ("hour > -1 && (findings != 2 || (hour < 5))", False),
        ("age_known && age < 18", False),
        ("age < 18 && age_known", False),
        ("age < 18 || hour == 23", True),
    ],
)
def test_conditions_compare_what_is_known(expression: str, *, held: bool) -> None:
    assert judge(expression) is held


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("age < 18", "condition.no-value"),
        ("!age_known && age < 18", "condition.no-value"),
        ("customs_score > 'a'", "condition.not-comparable"),
        ("customs_score", "condition.not-a-condition"),
        ("customs_scores > 1", "condition.unknown-variable"),
        ("hour >", "condition.not-cel"),
        ("", "condition.not-cel"),
        ("hour + 1 > 3", "condition.not-allowed"),
        ("customs_actions.exists(a, a == 'x')", "condition.not-allowed"),
        ("customs_actions[0] == 'x'", "condition.not-allowed"),
        ("direction.matches('e+')", "condition.not-allowed"),
        ("hour > 1.5", "condition.not-allowed"),
        ("citizen ? true : false", "condition.not-allowed"),
        ("nothing(hour)", "condition.not-allowed"),
        ("hour > 9999999999", "condition.not-allowed"),
        ("direction == 'a\\n'", "condition.not-allowed"),
        ("hour > 1 // night", "condition.not-allowed"),
        (f"hour > 1{' ' * MOST_CHARACTERS}", "condition.too-long"),
        (f"{'(' * (DEEPEST + 1)}citizen{')' * (DEEPEST + 1)}", "condition.too-deep"),
        (f"{'(citizen && ' * (DEEPEST + 1)}citizen{')' * (DEEPEST + 1)}", "condition.too-deep"),
        (f"{'!' * (DEEPEST + 1)}citizen", "condition.too-deep"),
    ],
)
def test_what_cannot_be_evaluated_says_why(expression: str, why: str) -> None:
    assert code(expression) == why


def test_what_is_absent_is_named() -> None:
    answer = judge("age < 18 && animal_plant_score > 3")
    assert isinstance(answer, Text)
    assert answer.as_dict() == {"names": "age, animal_plant_score"}


def test_nothing_is_known_before_they_are_compiled() -> None:
    conditions = Conditions({"row": "citizen"}, VARIABLES)
    assert not conditions.ready
    steps = conditions.compile()
    next(steps)
    assert not conditions.ready
    assert list(steps) == [] == list(conditions.compile())
    assert conditions.judge(["row"], VALUES) == {}


def test_without_rows_nothing_is_loaded() -> None:
    script = (
        "import sys; from counter_tui.domain.risk.conditions import Conditions; c = Conditions({}, ());"
        "list(c.compile()); assert c.ready and c.judge([], {}) == {};"
        "sys.exit(any(m == 'cel' or m.startswith('cel.') for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_evaluator_comes_without_the_package_around_it() -> None:
    script = (
        "import sys; from counter_tui.domain.risk.evaluator import evaluator; first = evaluator();"
        "assert 'typer' not in sys.modules and 'prompt_toolkit' not in sys.modules;"
        "import cel; assert cel.compile is first.compile"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


WORDS = ["hour", "citizen", "customs_actions", "age", "in", "size", "true", "null", "7", "1e9", "0x1", "'x'", "é"]
PIECES = st.sampled_from([*WORDS, "&&", "||", "==", ">=", *'"()[],!<-.+*?:{}\\ \n\x00'])


@given(st.lists(PIECES, max_size=120).map("".join) | st.text(max_size=MOST_CHARACTERS + 5))
@settings(max_examples=150, deadline=None)
def test_hostile_conditions_are_answered_or_refused(expression: str) -> None:
    before = perf_counter()
    answer = judge(expression)
    assert isinstance(answer, bool | Text)
    assert perf_counter() - before < 0.5


def test_the_longest_condition_over_the_longest_lists_is_quick() -> None:
    clause = "'zz' in customs_actions || "
    expression = clause * (MOST_CHARACTERS // len(clause) - 1) + "citizen"
    compiled = compile_condition(expression, VARIABLES)
    assert isinstance(compiled, Condition)
    from counter_tui.domain.risk.evaluator import evaluator

    values = {**VALUES, "customs_actions": [f"action-{n}" for n in range(64)]}
    context = evaluator().Context(values)
    before = perf_counter()
    for _ in range(100):
        assert compiled.judge(context, values) is False
    assert perf_counter() - before < 1
