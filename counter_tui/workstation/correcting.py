"""What was recorded by mistake: undone at once with one key, or corrected later; what followed from it is reversed.

Nothing is taken out of the journal: a correction is an entry that names the one it takes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..domain.acts import act_id
from ..domain.entries import DECISION
from ..domain.joint.deeds import Correction, Why
from ..domain.joint.fold import UNDO_WITHIN
from ..domain.joint.history import History
from ..errors import DecisionError

if TYPE_CHECKING:
    from ..domain.acts import Act
    from ..domain.crossings import Crossing
    from .acts import Acts
    from .at_work import AtWork
    from .keying import Keying
    from .known_persons import KnownPersons
    from .parts import Parts
    from .records import CachedRecords

NEWEST: Final = 20
"""So many of the newest entries are looked at for one to undo."""


@dataclass(frozen=True, slots=True)
class Undoable:
    """What one key undoes: the act, the crossing, and the seconds that are left for it."""

    act: str
    crossing: Crossing
    seconds: int


class Correcting:
    """Corrections at one counter. All of it runs on the backstage loop."""

    def __init__(
        self,
        parts: Parts,
        acts: Acts,
        records: CachedRecords,
        keying: Keying,
        persons: KnownPersons,
        work: AtWork,
    ) -> None:
        """`keying` and `persons` learn that nobody went on, and no document was used."""
        self._parts, self._acts, self._records, self._now = parts, acts, records, work.now
        self._keying, self._persons = keying, persons
        self._signed_in, self._recorded = work.signed_in, work.recorded

    # -- at once ----------------------------------------------------------------------------------------------------

    def undoable(self) -> Undoable | None:
        """The last decision of who is signed in, as long as one key undoes it."""
        found = self._last()
        if found is None:
            return None
        left = UNDO_WITHIN - (self._now() - found.at)
        return Undoable(found.id, found.deed.crossing, max(0, int(left.total_seconds())))

    def _last(self) -> Act | None:
        session, here = self._signed_in(), self._parts.place.counter.id
        for line in self._parts.ledger.lines(NEWEST):
            if line.kind != DECISION:
                continue
            entry = self._parts.ledger.find(line.sequence)
            act = self._find(act_id(here, line.sequence), entry.group) if entry is not None else None
            if act is None or act.officer != session.officer.id or self._now() - act.at > UNDO_WITHIN:
                return None
            return act if not self._taken_back(act) else None
        return None

    def _find(self, id_: str, thread: str) -> Act | None:
        return next((act for act in self._acts.of(thread) if act.id == id_), None)

    def _taken_back(self, act: Act) -> bool:
        return any(one.kind == "correction" and one.deed.act == act.id for one in self._acts.of(act.thread))

    async def undo(self, id_: str) -> Crossing:
        """Undo this act (by its id): the crossing is undecided again, and offered again.

        Raises DecisionError `undo.nothing` where there is none, or the time for it is over: it can be corrected.
        """
        last = self._last()
        if last is None or last.id != id_:
            raise DecisionError("undo.nothing")
        return self._take_back(last, Correction(last.id, Why.UNDO))

    # -- later ------------------------------------------------------------------------------------------------------

    async def correct(self, act: Act, why: Why, reason: str, note: str, second: str = "", pin: str = "") -> Crossing:
        """Take a decision back that was about the wrong person, direction or document, or was the wrong verdict.

        One that held or refused somebody takes a second person (id), who signs with their PIN. Raises DecisionError
        `correct.note` without a note, `act.second-needed`, and as `Acts.sign`.
        """
        if not note.strip():
            raise DecisionError("correct.note")
        return self._take_back(act, Correction(act.id, why, reason, note.strip()), second, pin)

    def _take_back(self, act: Act, deed: Correction, second: str = "", pin: str = "") -> Crossing:
        crossing: Crossing = act.deed.crossing
        session = self._signed_in()
        by_two = self._acts.signed("correction", act.thread, deed, session, second, pin) if second else None
        with self._parts.ledger.together():
            if by_two is not None:
                self._acts.record_statement(by_two[0], session, by_two[1])
            else:
                self._acts.record("correction", act.thread, deed, session)
            self._keying.take_back(crossing)
            self._persons.take_back(crossing)
            self._records.keep_open(crossing, case="")
        self._recorded()
        return crossing

    def acted_on(self, act: Act) -> tuple[str, ...]:
        """The counters where something was recorded knowing of this act: they are told that it is taken back."""
        history = History(self._acts.of(act.thread))
        found = {one.counter for one in history.acts if one.kind != "correction" and history.knew(one.id, act.id)}
        return tuple(sorted(found - {self._parts.place.counter.id}))
