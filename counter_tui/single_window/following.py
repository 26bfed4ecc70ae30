"""What followed from the decisions on a crossing: folded here from what was recorded at any counter, for the tellings.

Only entries that were looked at count, and the one that is looked at now: so what is told of an entry is the same
whenever it is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ..agencies.telling import NOTHING, Followed, Granted
from ..domain.acts import Act
from ..domain.allowance.balance import balance
from ..domain.allowance.deeds import ALLOWANCE, GRANTS, What
from ..domain.allowance.residents import find_resident, linked, thread_of
from ..domain.confirming import CONFIRMATION
from ..domain.entries import DecisionBody, circumstances_then
from ..domain.joint.fold import fold
from ..domain.joint.reading import ACTS, read_any
from ..domain.joint.state import LAWLESS, LETS_GO, Law
from ..domain.papers.deeds import ADMISSION, find_admission
from ..domain.words import Agency, Authority
from ..errors import CounterError
from .telling_store import TellingStore, Untold

Enrolled = Mapping[str, AbstractSet[Agency]]
"""The agencies that each counter serves, by its id."""
FOLLOW: Final = frozenset({"override", CONFIRMATION, ADMISSION, ALLOWANCE})
"""Kinds of acts that are no decision, and from which something follows that an agency is told."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What it is folded by: the post's own country, the law, the currency of the allowance, which realm."""

    country: str = ""
    law: Law = LAWLESS
    currency: str = "MYR"
    training: bool = False


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom it concerns, of which crossing, and who recorded it; "" where what they recorded is another agency's."""

    authority: Authority
    crossing: str
    officer: str = ""


class Following:
    """Folds over one single window's entries; for the store's thread."""

    def __init__(self, tellings: TellingStore, terms: Terms) -> None:
        self._tellings, self._terms = tellings, terms

    def of(
        self, authority: Authority, body: DecisionBody, card: str, at: datetime, enrolled: Enrolled, now: Untold | None
    ) -> Followed:
        """What concerns this authority of the crossing of `body`, as of `at`; `now` is looked at beside the others.

        `card` is the number of the traveller's shopping card, "" where none is known.
        """
        if authority is Authority.IMMIGRATION:
            acts = self._acts(body.crossing.id, now)
            return self._admission(acts, body, at, enrolled)
        if authority is Authority.CUSTOMS:
            return Followed(granted=self._granted(body, card, enrolled, now))
        return NOTHING

    def concerns(self, entry: Untold) -> Concerned | None:
        """Whom an act of `FOLLOW` says something of; None for nobody, or where the grant that it names has not come.

        Raises CounterError where it does not read.
        """
        act = _read(entry)
        if act.kind == CONFIRMATION:
            named = self._find(self._acts(act.thread, entry), act.deed.act)
            return self._of_ledger(named, entry) if named is not None and named.kind == ALLOWANCE else _joint(act)
        return self._of_ledger(act, entry) if act.kind == ALLOWANCE else _joint(act)

    def _of_ledger(self, act: Act, entry: Untold) -> Concerned | None:
        """A grant, and a correction of one, is of the grant's crossing."""
        if act.deed.what is What.CORRECTED:
            acts = self._of_resident((act.deed.resident, act.deed.also), entry)
            named = self._find(acts, act.deed.act)
            return Concerned(Authority.CUSTOMS, named.deed.crossing, act.officer) if named is not None else None
        return Concerned(Authority.CUSTOMS, act.deed.crossing, act.officer) if act.deed.what in GRANTS else None

    @staticmethod
    def _find(acts: Iterable[Act], id_: str) -> Act | None:
        return next((one for one in acts if one.id == id_), None)

    # -- what is folded ---------------------------------------------------------------------------------------------

    def _admission(self, acts: tuple[Act, ...], body: DecisionBody, at: datetime, enrolled: Enrolled) -> Followed:
        """The joint outcome for the traveller; and until when they may stay, as long as it lets them go."""
        outcome = fold(acts, (), circumstances_then(body, self._terms.country), at, self._terms.law).person
        ours = [a for a in acts if a.kind != ADMISSION or Agency.IMMIGRATION in enrolled.get(a.counter, frozenset())]
        found = find_admission(ours) if outcome in LETS_GO else None
        return Followed(outcome=outcome, stay=found.deed if found is not None else None)

    def _granted(self, body: DecisionBody, card: str, enrolled: Enrolled, now: Untold | None) -> tuple[Granted, ...]:
        """What the ledger has of this crossing, in the order in which it was granted."""
        resident = find_resident(body.crossing.document, card)
        if resident is None:
            return ()
        acts = self._of_resident(resident.keys, now)
        ours = [act for act in acts if Agency.CUSTOMS in enrolled.get(act.counter, frozenset())]
        of_ledger = (act.deed for act in ours if act.kind == ALLOWANCE)
        months = sorted({deed.month for deed in of_ledger if deed.crossing == body.crossing.id})
        grants = (grant for month in months for grant in balance(ours, month).grants)
        return tuple(
            Granted(grant.act.id, grant.deed.month, grant.sen, self._terms.currency)
            for grant in grants
            if grant.deed.crossing == body.crossing.id
        )

    # -- what was recorded ------------------------------------------------------------------------------------------

    def _of_resident(self, keys: Iterable[str], now: Untold | None) -> tuple[Act, ...]:
        return linked((key for key in keys if key), lambda key: self._acts(thread_of(key), now))

    def _acts(self, thread: str, now: Untold | None) -> tuple[Act, ...]:
        """The acts of a thread, of this realm, as far as they read."""
        held = [*self._tellings.looked_at_on(thread), *([now] if now is not None else [])]
        return tuple(act for act in _readable(held) if act.thread == thread and act.training is self._terms.training)


def _joint(act: Act) -> Concerned:
    """What changes the joint decision is of its own thread; only who gives the stay speaks for immigration."""
    return Concerned(Authority.IMMIGRATION, act.thread, act.officer if act.kind == ADMISSION else "")


def _readable(entries: Iterable[Untold]) -> Iterator[Act]:
    for entry in entries:
        if entry.kind in ACTS:
            try:
                yield _read(entry)
            except CounterError:
                continue


def _read(entry: Untold) -> Act:
    return read_any(entry.kind, entry.key, entry.body or b"", entry.recorded_at)
