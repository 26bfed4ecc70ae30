"""What pictures have in common: sizes, languages, the words as they are in the repository, and a screen that stands."""

import gettext
from collections.abc import Awaitable, Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, TypeVar

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from textual.pilot import Pilot
from textual.widgets import Input

from .scripted import Counters

Compare = Callable[..., bool]
Size = tuple[int, int]
SMALL: Final[Size] = (80, 24)
LARGE: Final[Size] = (120, 40)
SIZES: Final = [pytest.param(SMALL, id="80x24"), pytest.param(LARGE, id="120x40")]
LANGUAGES: Final = ["en", "id"]
LOCALES: Final = Path(__file__).parents[3] / "config" / "locales"
C = TypeVar("C", bound=Counters)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The words as they are in the repository, compiled or not."""
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO((LOCALES / language / "LC_MESSAGES" / "counter.po").read_bytes())))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def pictured(compare: Compare, counter: C, act: Callable[[C], Awaitable[object]], size: Size = SMALL) -> bool:
    """Whether the screen looks as it did, after what is done at it; no cursor blinks."""

    async def before(pilot: Pilot[int]) -> None:
        counter.pilot = pilot
        await act(counter)
        await counter.settle()
        for screen in counter.app.screen_stack:
            for field in screen.query(Input):
                field.cursor_blink = False
        await pilot.pause()

    return compare(counter.app, terminal_size=size, run_before=before)
