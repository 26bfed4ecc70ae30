"""Asking all authorities at once, and asking ahead."""

import asyncio

import pytest

from counter_tui.agencies.ports import ExpectedTraveller, Inquiry
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Authority, Direction
from counter_tui.errors import AgencyError
from counter_tui.single_window.fan_out import FanOut, Patience
from counter_tui.single_window.prefetch import Prefetch
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
    """A fan-out over these authorities; what it kept, and a clock to set."""

    def __init__(self, *connectors: Scripted, patience: Patience | None = None) -> None:
        self.kept: list[tuple[str, Authority]] = []
        self.clock = 0.0
        self.fan_out = FanOut(connectors, self.keep, monotonic=lambda: self.clock, patience=patience or Patience())

    async def keep(self, key: str, one: Section) -> None:
        self.kept.append((key, one.authority))

    async def ask(self) -> list[Authority]:
        return [one.authority async for one in self.fan_out.ask(INQUIRY)]


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
    world = World(security, patience=Patience(failures=3, rest=5))
    for _ in range(5):
        assert await world.ask() == []
    assert len(security.asked) == 3

    world.clock = 5.1
    assert await world.ask() == []  # the probe
    assert await world.ask() == []
    assert len(security.asked) == 4

    world.clock = 10.3
    security.error = None
    assert await world.ask() == [Authority.SECURITY]
    security.error = SILENT
    assert await world.ask() == []
    security.error = None
    assert await world.ask() == [Authority.SECURITY]  # it begins to count anew


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
