"""Who and whose keys there are at other counters, as the single window last said: taken from its notices, and kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from offline_cache.errors import NoticeWrong

from ..domain.coding import to_plain
from ..domain.posts import Colleague, Officer
from ..domain.words import Agency, Role
from .identity import Identity, raw, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from offline_cache import Settings

_NAME: Final = "directory"
_BEGINNING: Final = b'{"kind":"directory",'
_SIGNATURE: Final = 64


@dataclass(frozen=True, slots=True)
class Directory:
    """Public keys (Ed25519, 32 bytes): of other counters by id, and those that people have there, by their ids.

    `staff` are those people; a single window of an earlier version does not say who they are.
    """

    counters: Mapping[str, bytes] = field(default_factory=dict)
    people: Mapping[str, Sequence[bytes]] = field(default_factory=dict)
    staff: Mapping[str, Colleague] = field(default_factory=dict)


def is_directory(notice: bytes) -> bool:
    """Whether a notice says that it is one, unchecked; without what reading one takes a while to load."""
    return notice[_SIGNATURE:].startswith(_BEGINNING)


def take_directory(kept: Settings, identity: Identity, notice: bytes) -> None:
    """Take a notice, durably.

    Raises NoticeWrong as `read_directory` does, and `notice.older` for one with a lower number than the last.
    """
    from ..link.directory import read_directory

    said = read_directory(
        notice,
        window_key=raw(identity.window_key),
        counter_key=raw(identity.public),
        counter=identity.counter.id,
        realm=identity.realm,
    )
    held = _held(kept)
    number = int(held.get("number", 0))
    if said.number < number:
        raise NoticeWrong("notice.older", number=said.number, held=number)
    if said.number > number:
        plain = {
            "number": said.number,
            "counters": {one.counter: text(one.key) for one in said.counters},
            "people": {one.officer: [text(key) for key in one.keys] for one in said.people},
            "staff": [to_plain(Colleague(one.who, one.at)) for one in said.people if one.who is not None],
        }
        kept.set(_NAME, json.dumps(plain).encode())


def kept_directory(kept: Settings) -> Directory:
    """What was said last; nobody's keys before anything was."""
    return _read(kept.find(_NAME) or b"{}")


@lru_cache(maxsize=4)
def _read(kept: bytes) -> Directory:
    """It is asked for of each person of a roster, and seldom another."""
    held = json.loads(kept)
    staff = [_colleague(**one) for one in held.get("staff", ())]
    return Directory(
        {counter: raw(key) for counter, key in held.get("counters", {}).items()},
        {officer: [raw(key) for key in keys] for officer, keys in held.get("people", {}).items()},
        {one.officer.id: one for one in staff},
    )


def _colleague(officer: dict[str, Any], counters: list[str]) -> Colleague:
    acts_for = frozenset(Agency(one) for one in officer["acts_for"])
    who = Officer(officer["id"], officer["name"], Agency(officer["agency"]), Role(officer["role"]), acts_for)
    return Colleague(who, tuple(counters))


def _held(kept: Settings) -> dict[str, Any]:
    return dict(json.loads(kept.find(_NAME) or b"{}"))
