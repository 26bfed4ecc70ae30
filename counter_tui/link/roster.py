"""The notice of who may sign in at a counter from now on, signed by the single window (Ed25519).

A notice is 64 bytes of signature and then UTF-8 JSON; the signature covers the canonical encoding that
`offline_cache.entry` describes of the counter's own public key and that JSON, under a tag of its own. So it is for one
enrolment alone: a counter that enrols again under the same name takes nothing that was said to the one before.
"""

from collections.abc import Callable
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationError

from offline_cache.entry import encode
from offline_cache.errors import NoticeWrong
from offline_cache.signing import verify

from . import wire

KIND: Final = "roster"
MAX_ROSTER_NOTICE: Final = 96 << 10  # bytes: below what a notice may have on the wire
_TAG: Final = b"counter roster 1"
_SIGNATURE: Final = 64


class RosterNotice(wire.Message):
    """Everybody who may sign in at this counter. Of two, the one with the higher number is the newer.

    A line with an empty `wrapped` is of somebody whose private key the counter was given when it enrolled.
    """

    kind: Literal["roster"]
    counter: wire.Word
    realm: wire.Word
    number: wire.Sequence63
    lines: Annotated[tuple[wire.WireRosterLine, ...], Field(max_length=wire.MAX_ROSTER)]

    def signed(self, sign: Callable[[bytes], bytes], counter_key: bytes) -> bytes:
        """The notice, for the counter with this public key. Raises ValueError where no counter would take it."""
        said = self.to_bytes()
        if len(said) + _SIGNATURE > MAX_ROSTER_NOTICE:
            raise ValueError("roster")
        return sign(encode(_TAG, (counter_key, said))) + said


def read_roster(notice: bytes, *, window_key: bytes, counter_key: bytes, counter: str, realm: str) -> RosterNotice:
    """What a notice says to this counter.

    Raises NoticeWrong: `notice.malformed`, `notice.forged`, `notice.other-counter`.
    """
    if len(notice) > MAX_ROSTER_NOTICE:
        raise NoticeWrong("notice.malformed")
    signature, said = notice[:_SIGNATURE], notice[_SIGNATURE:]
    if not verify(window_key, encode(_TAG, (counter_key, said)), signature):
        raise NoticeWrong("notice.forged")
    try:
        told = RosterNotice.model_validate_json(said)
    except (ValidationError, RecursionError):
        raise NoticeWrong("notice.malformed") from None
    if (told.counter, told.realm) != (counter, realm):
        raise NoticeWrong("notice.other-counter")
    return told
