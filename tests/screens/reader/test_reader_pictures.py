"""What the reader test and the question about a repair look like, small and large, in both languages."""

from collections.abc import Awaitable, Callable

import pytest

from counter_tui.tui.screens.reader_test import ReaderTest
from tests.screens.frame.pictures import LARGE, SMALL, Compare, Size, catalogue, pictured
from tests.screens.frame.scripted import Counters, zone

ZONE = zone()
CARD = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)


async def tried(counter: Counters) -> None:
    """A digit was lost in the birth date."""
    await counter.sign_in()
    await counter.press("r")
    screen = counter.app.screen
    assert isinstance(screen, ReaderTest)
    counter.burst("".join(line + "\r" for line in ZONE).replace("8403021", "803021"), start=1000.0, step=1 / 128)
    await counter.until(lambda: screen._found is not None)


async def repaired(counter: Counters) -> None:
    """Letters for digits, over a traveller who is undecided."""
    await counter.sign_in()
    await counter.open(number="Z7654321")
    await counter.swipe((ZONE[0], ZONE[1].replace("8403021", "84O3O21")))
    await counter.until(lambda: counter.app.screen is not counter.screen)
    await counter.press("1")


async def card(counter: Counters) -> None:
    """Three lines, none chosen yet."""
    await counter.sign_in()
    await counter.swipe((CARD[0], CARD[1].replace("7408122", "74O8122"), CARD[2]))
    await counter.until(lambda: counter.app.screen is not counter.screen)


SCREENS: dict[str, Callable[[Counters], Awaitable[None]]] = {step.__name__: step for step in (tried, repaired, card)}


@pytest.mark.parametrize(
    ("step", "language", "size", "theme"),
    [
        ("tried", "en", SMALL, "dark"),
        ("tried", "id", LARGE, "dark"),
        ("tried", "en", SMALL, "contrast"),
        ("repaired", "id", SMALL, "dark"),
        ("repaired", "en", LARGE, "dark"),
        ("card", "en", SMALL, "contrast"),
    ],
    ids=lambda value: "x".join(map(str, value)) if isinstance(value, tuple) else value,
)
def test_screen(snap_compare: Compare, step: str, language: str, size: Size, theme: str) -> None:
    async def go(counter: Counters) -> None:
        counter.app.theme = theme
        await SCREENS[step](counter)

    assert pictured(snap_compare, Counters(catalogue=catalogue, language=language, timing=None), go, size)
