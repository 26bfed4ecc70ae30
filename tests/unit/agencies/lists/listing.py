"""Lists as files, for tests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from counter_tui.agencies.lists import ListFile, RowProblem, read_list
from counter_tui.domain.screening.model import Listed

HEADER = "ref,name,aliases,weak_aliases,birth_dates,nationalities,documents,handling,kind\n"


@dataclass
class Read:
    """What came of reading a file to its end."""

    file: ListFile
    entries: list[Listed]
    problems: list[tuple[int, str]] = field(default_factory=list)

    @property
    def by_ref(self) -> dict[str, Listed]:
        return {entry.ref: entry for entry in self.entries}


def read(path: Path, body: str | bytes | None = None, *, keep_discreet: bool = False) -> Read:
    if body is not None:
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
    told: list[RowProblem] = []
    file = read_list(path, report=told.append, keep_discreet=keep_discreet)
    entries = list(file)
    return Read(file, entries, [(problem.line, problem.text.code.removeprefix("list.")) for problem in told])


def births(entry: Listed) -> list[str]:
    return [born.iso() for born in entry.births]


def names(entries: list[Listed], pick: Callable[[Listed], str] = lambda entry: entry.names[0]) -> list[str]:
    return [pick(entry) for entry in entries]
