"""Zones that do not read: what is proposed, and that nothing is applied without a number, a look and Enter."""

import pytest
from textual.widgets import Input

from counter_tui.domain.coding import from_json, to_json
from counter_tui.domain.crossings import Crossing
from counter_tui.domain.documents import repair_scan
from counter_tui.errors import StoreError
from counter_tui.tui.screens.key_in import KeyIn
from counter_tui.tui.screens.repairs import RepairsDialog
from counter_tui.tui.screens.undecided import Undecided
from counter_tui.tui.widgets.painted import Canvas
from tests.screens.frame.conftest import Start
from tests.screens.frame.scripted import Counters, zone
from tests.unit.tui.paint.travellers import TODAY

ZONE = zone()
BROKEN = (ZONE[0], ZONE[1].replace("8403021", "84O3O21"))
SHORT = (ZONE[0][:-1], ZONE[1])


def page(counter: Counters) -> str:
    canvas = counter.app.screen.query_one("#repairs", Canvas)
    return "\n".join(line.plain.rstrip() for line in canvas.paint(canvas.size.width, canvas.size.height))


async def broken(counter: Counters, lines: tuple[str, ...] = BROKEN) -> None:
    await counter.swipe(lines)
    await counter.until(lambda: isinstance(counter.app.screen, RepairsDialog), "asked")


async def test_a_repair_is_shown_beside_what_was_read_and_opens_nobody(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await broken(counter)
        assert BROKEN[1] in page(counter)
        assert ZONE[1] in page(counter)
        marks = page(counter).splitlines()[4]
        assert [at - 13 for at, sign in enumerate(marks) if sign == "^"] == [15, 17]
        assert "repair.character" in page(counter)
        assert "No check digit guards the name" in page(counter)
        assert counter.desk.view is None
        assert counter.said == "Not read as it came: nothing is opened yet."


async def test_enter_alone_is_not_enough_and_a_number_and_enter_open_what_was_confirmed(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await broken(counter)
        await counter.press("enter")
        assert counter.said.startswith("Compare with the printed page")
        assert isinstance(counter.app.screen, RepairsDialog)
        await counter.press("1")
        assert counter.said.startswith("Repair 1: Enter opens it")
        await counter.press("enter")
        await counter.until(lambda: counter.desk.view is not None)
        assert counter.desk.view is not None
        document = counter.desk.view.crossing.document
        assert (document.entry_method, document.mrz) == ("mrz-repaired", ZONE)
        assert [change.code for change in document.repairs] == ["repair.character"] * 2
        kept = from_json(Crossing, to_json(counter.desk.view.crossing), error=StoreError("store.record-unreadable"))
        assert kept.document == document
        lines = counter.screen._inspection.paint(80, 20)
        assert any("repaired, confirmed" in line.plain for line in lines)


async def test_esc_refuses_and_says_what_next(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await broken(counter)
        await counter.press("1", "escape")
        await counter.until(lambda: counter.app.screen is counter.screen)
        assert counter.said == "No repair taken, nothing opened. Swipe again, or k to key in."
        assert counter.desk.view is None


async def test_several_proposals_are_chosen_by_number_or_arrow(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        (first,) = repair_scan(BROKEN, today=TODAY).proposed
        (second,) = repair_scan(SHORT, today=TODAY).proposed
        counter.app.push_screen(RepairsDialog(BROKEN, (first, second)))
        await counter.until(lambda: isinstance(counter.app.screen, RepairsDialog))
        await counter.press("2")
        assert "REPAIR 2" in page(counter)
        assert "▸ 2" in page(counter)
        await counter.press("up")
        assert "▸ 1" in page(counter)
        await counter.press("up", "down", "down")
        assert "▸ 2" in page(counter)


@pytest.mark.parametrize("key", ["9", "h", "A"])
async def test_wrong_keys_decide_nothing_and_say_which_are_right(start: Start, key: str) -> None:
    async with start() as counter:
        await counter.sign_in()
        await broken(counter)
        await counter.press(key)
        assert counter.said.startswith("Press 1 to 1 for a repair")
        assert isinstance(counter.app.screen, RepairsDialog)
        await counter.press("enter")
        assert counter.desk.view is None


async def test_keys_inside_the_burst_and_right_behind_it_confirm_nothing(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        counter.burst("\r".join(BROKEN) + "\r1\r\r")
        await counter.settle()
        assert counter.desk.view is None


async def test_a_good_scan_takes_the_place_of_the_question(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await broken(counter)
        await counter.open()
        assert counter.app.screen is counter.screen
        assert counter.desk.view is not None
        assert counter.desk.view.crossing.document.entry_method == "mrz"


async def test_the_newer_of_two_broken_scans_is_asked_about_once(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await broken(counter)
        first = counter.app.screen
        await counter.swipe(tuple(line.lower() for line in ZONE))
        await counter.until(lambda: counter.app.screen is not first)
        assert "repair.case" in page(counter)
        assert sum(isinstance(screen, RepairsDialog) for screen in counter.app.screen_stack) == 1


async def test_an_undecided_traveller_is_asked_about_before_the_repaired_one_opens(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open(number="Z7654321")
        await broken(counter)
        await counter.press("1", "enter")
        await counter.until(lambda: isinstance(counter.app.screen, Undecided))
        await counter.swipe(BROKEN)
        await counter.until(lambda: counter.said.startswith("Answer first"))
        assert isinstance(counter.app.screen, Undecided)
        await counter.press("p")
        await counter.until(lambda: counter.screen._view is not None and len(counter.desk.aside) == 1)


async def test_a_broken_scan_while_keying_in_leaves_the_fields_as_they_were(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.press("slash", "s", "i")
        field = counter.screen.query_one("#search-input", Input)
        await broken(counter)
        await counter.press("escape")
        await counter.until(lambda: counter.app.screen is counter.screen)
        assert field.value == "si"
        assert not isinstance(counter.app.screen, KeyIn)
