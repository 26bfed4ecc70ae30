"""A sync in version 2 of the wire: `POST /v2/sync`, a packed request and a packed reply (`dense`).

What is packed is what `offline_cache.sync.envelope` makes of a request or a reply. A request's entries come in parts of
a few, so that those that arrived are kept if it breaks off. The header `Dictionary` names the dictionary of both; where
it is missing there is none. A single window that has another answers 415 `wire.dictionary`; one that knows no version 2
answers 404 or `wire.version`.
"""

from collections.abc import Callable
from typing import Any, Final

from offline_cache.errors import CacheError
from offline_cache.sync.envelope import pack_reply, pack_request, unpack_reply
from offline_cache.sync.messages import MAX_ENTRIES, Cursors, Reply, Request

from ..errors import LinkError
from .dense import PLAIN, Dense

PATH: Final = "/v2/sync"
DICTIONARY: Final = "Dictionary"
MAX_REQUEST: Final = 1 << 20  # bytes of a request as it comes
MAX_ANSWER: Final = 4 << 20
MAX_TEXT: Final = 8 << 20  # bytes of either, unpacked
A_PART: Final = 8
"""Entries in a part: about 1 KiB, a second at 9.6 kbit/s."""
_ROWS: Final = "e"

HashOf = Callable[[int], bytes | None]


def request_parts(request: Request, dense: Dense) -> list[bytes]:
    """A request as it goes over the wire, part by part."""
    packed = pack_request(request)
    rows = packed.get(_ROWS, [])
    head = packed | ({_ROWS: rows[:A_PART]} if rows else {})
    return list(dense.pack([head, *(rows[at : at + A_PART] for at in range(A_PART, len(rows), A_PART))]))


class RequestReader:
    """A request as it comes. `packed` is what is whole of it; `news` tells whether that has grown."""

    def __init__(self, dense: Dense) -> None:
        """`dense` has the dictionary that the request names."""
        self._reader = dense.reader(MAX_REQUEST, MAX_TEXT)
        self.packed: dict[str, Any] | None = None
        self.news = False

    def feed(self, data: bytes) -> None:
        """More of it. Raises LinkError `wire.malformed`, `wire.too-large`."""
        for value in self._reader.feed(data):
            if self.packed is None:
                if not isinstance(value, dict) or not isinstance(value.get(_ROWS, []), list):
                    raise LinkError("wire.malformed")
                self.packed = value | {_ROWS: value.get(_ROWS, [])}
            else:
                rows = self.packed[_ROWS]
                if not isinstance(value, list) or len(rows) + len(value) > MAX_ENTRIES:
                    raise LinkError("wire.malformed")
                rows += value
            self.news = True

    @property
    def ended(self) -> bool:
        """Whether it may end here."""
        return self.packed is not None and self._reader.ended


def reply_bytes(reply: Reply, asked: Cursors, dense: Dense) -> bytes:
    """A reply as it goes over the wire; `asked` are the cursors of the request."""
    return b"".join(dense.pack([pack_reply(reply, asked=asked)]))


def reply_value(body: bytes, dense: Dense) -> Any:
    """The packed reply in these bytes. Raises LinkError `link.answer`."""
    reader = dense.reader(MAX_ANSWER, MAX_TEXT)
    try:
        values = reader.feed(body)
    except LinkError:
        raise LinkError("link.answer") from None
    if len(values) != 1 or not reader.ended:
        raise LinkError("link.answer")
    return values[0]


def read_reply(value: Any, *, asked: Cursors, counter: str, hash_of: HashOf) -> Reply:
    """The reply. Raises LinkError `link.answer`."""
    try:
        return unpack_reply(value, asked=asked, counter=counter, hash_of=hash_of)
    except CacheError:
        raise LinkError("link.answer") from None


def denses(dense: Dense) -> dict[str, Dense]:
    """By the name of the dictionary: this one, and none."""
    plain = Dense()
    return {PLAIN: plain, dense.name: dense}
