"""What came from a camera, a person or another system, as lines of a zone: escapes, case, blanks, line ends undone.

Nothing here is decided by check digits; every step that changed something is listed, so that it can be shown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from counter_tui.domain.texts import Text, text

from .checks import FILLER
from .formats import SHAPES

MOST_LINES: Final = 16
MOST_CHARACTERS: Final = 1200
"""A zone in which every filler came HTML-escaped, twice over, has about as many; more is not looked into."""

_SHORTEST: Final = 44
"""A zone without the fillers at its ends is hardly shorter."""
_ESCAPED: Final = re.compile(r"&(?:amp;){0,2}(?:lt|#0{0,4}60|#x0{0,4}3c);?", re.IGNORECASE)
_BREAKS: Final = re.compile("[\x00-\x08\n-\x1f\x7f\x85\u2028\u2029]+")
_BLANKS: Final = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
_BLANK: Final = re.compile(r"\s")
_DOUBLE: Final = str.maketrans({"«": "<<", "≪": "<<", "《": "<<"})
_WIDE: Final = str.maketrans({chr(0xFF01 + at): chr(0x21 + at) for at in range(94)})
_CAPITALS: Final = str.maketrans({"ı": "I", "ſ": "S"})  # noqa: RUF001 - dotless i and long s


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """One thing that a repair did: `line` and `position` are 1-based, None where it concerns the whole.

    `found` and `put` are characters of the zone, or "" where a step has none of its own.
    """

    line: int | None
    position: int | None
    found: str
    put: str
    text: Text

    def __repr__(self) -> str:
        """Without the characters: they may be part of a name or a date of birth."""
        return f"Change({self.text.code}, line={self.line}, position={self.position})"


def step(code: str, **params: str | int) -> Change:
    """A change that concerns the whole zone."""
    return Change(None, None, "", "", text(code, **params))


@dataclass(frozen=True, slots=True, repr=False)
class Tidied:
    """Lines in capitals without blanks, and what was done; `cost` counts what was guessed rather than undone."""

    lines: tuple[str, ...]
    changes: tuple[Change, ...]
    cost: int = 0


def tidy(given: Sequence[str]) -> Iterator[Tidied]:
    """The ways to take what was given as lines; none where it is no text of a zone's size.

    There is more than one where blanks may be nothing, or fillers.
    """
    if len(given) > MOST_LINES or sum(map(len, given)) > MOST_CHARACTERS:
        return
    lines, changes = list(given), []
    unescaped = [_ESCAPED.sub(FILLER, line) for line in lines]
    if unescaped != lines:
        changes.append(step("repair.html"))
    broken = [part for line in unescaped for part in _BREAKS.split(line) if part.strip()]
    if broken != unescaped:
        changes.append(step("repair.line-ends"))
    capitals = [line.translate(_WIDE).translate(_CAPITALS).upper() for line in broken]
    if capitals != broken:
        changes.append(step("repair.case"))
    lines = [line.translate(_DOUBLE) for line in capitals]
    if lines != capitals:
        changes.append(step("repair.signs"))
    for taken, how, cost in _without_blanks(lines) if lines else ():
        yield from _once(Tidied(tuple(taken), (*changes, *how), cost))


def _without_blanks(lines: list[str]) -> Iterator[tuple[list[str], list[Change], int]]:
    """Blanks left out, which is how a camera errs; or as fillers, which is how a person types them."""
    bare = [_ESCAPED.sub(FILLER, _BLANKS.sub("", line)) for line in lines]
    if bare == lines:
        yield lines, [], 0
        return
    bare, has_fillers = [line for line in bare if line], any(FILLER in line for line in lines)
    if has_fillers or not any(_BLANKS.search(line.strip()) for line in lines):
        yield bare, [step("repair.blanks")], 0
    for taken in ([line for line in lines if line.strip()], [line.strip() for line in lines if line.strip()]):
        if taken != bare:
            # Where fillers were typed too, blanks are more likely nothing.
            yield [_BLANK.sub(FILLER, line) for line in taken], [step("repair.blanks-as-fillers")], int(has_fillers)


def _once(tidied: Tidied) -> Iterator[Tidied]:
    """A zone that was given several times over: one of them; two scans that differ: each; else as it is."""
    lines, whole = tidied.lines, "".join(tidied.lines)
    how = (*tidied.changes, step("repair.twice"))
    for times in (4, 3, 2):
        size, rest = divmod(len(whole), times)
        if rest or size < _SHORTEST or whole != whole[:size] * times:
            continue
        count, rest = divmod(len(lines), times)
        yield Tidied(lines[:count] if not rest else (whole[:size],), how, tidied.cost)
        return
    half, rest = divmod(len(lines), 2)
    if half >= 2 and not rest and lines[0][:5] == lines[half][:5]:
        yield Tidied(lines[:half], how, tidied.cost)
        yield Tidied(lines[half:], how, tidied.cost)
    yield tidied


def in_shape(tidied: Tidied) -> Iterator[Tidied]:
    """The lines as they are, if some layout has their shape; or all their characters parted anew."""
    whole = "".join(tidied.lines)
    for count, width in SHAPES:
        if len(whole) != count * width:
            continue
        lines = tuple(whole[start : start + width] for start in range(0, len(whole), width))
        if lines == tidied.lines:
            yield tidied
        else:
            yield Tidied(lines, (*tidied.changes, step("repair.lines", count=count)), tidied.cost)
