"""Who asked for what an agency holds, and who saw it: a log for each owner, chained and signed.

A line's hash covers the hash of the line before it and its body (canonical JSON); the single window signs each hash
(Ed25519). Lines are only ever added. The bodies name the traveller by document key, and no content.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from ..domain.words import Agency
from .store import AccessLine, WindowStore

FIRST: Final = bytes(32)
PAGE: Final = 1_000
_TAG: Final = b"single window access 1\x00"


@dataclass(frozen=True, slots=True)
class Access:
    """One line: `what` is `asked` (live, over the wire), `looked-up` (without a document) or `unsealed`.

    `about` is the traveller's document key, `item` what was unsealed; `second` signed beside `officer`. `at` is the
    single window's clock, ISO 8601 UTC.
    """

    at: str
    what: str
    counter: str
    officer: str
    about: str
    reason: str
    crossing: str = ""
    second: str = ""
    item: str = ""
    note: str = ""


class AccessLog:
    """The logs of all owners."""

    def __init__(self, store: WindowStore, sign: Callable[[bytes], bytes]) -> None:
        self._store, self._sign = store, sign

    def add(self, owners: Iterable[Agency], access: Access) -> None:
        """A line in the log of each of these owners; durable when this returns, or when the transaction ends."""
        body = json.dumps(asdict(access), ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        with self._store.transaction():
            for owner in sorted(set(owners)):
                digest = chained(self._store.last_access(owner.value) or FIRST, body)
                self._store.put_access(owner.value, AccessLine(body, digest, self._sign(_TAG + digest)))

    def read(self, owner: Agency, newest: int) -> tuple[Access, ...]:
        """An owner's newest lines, the oldest of them first."""
        return tuple(Access(**json.loads(line.body)) for line in self._store.newest_access(owner.value, newest))

    def verify(self, owner: Agency, check: Callable[[bytes, bytes], bool]) -> Sequence[str]:
        """Problems of an owner's log: `chain:N`, `signature:N`; `check` is the single window's key's.

        Each hash covers all lines before, so that the newest one's signature answers for the whole.
        """
        problems, before, number, line = [], FIRST, 0, None
        for number, line in enumerate(self._lines(owner), 1):
            if chained(before, line.body) != line.digest:
                problems.append(f"chain:{number}")
            before = line.digest
        if line is not None and not check(_TAG + line.digest, line.signature):
            problems.append(f"signature:{number}")
        return problems

    def _lines(self, owner: Agency) -> Iterator[AccessLine]:
        after = 0
        while page := self._store.access(owner.value, after, PAGE):
            yield from page
            after = page[-1].position


def chained(before: bytes, body: bytes) -> bytes:
    """The hash of a line."""
    return hashlib.sha256(_TAG + before + body).digest()
