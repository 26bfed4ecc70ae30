"""Who knew of what: acts of a thread in an order that is the same everywhere, and which of them knew which others."""

from collections.abc import Iterable

from ..acts import Act


class History:
    """A set of acts of one thread; which arrived first, or twice, makes no difference.

    An act knows the acts that it names in `after`, those that they knew, and whatever its own counter had recorded
    before it. `acts` are in an order in which none comes before one that it knew; `missing` are ids that were named and
    have not come.
    """

    __slots__ = ("_at", "_known", "acts", "missing")

    def __init__(self, acts: Iterable[Act]) -> None:
        held = {act.id: act for act in acts}
        ordered = sorted(held.values(), key=_by_counter)
        parents: dict[str, list[str]] = {}
        missing: set[str] = set()
        for at, act in enumerate(ordered):
            named = [one for one in act.after if one in held and one != act.id]
            missing.update(one for one in act.after if one not in held)
            if at and ordered[at - 1].counter == act.counter:
                named.append(ordered[at - 1].id)
            parents[act.id] = named
        self.acts = _sorted(ordered, parents)
        self.missing = tuple(sorted(missing))
        self._at = {act.id: at for at, act in enumerate(self.acts)}
        self._known: list[int] = []
        for act in self.acts:
            known = 0
            for parent in parents[act.id]:
                at = self._at[parent]
                if at < len(self._known):  # one that claims to know what knows it is not believed
                    known |= self._known[at] | 1 << at
            self._known.append(known)

    def knew(self, later: str, earlier: str) -> bool:
        """Whether an act was recorded knowing of another; both by id, of this history."""
        return bool(self._known[self._at[later]] >> self._at[earlier] & 1)

    def apart(self, one: str, other: str) -> bool:
        """Whether neither knew of the other."""
        return one != other and not self.knew(one, other) and not self.knew(other, one)

    @property
    def heads(self) -> tuple[str, ...]:
        """The acts that no other knew of: what the next one names."""
        known = 0
        for mask in self._known:
            known |= mask
        return tuple(act.id for at, act in enumerate(self.acts) if not known >> at & 1)


def _by_counter(act: Act) -> tuple[str, int]:
    return act.counter, act.sequence


def _sorted(acts: list[Act], parents: dict[str, list[str]]) -> list[Act]:
    """Parents first. Of a circle, which only a forger makes, somebody comes first, and the same one everywhere."""
    held = {act.id: act for act in acts}
    begun: set[str] = set()
    done: set[str] = set()
    ordered: list[Act] = []
    for act in acts:
        path = [act.id]
        while path:
            id_ = path[-1]
            begun.add(id_)
            first = next((parent for parent in parents[id_] if parent not in begun), None)
            if first is not None:
                path.append(first)
                continue
            path.pop()
            if id_ not in done:
                done.add(id_)
                ordered.append(held[id_])
    return ordered
