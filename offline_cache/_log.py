"""The write-ahead log's length and end: it grows ahead of what is written to it, and goes into the file in time.

A commit that makes a file longer waits for the file system to note the new length as well, which takes as long again as
the data itself. So zeros are written ahead in steps; a commit then overwrites what is there. To SQLite they are the end
of the log: no frame of zeros has a checksum that holds.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

import apsw

FRAME: Final = 4096 + 24
STEP: Final = 64 * FRAME
AHEAD: Final = 8 * FRAME
CHECKPOINT: Final = 1000
"""Frames after which the log is moved into the file, as SQLite would by itself."""
PATIENCE: Final = 8
"""How many times as long a commit lets it grow where somebody else moves it in time: moving takes longer than it."""


class LogKeeper:
    """Told of each commit by `hook` (SQLite's WAL hook)."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._length = 0
        self._frames = 0
        self._patience = 1

    def hook(self, connection: apsw.Connection, _schema: str, frames: int) -> int:
        """After a commit, with so many frames in the log. What fails here has nothing to do with the commit."""
        self._frames = frames
        if frames >= CHECKPOINT * self._patience:
            self._move(connection)
        elif frames * FRAME + AHEAD > self._length:
            with contextlib.suppress(OSError):
                self._grow(frames * FRAME)
        return apsw.SQLITE_OK

    def settle(self, connection: apsw.Connection) -> None:
        """Between commits: move the log where it has grown long. Who calls this often spares a commit the wait."""
        self._patience = PATIENCE
        if self._frames >= CHECKPOINT:
            self._move(connection)
            self._frames = 0

    def _move(self, connection: apsw.Connection) -> None:
        # a reader or a full disk: the next commit tries again
        with contextlib.suppress(apsw.Error):
            connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)

    def emptied(self) -> None:
        """The log was cut to nothing."""
        self._length = 0

    def _grow(self, used: int) -> None:
        with self._log.open("r+b") as stream:
            end = stream.seek(0, 2)
            if end < used + STEP:
                stream.write(bytes(STEP))
            self._length = stream.tell()
