"""Lines that are too short or too long, because fillers were lost or doubled on the way."""

from collections.abc import Iterator
from itertools import groupby, islice, product
from typing import Final

from counter_tui.domain.texts import text

from .checks import FILLER
from .formats import SHAPES
from .tidying import Change, Tidied

_MOST_OFF: Final = 4
"""Characters that a line may be too long, or too short elsewhere than at one run of fillers."""
_MOST_FITTED: Final = 160
_SHORTEST: Final = 9

Fitted = tuple[str, tuple[Change, ...]]


def fit_lengths(tidied: Tidied) -> Iterator[Tidied]:
    """The ways to bring lines of wrong lengths into a shape by adding or leaving out fillers; best known first."""
    for count, width in SHAPES:
        for lines, how in _as_many(tidied.lines, count, width):
            options = [list(_fit(number, line, width)) for number, line in enumerate(lines, start=1)]
            for fitted in islice(product(*options), _MOST_FITTED):
                changes = tuple(change for _, each in fitted for change in each)
                if changes:
                    cost = sum(bool(each) for _, each in fitted)
                    made = tuple(line for line, _ in fitted)
                    yield Tidied(made, (*tidied.changes, *how, *changes), tidied.cost + cost)


def _as_many(lines: tuple[str, ...], count: int, width: int) -> Iterator[tuple[tuple[str, ...], tuple[Change, ...]]]:
    """The lines, if they are as many; a joined line, parted where one of its lines would end."""
    if len(lines) == count:
        if all(len(line) >= _SHORTEST and len(line) <= width + _MOST_OFF for line in lines):
            yield lines, ()
        return
    whole = "".join(lines)
    off = count * width - len(whole)
    if not 0 < abs(off) <= 2:
        return
    how = (Change(None, None, "", "", text("repair.lines", count=count)),)
    for short in range(count):
        # All that is missing, or too much, is so in one of the lines.
        widths = [width - off if number == short else width for number in range(count)]
        starts = [sum(widths[:number]) for number in range(count)]
        yield tuple(whole[start : start + size] for start, size in zip(starts, widths, strict=True)), how


def _fit(number: int, line: str, width: int) -> Iterator[Fitted]:
    """One line with the right number of characters, in every way there is."""
    off = width - len(line)
    if off == 0:
        yield line, ()
    elif off > 0:
        yield from _lengthen(number, line, off)
    elif -off <= _MOST_OFF:
        yield from _shorten(number, line, -off)


def _runs(line: str) -> list[tuple[int, int]]:
    """Start and end of every run of fillers, the longest first."""
    found, at = [], 0
    for character, group in groupby(line):
        size = len(list(group))
        if character == FILLER:
            found.append((at, at + size))
        at += size
    return sorted(found, key=lambda run: run[0] - run[1])


def _lengthen(number: int, line: str, off: int) -> Iterator[Fitted]:
    """Fillers added behind, in each run, and, if they are few, anywhere."""
    places = dict.fromkeys([len(line), *(end for _, end in _runs(line))])
    if off <= 2:
        places |= dict.fromkeys(range(1, len(line)))
    seen: set[str] = set()
    for place in places:
        made = line[:place] + FILLER * off + line[place:]
        if made not in seen:
            seen.add(made)
            yield made, (_change("repair.filler-added", number, place + 1, off),)


def _shorten(number: int, line: str, off: int) -> Iterator[Fitted]:
    """Fillers left out of one run."""
    for start, end in _runs(line):
        if end - start >= off:
            made = line[: end - off] + line[end:]
            yield made, (_change("repair.filler-removed", number, end - off + 1, off),)


def _change(code: str, line: int, position: int, count: int) -> Change:
    fillers = FILLER * count
    found, put = ("", fillers) if code == "repair.filler-added" else (fillers, "")
    return Change(line, position, found, put, text(code, line=line, position=position, count=count))
