"""A disk that loses power, as a file system layer of SQLite that lies under the cipher.

What a program writes is seen by it at once. What it synced is there after a cut. Of what it wrote since, each sector of
512 bytes is there or is not, whatever came before or after it: writes are lost, torn and reordered. A file that was
deleted and whose folder was not synced may be back. It can also fail without a cut, as a full or broken disk does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random

import apsw

SECTOR = 512


class PowerLostError(apsw.IOError):
    """Nothing is written any more."""


@dataclass
class Platter:
    """A file: what is on the disk for good (None: no such file), and what was written since, in order."""

    durable: bytes | None
    pending: list[tuple[int, bytes] | int] = field(default_factory=list)  # a write, or the length it was cut to

    def sync(self) -> None:
        """All of it is on the disk."""
        content = bytearray(self.durable or b"")
        for change in self.pending:
            _apply(content, change)
        self.durable, self.pending = bytes(content), []

    def after_a_cut(self, random: Random) -> bytes | None:
        """What is found when power is back."""
        kept = random.choice((0.0, 1.0, 0.5, 0.9, 0.1))
        content = bytearray(self.durable or b"")
        changes = [sector for change in self.pending for sector in _sectors(change) if random.random() < kept]
        random.shuffle(changes)
        for change in changes:
            _apply(content, change)
        return None if self.durable is None and not changes else bytes(content)


_made: list[Disk] = []
"""Each stays, under a name of its own: the cipher's layer over it stays too, and goes on referring to it."""


class Disk(apsw.VFS):
    """Registered as `name`. `left` counts down with each write, cut, sync and delete; at 0 power is gone, None: never.

    `failing`: what each write and sync raises instead, as long as it is set.
    """

    def __init__(self) -> None:
        """Over the machine's own file system."""
        self.base = "win32" if "win32" in apsw.vfs_names() else "unix"
        self.name = f"powercut{len(_made)}"
        super().__init__(self.name, self.base)
        _made.append(self)
        self.platters: dict[str, Platter] = {}
        self.left: int | None = None
        self.failing: type[apsw.Error] | None = None

    def excepthook(self, *_: object) -> bool:
        """SQLite was told; nobody else needs to be."""
        return True

    def xOpen(self, name: apsw.URIFilename | str | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        """A file of the machine, watched."""
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if path is not None and path not in self.platters:
            file = Path(path)
            self.platters[path] = Platter(file.read_bytes() if file.exists() else None)
        return _DiskFile(self, path or "", name, flags)

    def xDelete(self, path: str, sync_folder: bool) -> None:  # noqa: FBT001, N802
        """Gone; for good only if the folder is synced."""
        self.spend()
        super().xDelete(path, sync_folder)
        if sync_folder:
            self.platters[path] = Platter(None)

    def spend(self) -> None:
        """One more thing is done. Raises PowerLostError if power went."""
        if self.left is not None:
            if self.left <= 0:
                raise PowerLostError
            self.left -= 1

    def power_returns(self, random: Random) -> None:
        """Puts into the files what is left of them, and forgets what it watched."""
        for path, platter in self.platters.items():
            file, found = Path(path), platter.after_a_cut(random)
            longer = file.stat().st_size - len(found or b"") if file.exists() else 0
            if found is None:
                file.unlink(missing_ok=True)
            else:
                # a file may have become longer without what makes it so
                file.write_bytes(found + bytes(longer if longer > 0 and random.random() < 0.5 else 0))
        self.platters.clear()
        self.left = None


class _DiskFile(apsw.VFSFile):
    def __init__(self, disk: Disk, path: str, name: apsw.URIFilename | str | None, flags: list[int]) -> None:
        super().__init__(disk.base, name, flags)
        self._disk, self._path = disk, path

    def excepthook(self, *_: object) -> bool:
        return True

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._fail()
        self._note((offset, bytes(data)))
        self._disk.spend()
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._fail()
        self._note(size)
        self._disk.spend()
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: ARG002, N802
        self._fail()
        # to the machine's own disk it need not go: what the program sees is in the file
        self._disk.spend()
        if self._path in self._disk.platters:
            self._disk.platters[self._path].sync()

    def _fail(self) -> None:
        if self._disk.failing is not None:
            raise self._disk.failing

    def _note(self, change: tuple[int, bytes] | int) -> None:
        if self._disk.left != 0 and self._path in self._disk.platters:
            self._disk.platters[self._path].pending.append(change)


def _sectors(change: tuple[int, bytes] | int) -> list[tuple[int, bytes] | int]:
    if isinstance(change, int):
        return [change]
    offset, data = change
    edges = [0, *range(SECTOR - offset % SECTOR, len(data), SECTOR), len(data)]
    return [(offset + start, data[start:end]) for start, end in pairwise(edges)]


def _apply(content: bytearray, change: tuple[int, bytes] | int) -> None:
    if isinstance(change, int):
        del content[change:]
        return
    offset, data = change
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(data)] = data
