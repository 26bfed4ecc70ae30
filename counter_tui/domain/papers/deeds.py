"""What is recorded of papers: that one was given, or failed to come out; and until when somebody was admitted."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Self

from ..acts import Deed
from ..words import Agency
from .blocks import PaperKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..acts import Act

PAPER: Final = "paper"
ADMISSION: Final = "admission"
CORRECTION: Final = "correction"
COPY_REASONS: Final = ("lost", "unreadable", "asked")
"""Why a copy is given: the first was lost, it did not come out well, an agency asks for it."""

_STAY_OPEN_TO: Final = frozenset({Agency.IMMIGRATION, Agency.SECURITY})


class Way(StrEnum):
    """How a paper left the program."""

    PRINTED = "printed"
    SAVED = "saved"
    FAILED = "failed"
    """It did not come out after all; `of` names the act that said it would."""


@dataclass(frozen=True, slots=True)
class PaperDeed(Deed):
    """A paper was given. `code` is the one that stands on it; `copy` 0 is the first, each later one takes two people.

    `drawn_from`, `digest` and `rules` are what was known when it was; `reason` is why a copy was given.
    """

    paper: PaperKind
    way: Way
    code: str
    copy: int = 0
    drawn_from: tuple[str, ...] = ()
    digest: str = ""
    rules: str = ""
    reason: str = ""
    of: str = ""

    def needs_second(self) -> bool:
        """A copy takes four eyes; that a paper did not come out does not."""
        return self.copy > 0 and self.way is not Way.FAILED


@dataclass(frozen=True, slots=True)
class AdmissionDeed(Deed):
    """A foreigner was admitted until the end of this day, by this rule; the stamp, and on which page it stands."""

    until: date
    rule: str
    legal_basis: str = ""
    stamp: str = ""
    page: str = ""

    def seen_by(self, to: AbstractSet[Agency]) -> Self | None:
        """Stay is immigration's, and open to security; to the others it is a band, which is not sent."""
        return self if to & _STAY_OPEN_TO else None


def copies(acts: Iterable[Act], code: str) -> int:
    """How many papers with this code came out, as far as it is known here; the next one is the copy of that number."""
    given = {act.id: act.deed for act in acts if isinstance(act.deed, PaperDeed)}
    failed = {deed.of for deed in given.values() if deed.way is Way.FAILED}
    came = (id_ for id_, deed in given.items() if deed.way is not Way.FAILED and deed.code == code)
    return sum(id_ not in failed for id_ in came)


def find_admission(acts: Iterable[Act]) -> Act | None:
    """Until when somebody may stay: what was recorded last and not taken back, whatever the order of the acts."""
    held = tuple(acts)
    taken_back = {act.deed.act for act in held if act.kind == CORRECTION}
    found = [act for act in held if isinstance(act.deed, AdmissionDeed) and act.id not in taken_back]
    return max(found, key=lambda act: (act.at, act.id), default=None)


def find_by_code(acts: Iterable[Act], code: str) -> Act | None:
    """The first act that gave the paper with this code."""
    found = [act for act in acts if isinstance(act.deed, PaperDeed) and act.deed.code == code]
    return min(found, key=lambda act: (act.at, act.id), default=None)
