"""What a paper was drawn from, and the short reference to it that stands on the paper."""

import hashlib
from dataclasses import dataclass, field
from typing import Final

from ..coding import to_json
from .blocks import PaperKind

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, which are misread."""

_DIGITS: Final = 8
_MISREAD: Final = str.maketrans("ILO", "110")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where a paper was drawn (`counter`), of which thread, from which acts (ids), view (digest, hex), rules.

    `said` is what it says, as a domain value: a second paper of the same kind that says the same is a copy.
    """

    kind: PaperKind
    counter: str
    thread: str
    said: object = field(repr=False)
    acts: tuple[str, ...] = ()
    digest: str = ""
    rules: str = ""

    @property
    def code(self) -> str:
        """Eight characters that follow from kind, thread and what is said, in two groups: `7KQ2-M4XR`."""
        named = to_json([self.kind, self.thread, self.said])
        number = int.from_bytes(hashlib.sha256(named).digest()[:5])
        digits = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(_DIGITS)))
        return f"{digits[:4]}-{digits[4:]}"

    @property
    def reference(self) -> str:
        """The same with where it was drawn: `ENT-3 7KQ2-M4XR`."""
        return f"{self.counter} {self.code}"


def code_in(typed: str) -> str:
    """The code in what a person typed of a reference, or ""; small letters, blanks and misread letters are forgiven."""
    squeezed = "".join(filter(str.isalnum, typed.upper())).translate(_MISREAD)[-_DIGITS:]
    if len(squeezed) != _DIGITS or not set(squeezed) <= set(ALPHABET):
        return ""
    return f"{squeezed[:4]}-{squeezed[4:]}"
