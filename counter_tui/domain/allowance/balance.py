"""A resident's balance of a month, folded from acts in any order: what was granted, held where, and is owed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ..confirming import said_by_seconds, signed_by_two
from ..joint.history import History
from .deeds import ALLOWANCE, GRANTS, AllowanceDeed, What

if TYPE_CHECKING:
    from datetime import datetime

    from ..acts import Act

CONFIRMATION: Final = "confirmation"
"""The kind of act with which somebody confirms another."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A grant, and what it counts for: as it was said, or as it was corrected. `apart`: corrections that disagree."""

    act: Act
    sen: int
    corrected: tuple[Act, ...] = ()
    apart: bool = False

    @property
    def deed(self) -> AllowanceDeed:
        """What was granted."""
        deed: AllowanceDeed = self.act.deed
        return deed


@dataclass(frozen=True, slots=True)
class Share:
    """What a counter drew: how much of it was granted, and given back; None while it is held."""

    id: str
    counter: str
    sen: int
    granted: int
    returned: int | None

    @property
    def left(self) -> int:
        """What may still be granted from it."""
        return max(0, self.sen - self.granted) if self.returned is None else 0

    @property
    def held(self) -> bool:
        """Whether its counter has it still; one of nothing never was."""
        return self.returned is None and self.sen > 0

    @property
    def kept(self) -> int:
        """What nobody else may be given: more than was drawn only where more was granted than that."""
        return max(self.granted, self.sen - (self.returned or 0))


@dataclass(frozen=True)
class Balance:
    """Of one resident and month. `outside` is what the agency had counted before this ledger began to."""

    month: str
    grants: tuple[Grant, ...]
    shares: tuple[Share, ...]
    outside: int

    @cached_property
    def used(self) -> int:
        """What counts of the month's allowance."""
        return self.outside + sum(grant.sen for grant in self.grants)

    @cached_property
    def committed(self) -> int:
        """What is used, and what shares keep from being given to anybody else."""
        return self.used + sum(share.kept - share.granted for share in self.shares)

    @cached_property
    def told(self) -> int:
        """What an agency that was told of all these grants counts of them, whether it heard of corrections or not."""
        return sum(max(grant.deed.sen, grant.sen) for grant in self.grants)

    def excess(self, allowance: int) -> int:
        """What was granted over the allowance."""
        return max(0, self.used - allowance)

    def held_at(self, counter: str) -> tuple[Share, ...]:
        """The shares that this counter holds."""
        return tuple(share for share in self.shares if share.counter == counter and share.held)

    def capped(self, counter: str, crossing: str = "") -> int:
        """What this counter granted without a link, as it was said; on one crossing where that is given."""
        return sum(
            grant.deed.sen
            for grant in self.grants
            if grant.deed.what is What.CAPPED and grant.act.counter == counter
            if not crossing or grant.deed.crossing == crossing
        )


def balance(acts: Iterable[Act], month: str) -> Balance:
    """The balance of a month. `acts` are the resident's, of all keys and months; duplicates make no difference."""
    known = tuple(acts)
    of_month, seconds = _of_month(known, month), said_by_seconds(known)
    corrected: dict[str, list[Act]] = {}
    for act in of_month:
        if act.deed.what is What.CORRECTED and signed_by_two(act, seconds):
            corrected.setdefault(act.deed.act, []).append(act)
    history = History(of_month) if corrected else None
    grants = tuple(_grant(act, corrected.get(act.id, []), history) for act in of_month if act.deed.what in GRANTS)
    outside = max((act.deed.outside for act in of_month), default=0)
    return Balance(month, grants, _shares(of_month), outside)


def _of_month(acts: Iterable[Act], month: str) -> tuple[Act, ...]:
    held = {act.id: act for act in acts if act.kind == ALLOWANCE and act.deed.month == month}
    return tuple(sorted(held.values(), key=lambda act: (act.at, act.id)))


def _grant(act: Act, corrections: list[Act], history: History | None) -> Grant:
    """The latest correction counts; of those made apart from each other the one that leaves most counted."""
    if history is None or not corrections:
        return Grant(act, act.deed.sen)
    last = [one for one in corrections if not any(history.knew(other.id, one.id) for other in corrections)]
    amounts = {one.deed.sen for one in last}
    return Grant(act, max(amounts), tuple(corrections), apart=len(amounts) > 1)


def _shares(acts: tuple[Act, ...]) -> tuple[Share, ...]:
    """A share is its counter's own: what another says of it is not believed."""
    drawn = {act.deed.share: act for act in acts if act.deed.what is What.DRAWN}
    granted: dict[str, int] = dict.fromkeys(drawn, 0)
    returned: dict[str, int] = {}
    for act in acts:
        name = act.deed.share
        if name not in drawn or act.counter != drawn[name].counter:
            continue
        if act.deed.what is What.GRANTED:
            granted[name] += act.deed.sen
        elif act.deed.what is What.RETURNED:
            returned[name] = min(act.deed.sen, returned.get(name, act.deed.sen))
    return tuple(
        Share(name, act.counter, act.deed.sen, granted[name], returned.get(name)) for name, act in drawn.items()
    )


@dataclass(frozen=True, slots=True)
class Debt:
    """What was granted over a month's allowance: a flag for the months after it, and no more than that.

    `grants` are those that were made without a link or beyond it, the newest first: who gave them, and when.
    """

    month: str
    sen: int
    grants: tuple[Grant, ...]


def find_debt(of: Balance, allowance: int) -> Debt | None:
    """What is owed of a month."""
    over = of.excess(allowance)
    if not over:
        return None
    loose = [grant for grant in of.grants if grant.deed.what is not What.GRANTED or grant.corrected]
    return Debt(of.month, over, tuple(reversed(loose or of.grants)))


def debts(acts: Iterable[Act], before: str, allowance: int) -> tuple[Debt, ...]:
    """What is owed of earlier months than this one, the newest first."""
    held = tuple(act for act in acts if act.kind == ALLOWANCE)
    months = sorted({act.deed.month for act in held if act.deed.month < before}, reverse=True)
    found = (find_debt(balance(held, month), allowance) for month in months)
    return tuple(debt for debt in found if debt is not None)


def to_confirm(acts: Iterable[Act], month: str, now: datetime) -> tuple[tuple[Grant, str], ...]:
    """A month's supervisor's grants that were not confirmed: `waits`, `refused`, or `lapsed` once the time is over.

    Only who was named confirms, and in time; silence does not.
    """
    held = tuple(acts)
    said: dict[str, list[Act]] = {}
    for act in held:
        if act.kind == CONFIRMATION:
            said.setdefault(act.deed.act, []).append(act)
    found = []
    for grant in balance(held, month).grants:
        if grant.deed.what is What.SUPERVISOR:
            end = grant.deed.confirm_by
            answers = [
                a for a in said.get(grant.act.id, ()) if a.officer == grant.deed.confirmer and stamp(a.at) <= end
            ]
            if any(not answer.deed.agreed for answer in answers):
                found.append((grant, "refused"))
            elif not answers:
                found.append((grant, "lapsed" if stamp(now) > end else "waits"))
    return tuple(found)


def stamp(moment: datetime) -> str:
    """ISO 8601 UTC with milliseconds, as acts have it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
