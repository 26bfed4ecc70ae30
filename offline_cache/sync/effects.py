"""What the counter's half wants done: send, wake, tell, let go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .messages import Request

Word = Literal["up", "down", "received", "feed", "forked", "behind", "revoked", "trouble"]


@dataclass(frozen=True, slots=True)
class Send:
    """Send this request, on a connection on which nothing else is under way.

    At `deadline` it is overdue, unless `handed` or `progress` says more.
    """

    request_id: int
    request: Request
    deadline: float


@dataclass(frozen=True, slots=True)
class Drop:
    """Let go of a request and its connection. An answer that comes all the same may be told."""

    request_id: int


@dataclass(frozen=True, slots=True)
class Wake:
    """Call `tick` at this time; replaces the `Wake` before."""

    at: float


@dataclass(frozen=True, slots=True)
class Told:
    """What whoever looks on has to know; `detail` is a count or a code."""

    word: Word
    detail: str = ""


Effect = Send | Drop | Wake | Told
