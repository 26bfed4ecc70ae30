"""A connector over a file: what an agency's own connector said of some travellers, sealed, put into a folder, read."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from counter_tui.agencies.agency_files import KIND, VERSION, FileLine, Head, file_lines, file_name
from counter_tui.agencies.ports import Connector, Inquiry
from counter_tui.domain.words import Authority, Direction
from counter_tui.single_window.file_folder import FileFolder

from .connecting import NOW

SECRET = "the secret of its process"


async def lines_of(connector: Connector, inquiries: Iterable[Inquiry]) -> list[FileLine]:
    """What it says of each of them, in both directions."""
    return [
        FileLine(one.document.key, way, await connector.section(replace(one, direction=way)))
        for one in inquiries
        for way in Direction
    ]


def put(
    folder: Path,
    authority: Authority,
    lines: list[FileLine],
    made: datetime = NOW,
    *,
    secret: str = SECRET,
    complete: bool = False,
) -> Path:
    """A file as `counter agency AUTHORITY --export` writes it."""
    path = folder / file_name(Head(KIND, VERSION, authority, made, len(lines), complete))
    path.write_bytes(b"".join(file_lines(authority, made, lines, secret, complete=complete)))
    return path


def folder_of(authority: Authority, folder: Path, now: datetime = NOW) -> FileFolder:
    """The link by file over a folder, which was looked into."""
    made = FileFolder(authority, folder, SECRET, lambda: now)
    made.look()
    return made
