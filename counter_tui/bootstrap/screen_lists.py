"""Lists for one run of a command: read from files into an index that ends with the run.

The index is a vault in a temporary folder, under a key that is kept nowhere: nothing of a list is on disk in clear, and
what a killed process leaves behind, nobody can read.
"""

import contextlib
import secrets
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TextIO

from offline_cache import CacheError, Vault
from offline_cache.index import INDEX_SCHEMA, Index
from offline_cache.index_building import SegmentBuilder

from ..agencies.lists import ListFile, RowProblem, read_list
from ..errors import ListError
from ..tui import words
from ..workstation.list_index import COSTS, SPACES, SPELLED, write_entries
from ..workstation.screen_names import ListScreen
from .storage import translated

SHOWN: Final = 10
"""Problems of a file that are told each; the others are counted."""
_ENDINGS: Final = ("SIGTERM", "SIGHUP")


@dataclass(frozen=True, slots=True)
class LoadedLists:
    """The lists that could be read, in the order given, and whether any other was refused."""

    screens: tuple[ListScreen, ...]
    refused: bool


@contextlib.contextmanager
def loaded_lists(paths: Sequence[Path], err: TextIO) -> Iterator[LoadedLists]:
    """Reads the files; what is wrong with them, and how far it is, goes to `err`. Raises StoreError.

    A list is named as its file; where two files have one name, as their paths were given.
    """
    with _ending_in_order(), TemporaryDirectory(prefix="counter-screen-") as folder:
        try:
            vault = Vault.create(Path(folder) / "vault" / "lists", secrets.token_bytes(32), INDEX_SCHEMA)
        except CacheError as error:
            raise translated(error) from None
        with vault:
            names: list[str] = []
            given = dict.fromkeys(paths)
            doubled = Counter(path.name for path in given)
            for path in given:
                try:
                    _Loading(vault, path, err).load()
                except ListError as error:
                    print(f"counter: {words.say(error)}", file=err)
                except CacheError as error:
                    raise translated(error) from None
                else:
                    names.append(path.name if doubled[path.name] == 1 else str(path))
            segments = Index(vault).segments
            screens = [ListScreen(words.clean(name), [segment]) for name, segment in zip(names, segments, strict=True)]
            yield LoadedLists(tuple(screens), refused=len(names) < len(given))


class _Loading:
    """One file into a segment of its own, whole or not at all."""

    def __init__(self, vault: Vault, path: Path, err: TextIO) -> None:
        self._vault = vault
        self._path = path
        self._err = err
        self._problems = 0

    def load(self) -> None:
        """Raises ListError and CacheError."""
        found = read_list(self._path, report=self._report, progress=self._progress)
        try:
            with self._vault.transaction():
                builder = SegmentBuilder(self._vault, costs=COSTS, spaces=SPACES, spelled=SPELLED)
                write_entries(builder, found, lambda _: None)
                builder.finish(b"")
        finally:
            self._wipe()
        self._tell(found)

    def _tell(self, found: ListFile) -> None:
        file, tally = self._path.name, found.tally
        if self._problems > SHOWN:
            self._say("screen.more-problems", file=file, count=self._problems - SHOWN)
        if tally.left_out:
            self._say("screen.left-out", file=file, count=tally.left_out)
        if tally.discreet:
            self._say("screen.discreet", file=file, count=tally.discreet)
        if self._err.isatty() or not tally.entries:
            self._say("screen.loaded", file=file, count=tally.entries)

    def _say(self, code: str, **params: str | int) -> None:
        print(f"counter: {words.say(code, **params)}", file=self._err)

    def _report(self, problem: RowProblem) -> None:
        self._problems += 1
        if self._problems <= SHOWN:
            self._wipe()
            print(f"{words.clean(problem.file)}:{problem.line}: {words.say(problem.text)}", file=self._err)

    def _progress(self, _entries: int, done: int, of: int) -> None:
        if self._err.isatty():
            share = 100 * done // max(of, 1)
            self._err.write(f"\r{words.clean(self._path.name)[:40]} {share:3} %")
            self._err.flush()

    def _wipe(self) -> None:
        if self._err.isatty():
            self._err.write("\r" + " " * 48 + "\r")


@contextlib.contextmanager
def _ending_in_order() -> Iterator[None]:
    """Who is told to end takes the temporary folder along, as with Ctrl-C."""

    def end(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    told = [getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)]
    before = {number: signal.signal(number, end) for number in told}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
