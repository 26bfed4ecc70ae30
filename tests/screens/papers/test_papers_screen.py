"""Papers by keys alone: shown as they will be printed, in one language or all, printed, saved, stamped."""

from dataclasses import replace
from datetime import date

import pytest

from counter_tui.domain.papers.blocks import PaperKind
from counter_tui.domain.papers.rules import Format
from counter_tui.errors import DecisionError
from counter_tui.tui.screens.papers import PapersScreen
from counter_tui.workstation.papers import Ways

from .given import MALAYSIAN, PIN, Papered


@pytest.fixture
def at() -> Papered:
    return Papered()


async def test_until_when_a_foreigner_may_stay_stands_large_after_the_one_key(at: Papered) -> None:
    async with at.app.run_test(size=(80, 24)) as at.pilot:
        await at.arrive()
        assert "PERMITTED UNTIL  20 Dec 2026  Perpres 95/2024" in at.shown()
        assert "███ ███ ███ ███" in at.shown()
        assert "Enter next traveller" in at.shown()


async def test_nothing_of_it_for_a_citizen(at: Papered) -> None:
    async with at.app.run_test(size=(80, 24)) as at.pilot:
        await at.sign_in()
        await at.open()
        await at.press("enter")
        await at.until(lambda: at.screen._recorded is not None)
        assert "PERMITTED" not in at.shown()


async def test_a_rule_that_is_not_sure_says_so_and_without_one_nothing_is_made_up(at: Papered) -> None:
    async with at.app.run_test(size=(80, 24)) as at.pilot:
        assert not isinstance(at.papers.staying, str)
        at.papers.staying = replace(at.papers.staying, doubt="disputed")
        await at.arrive()
        assert "to be confirmed by the post" in at.shown()
        at.papers.staying = "stay.unknown"
        await at.press("enter")
        await at.open(**MALAYSIAN | {"number": "B7654321"})
        await at.press("enter")
        await at.until(lambda: at.screen._recorded is not None)
        assert "PERMITTED" not in at.shown()


async def test_who_was_admitted_sees_the_slip_first_and_the_notice_is_one_key_away(at: Papered) -> None:
    async with at.app.run_test(size=(80, 24)) as at.pilot:
        await at.arrive()
        await at.look()
        assert "You may stay in Indonesia until 20 Dec 2026" in at.text
        await at.press("1")
        await at.until(lambda: "NOTICE TO THE TRAVELLER" in at.text)
        assert "NOTIS KEPADA PENGEMBARA" in at.text
        await at.press("3")
        assert "NOTICE TO THE TRAVELLER" in at.text, "there is no third"


async def test_the_paper_in_one_language_after_the_other_and_all_again(at: Papered) -> None:
    async with at.app.run_test(size=(80, 24)) as at.pilot:
        await at.arrive(decided=False)
        await at.look()
        for there, gone in (("NOTICE TO", "NOTIS"), ("PEMBERITAHUAN", "NOTICE TO"), ("NOTIS", "PEMBERITAHUAN")):
            await at.press("l")
            await at.until(lambda there=there, gone=gone: there in at.text and gone not in at.text)  # type: ignore[misc]
        await at.press("l")
        await at.until(lambda: "NOTICE TO" in at.text and "NOTIS" in at.text)


async def test_a_key_prints_and_the_next_time_two_people_sign(at: Papered) -> None:
    async with at.app.run_test(size=(80, 24)) as at.pilot:
        await at.arrive()
        await at.look()
        await at.press("p")
        await at.until(lambda: "COPY 1" in at.text)
        assert at.said == "printed, entry 7"
        assert at.papers.given == [("print", "slip", "", "")]
        await at.press("p")
        await at.until(lambda: at.page._second.is_open)
        await at.press("2", "enter", "enter")
        assert "copy 1 of the admission slip" in at.shown()
        assert "the first one cannot be read" in at.shown() or "paper.copy.unreadable" in at.shown()
        await at.press(*"0000", "enter")
        await at.until(lambda: "signin.wrong-pin" in at.shown() or "PIN" in at.shown())
        assert len(at.papers.given) == 1
        await at.press(*PIN, "enter")
        await at.until(lambda: "COPY 2" in at.text)
        assert at.papers.given[1] == ("print", "slip", "unreadable", "agus")
        assert at.said == "printed, entry 7: copy 1"


async def test_a_copy_that_nobody_wants_after_all_leaves_the_paper_where_it_was(at: Papered) -> None:
    async with at.app.run_test(size=(80, 24)) as at.pilot:
        at.papers.copies = {PaperKind.SLIP: 1}
        await at.arrive()
        await at.look()
        await at.press("p")
        await at.until(lambda: at.page._second.is_open)
        await at.press("escape")
        assert isinstance(at.app.screen, PapersScreen)
        await at.press("1")
        await at.until(lambda: "NOTICE TO" in at.text)
        await at.press("escape")
        await at.until(lambda: at.shown().count("JOINT") == 1, "the desk")
        assert at.papers.given == []


async def test_a_key_saves_and_says_where(at: Papered) -> None:
    async with at.app.run_test(size=(80, 24)) as at.pilot:
        await at.arrive()
        await at.look()
        await at.press("s")
        await at.until(lambda: at.said == "saved, entry 7: /safe/notice.pdf")


async def test_what_did_not_come_out_is_told(at: Papered) -> None:
    async with at.app.run_test(size=(80, 24)) as at.pilot:
        at.papers.fails = DecisionError("paper.print-failed", status=1)
        await at.arrive()
        await at.look()
        await at.press("p")
        await at.until(lambda: at.app.said.sentence == "paper.print-failed")
        assert "COPY" not in at.text


async def test_why_there_is_no_such_paper_stands_in_its_place_and_no_key_gives_it(at: Papered) -> None:
    async with at.app.run_test(size=(80, 24)) as at.pilot:
        at.papers.why_not = {PaperKind.NOTICE: "paper.not-decided"}
        at.papers.ways_ = Ways(Format.ROLL, "paper.print-off", "paper.save-off")
        await at.arrive(decided=False)
        await at.look()
        assert at.text.strip() == "paper.not-decided"
        assert "paper.print-off" in at.shown()
        await at.press("p")
        assert at.papers.given == []


async def test_stamp_and_page_are_typed_and_stand_on_the_slip_and_at_the_desk(at: Papered) -> None:
    async with at.app.run_test(size=(80, 24)) as at.pilot:
        await at.arrive()
        await at.look()
        await at.stamping()
        assert "Admitted until 20 Dec 2026" in at.shown()
        await at.press(*"0412", "enter", *"17", "enter")
        await at.until(lambda: at.papers.admitted == [("0412", "17", None)])
        await at.until(lambda: isinstance(at.app.screen, PapersScreen) and "Stamp: 0412" in at.text)
        await at.press("escape")
        await at.until(lambda: "stamp 0412, page 17" in at.shown())


async def test_where_the_visa_says_it_the_day_is_typed_as_a_day(at: Papered) -> None:
    async with at.app.run_test(size=(80, 24)) as at.pilot:
        assert not isinstance(at.papers.staying, str)
        at.papers.staying = replace(at.papers.staying, until=None)
        at.papers.why_not = {PaperKind.SLIP: "paper.not-admitted"}
        await at.arrive()
        await at.look()
        await at.stamping()
        await at.press(*"1", "enter", *"2", "enter", *"soon", "enter")
        assert at.papers.admitted == []
        assert "year-month-day, as 2026-12-20" in at.shown()
        await at.press(*["backspace"] * 4, *"2027-01-31", "enter")
        await at.until(lambda: at.papers.admitted == [("1", "2", date(2027, 1, 31))])


async def test_no_stamp_before_the_decision_nor_where_there_is_no_stay(at: Papered) -> None:
    async with at.app.run_test(size=(80, 24)) as at.pilot:
        await at.arrive(decided=False)
        await at.look()
        await at.press("a")
        await at.until(lambda: at.app.said.sentence == "paper.not-decided")
        assert isinstance(at.app.screen, PapersScreen)


async def test_at_a_wide_screen_the_whole_paper_has_room(at: Papered) -> None:
    async with at.app.run_test(size=(120, 40)) as at.pilot:
        await at.arrive(decided=False)
        await at.look()
        await at.press("l")
        await at.until(lambda: "NOTIS" not in at.text)
        for line in at.text.splitlines():
            assert line.strip() in at.shown()
