"""Asking all authorities at once, and asking ahead."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from counter_tui.agencies.links import LinkTerms, Patience
from counter_tui.agencies.ports import ExpectedTraveller, Inquiry
from counter_tui.domain.agency_links import AgencyLink, Grade, Standing
from counter_tui.domain.sections import Section
from counter_tui.domain.texts import text
from counter_tui.domain.words import Authority, Direction
from counter_tui.errors import AgencyError
from counter_tui.single_window.fan_out import FanOut
from counter_tui.single_window.prefetch import Prefetch
from counter_tui.single_window.sightings import Sightings
from tests.integration.single_window.world import NOW, Scripted, document, section

INQUIRY = Inquiry(document(), Direction.ENTRY, "lane-1", NOW)
SILENT = AgencyError("agency.no-answer")


class Hanging(Scripted):
    """Answers once it is let."""

    def __init__(self, authority: Authority) -> None:
        super().__init__(authority)
        self.let = asyncio.Event()

    async def section(self, inquiry: Inquiry) -> Section:
        self.asked.append(inquiry)
        await self.let.wait()
        return section(self.authority)


class World:
    """A fan-out over these authorities; what it kept, what was told of its links, and a clock to set."""

    def __init__(
        self, *connectors: Scripted, patience: Patience | None = None, grades: dict[Authority, Grade] | None = None
    ) -> None:
        self.kept: list[tuple[str, Authority]] = []
        self.told: list[AgencyLink] = []
        self.clock = 0.0
        patience = patience or Patience()
        self.fan_out = FanOut(
            connectors,
            self.keep,
            monotonic=lambda: self.clock,
            now=lambda: NOW + timedelta(seconds=self.clock),
            patience=patience,
            terms={authority: LinkTerms(grade, patience) for authority, grade in (grades or {}).items()},
            changed=self.change,
            chance=lambda: 0.0,
        )

    async def keep(self, key: str, one: Section) -> None:
        self.kept.append((key, one.authority))

    async def change(self, link: AgencyLink) -> None:
        self.told.append(link)

    async def ask(self, *, ahead: bool = False) -> list[Authority]:
        return [one.authority async for one in self.fan_out.ask(INQUIRY, ahead=ahead)]


async def test_everybody_is_asked_and_what_comes_is_kept() -> None:
    world = World(*(Scripted(authority) for authority in Authority))
    assert set(await world.ask()) == set(Authority)
    await asyncio.sleep(0)
    assert world.kept == [("IDN:X1234567", authority) for authority in Authority]


async def test_one_that_hangs_delays_nobody() -> None:
    customs = Hanging(Authority.CUSTOMS)
    world = World(customs, Scripted(Authority.HEALTH))
    asking = world.fan_out.ask(INQUIRY)
    assert (await anext(asking)).authority is Authority.HEALTH
    customs.let.set()
    assert (await anext(asking)).authority is Authority.CUSTOMS
    with pytest.raises(StopAsyncIteration):
        await anext(asking)


async def test_one_that_takes_too_long_or_fails_gives_nothing() -> None:
    world = World(
        Hanging(Authority.CUSTOMS),
        Scripted(Authority.SECURITY, SILENT),
        Scripted(Authority.HEALTH),
        patience=Patience(answer=0.05),
    )
    assert await world.ask() == [Authority.HEALTH]


async def test_what_comes_after_the_asker_has_gone_is_kept_all_the_same() -> None:
    customs = Hanging(Authority.CUSTOMS)
    world = World(customs, Scripted(Authority.HEALTH))
    asking = world.fan_out.ask(INQUIRY)
    await anext(asking)
    await asking.aclose()
    customs.let.set()
    async with asyncio.timeout(5):
        while len(world.kept) < 2:
            await asyncio.sleep(0)


async def test_one_that_failed_too_often_is_left_alone_for_a_while() -> None:
    security = Scripted(Authority.SECURITY, SILENT)
    world = World(security, patience=Patience(failures=3, rest=5, longest_rest=20))
    for _ in range(5):
        assert await world.ask() == []
    assert len(security.asked) == 3

    world.clock = 5.1
    assert await world.ask() == []  # the probe
    assert await world.ask() == []
    assert len(security.asked) == 4

    world.clock = 10.3
    assert await world.ask() == []
    assert len(security.asked) == 4, "a probe that failed doubles the rest"

    world.clock = 15.2
    security.error = None
    assert await world.ask() == [Authority.SECURITY]
    security.error = SILENT
    assert await world.ask() == []
    security.error = None
    assert await world.ask() == [Authority.SECURITY]  # it begins to count anew


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_how_a_link_stands_is_told_when_it_changes_and_why() -> None:
    security = Scripted(Authority.SECURITY, AgencyError("agency.refused", status=503))
    world = World(security, patience=Patience(failures=2, rest=5))
    for _ in range(3):
        await world.ask()
    await settled()
    (resting,) = world.told
    assert (resting.authority, resting.standing, resting.why) == (
        Authority.SECURITY,
        Standing.RESTING,
        "agency.refused 503",
    )
    assert resting.until == NOW + timedelta(seconds=5)
    assert resting.last_answer is None

    world.clock, security.error = 6.0, None
    await world.ask()
    await settled()
    assert [link.standing for link in world.told] == [Standing.RESTING, Standing.ANSWERING]
    assert world.told[1].last_answer == world.told[1].since == NOW + timedelta(seconds=6)
    assert world.fan_out.links == (world.told[1],)


async def test_a_late_answer_is_kept_and_its_link_called_late() -> None:
    customs = Hanging(Authority.CUSTOMS)
    world = World(customs, Scripted(Authority.HEALTH), patience=Patience(answer=0.02, late=30, failures=1, rest=5))
    assert await world.ask() == [Authority.HEALTH]
    assert [link.standing for link in world.fan_out.links] == [Standing.RESTING, Standing.ANSWERING]
    customs.let.set()
    async with asyncio.timeout(5):
        while len(world.kept) < 2:
            await asyncio.sleep(0)
    assert world.kept[1] == ("IDN:X1234567", Authority.CUSTOMS)
    assert [link.standing for link in world.fan_out.links] == [Standing.LATE, Standing.ANSWERING], "it is asked again"
    assert set(await world.ask()) == {Authority.CUSTOMS, Authority.HEALTH}
    assert [link.standing for link in world.fan_out.links] == [Standing.ANSWERING] * 2


async def test_no_more_questions_hang_than_may() -> None:
    customs = Hanging(Authority.CUSTOMS)
    world = World(customs, patience=Patience(answer=0.01, failures=100, at_once=2))
    for lane in "ABCD":
        assert [one async for one in world.fan_out.ask(replace(INQUIRY, lane=lane))] == []
    assert len(customs.asked) == 2
    await world.fan_out.aclose()


async def test_who_asks_again_waits_for_the_same_answer() -> None:
    customs = Hanging(Authority.CUSTOMS)
    world = World(customs, patience=Patience(answer=5, failures=1))
    asking = [asyncio.create_task(world.ask()) for _ in range(3)]
    await settled()
    other = replace(INQUIRY, direction=Direction.EXIT)
    leaving = asyncio.create_task(anext(world.fan_out.ask(other)))
    await settled()
    assert [one.direction for one in customs.asked] == [Direction.ENTRY, Direction.EXIT]
    customs.let.set()
    assert await asyncio.gather(*asking) == [[Authority.CUSTOMS]] * 3
    assert (await leaving).authority is Authority.CUSTOMS
    assert len(world.kept) == 2


async def test_who_asks_again_waits_no_longer_than_the_deadline() -> None:
    customs = Hanging(Authority.CUSTOMS)
    world = World(customs, patience=Patience(answer=0.02, failures=2))
    assert await world.ask() == []
    assert world.told == []
    assert await world.ask() == []
    assert len(customs.asked) == 1
    assert [link.standing for link in world.fan_out.links] == [Standing.RESTING], "two waited in vain"
    await world.fan_out.aclose()


async def test_links_that_nobody_is_asked_over_are_told_too() -> None:
    world = World(Scripted(Authority.HEALTH), grades={Authority.HEALTH: Grade.LIVE, Authority.CUSTOMS: Grade.NONE})
    assert {link.authority: link.grade for link in world.fan_out.links} == {
        Authority.HEALTH: Grade.LIVE,
        Authority.CUSTOMS: Grade.NONE,
    }


async def test_a_fault_in_a_connector_is_its_links_alone() -> None:
    faulty = Scripted(Authority.CUSTOMS, ZeroDivisionError("a traveller's name"))
    world = World(faulty, Scripted(Authority.HEALTH), patience=Patience(failures=1))
    assert await world.ask() == [Authority.HEALTH]
    assert world.fan_out.links[0].why == "agency.fault"


class Wrong(Scripted):
    """Answers what is not its to answer, or too much."""

    def __init__(self, answer: Section) -> None:
        super().__init__(Authority.CUSTOMS)
        self.answer = answer

    async def section(self, inquiry: Inquiry) -> Section:
        return self.answer


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (section(Authority.HEALTH), "agency.other-section"),
        (replace(section(Authority.CUSTOMS), facts=(text("fact.x", said="y" * 140_000),)), "agency.too-large"),
    ],
)
async def test_a_section_that_would_spoil_the_others_goes_no_further(answer: Section, code: str) -> None:
    world = World(Wrong(answer), Scripted(Authority.HEALTH), patience=Patience(failures=1))
    assert await world.ask() == [Authority.HEALTH]
    await settled()
    assert [authority for _, authority in world.kept] == [Authority.HEALTH]
    assert world.fan_out.links[0].why == code


@pytest.mark.parametrize(
    ("grade", "asked", "ahead"),
    [(Grade.NONE, 0, 0), (Grade.FILE, 0, 0), (Grade.QUERY, 1, 0), (Grade.LIVE, 1, 1)],
)
async def test_a_links_grade_says_when_its_system_is_asked(grade: Grade, asked: int, ahead: int) -> None:
    customs = Scripted(Authority.CUSTOMS)
    world = World(customs, grades={Authority.CUSTOMS: grade})
    await world.ask()
    assert len(customs.asked) == asked
    await world.ask(ahead=True)
    assert len(customs.asked) == asked + ahead
    assert [link.grade for link in world.fan_out.links] == [grade]


class Seeking(Scripted):
    """Matches some persons itself."""

    def __init__(self, *answers: Exception | None) -> None:
        super().__init__(Authority.SECURITY)
        self.answers = list(answers)
        self.sighted: list[Inquiry] = []

    async def discreet(self, inquiry: Inquiry) -> None:
        self.sighted.append(inquiry)
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer


async def test_who_stands_at_a_counter_is_told_to_who_matches_some_itself_once() -> None:
    security = Seeking()
    world = World(security)
    await world.ask(ahead=True)
    await settled()
    assert security.sighted == []
    for _ in range(3):
        await world.ask()
    await settled()
    assert security.sighted == [INQUIRY]
    world.clock = 601
    await world.ask()
    await settled()
    assert len(security.sighted) == 2


async def test_a_sighting_is_told_until_it_was_taken_and_nobody_waits_for_it() -> None:
    security = Seeking(SILENT, SILENT)
    naps: list[float] = []

    async def sleep(seconds: float) -> None:
        naps.append(seconds)

    sightings = Sightings(security, seconds=1, monotonic=lambda: 0.0, sleep=sleep)
    sightings.tell(INQUIRY)
    await settled()
    assert security.sighted == [INQUIRY] * 3
    assert naps == [1.0, 5.0]


async def test_closing_gives_up_what_is_still_out() -> None:
    world = World(Hanging(Authority.CUSTOMS))
    asking = asyncio.create_task(world.ask())
    await asyncio.sleep(0)
    await world.fan_out.aclose()
    assert await asyncio.wait_for(asking, 5) == []


async def test_asking_ahead_asks_for_everybody_who_is_expected() -> None:
    immigration, customs = Scripted(Authority.IMMIGRATION), Scripted(Authority.CUSTOMS)
    world = World(immigration, customs)
    told: list[ExpectedTraveller] = []

    async def keep(traveller: ExpectedTraveller) -> None:
        told.append(traveller)

    ahead = Prefetch(immigration, world.fan_out, keep, lambda: NOW, pause=0)
    assert await ahead.once() == 2
    assert [one.document.number for one in told] == ["X1234567", "X7654321"]
    assert told[1].guardian == "IDN:X1234567"
    assert len(world.kept) == 4
    assert {inquiry.direction for inquiry in customs.asked} == {Direction.ENTRY}


async def test_asking_ahead_tries_again_where_nobody_tells_who_is_expected() -> None:
    class Failing(Scripted):
        tries = 0

        async def expected(self, at: object) -> tuple[ExpectedTraveller, ...]:
            self.tries += 1
            if self.tries < 3:
                raise SILENT
            raise asyncio.CancelledError

    source = Failing(Authority.IMMIGRATION)

    async def keep(_: ExpectedTraveller) -> None:
        raise AssertionError

    with pytest.raises(asyncio.CancelledError):
        await Prefetch(source, World().fan_out, keep, lambda: NOW).run(1000, retry=0)
    assert source.tries == 3


async def test_asking_ahead_one_slow_authority_holds_up_nobody_but_itself() -> None:
    customs, health = Hanging(Authority.CUSTOMS), Scripted(Authority.HEALTH)
    immigration = Scripted(Authority.IMMIGRATION)
    world = World(customs, health)

    async def keep(_: ExpectedTraveller) -> None:
        pass

    ahead = asyncio.create_task(Prefetch(immigration, world.fan_out, keep, lambda: NOW, pause=0).once())
    async with asyncio.timeout(5):
        while len(health.asked) < 2:
            await asyncio.sleep(0)
    assert len(customs.asked) == 1
    customs.let.set()
    assert await ahead == 2
    assert len(customs.asked) == 2
