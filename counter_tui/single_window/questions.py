"""Decisions that are in question: recorded under authority that had ended, as the window knows and a booth not."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..domain.entries import read_decision
from ..domain.words import Basis
from ..errors import CounterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from offline_cache import Entry

    from ..domain.delegation import Delegation
    from ..domain.posts import Officer


class Questions:
    """What is asked of decisions as they arrive."""

    def __init__(self, staff: Mapping[str, Officer], delegations: Iterable[Delegation], zone: str) -> None:
        """`staff` may sign at the counters now; agencies have signed the `delegations`; `zone` is the post's."""
        self._staff, self._zone = staff, ZoneInfo(zone)
        self._delegations = {one.reason: one for one in delegations}

    def of(self, entry: Entry, signer: str | None) -> str:
        """The code of what is in question about a decision's entry; "" where nothing is.

        `authority.ended`: who signed it is not on the staff any more. `delegation.ended`: it clears for another agency
        under a delegation that was not in force when it was recorded, or that is not known here.
        """
        if signer is not None and signer not in self._staff:
            return "authority.ended"
        try:
            body, at = read_decision(entry.body or b""), datetime.fromisoformat(entry.recorded_at)
        except (CounterError, ValueError):
            return ""
        for judged in body.judgements:
            if judged.basis is Basis.DELEGATED:
                under = self._delegations.get(judged.reason)
                if under is None or not under.holds(at.astimezone(self._zone)):
                    return "delegation.ended"
        return ""
