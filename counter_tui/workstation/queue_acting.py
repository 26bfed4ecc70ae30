"""What is done about a conflict: kept as it is, or taken to a joint review, said and agreed. It changes no verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.joint.deeds import Review, Settlement, Stage
from ..errors import DecisionError
from .queue_conflicts import Asker, conflict_views

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ..domain.crossings import Crossing
    from ..domain.words import Verdict
    from .acts import Acts
    from .kept_acts import KeptActs
    from .parts import Parts
    from .ports import JournalEntry
    from .queue_conflicts import ConflictView
    from .sign_in import Session


class Conflicts:
    """One counter's. All of it runs on the backstage loop."""

    def __init__(
        self, parts: Parts, acts: Acts, kept: KeptActs, now: Callable[[], datetime], signed_in: Callable[[], Session]
    ) -> None:
        """`kept` knows when an act came here; `signed_in` raises DecisionError where nobody is."""
        self._parts, self._acts, self._kept, self._now, self._signed_in = parts, acts, kept, now, signed_in

    def of(self, thread: str) -> tuple[ConflictView, ...]:
        """The conflicts of a crossing, side by side."""
        to, here = self._signed_in().officer.acts_for, self._parts.place.counter.id
        asker = Asker(here, to, self._name, self._kept.heard)
        return conflict_views(self._acts.of(thread), asker, self._now(), self._parts.rules().book.deadlines)

    def _name(self, officer: str) -> str:
        known = self._parts.roster.get(officer)
        return known.name if known else officer

    def crossing(self, thread: str) -> Crossing:
        """The crossing that a thread is of. Raises DecisionError `crossing.unknown`."""
        for act in reversed(self._acts.of(thread)):
            if act.kind == "decision":
                found: Crossing = act.deed.crossing
                return found
        raise DecisionError("crossing.unknown")

    async def keep_stricter(self, view: ConflictView, note: str = "") -> JournalEntry:
        """The disagreement is known, and the stricter stands: recorded, and the conflict is settled."""
        deed = Settlement(view.subject, view.acts, view.in_force, note)
        return self._acts.record("settlement", view.thread, deed, self._signed_in())

    async def review(
        self, view: ConflictView, stage: Stage, *, verdict: Verdict | None = None, note: str = ""
    ) -> JournalEntry:
        """One step of the joint review: opened, said, raised to the next level, agreed."""
        session, now = self._signed_in(), self._now()
        level = view.review.level(now) if view.review is not None else 0
        own = session.officer.authorities[0] if session.officer.authorities else None
        raised = level + 1 if stage is Stage.RAISED else level
        deed = Review(view.subject, stage, raised, own, verdict, note=note)
        return self._acts.record("review", view.thread, deed, session)
