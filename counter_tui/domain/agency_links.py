"""What is known of the link from the single window to one authority's system: its grade, and how it stands."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from .words import Authority

MAX_BYTES: Final = 4096
MAX_CODE: Final = 64


class Grade(StrEnum):
    """What a link can do: each does what those before it do, and more."""

    NONE = "none"
    """There is no interface: nothing is known of anybody, and every section reads NOT CHECKED."""
    FILE = "file"
    """Files come and go now and then: what the newest says is said of a traveller, and its system is never asked."""
    QUERY = "query"
    """Its system is asked while a traveller stands at a counter."""
    LIVE = "live"
    """It is asked ahead too, about everybody who is expected."""

    @property
    def asked(self) -> bool:
        """Whether its system is asked about travellers at all."""
        return self in {Grade.QUERY, Grade.LIVE}

    @property
    def ahead(self) -> bool:
        """Whether there is something to say of who is expected, before they come."""
        return self in {Grade.FILE, Grade.LIVE}


class Standing(StrEnum):
    """How a link stands."""

    ANSWERING = "answering"
    LATE = "late"
    """It answers, but after its deadline: a booth sees the answer in the next look at its cache."""
    RESTING = "resting"
    """It failed too often in a row, and is left alone for a while."""


@dataclass(frozen=True, slots=True)
class AgencyLink:
    """A link at one time; times are aware. `since` is when it came to stand so.

    `until`: when a resting one is tried again. `last_answer`: None where it never answered; by file, when the file that
    counts was made. `why` is the code of the failure that made it rest, with the status that its system refused with
    behind a blank; by file, of why there is none, or a later one is not taken.
    """

    authority: Authority
    grade: Grade
    standing: Standing
    since: datetime
    until: datetime | None = None
    last_answer: datetime | None = None
    why: str = ""

    @property
    def ordinary(self) -> bool:
        """Whether there is nothing to say of it."""
        return self.grade is Grade.LIVE and self.standing is Standing.ANSWERING


def read_link(body: bytes) -> AgencyLink | None:
    """The link that `coding.to_json` wrote; None where it is none.

    By hand: a booth paints its first screen with what it was told last, and the general reader takes long to load.
    """
    try:
        told = json.loads(body[:MAX_BYTES])
        since, until, last = (_moment(told[name]) for name in ("since", "until", "last_answer"))
        if since is None:
            return None
        why = str(told["why"])[:MAX_CODE]
        standing = Standing(told["standing"])
        return AgencyLink(Authority(told["authority"]), Grade(told["grade"]), standing, since, until, last, why)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _moment(told: str | None) -> datetime | None:
    if told is None:
        return None
    at = datetime.fromisoformat(told)
    if at.tzinfo is None:
        raise ValueError
    return at
