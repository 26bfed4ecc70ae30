"""Hits on the screen, and the drawer in which two people decide: what is taken, what is not, what Esc leaves."""

import asyncio

import pytest
from textual.widgets import Input

from counter_tui.tui.commands import Where
from counter_tui.workstation.news import Screened
from tests.screens.frame.looking import footer, shown
from tests.screens.frame.scripted import zone

from .conftest import Start
from .listed import PIN, HitCounters, answers, blind


def field(counter: HitCounters) -> Input:
    return counter.screen._second.query_one(Input)


async def to_the_pin(counter: HitCounters) -> None:
    await counter.look()
    await counter.press("n", "1", "enter", "enter")


async def test_the_best_hit_first_both_names_beside_each_other(start: Start) -> None:
    async with start() as counter:
        await counter.look()
        text = shown(counter)
        assert "HIT 1 of 2   87 %   Demo: wanted persons" in text
        assert "BUDI                  BUDHI                 another spelling" in text
        assert "02 Mar 1984           12 Mar 1984           one digit differs" in text
        await counter.press("down")
        assert "HIT 2 of 2   79 %" in shown(counter)
        await counter.press("down", "up")
        assert "HIT 1 of 2" in shown(counter)


async def test_what_the_lists_do_not_say_is_said(start: Start) -> None:
    async with start(size=(120, 40)) as counter:
        await counter.look()
        text = shown(counter)
        assert "3 more below the threshold" in text
        assert "NOT CHECKED, not held here: Daftar Penangkalan" in text
        assert "PENDING, asked elsewhere: INTERPOL Nominals" in text
        assert "too old to rely on: UN Security Council" in text


async def test_no_hit_and_no_answer_are_told_apart(start: Start) -> None:
    async with start() as counter:
        counter.lists.screening = ()
        await counter.look()
        assert "the lists have not answered yet" in shown(counter)
        counter.lists.screening = answers()[2:3]
        assert counter.desk.view is not None
        counter.desk.hear(Screened(counter.desk.view.crossing.id, counter.lists.screening))
        await counter.until(lambda: "no hit on a list that has answered" in shown(counter))
        await counter.press("n")
        assert not counter.screen._second.is_open
        assert "nothing to decide" in counter.said


async def test_a_blind_hit_shows_what_to_do_and_nobody(start: Start) -> None:
    async with start() as counter:
        counter.lists.screening = blind()
        await counter.look()
        text = shown(counter)
        assert "SEALED ◆" in text
        assert "DPO-2231" in text
        assert "97 %" not in text
        assert "LISTED" not in text


async def test_hits_that_come_are_said_once(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        assert counter.desk.view is not None
        news = Screened(counter.desk.view.crossing.id, counter.lists.screening)
        counter.desk.hear(news)
        await counter.until(lambda: "Hits on the lists: 2" in counter.said)
        counter.app.tell("something else")
        counter.desk.hear(news)
        await counter.settle()
        assert counter.said == "something else"


# -- two people -------------------------------------------------------------------------------------------------------


async def test_two_people_say_no_and_the_hit_is_gone(start: Start) -> None:
    async with start() as counter:
        await to_the_pin(counter)
        assert "is NOT entry DW-0042 of Demo: wanted persons" in " ".join(shown(counter).split())
        await counter.press(*PIN, "enter")
        await counter.until(lambda: "not this person" in counter.said)
        assert counter.lists.signed == [(("demo-watch", "DW-0042", "a1"), "birth-differs", "", "hendra")]
        assert counter.screen.place() is Where.HITS
        text = shown(counter)
        assert "HIT 1 of 1   79 %" in text
        assert "decided before, not this person: DW-0042" in text


async def test_two_people_say_yes(start: Start) -> None:
    async with start() as counter:
        await counter.look()
        await counter.press("y", "enter", "2", "enter", *PIN, "enter")
        await counter.until(lambda: "THIS PERSON" in counter.said)
        assert counter.lists.signed == [(("demo-watch", "DW-0042", "a1"), "document-same", "", "maria")]
        assert "VERIFIED" in shown(counter)


async def test_a_reason_with_a_note_asks_for_it_and_goes_back_to_it(start: Start) -> None:
    async with start() as counter:
        await counter.look()
        await counter.press("n", "5", "enter", "enter")
        assert "asks for a note" in shown(counter)
        await counter.press(*"seen", "enter")
        await counter.press("escape")
        assert field(counter).value == "seen"
        await counter.press("enter", "enter", *PIN, "enter")
        await counter.until(lambda: bool(counter.lists.signed))
        assert counter.lists.signed[0][1:] == ("other-no", "seen", "hendra")


async def test_esc_goes_one_step_back_and_leaves_all_as_it_was(start: Start) -> None:
    async with start() as counter:
        await to_the_pin(counter)
        await counter.press(*"62")
        places = []
        for _ in range(5):
            await counter.press("escape")
            places.append((counter.screen.place(), counter.screen._second.is_open))
        drawer, desk = (Where.DRAWER, True), (Where.INSPECTION, False)
        assert places == [drawer, drawer, (Where.HITS, False), desk, (Where.READY, False)]
        assert counter.lists.signed == []
        assert counter.lists.wrong == 0


async def test_nobody_who_may_sign_is_said_and_blocks_nobody(start: Start) -> None:
    async with start() as counter:
        counter.lists.may = ()
        await counter.look()
        await counter.press("n", "enter")
        assert "nobody of this counter may sign beside you" in shown(counter)
        await counter.press("escape", "escape", "escape")
        assert counter.screen.place() is Where.INSPECTION


async def test_a_wrong_pin_is_said_and_typed_anew(start: Start) -> None:
    async with start() as counter:
        await to_the_pin(counter)
        await counter.press(*"0000", "enter")
        await counter.until(lambda: counter.lists.wrong == 1 and not counter.screen._busy)
        assert "signin.wrong-pin" in shown(counter)
        assert field(counter).value == ""
        await counter.press(*PIN, "enter")
        await counter.until(lambda: bool(counter.lists.signed))


async def test_an_empty_pin_is_no_try(start: Start) -> None:
    async with start() as counter:
        await to_the_pin(counter)
        await counter.press("enter")
        assert counter.lists.wrong == 0
        assert "their PIN first" in shown(counter)


async def test_enter_twice_signs_once(start: Start) -> None:
    async with start() as counter:
        counter.desk.recording = asyncio.Event()
        await to_the_pin(counter)
        await counter.press(*PIN, "enter", "enter")
        counter.desk.recording.set()
        await counter.until(lambda: not counter.screen._busy)
        assert len(counter.lists.signed) == 1


async def test_the_pin_is_never_shown(start: Start) -> None:
    async with start() as counter:
        await to_the_pin(counter)
        await counter.press(*PIN)
        assert PIN not in shown(counter)
        assert [field(counter).password] == [True]
        await counter.press("escape")
        assert not field(counter).password
        assert field(counter).value == ""


@pytest.mark.parametrize("typed", ["", "62"])
async def test_a_scan_never_gets_into_the_pin(start: Start, typed: str) -> None:
    async with start() as counter:
        await to_the_pin(counter)
        await counter.press(*typed)
        await counter.swipe(zone())
        assert field(counter).value == typed
        assert counter.screen.place() is Where.DRAWER
        assert "same document again" in counter.said.lower()
        await counter.swipe(zone("WONG", "SIEW LING", "K5551234", "MYS"))
        await counter.until(lambda: counter.app.screen is not counter.screen)  # asked: keep, or put aside
        await counter.press("p")
        await counter.until(lambda: counter.screen._view is not None and counter.app.screen is counter.screen)
        await counter.until(lambda: "WONG" in shown(counter))
        assert not counter.screen._second.is_open
        assert field(counter).value == ""
        assert counter.lists.signed == []


async def test_the_keys_of_the_hits_stand_in_the_footer(start: Start) -> None:
    async with start() as counter:
        await counter.look()
        assert "n not this person" in footer(counter)
        assert "y this person" in footer(counter)
        await counter.press("enter")
        assert counter.screen.place() is Where.INSPECTION
