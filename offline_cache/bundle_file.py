"""Files on a medium that may be full, locked against writing, or pulled out: whole or absent, and said which.

Unlike a vault's files these lie where a person carries them away, on file systems that know neither modes nor links.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from ._files import sync_folder
from .errors import DiskFailed, DiskFull

_SAID: Final = {
    errno.EROFS: "bundle.read-only",
    errno.EACCES: "bundle.not-allowed",
    errno.EPERM: "bundle.not-allowed",
    errno.ENOENT: "bundle.no-place",
    errno.ENOTDIR: "bundle.no-place",
    errno.EISDIR: "bundle.no-file",
    errno.ENODEV: "bundle.pulled-out",
    errno.ENXIO: "bundle.pulled-out",
    errno.EIO: "bundle.pulled-out",
    errno.EFBIG: "bundle.no-room",
    errno.EDQUOT: "bundle.no-room",
    errno.ENOSPC: "bundle.no-room",
}
_FULL: Final = "bundle.no-room"


@contextlib.contextmanager
def draft(path: Path) -> Iterator[BinaryIO]:
    """A file to write beside `path`; it becomes `path`, durably, where the block ends well, and goes where it does not.

    What was at `path` stays until then. Raises DiskFull `bundle.no-room`; DiskFailed `bundle.read-only`,
    `bundle.not-allowed`, `bundle.no-place` (no such folder), `bundle.no-file` (a folder), `bundle.pulled-out`,
    `bundle.disk`.
    """
    beside = path.with_name(path.name + ".new")
    with _said(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        beside.unlink(missing_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read. Raises DiskFailed `bundle.missing` where there is none, and as `draft` does."""
    with _said(path, {errno.ENOENT: "bundle.missing"}):
        if not path.is_file():  # a device may have no end, and a pipe no beginning
            raise OSError(errno.EISDIR if path.exists() else errno.ENOENT, "")
        with path.open("rb") as file:
            yield file


@contextlib.contextmanager
def _said(path: Path, also: dict[int, str] | None = None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        number = error.errno or 0
        code = (also or {}).get(number) or _SAID.get(number, "bundle.disk")
        if code == _FULL:
            raise DiskFull(code, path=str(path)) from None
        raise DiskFailed(code, path=str(path), errno=number) from None
