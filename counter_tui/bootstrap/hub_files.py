"""What agencies hand over as files: looked for while the hub is served, and told of in words."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC
from typing import Final

from ..single_window.file_folder import FileFolder, Refused, Taken
from .hub import N_, Teller

LOOKS: Final = 2.0
"""Seconds between looks at the folders."""


async def look_for_files(
    folders: Sequence[FileFolder], changed: Callable[[], Awaitable[None]], say: Teller, *, every: float = LOOKS
) -> None:
    """Look into the folders again and again, until cancelled; `changed` is told of news, and once at the beginning."""
    before: list[tuple[object, ...]] | None = None
    while folders:
        for folder in folders:
            for one in await asyncio.to_thread(folder.look):
                _tell(folder, one, say)
        now: list[tuple[object, ...]] = [(folder.as_of, folder.why) for folder in folders]
        if now != before:
            before = now
            await changed()
        await asyncio.sleep(every)


def _tell(folder: FileFolder, one: Taken | Refused, say: Teller) -> None:
    authority = folder.authority.value
    if isinstance(one, Taken):
        made, count = f"{one.head.made.astimezone(UTC):%Y-%m-%d %H:%M} UTC", one.head.count
        say(
            N_("By file from {authority}: {file} counts now, made {made}, {count} lines."),
            authority=authority,
            file=shown(one.file),
            made=made,
            count=count,
        )
        return
    why = say.words(one.why.code).format(**{name: shown(str(value)) for name, value in one.why.params.items()})
    said = N_("By file from {authority}: {file} is not taken. {why}")
    say(said, authority=authority, file=shown(one.file), why=why)


def shown(name: str) -> str:
    """A name that came from outside, harmless in a terminal and a log."""
    return "".join(one if one.isprintable() else "?" for one in name)[:80]
