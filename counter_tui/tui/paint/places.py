"""Where people are, in words: how many at each place, and where somebody was seen last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from ...domain.whereabouts import GONE, Place
from ..words import _
from .cells import spoken
from .times import when

if TYPE_CHECKING:
    from ...domain.whereabouts import Located


def places_words(heads: Mapping[Place | None, int]) -> list[str]:
    """`ward 2`, each place once: who is still at the post first, then who has gone; those said apart last."""
    known = sorted(
        (place for place in heads if place is not None), key=lambda place: (place in GONE, [*Place].index(place))
    )
    told = [f"{spoken(f'place.{place.value}')} {heads[place]}" for place in known]
    return [*told, _("said in two ways {n}").format(n=heads[None])] if heads.get(None) else told


def seen_words(seen: Located, now: datetime, zone: str) -> str:
    """Each place that was said apart, with its time."""
    return " / ".join(f"{spoken(f'place.{one.place.value}')}, {when(one.at, now, zone)}" for one in seen.sightings)


def place_words(seen: Located | None) -> str:
    """The place alone; "" for who is where they belong."""
    return " / ".join(dict.fromkeys(spoken(f"place.{one.place.value}") for one in seen.sightings)) if seen else ""
