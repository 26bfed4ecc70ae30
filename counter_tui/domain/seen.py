"""What the agencies' own systems answered to what a counter recorded: an entry's last two states.

An agency is told its own authority's verdicts on a crossing, and answers with a reference, or refuses with a reason. An
entry is *seen by the agency* when every agency that had to be told has answered; a refusal is somebody's to put right.
"""

from dataclasses import dataclass
from datetime import datetime

from ..errors import CounterError
from .coding import from_json, to_json
from .words import Authority

SEEN = "seen"
"""The kind of what the single window tells a counter of this."""


@dataclass(frozen=True, slots=True)
class AgencyAnswer:
    """One agency's answer to one entry: at `at` (aware, the agency's own time) it took it under its `reference`.

    `refused` is the agency's own code of why it did not take it, "" where it did. `by_hand`: it came in a file.
    """

    authority: Authority
    at: datetime
    reference: str = ""
    refused: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """Who had to be told of one entry, and who has answered, each at most once."""

    told: tuple[Authority, ...]
    answers: tuple[AgencyAnswer, ...] = ()

    @property
    def missing(self) -> tuple[Authority, ...]:
        """Who has not answered yet."""
        answered = {answer.authority for answer in self.answers}
        return tuple(authority for authority in self.told if authority not in answered)

    @property
    def refused(self) -> tuple[AgencyAnswer, ...]:
        """The answers that refuse."""
        return tuple(answer for answer in self.answers if answer.refused)

    @property
    def complete(self) -> bool:
        """Whether every agency that had to be told has taken it."""
        return bool(self.told) and not self.missing and not self.refused

    @property
    def last(self) -> datetime | None:
        """When the newest answer was given."""
        return max((answer.at for answer in self.answers), default=None)

    def find(self, authority: Authority) -> AgencyAnswer | None:
        """The answer of this authority."""
        return next((answer for answer in self.answers if answer.authority is authority), None)


def seen_body(seen: Seen) -> bytes:
    """The bytes of it in the feed, and in a counter's records."""
    return to_json(seen)


def read_seen(body: bytes) -> Seen:
    """What `seen_body` wrote; CounterError `entry.unreadable` where it is none."""
    return from_json(Seen, body, error=CounterError("entry.unreadable"))
