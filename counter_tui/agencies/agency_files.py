"""An agency's file: what it holds on some travellers, as a file that goes from its own process to a single window.

UTF-8, one JSON object a line. First what it is (`Head`), then each traveller in each direction once (`FileLine`), last
a seal (`Tail`): HMAC-SHA256 (RFC 2104) of all bytes before it under the secret of the agency's process, so that a file
that was cut, changed or made by somebody else is none. What the agency seals is sealed already; the rest can be read by
whoever has the file.
"""

import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from ..domain.coding import from_json, to_json
from ..domain.sections import Section
from ..domain.words import Authority, Direction
from ..errors import AgencyError
from .belonging import check_section
from .strict_json import read_json

KIND: Final = "counter-tui agency file"
VERSION: Final = 1
MAX_FILE: Final = 64 << 20
MAX_LINE: Final = 256 << 10
MOST: Final = 10_000
"""Lines of travellers: each has one for entry and one for exit."""
AHEAD: Final = timedelta(minutes=10)
"""So far two clocks may differ."""
WITHOUT_RECORD: Final = frozenset(Authority) - {Authority.IMMIGRATION}
"""Who may say that of anybody else nothing is held; immigration's answer depends on who asks to come in."""
_SEAL: Final = b"counter-tui agency file 1\x00"


@dataclass(frozen=True, slots=True)
class Head:
    """What a file is. `made` is aware; `complete`: of whom it does not name, the agency holds nothing."""

    kind: str
    version: int
    authority: Authority
    made: datetime
    count: int
    complete: bool


@dataclass(frozen=True, slots=True)
class FileLine:
    """What is held on the bearer of the document with this key, in one direction."""

    about: str
    direction: Direction
    section: Section


@dataclass(frozen=True, slots=True)
class Tail:
    """The seal, in hexadecimal digits."""

    seal: str


@dataclass(frozen=True, slots=True)
class AgencyFile:
    """A file that has passed; `lines` are its travellers, by direction and document key, as they stood there."""

    head: Head
    lines: Mapping[tuple[Direction, str], bytes] = field(repr=False)

    def find(self, direction: Direction, about: str) -> Section | None:
        """What it holds on this traveller; None where it does not name them."""
        line = self.lines.get((direction, about))
        return None if line is None else _line_of(line, self.head.authority, 0).section


def file_name(head: Head) -> str:
    """What a file is called: `customs-20261122T050200Z.jsonl`."""
    return f"{head.authority.value}-{head.made.astimezone(UTC):%Y%m%dT%H%M%SZ}.jsonl"


def file_lines(
    authority: Authority, made: datetime, travellers: Iterable[FileLine], secret: str, *, complete: bool = False
) -> Iterator[bytes]:
    """The lines of a file. Raises AgencyError `agency.file-too-many`, `agency.file-not-complete`."""
    lines = [to_json(one) + b"\n" for one in travellers]
    if len(lines) > MOST:
        raise AgencyError("agency.file-too-many", most=MOST)
    if complete and authority not in WITHOUT_RECORD:
        raise AgencyError("agency.file-not-complete", authority=authority.value)
    seal = hmac.new(secret.encode(), _SEAL, "sha256")
    for line in (to_json(Head(KIND, VERSION, authority, made, len(lines), complete)) + b"\n", *lines):
        seal.update(line)
        yield line
    yield to_json(Tail(seal.hexdigest())) + b"\n"


def read_head(first: bytes, authority: Authority, now: datetime) -> Head:
    """What a file's first line says it is.

    `now` is aware. Raises AgencyError `agency.file-not-ours`, `agency.file-other-agency`, `agency.file-tomorrow`,
    `agency.file-too-many`, `agency.file-not-complete`.
    """
    refused = AgencyError("agency.file-not-ours")
    try:
        read_json(first[:MAX_LINE], max_bytes=MAX_LINE)
    except AgencyError:
        raise refused from None
    head = from_json(Head, first, error=refused)
    if head.kind != KIND or head.version != VERSION or head.made.tzinfo is None:
        raise refused
    if head.authority is not authority:
        raise AgencyError("agency.file-other-agency", authority=head.authority.value)
    if head.made > now + AHEAD:
        raise AgencyError("agency.file-tomorrow")
    if not 0 <= head.count <= MOST:
        raise AgencyError("agency.file-too-many", most=MOST)
    if head.complete and authority not in WITHOUT_RECORD:
        raise AgencyError("agency.file-not-complete", authority=authority.value)
    return head


def read_file(raw: bytes, authority: Authority, secret: str, now: datetime) -> AgencyFile:
    """A whole file, if every byte of it is what this authority's process wrote; `now` is aware.

    Raises AgencyError as `read_head`, and `agency.file-too-large`, `agency.file-cut`, `agency.file-seal`, and
    `agency.file-line` (line, and the code of why).
    """
    if len(raw) > MAX_FILE:
        raise AgencyError("agency.file-too-large", most=MAX_FILE >> 20)
    first, *rest = raw.split(b"\n", MOST + 3)
    head = read_head(first, authority, now)
    if len(rest) != head.count + 2 or rest[-1]:
        raise AgencyError("agency.file-cut")
    body, last = rest[: head.count], rest[head.count]
    tail = from_json(Tail, last[:MAX_LINE], error=AgencyError("agency.file-cut"))
    told = raw[: len(raw) - len(last) - 1]
    seal = hmac.digest(secret.encode(), _SEAL + told, "sha256").hex()
    if not hmac.compare_digest(seal.encode(), tail.seal.encode()):
        raise AgencyError("agency.file-seal")
    lines: dict[tuple[Direction, str], bytes] = {}
    for number, line in enumerate(body, start=2):
        one = _line_of(line, authority, number)
        if (one.direction, one.about) in lines:
            raise AgencyError("agency.file-line", line=number, why="agency.file-twice")
        lines[one.direction, one.about] = line
    return AgencyFile(head, lines)


def _line_of(line: bytes, authority: Authority, number: int) -> FileLine:
    """A traveller of a file. Raises AgencyError `agency.file-line`."""
    malformed = AgencyError("agency.file-line", line=number, why="agency.not-understood")
    if len(line) > MAX_LINE:
        raise malformed
    try:
        read_json(line, max_bytes=MAX_LINE)
        one = from_json(FileLine, line, error=malformed)
        check_section(one.section, authority)
    except AgencyError as refused:
        raise AgencyError("agency.file-line", line=number, why=str(refused.params.get("why", refused.code))) from None
    return one
