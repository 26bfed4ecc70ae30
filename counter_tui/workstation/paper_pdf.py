"""A paper as PDF pages of A4: words and lines only, fonts embedded, no name in the file's own description.

The same paper made at the same time gives the same bytes. What a paper says is escaped: it holds no markup.
"""

from __future__ import annotations

import io
from datetime import UTC
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Table as Grid

from ..domain.papers.blocks import (
    BigDate,
    Block,
    Heading,
    Languages,
    Line,
    Mark,
    Pair,
    Part,
    Reference,
    Signature,
    Table,
)
from ..domain.papers.letters import SWAPPED, lettered
from ..domain.papers.plain import SWAPPED_NOTE

if TYPE_CHECKING:
    from datetime import datetime

    from ..domain.papers.blocks import Paper

PLAIN: Final = "Vera"
BOLD: Final = "VeraBd"
MARGIN: Final = 18 * mm
"""Both fonts come with reportlab, free to embed; they hold the letters of western European names."""

_TEXT: Final = ParagraphStyle("text", fontName=PLAIN, fontSize=9.5, leading=13, spaceAfter=3, splitLongWords=1)
_STRONG: Final = ParagraphStyle("strong", parent=_TEXT, fontName=BOLD)
_HEADING: Final = ParagraphStyle("heading", parent=_STRONG, fontSize=12, leading=16, spaceBefore=6, spaceAfter=6)
_MARK: Final = ParagraphStyle("mark", parent=_HEADING, alignment=TA_CENTER, spaceAfter=8)
_LABEL: Final = ParagraphStyle("label", parent=_TEXT, alignment=TA_CENTER)
_DAY: Final = ParagraphStyle("day", parent=_STRONG, fontSize=40, leading=50, alignment=TA_CENTER, spaceAfter=10)
_SMALL: Final = ParagraphStyle("small", parent=_TEXT, fontSize=8, leading=10)
_STYLES: Final = {Mark: _MARK, Heading: _HEADING, Line: _TEXT}


def pdf(paper: Paper, at: datetime) -> bytes:
    """The bytes. `at` (aware) stands in the file as when it was made."""
    _fonts()
    file = io.BytesIO()
    page = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=f"{paper.title} {paper.reference}",
        author="",
        subject="",
        creator="counter-tui",
    )
    story = [flowing for block in paper.blocks for flowing in _block(block, page.width)]
    if _is_swapped(paper.blocks):
        story.append(Paragraph(SWAPPED_NOTE, _SMALL))
    foot = partial(_foot, f"{paper.title}  {paper.reference}")
    page.build(story, onFirstPage=foot, onLaterPages=foot, canvasmaker=partial(_canvas, at))
    return file.getvalue()


@cache
def _fonts() -> None:
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))


def _canvas(at: datetime, *args: Any, **more: Any) -> Canvas:
    """A canvas that takes the time it is told, and nothing else of the machine."""
    canvas = Canvas(*args, **{**more, "invariant": 1})
    canvas.setDateFormatter(lambda *_: at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ"))
    return canvas


def _foot(words: str, canvas: Canvas, page: SimpleDocTemplate) -> None:
    canvas.saveState()
    canvas.setFont(PLAIN, 7)
    canvas.drawString(MARGIN, MARGIN / 2, words)
    canvas.drawRightString(A4[0] - MARGIN, MARGIN / 2, str(page.page))
    canvas.restoreState()


def _has(character: str) -> bool:
    _fonts()
    return ord(character) in pdfmetrics.getFont(PLAIN).face.charToGlyph


def _said(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(lettered(text, _has)), style)


def _block(block: Block, width: float) -> list[Any]:
    match block:
        case Languages():
            found = [_side_by_side(block.parts, width)]
        case Pair():
            found = [_pair(block.label, block.value)]
        case Table():
            found = [_table(block, width), Spacer(0, 3 * mm)]
        case BigDate():
            found = [KeepTogether([_said(block.label, _LABEL), _said(block.day, _DAY)])]
        case Signature():
            found = [_signature(block)]
        case Reference():
            found = [Spacer(0, 4 * mm), _said(f"Ref. {block.text}", _SMALL)]
        case Line(strong=True):
            found = [_said(block.text, _STRONG)]
        case _:
            found = [_said(block.text, _STYLES[type(block)])]
    return found


def _pair(label: str, value: str) -> Paragraph:
    words = f'<font name="{BOLD}">{escape(lettered(label, _has))}:</font> {escape(lettered(value, _has))}'
    return Paragraph(words, _TEXT)


def _side_by_side(parts: tuple[Part, ...], width: float) -> Grid:
    """A column for each language; a row for each block, so that what says the same stands side by side."""
    columns = [[flowing for block in part.blocks for flowing in _block(block, width / len(parts))] for part in parts]
    rows = max(map(len, columns))
    cells = [[column[row] if row < len(column) else "" for column in columns] for row in range(rows)]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEAFTER", (0, 0), (-2, -1), 0.3, colors.grey)]
    return Grid(cells, colWidths=[width / len(parts)] * len(parts), style=TableStyle(style), splitInRow=1)


def _table(table: Table, width: float) -> Grid:
    head = [_said(name, _STRONG) for name in table.head]
    rows = [[_said(cell, _TEXT) for cell in row] for row in table.rows]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("GRID", (0, 0), (-1, -1), 0.3, colors.grey)]
    each = width / len(table.head)
    return Grid([head, *rows], colWidths=[each] * len(table.head), repeatRows=1, style=TableStyle(style), splitInRow=1)


def _signature(signed: Signature) -> KeepTogether:
    lines = [signed.missing] if signed.missing else [signed.name, f"{signed.at}  {signed.act}"]
    return KeepTogether([_said(f"{signed.role}:", _STRONG), *(_said(one, _TEXT) for one in lines), Spacer(0, 4 * mm)])


def _is_swapped(blocks: tuple[Block, ...]) -> bool:
    return any(SWAPPED in lettered(text, _has) for block in blocks for text in _texts(block))


def _texts(block: Block) -> list[str]:
    match block:
        case Languages():
            return [text for part in block.parts for inner in part.blocks for text in _texts(inner)]
        case Table():
            return [*block.head, *(cell for row in block.rows for cell in row)]
        case Pair():
            return [block.label, block.value]
        case BigDate():
            return [block.label, block.day]
        case Signature():
            return [block.role, block.name, block.at, block.act, block.missing]
        case _:
            return [block.text]
