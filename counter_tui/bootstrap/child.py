"""The embedded single window and agencies, as a child that ends when its parent's pipe closes, also by kill -9.

Parent and child speak JSON lines over the child's standard input and output; the first line each way sets it up.
"""

import asyncio
import contextlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..domain.words import Authority
from ..errors import LinkError
from ..workstation.ports import Rehearsal

START_SECONDS = 60.0
STOP_SECONDS = 5.0
LINE_BYTES = 64 * 1024


class Servers:
    """The child process. One command at a time; each is answered by one line."""

    def __init__(self, folder: Path, passphrase: str, place: str) -> None:
        """`folder` holds the single window's vault; `passphrase` opens its key where there is no keyring.

        `place` is the place of the demo (`posts.toml`) whose counter may enrol.
        """
        self._setup = {"folder": str(folder), "passphrase": passphrase, "place": place}
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self.port = 0

    async def start(self) -> int:
        """Start the child; the port on which the single window is reached. Raises LinkError `link.no-servers`."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "counter_tui.bootstrap.servers",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=LINE_BYTES,
        )
        ready = await self.command(self._setup, START_SECONDS)
        self.port = int(ready["port"])
        return self.port

    async def command(self, order: dict[str, Any], seconds: float = 10.0) -> dict[str, Any]:
        """Give an order and wait for its answer. Raises LinkError `link.no-servers`."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise LinkError("link.no-servers")
        async with self._turn:
            try:
                process.stdin.write(json.dumps(order).encode() + b"\n")
                await process.stdin.drain()
                line = await asyncio.wait_for(process.stdout.readline(), seconds)
                answer = json.loads(line)
            except (OSError, ValueError, TimeoutError):
                raise LinkError("link.no-servers") from None
        if not isinstance(answer, dict) or "error" in answer or answer.get("ok") is False:
            raise LinkError(
                str(answer.get("error", "link.no-servers")) if isinstance(answer, dict) else "link.no-servers"
            )
        return answer

    async def stop(self) -> None:
        """Close the pipe, and wait for the child to end; it is killed if it does not."""
        process, self._process = self._process, None
        if process is None or process.stdin is None:
            return
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


class ServersRehearsal(Rehearsal):
    """The trainer's hand on the demo's link and agencies."""

    def __init__(self, servers: Servers, doubt: Callable[[], None]) -> None:
        """Orders go to the child; `doubt` has the link looked at when one has changed it."""
        self._servers = servers
        self._doubt = doubt

    async def link(self, mode: str) -> None:
        """Make the link `open`, `cut`, `slow` (9.6 kbit/s, 600 ms round trip) or `flapping`."""
        await self._servers.command({"link": mode})
        self._doubt()

    async def behave(self, authority: Authority, behaviour: str) -> None:
        """Make an agency's system `normal`, `slow`, `failing` or `down`."""
        await self._servers.command({"agency": authority.value, "behaviour": behaviour})
