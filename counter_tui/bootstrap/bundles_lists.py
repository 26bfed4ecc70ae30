"""Lists in a bundle: the files as their owners signed them, laid where the counter looks for new ones.

They need nobody's word but their owner's: the counter checks that one's signature, and takes no step back in versions.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final, Self

from offline_cache import Records
from offline_cache.bundle_content import Record
from offline_cache.bundle_file import draft

from ..domain.screening.lists import Screened
from .bundles_content import FILE, PART, PART_BYTES, ListFile, damaged, record
from .list_records import read_records
from .list_sources import SIGNED, choose, find_candidates

if TYPE_CHECKING:
    from pathlib import Path

    from offline_cache import Vault

    from ..domain.screening.lists import ListRule
    from .list_sources import Candidate

MOST_FILES: Final = 64
BUDGET: Final = 256 << 20
_AT_BOOTHS: Final = frozenset({Screened.BOOTH_CLEAR, Screened.BOOTH_BLIND})


def held_versions(vault: Vault) -> dict[str, int]:
    """The version of each list that this counter holds; of a damaged one, none."""
    return {one.list: one.version for one in read_records(Records(vault)) if not one.damaged}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the single window has lists for its counters: folders, the rules of the lists in use, and its post."""

    folders: tuple[Path, ...]
    rules: Mapping[str, ListRule]
    post: str

    def news(self, held: Mapping[str, int], budget: int = BUDGET) -> Iterator[Path]:
        """The files, each signature before its list, that lead a counter on from these versions, in so many bytes."""
        found, _ = find_candidates(self.folders, self.rules)
        meant = [c for c in found if not c.manifest.posts or self.post in c.manifest.posts]
        count = 0
        for list_id, rule in self.rules.items():
            version, left = held.get(list_id), [c for c in meant if c.rule.id == list_id]
            while rule.screened in _AT_BOOTHS and (chosen := choose(left, version)) is not None:
                files = _files(chosen)
                count += len(files)
                budget -= sum(path.stat().st_size for path in files if path.is_file())
                if count > MOST_FILES or budget < 0 or not all(path.is_file() for path in files):
                    break
                yield from files
                left.remove(chosen)
                version = chosen.manifest.version


def _files(chosen: Candidate) -> tuple[Path, ...]:
    beside = tuple(chosen.path.with_name(mark.name) for mark in chosen.manifest.files)
    return (chosen.path.with_name(chosen.path.name + SIGNED), *beside)


def file_records(paths: Iterable[Path]) -> Iterator[Record]:
    """The records of these files."""
    for path in paths:
        with path.open("rb") as file:
            size = path.stat().st_size
            yield record(FILE, ListFile(name=path.name, size=size))
            while size and (block := file.read(min(size, PART_BYTES))):
                size -= len(block)
                yield Record(PART, block)


class Laying:
    """Files that come in parts: they stand in `folder` once the block ends well, and none of them if it does not."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open = contextlib.ExitStack()
        self._file: BinaryIO | None = None
        self._left = 0
        self.names: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *why: object) -> None:
        if why[0] is None and self._left:
            self._open.__exit__(StopIteration, StopIteration(), None)
            raise damaged()
        self._open.__exit__(*why)  # type: ignore[arg-type]

    def begin(self, told: ListFile) -> None:
        """The next file. Raises StoreError where the one before it is not whole, or there are too many."""
        if self._left or len(self.names) >= MOST_FILES or told.name in self.names:
            raise damaged()
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = self._open.enter_context(draft(self._folder / told.name))
        self._left = told.size
        self.names.append(told.name)

    def go_on(self, part: bytes) -> None:
        """A part of it."""
        if self._file is None or len(part) > self._left:
            raise damaged()
        self._file.write(part)
        self._left -= len(part)
