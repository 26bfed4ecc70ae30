"""A link by file: the folder that an agency's files are put into, and the connector that answers from the newest.

Of an authority the file that was made last counts, as a snapshot: whom it does not name is NOT CHECKED, unless it says
that nothing is held on anybody else. A file that is refused changes nothing, and is told with why.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from ..agencies.agency_files import MAX_FILE, MAX_LINE, AgencyFile, Head, read_file, read_head
from ..agencies.ports import Inquiry
from ..domain.sections import Section, not_checked
from ..domain.words import Authority, SourceState
from ..errors import AgencyError

ENDING: Final = ".jsonl"
MOST_FILES: Final = 1000
"""Files of one folder that are looked at: the last by name."""
_Seen = tuple[str, int, int]
"""A file as it was looked at: name, time of change, size."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that counts from now on."""

    file: str
    head: Head


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not taken, and why."""

    file: str
    why: AgencyError


class FileFolder:
    """One authority's files. A `Connector`; `look` is called now and then, on any one thread."""

    def __init__(self, authority: Authority, folder: Path, secret: str, now: Callable[[], datetime]) -> None:
        """`secret` is the one of the agency's own process, which its files are sealed with; `now` is aware."""
        self.authority = authority
        self._folder, self._secret, self._now = folder, secret, now
        self._held: AgencyFile | None = None
        self._counts: _Seen | None = None
        self._refused: dict[_Seen, str] = {}
        self._why = "agency.file-none"

    @property
    def as_of(self) -> datetime | None:
        """When the file that counts was made; None where there is none."""
        return self._held.head.made if self._held is not None else None

    @property
    def why(self) -> str:
        """The code of why a file that was put there later than the one that counts, or any at all, is not taken."""
        return self._why

    async def section(self, inquiry: Inquiry) -> Section:
        """What the file that counts says, CACHED as of its time; NOT CHECKED where that says nothing of this one."""
        held = self._held
        if held is None:
            return not_checked(self.authority)
        made = min(held.head.made, inquiry.at)
        section = held.find(inquiry.direction, inquiry.document.key)
        if section is not None:
            as_of = min(section.as_of or made, made)
            return replace(section, source=SourceState.CACHED, as_of=as_of)
        if held.head.complete:
            return Section(self.authority, SourceState.CACHED, as_of=made)
        return not_checked(self.authority)

    def look(self) -> list[Taken | Refused]:
        """See what is in the folder, and take the file that was made last; what is new of it. Blocking."""
        news: list[Taken | Refused] = []
        try:
            files = self._files()
        except OSError:
            self._put(None, None)
            self._why = "agency.file-no-folder"
            return news
        present = {seen for seen, _ in files}
        self._refused = {seen: why for seen, why in self._refused.items() if seen in present}
        for seen, path in self._newest_first(files, news):
            if seen == self._counts:
                self._put(seen, self._held)
                return news
            try:
                held = read_file(_whole(path), self.authority, self._secret, self._now())
            except AgencyError as error:
                self._refuse(seen, error, news)
                continue
            self._put(seen, held)
            news.append(Taken(seen[0], held.head))
            return news
        self._put(None, None)
        return news

    def _put(self, counts: _Seen | None, held: AgencyFile | None) -> None:
        self._counts, self._held = counts, held
        later = [why for seen, why in self._refused.items() if counts is None or seen[1] > counts[1]]
        self._why = later[-1] if later else "" if counts else "agency.file-none"

    def _refuse(self, seen: _Seen, error: AgencyError, news: list[Taken | Refused]) -> None:
        """Told once, as long as the file stays as it is."""
        self._refused[seen] = error.code
        news.append(Refused(seen[0], error))

    def _files(self) -> list[tuple[_Seen, Path]]:
        found = []
        paths = sorted(path for path in self._folder.iterdir() if path.suffix == ENDING)
        for path in paths[-MOST_FILES:]:
            if path.is_symlink() or not path.is_file():
                continue
            stat = path.stat()
            found.append(((path.name, stat.st_mtime_ns, stat.st_size), path))
        return found

    def _newest_first(
        self, files: list[tuple[_Seen, Path]], news: list[Taken | Refused]
    ) -> Iterator[tuple[_Seen, Path]]:
        """Those that were not refused before, by when they say they were made."""
        dated: list[tuple[datetime, _Seen, Path]] = []
        for seen, path in files:
            if seen in self._refused:
                continue
            try:
                dated.append((read_head(_first(path), self.authority, self._now()).made, seen, path))
            except AgencyError as error:
                self._refuse(seen, error, news)
        for _, seen, path in sorted(dated, reverse=True):
            yield seen, path


def _first(path: Path) -> bytes:
    """The first line. Raises AgencyError `agency.file-unreadable`."""
    try:
        with path.open("rb") as opened:
            return opened.readline(MAX_LINE).rstrip(b"\n")
    except OSError:
        raise AgencyError("agency.file-unreadable") from None


def _whole(path: Path) -> bytes:
    """The bytes of a file, no more than one too many. Raises AgencyError `agency.file-unreadable`."""
    try:
        with path.open("rb") as opened:
            return opened.read(MAX_FILE + 1)
    except OSError:
        raise AgencyError("agency.file-unreadable") from None
