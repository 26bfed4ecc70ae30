"""Lines that are too short or too long, because fillers were lost or doubled on the way."""

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import Final, NamedTuple

from counter_tui.domain.texts import text

from .checks import FILLER
from .formats import SHAPES
from .states import WITH_SPECIMENS
from .tidying import Change, Tidied, step

_MOST_OFF: Final = 4
"""Characters that a line may be too long."""
_MOST_OFF_JOINED: Final = 2
"""Characters that a zone in one line may be too long or too short."""
_MOST_ANYWHERE: Final = 2
"""Fillers that may have been lost where none is left to show it."""
_MOST_FITTED: Final = 160
_SHORTEST: Final = 6
_BOOKLET, _BOOKLETS = 44, ("P", "V")
"""Only passports and visas have lines so long."""
_RUN: Final = re.compile(f"{FILLER}+")


class _Fit(NamedTuple):
    line: str
    changes: tuple[Change, ...]
    cost: int


def fit_lengths(tidied: Tidied) -> Iterator[Tidied]:
    """The ways to bring lines of wrong lengths into a shape by adding or leaving out fillers.

    A filler more or less in a run of them costs 1 a line, the loss of one that stood alone costs 2. In a line that no
    check digit guards, every way costs 1: where it can be right, it is for people to see.
    """
    for count, width in SHAPES:
        if width == _BOOKLET and tidied.lines[0][:1] not in _BOOKLETS:
            continue
        for lines, how in _as_many(tidied.lines, count, width):
            names = 2 if count == 3 else 0
            options = [list(_fit(at, line, width, named=at == names)) for at, line in enumerate(lines)]
            for fitted in islice(product(*options), _MOST_FITTED):
                changes = tuple(change for fit in fitted for change in fit.changes)
                if changes:
                    cost = tidied.cost + sum(fit.cost for fit in fitted)
                    yield Tidied(tuple(fit.line for fit in fitted), (*tidied.changes, *how, *changes), cost)


def _as_many(lines: tuple[str, ...], count: int, width: int) -> Iterator[tuple[tuple[str, ...], tuple[Change, ...]]]:
    """The lines, if they are as many; else all of them as one, parted where one of its lines would end."""
    if len(lines) == count:
        if all(_SHORTEST <= len(line) <= width + _MOST_OFF for line in lines):
            yield lines, ()
        return
    whole = "".join(lines)
    off = count * width - len(whole)
    if not 0 < abs(off) <= _MOST_OFF_JOINED:
        return
    how = (step("repair.lines", count=count),)
    for spoilt in range(count):
        # All that is missing, or too much, is so in one of the lines.
        widths = [width - off if at == spoilt else width for at in range(count)]
        starts = [sum(widths[:at]) for at in range(count)]
        yield tuple(whole[start : start + size] for start, size in zip(starts, widths, strict=True)), how


def _fit(at: int, line: str, width: int, *, named: bool) -> Iterator[_Fit]:
    """One line with the right number of characters, in every way there is; the likeliest first."""
    off = width - len(line)
    if off == 0:
        yield _Fit(line, (), 0)
    elif off > 0:
        yield from _lengthen_names(at, line, off) if named else _lengthen(at, line, off)
    elif -off <= _MOST_OFF:
        yield from _shorten(at, line, -off, named=named)


def _runs(line: str) -> list[tuple[int, int]]:
    """Start and end of every run of fillers, the longest first."""
    return sorted((run.span() for run in _RUN.finditer(line)), key=lambda run: run[0] - run[1])


def _lengthen(at: int, line: str, off: int) -> Iterator[_Fit]:
    """Fillers added behind or in a run, and, if they are few, anywhere."""
    places = dict.fromkeys([len(line), *(end for _, end in _runs(line))], 1)
    if off <= _MOST_ANYWHERE:
        places = dict.fromkeys(range(1, len(line)), 2) | places
    seen: set[str] = set()
    for place, cost in sorted(places.items(), key=lambda item: item[1]):
        fit = _added(at, line, place, off, cost)
        if fit.line not in seen:
            seen.add(fit.line)
            yield fit


def _lengthen_names(at: int, line: str, off: int) -> Iterator[_Fit]:
    """Fillers added behind the names; or the one behind the document's letter; or the second between the names."""
    yield _added(at, line, len(line), off, 1)
    if off > _MOST_ANYWHERE:
        return
    if at == 0 and (line[1:4] in WITH_SPECIMENS or line[1:3] == "D<"):
        yield _added(at, line, 1, off, 1)
    names = line[5 if at == 0 else 0 :].rstrip(FILLER)
    if FILLER * 2 not in names:
        for single in _RUN.finditer(names):
            yield _added(at, line, single.end() + (5 if at == 0 else 0), off, 1)


def _shorten(at: int, line: str, off: int, *, named: bool) -> Iterator[_Fit]:
    """Fillers left out of one run; of a single one, the whole, only where check digits will tell."""
    for start, end in _runs(line):
        if end - start >= off and not (named and end - start == off):
            made = line[: end - off] + line[end:]
            yield _Fit(made, (_change("repair.filler-removed", at, end - off, off),), 1)


def _added(at: int, line: str, place: int, off: int, cost: int) -> _Fit:
    made = line[:place] + FILLER * off + line[place:]
    return _Fit(made, (_change("repair.filler-added", at, place, off),), cost)


def _change(code: str, at: int, place: int, count: int) -> Change:
    fillers = FILLER * count
    found, put = ("", fillers) if code == "repair.filler-added" else (fillers, "")
    return Change(at + 1, place + 1, found, put, text(code, line=at + 1, position=place + 1, count=count))
