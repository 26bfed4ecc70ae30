"""Tellings by hand: an import file in the agency's format, and the file of its answers. One message a line, UTF-8."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from ..agencies.telling import Answer
from ..agencies.told import MAX_LINE, Told
from ..domain.words import Authority
from ..errors import AgencyError
from .telling import TellingOffice
from .telling_store import OPEN, Row, State

MOST: Final = 20_000
"""Messages of one file."""
PAGE: Final = 200


@dataclass(slots=True)
class AnswersTaken:
    """What an answer file brought: news, what was known, what is of no telling here; the lines that are no answer."""

    seen: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    known: int = 0
    unknown: int = 0
    unreadable: list[int] = field(default_factory=list)


def to_hand_over(office: TellingOffice, authority: Authority, *, again: bool) -> Sequence[Row]:
    """What is due, oldest first; `again`: also what was handed over before and has no answer yet."""
    return office.open(authority, OPEN if again else (State.DUE,), MOST)


def file_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """The lines of an import file."""
    for row in rows:
        yield row.message + b"\n"


def take_answers(office: TellingOffice, told: Told, lines: Iterable[bytes], at: datetime) -> AnswersTaken:
    """Take an answer file; doing so twice changes nothing. `lines` end with their newline; `at` is now, aware."""
    done = AnswersTaken()
    page: list[Answer] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        answer = _read(told, line, at)
        if answer is None:
            done.unreadable.append(number)
            continue
        page.append(answer)
        if len(page) == PAGE:
            _take(office, told.authority, page, done)
            page = []
    _take(office, told.authority, page, done)
    return done


def _read(told: Told, line: bytes, at: datetime) -> Answer | None:
    if len(line) > MAX_LINE:
        return None
    try:
        answer = told.read(line.strip(), at)
    except AgencyError:
        return None
    return answer if answer.key else None


def _take(office: TellingOffice, authority: Authority, page: Sequence[Answer], done: AnswersTaken) -> None:
    for answer in page:
        if office.find(authority, answer.key) is None:
            done.unknown += 1
        elif not office.answered(authority, [answer], by_hand=True):
            done.known += 1
        elif answer.refused:
            done.refused.append((answer.key, answer.refused))
        else:
            done.seen += 1
