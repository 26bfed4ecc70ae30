"""Where those of a group are who are not in their seats: as somebody said, at any counter."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from ..domain.whereabouts import Place, person_of, where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.whereabouts import Located
    from .acts import Acts
    from .stack import Stack

SLICE: Final = 10
"""So many are looked up in one go."""
SEATED: Final = frozenset({Place.VEHICLE, Place.BOOTH})
"""In their seat, or before the officer: nobody looks for them."""


async def places_of(stack: Stack, acts: Acts) -> Mapping[str, Located]:
    """By document, who was said to be somewhere else; who is said to be in two places is among them."""
    found: dict[str, Located] = {}
    for number, row in enumerate(stack.rows, 1):
        seen = person_of(where(acts.of(row.crossing.id))) if row.crossing is not None else None
        if seen is not None and seen.place not in SEATED:
            found[row.key] = seen
        if number % SLICE == 0:
            await asyncio.sleep(0)
    return found
