"""Files that are whole or absent, and a lock that dies with its process. Works the same on POSIX and Windows."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO, Self


def exists(path: Path) -> bool:
    """Whether there is anything of this name, a dangling link included."""
    return os.path.lexists(path)


def write_atomically(path: Path, content: bytes) -> None:
    """Writes `content` so that `path` holds either what it held or all of this, durably; mode 0600."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes a new or removed name in `folder` durable, where the system lets a folder be opened (Windows does not)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class FileLock:
    """An exclusive lock on a file of its own, held until `release` or the end of the process."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    @classmethod
    def take(cls, path: Path) -> Self | None:
        """The lock, or None if somebody holds it (another process, or this one by another handle)."""
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        stream = os.fdopen(handle, "r+b", buffering=0)
        if _lock(stream.fileno()):
            return cls(stream)
        stream.close()
        return None

    def release(self) -> None:
        """Lets go of it. May be called twice."""
        self._stream.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        # flock, not lockf: it is not lost when another handle on the file is closed
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
