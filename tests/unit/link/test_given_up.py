"""Questions that are given up at any moment leave no connection behind that counts as busy."""

import asyncio
import contextlib
from collections.abc import Callable

import pytest

from counter_tui.domain.coding import to_json
from counter_tui.domain.words import Authority
from counter_tui.link.client import WindowClient
from tests.unit.domain.build import crossing, section

ROUNDS = 60


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A single window that answers each question with five sections, until its asker has gone."""
    with contextlib.closing(writer), contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
            lines = [to_json(section(a)) + b"\n" for a in Authority]
            writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
            for line in lines:
                writer.write(b"%x\r\n%s\r\n" % (len(line), line))
                await writer.drain()
            writer.write(b"0\r\n\r\n")
            await writer.drain()


def after(turns: int, then: Callable[[], object]) -> None:
    """Call `then` so many turns of the loop from now."""
    again = then if turns == 0 else lambda: after(turns - 1, then)
    asyncio.get_running_loop().call_soon(again)


@pytest.mark.parametrize("turns", range(12))
async def test_a_question_may_be_given_up_at_any_turn(turns: int) -> None:
    """`turns` turns of the loop after the last section: one of them is within the client's clearing up."""
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    client = WindowClient(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", "token")

    async def ask() -> None:
        count = 0
        async with contextlib.aclosing(client.sections(crossing())) as sections:
            async for _ in sections:
                count += 1
                if count == len(Authority):
                    after(turns, asking.cancel)

    for _ in range(ROUNDS):
        asking = asyncio.create_task(ask())
        with contextlib.suppress(asyncio.CancelledError):
            async with asyncio.timeout(5):
                await asking
    await client.aclose()
    server.close()
    await server.wait_closed()
    await asyncio.gather(*(task for task in asyncio.all_tasks() if task is not asyncio.current_task()))
