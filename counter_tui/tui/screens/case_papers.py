"""Papers of a case: the hand-over record, and the official letter once it is closed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ...domain.papers.blocks import PaperKind
from ..words import _, clean
from .papers import PapersScreen, Source

if TYPE_CHECKING:
    from ..app import CounterApp

LANGUAGES = (("id",), ("en",), ("ms",))
"""A record is of one language; agencies write Indonesian."""


def show_case_papers(counter: CounterApp, case_id: str, number: str, *, closed: bool) -> None:
    """Show them, the letter first where the case is closed."""
    make = counter.desk.papers.make_of_case
    kinds = (PaperKind.HAND_OVER, PaperKind.LETTER)
    sources = [Source(kind, partial(make, case_id, kind), LANGUAGES) for kind in kinds]
    about = _("CASE {number}").format(number=clean(number))
    counter.push_screen(PapersScreen(sources, about, first=int(closed)))
