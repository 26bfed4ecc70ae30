"""An agency's system at its worst, over real sockets: refused in bounded time and memory, each way with its own code.

And its own panel alone shows it: the other four authorities answer as ever.
"""

import asyncio
import time
import tracemalloc

import pytest

from counter_tui.agencies.demo import demo_systems
from counter_tui.agencies.links import Patience
from counter_tui.agencies.ports import Connector, Inquiry
from counter_tui.agencies.remote import RemoteConnector, agency_service
from counter_tui.domain.agency_links import Standing
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Authority
from counter_tui.errors import AgencyError
from counter_tui.single_window.fan_out import FanOut
from counter_tui.training.hostile import Hostile, Hostility

from .connecting import EVERY, NOW, PEOPLE, TODAY, connector, fetches, named, of, stranger
from .sockets import over_sockets

MOST_SECONDS = 10.0
"""For a refusal, on a machine that is busy."""
BYTES = 24 << 20
"""Of memory that a refusal may take at most: the greatest answer, and as it is packed and unpacked."""
CODES = {
    Hostility.ERROR: "agency.refused",
    Hostility.GARBAGE: "agency.not-understood",
    Hostility.MIXED_UP: "agency.other-traveller",
    Hostility.DRIPPING: "agency.too-slow",
    Hostility.ENDLESS: "agency.too-large",
    Hostility.BOMB: "agency.too-large",
    Hostility.ENCODED: "agency.encoded",
    Hostility.ELSEWHERE: "agency.redirected",
    Hostility.MISTYPED: "agency.wrong-type",
    Hostility.KEY_TWICE: "agency.not-understood",
    Hostility.NAN: "agency.not-understood",
    Hostility.DEEP: "agency.not-understood",
    Hostility.HEADERS: "agency.broken",
    Hostility.CUT: "agency.not-understood",
}
WHY = {
    Hostility.KEY_TWICE: "json.key-twice",
    Hostility.NAN: "json.number",
    Hostility.DEEP: "json.too-deep",
    Hostility.CUT: "json.not-json",
}
PAIRS = [
    (authority, how)
    for authority in EVERY
    for how in Hostility
    # security's list is the same whoever is asked about: there is no record to mix up
    if (authority, how) != (Authority.SECURITY, Hostility.MIXED_UP)
]


def seconds_for(how: Hostility) -> float:
    """How long a question may take: what drips would never end."""
    return 0.4 if how is Hostility.DRIPPING else MOST_SECONDS


async def asked(authority: Authority, how: Hostility) -> AgencyError:
    system = demo_systems(PEOPLE, today=TODAY, now=lambda: NOW)[authority]
    async with over_sockets(Hostile(system, how, pause=0.02), seconds=seconds_for(how)) as fetch:
        ours = connector(authority, fetch)
        if how is Hostility.MIXED_UP:
            await ours.section(of(named("ahmad-fauzi")))
        with pytest.raises(AgencyError) as raised:
            await ours.section(stranger())
    assert raised.value.__cause__ is None, "a parser's own words quote the data"
    return raised.value


@pytest.mark.parametrize(("authority", "how"), PAIRS)
async def test_each_way_of_being_wrong_is_refused_in_time_with_its_own_code(
    authority: Authority, how: Hostility
) -> None:
    began = time.monotonic()
    error = await asked(authority, how)
    assert time.monotonic() - began < MOST_SECONDS
    assert error.code == CODES[how]
    assert error.params.get("why", "") == WHY.get(how, error.params.get("why", ""))
    if how is Hostility.ERROR:
        assert error.params["status"] == 500


@pytest.mark.parametrize("how", [Hostility.ENDLESS, Hostility.BOMB, Hostility.HEADERS, Hostility.DEEP])
async def test_a_refusal_takes_no_more_memory_than_the_greatest_answer(how: Hostility) -> None:
    await asked(Authority.CUSTOMS, how)  # what is made once is made
    tracemalloc.start()
    try:
        await asked(Authority.CUSTOMS, how)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < BYTES


@pytest.mark.parametrize("how", Hostility)
async def test_only_its_own_panel_shows_it(how: Hostility) -> None:
    kept: list[Authority] = []

    async def keep(_: str, section: Section) -> None:
        kept.append(section.authority)

    ways = fetches()
    system = Hostile(ways[Authority.CUSTOMS].app, how, pause=0.02)
    async with over_sockets(system, seconds=seconds_for(how)) as fetch:
        connectors: list[Connector] = [
            connector(authority, fetch if authority is Authority.CUSTOMS else way) for authority, way in ways.items()
        ]
        patience = Patience(answer=MOST_SECONDS, late=MOST_SECONDS, failures=1)
        fan_out = FanOut(connectors, keep, monotonic=time.monotonic, now=lambda: NOW, patience=patience)
        if how is Hostility.MIXED_UP:
            await connectors[1].section(of(named("ahmad-fauzi")))
        about: Inquiry = stranger()
        began = time.monotonic()
        came = [section.authority async for section in fan_out.ask(about)]
        assert time.monotonic() - began < MOST_SECONDS
        assert set(came) == set(Authority) - {Authority.CUSTOMS}
        async with asyncio.timeout(MOST_SECONDS):
            while Authority.CUSTOMS not in kept and fan_out.links[1].standing is not Standing.RESTING:
                await asyncio.sleep(0)
        stands = {link.authority: link.standing for link in fan_out.links}
        assert stands.pop(Authority.CUSTOMS) is Standing.RESTING
        assert set(stands.values()) == {Standing.ANSWERING}
        await fan_out.aclose()


# -- the same of an agency's own process -------------------------------------------------------------------------------


@pytest.mark.parametrize("how", Hostility)
async def test_an_agencys_own_process_is_trusted_no_further(how: Hostility) -> None:
    ours = connector(Authority.HEALTH, fetches()[Authority.HEALTH])
    system = Hostile(agency_service(ours, "secret"), how, pause=0.02)
    async with over_sockets(system, seconds=seconds_for(how), token="secret") as fetch:
        remote = RemoteConnector(Authority.HEALTH, fetch)
        if how is Hostility.MIXED_UP:
            await remote.section(of(named("ahmad-fauzi")))
        with pytest.raises(AgencyError) as raised:
            await remote.section(stranger())
    assert raised.value.code == CODES[how]
