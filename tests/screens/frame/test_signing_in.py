"""Signing in, locking and quitting, by keys: who is let in, what is said, and what no screen shows meanwhile."""

import pytest
from textual.widgets import Input, OptionList

from counter_tui.errors import SignInError, StoreError
from counter_tui.tui.screens.quit import Quit
from counter_tui.tui.screens.sign_in import SignIn, find_credential

from .conftest import Start
from .looking import pin, shown, top
from .scripted import PEOPLE

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
        assert "777" not in shown(counter)


# -- locking and quitting ---------------------------------------------------------------------------------------------


async def test_a_locked_counter_shows_no_traveller_and_opens_them_again(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("question_mark")
        await counter.press("escape", "l")
        await counter.until(lambda: counter.desk.officer is None)
        assert "SURYADI" not in shown(counter)
        assert "ENTIKONG 3" in shown(counter)
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
