"""What the reader test and the question about a repair look like, small and large, in both languages."""

from collections.abc import Awaitable, Callable, Iterator

import pytest
from textual.pilot import Pilot

from counter_tui.tui.screens.reader_test import ReaderTest
from counter_tui.tui.words import use
from tests.screens.frame.scripted import Counters, zone
from tests.screens.frame.test_frame_pictures import catalogue
from tests.unit.tui.paint.travellers import Words

Compare = Callable[..., bool]
ZONE = zone()
CARD = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    """Other tests find the words that they expect."""
    yield
    use(Words())


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
        ("tried", "en", (80, 24), "dark"),
        ("tried", "id", (120, 40), "dark"),
        ("tried", "en", (80, 24), "contrast"),
        ("repaired", "id", (80, 24), "dark"),
        ("repaired", "en", (120, 40), "dark"),
        ("card", "en", (80, 24), "contrast"),
    ],
    ids=lambda value: "x".join(map(str, value)) if isinstance(value, tuple) else value,
)
def test_screen(snap_compare: Compare, step: str, language: str, size: tuple[int, int], theme: str) -> None:
    counter = Counters(catalogue=catalogue, language=language)

    async def go(pilot: Pilot[int]) -> None:
        counter.pilot = pilot
        counter.app.theme = theme
        await SCREENS[step](counter)
        await counter.settle()

    assert snap_compare(counter.app, terminal_size=size, run_before=go)
