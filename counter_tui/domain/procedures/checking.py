"""What is wrong with procedures before anybody goes by them: rows that can never apply, or that nobody could finish.

A condition is tried on every case that its variables can make: of an authority's actions, every subset of those that it
names and that the agencies call for at all. So *never holds* is a proof over that vocabulary, as long as the cases are
not too many.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations, product
from math import prod
from typing import Final

from ..risk.checking import Flaw, choices, numbers_near, strings_in
from ..risk.conditions import Condition, compile_condition
from ..risk.evaluator import evaluator
from ..risk.values import Value, Values
from ..texts import Text, text
from ..words import AGENCY_OF, Agency
from .endings import directions, endings_of
from .merging import plan
from .rows import Procedure, Step
from .variables import VARIABLES

MOST_CASES: Final = 20_000
_NAMED: Final = re.compile(r"""['"]([^'"]*)['"]\s+in\s+([a-z_]+_actions)\b""")
_SIZED: Final = re.compile(r"\bsize\s*\(")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What procedures stand among.

    `actions`: which actions are called for at all, by the variable that lists them; `agencies`: those that some counter
    of the post is enrolled for; `has_words`: whether a procedure's code can be shown in every language.
    """

    actions: Mapping[str, frozenset[str]]
    agencies: frozenset[Agency]
    has_words: Callable[[Procedure, str], bool]


def check(rows: Sequence[Procedure], among: Surroundings) -> tuple[Flaw, ...]:
    """The flaws of all rows, in their order."""
    tried = [_Row(row, among) for row in rows]
    found: list[Flaw] = []
    for one in tried:
        found += one.flaws()
        found += _beside(one, [other for other in tried if other is not one])
    return tuple(found)


class _Row:
    """One row, its condition compiled."""

    def __init__(self, row: Procedure, among: Surroundings) -> None:
        self.row, self.among = row, among
        self.condition = compile_condition(row.when, VARIABLES)

    def flaws(self) -> Iterator[Flaw]:
        """What is wrong with it alone."""
        told = chain(self._told(), self._owned(), self._ends(), endings_of(self.row, directions(self.held)))
        yield from (Flaw(self.row.id, why) for why in told)
        yield from self._applies()

    def _told(self) -> Iterator[Text]:
        """Basis and words."""
        row = self.row
        if not row.legal_basis.strip():
            yield text("sop.no-basis")
        for code in dict.fromkeys((row.title, *(step.code for step in row.steps))):
            if not self.among.has_words(row, code):
                yield text("sop.no-words", named=code)
        if row.notice is not None and not all((row.notice.en, row.notice.id, row.notice.ms)):
            yield text("sop.notice-short")

    def _owned(self) -> Iterator[Text]:
        """Owners: of the row, of its steps, of its closing."""
        row = self.row
        if row.owner != AGENCY_OF[row.lead]:
            yield text("sop.owner-leads-not", owner=row.owner, lead=row.lead.value)
        for authority in dict.fromkeys(step.authority for step in row.steps):
            if authority not in (row.lead, *row.supports):
                yield text("sop.owner-not-named", authority=authority.value)
        if not row.sign:
            yield text("sop.nobody-signs")

    def _ends(self) -> Iterator[Text]:
        """Steps that could stay open for ever."""
        for number, step in enumerate(self.row.steps, 1):
            yield from (text(code, number=number) for code in _dead_ends(step, self.among.agencies))
        for agency in dict.fromkeys(sign.agency for sign in self.row.sign):
            if agency not in self.among.agencies:
                yield text("sop.sign-nobody-here", agency=agency.value)

    def _applies(self) -> Iterator[Flaw]:
        if isinstance(self.condition, Text):
            yield Flaw(self.row.id, self.condition)
            return
        for action, variable in sorted(set(_NAMED.findall(self.row.when))):
            if action not in self.among.actions.get(variable, ()):
                yield Flaw(self.row.id, text("sop.never-called-for", action=action, variable=variable))
        if self.cases is None:
            yield Flaw(self.row.id, text("sop.too-many-cases", most=MOST_CASES), fatal=False)
        elif not self.held:
            yield Flaw(self.row.id, text("rule.never-holds", cases=len(self.cases)))
        elif len(self.held) == len(self.cases):
            yield Flaw(self.row.id, text("rule.always-holds", cases=len(self.cases)), fatal=False)

    @cached_property
    def cases(self) -> list[Values] | None:
        """All cases of its own variables."""
        return cases([self.condition], [self.row.when], self.among) if isinstance(self.condition, Condition) else []

    @cached_property
    def held(self) -> list[Values]:
        """Those in which it applies."""
        return [case for case in self.cases or () if self.holds(case)]

    def holds(self, case: Values) -> bool:
        """Whether it applies in a case."""
        assert isinstance(self.condition, Condition)
        return self.condition.judge(evaluator().Context(dict(case)), case) is True


def _dead_ends(step: Step, agencies: frozenset[Agency]) -> Iterator[str]:
    if AGENCY_OF[step.authority] not in agencies:
        yield "sop.step-nobody-here"
    if step.second is not None and not step.two:
        yield "sop.step-second-alone"
    if step.matter is not None and not step.two:
        yield "sop.step-matter-alone"
    if step.second is not None and step.second not in agencies:
        yield "sop.step-no-second-here"
    if step.blocks and not (step.minutes and step.escalates):
        yield "sop.step-blocks-for-ever"
    elif bool(step.minutes) != (step.escalates is not None):
        yield "sop.step-told-to-nobody"


def _beside(one: _Row, others: list[_Row]) -> Iterator[Flaw]:
    """What is wrong with a row for what another one says."""
    row = one.row
    for other in others:
        if other.row.number == row.number:
            yield Flaw(row.id, text("sop.same-number", other=other.row.id))
        if _adds_nothing(one, other):
            yield Flaw(row.id, text("sop.adds-nothing", other=other.row.id))
        twice = [s.step.code for s in plan((row, other.row)).steps if "#" in s.key]
        if twice and _together(one, other) is not False:
            yield from (Flaw(row.id, text("sop.contrary", other=other.row.id, named=c), fatal=False) for c in twice)


def _adds_nothing(one: _Row, other: _Row) -> bool:
    """Whether the other applies wherever this one does, and has all of its steps."""
    if not {s.key for s in one.row.steps} <= {s.key for s in other.row.steps}:
        return False
    both = _both(one, other)
    held = [case for case in both or () if one.holds(case)]
    return bool(held) and all(other.holds(case) for case in held) and not _same(one, other, both or [])


def _same(one: _Row, other: _Row, both: list[Values]) -> bool:
    """Whether the two are alike, and the later is the one to be told of it."""
    alike = {s.key for s in one.row.steps} == {s.key for s in other.row.steps}
    return alike and one.row.id < other.row.id and all(one.holds(case) == other.holds(case) for case in both)


def _together(one: _Row, other: _Row) -> bool | None:
    """Whether both can apply to one traveller; None where that takes too many cases to tell."""
    both = _both(one, other)
    return None if both is None else any(one.holds(case) and other.holds(case) for case in both)


def _both(one: _Row, other: _Row) -> list[Values] | None:
    if isinstance(one.condition, Text) or isinstance(other.condition, Text):
        return []
    return cases([one.condition, other.condition], [one.row.when, other.row.when], one.among)


def cases(conditions: Sequence[Condition], expressions: Sequence[str], among: Surroundings) -> list[Values] | None:
    """Every case of the variables of these conditions; None where they are too many."""
    names = sorted(frozenset().union(*(condition.names for condition in conditions)))
    together = " ; ".join(expressions)
    values = [_values(name, together, among) for name in names]
    if prod(map(len, values)) > MOST_CASES:
        return None
    return [dict(zip(names, case, strict=True)) for case in product(*values)]


def _values(name: str, expression: str, among: Surroundings) -> Sequence[Value]:
    variable = VARIABLES[name]
    if not name.endswith("_actions"):
        return choices(variable, numbers_near(expression), strings_in(expression))
    known = among.actions.get(name, frozenset())
    named = sorted(strings_in(expression) & known)
    others = sorted(known - set(named))[: 2 if _SIZED.search(expression) else 0]
    every = (*named, *others)
    return [sorted(some) for size in range(len(every) + 1) for some in combinations(every, size)]
