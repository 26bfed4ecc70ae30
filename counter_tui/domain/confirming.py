"""What second persons have said since of acts that they signed elsewhere, and whether an act counts as signed by two.

For what is folded without a clock. Beside the first they signed; at their own counter it counts once they say that it
holds; by telephone from the first, unless they say that it does not.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from .acts import Act, Means
from .joint.deeds import Confirmation

CONFIRMATION: Final = "confirmation"


def said_by_seconds(acts: Iterable[Act]) -> Mapping[str, bool]:
    """By id of an act what its own second person said of it: one no is enough."""
    held = {act.id: act for act in acts}
    found: dict[str, bool] = {}
    for act in held.values():
        deed = act.deed
        named = held.get(deed.act) if act.kind == CONFIRMATION and isinstance(deed, Confirmation) else None
        if named is not None and named.second is not None and named.second.officer == act.officer:
            found[named.id] = deed.agreed and found.get(named.id, True)
    return found


def signed_by_two(act: Act, said: Mapping[str, bool]) -> bool:
    """Whether a second person signed it, who is not the first."""
    if act.second is None or act.second.officer in {"", act.officer}:
        return False
    if act.second.means is Means.BESIDE:
        return True
    return said.get(act.id, act.second.means is Means.TELEPHONE)
