"""The steps of procedures in memory, folded as the real ones are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from counter_tui.domain.acts import Act, Means, Second
from counter_tui.domain.emergency import EMERGENCY, EmergencyDeed, calls
from counter_tui.domain.procedures.closing import SIGN_OFF, SignOffDeed, SignOffState, sign_offs
from counter_tui.domain.procedures.deeds import KIND, StepDeed
from counter_tui.domain.procedures.progress import progress
from counter_tui.domain.procedures.verdicts import verdicts_of
from counter_tui.errors import DecisionError, SignInError
from counter_tui.workstation.news import StepsChanged
from counter_tui.workstation.steps import Sheet
from tests.unit.tui.paint.travellers import NOW

from .scripted_cases import HENDRA, PIN

if TYPE_CHECKING:
    from counter_tui.domain.posts import Officer

    from .scripted import ScriptedDesk


class ScriptedSteps:
    """`told` are the acts; HENDRA signs beside, with PIN. `looks` counts how often somebody had them before them."""

    def __init__(self, desk: ScriptedDesk) -> None:
        self._desk = desk
        self.told: list[Act] = []
        self.looks = 0

    async def sheet(self) -> Sheet:
        view, officer = self._desk.view, self._desk.officer
        if view is None or officer is None:
            raise DecisionError("crossing.none")
        if view.plan is None:
            return Sheet(view, None)
        given, looking = verdicts_of(view.plan, view.standing), frozenset(officer.authorities)
        found = progress(view.plan, self.told, view.crossing.opened_at, verdicts=given, looking=looking)
        names = {one.id: one.name for one in (officer, HENDRA)}
        return Sheet(view, replace(found, sign_offs=sign_offs(found, self.told)), names)

    def sign_seconds(self, one: SignOffState) -> tuple[Officer, ...]:
        first = self._desk.officer
        return (HENDRA,) if first and not one.deed(first, HENDRA).why_not(first, HENDRA) else ()

    async def sign_off(self, one: SignOffState, second: str = "", pin: str = "") -> int:
        assert self._desk.officer is not None
        if second and pin != PIN:
            raise SignInError("signin.wrong-pin", left=4)
        deed = one.deed(self._desk.officer, HENDRA if second else None)
        return self._tell(deed, Second(second) if second else None, SIGN_OFF)

    def seconds(self, deed: StepDeed) -> tuple[Officer, ...]:
        return (HENDRA,) if self._desk.officer and not deed.why_not(self._desk.officer, HENDRA) else ()

    def elsewhere(self, deed: StepDeed) -> bool:
        return deed.matter is None

    def why_nobody(self, deed: StepDeed) -> str:
        return "two.nobody" if deed.matter is None else "two.first-agency"

    async def look(self) -> None:
        self.looks += 1

    async def say(self, deed: StepDeed) -> int:
        assert self._desk.officer is not None
        why = deed.why_not(self._desk.officer, None)
        if why:
            raise DecisionError(why)
        return self._tell(deed, None)

    async def ask(self, deed: StepDeed, second: str) -> int:
        return self._tell(deed, Second(second, Means.OWN_COUNTER))

    async def sign(self, deed: StepDeed, second: str, pin: str) -> int:
        if pin != PIN:
            raise SignInError("signin.wrong-pin", left=4)
        return self._tell(deed, Second(second))

    async def emergency(self) -> Act | None:
        return next(iter(calls(self.told)), None)

    async def call_emergency(self, deed: EmergencyDeed) -> int:
        return self._tell(deed, None, EMERGENCY)

    def _tell(self, deed: StepDeed | EmergencyDeed | SignOffDeed, second: Second | None, kind: str = KIND) -> int:
        sequence, view = 100 + len(self.told), self._desk.view
        assert self._desk.officer is not None
        assert view is not None
        after = tuple(act.id for act in self.told)
        act = Act(f"ENT-3/{sequence}", kind, "c1", self._desk.officer.id, NOW, deed, after, second, training=True)
        self.told.append(act)
        self._desk.hear(StepsChanged(view.crossing.id))
        return sequence
