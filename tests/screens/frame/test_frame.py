"""What holds on every screen: signing in, locking, quitting, another language, a small terminal, a fault."""

import asyncio
import io

import pytest
from rich.console import Console
from textual.widgets import Input, OptionList

from counter_tui.domain.words import Authority
from counter_tui.errors import SignInError, StoreError
from counter_tui.tui.screens.frame import Framed
from counter_tui.tui.screens.key_in import FIELDS, KeyIn
from counter_tui.tui.screens.quit import Quit
from counter_tui.tui.screens.rehearsal import RehearsalMenu
from counter_tui.tui.screens.sign_in import SignIn, find_credential
from counter_tui.tui.themes import THEMES, TOKENS
from counter_tui.tui.widgets.footer import Footer
from counter_tui.tui.widgets.status_bar import StatusBar
from counter_tui.tui.widgets.too_small import TooSmall
from tests.unit.tui.paint.travellers import RULES, section

from .conftest import Start
from .scripted import PEOPLE, Counters, zone


def footer(counter: Counters) -> str:
    return counter.app.screen.query_one(Footer).render().plain


def top(counter: Counters) -> str:
    return counter.app.screen.query_one(StatusBar).render().plain.splitlines()[0]


def pin(counter: Counters) -> Input:
    return counter.app.screen.query_one("#pin", Input)


# -- signing in -------------------------------------------------------------------------------------------------------


async def test_the_first_screen_is_there_before_the_store_is_open_and_keeps_the_pin(start: Start) -> None:
    async with start() as counter:
        counter.desk.ready = False
        counter.desk.opening.clear()
        await counter.until(lambda: isinstance(counter.app.screen, SignIn))
        assert "link starting" in top(counter)
        await counter.press(*"1403")
        assert pin(counter).value == "1403"


async def test_a_pin_given_before_the_store_is_open_is_tried_when_it_is(start: Start) -> None:
    async with start() as counter:
        await counter.until(lambda: counter.desk.ready)
        counter.desk.ready = False
        await counter.press(*"1403", "enter")
        assert counter.said.startswith("The store is being opened")
        assert counter.desk.tried == []
        counter.desk.ready = True
        assert isinstance(counter.app.screen, SignIn)
        counter.app.screen.prepared()
        await counter.until(lambda: counter.app.screen is counter.app.desk_screen)
        assert counter.desk.tried == [("wijaya", "1403")]


async def test_a_wrong_pin_is_emptied_and_counts_down_before_the_next(start: Start) -> None:
    async with start() as counter:
        await counter.until(lambda: counter.desk.ready)
        await counter.press(*"9999", "enter")
        await counter.until(lambda: counter.said == "signin.wrong-pin")
        assert pin(counter).value == ""
        await counter.press(*"1403", "enter")
        assert counter.app.said.params == {"left": 2, "wait": 4}
        counter.clock.pass_by(3.5)
        counter.app._second()
        assert counter.app.said.params == {"left": 2, "wait": 1}
        assert len(counter.desk.tried) == 1
        counter.clock.pass_by(1)
        counter.app._second()
        assert counter.said.startswith("Type your PIN again")
        await counter.press("enter")
        await counter.until(lambda: counter.app.screen is counter.app.desk_screen)


async def test_a_locked_person_sees_the_seconds(start: Start) -> None:
    async with start() as counter:
        await counter.until(lambda: counter.desk.ready)
        counter.desk.fails = SignInError("signin.locked", seconds=300)
        await counter.press(*"1403", "enter")
        await counter.until(lambda: counter.said == "signin.locked")
        await counter.press("enter")
        assert counter.app.said.params == {"seconds": 300}


async def test_a_store_that_does_not_open_is_named_and_the_program_stays(start: Start) -> None:
    async with start() as counter:
        counter.desk.fails = StoreError("store.wrong-key")
        counter.app.prepare()
        await counter.until(lambda: counter.said == "store.wrong-key")
        assert counter.app.said.tone == "stop"
        counter.desk.ready = False
        await counter.press(*"1403", "enter")
        await counter.until(lambda: counter.app.screen is counter.app.desk_screen, "opened at the second try")


async def test_a_person_is_chosen_by_arrows_number_or_name(start: Start) -> None:
    async with start() as counter:
        await counter.until(lambda: counter.desk.ready)
        await counter.press("down")
        officer = counter.app.screen.query_one("#officer", Input)
        assert officer.value == "Ratna Dewi"
        await counter.press("down", "up", "shift+tab", "2", "enter", *"2715", "enter")
        await counter.until(lambda: counter.desk.officer is not None)
        assert counter.desk.tried == [("ratna", "2715")]


@pytest.mark.parametrize(("typed", "found"), [("2", 1), ("ratna", 1), ("WIJ", 0), ("9", None), ("0", None), ("", None)])
def test_find_credential(typed: str, found: int | None) -> None:
    assert find_credential(PEOPLE, typed) == found


async def test_the_pin_is_nowhere_on_the_screen(start: Start) -> None:
    async with start(people=(PEOPLE[0],)) as counter:
        await counter.until(lambda: counter.desk.ready)
        await counter.press(*"777777")
        shown = "\n".join("".join(s.text for s in strip) for strip in counter.app.screen._compositor.render_strips())
        assert "777" not in shown


# -- locking and quitting ---------------------------------------------------------------------------------------------


async def test_a_locked_counter_shows_no_traveller_and_opens_them_again(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("question_mark")
        await counter.press("escape", "l")
        await counter.until(lambda: counter.desk.officer is None)
        shown = "\n".join("".join(s.text for s in strip) for strip in counter.app.screen._compositor.render_strips())
        assert "SURYADI" not in shown
        assert "ENTIKONG 3" in shown
        await counter.press("escape", "escape")
        assert isinstance(counter.app.screen, SignIn)
        await counter.press(*"1403", "enter")
        await counter.until(lambda: counter.said == "Opened again: SURYADI, BUDI.")
        assert counter.screen.state().where == "inspection"


async def test_no_command_of_the_desk_is_found_while_nobody_is_signed_in(start: Start) -> None:
    async with start() as counter:
        await counter.until(lambda: counter.desk.ready)
        await counter.press("ctrl+p", *"lock")
        found = counter.app.screen.query_one(OptionList).options
        assert not any("Lock" in str(option.prompt) for option in found)
        await counter.press("escape")
        assert counter.app.desk_screen not in counter.app.screen_stack
        assert isinstance(counter.app.screen, SignIn)


async def test_quitting_is_asked_says_what_waits_and_closes_the_desk(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.press("ctrl+q")
        await counter.until(lambda: isinstance(counter.app.screen, Quit))
        words = " ".join(str(w.render()) for w in counter.app.screen.query("Spoken"))
        assert "safe on disk" in words
        assert "3 entries wait" in words
        await counter.press("escape")
        assert counter.said.startswith("Signed in")
        await counter.press("ctrl+q", "ctrl+q")
        await counter.press("enter")
        await counter.until(lambda: counter.desk.closed)
    assert counter.app.return_code == 0


async def test_quitting_claims_nothing_about_a_store_that_is_not_open(start: Start) -> None:
    async with start() as counter:
        await counter.until(lambda: counter.desk.ready)
        counter.desk.ready = False
        await counter.press("ctrl+q")
        await counter.until(lambda: isinstance(counter.app.screen, Quit))
        words = " ".join(str(w.render()) for w in counter.app.screen.query("Spoken"))
        assert "safe on disk" not in words
        assert "not open" in words


async def test_a_long_sentence_is_shown_to_its_end(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        counter.app.tell("{why} Next step: " + "go on " * 12 + "end.", why="x" * 70)
        line = counter.screen.last_line
        await counter.until(lambda: line.size.height == 3)
        assert str(line.render()).endswith("end.")
        counter.app.tell("Short.")
        await counter.until(lambda: line.size.height == 1)


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
