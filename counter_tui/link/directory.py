"""The notice of whose keys there are at other counters of the post, signed by the single window (Ed25519).

A counter needs them to be signed for over the telephone, and to say who may be asked at another counter: each counter's
public key, the people who may sign in there, and their keys.
It is written and bound to one enrolment as a roster is (`roster`), under a tag of its own.
"""

from collections.abc import Callable
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationError

from offline_cache.entry import encode
from offline_cache.errors import NoticeWrong
from offline_cache.signing import verify

from ..domain.posts import Officer
from . import wire

KIND: Final = "directory"
MAX_DIRECTORY: Final = 96 << 10  # bytes: below what a notice may have on the wire
MAX_COUNTERS: Final = 64
_TAG: Final = b"counter directory 1"
_SIGNATURE: Final = 64


class CounterKey(wire.Message):
    """Another counter, and its own key."""

    counter: wire.Word
    key: wire.PublicKey


class PersonKeys(wire.Message):
    """A person, and the keys that they have at other counters, one each, with those counters' ids in the same order."""

    officer: wire.Word
    keys: Annotated[tuple[wire.PublicKey, ...], Field(max_length=MAX_COUNTERS)]
    at: Annotated[tuple[wire.Word, ...], Field(max_length=MAX_COUNTERS)] = ()
    who: Officer | None = None


class DirectoryNotice(wire.Message):
    """Everybody's keys elsewhere. Of two, the one with the higher number is the newer."""

    kind: Literal["directory"]
    counter: wire.Word
    realm: wire.Word
    number: wire.Sequence63
    counters: Annotated[tuple[CounterKey, ...], Field(max_length=MAX_COUNTERS)]
    people: Annotated[tuple[PersonKeys, ...], Field(max_length=wire.MAX_ROSTER)]

    def signed(self, sign: Callable[[bytes], bytes], counter_key: bytes) -> bytes:
        """The notice, for the counter with this public key. Raises ValueError where no counter would take it."""
        said = self.to_bytes()
        if len(said) + _SIGNATURE > MAX_DIRECTORY:
            raise ValueError("directory")
        return sign(encode(_TAG, (counter_key, said))) + said


def read_directory(
    notice: bytes, *, window_key: bytes, counter_key: bytes, counter: str, realm: str
) -> DirectoryNotice:
    """What a notice says to this counter.

    Raises NoticeWrong: `notice.malformed`, `notice.forged`, `notice.other-counter`.
    """
    if len(notice) > MAX_DIRECTORY:
        raise NoticeWrong("notice.malformed")
    signature, said = notice[:_SIGNATURE], notice[_SIGNATURE:]
    if not verify(window_key, encode(_TAG, (counter_key, said)), signature):
        raise NoticeWrong("notice.forged")
    try:
        told = DirectoryNotice.model_validate_json(said)
    except (ValidationError, RecursionError):
        raise NoticeWrong("notice.malformed") from None
    if (told.counter, told.realm) != (counter, realm):
        raise NoticeWrong("notice.other-counter")
    return told
