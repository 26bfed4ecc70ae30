"""A group at a booth: scanned as a stack, cleared by one key, parked, counted, and there again after an end."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counter_tui.domain.coding import to_json
from counter_tui.domain.crossings import Crossing, Group, GroupKind
from counter_tui.domain.documents import Document, compose_mrz, read_mrz
from counter_tui.domain.entries import DECISION, read_decision
from counter_tui.domain.groups import GROUP, GroupEvent, Standing, read_group
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.sections import Contribution, Section
from counter_tui.domain.words import Authority, Band, Direction, Outcome, SourceState, Verdict
from counter_tui.errors import DecisionError
from counter_tui.workstation.news import Expected
from counter_tui.workstation.stack import Stack, StackRow

from .build import OFFICER, PIN, REASON, Rig, rig

Make = Callable[..., Rig]
BUS = Group("sjs", GroupKind.BUS, "SJS 1123", 3)
OTHER = Group("damri", GroupKind.BUS, "DAMRI 07", 9)


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[Rig] = []

    def again(**options: object) -> Rig:
        for earlier in made:
            earlier.booth.stacking.leave()
            earlier.close()
        made[:] = [rig(tmp_path, **options)]  # type: ignore[arg-type]
        return made[0]

    yield again
    for left in made:
        left.booth.stacking.leave()
        left.close()


def document(number: str, surname: str = "RAHMAN", born: date = date(1990, 5, 1)) -> Document:
    lines = compose_mrz("TD3", "P", "MYS", number, "MYS", surname, "ABDUL", "M", born, date(2030, 1, 1), "DEMO")
    read = read_mrz(lines, today=date(2026, 11, 21)).document
    assert read is not None
    return read


ADAM, BADU, CICI = document("A1000001", "ADAM"), document("A1000002", "BADU"), document("A1000003", "CICI")
CHILD = document("A1000004", "DIDI", date(2018, 5, 1))


def expect(r: Rig, *documents: Document, group: Group = BUS, guardian: str | None = None) -> None:
    for one in documents:
        held = Expected(one, group, guardian)
        r.booth._records.keep_expected(one.key, to_json(held), as_of="2026-11-21", owner="immigration")


def against(authority: Authority, verdict: Verdict = Verdict.REFER) -> Contribution:
    return Contribution(f"{authority}/x", authority, PERSON, verdict, Band.AMBER, "x", "1", 40)


def answers(r: Rig, *contributions: Contribution) -> list[Section]:
    found = {a: tuple(c for c in contributions if c.authority is a) for a in Authority}
    return [Section(a, SourceState.LIVE, r.clock.now(), found[a]) for a in Authority]


async def at_work(r: Rig, *documents: Document) -> Rig:
    expect(r, *(documents or (ADAM, BADU, CICI)))
    r.link.answers = answers(r)
    await r.booth.sign_in(OFFICER.id, PIN)
    await r.booth.groups.open("sjs")
    return r


async def scan(r: Rig, *documents: Document) -> Stack:
    """Scan them, and wait until everybody was asked about each."""
    for one in documents:
        await r.booth.groups.take(one)
    while any(row.waiting for row in stack_of(r).rows):
        await asyncio.sleep(0.005)
    return stack_of(r)


def stack_of(r: Rig) -> Stack:
    assert r.booth.stacking.stack is not None
    return r.booth.stacking.stack


def row(r: Rig, document: Document) -> StackRow:
    found = stack_of(r).find(document.key)
    assert found is not None
    return found


def painted(rows: Sequence[StackRow]) -> dict[str, str]:
    return {one.key: one.view.digest for one in rows if one.view is not None}


async def test_all_greens_by_one_key_are_an_entry_each_with_what_was_painted(make: Make) -> None:
    r = await at_work(make())
    stack = await scan(r, ADAM, BADU, CICI)
    digests = painted(stack.rows)
    done = await r.booth.groups.clear(digests)
    assert [one.crossing.document.key for one in done.recorded] == [ADAM.key, BADU.key, CICI.key]
    assert (done.changed, done.parked) == ((), ())
    for one in done.recorded:
        body = r.ledger.journal.get(one.sequence).body
        assert body is not None
        assert read_decision(body).digest == digests[one.crossing.document.key]
        assert one.complete
    assert await r.booth.parked() == ()
    assert [one.standing for one in stack_of(r).rows] == [Standing.CLEARED] * 3


async def test_who_is_not_green_goes_to_the_desk_that_leads(make: Make) -> None:
    r = await at_work(make())
    await scan(r, ADAM)
    r.link.answers = answers(r, against(Authority.CUSTOMS))
    await scan(r, BADU)
    assert await r.booth.parked() == ()
    done = await r.booth.groups.clear(painted(stack_of(r).rows))
    assert [one.key for one in done.parked] == [BADU.key]
    assert row(r, BADU).desk is Authority.CUSTOMS
    assert [one.document.key for one in await r.booth.parked()] == [BADU.key]
    again = await at_work(make())
    assert row(again, BADU).desk is Authority.CUSTOMS


async def test_a_row_that_changed_since_it_was_painted_is_not_cleared(make: Make) -> None:
    r = await at_work(make())
    stack = await scan(r, ADAM, BADU)
    digests = painted(stack.rows)
    current = r.booth.stacking.current(row(r, BADU).crossing.id)  # type: ignore[union-attr]
    assert current is not None
    r.booth._show(current, current.take(answers(r, against(Authority.SECURITY))[4]))
    done = await r.booth.groups.clear(digests)
    assert [one.crossing.document.key for one in done.recorded] == [ADAM.key]
    assert row(r, BADU).undecided


async def test_a_row_that_was_never_in_sight_is_not_cleared_and_says_so(make: Make) -> None:
    r = await at_work(make())
    stack = await scan(r, ADAM, BADU)
    done = await r.booth.groups.clear(painted(stack.rows[:1]))
    assert [one.key for one in done.changed] == [BADU.key]
    assert row(r, BADU).standing is Standing.OPEN


async def test_within_700_ms_of_getting_worse_a_row_is_not_cleared(make: Make) -> None:
    r = await at_work(make())
    await scan(r, ADAM)
    current = r.booth.stacking.current(row(r, ADAM).crossing.id)  # type: ignore[union-attr]
    assert current is not None
    current.take(answers(r, against(Authority.SECURITY))[4])
    current.take(answers(r)[4])
    r.booth.stacking.touch(current)
    await asyncio.sleep(0.05)
    assert row(r, ADAM).green
    assert (await r.booth.groups.clear(painted(stack_of(r).rows))).recorded == ()
    r.clock.pass_(1)
    assert len((await r.booth.groups.clear(painted(stack_of(r).rows))).recorded) == 1


async def test_who_is_not_on_the_list_is_added_and_said(make: Make) -> None:
    r = make()
    expect(r, BADU, group=OTHER)
    await at_work(r, ADAM)
    r.booth.stacking.leave()
    await r.booth.groups.open("sjs")
    for one, elsewhere in ((BADU, "DAMRI 07"), (CICI, "")):
        taken = (await r.booth.groups.take(one)).row
        assert (taken.listed, taken.elsewhere) == (False, elsewhere)
        assert taken.crossing is not None
        assert taken.crossing.group == BUS
    assert (await r.booth.groups.take(CICI)).again
    assert (stack_of(r).heads.added, stack_of(r).heads.to_go) == (2, 1)


async def test_killed_in_the_middle_the_stack_is_there_again(make: Make) -> None:
    r = await at_work(make())
    await scan(r, BADU)
    await r.booth.groups.clear(painted(stack_of(r).rows))
    r.clock.pass_(1)
    await scan(r, ADAM)
    again = make(clock=r.clock)
    await again.booth.sign_in(OFFICER.id, PIN)
    assert await again.booth.groups.standing() == "sjs"
    stack = await again.booth.groups.open("sjs")
    assert [(one.key, one.standing) for one in stack.rows] == [
        (BADU.key, Standing.CLEARED),
        (ADAM.key, Standing.OPEN),
        (CICI.key, Standing.TO_SCAN),
    ]
    events = [read_group(again.ledger.find(n).body).event for n in again.ledger.of_kind(GROUP)]  # type: ignore[union-attr,arg-type]
    assert events == [GroupEvent.OPENED]


async def test_without_a_link_a_group_is_worked_from_the_cache(make: Make) -> None:
    r = await at_work(make())
    await scan(r, ADAM)
    await r.booth.discard(row(r, ADAM).crossing.id)  # type: ignore[union-attr]
    assert row(r, ADAM).standing is Standing.TO_SCAN
    r.link.up = False
    await scan(r, ADAM, BADU)
    assert row(r, ADAM).green
    assert not row(r, BADU).green
    done = await r.booth.groups.clear(painted(stack_of(r).rows))
    assert [one.crossing.document.key for one in done.recorded] == [ADAM.key]
    assert [one.key for one in done.parked] == [BADU.key]


async def test_one_looked_at_by_themselves_comes_back_decided(make: Make) -> None:
    r = await at_work(make())
    await scan(r, ADAM)
    view = await r.booth.resume(row(r, ADAM).crossing.id)  # type: ignore[union-attr]
    await r.booth.judge(PERSON, Verdict.REFER, REASON, "", view.digest)
    assert (row(r, ADAM).standing, row(r, ADAM).outcome) == (Standing.KEPT, Outcome.REFER)


async def test_closing_with_people_missing_asks_why_and_records_who(make: Make) -> None:
    r = await at_work(make())
    await scan(r, ADAM, BADU)
    with pytest.raises(DecisionError, match=r"group\.undecided"):
        await r.booth.groups.close(2, "", "")
    await r.booth.groups.clear(painted(stack_of(r).rows))
    with pytest.raises(DecisionError, match=r"group\.people-missing"):
        await r.booth.groups.close(2, "", "")
    with pytest.raises(DecisionError, match="note-needed"):
        await r.booth.groups.close(2, "walked-away", "")
    done = await r.booth.groups.close(1, "walked-away", "one ran back")
    body = read_group(r.ledger.journal.get(done.sequence).body or b"")
    assert (body.event, body.missing, body.reason, body.note) == (
        GroupEvent.CLOSED,
        (CICI.key,),
        "walked-away",
        "one ran back",
    )
    assert (body.heads.scanned, body.heads.counted, body.heads.gone, body.heads.to_go) == (2, 1, 1, 1)
    assert r.booth.stacking.stack is None
    assert await r.booth.groups.standing() == ""


async def test_the_driver_says_more_than_the_list_and_that_stays(make: Make) -> None:
    r = await at_work(make())
    await r.booth.groups.say(5)
    assert stack_of(r).heads.to_go == 5
    again = make()
    await again.booth.sign_in(OFFICER.id, PIN)
    assert (await again.booth.groups.open("sjs")).heads.said == 5


async def test_a_child_is_not_cleared_by_the_one_key_without_its_guardian(make: Make) -> None:
    r = make()
    expect(r, CHILD, guardian=ADAM.key)
    await at_work(r, ADAM, BADU)
    r.link.answers = answers(r, against(Authority.CUSTOMS))
    await scan(r, ADAM)
    r.link.answers = answers(r)
    await scan(r, CHILD, BADU)
    parting = row(r, CHILD).parting
    assert parting is not None
    assert parting.why == "parting.guardian-not-clear"
    done = await r.booth.groups.clear(painted(stack_of(r).rows))
    assert [one.crossing.document.key for one in done.recorded] == [BADU.key]
    assert {one.key: one.desk for one in done.parked} == {
        ADAM.key: Authority.CUSTOMS,
        CHILD.key: Authority.CUSTOMS,
    }


async def test_a_guardian_on_another_list_is_told(make: Make) -> None:
    r = make()
    expect(r, ADAM, group=OTHER)
    expect(r, CHILD, guardian=ADAM.key)
    await at_work(r, BADU)
    await scan(r, CHILD)
    parting = row(r, CHILD).parting
    assert parting is not None
    assert parting.why == "parting.other-group"


async def test_the_list_of_groups_counts_each(make: Make) -> None:
    r = make()
    expect(r, document("A1000009", "ZAIN"), group=OTHER)
    await at_work(r)
    await scan(r, ADAM, BADU)
    await r.booth.groups.clear(painted(stack_of(r).rows[:1]))
    sjs, damri = await r.booth.groups.lines()
    assert (sjs.group.id, sjs.open, damri.group.id, damri.open) == ("sjs", True, "damri", False)
    assert (sjs.heads.listed, sjs.heads.scanned, sjs.heads.cleared, sjs.heads.open) == (3, 2, 1, 1)
    assert (damri.heads.listed, damri.heads.said, damri.heads.scanned) == (1, 9, 0)


async def test_after_sign_out_nothing_of_the_group_is_in_memory(make: Make) -> None:
    r = await at_work(make())
    await scan(r, ADAM)
    await r.booth.sign_out()
    assert r.booth.stacking.stack is None
    with pytest.raises(DecisionError, match=r"group\.none|signin"):
        await r.booth.groups.take(BADU)


async def test_who_went_on_at_another_counter_is_not_scanned_again(make: Make) -> None:
    r = make()
    await at_work(r)
    await scan(r, ADAM)
    (recorded,) = (await r.booth.groups.clear(painted(stack_of(r).rows))).recorded
    body = r.ledger.journal.get(recorded.sequence).body
    assert body is not None
    crossing = read_decision(body).crossing
    elsewhere = replace(read_decision(body), crossing=replace(crossing, id="there", document=BADU))
    r.booth.feeding.keep(DECISION, "ENT-2/9", to_json(elsewhere), as_of="2026-11-21T05:13:00.000Z", owner="ENT-2")
    await r.booth.groups.open("sjs")
    assert (row(r, BADU).standing, row(r, BADU).counter) == (Standing.CLEARED, "ENT-2")
    assert (stack_of(r).heads.cleared, stack_of(r).heads.to_go) == (2, 1)


async def test_a_guardian_who_went_the_other_way_is_told(make: Make) -> None:
    r = make()
    expect(r, CHILD, guardian=ADAM.key)
    await at_work(r, BADU)
    gone = Crossing("x", Direction.EXIT, "B", ADAM, r.clock.now())
    r.booth._behind.opening.persons.note(gone, Outcome.CLEAR, "ENT-2", "2026-11-21T05:13:00.000Z")
    r.booth.stacking.leave()
    await r.booth.groups.open("sjs")
    await scan(r, CHILD)
    parting = row(r, CHILD).parting
    assert parting is not None
    assert parting.why == "parting.other-direction"


async def test_a_bus_of_which_no_list_has_come_is_worked_too(make: Make) -> None:
    r = await at_work(make())
    stack = await r.booth.groups.open("")
    assert (stack.group.name, stack.rows, stack.heads.said) == ("12:14", (), 0)
    await scan(r, CICI)
    assert row(r, CICI).listed
    assert (stack_of(r).heads.added, stack_of(r).heads.over, stack_of(r).heads.to_go) == (0, 0, 0)
    assert await r.booth.groups.standing() == stack.group.id


async def test_who_was_put_aside_before_is_taken_onto_the_stack_with_their_crossing(make: Make) -> None:
    r = await at_work(make())
    r.booth.stacking.leave()
    stranger = document("A1000009", "ZAIN")
    view = await r.booth.open(stranger)
    await r.booth.park()
    await r.booth.groups.open("sjs")
    taken = (await r.booth.groups.take(stranger)).row
    assert taken.crossing is not None
    assert (taken.crossing.id, taken.crossing.group) == (view.crossing.id, BUS)
    assert len(r.booth._records.open_crossings()) == 1


async def test_who_looks_at_a_group_and_goes_again_leaves_nothing(make: Make) -> None:
    r = await at_work(make())
    r.booth.stacking.leave()
    assert r.ledger.of_kind(GROUP) == []
    assert await r.booth.groups.standing() == ""
