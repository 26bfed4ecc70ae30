"""Cases in memory: this counter's and others' words, folded as the real ones are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from counter_tui.domain.acts import Act, Deed, Means, Second, act_id
from counter_tui.domain.cases.deeds import CaseDeed, HoldReleased, Link, LinkMade, Said
from counter_tui.domain.cases.fold import case_of
from counter_tui.domain.cases.next_step import next_step
from counter_tui.domain.decisions import ReasonCode
from counter_tui.domain.joint.history import History
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.posts import Officer
from counter_tui.domain.procedures.closing import SignOffState
from counter_tui.domain.sections import Subject
from counter_tui.domain.statements import Answer, Statement, Topic, answers
from counter_tui.domain.whereabouts import Located, Place, Whereabouts, where
from counter_tui.domain.words import Agency, Outcome, Role, Verdict
from counter_tui.errors import DecisionError, SignInError
from counter_tui.settings_cases import load_cases
from counter_tui.workstation.cases import Referred
from counter_tui.workstation.cases_opening import crossing_link, first_tasks, opening_of
from counter_tui.workstation.cases_reading import CaseLine, CaseSheet
from counter_tui.workstation.news import CaseChanged
from counter_tui.workstation.two_persons import By, Way

if TYPE_CHECKING:
    from .scripted import ScriptedDesk

HENDRA = Officer("hendra", "Hendra K.", Agency.IMMIGRATION, Role.SUPERVISOR, frozenset(Agency))
MARIA = Officer("maria", "Maria L.", Agency.CUSTOMS, Role.SUPERVISOR, frozenset({Agency.CUSTOMS}))
PIN = "6270"
RULES = load_cases()


class ScriptedCases:
    """`told` are all acts by thread; who is named in `away` cannot be reached; `barred`: from releasing."""

    def __init__(self, desk: ScriptedDesk) -> None:
        self.desk = desk
        self.told: dict[str, list[Act]] = {}
        self.away: frozenset[str] = frozenset()
        self.barred = False
        self.unsigned: tuple[SignOffState, ...] = ()
        self._sequences: dict[str, int] = {}

    def say_at(
        self,
        thread: str,
        deed: Said | Deed,
        *,
        counter: str = "ENT-5",
        officer: str = "maria",
        kind: str = "case",
        second: str = "",
        ago: float = 0,
        apart: bool = False,
    ) -> Act:
        """Somebody says something, knowing of all that was said; `apart`: of the first word alone. Minutes `ago`."""
        known = self.told.setdefault(thread, [])
        self._sequences[counter] = self._sequences.get(counter, 6) + 1
        act = Act(
            act_id(counter, self._sequences[counter]),
            kind,
            thread,
            officer,
            self._now() - timedelta(minutes=ago),
            deed if isinstance(deed, Deed) else CaseDeed(deed),
            after=History(known[:1] if apart else known).heads,
            second=Second(second) if second else None,
        )
        known.append(act)
        return act

    def _now(self) -> datetime:
        return self.desk.clock.now

    def _own(self, thread: str, deed: Said | Deed, *, kind: str = "case", second: str = "") -> int:
        officer = self.desk.officer
        assert officer is not None
        act = self.say_at(thread, deed, counter="ENT-3", officer=officer.id, kind=kind, second=second)
        self.desk.hear(CaseChanged(thread))
        return act.sequence

    async def refer(self, subject: Subject, reason: ReasonCode, note: str, digest: str) -> Referred:
        view = self.desk.view
        assert view is not None
        recorded = await self.desk.judge(subject, Verdict.REFER, reason, note, digest)
        thread = f"case-{view.crossing.id}"
        opening = opening_of(view, subject, reason, note, f"ENT-3/{recorded.sequence}")
        self._own(thread, opening)
        for number, task in enumerate(first_tasks(view, opening.lead, RULES, iter("tuvwxyz").__next__)):
            assert number < len(Agency)
            self._own(thread, task)
        self._own(view.crossing.id, Whereabouts(PERSON, Place.SECONDARY), kind="whereabouts")
        self.desk.aside[view.crossing.id] = view.crossing
        self.desk.in_cases.add(view.crossing.id)
        await self.desk.done()
        return Referred(recorded, case_of(self.told[thread]))

    async def lines(self) -> tuple[CaseLine, ...]:
        return tuple(self._line(thread) for thread in self.told if thread.startswith("case-"))

    def _line(self, thread: str) -> CaseLine:
        sheet = self._sheet(thread)
        return CaseLine(sheet.case, sheet.located, sheet.next)

    async def sheet(self, case_id: str) -> CaseSheet:
        return self._sheet(case_id)

    def _sheet(self, thread: str) -> CaseSheet:
        case = replace(case_of(self.told.get(thread, ()), thread), unsigned=self.unsigned)
        acts = [act for one in (thread, *case.crossings) for act in self.told.get(one, ())]
        officer = self.desk.officer
        assert officer is not None
        people = (officer, HENDRA, MARIA)
        reachable = frozenset(one.id for one in people) - self.away
        return CaseSheet(
            case,
            where(acts),
            answers(acts),
            dict.fromkeys(case.crossings, Outcome.REFER),
            {one.id: one.name for one in people},
            reachable,
            next_step(case, officer.acts_for, self._now(), reachable),
            RULES,
        )

    async def of_crossing(self, crossing_id: str) -> str:
        found = (case_of(acts) for thread, acts in self.told.items() if thread.startswith("case-"))
        return next((case.id for case in found if case.open and crossing_id in case.crossings), "")

    async def say(self, case_id: str, said: Said) -> int:
        self._check(said, None)
        return self._own(case_id, said)

    async def by_two(self, said: Said) -> tuple[Way, ...]:
        officer = self.desk.officer
        assert officer is not None
        fit = tuple(one for one in (HENDRA, MARIA) if not CaseDeed(said).why_not(officer, one))
        barred = [Way(means, why_not="two.beside-only") for means in (Means.OWN_COUNTER, Means.TELEPHONE)]
        return (Way(Means.BESIDE, fit), *barred)

    async def sign(self, case_id: str, said: Said, by: By) -> int:
        self._check(said, next(one for one in (HENDRA, MARIA) if one.id == by.officer))
        if by.typed != PIN:
            raise SignInError("signin.wrong-pin", left=2, wait=4)
        return self._own(case_id, said, second=by.officer)

    def why_not_first(self, said: Said) -> str:
        return "two.first-role" if isinstance(said, HoldReleased) and self.barred else ""

    def _check(self, said: Said, second: Officer | None) -> None:
        officer = self.desk.officer
        assert officer is not None
        why = CaseDeed(said).why_not(officer, second)
        if why:
            raise DecisionError(why)

    async def link(self, case_id: str) -> int:
        assert self.desk.view is not None
        link: Link = crossing_link(self.desk.view.crossing)
        return self._own(case_id, LinkMade(link))

    async def state_where(self, thread: str, deed: Whereabouts) -> int:
        return self._own(thread, deed, kind="whereabouts")

    async def note_answer(self, deed: Statement) -> int:
        assert self.desk.view is not None
        return self._own(self.desk.view.crossing.id, deed, kind="statement")

    async def said(self) -> tuple[Mapping[Topic, tuple[Answer, ...]], tuple[Located, ...]]:
        assert self.desk.view is not None
        acts = self.told.get(self.desk.view.crossing.id, [])
        return answers(acts), where(acts)

    async def take_up(self, case_id: str, which: str = "") -> str:
        crossings = (which,) if which else case_of(self.told[case_id]).crossings
        found = next((one for one in crossings if one in self.desk.aside), None)
        if found is None:
            raise DecisionError("case.nobody-here")
        return found

    def officers(self, but: str = "") -> tuple[Officer, ...]:
        return tuple(one for one in (HENDRA, MARIA) if one.id != but)

    def releasers(self, agency: Agency) -> tuple[Officer, ...]:
        return tuple(one for one in (HENDRA, MARIA) if one.agency is agency and one.id not in self.away)
