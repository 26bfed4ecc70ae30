"""How many are expected, group by group, however many are held: small records, kept as travellers come in.

A record a group, under when it is due, so that the first of them are read without the others; one for those who travel
alone, and one for all. It holds the group and how many of it are held.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC

from ..domain.coding import from_json, to_json
from ..domain.crossings import Group
from ..errors import StoreError
from .news import Expected, ExpectedGroup, Expecting
from .ports import RecordStore

COUNTED = "expecting"
FIRST = 40
"""So many groups are read; the rest are counted."""
MOST_GROUPS = 100_000
_ALONE = "~|"  # no group's key begins so
_COMPLETE = "="  # all of them; stands there once everybody who is held is counted


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many travellers are held of a group; without one, of those who travel alone, or of all."""

    held: int
    group: Group | None = None


class ExpectedGroups:
    """Who is expected, counted."""

    def __init__(self, store: RecordStore) -> None:
        """Over the store that the travellers are in."""
        self._store = store

    @property
    def complete(self) -> bool:
        """Whether everybody who is held is counted; a store of earlier days has none."""
        return self._store.find(COUNTED, _COMPLETE) is not None

    def recount(self, travellers: Iterable[Expected], as_of: str) -> None:
        """Count all of them anew: these are all who are held."""
        for key in self._keys():
            self._store.delete(COUNTED, key)
        held: Counter[str] = Counter()
        groups: dict[str, Group | None] = {_COMPLETE: None}
        for one in travellers:
            key = _key(one.group)
            held.update((key, _COMPLETE))
            groups[key] = one.group
        for key, group in groups.items():
            self._put(key, _Counted(held[key], group), as_of)

    def keep(self, now: Expected | None, as_of: str, earlier: Expected | None = None) -> None:
        """Count this traveller; `earlier` is what they were counted as until now; None: as nobody."""
        if now is not None and earlier is not None and now.group == earlier.group:
            return
        for one, change in ((earlier, -1), (now, 1)):
            if one is not None:
                self._add(_key(one.group), change, one.group, as_of)
                self._add(_COMPLETE, change, None, as_of)

    def _add(self, key: str, change: int, group: Group | None, as_of: str) -> None:
        held = max(0, self._held(key) + change)
        if held or key == _COMPLETE:
            self._put(key, _Counted(held, group), as_of)
        else:
            self._store.delete(COUNTED, key)

    def _put(self, key: str, counted: _Counted, as_of: str) -> None:
        self._store.put(COUNTED, key, to_json(counted), as_of=as_of, owner="counter", partition="")

    def _held(self, key: str) -> int:
        counted = self._find(key)
        return counted.held if counted else 0

    def _find(self, key: str) -> _Counted | None:
        record = self._store.find(COUNTED, key)
        try:
            return from_json(_Counted, record.body, error=StoreError("store.record-unreadable")) if record else None
        except StoreError:
            return None

    def _keys(self) -> list[str]:
        return [key for key in self._store.keys(COUNTED, "", limit=MOST_GROUPS) if key not in (_ALONE, _COMPLETE)]

    def read(self) -> Expecting:
        """All of them counted, the first groups in the order in which they are due."""
        keys = self._keys()
        first = [found for found in map(self._find, keys[:FIRST]) if found is not None]
        groups = tuple(ExpectedGroup(found.group, found.held) for found in first if found.group is not None)
        return Expecting(self._held(_COMPLETE), groups, len(keys) - len(groups), self._held(_ALONE))


def _key(group: Group | None) -> str:
    if group is None:
        return _ALONE
    return f"{group.due.astimezone(UTC).isoformat() if group.due else '~'} {group.id}"
