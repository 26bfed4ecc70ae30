"""The reader test: what comes is shown and measured, and opens nobody."""

from textual import events

from counter_tui.tui.screens.reader_test import ReaderTest
from counter_tui.tui.widgets.painted import Canvas
from tests.screens.frame.conftest import Start
from tests.screens.frame.scripted import Counters, zone

SCAN = "".join(line + "\r" for line in zone())


def page(counter: Counters) -> str:
    canvas = counter.app.screen.query_one(Canvas)
    return "\n".join(line.plain for line in canvas.paint(canvas.size.width, canvas.size.height))


async def try_out(counter: Counters, text: str, step: float = 0.001) -> ReaderTest:
    screen = counter.app.screen
    assert isinstance(screen, ReaderTest)
    before = screen._found
    counter.burst(text, step=step)
    await counter.until(lambda: screen._found is not before, "diagnosed")
    return screen


async def at_the_test(counter: Counters) -> None:
    await counter.sign_in()
    await counter.press("r")
    await counter.until(lambda: isinstance(counter.app.screen, ReaderTest))
    await counter.until(lambda: counter.app.gate.watcher is not None)


async def test_a_document_is_shown_and_opens_nobody_until_the_test_is_left(start: Start) -> None:
    async with start() as counter:
        await at_the_test(counter)
        screen = await try_out(counter, SCAN)
        shown = page(counter)
        assert "90 characters, 88 without line ends" in shown
        assert f"{zone()[1]}\\r   44" in shown
        assert "TD3, every check digit agrees" in shown
        assert "SURYADI, BUDI · IDN X1234567" in shown
        assert "what is set fits this reader" in shown
        assert counter.desk.view is None
        await counter.press("escape")
        await counter.until(lambda: counter.app.screen is counter.screen)
        assert screen._found is None
        assert screen._log.last is None
        await counter.open()
        assert counter.desk.view is not None


async def test_the_pace_is_measured_and_the_settings_follow(start: Start) -> None:
    async with start() as counter:
        await at_the_test(counter)
        await try_out(counter, SCAN, 0.010)
        assert "100 characters a second" in page(counter)
        await try_out(counter, SCAN, 0.040)
        assert "25 characters a second" in page(counter)
        assert "gap = 60, quiet = 300" in page(counter)
        assert counter.desk.view is None


async def test_a_scan_under_help_and_a_paste_open_nobody_either(start: Start) -> None:
    async with start() as counter:
        await at_the_test(counter)
        await counter.press("question_mark")
        counter.burst(SCAN)
        await counter.settle()
        await counter.press("escape")
        await counter.until(lambda: isinstance(counter.app.screen, ReaderTest))
        await counter.until(lambda: "every check digit agrees" in page(counter))
        counter.app.post_message(events.Paste(SCAN))
        await counter.until(lambda: "pasted: it came without times" in page(counter))
        assert counter.desk.view is None


async def test_single_keys_are_no_burst_and_say_nothing(start: Start) -> None:
    async with start() as counter:
        await at_the_test(counter)
        await counter.press("enter", "h", "1")
        assert "Nothing came yet." in page(counter)
        assert isinstance(counter.app.screen, ReaderTest)


async def test_it_is_for_an_empty_booth(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("r")
        assert counter.app.screen is counter.screen
