"""The counter's half: what may be granted here and now, from which source, and the deeds that say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .balance import Balance, Share
from .deeds import AllowanceDeed, What
from .escrow import Answer, Ask, Reply, said

if TYPE_CHECKING:
    from ..acts import Act
    from .residents import Resident
    from .terms import Terms


@dataclass(frozen=True, slots=True)
class Room:
    """What may be granted on one crossing: from the share that is held here, and from this counter's slice.

    The slice is 0 while the single window can be asked: it knows better.
    """

    share: Share | None
    of_share: int
    of_slice: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.of_share + self.of_slice


@dataclass(frozen=True, slots=True)
class Place:
    """Which counter this is, and its slice (sen)."""

    counter: str
    slice: int


def room(of: Balance, terms: Terms, place: Place, crossing: str, *, linked: bool, agency_used: int = 0) -> Room:
    """What may be granted now. `agency_used`: by the agency's own record; where both differ the greater counts."""
    share = next((one for one in of.held_at(place.counter) if one.left), None)
    of_share = share.left if share is not None else 0
    if linked:
        return Room(share, of_share, 0)
    left = terms.allowance - max(of.used, agency_used) - of_share
    here = place.slice - of.capped(place.counter)
    on_crossing = terms.offline_crossing - of.capped(place.counter, crossing)
    return Room(share, of_share, max(0, min(left, here, on_crossing)))


@dataclass(frozen=True, slots=True)
class Occasion:
    """The crossing on which something is granted, and what was declared on it (sen)."""

    crossing: str
    declared: int = 0


def grant(resident: Resident, of: Balance, at: Room, sen: int, on: Occasion) -> tuple[AllowanceDeed, ...]:
    """The deeds of a grant of so many sen, and of giving the rest of the share back, to be recorded in one step.

    Raises ValueError where that is more than there is room for, or nothing.
    """
    if not 0 < sen <= at.total:
        raise ValueError(sen)
    month, found = of.month, []
    from_share = min(sen, at.of_share)
    if at.share is not None:
        if from_share:
            found.append(_granted(What.GRANTED, resident, month, from_share, on, at.share.id))
        rest = at.share.left - from_share
        found.append(_deed(What.RETURNED, resident, month, rest, share=at.share.id, crossing=on.crossing))
    if sen > from_share:
        found.append(_granted(What.CAPPED, resident, month, sen - from_share, on))
    return tuple(found)


def give_back(resident: Resident, of: Balance, share: str) -> AllowanceDeed | None:
    """The deed that ends a share, held here or asked for in vain; None for one that is given back already."""
    known = next((one for one in of.shares if one.id == share), None)
    if known is None:
        return _deed(What.MISSED, resident, of.month, 0, share=share)
    return _deed(What.RETURNED, resident, of.month, known.left, share=share) if known.held else None


def question(resident: Resident, acts: Iterable[Act], place: Place, month: str, number: int, agency_used: int) -> Ask:
    """What the single window is asked for a share. `number` is kept on disk before it goes."""
    held = tuple(acts)
    return Ask(resident.key, month, place.counter, number, said(held, place.counter, month), agency_used, resident.also)


def draw(resident: Resident, of: Balance, ask: Ask, answer: Answer, crossing: str) -> AllowanceDeed | None:
    """The deed that takes a share that was answered, of nothing where all there is to keep is what the agency counts.

    None where there is nothing to keep. The caller sees to it that the question was not given up meanwhile.
    """
    new = answer.reply is Reply.SHARE and answer.share == ask.share and ask.share not in {one.id for one in of.shares}
    if not new and answer.outside <= of.outside:
        return None
    sen = answer.sen if new else 0
    return _deed(What.DRAWN, resident, answer.month, sen, share=ask.share, crossing=crossing, outside=answer.outside)


def _granted(what: What, resident: Resident, month: str, sen: int, on: Occasion, share: str = "") -> AllowanceDeed:
    return AllowanceDeed(
        what, resident.key, month, sen, share=share, crossing=on.crossing, declared=on.declared, also=resident.also
    )


def _deed(
    what: What, resident: Resident, month: str, sen: int, *, share: str = "", crossing: str = "", outside: int = 0
) -> AllowanceDeed:
    return AllowanceDeed(
        what, resident.key, month, sen, share=share, crossing=crossing, outside=outside, also=resident.also
    )
