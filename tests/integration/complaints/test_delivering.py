"""What users of other systems complain about, where entries go to the single window: each over a real link, rebuilt.

A real single window in a process of its own, over TLS; a real counter; between them a link that is slowed and broken.
"""

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import count, pairwise

import pytest

from counter_tui.bootstrap.delivery import DeliveryLoop
from counter_tui.domain.entries import DECISION
from offline_cache import EntryState
from offline_cache.signing import generate, sign
from scripts.benches.delivering import Booth, Clock, Post, booth, post, slow_link
from scripts.benches.slow_link import SlowLink

QUICK = 1_000_000.0
SECONDS = 20.0
NAMES = count(1)


@pytest.fixture(scope="module")
def window() -> Iterator[Post]:
    with post() as at:
        yield at


@dataclass
class Place:
    """A counter, and its link."""

    name: str
    booth: Booth
    link: SlowLink
    port: int

    def states(self) -> list[EntryState]:
        return list(reversed(self.booth.ledger.lines(10_000)))

    async def received(self, number: int) -> None:
        """Until so many have their receipts."""
        await self.booth.until_waiting(len(self.states()) - number, SECONDS)


@asynccontextmanager
async def place(window: Post, rate: float = QUICK, round_trip: float = 0.05) -> AsyncIterator[Place]:
    name = f"C-{next(NAMES)}"
    async with booth(window, name) as counter, slow_link(window, rate, round_trip) as (link, port):
        yield Place(name, counter, link, port)


def held(window: Post, at: Place) -> tuple[int, int]:
    """Entries that the single window has of a counter, and those in its chain."""
    said = window.order(entries=at.name)
    return said["entries"], said["chain"]


async def test_1_nothing_is_stuck_in_sending_for_ever(window: Post) -> None:
    """opencrvs-core #12292, #9866: a request that never ends holds up nothing."""
    async with place(window, 64_000) as at:
        at.booth.record(30, 1)
        async with at.booth.delivering(at.port):
            await at.received(1)
            at.link.lose()  # what is under way hangs, and nobody is told
            await at.booth.until_waiting(0, SECONDS)
        assert at.link.connections > 1
        assert {line.state for line in at.states()} == {"received"}
    assert held(window, at) == (31, 31)


async def test_2_a_slow_link_makes_no_duplicates(window: Post) -> None:
    """opencrvs-core #7477, odoo #152259: what arrived, and whose answer was lost, is sent again and stored once."""
    async with place(window, round_trip=0.2) as at:
        at.booth.record(20, 2)
        async with at.booth.delivering(at.port):
            for more in (0, 5):
                while held(window, at)[0] <= more:  # they are there, and their receipt is on its way
                    await asyncio.sleep(0.01)
                at.link.fall("reset")
                assert at.booth.waiting() > 0
                at.link.rise()
            await at.booth.until_waiting(0, SECONDS)
        assert at.link.connections > 1
    assert held(window, at) == (21, 21)


async def test_3_two_offline_records_of_one_traveller_meet(window: Post) -> None:
    """opencrvs-core #7215, cht-core #6363: two counters decide offline; afterwards each has what the other decided."""
    async with place(window) as first, place(window) as second:
        first.booth.record(3, 3)
        second.booth.record(3, 3)  # the very same travellers
        async with first.booth.delivering(first.port), second.booth.delivering(second.port):
            await first.booth.until_waiting(0, SECONDS)
            await second.booth.until_waiting(0, SECONDS)
            for one, other in ((first, second), (second, first)):
                one.booth.delivery.doubt()
                keys = {f"{other.name}/{sequence}" for sequence in (2, 3, 4)}
                async with asyncio.timeout(SECONDS):
                    while not keys <= decided_elsewhere(one):
                        await asyncio.sleep(0.01)
    assert held(window, first) == held(window, second) == (4, 4)


def decided_elsewhere(at: Place) -> set[str]:
    return {str(row[0]) for row in at.booth.vault.execute("SELECT key FROM records WHERE kind = ?", (DECISION,))}


async def test_6_what_comes_out_of_order_breaks_nothing(window: Post) -> None:
    """getodk/central #669, #698, #805: an alert overtakes the rest, and the chain closes behind it."""
    async with place(window, 64_000, 0.2) as at:
        for number in range(40):
            body = b'{"text":"%s"}' % hashlib.sha512(b"%d" % number).hexdigest().encode()
            at.booth.ledger.append("note", "", body, signer=at.booth.session)
        at.booth.ledger.append("alert", "", b'{"text":"help"}', signer=at.booth.session)
        async with at.booth.delivering(at.port):
            async with asyncio.timeout(SECONDS):
                while at.states()[-1].state != "received":
                    await asyncio.sleep(0.01)
            assert at.booth.waiting() > 0, "it did not wait for what was recorded before"
            await at.booth.until_waiting(0, SECONDS)
    assert held(window, at) == (42, 42)


async def test_8_the_green_light_does_not_lie(window: Post) -> None:
    """vaccine_registry #88, cht-core #8303: an answer that is not the single window's signed word is no receipt."""
    async with place(window) as at:
        stranger = base64.b64encode(generate().public).decode()
        of_another = replace(at.booth.identity, window_key=stranger)
        delivery = DeliveryLoop(at.booth.vault, at.booth.ledger.outbox, of_another, Clock())
        told = asyncio.Event()
        at.booth.record(2, 8)
        at.booth.delivery = delivery
        async with at.booth.delivering(at.port):
            hear, said = delivery._hear, []

            def listen(word: str) -> None:
                hear(word)
                said.append(word)
                if word == "trouble":
                    told.set()

            delivery.listen(listen)
            async with asyncio.timeout(SECONDS):
                await told.wait()
        assert held(window, at)[0] > 0, "it arrived, and still nothing says so that can be trusted"
        assert {line.state for line in at.states()} <= {"recorded", "sent"}
        assert "received" not in said
        assert delivery.down_since is not None


@dataclass
class Unknown:
    """Signs in a session that was never opened."""

    session: str = "0" * 16
    certificate: bytes = b""

    def sign(self, message: bytes) -> bytes:
        return sign(generate().private, message)


async def with_one_bad(window: Post) -> list[EntryState]:
    async with place(window) as at:
        at.booth.record(9, 9)
        at.booth.ledger.append(DECISION, "bad", b"{}", signer=Unknown())
        at.booth.record(9, 10)
        async with at.booth.delivering(at.port):
            await at.booth.until_waiting(0, SECONDS)
        states = at.states()
    assert held(window, at) == (19, 19), "all but the one, which stands in the chain by its hash alone"
    return states


async def test_9_an_error_names_the_record_and_why(window: Post) -> None:
    """SORMAS #9832: not "sync error", but this entry, for this reason."""
    refused = [line for line in await with_one_bad(window) if line.state == "refused"]
    assert [(line.sequence, line.group, line.reason) for line in refused] == [(11, "bad", "unknown-session")]


async def test_10_one_bad_record_blocks_no_other(window: Post) -> None:
    """commcare-android #1807, #1823."""
    states = await with_one_bad(window)
    assert {line.state for line in states if line.sequence != 11} == {"received"}
    assert len(states) == 20


async def test_17_every_moment_of_connection_brings_something_through(window: Post) -> None:
    """pouchdb #3999, cht-core #7528: a link that is never there for long enough for a batch."""
    async with place(window, 64_000, 0.1) as at:
        at.booth.record(70, 17)
        left = [at.booth.waiting()]
        async with at.booth.delivering(at.port):
            while at.booth.waiting():
                await asyncio.sleep(2)
                at.link.fall("reset")
                left.append(at.booth.waiting())
                await asyncio.sleep(0.3)
                at.link.rise()
        assert len(left) > 2, "the link was too good"
        assert all(later < earlier for earlier, later in pairwise(left)), left
    assert held(window, at) == (71, 71)


async def test_18_a_partition_leaves_no_queue_stuck(window: Post) -> None:
    """powersync.dart #307, automerge-classic #305: what was recorded meanwhile, and what was lost, goes by itself."""
    async with place(window, 64_000) as at:
        at.booth.record(10, 18)
        async with at.booth.delivering(at.port):
            await at.received(2)
            at.link.lose()
            at.link.fall("silence")
            at.booth.record(5, 19)  # nobody says so: it is found
            await asyncio.sleep(1)
            at.link.rise()
            await at.booth.until_waiting(0, SECONDS)
    assert held(window, at) == (16, 16)
