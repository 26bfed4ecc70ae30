"""A group as its screen asks for it: what is attested where sources are old, degraded mode, and where they are."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import cast

from counter_tui import settings
from counter_tui.domain.documents import Document
from counter_tui.domain.entries import read_decision
from counter_tui.domain.mode import ModeState
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.sections import Section
from counter_tui.domain.whereabouts import Place, Whereabouts
from counter_tui.domain.words import Authority, SourceState
from counter_tui.settings_floor import load_floor
from counter_tui.workstation.backstage import Backstage
from counter_tui.workstation.group_desk import GroupDesk

from .build import OFFICER, PIN, Rig
from .test_groups import ADAM, BADU, Make, at_work, expect, make

__all__ = ["make"]  # a fixture


async def hours_old(make: Make, hours: float = 3) -> Rig:
    """A bus whose travellers the cache holds as of some hours ago; the link is down."""
    r = make(floor=load_floor(settings.load_documents()))
    expect(r, ADAM, BADU)
    ago = r.clock.now() - timedelta(hours=hours)
    for one in (ADAM, BADU):
        for authority in Authority:
            r.booth._records.keep_section(one.key, Section(authority, SourceState.LIVE, ago), ago)
    r.link.up = False
    await r.booth.sign_in(OFFICER.id, PIN)
    return r


class Here:
    """Everything runs on the loop of the test."""

    async def run(self, work: Awaitable[object]) -> object:
        return await work


def desk(r: Rig) -> GroupDesk:
    return GroupDesk(cast("Backstage", Here()), r.booth)


async def in_sight(r: Rig) -> dict[str, str]:
    async with asyncio.timeout(10):
        while any(row.waiting for row in r.booth.stacking.show().rows):
            await asyncio.sleep(0.005)
    return {row.key: row.view.digest for row in r.booth.stacking.show().rows if row.view is not None}


async def test_what_is_old_is_attested_of_all_in_sight_and_they_are_cleared_with_it(make: Make) -> None:
    r = await hours_old(make)
    await desk(r).open("sjs")
    await desk(r).take(ADAM)
    await desk(r).take(BADU)
    painted = await in_sight(r)
    stack = r.booth.stacking.show()
    assert [bool(row.attests) for row in stack.rows] == [True, True]
    assert not any(row.stopped or row.clears for row in stack.rows)
    assert await desk(r).attest({ADAM.key: painted[ADAM.key], BADU.key: "another"}) == 1
    done = await r.booth.groups.clear(painted)
    (recorded,) = done.recorded
    body = read_decision(r.ledger.find(recorded.sequence).body)  # type: ignore[union-attr, arg-type]
    assert body.crossing.document.key == ADAM.key
    assert body.floor is not None
    assert body.floor.attested == ("document",)
    assert done.parked == ()


async def test_degraded_mode_reaches_the_group_that_is_worked(make: Make) -> None:
    r = await hours_old(make, hours=8)
    await desk(r).open("sjs")
    await desk(r).take(ADAM)
    await in_sight(r)
    assert r.booth.stacking.show().rows[0].not_green == ("floor.declare",)
    r.booth.watching.also(ModeState(("ENT-3/1",), r.clock.now(), "link", reaches=True))
    assert r.booth.stacking.show().rows[0].attests


# -- where they are ---------------------------------------------------------------------------------------------------


async def test_who_was_said_to_be_elsewhere_is_not_in_their_seat(make: Make) -> None:
    r = await at_work(make())
    for one in (ADAM, BADU):
        await r.booth.groups.take(one)
    assert await desk(r).places() == {}

    def said(document: Document, place: Place) -> None:
        row = r.booth.stacking.row(document.key)
        assert row.crossing is not None
        r.booth.acts.record("whereabouts", row.crossing.id, Whereabouts(PERSON, place), r.booth.work.signed_in())

    said(ADAM, Place.WARD)
    said(BADU, Place.VEHICLE)
    assert {key: one.place for key, one in (await desk(r).places()).items()} == {ADAM.key: Place.WARD}
    said(ADAM, Place.VEHICLE)
    said(BADU, Place.LEFT_POST)
    assert {key: one.place for key, one in (await desk(r).places()).items()} == {BADU.key: Place.LEFT_POST}
