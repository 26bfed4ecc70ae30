"""What the frame's screens look like, in both languages, at the smallest and at a large size; time stands still."""

import gettext
from collections.abc import Awaitable, Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from textual.pilot import Pilot
from textual.widgets import Input

from counter_tui.tui.words import use
from tests.unit.tui.paint.travellers import Words

from .scripted import Counters, zone

Compare = Callable[..., bool]
LOCALES = Path(__file__).parents[3] / "config" / "locales"
SIZES = [pytest.param((80, 24), id="80x24"), pytest.param((120, 40), id="120x40")]
LANGUAGES = ["en", "id"]


def catalogue(language: str) -> gettext.NullTranslations:
    """The words as they are in the repository, compiled or not."""
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO((LOCALES / language / "LC_MESSAGES" / "counter.po").read_bytes())))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    """Other tests find the words that they expect."""
    yield
    use(Words())


async def at_the_start(counter: Counters) -> None:
    await counter.until(lambda: counter.desk.ready)


async def at_a_wrong_pin(counter: Counters) -> None:
    await at_the_start(counter)
    await counter.press(*"999", "enter")
    await counter.until(lambda: counter.app.said.tone == "stop")


async def ready(counter: Counters) -> None:
    await counter.sign_in()


async def opened(counter: Counters) -> None:
    await counter.sign_in()
    await counter.open()


async def decided(counter: Counters) -> None:
    await opened(counter)
    await counter.press("enter")
    await counter.until(lambda: counter.app.said.tone == "clear")


async def undecided(counter: Counters) -> None:
    await opened(counter)
    await counter.swipe(zone("WONG", "SIEW LING", "K5551234", "MYS"))
    await counter.until(lambda: counter.app.screen is not counter.screen)


async def parked(counter: Counters) -> None:
    await opened(counter)
    await counter.press("p")
    await counter.until(lambda: len(counter.screen._parked) == 1)
    await counter.press("p", "d")


async def keyed(counter: Counters) -> None:
    await opened(counter)
    await counter.press("k", "1")
    counter.app.screen.query_one("#number", Input).value = "DEMO 123456"
    counter.app.screen.query_one("#birth", Input).value = "1974-13-40"
    counter.app.screen.query_one("#again", Input).focus()
    await counter.press("enter")


async def kinds(counter: Counters) -> None:
    await opened(counter)
    await counter.press("k", "down")


async def rehearsing(counter: Counters) -> None:
    await opened(counter)
    await counter.press("t", "5", "enter")
    await counter.until(lambda: bool(counter.app.behaviours))


async def helped(counter: Counters) -> None:
    await opened(counter)
    await counter.press("question_mark")


async def quitting(counter: Counters) -> None:
    await opened(counter)
    await counter.press("ctrl+q")


async def locked(counter: Counters) -> None:
    await opened(counter)
    await counter.press("l")
    await counter.until(lambda: counter.desk.officer is None and counter.app.said.sentence.startswith("Locked"))


SCREENS: dict[str, Callable[[Counters], Awaitable[None]]] = {
    step.__name__: step
    for step in (
        at_the_start,
        at_a_wrong_pin,
        ready,
        opened,
        decided,
        undecided,
        parked,
        kinds,
        keyed,
        rehearsing,
        helped,
        quitting,
        locked,
    )
}


def picture(compare: Compare, step: str, language: str, size: tuple[int, int], theme: str = "dark") -> bool:
    counter = Counters(passphrase="entikong-latihan", catalogue=catalogue, language=language)

    async def go(pilot: Pilot[int]) -> None:
        counter.pilot = pilot
        counter.app.theme = theme
        await SCREENS[step](counter)
        await counter.settle()

    return compare(counter.app, terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", SCREENS)
def test_screen(snap_compare: Compare, step: str, language: str, size: tuple[int, int]) -> None:
    assert picture(snap_compare, step, language, size)


@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_other_themes(snap_compare: Compare, theme: str) -> None:
    assert picture(snap_compare, "undecided", "en", (80, 24), theme)


def test_too_small(snap_compare: Compare) -> None:
    counter = Counters(catalogue=catalogue)

    async def go(pilot: Pilot[int]) -> None:
        counter.pilot = pilot
        await opened(counter)
        await pilot.resize_terminal(79, 24)
        await counter.until(lambda: counter.app.too_small)
        await pilot.pause()

    assert snap_compare(counter.app, terminal_size=(80, 24), run_before=go)
