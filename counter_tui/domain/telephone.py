"""A second person signs over the telephone: a challenge is read to them, and eight digits are read back.

The challenge says what kind of matter it is, which counter asks, and the beginning of the digest of what is signed. It
is spelled in Crockford's base32, in groups of four with a check character each, so that a slip of the tongue is found
in its group. The answer is a code of that challenge under a secret that the asking counter and the second person's key
share (`bootstrap.telephone_keys`): who overhears it can use it for nothing else.

What is signed is not seen at the other end; it is read out, and looked at when it has come. So an answer holds once,
for minutes, and is to be confirmed.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ..errors import DecisionError
from .acts import Act
from .confirming import CONFIRMATION
from .two_persons import Matter

ANSWER_DIGITS: Final = 8
TRIES: Final = 3
"""So many answers are looked at for one challenge; at a fourth it is void."""
LASTS: Final = timedelta(minutes=10)
LONGEST: Final = 100  # characters looked at
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT: Final = str.maketrans("OIL", "011", " -\t\r\n")
_GROUP: Final = 4
_GROUPS: Final = 3
_MATTER_BITS: Final = 5
_COUNTER_BITS: Final = 10
_SHORT_BITS: Final = 45
_TAG: Final = b"counter-tui telephone 1\n"


@dataclass(frozen=True, slots=True)
class Challenge:
    """What is read out. `counter` is `number_of` the asking counter, `short` the first 45 bits of the digest."""

    matter: Matter
    counter: int
    short: int

    @classmethod
    def of(cls, matter: Matter, counter: str, digest: str) -> "Challenge":
        """For a statement with this digest (hex, 32 digits), asked at this counter."""
        return cls(matter, number_of(counter), int(digest[:16], 16) >> 64 - _SHORT_BITS)

    def spelled(self) -> str:
        """In groups: `3D7KQ-9FM2X-0TB4R`."""
        bits = (list(Matter).index(self.matter) << _COUNTER_BITS | self.counter) << _SHORT_BITS | self.short
        symbols = [bits >> 5 * at & 31 for at in reversed(range(_GROUP * _GROUPS))]
        groups = [symbols[at : at + _GROUP] for at in range(0, len(symbols), _GROUP)]
        return "-".join(_word([*group, _check(group, number)]) for number, group in enumerate(groups))

    @classmethod
    def read(cls, typed: str) -> "Challenge":
        """What was typed. Raises DecisionError `telephone.mistyped` with the number of the `group`, or `.length`."""
        symbols = [_ALPHABET.find(letter) for letter in typed[:LONGEST].upper().translate(_MEANT)]
        groups = [symbols[at : at + _GROUP + 1] for at in range(0, len(symbols), _GROUP + 1)]
        for number, group in enumerate(groups):
            if len(group) == _GROUP + 1 and (-1 in group or _check(group[:-1], number) != group[-1]):
                raise DecisionError("telephone.mistyped", group=number + 1)
        if len(groups) != _GROUPS or len(groups[-1]) != _GROUP + 1:
            raise DecisionError("telephone.length", count=len(symbols))
        bits = 0
        for symbol in (symbol for group in groups for symbol in group[:-1]):
            bits = bits << 5 | symbol
        place = bits >> _COUNTER_BITS + _SHORT_BITS
        if place >= len(Matter):
            raise DecisionError("telephone.unknown-matter")
        counter = bits >> _SHORT_BITS & (1 << _COUNTER_BITS) - 1
        return cls(list(Matter)[place], counter, bits & (1 << _SHORT_BITS) - 1)

    @property
    def name(self) -> str:
        """The statement as both ends name it, nine characters: a part of the challenge."""
        return _word([self.short >> 5 * at & 31 for at in reversed(range(_SHORT_BITS // 5))])

    @property
    def thread(self) -> str:
        """Where the second person's own word on it stands: it may be recorded before the act itself has come."""
        return thread_of(self.name)

    def answer(self, secret: bytes) -> str:
        """Eight digits, under the secret that both ends share (32 bytes)."""
        code = hmac.digest(secret, _TAG + self.spelled().encode(), hashlib.sha256)
        return f"{int.from_bytes(code[:8]) % 10**ANSWER_DIGITS:0{ANSWER_DIGITS}d}"


def was_answered(challenge: Challenge, officer: str, acts: Iterable[Act]) -> bool | None:
    """What this person has said of what they were read; None for nothing. `acts` are of the challenge's thread."""
    words = (act for act in acts if act.kind == CONFIRMATION and act.officer == officer)
    said = [act.deed.agreed for act in words if act.deed.act == challenge.spelled()]
    return all(said) if said else None


def thread_of(name: str) -> str:
    """The thread of a statement that was signed over the telephone, by its name."""
    return f"telephone/{name}"


def number_of(counter: str) -> int:
    """A counter's number in a challenge, below 1,024; several may share one, their secrets differ."""
    return int.from_bytes(hashlib.sha256(counter.encode()).digest()[:2]) & (1 << _COUNTER_BITS) - 1


def counters_of(challenge: Challenge, counters: Iterable[str]) -> tuple[str, ...]:
    """Which of these counters may have asked."""
    return tuple(one for one in counters if number_of(one) == challenge.counter)


@dataclass(frozen=True, slots=True)
class Asked:
    """A challenge that waits for its answer: by whom it is to come, since when, and how often it was wrong."""

    challenge: Challenge
    second: str
    at: datetime
    wrong: int = 0

    def why_not(self, now: datetime) -> str:
        """The code for why no answer is taken any more; "" where one is."""
        if self.wrong >= TRIES:
            return "telephone.tries"
        return "" if timedelta(0) <= now - self.at <= LASTS else "telephone.late"

    def holds(self, typed: str, secrets: Iterable[bytes]) -> bool:
        """Whether these are the eight digits, under one of the secrets; every one is looked at."""
        said = "".join(filter(str.isdecimal, typed[:LONGEST])).encode()
        found = [hmac.compare_digest(said, self.challenge.answer(secret).encode()) for secret in secrets]
        return any(found)


def _word(symbols: Iterable[int]) -> str:
    return "".join(_ALPHABET[symbol] for symbol in symbols)


def _check(group: list[int], number: int) -> int:
    """A sum over GF(32), each place and the number with a weight of its own: no change of one keeps it, no exchange."""
    total = 0
    for symbol in (*group, number + 1):
        total = _twice(total ^ symbol)
    return total


def _twice(symbol: int) -> int:
    """Times x, modulo x^5 + x^2 + 1."""
    return (symbol << 1 ^ (37 if symbol & 16 else 0)) & 31
