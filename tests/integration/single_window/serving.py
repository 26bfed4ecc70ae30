"""A single window in a process of its own, to be killed: `python -m tests.integration.single_window.serving FOLDER`.

Says one JSON line (its address, and a one-time code), then serves until it is killed.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

from counter_tui.single_window.app import WindowApp
from counter_tui.single_window.run import bind, serve, url_of
from tests.integration.single_window.world import NOW, counter, open_window


async def main(folder: Path) -> None:
    window, _ = open_window(folder)
    app = WindowApp(window, [], now=lambda: NOW, monotonic=time.monotonic)
    bound = bind()
    ready = asyncio.Event()
    serving = asyncio.create_task(serve({bound: app.asgi}, asyncio.Event(), ready=ready))
    await ready.wait()
    sys.stdout.write(json.dumps({"url": url_of(bound), "code": window.invite(counter())}) + "\n")
    sys.stdout.flush()
    await serving


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
