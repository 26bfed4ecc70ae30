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

from .checks import ALPHABET
from .confusions import blind_twins, certain, kinds
from .formats import FORMATS, Format, find_format
from .lengths import fit_lengths
from .model import Problem, Reading, Severity, problem
from .reading import read_mrz
from .solving import DEEPEST, Equations, has_free_kind, undone
from .tidying import Change, Tidied, in_shape, tidy

MOST_REPAIRS: Final = 5
_MOST_READ: Final = 60
"""Zones that are read to see whether they are valid: the bound of the work, about 5 ms."""
_MOST_SOLVED: Final = 120
_LENGTHS_DEEPEST: Final = 1
"""Confusions looked for beside lost or doubled fillers: more would fit by chance."""
_ALPHABET: Final = frozenset(ALPHABET)


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
    search = _Search(today)
    for cost in range(DEEPEST + 1):
        fitting = search.of_cost(lines, cost)
        if fitting:
            return _single_out(fitting)
    return Repairs()


@dataclass(slots=True)
class _Start:
    """One way of taking what was given, and its equations."""

    tidied: Tidied
    layout: Format
    lines: tuple[str, ...]
    changes: tuple[Change, ...]
    cost: int
    deepest: int
    equations: tuple[Equations, ...]


@dataclass(slots=True)
class _Search:
    today: date
    starts: list[_Start] | None = None
    read: int = 0
    solved: int = 0
    seen: set[tuple[str, ...]] = field(default_factory=set)

    def of_cost(self, given: Sequence[str], cost: int) -> list[Repair]:
        """Everything valid that costs this much."""
        if self.starts is None:
            self.starts = list(_starts(given))
        found: list[Repair] = []
        for start in self.starts:
            if start.cost <= cost <= start.cost + start.deepest:
                found += self._solve(start, cost - start.cost)
        return found

    def _solve(self, start: _Start, cost: int) -> Iterator[Repair]:
        for equations in start.equations:
            for confusions in equations.solve(cost):
                lines = undone(start.lines, confusions)
                if lines in self.seen or self.read >= _MOST_READ:
                    continue
                self.seen.add(lines)
                self.read += 1
                reading = read_mrz(lines, today=self.today)
                if reading.valid and not any(p.text.code == "mrz.date" for p in reading.problems):
                    made = (_character(start.lines, c.place, c.put) for c in confusions)
                    changes = (*start.changes, *sorted(made, key=_order))
                    yield Repair(lines, changes, reading, tuple(_notes(start, lines, changes)))


def _starts(given: Sequence[str]) -> Iterator[_Start]:
    """The ways of taking what was given: those of right shape, else those with fillers added or left out."""
    ways = list(tidy(given))
    shaped = [shape for way in ways for shape in in_shape(way)]
    fitted = [] if shaped else [fit for way in ways for fit in fit_lengths(way)]
    for tidied in (shaped + fitted)[:_MOST_SOLVED]:
        start = _start(tidied, DEEPEST if shaped else _LENGTHS_DEEPEST)
        if start is not None:
            yield start


def _start(tidied: Tidied, deepest: int) -> _Start | None:
    """With what the kinds of the fields leave no doubt about; None where a character stands for nothing known."""
    first = tidied.lines[0][:1]
    lines = (certain(first, kinds(FORMATS["TD1"])[0][0]) + tidied.lines[0][1:], *tidied.lines[1:])
    layout = find_format(lines)
    if layout is None:
        return None
    table = kinds(layout)
    made = tuple("".join(map(certain, line, of_line)) for line, of_line in zip(lines, table, strict=True))
    if not all(map(_ALPHABET.issuperset, made)):
        return None
    changes = [
        _character(tidied.lines, (number, position), put)
        for number, line in enumerate(made)
        for position, put in enumerate(line)
        if tidied.lines[number][position] != put
    ]
    ways = (False, True) if layout.overflow else (False,)
    equations = tuple(Equations(layout, made, filler_in_number=way) for way in ways)
    return _Start(tidied, layout, made, (*tidied.changes, *changes), tidied.cost, deepest, equations)


def _character(lines: Sequence[str], place: tuple[int, int], put: str) -> Change:
    line, position = place
    found = lines[line][position]
    params: dict[str, str | int] = {"line": line + 1, "position": position + 1, "found": found, "put": put}
    return Change(line + 1, position + 1, found, put, text("repair.character", **params))


def _order(change: Change) -> tuple[int, int]:
    return change.line or 0, change.position or 0


def _notes(start: _Start, lines: tuple[str, ...], changes: tuple[Change, ...]) -> Iterator[Text]:
    """What no check digit vouches for in what was changed."""
    guarded = {
        (span.line, position)
        for check in start.layout.checks
        for span in (*check.over, check.digit)
        for position in range(span.start, span.end)
    }
    touched: dict[str, None] = {}
    for change in changes:
        if change.line is None or change.position is None:
            continue
        place = (change.line - 1, change.position - 1)
        name = _field_at(start.layout, place)
        if place not in guarded:
            touched.setdefault(f"-{name}")
        elif has_free_kind(start.layout, place):
            touched.setdefault(name)
    for name in touched:
        if name.startswith("-"):
            yield text("repair.unguarded", field=name[1:])
        else:
            yield from _blind_spots(start.layout, lines, name)


def _blind_spots(layout: Format, lines: tuple[str, ...], name: str) -> Iterator[Text]:
    span = layout.fields[name]
    for position, character in enumerate(span.of(lines), start=span.start + 1):
        for twin in blind_twins(character):
            params: dict[str, str | int] = {"line": span.line + 1, "position": position}
            yield text("repair.blind", field=name, found=character, other=twin, **params)


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
