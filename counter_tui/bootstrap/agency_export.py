"""`counter agency AUTHORITY --export FOLDER --about LIST`: what the agency holds on a list's travellers, as a file.

For an agency whose system the single window does not ask: the file goes there by hand. The agency's own process makes
it, so that what is sealed is sealed before it leaves.
"""

import asyncio
import contextlib
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, TextIO
from zoneinfo import ZoneInfo

from .. import settings
from ..agencies.agency_files import KIND, MOST, VERSION, FileLine, Head, file_lines, file_name
from ..agencies.passenger_lists import read_manifest
from ..agencies.passenger_lists.expecting import expect
from ..agencies.passenger_lists.reading import open_manifest
from ..agencies.ports import Connector, Inquiry
from ..domain.documents import Document
from ..domain.words import Direction
from ..errors import AgencyError, StoreError
from ..settings_manifests import load_manifests
from . import paths
from .agency import TOKEN, Order, agency_key, connected, get_token
from .catalogues import catalogue
from .hub import N_, Teller

LANE: Final = "file"
"""Which lane a traveller will come to is not known yet."""


def export(order: Order, about: Path, into: Path, out: TextIO, language: str, *, complete: bool = False) -> int:
    """Write a file into this folder on who stands in a passenger list, and say so. Raises CounterError."""
    key = agency_key(order.authority)
    secret = get_token(paths.agency_folder(order.authority.value) / TOKEN)
    zone = ZoneInfo(settings.load_place("demo")[0].zone) if not order.system else None
    made = datetime.now(zone).astimezone(zone)
    documents = listed(about, made)

    async def ask() -> list[FileLine]:
        async with connected(order, key) as (connector, _):
            return await held_on(connector, documents, made)

    lines = asyncio.run(ask())
    head = Head(KIND, VERSION, order.authority, made, len(lines), complete)
    path = into / file_name(head)
    write(path, list(file_lines(order.authority, made, lines, secret, complete=complete)))
    say = Teller(out, catalogue(language).gettext)
    say(N_("{file}: what {authority} holds on {count} travellers."), **_counts(order, path, documents))
    say(N_("It holds personal data: give it to the single window alone, and delete it then."))
    return 0


def _counts(order: Order, path: Path, documents: Sequence[Document]) -> dict[str, str | int]:
    return {"file": path.name, "authority": order.authority.value, "count": len(documents)}


def listed(file: Path, now: datetime) -> list[Document]:
    """The documents of a passenger list, as `counter manifest` reads it. Raises AgencyError `manifest.*`."""
    rules = load_manifests()
    manifest = read_manifest(file.name, open_manifest(file), rules, now.date())
    assert now.tzinfo is not None, "aware"
    found = [one.document for one in expect(manifest, rules, now.tzinfo, Direction.ENTRY).expected]
    if len(found) * len(Direction) > MOST:
        raise AgencyError("agency.file-too-many", most=MOST)
    return found


async def held_on(connector: Connector, documents: Sequence[Document], at: datetime) -> list[FileLine]:
    """What the agency holds on each of them, coming in and going out. Raises AgencyError: a file is whole or none."""
    return [
        FileLine(document.key, way, await connector.section(Inquiry(document, way, LANE, at)))
        for document in documents
        for way in Direction
    ]


def write(path: Path, lines: Sequence[bytes]) -> None:
    """A new file for nobody else to read, under its name once it is whole.

    Raises StoreError `store.telling.file-there`, `store.telling.unwritable`.
    """
    if path.exists():
        raise StoreError("store.telling.file-there", file=path.name)
    part = path.with_suffix(".part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as written:
            written.writelines(lines)
            written.flush()
            os.fsync(written.fileno())
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise StoreError("store.telling.unwritable", file=path.name) from None
