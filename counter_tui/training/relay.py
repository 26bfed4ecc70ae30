"""A TCP relay between a counter and its single window, through which the link is cut, silenced or slowed: truly.

Bytes are never lost or changed, only late: as TCP has it, what a silent link holds back goes on its way when it speaks
again. A cut resets the connections, as a router that restarts does.
"""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

HOST: Final = "127.0.0.1"
CHUNK: Final = 256  # bytes that pass a slow link in one go: 0.2 s at 9.6 kbit/s
WIDE: Final = 64 << 10
QUEUE: Final = 64  # chunks under way in one direction; the sender waits for more room, as with any full buffer
_RESET: Final = struct.pack("ii", 1, 0)


class Mode(StrEnum):
    """What the link does."""

    OPEN = "open"
    CUT = "cut"
    SILENT = "silent"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class Pace:
    """How slow: bits a second, in each direction, shared by all connections; and the round trip in milliseconds."""

    rate: int = 9_600
    round_trip_ms: int = 600

    def __post_init__(self) -> None:
        """Raises ValueError outside 300 bit/s to 1 Gbit/s, and above a minute."""
        if not (300 <= self.rate <= 1_000_000_000 and 0 <= self.round_trip_ms <= 60_000):
            raise ValueError("pace")


class Relay:
    """Passes connections on to `target` (host, port). Made on the event loop that it runs on, with `start`."""

    def __init__(self, target: tuple[str, int]) -> None:
        """`target` is where the single window listens."""
        self._target = target
        self._mode = Mode.OPEN
        self._pace = Pace()
        self._speaks = asyncio.Event()
        self._speaks.set()
        self._changed = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._links: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._free_at = {"up": 0.0, "down": 0.0}

    async def start(self) -> int:
        """Listen on loopback; returns the port, which the system chose."""
        self._server = await asyncio.start_server(self._accept, HOST, 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    @property
    def mode(self) -> Mode:
        """What the link does now."""
        return self._mode

    def become(self, mode: Mode, pace: Pace | None = None) -> None:
        """Change what the link does; `pace` counts for SLOW. A cut resets what is connected, and whoever comes.

        The port stays this relay's own: a connection is taken and reset, so nobody else gets the port meanwhile.
        """
        self._mode = mode
        self._pace = pace or Pace()
        self._free_at = {"up": 0.0, "down": 0.0}
        if mode is Mode.SILENT:
            self._speaks.clear()
        else:
            self._speaks.set()
        self._changed.set()
        self._changed = asyncio.Event()
        if mode is Mode.CUT:
            self._reset_all()

    async def aclose(self) -> None:
        """Reset all connections and stop listening."""
        self._reset_all()
        if self._server is not None:
            self._server.close()
        await asyncio.gather(*self._links, return_exceptions=True)

    def _reset_all(self) -> None:
        for writer in tuple(self._writers):
            _reset(writer)
        for link in tuple(self._links):
            link.cancel()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._mode is Mode.CUT:
            _reset(writer)
            return
        self._start(self._connection(reader, writer))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._links.add(task)
        task.add_done_callback(self._links.discard)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._carry(reader, writer)
        except* OSError:
            pass  # one side has gone, and so the other was let go too

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            await self._speaks.wait()
            far_reader, far_writer = await asyncio.open_connection(*self._target)
        except (OSError, asyncio.CancelledError):
            self._let_go(writer, _reset)
            raise
        self._writers.add(far_writer)
        end: Callable[[asyncio.StreamWriter], None] = _reset
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pass("up", reader, far_writer))
                both.create_task(self._pass("down", far_reader, writer))
            end = asyncio.StreamWriter.close
        finally:
            self._let_go(writer, end)
            self._let_go(far_writer, end)

    def _let_go(self, writer: asyncio.StreamWriter, end: Callable[[asyncio.StreamWriter], None]) -> None:
        end(writer)
        self._writers.discard(writer)

    async def _pass(self, way: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One direction of one connection, to its end."""
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(QUEUE)
        async with asyncio.TaskGroup() as both:
            both.create_task(self._take(way, reader, under_way))
            both.create_task(self._deliver(under_way, writer))

    async def _take(
        self, way: str, reader: asyncio.StreamReader, under_way: asyncio.Queue[tuple[float, bytes]]
    ) -> None:
        chunk = b"-"
        while chunk:
            chunk = await reader.read(CHUNK if self._mode is Mode.SLOW else WIDE)
            await under_way.put((self._due(way, len(chunk)), chunk))

    def _due(self, way: str, size: int) -> float:
        """When the last byte of a chunk arrives: the line is taken until it has left, then comes the way."""
        now = asyncio.get_running_loop().time()
        if self._mode is not Mode.SLOW:
            return now
        self._free_at[way] = max(now, self._free_at[way]) + size * 8 / self._pace.rate
        return self._free_at[way] + self._pace.round_trip_ms / 2000

    async def _deliver(self, under_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
        while True:
            due, chunk = await under_way.get()
            await self._until(due)
            await self._speaks.wait()
            if not chunk:
                if writer.can_write_eof():
                    writer.write_eof()
                return
            writer.write(chunk)
            await writer.drain()

    async def _until(self, due: float) -> None:
        """Wait for this time, or until the link is slow no more: what is under way then arrives at once."""
        clock = asyncio.get_running_loop().time
        while self._mode is Mode.SLOW and clock() < due:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(due):
                    await self._changed.wait()


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a connection at once: the other side sees a reset, not an end in good order."""
    connection = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()
