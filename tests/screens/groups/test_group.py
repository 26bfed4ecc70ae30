"""A group on the screen: what is scanned, marked, cleared, asked; and what wrong keys do not do."""

from dataclasses import replace

from counter_tui.domain.groups import Standing
from counter_tui.domain.whereabouts import Place
from counter_tui.errors import DecisionError
from counter_tui.tui.screens.group import GroupScreen
from counter_tui.workstation.news import CaseChanged
from counter_tui.workstation.stack import GroupCleared, Stack
from tests.screens.frame.looking import footer, shown
from tests.screens.frame.scripted import zone

from .conftest import Start
from .stacks import BusCounters, all_green, asked, bearer, fresh, mixed, quota, scanned, seen, stack


def group(counter: BusCounters) -> GroupScreen:
    assert isinstance(counter.app.screen, GroupScreen)
    return counter.app.screen


def pointed(counter: BusCounters) -> str:
    row = group(counter)._pointed()
    return row.document.surname if row else ""


async def test_b_lists_groups_with_counts(start: Start) -> None:
    async with start() as counter:
        counter.expect(mixed())
        await counter.sign_in()
        assert "b bus" in footer(counter)
        await counter.press("b")
        await counter.until(lambda: "SJS 1123" in shown(counter))
        (fauzi,) = (row.split() for row in shown(counter).splitlines() if "Fauzi" in row)
        assert fauzi[-7:-2] == ["4", "4", "4", "·", "·"]
        (sjs,) = (row.split() for row in shown(counter).splitlines() if "SJS" in row)
        assert sjs[-6:] == ["18", "9", "1", "7", "11", "open"]


async def test_documents_are_scanned_one_after_another_without_a_question(start: Start) -> None:
    async with start() as counter:
        await counter.work(fresh())
        await counter.swipe(zone("ADIJAYA", "BUDI", "X7700000"))
        await counter.swipe(zone("STRANGER", "BUDI", "X9999999"))
        await counter.until(lambda: len(counter.desk.groups.taken) == 2)
        await counter.until(lambda: counter.said == "Added: STRANGER, BUDI is not on the list.")
        assert isinstance(counter.app.screen, GroupScreen)
        assert counter.desk.view is None
        await counter.swipe(zone("ADIJAYA", "BUDI", "X7700000"))
        assert len(counter.desk.groups.taken) >= 2


async def test_who_is_not_in_their_seat_is_counted_by_place(start: Start) -> None:
    async with start() as counter:
        await counter.work(mixed())
        assert "not in their seats" not in shown(counter)
        counter.desk.groups.away = {bearer(2).key: seen(Place.WARD, 2), bearer(5).key: seen(Place.LEFT_POST, 5)}
        counter.desk.hear(CaseChanged("c2"))
        await counter.until(lambda: "not in their seats 2  place.ward 1 · place.left-post 1" in shown(counter))
        (row,) = [line for line in shown(counter).splitlines() if "CAHYONO" in line]
        assert "place.ward" in row


async def test_j_attests_of_all_in_sight_who_lack_nothing_else(start: Start) -> None:
    async with start() as counter:
        await counter.work(stack(scanned(0), asked(1), asked(2)))
        assert "j attest of 2: document and face, thermal check" in shown(counter)
        await counter.press("j")
        await counter.until(lambda: counter.desk.groups.attested == [bearer(1).key, bearer(2).key])
        assert counter.said.startswith("Attested of 2:")


async def test_j_where_nothing_is_to_be_attested_says_so(start: Start) -> None:
    async with start() as counter:
        await counter.work(mixed())
        await counter.press("j")
        assert counter.said == "Nothing is to be attested of anybody here."
        assert counter.desk.groups.attested == []


async def test_every_kind_of_row_says_what_it_is(start: Start) -> None:
    async with start(size=(120, 40)) as counter:
        await counter.work(mixed())
        text = shown(counter)
        for words in (
            *("c clears", "→ 2 customs", "at 2 customs", "look first", "CLEAR ✓ 118", "REFER ▲ 119", "asking…"),
            *("not on the list", "on the list of DAMRI 07", "not scanned", "parting.guardian-not-clear.child"),
        ):
            assert words in text, words


async def test_one_key_clears_with_what_was_painted_of_each_row_in_sight(start: Start) -> None:
    async with start() as counter:
        await counter.work(all_green())
        rows = all_green().rows
        await counter.press("c")
        await counter.until(lambda: bool(counter.desk.groups.cleared))
        painted = counter.desk.groups.cleared[0]
        in_sight = group(counter)._rows.size.height
        assert in_sight < len(rows)
        assert painted == {row.key: row.view.digest for row in rows[-in_sight:] if row.view is not None}


async def test_whoever_changed_out_of_sight_is_brought_into_sight_and_not_cleared(start: Start) -> None:
    async with start() as counter:
        await counter.work(all_green())
        counter.desk.groups.done = GroupCleared((), (all_green().rows[0],), ())
        await counter.press("c")
        await counter.until(lambda: "changed since they were in sight: ADIJAYA, BUDI" in counter.said)
        assert pointed(counter) == "ADIJAYA"
        assert "1 ADIJAYA" in shown(counter)
        await counter.press("c")
        await counter.until(lambda: len(counter.desk.groups.cleared) == 2)
        assert len(counter.desk.groups.cleared[1]) == len(all_green().rows)


async def test_nothing_jumps_under_the_fingers(start: Start) -> None:
    async with start() as counter:
        await counter.work(stack(*(scanned(n) for n in range(6))))
        assert pointed(counter) == "FIRDAUS"
        await counter.press("up", "up", "up")
        assert pointed(counter) == "CAHYONO"
        before = shown(counter).splitlines()
        line = next(at for at, row in enumerate(before) if row.startswith("▸"))
        counter.change(stack(*(scanned(n) for n in (0, 1, 2, 3, 4, 5, 12))))
        await counter.until(lambda: "7 MULYADI" in shown(counter))
        assert pointed(counter) == "CAHYONO"
        assert shown(counter).splitlines()[line] == before[line]


async def test_who_is_not_scanned_stays_where_they_stand_while_others_come_in_above(start: Start) -> None:
    async with start() as counter:
        await counter.work(stack(*(scanned(n) for n in range(6))))
        await counter.press(*["down"] * 12)
        name = pointed(counter)
        line = next(at for at, row in enumerate(shown(counter).splitlines()) if row.startswith("▸"))
        counter.change(stack(*(scanned(n) for n in (0, 1, 2, 3, 4, 5, 19))))
        await counter.until(lambda: "scanned 7" in shown(counter))
        assert pointed(counter) == name
        assert shown(counter).splitlines()[line].startswith("▸")


async def test_what_changed_bears_a_mark_until_it_was_seen(start: Start) -> None:
    async with start() as counter:
        first = stack(*(scanned(n) for n in range(3)))
        await counter.work(first)
        assert "●" not in shown(counter)
        worse = scanned(1, quota())
        counter.change(stack(scanned(0), worse, scanned(2)))
        await counter.until(lambda: "●" in shown(counter))
        marked = next(row for row in shown(counter).splitlines() if "●" in row)
        assert "BADARUDIN" in marked
        await counter.press("up")
        await counter.until(lambda: "●" not in shown(counter))


async def test_what_only_fills_in_bears_no_mark(start: Start) -> None:
    async with start() as counter:
        await counter.work(stack(scanned(0, waiting=True)))
        counter.change(stack(scanned(0, quota(), waiting=True)))
        counter.change(stack(scanned(0, quota())))
        await counter.until(lambda: "→ 2 customs" in shown(counter))
        assert "●" not in shown(counter)


def finished(*, missing: bool = False) -> Stack:
    rows = [replace(row, standing=Standing.CLEARED, entry=3) for row in all_green().rows]
    return stack(*(rows[:-1] if missing else rows))


async def test_a_bus_that_adds_up_is_finished_by_two_keys(start: Start) -> None:
    async with start() as counter:
        await counter.work(finished())
        await counter.press("f", "enter")
        await counter.until(lambda: counter.desk.groups.closed == [(20, "", "")])
        await counter.until(lambda: counter.screen.state().where == "ready")
        assert "finished" in counter.said


async def test_with_somebody_missing_it_asks_why_and_some_reasons_a_note(start: Start) -> None:
    async with start() as counter:
        await counter.work(finished(missing=True))
        await counter.press("f", "x", "enter")
        assert "a number, please" in shown(counter)
        await counter.press("backspace", "enter")
        assert "1 is missing" in shown(counter)
        await counter.press("5", "enter", "enter")
        assert "this reason asks for a note" in shown(counter)
        assert counter.desk.groups.closed == []
        await counter.press("g", "o", "n", "e", "enter")
        await counter.until(lambda: counter.desk.groups.closed == [(19, "walked-away", "gone")])


async def test_esc_goes_one_question_back_then_the_group_stands_open(start: Start) -> None:
    async with start() as counter:
        await counter.work(finished(missing=True))
        await counter.press("f", "enter", "escape", "escape")
        assert not group(counter)._drawer.is_open
        await counter.press("escape")
        await counter.until(lambda: counter.screen.state().where == "ready")
        assert counter.desk.groups.stack is None
        await counter.until(lambda: "stands open: b goes on with it" in counter.said)


async def test_nobody_is_left_open(start: Start) -> None:
    async with start() as counter:
        await counter.work(stack(scanned(0)))
        await counter.press("f")
        assert not group(counter)._drawer.is_open
        assert counter.said == "Still open: 1. c clears and puts aside."
        counter.change(mixed())
        await counter.press("f")
        assert counter.said == "Look first: DARMAWI, BUDI. Enter opens."
        assert pointed(counter) == "DARMAWI"


async def test_the_driver_says_a_number(start: Start) -> None:
    async with start() as counter:
        await counter.work(fresh())
        await counter.press("d", "2", "1", "enter")
        await counter.until(lambda: counter.desk.groups.said == [21])
        assert not group(counter)._drawer.is_open


async def test_one_is_looked_at_and_the_group_is_there_again(start: Start) -> None:
    async with start() as counter:
        row = scanned(0, quota())
        assert row.crossing is not None
        counter.desk.aside[row.crossing.id] = row.crossing
        await counter.work(stack(row))
        await counter.press("enter")
        await counter.until(lambda: counter.screen.state().where == "inspection")
        assert not isinstance(counter.app.screen, GroupScreen)
        await counter.swipe(zone("NEXTONE", "BUDI", "X8888888"))
        await counter.until(lambda: "NEXTONE" in counter.said)
        assert counter.desk.view is not None
        assert counter.desk.view.crossing.id == row.crossing.id
        await counter.press("p")
        await counter.until(lambda: isinstance(counter.app.screen, GroupScreen))


async def test_wrong_keys_do_nothing_and_say_why(start: Start) -> None:
    async with start() as counter:
        await counter.work(fresh())
        await counter.press("c")
        assert counter.said == "Nobody here is green and open: there is nobody to clear."
        await counter.press("enter")
        assert counter.said == "Not scanned yet: ADIJAYA, BUDI."
        await counter.press("h", "x", "s", "p", "q")
        assert counter.said == "q is no command here. ? shows the keys."
        assert isinstance(counter.app.screen, GroupScreen)
        assert counter.desk.groups.cleared == []
        assert counter.desk.judged == []


async def test_what_is_refused_is_said_and_the_drawer_stays(start: Start) -> None:
    async with start() as counter:
        await counter.work(finished())

        async def refuse(*_: object) -> None:
            raise DecisionError("group.undecided", n=1)

        counter.desk.groups.close = refuse  # type: ignore[assignment,method-assign]
        await counter.press("f", "enter")
        await counter.until(lambda: "group.undecided" in counter.said)
        assert group(counter)._drawer.is_open


async def test_a_group_that_stood_open_is_there_again_after_sign_in_and_after_a_lock(start: Start) -> None:
    async with start() as counter:
        counter.expect(mixed())
        counter.desk.groups.stood = "sjs"
        await counter.until(lambda: counter.desk.ready)
        await counter.press(*"1403", "enter")
        await counter.until(lambda: isinstance(counter.app.screen, GroupScreen))
        assert "is open: 9 scanned, 11 to go" in counter.said
        counter.desk.groups.stood = ""
        await counter.press("l")
        await counter.until(lambda: counter.desk.officer is None)
        assert bearer(0).surname not in shown(counter)
        await counter.press(*"1403", "enter")
        await counter.until(lambda: isinstance(counter.app.screen, GroupScreen))
