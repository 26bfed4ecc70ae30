"""Who may sign in at this counter, as its single window last said: taken from its notices, and seen as it is now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from offline_cache.errors import NoticeWrong

from ..domain.posts import Officer
from .identity import Identity, Person, keep_identity, raw, text

if TYPE_CHECKING:
    from offline_cache import Vault

    from ..link.wire import WireRosterLine

MAX_FORMER: Final = 1000
"""So many keys of those who left are kept, the newest, for checking what they signed."""
_BEGINNING: Final = b'{"kind":"roster",'
_SIGNATURE: Final = 64


class LiveRoster(Mapping[str, Officer]):
    """The roster of an identity, whatever it is at the moment."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    def __getitem__(self, officer: str) -> Officer:
        person = self._identity.person(officer)
        if person is None:
            raise KeyError(officer)
        return person.officer

    def __iter__(self) -> Iterator[str]:
        return iter([person.officer.id for person in self._identity.roster])

    def __len__(self) -> int:
        return len(self._identity.roster)


def is_roster(notice: bytes) -> bool:
    """Whether a notice says that it is one, unchecked; without what reading one takes a while to load."""
    return notice[_SIGNATURE:].startswith(_BEGINNING)


def take_roster(vault: Vault, identity: Identity, notice: bytes) -> frozenset[str]:
    """Take a notice into the vault, durably, and into `identity`. Returns who stays as they were.

    Raises NoticeWrong as `read_roster` does, and `notice.older` for one with a lower number than the last. The same
    once more is no error.
    """
    from offline_cache import Settings

    from ..link.roster import read_roster

    said = read_roster(
        notice,
        window_key=raw(identity.window_key),
        counter_key=raw(identity.public),
        counter=identity.counter.id,
        realm=identity.realm,
    )
    if said.number < identity.roster_number:
        raise NoticeWrong("notice.older", number=said.number, held=identity.roster_number)
    before = identity.roster
    if said.number > identity.roster_number:
        found = (_person(identity, line) for line in said.lines)
        roster = tuple({person.officer.id: person for person in found if person is not None}.values())
        keys = {person.public_key for person in roster}
        gone = tuple(replace(person, wrapped="") for person in before if person.public_key not in keys)
        former = (*gone, *identity.former)[:MAX_FORMER]
        keep_identity(Settings(vault), replace(identity, roster=roster, former=former, roster_number=said.number))
        identity.roster, identity.former, identity.roster_number = roster, former, said.number
        if not vault.in_transaction:
            vault.shrink_log()
    stayed = {(person.public_key, person.officer.acts_for) for person in before}
    return frozenset(p.officer.id for p in identity.roster if (p.public_key, p.officer.acts_for) in stayed)


def _person(identity: Identity, line: WireRosterLine) -> Person | None:
    """Somebody of a notice; None where their key should be here and is not."""
    if line.wrapped:
        return Person(line.officer, text(line.public_key), text(line.wrapped))
    held = identity.person(line.officer.id)
    if held is None or held.public_key != text(line.public_key):
        return None
    return replace(held, officer=line.officer)
