"""Secondary cases on the screen: two keys refer and free the lane; a case goes on by keys; wrong keys do nothing."""

from textual.widgets import Input

from counter_tui.domain.cases.deeds import HandedOver, Holder, HoldReviewed, TaskDone
from counter_tui.domain.cases.fold import case_of
from counter_tui.domain.procedures.closing import SignOffState
from counter_tui.domain.statements import Topic, answers
from counter_tui.domain.words import Agency, Role
from counter_tui.tui.screens.case import CaseScreen
from counter_tui.tui.screens.case_form import FormDialog
from counter_tui.workstation.news import CaseChanged
from tests.screens.frame.looking import footer, shown
from tests.screens.frame.scripted import zone

from .conftest import Start
from .working import CASE, CASH, SITI, TRAVELLER, answer, at_case, full_case, row, screen, signed


async def test_two_keys_refer_and_the_next_traveller_opens_at_once(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("s", "enter")
        await counter.until(lambda: counter.screen.state().where == "ready", "the lane is free")
        assert counter.said.startswith("SURYADI, BUDI is in secondary, case ENT-3/7")
        assert [one[1].name for one in counter.desk.judged] == ["REFER"]
        assert not counter.screen.state().parked
        await counter.open(surname="NEXT", number="X7654321")
        assert "NEXT, BUDI" in shown(counter)


async def test_the_reason_can_be_another_and_the_subject_too(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("s", "escape")
        assert "document" in shown(counter)
        await counter.press("2", "enter", "1", "enter")
        await counter.until(lambda: bool(counter.desk.judged))
        assert counter.desk.judged[0][0].kind == "document"


async def test_a_scan_while_it_is_asked_why_does_not_refer(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("s")
        await counter.swipe(zone("OTHER", "ANI", "X5555555"))
        await counter.until(lambda: "not decided yet" in shown(counter))
        assert counter.desk.judged == []


async def test_c_lists_the_cases_of_other_counters(start: Start) -> None:
    async with start() as counter:
        full_case(counter)
        await counter.sign_in()
        assert "c cases" in footer(counter)
        await counter.press("c")
        await counter.until(lambda: "SITI AMINAH" in shown(counter))
        line = row(counter, "SITI AMINAH")
        assert "ENT-5/7" in line
        assert "place.secondary" in line
        assert "2 customs: count" in line
        assert "34 min" in line


async def test_an_empty_list_says_so_and_opens_nothing(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.press("c")
        await counter.until(lambda: "no case is known here" in shown(counter))
        await counter.press("enter")
        assert counter.said == "The list is empty."


async def test_a_case_shows_both_clocks_whose_turn_it_was_and_what_is_next(start: Start) -> None:
    async with start(size=(120, 40)) as counter:
        await at_case(counter)
        text = shown(counter)
        for words in (
            "security 34:00",
            "service 34:00",
            "2 customs 31:00 count the cash",
            "link to 2 customs 2:00",
            "count the cash before a witness",
            "31:00 of 20:00",
            "not seen 12:00",
            "UU 8/2010 art. 35",
            "need.interpreter: Iban",
            "Maria L. · 2 customs · evidence room",
            "visits an aunt ≠ sells a car",
            "2 answers differ",
        ):
            assert words in text, words


async def test_enter_takes_what_is_next_a_step_further(start: Start) -> None:
    async with start() as counter:
        await at_case(counter)
        await counter.press("enter")
        assert isinstance(counter.app.screen, FormDialog)
        await answer(counter, "IDR 180 m")
        await counter.until(lambda: "done, entry" in counter.said)
        said = [act.deed.said for act in counter.desk.cases.told[CASE]]
        assert said[-1] == TaskDone("t1", "IDR 180 m")
        assert screen(counter)._item().id == "t2"  # type: ignore[union-attr]
        await counter.press("enter")
        await counter.until(lambda: counter.said.startswith("seen, entry"))


async def test_a_hand_over_is_recorded_with_the_second_persons_pin_and_not_without(start: Start) -> None:
    async with start() as counter:
        await at_case(counter)
        await counter.press("e")
        await answer(counter, "1", "maria", "wijaya")
        await signed(counter, "maria")
        assert "Maria L. signs with Wijaya Sutrisno" in shown(counter)
        before = len(counter.desk.cases.told[CASE])
        await signed(counter, "", "0000")
        await counter.until(lambda: "wrong" in counter.said)
        assert len(counter.desk.cases.told[CASE]) == before
        await signed(counter, "", "6270")
        await counter.until(lambda: counter.said.startswith("handed over"))
        custody = case_of(counter.desk.cases.told[CASE]).custody[0]
        assert [holder.name for holder in custody.holders] == ["Wijaya Sutrisno"]
        assert custody.chain[-1].signed
        assert not custody.broken


async def test_custody_said_apart_shows_both_holders_and_asks_to_settle_it(start: Start) -> None:
    async with start(size=(120, 40)) as counter:
        await at_case(counter)
        other = Holder(Agency.SECURITY, "", "Budi H.")
        counter.desk.cases.say_at(CASE, HandedOver(CASH, TRAVELLER, other), counter="ENT-9", second="x", apart=True)
        counter.desk.hear(CaseChanged(CASE))
        await counter.until(lambda: "Maria L. / Budi H." in row(counter, "CUSTODY"))
        assert "CONFLICT: case.conflict.custody" in shown(counter)


async def test_a_hold_that_nobody_can_release_is_flagged_and_raised_and_never_let_go(start: Start) -> None:
    async with start() as counter:
        counter.desk.cases.away = frozenset({"maria"})
        await at_case(counter)
        assert "NOBODY CAN RELEASE" in row(counter, "HOLD ")
        counter.clock.pass_by(60 * 60)
        await counter.until(lambda: "OFF-POST" in row(counter, "HOLD "))
        assert case_of(counter.desk.cases.told[CASE]).standing_holds


async def test_a_hold_is_placed_with_everything_it_takes(start: Start) -> None:
    async with start() as counter:
        await at_case(counter)
        await counter.press("h")
        await answer(counter, "1", "customs", "another", "UU 17/2006 art. 64", "maria", "room 2", "maria", "30")
        await counter.until(lambda: counter.said.startswith("held, entry"))
        hold = case_of(counter.desk.cases.told[CASE]).holds[-1]
        assert (hold.legal_basis, hold.custodian.place, hold.releaser) == ("UU 17/2006 art. 64", "room 2", "maria")


async def test_a_review_says_who_can_release_it_now(start: Start) -> None:
    async with start() as counter:
        await at_case(counter)
        await counter.press("down", "down", "enter")
        await answer(counter, "nobody", "", "")
        await counter.until(lambda: counter.said.startswith("reviewed"))
        said = counter.desk.cases.told[CASE][-1].deed.said
        assert said == HoldReviewed("h1", Agency.CUSTOMS, 60, "", "")
        assert "NOBODY CAN RELEASE" in row(counter, "HOLD ")


async def test_what_is_asked_is_gone_back_on_with_what_was_answered(start: Start) -> None:
    async with start() as counter:
        await at_case(counter)
        await counter.press("t")
        await answer(counter, "security", "something else", "ask again")
        await counter.press("escape")
        assert counter.app.screen.query_one(Input).value == "ask again"
        await counter.press("escape", "escape", "escape")
        assert isinstance(counter.app.screen, CaseScreen)
        assert len(counter.desk.cases.told[CASE]) == 7


async def test_wrong_keys_and_wrong_answers_change_nothing(start: Start) -> None:
    async with start() as counter:
        await at_case(counter)
        before = len(counter.desk.cases.told[CASE])
        await counter.press("x", "q", "z")
        assert "is no command here" in counter.said
        await counter.press("r")
        assert counter.said == "Mark a hold first."
        await counter.press("t")
        await answer(counter, "2", "something else", "count it", "soon")
        await counter.until(lambda: "case.no-number" in counter.said)
        assert isinstance(counter.app.screen, FormDialog)
        await counter.press("escape", "escape", "escape", "escape", "v")
        await answer(counter, "HALL-2", "25:99", "")
        await counter.until(lambda: "case.no-time" in counter.said)
        assert len(counter.desk.cases.told[CASE]) == before


async def test_the_traveller_of_a_case_is_opened_from_it(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("s", "enter")
        await counter.until(lambda: counter.screen.state().where == "ready")
        await counter.press("c")
        await counter.until(lambda: "SURYADI" in shown(counter))
        await counter.press("enter")
        await counter.until(lambda: "ABOUT" in shown(counter))
        await counter.press("o")
        await counter.until(lambda: counter.screen.state().where == "inspection")
        await counter.press("f")
        await counter.until(lambda: "CASE ENT-3" in shown(counter))


async def test_a_case_that_is_not_signed_for_says_whose_it_is_and_is_not_closed(start: Start) -> None:
    async with start() as counter:
        counter.desk.cases.unsigned = (SignOffState(Agency.CUSTOMS, Role.SUPERVISOR, 2, ("sop7",), by=("maria",)),)
        await at_case(counter)
        assert "2 of 2 customs (role.supervisor): o opens" in row(counter, "SIGN-OFF")
        assert row(counter, "SIGN-OFF").rstrip().endswith("1 of 2 signed")
        await counter.press("f")
        await counter.until(lambda: "to be signed by 2 of 2 customs" in counter.said, "told")
        assert isinstance(counter.app.screen, CaseScreen), "nothing is asked first"


async def test_who_is_not_known_here_is_not_opened_and_it_is_said(start: Start) -> None:
    async with start() as counter:
        await at_case(counter)
        await counter.press("o")
        await counter.until(lambda: "case.nobody-here" in counter.said)


async def test_an_answer_stands_beside_what_was_said_before(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        for words in ("three days", "two weeks"):
            await counter.press("a")
            await counter.until(lambda: isinstance(counter.app.screen, FormDialog))
            await answer(counter, "stay", words, "")
            await counter.until(lambda: "answer recorded" in counter.said)
            await counter.until(lambda: not isinstance(counter.app.screen, FormDialog))
        assert counter.said.endswith("before it was: three days")
        view = counter.desk.view
        assert view is not None
        said = answers(counter.desk.cases.told[view.crossing.id])
        assert [one.words for one in said[Topic.STAY]] == ["three days", "two weeks"]


async def test_where_they_are_is_said_apart_from_any_verdict(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("b")
        await answer(counter, "ward", "dr. Nining")
        await counter.until(lambda: "where they are is recorded" in counter.said)
        assert counter.desk.judged == []
        assert counter.screen.undecided


async def test_another_traveller_is_put_into_a_case(start: Start) -> None:
    async with start() as counter:
        full_case(counter)
        await counter.sign_in()
        await counter.open()
        await counter.press("f")
        await counter.until(lambda: "SITI AMINAH" in shown(counter))
        await counter.press("enter")
        await counter.until(lambda: "put into the case" in counter.said)
        assert len(case_of(counter.desk.cases.told[CASE]).crossings) == 2


async def test_a_case_is_left_with_escape_and_the_lane_is_as_it_was(start: Start) -> None:
    async with start() as counter:
        await at_case(counter)
        await counter.press("escape")
        await counter.until(lambda: counter.screen.state().where == "ready")
        assert SITI.label not in shown(counter)


async def test_a_first_item_is_named_by_its_kind_and_its_label(start: Start) -> None:
    async with start() as counter:
        await counter.sign_in()
        await counter.open()
        await counter.press("s", "enter")
        await counter.until(lambda: counter.screen.state().where == "ready")
        await counter.press("c")
        await counter.until(lambda: "SURYADI" in shown(counter))
        await counter.press("enter")
        await counter.until(lambda: "ABOUT" in shown(counter))
        await counter.press("e")
        assert "what kind of thing?" in shown(counter)
        await answer(counter, "linked.document", "passport X1234567", "SURYADI", "wijaya")
        await signed(counter, "hendra", "6270")
        await counter.until(lambda: counter.said.startswith("handed over"))
        assert "Wijaya Sutrisno" in row(counter, "document passport")


async def test_a_case_is_closed_with_its_hand_over_by_two_and_reopened(start: Start) -> None:
    async with start() as counter:
        await at_case(counter)
        await counter.press("f")
        await answer(counter, "POLRI Entikong", "with the letter")
        await signed(counter, "maria")
        assert "IDR 180 m" in shown(counter)
        await signed(counter, "", "6270")
        await counter.until(lambda: counter.said.startswith("closed, entry"))
        closed = counter.desk.cases.told[CASE][-1].deed.said
        assert (closed.to.name, closed.items, closed.holds) == ("POLRI Entikong", (CASH,), ("h1",))
        assert "f reopen" in shown(counter)
        await counter.press("f")
        await answer(counter, "a second bag was found")
        await counter.until(lambda: counter.said.startswith("reopened"))


async def test_who_may_not_release_a_hold_is_told_before_anything_is_asked(start: Start) -> None:
    async with start() as counter:
        counter.desk.cases.barred = True
        await at_case(counter)
        await counter.press("down", "down", "r")
        assert counter.said == "two.first-role"
        counter.desk.cases.barred = False
        await counter.press("r")
        await answer(counter, "verified")
        await signed(counter, "maria", "6270")
        await counter.until(lambda: counter.said.startswith("released, entry"))
        assert not case_of(counter.desk.cases.told[CASE]).standing_holds


async def test_a_document_that_is_read_while_a_case_is_looked_at_opens_at_once(start: Start) -> None:
    async with start() as counter:
        await at_case(counter)
        await counter.press("t")
        assert isinstance(counter.app.screen, FormDialog)
        await counter.open()
        assert "SURYADI, BUDI" in shown(counter)
        assert len(counter.app.screen_stack) == 2
        assert len(counter.desk.cases.told[CASE]) == 7


async def test_nothing_of_a_case_is_on_the_screen_once_the_counter_is_locked(start: Start) -> None:
    async with start() as counter:
        await at_case(counter)
        await counter.press("escape")
        await counter.until(lambda: counter.screen.state().where == "ready")
        await counter.press("l")
        await counter.until(lambda: counter.desk.officer is None)
        assert "SITI" not in shown(counter)
