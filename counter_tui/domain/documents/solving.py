"""Which confusions, undone together, make every check digit right: linear equations modulo 10, solved by cost.

Every check of a zone is a weighted sum that must be 0 modulo 10, and undoing a confusion adds a known amount to each of
them. What is sought is the cheapest set of confusions whose amounts add up to what is missing in every check. Sets of
cost 2 are tabulated by what they add, so that sets of up to cost 4 are found by looking up one half from the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from .checks import value_of
from .confusions import Kind, kinds, possible
from .formats import Format, LongNumber, Span, find_long_number

DEEPEST: Final = 4
"""The greatest cost of a set of confusions that is looked for."""

_MOST_CONFUSIONS: Final = 48
"""More places than this that could be anything are not solved: too many sets would fit."""

_WEIGHTS: Final = (7, 3, 1)

Place = tuple[int, int]
"""Line and position, from 0."""
Sum = tuple[int, ...]
"""A residue modulo 10 for every check of the layout."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """What one place may have to be instead."""

    place: Place
    put: str
    cost: int
    adds: Sum


Set = tuple[Confusion, ...]


class Equations:
    """The checks of one zone of characters of the alphabet, in the right shape."""

    def __init__(self, layout: Format, lines: Sequence[str], *, filler_in_number: bool = False) -> None:
        long = find_long_number(layout, lines)
        weights = _weights(layout, long, filler_in_number=filler_in_number)
        count = len(layout.checks)
        table = kinds(layout)
        missing = [0] * count
        self.confusions: list[Confusion] = []
        for (line, position), of_checks in weights.items():
            character = lines[line][position]
            value = value_of(character)
            for number, weight in of_checks:
                missing[number] -= weight * value
            for put, cost in possible(character, table[line][position]):
                adds = [0] * count
                for number, weight in of_checks:
                    adds[number] = weight * (value_of(put) - value) % 10
                if any(adds):
                    self.confusions.append(Confusion((line, position), put, cost, tuple(adds)))
        self.missing: Sum = tuple(number % 10 for number in missing)
        self._tables: list[dict[Sum, list[Set]]] | None = None

    def solve(self, cost: int) -> Iterator[Set]:
        """Every set of confusions of exactly this cost, 0 to DEEPEST, that makes all checks right; each once."""
        if cost == 0:
            if not any(self.missing):
                yield ()
            return
        if len(self.confusions) > _MOST_CONFUSIONS:
            return
        if self._tables is None:
            self._tables = self._tabulate()
        if cost <= 2:
            yield from self._tables[cost].get(self.missing, ())
            return
        seen: set[frozenset[tuple[Place, str]]] = set()
        for adds, halves in self._tables[cost - 2].items():
            others = self._tables[2].get(_minus(self.missing, adds), ())
            for half in halves:
                for other in others:
                    both = half + other
                    puts = frozenset((c.place, c.put) for c in both)
                    if len({c.place for c in both}) == len(both) and puts not in seen:
                        seen.add(puts)
                        yield both

    def _tabulate(self) -> list[dict[Sum, list[Set]]]:
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


def _weights(layout: Format, long: LongNumber | None, *, filler_in_number: bool) -> dict[Place, list[tuple[int, int]]]:
    """For every place that a check reaches: the number of the check, and the weight there."""
    weights: dict[Place, list[tuple[int, int]]] = {}
    for number, check in enumerate(layout.checks):
        if long is not None and check.field == "document_number":
            over, digit = _long_number_places(layout, long, filler_in_number=filler_in_number)
        else:
            over = [place for span in check.over for place in _places(span)]
            digit = _places(check.digit)[0]
        for index, place in enumerate(over):
            weights.setdefault(place, []).append((number, _WEIGHTS[index % 3]))
        weights.setdefault(digit, []).append((number, -1))
    return weights


def _places(span: Span) -> list[Place]:
    return [(span.line, position) for position in range(span.start, span.end)]


def _long_number_places(layout: Format, long: LongNumber, *, filler_in_number: bool) -> tuple[list[Place], Place]:
    """A number that runs on: its own field, perhaps the filler behind it, its rest; and its check digit."""
    line, position = long.digit_at[0] - 1, long.digit_at[1] - 1
    field, filler = layout.fields["document_number"], layout.fields["document_number_check"]
    rest = [(line, at) for at in range(filler.end, position)]
    return [*_places(field), *(_places(filler) if filler_in_number else ()), *rest], (line, position)


def undone(lines: Sequence[str], confusions: Set) -> tuple[str, ...]:
    """The lines with these confusions undone."""
    table = [list(line) for line in lines]
    for confusion in confusions:
        line, position = confusion.place
        table[line][position] = confusion.put
    return tuple("".join(line) for line in table)


def has_free_kind(layout: Format, place: Place) -> bool:
    """Whether letters and digits both can stand there, so that the kind of the field says nothing."""
    return kinds(layout)[place[0]][place[1]] is Kind.EITHER
