"""What a counter recorded reaches each agency's system once and in order, and what it answered goes into the feed."""

import asyncio
import json
from pathlib import Path

import pytest

from counter_tui.agencies.links import LinkTerms
from counter_tui.agencies.ports import FetchAnswer
from counter_tui.bootstrap.hub_telling import told
from counter_tui.domain.agency_links import Grade
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.words import Agency, Authority, Basis, Verdict
from counter_tui.single_window.projection import visible
from counter_tui.single_window.telling_store import State
from offline_cache.sync.ports import FeedPosition
from tests.integration.single_window.world import AGREEMENT, BUDI, NOW, close_all
from tests.integration.telling.rig import Hall, no_answer

EVERY = list(Authority)
HEALTHY = [one for one in Authority if one is not Authority.HEALTH]
CLEAR = tuple(Judgement(one, PERSON, Verdict.CLEAR, Basis.OFFICER) for one in Authority)


def parts(key: str) -> tuple[str, int]:
    """Counter and sequence of a key."""
    counter, _, sequence = key.rpartition("/")
    return counter, int(sequence)


async def test_a_decision_is_seen_by_every_agency_that_had_to_be_told(hall: Hall) -> None:
    key = hall.decide()
    await hall.tell(lambda: hall.complete(key))
    seen = hall.seen(key)
    assert seen is not None
    assert set(seen.told) == set(Authority)
    assert {answer.reference for answer in seen.answers} == {
        "IMMIGRATION-2026-000001",
        "CUSTOMS-2026-000001",
        "Encounter/E-2026-000001",
        "ANIMAL_PLANT-2026-000001",
        "SECURITY-2026-000001",
    }
    assert {answer.at for answer in seen.answers} == {NOW}
    assert [system.keys for system in hall.systems.values()] == [[key]] * 5


async def test_who_has_nothing_to_be_told_is_not_waited_for(hall: Hall) -> None:
    key = hall.decide("crossing-1", *CLEAR)
    await hall.tell(lambda: hall.complete(key))
    assert hall.systems[Authority.HEALTH].keys == []


async def test_a_later_decision_on_a_crossing_corrects_the_one_before(hall: Hall) -> None:
    first, other, second = hall.decide(), hall.decide("crossing-2"), hall.decide("crossing-1", *CLEAR)
    await hall.tell(lambda: hall.complete(first, other, second))
    for authority, system in hall.systems.items():
        assert system.keys.index(first) < system.keys.index(second), authority
    messages = [json.loads(raw) for raw in hall.systems[Authority.IMMIGRATION].took]
    assert {said["key"]: said.get("corrects") for said in messages} == {first: None, other: None, second: first}
    (amended,) = [raw for raw in hall.systems[Authority.HEALTH].took if b'"amended"' in raw]
    assert b'"PUT"' in amended


async def test_what_is_undone_is_told_as_open_again_and_to_nobody_who_was_told_nothing(hall: Hall) -> None:
    first = hall.decide()
    hall.office.look()
    told = {row.authority for row in hall.tellings.of_entry(*parts(first))}
    back = hall.take_back(first)
    hall.office.look()
    rows = hall.tellings.of_entry(*parts(back))
    assert {row.authority for row in rows} == told
    await hall.tell(lambda: hall.seen(back) is not None and len(hall.seen(back).answers) == len(told))  # type: ignore[union-attr]
    elsewhere = hall.take_back("ENT-9/7")
    hall.office.look()
    assert hall.tellings.of_entry(*parts(elsewhere)) == []
    assert hall.tellings.unreadable() == 1, "it names what is not here: for people to look at"


async def test_who_has_to_be_told_is_said_before_anybody_has_answered(hall: Hall) -> None:
    for system in hall.systems.values():
        system.before = no_answer
    key = hall.decide()
    await hall.tell(lambda: (seen := hall.seen(key)) is not None and len(seen.missing) == 5)
    assert not hall.complete(key)


def test_where_nobody_is_asked_nothing_is_said_of_it(hall: Hall) -> None:
    key = hall.decide()
    hall.office.look()
    assert hall.seen(key) is None


async def test_one_dead_agency_delays_nobody_and_is_told_when_it_is_back(hall: Hall) -> None:
    keys = [hall.decide(f"crossing-{number}") for number in range(20)]
    hall.systems[Authority.HEALTH].before = no_answer
    await hall.tell(lambda: all(len(hall.systems[one].keys) == 20 for one in HEALTHY))
    seen = hall.seen(keys[0])
    assert seen is not None
    assert seen.missing == (Authority.HEALTH,)
    hall.systems[Authority.HEALTH].before = lambda _: None
    await hall.tell(lambda: hall.complete(*keys))
    assert sorted(hall.systems[Authority.HEALTH].keys) == sorted(keys)


async def test_a_refused_one_is_set_aside_with_its_reason_and_others_go_on(hall: Hall) -> None:
    bad, good = hall.decide("crossing-bad"), hall.decide("crossing-good")
    customs = hall.systems[Authority.CUSTOMS]

    def refuse(answer: FetchAnswer) -> FetchAnswer:
        if bad.encode() in customs.took[-1]:
            return FetchAnswer(422, json.dumps({"kunci": bad, "ditolak": "KILB-CLOSED"}).encode())
        return answer

    customs.after = refuse
    await hall.tell(lambda: hall.complete(good) and (seen := hall.seen(bad)) is not None and not seen.missing)
    seen = hall.seen(bad)
    assert seen is not None
    assert [(one.authority, one.refused) for one in seen.refused] == [(Authority.CUSTOMS, "KILB-CLOSED")]
    assert not seen.complete


@pytest.mark.parametrize("answer", [FetchAnswer(500, b""), FetchAnswer(200, b"garbage"), FetchAnswer(201, b"{}")])
async def test_what_is_no_answer_to_one_message_does_not_hold_up_the_others(hall: Hall, answer: FetchAnswer) -> None:
    bad, good = hall.decide("crossing-bad"), [hall.decide(f"crossing-{number}") for number in range(10)]
    customs = hall.systems[Authority.CUSTOMS]
    customs.after = lambda real: answer if bad.encode() in customs.took[-1] else real
    await hall.tell(lambda: hall.complete(*good))
    customs.after = lambda real: real
    hall.shift = 3600  # its time has come
    await hall.tell(lambda: hall.complete(bad))
    assert customs.keys.count(bad) == 1


async def test_once_a_system_is_back_nobody_waits_for_a_time_that_was_set_while_it_was_away(hall: Hall) -> None:
    keys = [hall.decide(f"crossing-{number}") for number in range(6)]
    customs = hall.systems[Authority.CUSTOMS]
    asked: list[FetchAnswer] = []

    def away(answer: FetchAnswer) -> FetchAnswer:
        asked.append(answer)
        return FetchAnswer(503, b"")

    customs.after = away
    lanes = hall.lanes()
    running = asyncio.ensure_future(lanes.run())
    async with asyncio.timeout(20):
        while len(asked) < 6:
            await asyncio.sleep(0.005)
        customs.after = lambda answer: answer
        keys.append(hall.decide("crossing-new"))  # what was put off has its time yet before it, by the window's clock
        lanes.nudge()
        while not hall.complete(*keys):
            await asyncio.sleep(0.005)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_fault_that_nobody_foresaw_is_one_message_s_alone(hall: Hall) -> None:
    bad, good = hall.decide("crossing-bad"), [hall.decide(f"crossing-{number}") for number in range(10)]

    def fault(message: bytes) -> None:
        if bad.encode() in message:
            raise RuntimeError("nobody foresaw this")

    for system in hall.systems.values():
        system.before = fault
    await hall.tell(lambda: hall.complete(*good))
    seen = hall.seen(bad)
    assert seen is None or not seen.answers


async def test_an_answer_that_was_lost_is_given_again_and_nothing_is_there_twice(hall: Hall) -> None:
    keys = [hall.decide(f"crossing-{number}") for number in range(5)]
    lost: set[bytes] = set()
    for system in hall.systems.values():

        def lose(answer: FetchAnswer, system: object = system) -> FetchAnswer:
            if answer.body not in lost:
                lost.add(answer.body)
                no_answer(answer)
            return answer

        system.after = lose
    await hall.tell(lambda: hall.complete(*keys))
    assert len(lost) == 25
    assert [sorted(system.keys) for system in hall.systems.values()] == [sorted(keys)] * 5


async def test_what_has_no_interface_waits_and_is_said_to(hall: Hall) -> None:
    key = hall.decide()
    terms = {Authority.CUSTOMS: LinkTerms(grade=Grade.FILE), Authority.HEALTH: LinkTerms(grade=Grade.NONE)}
    await hall.tell(lambda: (seen := hall.seen(key)) is not None and len(seen.answers) == 3, terms)
    seen = hall.seen(key)
    assert seen is not None
    assert set(seen.missing) == {Authority.CUSTOMS, Authority.HEALTH}
    assert hall.office.tally(Authority.CUSTOMS).due == 1


def test_what_cannot_be_read_is_told_nobody_and_counted(hall: Hall) -> None:
    hall.send(hall.booth.record("decision", "x", b'{"no":"decision"}'))
    hall.decide("crossing-real", training=False)
    hall.send(hall.booth.record("note", "x", b"{}"))
    assert not hall.office.derive()
    assert hall.office.unreadable() == 2
    assert all(not hall.office.open(one, tuple(State), 10) for one in Authority)


def test_an_officer_s_verdict_from_a_counter_of_other_agencies_is_told_nobody(tmp_path: Path) -> None:
    hall = Hall(tmp_path, agencies=frozenset({Agency.CUSTOMS}), officer=BUDI.id)
    own = Judgement(Authority.CUSTOMS, PERSON, Verdict.CLEAR, Basis.OFFICER, "clear.checked")
    by_rule = Judgement(Authority.ANIMAL_PLANT, PERSON, Verdict.PENDING, Basis.RULE)
    key = hall.decide("crossing-1", CLEAR[0], own, by_rule)
    hall.office.look()
    refused = hall.office.open(Authority.IMMIGRATION, (State.REFUSED,), 10)
    assert [row.refused for row in refused] == ["not-entitled"]
    due = [len(hall.office.due(one, 10)) for one in (Authority.IMMIGRATION, Authority.CUSTOMS, Authority.ANIMAL_PLANT)]
    assert due == [0, 1, 1]
    seen = hall.seen(key)
    assert seen is not None
    assert [one.authority for one in seen.refused] == [Authority.IMMIGRATION]
    assert told(hall.office, {"authority": "immigration", "retry": True}) == {"retried": 0}
    close_all()


def test_a_page_of_entries_is_looked_at_a_time_each_once(hall: Hall) -> None:
    hall.send(*[hall.booth.record("note", "", b"{}") for _ in range(60)])
    hall.decide()
    assert hall.office.derive()
    assert not hall.office.derive()
    assert len(hall.office.open(Authority.IMMIGRATION, (State.DUE,), 10)) == 1
    assert not hall.office.derive()
    assert len(hall.office.open(Authority.IMMIGRATION, (State.DUE,), 10)) == 1


def test_of_what_an_agency_said_another_booth_hears_nothing(hall: Hall) -> None:
    key = hall.decide()
    hall.office.derive()
    counter, _, sequence = key.partition("/")
    hall.office._say(counter, int(sequence))
    item = hall.store.find_feed("seen", key)
    assert item is not None
    own, other = hall.window.syncing._visible("A1", FeedPosition(1, "A1", item)), FeedPosition(1, "B2", item)
    assert own is not None
    assert hall.window.syncing._visible("A1", other) is None
    shown = visible(item, {Agency.CUSTOMS}, AGREEMENT)
    assert shown is not None
    assert b"immigration" not in shown.body
