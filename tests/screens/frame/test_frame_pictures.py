"""What the frame's screens look like, in both languages, at the smallest and at a large size; time stands still."""

from collections.abc import Awaitable, Callable

import pytest
from textual.widgets import Input

from .pictures import LANGUAGES, SIZES, SMALL, Compare, Size, catalogue, pictured
from .scripted import Counters, zone


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


def picture(compare: Compare, step: str, language: str, size: Size, theme: str = "dark") -> bool:
    counter = Counters(passphrase="entikong-latihan", catalogue=catalogue, language=language)

    async def go(counter: Counters) -> None:
        counter.app.theme = theme
        await SCREENS[step](counter)

    return pictured(compare, counter, go, size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", SCREENS)
def test_screen(snap_compare: Compare, step: str, language: str, size: Size) -> None:
    assert picture(snap_compare, step, language, size)


@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_other_themes(snap_compare: Compare, theme: str) -> None:
    assert picture(snap_compare, "undecided", "en", SMALL, theme)


def test_too_small(snap_compare: Compare) -> None:
    async def go(counter: Counters) -> None:
        assert counter.pilot is not None
        await opened(counter)
        await counter.pilot.resize_terminal(79, 24)
        await counter.until(lambda: counter.app.too_small)

    assert pictured(snap_compare, Counters(catalogue=catalogue), go)
