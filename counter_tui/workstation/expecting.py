"""How many are expected, group by group, however many are held: counted in memory as travellers come in."""

import heapq
from collections import Counter
from datetime import UTC

from ..domain.crossings import Group
from ..domain.words import Direction
from .news import Expected, ExpectedGroup, Expecting

FIRST = 40
"""So many groups are named; the rest are counted."""
_ALONE = "~|"  # no group's key begins so


class ExpectedGroups:
    """Who is expected, counted. Travellers go by the key of their record."""

    def __init__(self, direction: Direction | None = None) -> None:
        """Of those who go this way; None: of all."""
        self._direction = direction
        self._of: dict[str, str] = {}
        self._groups: dict[str, Group] = {}
        self._held: Counter[str] = Counter()

    def keep(self, key: str, traveller: Expected) -> None:
        """Count this traveller, where they are now."""
        self.drop(key)
        if self._direction not in {None, traveller.direction}:
            return
        name = _name(traveller.group)
        if traveller.group is not None:
            self._groups[name] = traveller.group
        self._of[key] = name
        self._held[name] += 1

    def drop(self, key: str) -> None:
        """Count this traveller no more."""
        name = self._of.pop(key, None)
        if name is not None:
            self._held[name] -= 1
            if not self._held[name]:
                del self._held[name]
                self._groups.pop(name, None)

    def keys_of(self, group: str) -> tuple[str, ...]:
        """The keys of the records of those who are on the list of the group of this id, as they came in."""
        names = {name for name, known in self._groups.items() if known.id == group}
        return tuple(key for key, name in self._of.items() if name in names)

    def read(self) -> Expecting:
        """All of them counted, the first groups in the order in which they are due."""
        first = tuple(
            ExpectedGroup(self._groups[name], self._held[name]) for name in heapq.nsmallest(FIRST, self._groups)
        )
        return Expecting(len(self._of), first, len(self._groups) - len(first), self._held[_ALONE])


def _name(group: Group | None) -> str:
    """What stands for a group; those without one stand together."""
    if group is None:
        return _ALONE
    return f"{group.due.astimezone(UTC).isoformat() if group.due else '~'} {group.id}"
