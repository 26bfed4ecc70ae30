"""A portrait in half-blocks: two points above each other in a cell, the upper one as ink, the lower one as paper."""

from textual.content import Content

from ...domain.portrait import GREYS, Portrait
from .cells import Lines, Piece, line

HALF = "▀"


def portrait_lines(portrait: Portrait, indent: int = 0) -> Lines:
    """The portrait in as many cells as it has points a row, and half as many lines as it has rows."""
    rows = portrait.rows()
    if len(rows) % 2:
        rows.append(bytes(portrait.width))
    return [_line(upper, lower, indent) for upper, lower in zip(rows[::2], rows[1::2], strict=True)]


def _line(upper: bytes, lower: bytes, indent: int) -> Content:
    """One line; neighbours of the same greys share a style, so that less goes to a slow terminal."""
    pieces: list[Piece] = [" " * indent]
    run, style = "", ""
    for ink, paper in zip(upper, lower, strict=True):
        wanted = f"{_grey(ink)} on {_grey(paper)}"
        if wanted != style and run:
            pieces.append((run, style))
            run = ""
        run, style = run + HALF, wanted
    return line(*pieces, (run, style))


def _grey(level: int) -> str:
    shade = f"{level * 255 // (GREYS - 1):02x}"
    return f"#{shade * 3}"
