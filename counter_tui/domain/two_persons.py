"""What takes two people: a statement that both sign, the second with their PIN beside the first.

The first person records it in their session, whose key signs the journal's entry; the second person's key signs the
statement itself: a tag of its own for each kind, then canonical JSON.
"""

import hashlib
from typing import Final, Protocol

from .coding import to_json
from .posts import Officer
from .words import Role

SIGNERS: Final = frozenset({Role.OFFICER, Role.SUPERVISOR})
NOTE_LONGEST: Final = 500
_DIGITS: Final = 32


class Statement(Protocol):
    """What both sign: where, who they are (ids of officers), and whether it is an exercise."""

    @property
    def counter(self) -> str: ...  # noqa: D102
    @property
    def first(self) -> str: ...  # noqa: D102
    @property
    def second(self) -> str: ...  # noqa: D102
    @property
    def training(self) -> bool: ...  # noqa: D102

    def signed_bytes(self) -> bytes:
        """What the second person's key signs."""
        ...


class Countersigned(Protocol):
    """An entry's body: the statement, and the second person's signature with what certifies its key (base64)."""

    @property
    def statement(self) -> Statement: ...  # noqa: D102
    @property
    def certificate(self) -> str: ...  # noqa: D102
    @property
    def signature(self) -> str: ...  # noqa: D102


def tagged(tag: bytes, statement: object) -> bytes:
    """The bytes to sign: the tag says of what kind they are, so that no signature serves for another."""
    return tag + to_json(statement)


def digest_of(signed: bytes) -> str:
    """SHA-256 of what is signed, its first 128 bits in hex: the statement's own name."""
    return hashlib.sha256(signed).hexdigest()[:_DIGITS]


def why_not_two(first: Officer, second: Officer) -> str:
    """`same-person` or `role` where these are not two people who may sign; "" where they are."""
    if first.id == second.id:
        return "same-person"
    return "" if {first.role, second.role} <= SIGNERS else "role"
