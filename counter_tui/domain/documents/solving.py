"""Which confusions, undone together, make every check digit right: linear equations modulo 10, solved by cost.

Every check of a zone is a weighted sum that must be 0 modulo 10, and undoing a confusion adds a known amount to each of
them. What is sought is the cheapest set of confusions whose amounts add up to what is missing in every check. Sets of
cost 2 are tabulated by what they add, so that sets of up to cost 4 are found by looking up one half from the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import combinations, product
from typing import Final, NamedTuple

from .checks import value_of
from .confusions import Kind, kinds, possible
from .formats import FORMATS, Format, Span, find_long_number

DEEPEST: Final = 4
"""The greatest cost of a set of confusions that is looked for."""

_MOST_CONFUSIONS: Final = 48
"""More places than this that could be anything are not solved: too many sets would fit."""

_EFFORT_OF_EQUATIONS: Final = 30
_WEIGHTS: Final = (7, 3, 1)

Place = tuple[int, int]
"""Line and position, from 0."""
Sum = tuple[int, ...]
"""A residue modulo 10 for every check of the layout."""


class Confusion(NamedTuple):
    """What one place may have to be instead."""

    place: Place
    put: str
    cost: int
    adds: Sum


Set = tuple[Confusion, ...]
Weights = dict[Place, list[tuple[int, int]]]
"""For every place that a check reaches: the number of the check, and the weight there."""


class Equations:
    """The checks of one zone of characters of the alphabet, in the right shape."""

    def __init__(self, layout: Format, lines: Sequence[str], weights: Weights) -> None:
        self._layout = layout
        self._lines = lines
        self._weights = weights
        missing = [0] * len(layout.checks)
        for (line, position), of_checks in weights.items():
            value = value_of(lines[line][position])
            if value:
                for number, weight in of_checks:
                    missing[number] -= weight * value
        self.missing: Sum = tuple([number % 10 for number in missing])

    @cached_property
    def confusions(self) -> list[Confusion]:
        """What each place may have to be instead, where check digits see it."""
        found: list[Confusion] = []
        table = kinds(self._layout)
        for (line, position), of_checks in self._weights.items():
            character = self._lines[line][position]
            for put, cost in possible(character, table[line][position]):
                difference = value_of(put) - value_of(character)
                adds = [0] * len(self.missing)
                for number, weight in of_checks:
                    adds[number] = weight * difference % 10
                if any(adds):
                    found.append(Confusion((line, position), put, cost, tuple(adds)))
        return found

    def solve(self, cost: int) -> Iterator[Set]:
        """Every set of confusions of exactly this cost, 0 to DEEPEST, that makes all checks right; each once."""
        if cost == 0:
            if not any(self.missing):
                yield ()
            return
        if cost == 1:
            yield from ((found,) for found in self.confusions if (found.cost, found.adds) == (1, self.missing))
            return
        if len(self.confusions) > _MOST_CONFUSIONS:
            return
        if cost == 2:
            yield from self._tables[2].get(self.missing, ())
            return
        for adds, halves in self._tables[cost - 2].items():
            others = self._tables[2].get(_minus(self.missing, adds), ())
            for half, other in product(halves, others):
                both = half + other
                # Of two halves of the same cost, either may come first: one order is enough.
                if (cost == 3 or half < other) and len({confusion.place for confusion in both}) == len(both):
                    yield both

    def effort(self, cost: int) -> int:
        """About how many pairs of confusions `solve` looks at."""
        if cost == 0:
            return _EFFORT_OF_EQUATIONS
        count = len(self.confusions)
        if cost == 1 or count > _MOST_CONFUSIONS:
            return count
        return count * count // (2 if cost == 2 else 1)

    @cached_property
    def _tables(self) -> list[dict[Sum, list[Set]]]:
        """The sets of cost 0, 1 and 2, by what they add."""
        tables: list[dict[Sum, list[Set]]] = [{}, {}, {}]
        singles = [confusion for confusion in self.confusions if confusion.cost == 1]
        for confusion in self.confusions:
            tables[confusion.cost].setdefault(confusion.adds, []).append((confusion,))
        for one, two in combinations(singles, 2):
            if one.place != two.place:
                tables[2].setdefault(_plus(one.adds, two.adds), []).append((one, two))
        return tables


def _plus(one: Sum, two: Sum) -> Sum:
    return tuple([(a + b) % 10 for a, b in zip(one, two, strict=True)])


def _minus(one: Sum, two: Sum) -> Sum:
    return tuple([(a - b) % 10 for a, b in zip(one, two, strict=True)])


def equations(layout: Format, lines: Sequence[str]) -> list[Equations]:
    """The equations of a zone: one set; or two where a long number may be checked with its inner filler or without."""
    long = find_long_number(layout, lines)
    if long is None:
        return [Equations(layout, lines, _PLAIN[layout.name])]
    at = long.digit_at
    return [Equations(layout, lines, _long_weights(layout.name, at, filler_in_number=way)) for way in (False, True)]


@cache
def _long_weights(layout: str, digit_at: Place, *, filler_in_number: bool) -> Weights:
    """Where the digit of a number that runs on stands in one of 15 places."""
    number = _long_number_places(FORMATS[layout], digit_at, filler_in_number=filler_in_number)
    return _weights(FORMATS[layout], number)


def _weights(layout: Format, number_runs_on: tuple[list[Place], Place] | None = None) -> Weights:
    weights: Weights = {}
    for number, check in enumerate(layout.checks):
        if number_runs_on is not None and check.field == "document_number":
            over, digit = number_runs_on
        else:
            over = [place for span in check.over for place in _places(span)]
            digit = _places(check.digit)[0]
        for index, place in enumerate(over):
            weights.setdefault(place, []).append((number, _WEIGHTS[index % 3]))
        weights.setdefault(digit, []).append((number, -1))
    return weights


def _places(span: Span) -> list[Place]:
    return [(span.line, position) for position in range(span.start, span.end)]


def _long_number_places(layout: Format, digit_at: Place, *, filler_in_number: bool) -> tuple[list[Place], Place]:
    """A number that runs on: its own field, perhaps the filler behind it, its rest; and its check digit."""
    line, position = digit_at[0] - 1, digit_at[1] - 1
    field, filler = layout.fields["document_number"], layout.fields["document_number_check"]
    rest = [(line, at) for at in range(filler.end, position)]
    return [*_places(field), *(_places(filler) if filler_in_number else ()), *rest], (line, position)


_PLAIN: Final = {name: _weights(layout) for name, layout in FORMATS.items()}


def undone(lines: Sequence[str], confusions: Set) -> tuple[str, ...]:
    """The lines with these confusions undone."""
    table = [list(line) for line in lines]
    for confusion in confusions:
        line, position = confusion.place
        table[line][position] = confusion.put
    return tuple("".join(line) for line in table)


def guarded_places(layout: Format) -> Mapping[Place, list[tuple[int, int]]]:
    """The places that some check reaches."""
    return _PLAIN[layout.name]


def has_free_kind(layout: Format, place: Place) -> bool:
    """Whether letters and digits both can stand there, so that the kind of the field says nothing."""
    return kinds(layout)[place[0]][place[1]] is Kind.EITHER
