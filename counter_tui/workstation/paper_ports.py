"""What papers need from outside the program: a printer, a folder, and a renderer of pages; `bootstrap` binds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ..domain.papers.blocks import Paper
    from ..domain.papers.rules import PaperRules


class Printer(Protocol):
    """The post's printer."""

    async def __call__(self, body: bytes) -> None:
        """Print it. Raises DecisionError `paper.print-off`, `paper.print-failed`, `paper.print-late`."""
        ...


class Saver(Protocol):
    """The post's folder for papers."""

    def why_not(self) -> str:
        """The code for why nothing is saved there now; "" where it is."""
        ...

    def __call__(self, name: str, body: bytes) -> str:
        """Keep it under this name, for its owner's eyes; the path. Raises DecisionError with a code of `why_not`."""
        ...


@dataclass(frozen=True, slots=True)
class PaperParts:
    """`pdf` gives the bytes of a paper made at a time; `rules` are read once."""

    rules: PaperRules
    pdf: Callable[[Paper, datetime], bytes]
    print: Printer
    save: Saver
