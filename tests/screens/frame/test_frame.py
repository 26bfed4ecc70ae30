"""What holds on every screen: signing in, locking, quitting, another language, a small terminal, a fault."""

import asyncio
import io
from dataclasses import replace

import pytest
from rich.console import Console
from textual.widgets import Input, OptionList

from counter_tui.domain.documents import check_digit
from counter_tui.domain.documents.keyed import as_known
from counter_tui.domain.words import Authority
from counter_tui.tui.screens.frame import Framed
from counter_tui.tui.screens.key_in import KeyIn
from counter_tui.tui.screens.rehearsal import RehearsalMenu
from counter_tui.tui.screens.sign_in import SignIn
from counter_tui.tui.themes import THEMES, TOKENS
from counter_tui.tui.widgets.too_small import TooSmall
from counter_tui.workstation.news import Expected
from tests.unit.tui.paint.travellers import RULES, border_pass, section

from .conftest import Start
from .looking import footer, shown, top
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
        await counter.press("enter")
        await counter.until(lambda: len(counter.desk.judged) == 1)
        await counter.until(lambda: counter.screen.state().where == "decided")
        assert counter.desk.judged[0][1].name == "HOLD"


async def test_who_is_decided_and_not_signed_for_says_so_among_those_put_aside(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("p")
        await counter.until(lambda: len(counter.desk.aside) == 1)
        counter.desk.unsigned = frozenset(counter.desk.aside)
        await counter.press("p")
        assert "Put aside, undecided or not signed" in shown(counter)
        assert "to be signed: q" in shown(counter)


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


async def key_in(counter: Counters, kind: str, **typed: str) -> KeyIn:
    """Choose a kind by its number and type into its fields, Enter after each."""
    await counter.press("k", kind)
    form = counter.app.screen
    assert isinstance(form, KeyIn)
    for name, value in typed.items():
        form.query_one(f"#{name}", Input).value = value
        await counter.press("enter")
    return form


async def test_a_document_is_keyed_with_its_number_twice(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        typed = {"number": "DEMO 123", "surname": "SITI AMINAH", "given_names": "", "birth": "1974-13-40"}
        form = await key_in(counter, "1", **typed, expiry="2027-03-03", sex="F", again="DEMO 124")
        told = {w.id: str(w.render()) for w in form.query(".problem")}
        assert told["again-problem"] == "not the same as above"
        assert told["birth-problem"]
        assert not told["surname-problem"]
        assert counter.said.startswith("Not opened, fields to put right: 2. ")
        assert form.focused is not None
        assert form.focused.id == "birth"
        for name, value in (("birth", "1974-08-12"), ("again", "demo-123")):
            form.query_one(f"#{name}", Input).value = value
        form.query_one("#again", Input).focus()
        await counter.press("enter")
        await counter.until(lambda: counter.said == "Opened: SITI AMINAH.")
        assert counter.desk.view is not None
        assert counter.desk.view.crossing.document.kind == "plb"


async def test_kinds_are_chosen_by_letters_and_esc_goes_back_one_step(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.press("k", "k", "x", "0", "enter")
        form = counter.app.screen
        assert isinstance(form, KeyIn)
        assert form.title_words() == "Key in kind.border-pass-mys: as printed, dates as year-month-day"
        await counter.press("escape")
        assert form.title_words().startswith("Key in: which")
        await counter.press("9", "escape", "escape")
        await counter.until(lambda: counter.app.screen is counter.screen)


async def test_who_is_known_is_offered_and_one_enter_opens_them(start: Start) -> None:
    async with start() as counter:
        counter.desk.held = (Expected(as_known(replace(border_pass(), kind="plb", number="DEMO 777"))),)
        await counter.sign_in()
        form = await key_in(counter, "1", number="demo 77")
        assert not form._known
        form.query_one("#number", Input).focus()
        await counter.settle()
        form.query_one("#number", Input).value = "demo 777"
        await counter.until(lambda: "known: SITI AMINAH, 12 Aug 1974" in str(form.query_one("#known").render()))
        await counter.press("enter")
        await counter.until(lambda: counter.said == "Opened: SITI AMINAH.")
        assert counter.desk.view is not None
        assert counter.desk.view.crossing.document.entry_method == "keyed-known"


async def test_who_is_known_and_not_meant_is_left_with_tab(start: Start) -> None:
    async with start() as counter:
        counter.desk.held = (Expected(replace(border_pass(), kind="plb", number="DEMO 777")),)
        await counter.sign_in()
        form = await key_in(counter, "1")
        form.query_one("#number", Input).value = "demo 777"
        await counter.until(lambda: bool(form._known))
        await counter.press("tab")
        assert str(form.query_one("#known").render()) == ""
        await counter.press("enter")
        assert counter.app.screen is form
        assert counter.desk.view is None


async def test_check_digits_are_checked_field_by_field(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        form = await key_in(counter, "7", number_checked="DEMO12345")
        wrong = form.query_one("#number_checked-problem")
        assert str(wrong.render())
        assert form.focused is not None
        assert form.focused.id == "number_checked"
        number, birth, expiry = (part + check_digit(part) for part in ("DEMO1234", "740812", "270303"))
        rest = {"number_checked": number, "birth_checked": birth, "expiry_checked": expiry}
        for name, value in (rest | {"issuing_state": "MYS", "nationality": "MYS", "surname": "WONG"}).items():
            form.query_one(f"#{name}", Input).value = value
            form.query_one(f"#{name}", Input).focus()
            await counter.press("enter")
        assert not str(wrong.render())
        await counter.press("enter", "enter")
        await counter.until(lambda: counter.said == "Opened: WONG.")
        assert counter.desk.view is not None
        assert counter.desk.view.crossing.document.entry_method == "keyed-checked"


async def test_nobody_without_a_document_is_turned_away_by_the_form(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await key_in(counter, "9", surname="UNKNOWN", given_names="", birth="1990", nationality="IDN", sex="")
        await counter.until(lambda: counter.said == "Opened: UNKNOWN.")
        assert counter.desk.view is not None
        assert counter.desk.view.crossing.document.key == ":DEMOENT300000001"


async def test_a_trainer_cuts_the_link_and_makes_agencies_fail(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.press("t")
        assert isinstance(counter.app.screen, RehearsalMenu)
        await counter.press("enter", "down", "enter", "3", "enter", "4", "enter", "6", "enter", "enter")
        rehearsal = counter.desk.rehearsal
        assert rehearsal is not None
        await counter.until(lambda: len(rehearsal.done) == 6)
        customs = Authority.CUSTOMS.value
        assert rehearsal.done == ["cut", "open", "slow", "flapping", f"{customs} slow", f"{customs} failing"]


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
