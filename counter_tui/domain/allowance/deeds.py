"""What is done to a resident's allowance, each an act in the resident's thread; amounts in sen."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Self

from ..acts import Deed
from ..two_persons import why_not_two
from ..words import Agency, Role
from .amounts import MOST

if TYPE_CHECKING:
    from ..posts import Officer

ALLOWANCE: Final = "allowance"
"""The kind of the journal's entries."""
_MONTH: Final = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_LONGEST: Final = 500


class What(StrEnum):
    """A share was drawn, and the rest given back; a grant, by what it comes from; what a grant should have been.

    MISSED: a share was asked for, and whatever was handed out never came here.
    LINKED says of one key that it is the same person's as another, so that acts of both are found from either.
    """

    DRAWN = "drawn"
    RETURNED = "returned"
    MISSED = "missed"
    GRANTED = "granted"
    CAPPED = "capped"
    SUPERVISOR = "supervisor"
    CORRECTED = "corrected"
    LINKED = "linked"


REASONS: Final = ("need", "no-link", "counted-twice", "other")
"""Why a supervisor grants more than there is, in the order in which they are offered."""
CORRECTIONS: Final = ("miskeyed", "goods-returned", "duty-paid", "wrong-person", "other")
"""Why a grant is corrected, likewise."""
GRANTS: Final = frozenset({What.GRANTED, What.CAPPED, What.SUPERVISOR})
OF_SHARES: Final = frozenset({What.DRAWN, What.RETURNED, What.MISSED, What.GRANTED})
_OWN: Final = frozenset({What.DRAWN, What.RETURNED, What.MISSED, What.LINKED})


@dataclass(frozen=True, slots=True, repr=False)
class AllowanceDeed(Deed):
    """`month` is YYYY-MM at the post. `resident` is the key that the thread stands for, `also` another of theirs.

    `share` names what was drawn; a grant from it counts for its month. `act` is the grant that is corrected, and `sen`
    then what it should have been. `outside`: what the agency had counted beside this ledger when a share was drawn.
    `declared` is what was declared on the crossing of a grant: what the agency may count.
    A supervisor's grant names who is to confirm it (id of an officer), and until when (ISO 8601 UTC).
    Raises ValueError where it is none.
    """

    what: What
    resident: str
    month: str
    sen: int
    share: str = ""
    crossing: str = ""
    act: str = ""
    reason: str = ""
    note: str = ""
    confirmer: str = ""
    confirm_by: str = ""
    outside: int = 0
    declared: int = 0
    also: str = ""

    def __post_init__(self) -> None:
        amounts = (self.sen, self.outside, self.declared)
        bounded = all(0 <= one <= MOST for one in amounts) and _MONTH.fullmatch(self.month) is not None
        named = bool(self.resident) and all(len(one) <= _LONGEST for one in (self.resident, self.also, self.note))
        of_share = (self.what in OF_SHARES) is bool(self.share)
        if not (bounded and named and of_share and (self.what is What.CORRECTED) is bool(self.act)):
            raise ValueError(self.what)

    def __repr__(self) -> str:
        """Without the person."""
        return f"AllowanceDeed({self.what.value}, {self.month}, {self.sen})"

    def needs_second(self) -> bool:
        """A correction takes four eyes."""
        return self.what is What.CORRECTED

    def why_not(self, first: Officer, second: Officer | None) -> str:
        """`resident.not-yours`, `resident.supervisor-needed`, or why these two may not; "" where they may."""
        if self.needs_second() and second is None:
            return "act.second-needed"
        why = why_not_two(first, second) if second is not None else ""
        if why:
            return f"act.{why}"
        if self.what in _OWN:
            return ""  # the counter's own: nobody gains by it
        both = {first} if second is None else {first, second}
        if not any(Agency.CUSTOMS in one.acts_for for one in both):
            return "resident.not-yours"
        if self.what in {What.SUPERVISOR, What.CORRECTED} and not any(_supervises(one) for one in both):
            return "resident.supervisor-needed"
        return ""

    def seen_by(self, to: AbstractSet[Agency]) -> Self | None:
        """All of it where customs is served; nothing elsewhere."""
        return self if Agency.CUSTOMS in to else None


def _supervises(officer: Officer) -> bool:
    """Whether this person supervises for customs."""
    return officer.role is Role.SUPERVISOR and Agency.CUSTOMS in officer.acts_for
