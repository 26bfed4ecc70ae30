"""The drawer of a resident's allowance, by keys alone."""

from .conftest import Start
from .residents import BEFORE


async def test_what_is_left_and_by_whose_word(start: Start) -> None:
    async with start() as counter:
        await counter.look()
        words = counter.words
        assert "RM 60 of RM 600" in words
        assert "the single window's word" in words
        assert "RM 540 counted before it" in words
        assert "the same" in words
        assert "RM 60 drawn for this crossing" in words
        assert "RM 220 over" in words
        assert counter.at.drawn, "the single window was asked"


async def test_r_and_enter_grant_what_is_declared_as_far_as_it_may_be(start: Start) -> None:
    async with start() as counter:
        await counter.look()
        await counter.press("enter")
        await counter.until(lambda: counter.drawer is None, "closed")
        assert counter.at.done == [("grant", 6_000)]
        assert "RM 60" in counter.said
        await counter.press("r")
        await counter.until(lambda: counter.drawer is not None, "the drawer")
        assert "RM 0 of RM 600" in counter.words
        assert "but for RM 60 granted since" in counter.words


async def test_another_amount_is_typed_and_too_much_is_refused(start: Start) -> None:
    async with start() as counter:
        await counter.look()
        await counter.press("2", "enter", *"61", "enter")
        await counter.until(lambda: "too-much" in counter.drawer._drawer.problem, "refused")
        await counter.press("backspace", "backspace", *"12.50", "enter")
        await counter.until(lambda: counter.drawer is None, "closed")
        assert counter.at.done == [("grant", 1_250)]


async def test_what_is_no_amount_is_not_taken(start: Start) -> None:
    async with start() as counter:
        await counter.look()
        await counter.press("2", "enter", *"x", "enter")
        await counter.until(lambda: "no-amount" in counter.drawer._drawer.problem, "refused")
        assert counter.at.done == []


async def test_a_supervisor_grants_beyond_with_their_pin_and_somebody_confirms(start: Start) -> None:
    async with start() as counter:
        await counter.look()
        await counter.press("3", "enter", *"200", "enter", "1", "enter", *"seen", "enter", "2", "enter")
        second = await counter.second()
        assert [choice.words for choice in second.choices()][:1] == ["Hendra Kusuma"], (
            "who confirms it does not sign it"
        )
        await counter.press("1", "enter")
        assert "is granted RM 200" in counter.asked
        await counter.press(*"0000", "enter")
        await counter.until(lambda: "wrong-pin" in second.problem, "refused")
        await counter.press(*"6270", "enter")
        await counter.until(lambda: counter.drawer is None, "closed")
        assert counter.at.done == [("beyond", 20_000, "need", "seen", "maria", "hendra")]


async def test_a_grant_is_corrected_by_two(start: Start) -> None:
    async with start() as counter:
        counter.at.acts = [BEFORE]
        await counter.look()
        keys = ("4", "enter", "1", "enter", *"54", "enter", "1", "enter", *"nought", "enter")
        await counter.press(*keys)
        await counter.second()
        await counter.press("2", "enter")
        assert "RM 54: resident.reason.miskeyed" in counter.asked
        await counter.press(*"6270", "enter")
        await counter.until(lambda: counter.drawer is None, "closed")
        assert counter.at.done == [("correct", "ENT-4/3", 5_400, "miskeyed", "nought", "maria")]


async def test_without_the_link_it_says_so(start: Start) -> None:
    async with start() as counter:
        counter.alone()
        await counter.look()
        words = counter.words
        assert "RM 60 of RM 600" in words
        assert "no link since" in words
        assert "at most RM 60 without the link" in words
        assert "they differ: the greater counts" in words


async def test_what_is_owed_is_a_flag_with_who_and_when(start: Start) -> None:
    async with start() as counter:
        counter.owing()
        await counter.look()
        words = counter.words
        assert "RM 40 over in Oct 2026: a flag, no offence" in words
        assert "RM 140 over this month" in words
        assert "ENT-4 Maria L." in words
        assert "not confirmed in time: RM 200" in words


async def test_who_is_no_resident_is_told_so(start: Start) -> None:
    async with start() as counter:
        counter.at.known = False
        await counter.sign_in()
        await counter.open()
        await counter.press("r")
        await counter.until(lambda: "resident.no-resident" in counter.said, "said")


async def test_who_is_left_gives_back(start: Start) -> None:
    async with start() as counter:
        await counter.look()
        await counter.press("escape")
        await counter.until(lambda: counter.drawer is None, "closed")
        await counter.press("p")
        await counter.until(lambda: counter.at.left == 1, "given back")


async def test_where_nothing_is_declared_an_amount_is_typed(start: Start) -> None:
    async with start() as counter:
        counter.at.agency = None
        await counter.look()
        assert "RM 60 drawn" in counter.words
        await counter.press("enter", *"5", "enter")
        await counter.until(lambda: counter.drawer is None, "closed")
        assert counter.at.done == [("grant", 500)], "no key grants what nobody declared"
