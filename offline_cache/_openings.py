"""How often a vault was opened and closed, noted in it and beside it: an earlier copy in its place knows of fewer.

Whoever puts back the note as well is not found here, but where the journal meets its receipts.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
from pathlib import Path
from typing import Final, cast

import apsw

from ._database import beside, translated
from ._files import exists, write_atomically
from .errors import DiskFailed, VaultCorrupt

_TAG: Final = b"offline_cache openings 1 "
_MOST: Final = 256


def count_opening(path: Path, key: bytes, connection: apsw.Connection) -> None:
    """Counts one more, in the vault first. Raises VaultCorrupt `vault.older` if the note beside it knows of more.

    A disk that takes nothing does not keep a vault from being opened: then this one is not counted.
    """
    with translated(path):
        held = cast("int", connection.execute("SELECT count FROM openings").fetchall()[0][0])
        noted = _read_note(path, key)
    if noted > held:
        raise VaultCorrupt("vault.older", path=str(path), openings=held, noted=noted)
    with contextlib.suppress(DiskFailed), translated(path):
        connection.execute("UPDATE openings SET count = ?", (held + 1,)).fetchall()
        write_atomically(beside(path, ".openings"), b"%d %s" % (held + 1, _mark(key, held + 1)))


def _read_note(path: Path, key: bytes) -> int:
    """What is noted; 0 if nothing is, or nothing that was noted under this key."""
    note = beside(path, ".openings")
    number, _, mark = (note.read_bytes()[:_MOST] if exists(note) else b"").partition(b" ")
    if not number.isdigit() or not hmac.compare_digest(mark, _mark(key, int(number))):
        return 0
    return int(number)


def _mark(key: bytes, count: int) -> bytes:
    return hmac.digest(key, _TAG + b"%d" % count, hashlib.sha256).hex().encode()
