"""Lines in terminal cells: columns that stay aligned under wide, combining and right-to-left characters.

Every outside text passes `clean` before it gets here; a style is a theme token or a Textual style string, never markup.
"""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from ...domain.texts import Text
from ...errors import CounterError
from ..words import clean, say

Piece = str | tuple[str, str] | Content
Lines = list[Content]

ELLIPSIS = "…"
MARGIN = 1
LABEL = 8  # cells for what a line begins with: JOINT, NEXT, OUTCOME
EMPTY = Content("")


def spoken(text: Text | CounterError | str) -> str:
    """A text in words, harmless even where its code came from outside and has no words here."""
    return clean(say(text)) if text else ""


def line(*pieces: Piece) -> Content:
    """One line of plain texts, (text, style) pairs and contents, in order."""
    return Content.assemble(*pieces)


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, cut at its end with an ellipsis."""
    if cell_len(text) <= width:
        return text
    return "" if width < 1 else set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def cut_middle(text: str, width: int) -> str:
    """The text in at most `width` cells, cut in its middle: names are told apart by both their ends."""
    if cell_len(text) <= width:
        return text
    if width < 2:
        return cut(text, width)
    tail = (width - 1) // 2
    head = set_cell_size(text, width - 1 - tail)
    start = len(text)
    while start and cell_len(text[start - 1 :]) <= tail:
        start -= 1
    return head.rstrip() + ELLIPSIS + text[start:].lstrip()


def left(text: str, width: int) -> str:
    """The text in exactly `width` cells, cut at its end or filled up behind."""
    shown = cut(text, width)
    return shown + " " * (width - cell_len(shown))


def left_name(text: str, width: int) -> str:
    """A name in exactly `width` cells, cut in its middle or filled up behind."""
    shown = cut_middle(text, width)
    return shown + " " * (width - cell_len(shown))


def right(text: str, width: int) -> str:
    """The text in exactly `width` cells, filled up before it: numbers end in one column."""
    shown = cut(text, width)
    return " " * (width - cell_len(shown)) + shown


def spread(before: Content, behind: Content, width: int) -> Content:
    """Two contents at both ends of a line; the first gives way where they do not fit."""
    room = max(0, width - behind.cell_length - 1)
    before = before.truncate(room, ellipsis=True)
    return line(before, " " * (width - before.cell_length - behind.cell_length), behind)


def rule(width: int) -> Content:
    """A line that separates."""
    return line(("─" * width, "$rule"))


def wrap(text: str, width: int, most: int = 99) -> list[str]:
    """The text in lines of at most `width` cells, broken at blanks, at most `most` of them; the last one is cut."""
    if width < 1:
        return []
    lines: list[str] = []
    rest = text
    while rest and len(lines) < most - 1 and cell_len(rest) > width:
        taken = _whole_words(rest, width)
        lines.append(taken)
        rest = rest[len(taken) :].lstrip(" ")
    return [*lines, cut(rest, width)] if rest else lines


def _whole_words(text: str, width: int) -> str:
    """As many whole words as fit, or the part of the first one that does."""
    end = len(text)
    while end and cell_len(text[:end]) > width:
        end -= 1
    blank = text.rfind(" ", 0, end + 1)
    return text[:blank].rstrip(" ") if blank > 0 else text[: max(1, end)]


def beside(columns: Sequence[tuple[Lines, int]], gap: Piece = "  ") -> Lines:
    """Blocks of lines side by side, each in its width in cells."""
    height = max((len(lines) for lines, _ in columns), default=0)
    return [_row([_at(lines, at, width) for lines, width in columns], gap) for at in range(height)]


def _at(lines: Lines, at: int, width: int) -> Content:
    return (lines[at] if at < len(lines) else EMPTY).truncate(width, pad=True)


def _row(cells: Sequence[Content], gap: Piece) -> Content:
    pieces: list[Piece] = []
    for cell in cells:
        pieces += [gap, cell] if pieces else [cell]
    return line(*pieces)


def fitted(lines: Iterable[Content], width: int, height: int) -> Lines:
    """At most `height` lines, none wider than `width` cells."""
    return [content.truncate(width, ellipsis=True) for content in list(lines)[: max(0, height)]]
