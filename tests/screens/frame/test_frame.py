"""What holds on every screen: signing in, locking, quitting, another language, a small terminal, a fault."""

import asyncio
import io

import pytest
from rich.console import Console
from textual.widgets import Input, OptionList

from counter_tui.domain.words import Authority
from counter_tui.tui.screens.frame import Framed
from counter_tui.tui.screens.key_in import FIELDS, KeyIn
from counter_tui.tui.screens.rehearsal import RehearsalMenu
from counter_tui.tui.screens.sign_in import SignIn
from counter_tui.tui.themes import THEMES, TOKENS
from counter_tui.tui.widgets.too_small import TooSmall
from tests.unit.tui.paint.travellers import RULES, section

from .conftest import Start
from .looking import footer, top
from .scripted import Counters, zone

# -- commands ---------------------------------------------------------------------------------------------------------


async def test_a_dim_command_says_why(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.press("p")
        assert counter.said == "Nobody was put aside."
        counter.desk.rehearsal = None
        await counter.press("t")
        assert counter.said == "Only the demo can be rehearsed."


async def test_esc_leaves_one_step_at_a_time_and_loses_nobody(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("w")
        sheet = [counter.screen._inspection.has_sheet]
        await counter.press("escape")
        sheet.append(counter.screen._inspection.has_sheet)
        assert sheet == [True, False]
        assert counter.screen.state().where == "inspection"
        await counter.press("escape")
        await counter.until(lambda: counter.screen.state().where == "ready")
        assert len(counter.desk.aside) == 1
        await counter.press("escape")
        assert counter.screen.state().where == "ready"


async def test_a_verdict_with_its_reason_goes_through_the_drawer(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("h")
        assert counter.screen.state().where == "drawer"
        await counter.press("enter", "enter")
        await counter.until(lambda: len(counter.desk.judged) == 1)
        await counter.until(lambda: counter.screen.state().where == "decided")
        assert counter.desk.judged[0][1].name == "HOLD"


async def test_parked_travellers_are_opened_again_or_dropped_after_a_second_key(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("p")
        await counter.open(surname="TAN", number="X0000001")
        await counter.press("p")
        await counter.until(lambda: len(counter.desk.aside) == 2)
        await counter.press("p", "d")
        assert counter.said.startswith("Drop SURYADI, BUDI")
        assert len(counter.desk.aside) == 2
        await counter.press("d")
        await counter.until(lambda: len(counter.desk.aside) == 1)
        await counter.press("enter")
        await counter.until(lambda: counter.said == "Opened again: TAN, BUDI.")


async def test_a_document_is_keyed_with_its_number_twice(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.press("k")
        form = counter.app.screen
        assert isinstance(form, KeyIn)
        typed = ["DEMO 123", "DEMO 124", "IDN", "XYZ", "SITI AMINAH", "", "1974-13-40", "2027-03-03", "F"]
        for (name, *_), value in zip(FIELDS, typed, strict=True):
            form.query_one(f"#{name}", Input).value = value
            await counter.press("enter")
        told = {w.id: str(w.render()) for w in form.query(".problem")}
        assert told["again-problem"] == "not the same as above"
        assert told["nationality-problem"]
        assert told["birth-problem"]
        assert not told["surname-problem"]
        assert counter.said == "Not opened: 3 fields to put right."
        assert form.focused is not None
        assert form.focused.id == "again"
        for name, value in (("again", "demo-123"), ("nationality", "IDN"), ("birth", "1974-08-12")):
            form.query_one(f"#{name}", Input).value = value
        form.query_one("#sex", Input).focus()
        await counter.press("enter")
        await counter.until(lambda: counter.said == "Opened: SITI AMINAH.")


async def test_a_trainer_cuts_the_link_and_makes_agencies_fail(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.press("t")
        assert isinstance(counter.app.screen, RehearsalMenu)
        await counter.press("enter", "down", "enter", "3", "enter", "5", "enter", "enter")
        rehearsal = counter.desk.rehearsal
        assert rehearsal is not None
        await counter.until(lambda: len(rehearsal.done) == 5)
        customs = Authority.CUSTOMS.value
        assert rehearsal.done == ["cut", "restore", "slow", f"{customs} slow", f"{customs} failing"]


async def test_the_palette_lists_the_commands_of_the_screen_and_does_them(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.press("ctrl+p")
        palette = counter.app.screen
        assert not isinstance(palette, Framed)
        await counter.press(*"lock")
        await counter.until(lambda: any("Lock" in str(o.prompt) for o in palette.query_one(OptionList).options))
        await counter.press("enter")
        await counter.until(lambda: isinstance(counter.app.screen, SignIn))


async def test_help_names_every_key_of_the_screen_below(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.press("question_mark")
        page = str(counter.app.screen.query_one("#page").render())
        assert "Search a traveller" in page
        assert "NOT CHECKED ?" in page
        assert "Nobody was put aside." in page


# -- everywhere -------------------------------------------------------------------------------------------------------


async def test_marks_of_what_changed_go_with_the_next_key(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        counter.desk.change(section(Authority.CUSTOMS, RULES.report("imm.short")), worse=False)
        await counter.settle()
        assert not counter.screen._changed
        counter.clock.pass_by(5)
        counter.desk.change(section(Authority.SECURITY, RULES.report("sec.hit", name="X")), worse=False)
        await counter.until(lambda: bool(counter.screen._changed))
        await counter.press("w")
        assert not counter.screen._changed


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (20, 5)])
async def test_a_small_terminal_takes_no_command_and_comes_back_whole(start: Start, size: tuple[int, int]) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        assert counter.pilot is not None
        await counter.pilot.resize_terminal(*size)
        await counter.until(lambda: counter.app.too_small)
        await counter.until(lambda: bool(counter.app.screen.query(TooSmall)))
        cover = counter.app.screen.query_one(TooSmall)
        await counter.press("enter", "h", "p", "f2", "ctrl+q")
        assert counter.desk.cleared == []
        assert counter.app.screen is counter.screen
        counter.burst("".join(zone("WONG", "SIEW LING", "K5551234", "MYS")))
        await counter.settle()
        await counter.until(lambda: cover.scanned)
        assert "swipe again" in str(cover.render())
        await counter.pilot.resize_terminal(80, 24)
        await counter.until(lambda: not counter.app.too_small)
        await counter.until(lambda: not counter.app.screen.query(TooSmall))
        assert counter.screen.state().where == "inspection"
        assert "Enter clear" in footer(counter)


async def test_the_first_line_says_where_who_which_way_what_time_and_demo(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        line = top(counter)
        assert line.startswith(" ENTIKONG 3  Wijaya S. · joint counter ")
        assert line.endswith("IN   05:14:20   link up   DEMO ")
        assert len(line) == 80


async def test_language_and_theme_change_while_running(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("f2")
        assert counter.app.language == "id"
        themes = [counter.app.theme]
        for _ in THEMES[1:]:
            await counter.press("f3")
            themes.append(counter.app.theme)
        assert sorted(themes) == sorted(theme.name for theme in THEMES)


def test_each_theme_gives_every_token() -> None:
    for theme in THEMES:
        assert set(TOKENS) <= set(theme.variables)


async def test_clipboard_pictures_and_the_frameworks_own_commands_are_off(start: Start) -> None:
    async with start() as counter:
        counter.app.copy_to_clipboard("SECRET")
        assert counter.app.clipboard == ""
        assert list(counter.app.get_system_commands(counter.app.screen)) == []
        assert counter.app.action_screenshot() is None  # type: ignore[func-returns-value]


async def test_a_fault_ends_with_one_line_that_names_nobody(start: Start) -> None:
    counter = Counters()
    printed = io.StringIO()
    counter.app.error_console = Console(file=printed, width=200)

    class NamesSomebodyError(Exception):
        pass

    async def fails() -> None:
        await asyncio.sleep(0)
        secret = "1403 SURYADI"  # noqa: F841 - a local that must not be printed
        raise NamesSomebodyError("SURYADI 1403")

    async def session() -> None:
        async with counter.app.run_test() as pilot:
            counter.pilot = pilot
            await counter.until(lambda: counter.desk.ready)
            counter.app.ask(fails(), "test")
            await counter.until(lambda: counter.app._exception is not None)

    with pytest.raises(NamesSomebodyError):
        await session()
    text = printed.getvalue()
    assert "NamesSomebodyError" in text
    assert "safe on disk" in text
    assert "1403" not in text
    assert "SURYADI" not in text
    assert text.count("\n") == 1
    assert counter.app.return_code == 1
