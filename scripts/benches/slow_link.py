"""A slow link between a real client and a real server, in this process: throttled, far, counted, cut, silenced.

One line a direction, shared by all connections, as with a modem; half of the round trip is added each way; a connection
takes a round trip to stand. Bytes wait where nobody passes; where it is reset, what was under way is lost.

It reads TLS 1.3 records without opening them, and so knows how many bytes of HTTP went through: a record is 5 bytes, a
byte of type and 16 of a tag longer than what is in it, and the handshake ends with the client's first protected one.
"""

import asyncio
import contextlib
import socket
import struct
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Final, Literal

HOST: Final = "127.0.0.1"
CHUNK: Final = 256
QUEUED_SECONDS: Final = 1.0
_RESET: Final = struct.pack("ii", 1, 0)
_PROTECTED: Final = 23
_BESIDE: Final = 17
Dying = Literal["reset", "silence"]


@dataclass(slots=True)
class Way:
    """One direction: when the line is free, and what went over it: all bytes of TCP, and those of HTTP."""

    free_at: float = 0.0
    bytes: int = 0
    http: int = 0


@dataclass(eq=False, slots=True)
class _Records:
    """How much of HTTP is in a direction's TLS records; `skipped` protected ones are of the handshake."""

    hello: bool = True
    left: int = 0
    head: bytearray = field(default_factory=bytearray)

    def read(self, data: bytes, shaken: bool) -> int:  # noqa: FBT001
        """How many bytes of HTTP are in these, begun records counted whole, once the hands are `shaken`."""
        found = at = 0
        while at < len(data):
            if self.left:
                taken = min(self.left, len(data) - at)
                self.left, at = self.left - taken, at + taken
                continue
            self.head.append(data[at])
            at += 1
            if len(self.head) == 5:
                self.left = int.from_bytes(self.head[3:])
                if self.head[0] == _PROTECTED:
                    if shaken and not self.hello:
                        found += self.left - _BESIDE
                    self.hello = False
                self.head.clear()
        return found


class SlowLink:
    """Made on the event loop that it runs on, with `start`. `rate` is bits a second, `round_trip` seconds."""

    def __init__(self, target: int, rate: float, round_trip: float = 0.6) -> None:
        """`target` is a port of this machine."""
        self._target, self._rate, self._half = target, rate, round_trip / 2
        self.up, self.down = Way(), Way()
        self.connections = 0
        self.cut_at: int | None = None
        self._passes = asyncio.Event()
        self._passes.set()
        self._refusing = False
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()

    async def start(self) -> int:
        """Listen; returns the port."""
        self._server = await asyncio.start_server(self._accept, HOST, 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def fall(self, dying: Dying) -> None:
        """The link is gone."""
        self._passes.clear()
        if dying == "reset":
            self._refusing = True
            self._reset_all()

    def rise(self) -> None:
        """The link is there again."""
        now = time.monotonic()
        self.up.free_at = self.down.free_at = now
        self._refusing = False
        self._passes.set()

    def lose(self) -> None:
        """What is connected hangs for ever and nobody is told, as where a router forgets; new connections pass."""
        self._passes.clear()
        self._passes = asyncio.Event()
        self._passes.set()

    async def flap(self, up: float, down: float, phase: float, dying: Dying) -> None:
        """So many seconds up, then down, again and again, begun `phase` seconds into that; until cancelled."""
        if phase < up:
            await asyncio.sleep(up - phase)
            phase = up
        while True:
            self.fall(dying)
            await asyncio.sleep(up + down - phase)
            self.rise()
            await asyncio.sleep(up)
            phase = up

    async def aclose(self) -> None:
        """End all of it."""
        self._reset_all()
        if self._server is not None:
            self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _reset_all(self) -> None:
        for writer in tuple(self._writers):
            _reset(writer)
        self._writers.clear()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._refusing:
            _reset(writer)
            return
        self.connections += 1
        self._start(self._connection(reader, writer))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        far_writer: asyncio.StreamWriter | None = None
        passes = self._passes
        try:
            await passes.wait()
            await asyncio.sleep(2 * self._half)
            far_reader, far_writer = await asyncio.open_connection(HOST, self._target)
            self._writers.add(far_writer)
            shaken = _Shaken()
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pass(self.up, reader, far_writer, passes, shaken.client))
                both.create_task(self._pass(self.down, far_reader, writer, passes, shaken.server))
        except* OSError:
            pass
        finally:
            for one in (writer, far_writer):
                if one is not None:
                    self._writers.discard(one)
                    one.close()

    async def _pass(
        self,
        way: Way,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        passes: asyncio.Event,
        http: Callable[[bytes], int],
    ) -> None:
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def take() -> None:
            chunk = b"-"
            while chunk:
                chunk = await reader.read(CHUNK)
                now = time.monotonic()
                way.free_at = max(now, way.free_at) + len(chunk) * 8 / self._rate
                waiting.put_nowait((way.free_at + self._half, chunk))
                if way.free_at - now > QUEUED_SECONDS:
                    await asyncio.sleep(way.free_at - now - QUEUED_SECONDS)

        async with asyncio.TaskGroup() as both:
            both.create_task(take())
            chunk = b"-"
            while chunk:
                due, chunk = await waiting.get()
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                await passes.wait()
                if chunk:
                    self._count(way, chunk, http)
                    writer.write(chunk)
                    await writer.drain()
                elif writer.can_write_eof():
                    with contextlib.suppress(OSError):
                        writer.write_eof()

    def _count(self, way: Way, chunk: bytes, http: Callable[[bytes], int]) -> None:
        way.bytes += len(chunk)
        way.http += http(chunk)
        if self.cut_at is not None and way is self.up and way.http >= self.cut_at:
            self.cut_at = None
            self.fall("reset")
            asyncio.get_running_loop().call_later(1.0, self.rise)


class _Shaken:
    """Both directions of one connection: the server's handshake ends when the client's first protected record went."""

    def __init__(self) -> None:
        self._client, self._server = _Records(), _Records()
        self._server.hello = False

    def client(self, data: bytes) -> int:
        """HTTP in what the client sends; its first protected record is the end of the handshake."""
        return self._client.read(data, shaken=True)

    def server(self, data: bytes) -> int:
        """HTTP in what the server sends."""
        return self._server.read(data, shaken=not self._client.hello)


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a connection at once: the other side sees a reset."""
    connection = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()
