"""Documents that are swiped, on whatever is focused, and what a key is worth around them."""

import asyncio
from functools import partial

import pytest
from textual import events
from textual.widgets import Input

from counter_tui.domain.documents import Document
from counter_tui.domain.view import MergedView
from counter_tui.domain.words import Authority
from counter_tui.errors import DecisionError
from counter_tui.tui.gate import WHY_VOID
from counter_tui.tui.screens.undecided import Undecided
from tests.unit.tui.paint.travellers import RULES, section

from .conftest import Start
from .scripted import Counters, zone


@pytest.fixture
def start() -> Start:
    """The program with the reader's own times, which are what these tests are about."""
    return partial(Counters.running, timing=None)


async def test_a_swipe_opens_the_traveller_and_one_key_clears(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        assert counter.said == "Opened: SURYADI, BUDI."
        assert counter.desk.view is not None
        await counter.press("enter")
        await counter.until(lambda: len(counter.desk.cleared) == 1)
        assert counter.desk.cleared == [counter.desk.view.digest]
        await counter.until(lambda: "recorded 05:14:20 on this counter, entry 1" in counter.said)
        assert counter.screen.state().where == "decided"
        await counter.press("enter")
        await counter.until(lambda: counter.screen.state().where == "ready")
        assert counter.desk.aside == {}


async def test_enter_inside_a_scan_and_within_the_guard_clears_nobody(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        counter.burst("\r".join(zone()) + "\r\r\r")
        await counter.settle()
        await counter.until(lambda: counter.screen.state().where == "inspection")
        assert counter.desk.cleared == []


async def test_a_scan_in_the_search_field_gives_its_first_characters_back(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.press("slash", "b", "u")
        field = counter.screen.query_one("#search-input", Input)
        assert field.value == "bu"
        field.cursor_position = 1
        await counter.settle()
        await counter.swipe(zone())
        await counter.until(lambda: counter.screen.state().where == "inspection")
        assert counter.said == "Opened: SURYADI, BUDI."


async def test_a_scan_at_the_pin_says_sign_in_first_and_the_pin_stays(start: Start) -> None:
    async with start() as counter:
        await counter.until(lambda: counter.desk.ready)
        await counter.press("1", "4", "left")
        await counter.swipe(zone())
        pin = counter.app.screen.query_one("#pin", Input)
        await counter.until(lambda: counter.said.startswith("Sign in first"))
        assert (pin.value, pin.cursor_position) == ("14", 1)
        assert counter.desk.tried == []


@pytest.mark.parametrize("answer", ["enter", "escape"])
async def test_another_document_is_asked_about_and_enter_and_esc_keep(start: Start, answer: str) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.swipe(zone("WONG", "SIEW LING", "K5551234", "MYS"))
        await counter.until(lambda: isinstance(counter.app.screen, Undecided))
        await counter.press(answer)
        await counter.until(lambda: counter.app.screen is counter.screen)
        assert counter.desk.view is not None
        assert counter.desk.view.crossing.document.surname == "SURYADI"
        assert counter.desk.cleared == []


async def test_put_aside_opens_the_new_one_and_loses_nobody(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.swipe(zone("WONG", "SIEW LING", "K5551234", "MYS"))
        await counter.until(lambda: isinstance(counter.app.screen, Undecided))
        await counter.swipe(zone("THIRD", "ONE", "Z0000001"))
        assert counter.said.startswith("Answer first")
        await counter.press("p")
        await counter.until(lambda: counter.said == "Opened: WONG, SIEW LING.")
        assert [c.document.surname for c in counter.desk.aside.values()] == ["SURYADI"]


async def test_a_document_of_somebody_who_was_put_aside_takes_them_up_again(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("p")
        await counter.until(lambda: len(counter.desk.aside) == 1)
        await counter.swipe(zone())
        await counter.until(lambda: counter.said == "Opened again: SURYADI, BUDI.")
        assert counter.desk.aside == {}


async def test_the_same_document_again_and_a_doubled_scan_are_ignored_with_a_word(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.swipe((*zone(), *zone()))
        await counter.until(lambda: counter.said.startswith("The same document again: SURYADI"))
        await counter.swipe(zone())
        assert counter.app.screen is counter.screen
        assert counter.screen.state().where == "inspection"


async def test_a_scan_over_help_and_in_the_palette_opens_too(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.press("question_mark")
        assert counter.app.screen is not counter.screen
        await counter.open()
        assert counter.app.screen is counter.screen
        await counter.press("p")
        await counter.until(lambda: counter.screen.state().where == "ready")
        await counter.press("ctrl+p")
        await counter.open(number="X7654321")
        assert counter.app.screen is counter.screen


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("".join(zone())[:60], "Incomplete scan: line 2 has 16 of 44 characters. Swipe again, or k to key in."),
        ("".join(zone())[:10], "Incomplete scan: line 1 has 10 of 44 characters, and nothing came behind it."),
        (zone()[0] + "\r" + zone()[1][:5], "Incomplete scan: line 2 has 5 of 44 characters."),
        (zone()[0][:-3] + "\r" + zone()[1][:-2], "Incomplete scan: 83 of 88 characters."),
        ("".join(zone()) + "Q", "1 more characters came behind the document"),
        (zone()[0] + "X\r" + zone()[1] + "9", "Garbled scan: 90 characters where 88 belong"),
        ("Q" * 40, "Not a document: 40 characters"),
        ("<" * 4000, "Not a document: 4000 characters"),
        ("".join(zone()).replace("X1234567<7", "X1234567<8"), "Not read: "),
    ],
    ids=["half", "a tenth", "line 2", "both lines", "more behind", "longer line", "no zone", "flood", "wrong digit"],
)
async def test_what_is_no_document_is_named_and_opens_nothing_new(start: Start, text: str, told: str) -> None:
    async with start() as counter:
        await counter.sign_in()
        counter.burst(text, step=0.0002)
        await counter.settle()
        await counter.until(lambda: counter.said.startswith(told))


async def test_a_lower_case_scan_puts_nobody_aside_and_gives_no_verdict(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        counter.burst("\r".join(zone(number="X7654321")).lower() + "\r")
        await counter.settle()
        await counter.until(lambda: counter.app.screen is not counter.screen)
        assert counter.desk.aside == {}
        assert not counter.desk.cleared
        assert not counter.desk.judged


async def test_a_reader_slower_than_the_gap_clears_nobody_and_is_told(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        counter.burst(zone()[0][-10:] + "\r", step=0.045)
        await counter.until(lambda: "slow reader" in counter.said)
        assert counter.desk.cleared == []
        await counter.until(lambda: events.Key("x", "x").time > counter.app.gate.reader._last + 0.3)
        await counter.press("enter")
        await counter.until(lambda: len(counter.desk.cleared) == 1)


async def test_two_documents_within_a_second_the_second_is_asked_about(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        now = events.Key("x", "x").time
        counter.burst("\r".join(zone()) + "\r", start=now)
        counter.burst("\r".join(zone("WONG", "SIEW LING", "K5551234", "MYS")) + "\r", start=now + 0.6)
        await counter.until(lambda: isinstance(counter.app.screen, Undecided))
        assert counter.desk.view is not None
        assert counter.desk.view.crossing.document.surname == "SURYADI"


async def test_a_scan_while_an_earlier_one_is_being_opened_waits_for_it(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as counter:
        await counter.sign_in()
        opens, ready = counter.desk.open, asyncio.Event()

        async def slowly(document: Document, why: str = "") -> MergedView:
            await ready.wait()
            return await opens(document, why)

        monkeypatch.setattr(counter.desk, "open", slowly)
        await counter.swipe(zone())
        await counter.swipe(zone())
        await counter.swipe(zone("WONG", "SIEW LING", "K5551234", "MYS"))
        assert not ready.is_set()
        assert counter.screen.state().where == "ready"
        ready.set()
        await counter.until(lambda: isinstance(counter.app.screen, Undecided))
        assert counter.desk.view is not None
        assert counter.desk.view.crossing.document.surname == "SURYADI"
        assert counter.desk.aside == {}


@pytest.mark.parametrize("frame", [("\x02", "\r\n", "\x03"), ("]L0", "\t", "\t"), ("", "", ""), ("", "\n", "\n")])
async def test_whatever_a_reader_puts_around_its_lines(start: Start, frame: tuple[str, str, str]) -> None:
    async with start() as counter:
        await counter.sign_in()
        before, between, after = frame
        counter.burst(before + between.join(zone()) + after)
        await counter.until(lambda: counter.said == "Opened: SURYADI, BUDI.")
        await counter.settle()
        assert counter.app.screen is counter.screen


@pytest.mark.parametrize("step", [0.00001, 0.001, 0.010])
async def test_a_scan_in_the_drawer_is_no_note_and_no_reason(start: Start, step: float) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("h")
        counter.burst("".join(line + "\r" for line in zone("WONG", "SIEW LING", "K5551234", "MYS")), step=step)
        await counter.until(lambda: isinstance(counter.app.screen, Undecided))
        assert counter.desk.judged == []
        assert all(field.value == "" for field in counter.screen.query(Input))


async def test_a_real_document_in_the_demo_is_refused_in_words(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        counter.desk.fails = DecisionError("document.real")
        await counter.swipe(zone())
        await counter.until(lambda: counter.said == "document.real")
        assert counter.app.said.tone == "stop"
        assert counter.screen.state().where == "ready"


async def test_a_name_in_a_document_is_never_markup(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        counter.app.tell("Opened: {name}.", name="[red]A[/]\x1b[31m\u202eB\u200b{n}")
        await counter.settle()
        assert counter.said == "Opened: [red]A[/]B{n}."


async def test_capitals_begin_a_search_small_letters_do_not(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.press("q")
        assert counter.said.startswith("q is no command here")
        await counter.press("S")
        assert counter.screen.state().where == "search"
        await counter.press("U", "R")
        assert counter.screen.query_one("#search-input", Input).value == "SUR"
        await counter.press("enter")
        await counter.until(lambda: counter.screen.state().where == "drawer")
        await counter.press("enter")
        await counter.until(lambda: counter.said == "Opened: SURYADI, BUDI.")


async def test_enter_does_not_clear_whom_something_stands_against_and_says_why(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        counter.desk.against = (section(Authority.CUSTOMS, RULES.report("cust.quota", used=1, limit=2, declared=3)),)
        await counter.open()
        await counter.press("enter")
        assert counter.said == "findings are open"
        assert counter.desk.cleared == []


async def test_a_held_enter_is_taken_once(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        told: list[str] = []
        monkeypatch.setattr(counter.app, "void", lambda _key, why: told.append(why))
        counter.burst("\r" * 12, step=0.05)
        await counter.until(lambda: len(counter.desk.cleared) == 1)
        await counter.until(lambda: len(told) == 11)
        assert set(told) == {WHY_VOID["repeat"]}
        assert counter.screen.state().where == "decided"


async def test_a_second_enter_while_the_first_is_recorded_is_not_taken(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        counter.desk.recording.clear()
        await counter.press("enter")
        await counter.until(lambda: counter.screen.state().busy)
        counter.app.perform("clear", counter.screen)
        assert counter.said.startswith("The last step is still being recorded")
        counter.desk.recording.set()
        await counter.until(lambda: len(counter.desk.cleared) == 1)


async def test_a_changed_view_is_not_cleared_blindly(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        counter.desk.fails = DecisionError("decision.view-changed")
        await counter.press("enter")
        await counter.until(lambda: counter.said == "decision.view-changed")
        assert counter.screen.state().where == "inspection"
        await counter.press("enter")
        await counter.until(lambda: len(counter.desk.cleared) == 1)


async def test_worse_news_are_said_and_stop_the_one_key(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        counter.clock.pass_by(5)
        counter.desk.change(section(Authority.SECURITY, RULES.report("sec.hit", name="X")), worse=True)
        await counter.until(lambda: counter.said.startswith("Worse than before"))
        assert counter.screen._changed
        await counter.press("enter")
        assert counter.desk.cleared == []
