"""Repairs of zones that do not read: what check digits single out is proposed, never applied.

The ways of taking what was given are laid out by cost (tidying, lengths, kinds of fields); within each, the cheapest
sets of confusions that make every check digit right are sought (solving). The first cost at which something fits
decides. If one guarded content fits, it is proposed; if several do, none is: the check digits do not single one out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from counter_tui.domain.texts import Text, text

from .confusions import blind_twins, is_blind
from .formats import Format, Span
from .model import Problem, Reading, Severity, problem
from .reading import read_mrz
from .solving import DEEPEST, Equations, guarded_places, has_free_kind, undone
from .starts import Start, differences, starts
from .tidying import Change

MOST_REPAIRS: Final = 5
_MOST_WORK: Final = 3_500
"""The bound of the work, in pairs of confusions looked at: some 10 ms."""
_EFFORT_OF_READING: Final = 60


@dataclass(frozen=True, slots=True, repr=False)
class Repair:
    """A zone that may have been meant: `reading` is valid, `changes` lead to it from what was given, in order.

    `notes` say what no check digit vouches for: fields that none guards, look-alikes that none tells apart.
    """

    lines: tuple[str, ...]
    changes: tuple[Change, ...]
    reading: Reading
    notes: tuple[Text, ...] = ()

    def __repr__(self) -> str:
        """Without the person."""
        return f"Repair({self.reading.format}, changes={self.changes})"


@dataclass(frozen=True, slots=True)
class Repairs:
    """What came of looking for repairs: proposals, best first; or why there are none though some would fit."""

    proposed: tuple[Repair, ...] = ()
    undecided: tuple[Problem, ...] = ()


def propose_repairs(lines: Sequence[str], *, today: date) -> tuple[Repair, ...]:
    """The zones that may have been meant by lines that do not read, best first, at most 5; none if they are valid.

    `lines` are whatever a camera, a person or another system gave, in any case, with any blanks and line ends. Only
    what the check digits single out is proposed; `find_repairs` also says when they do not. Never raises.
    """
    return find_repairs(lines, today=today).proposed


def find_repairs(lines: Sequence[str], *, today: date) -> Repairs:
    """As `propose_repairs`, with what to say where several contents fit equally well."""
    if read_mrz(lines, today=today).valid:
        return Repairs()
    search = _Search(today, list(starts(lines)))
    for cost in range(DEEPEST + 1):
        fitting = list(search.of_cost(cost))
        if search.is_over:
            return Repairs()
        if fitting:
            return _single_out(fitting)
    return Repairs()


@dataclass(slots=True)
class _Search:
    """Goes through the ways by cost until one fits, or until it would take too long: then nothing is singled out."""

    today: date
    ways: list[Start]
    left: int = _MOST_WORK
    seen: set[tuple[str, ...]] = field(default_factory=set)

    @property
    def is_over(self) -> bool:
        """Whether it was given up."""
        return self.left < 0

    def of_cost(self, cost: int) -> Iterator[Repair]:
        """Everything valid that costs this much."""
        for start in self.ways:
            if start.cost <= cost <= start.cost + start.deepest:
                for equations in start.equations:
                    yield from self._solve(start, equations, cost - start.cost)

    def _solve(self, start: Start, equations: Equations, cost: int) -> Iterator[Repair]:
        self.left -= equations.effort(cost)
        if self.left < 0:
            return
        for confusions in equations.solve(cost):
            lines = undone(start.lines, confusions)
            if lines in self.seen:
                continue
            self.seen.add(lines)
            self.left -= _EFFORT_OF_READING
            if self.left < 0:
                return
            reading = read_mrz(lines, today=self.today)
            if reading.valid and not any(p.text.code == "mrz.date" for p in reading.problems):
                changes = (*start.tidied.changes, *differences(start.tidied.lines, lines))
                yield Repair(lines, changes, reading, tuple(_notes(start, lines, changes)))


def _notes(start: Start, lines: tuple[str, ...], changes: tuple[Change, ...]) -> Iterator[Text]:
    """What no check digit vouches for in what was changed: each once."""
    notes: dict[Text, None] = {}
    for change in changes:
        if change.line is None or change.position is None:
            continue
        place = (change.line - 1, change.position - 1)
        name = _field_at(start.layout, place)
        if place not in guarded_places(start.layout):
            notes[text("repair.unguarded", field=name)] = None
        elif has_free_kind(start.layout, place):
            if is_blind(change.found, change.put):
                notes[_blind(name, place, change.put, change.found)] = None
            notes |= dict.fromkeys(_blind_spots(start.layout.fields[name], lines, name))
    yield from notes


def _blind_spots(span: Span, lines: tuple[str, ...], name: str) -> Iterator[Text]:
    for position, character in enumerate(span.of(lines), start=span.start):
        for twin in blind_twins(character):
            yield _blind(name, (span.line, position), character, twin)


def _blind(name: str, place: tuple[int, int], found: str, other: str) -> Text:
    return text("repair.blind", field=name, line=place[0] + 1, position=place[1] + 1, found=found, other=other)


def _field_at(layout: Format, place: tuple[int, int]) -> str:
    line, position = place
    for name, span in layout.fields.items():
        if span.line == line and span.start <= position < span.end:
            return name
    return "zone"


def _single_out(fitting: list[Repair]) -> Repairs:
    """The proposals, if all have the same guarded content; else what to say instead."""
    contents = {tuple(sorted(_guarded(repair.reading).items())) for repair in fitting}
    if len(contents) == 1:
        fitting.sort(key=lambda repair: (not repair.reading.strict_valid, len(repair.changes)))
        return Repairs(tuple(fitting[:MOST_REPAIRS]))
    kept = [_guarded(repair.reading) for repair in fitting]
    differing = next((name for name in kept[0] if len({each.get(name) for each in kept}) > 1), "zone")
    count = str(len(contents))
    return Repairs((), (problem("mrz.repair-undecided", differing, Severity.NOTE, found=count),))


_UNGUARDED: Final = frozenset({"surname", "given_names", "issuing_state", "nationality", "sex", "document_code"})


def _guarded(reading: Reading) -> dict[str, str]:
    return {name: value for name, value in reading.fields.items() if name not in _UNGUARDED}
