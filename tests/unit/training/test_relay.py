import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from counter_tui.training.relay import HOST, Mode, Pace, Relay


@pytest.fixture
async def echo() -> AsyncIterator[tuple[str, int]]:
    """A server that gives back what it gets, and ends when the other side does."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while chunk := await reader.read(65536):
                writer.write(chunk)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, HOST, 0)
    yield server.sockets[0].getsockname()[:2]
    server.close()


@pytest.fixture
async def relay(echo: tuple[str, int]) -> AsyncIterator[Relay]:
    made = Relay(echo)
    yield made
    await made.aclose()


async def connect(relay: Relay) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection(HOST, await relay.start())


async def test_open_passes_everything_and_ends_in_good_order(relay: Relay) -> None:
    reader, writer = await connect(relay)
    sent = bytes(range(256)) * 4096  # more than all buffers hold

    async def send() -> None:
        writer.write(sent)
        await writer.drain()
        writer.write_eof()

    sending = asyncio.create_task(send())
    assert await reader.read(-1) == sent
    await sending
    writer.close()


async def test_cut_resets_what_is_connected_and_whoever_comes(relay: Relay) -> None:
    port = await relay.start()
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(b"before")
    assert await reader.readexactly(6) == b"before"

    relay.become(Mode.CUT)

    with pytest.raises(ConnectionResetError):
        await reader.read(1)
    writer.close()
    reader, writer = await asyncio.open_connection(HOST, port)
    with pytest.raises(ConnectionResetError):
        await reader.readexactly(1)
    writer.close()

    relay.become(Mode.OPEN)
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(b"after")
    assert await reader.readexactly(5) == b"after"
    writer.close()


async def test_silent_holds_back_and_loses_nothing(relay: Relay) -> None:
    reader, writer = await connect(relay)
    writer.write(b"one")
    assert await reader.readexactly(3) == b"one"

    relay.become(Mode.SILENT)
    writer.write(b"two")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await reader.read(1)

    relay.become(Mode.OPEN)
    assert await reader.readexactly(3) == b"two"
    writer.close()


async def test_silent_takes_new_connections_and_answers_none(relay: Relay) -> None:
    relay.become(Mode.SILENT)
    reader, writer = await connect(relay)
    writer.write(b"anybody?")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await reader.read(1)
    writer.close()


async def test_slow_takes_the_time_that_the_rate_and_the_way_take(relay: Relay) -> None:
    relay.become(Mode.SLOW, Pace(rate=80_000, round_trip_ms=100))
    reader, writer = await connect(relay)
    began = time.monotonic()
    writer.write(bytes(1000))  # 0.1 s on the line, each way
    await reader.readexactly(1000)
    took = time.monotonic() - began
    assert 0.1 + 0.1 < took < 2.0
    writer.close()


async def test_two_connections_share_a_slow_line(relay: Relay) -> None:
    relay.become(Mode.SLOW, Pace(rate=80_000, round_trip_ms=0))
    port = await relay.start()

    async def carry() -> None:
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(bytes(2000))
        await reader.readexactly(2000)
        writer.close()

    began = time.monotonic()
    await asyncio.gather(carry(), carry())
    assert time.monotonic() - began > 0.4  # 4,000 bytes one way; one alone would have needed 0.2 s


async def test_what_is_under_way_arrives_when_the_link_is_slow_no_more(relay: Relay) -> None:
    relay.become(Mode.SLOW, Pace(rate=300, round_trip_ms=0))
    reader, writer = await connect(relay)
    writer.write(bytes(3000))  # 80 s each way
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await reader.read(1)
    relay.become(Mode.OPEN)
    async with asyncio.timeout(5):
        await reader.readexactly(3000)
    writer.close()


async def test_nobody_behind_it_looks_like_a_reset() -> None:
    unused = await asyncio.start_server(lambda *_: None, HOST, 0)
    address = unused.sockets[0].getsockname()[:2]
    unused.close()
    relay = Relay(address)
    reader, writer = await connect(relay)
    with pytest.raises(ConnectionResetError):
        await reader.readexactly(1)
    writer.close()
    await relay.aclose()


@pytest.mark.parametrize(("rate", "round_trip"), [(0, 0), (299, 0), (10**10, 0), (9600, -1), (9600, 60_001)])
def test_a_pace_has_bounds(rate: int, round_trip: int) -> None:
    with pytest.raises(ValueError, match="pace"):
        Pace(rate, round_trip)
