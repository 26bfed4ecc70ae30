"""What none of the others has: an allowance of RM 600 a month that two counters apart cannot overspend in silence.

A real single window in a process of its own, killed while two real counters go on; over TLS, with real journals.
"""

import asyncio
import io
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.bootstrap.enrol import enrol
from counter_tui.domain.allowance.balance import debts
from counter_tui.domain.allowance.standing import Standing
from counter_tui.domain.documents import Document
from counter_tui.domain.documents.keyed import key_document
from counter_tui.domain.words import SourceState
from counter_tui.errors import DecisionError
from tests.integration.hub.living import STAFF, Booth, HubProcess, at_work, environment, invited, live_configuration

CUSTOMS = """
[[officer]]
id = "maria"
name = "Maria Lusiana"
agency = "customs"
role = "supervisor"

[[officer]]
id = "petrus"
name = "Petrus Bala"
agency = "customs"
role = "supervisor"
"""


@pytest.fixture(scope="session")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = live_configuration(tmp_path_factory.mktemp("customs") / "config")
    (folder / "officers.toml").write_text(STAFF + CUSTOMS, encoding="utf-8")
    return folder


def border_pass() -> Document:
    kind = next(one for one in settings.load_documents().kinds if one.code == "plb")
    typed = {"number": "PLB 0077", "surname": "siti", "birth": "1976-02-02", "expiry": "2027-05-05", "sex": "F"}
    found = key_document(kind, typed, datetime.now(UTC).date())
    assert isinstance(found, Document), found
    return found


async def booth_at(stack: AsyncExitStack, counter: str, home: Path) -> Booth:
    """A counter of its own, in a folder of its own."""
    code = await asyncio.to_thread(invited, counter)
    home.mkdir(mode=0o700)
    with environment(COUNTER_HOME=str(home)):
        assert await asyncio.to_thread(enrol, code, io.StringIO()) == 0
        return await stack.enter_async_context(at_work())


async def standing(booth: Booth) -> Standing:
    return (await booth.desk.residents.shown()).standing


async def until_sliced(booth: Booth) -> None:
    """Until its slice has come, with the feed."""
    async with asyncio.timeout(30):
        while (await standing(booth)).slice == 0:
            await asyncio.sleep(0.02)


async def until_down(booth: Booth) -> None:
    """Until it knows that nobody answers."""
    async with asyncio.timeout(30):
        while (status := booth.desk.status()) is None or status.down_since is None:
            await asyncio.sleep(0.02)


async def until_used(booth: Booth, sen: int) -> Standing:
    async with asyncio.timeout(30):
        while (found := await standing(booth)).used != sen:
            await asyncio.sleep(0.02)
    return found


async def test_two_counters_apart_cannot_overspend_an_allowance_in_silence(hub: HubProcess, tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        three = await booth_at(stack, "ENT-3", tmp_path / "three")
        four = await booth_at(stack, "ENT-4", tmp_path / "four")
        both = (three, four)
        for booth in both:
            await booth.desk.sign_in("maria", hub.pins["maria"])
            await booth.desk.open(border_pass())
            await until_sliced(booth)

        await three.desk.residents.draw()
        drawn = await standing(three)
        assert (drawn.source, drawn.room.of_share, drawn.room.of_slice) == (SourceState.LIVE, 60_000, 0)
        await four.desk.residents.draw()
        waits = await standing(four)
        assert (waits.room.total, waits.elsewhere) == (0, 60_000), "what one has drawn, the other has not"
        await three.desk.residents.grant(20_000)
        await until_used(four, 20_000)

        hub.kill()
        for booth in both:
            await booth.desk.residents.draw()
            await until_down(booth)
            alone = await standing(booth)
            assert (alone.source, alone.room.of_share, alone.room.of_slice) == (SourceState.CACHED, 0, 7_500)
            with pytest.raises(DecisionError, match="too-much"):
                await booth.desk.residents.grant(7_501)
            await booth.desk.residents.grant(7_500)
            assert (await standing(booth)).room.total == 0, "its slice is used, whatever the other one does"
            await booth.desk.residents.grant_beyond(25_000, "no-link", "", "petrus", None)

        await asyncio.to_thread(hub.start)
        for booth in both:
            found = await until_used(booth, 85_000)
            assert found.balance.excess(60_000) == 25_000, "nobody is spared: it is said at both"
            assert {grant.act.counter for grant, state in found.unconfirmed if state == "waits"} == {"ENT-3", "ENT-4"}
        one, other = [await standing(booth) for booth in both]
        assert one.balance == other.balance
        (debt,) = debts([grant.act for grant in one.balance.grants], "9999-12", 60_000)
        assert (debt.sen, {grant.act.officer for grant in debt.grants}) == (25_000, {"maria"})

        await three.desk.residents.draw()
        after = await standing(three)
        assert (after.source, after.room.total) == (SourceState.LIVE, 0), "nothing is left to draw"
