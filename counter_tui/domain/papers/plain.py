"""A paper as plain text for an 80 mm roll: 48 columns, no control codes but line ends."""

from collections.abc import Callable, Iterator
from typing import Final

from .big import big
from .blocks import (
    BigDate,
    Block,
    Heading,
    Languages,
    Line,
    Mark,
    Pair,
    Paper,
    Part,
    Reference,
    Signature,
    Table,
)
from .letters import SWAPPED, cells, lettered, wrapped

COLUMNS: Final = 48
_INDENT: Final = "  "
SWAPPED_NOTE: Final = f"{SWAPPED} = Latin letters / huruf Latin / huruf Rumi"


def plain(paper: Paper, *, ascii_only: bool, columns: int = COLUMNS) -> str:
    """The text, a line end after each line, none wider than `columns`. Nothing of the paper is left out."""
    roll = _Roll(columns, str.isascii if ascii_only else str.isprintable)
    for block in paper.blocks:
        roll.add(block)
    return roll.text()


class _Roll:
    def __init__(self, columns: int, has: Callable[[str], bool]) -> None:
        self.columns, self.has = columns, has
        self.lines: list[str] = []

    def text(self) -> str:
        note = [SWAPPED_NOTE] if any(SWAPPED in line for line in self.lines) else []
        return "".join(f"{line.rstrip()}\n" for line in [*self.lines, *note])

    def add(self, block: Block) -> None:
        if isinstance(block, Languages):
            for part in block.parts:
                self._part(part)
        else:
            self.lines += self._block(block)

    def _part(self, part: Part) -> None:
        self.lines += ["", "-" * self.columns]
        for block in part.blocks:
            self.lines += self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Mark():
                yield from self._framed(block.text)
            case Heading():
                yield from ["", *self._centred(block.text), ""]
            case Line():
                yield from self._wrapped(block.text)
            case Pair():
                yield from self._pair(block.label, block.value)
            case Table():
                yield from self._table(block)
            case BigDate():
                yield from ["", *self._centred(block.label), *self._day(block.day), ""]
            case Signature():
                yield from self._signature(block)
            case Reference():
                yield from ["", *self._wrapped(f"Ref. {block.text}")]
            case Languages():
                raise AssertionError("parts hold no parts")

    def _wrapped(self, text: str, indent: str = "") -> list[str]:
        return [indent + line for line in wrapped(lettered(text, self.has), self.columns - len(indent))]

    def _centred(self, text: str) -> list[str]:
        return [self._middle(line) for line in self._wrapped(text)]

    def _middle(self, line: str) -> str:
        return " " * ((self.columns - cells(line)) // 2) + line

    def _framed(self, text: str) -> list[str]:
        return ["*" * self.columns, *self._centred(text), "*" * self.columns]

    def _pair(self, label: str, value: str) -> list[str]:
        first = f"{label}: {value}"
        whole = self._wrapped(first)
        return whole if len(whole) == 1 else [*self._wrapped(f"{label}:"), *self._wrapped(value, _INDENT)]

    def _table(self, table: Table) -> Iterator[str]:
        for row in table.rows:
            yield ""
            for name, cell in zip(table.head, row, strict=True):
                yield from self._pair(name, cell)
        yield ""

    def _day(self, day: str) -> list[str]:
        return [self._middle(line) for line in big(day)]

    def _signature(self, signed: Signature) -> Iterator[str]:
        yield ""
        yield from self._wrapped(f"{signed.role}:")
        said = [signed.missing] if signed.missing else [signed.name, signed.at, signed.act]
        for line in said:
            yield from self._wrapped(line, _INDENT)
