"""Histories of one crossing at three counters, by seed: verdicts and what is done to them, apart and together.

Anything may be recorded, also what no screen would offer: what the fold lets through is what counts.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from counter_tui.domain.acts import Act, Means, Second, act_id
from counter_tui.domain.entries import DECISION, DecisionBody
from counter_tui.domain.joint.deeds import Confirmation, Correction, Override, Settlement, Why
from counter_tui.domain.joint.reading import QUESTION, Question
from counter_tui.domain.joint.state import Law
from counter_tui.domain.outcome import PERSON, Circumstances, Judgement
from counter_tui.domain.sections import Contribution, Section, Subject
from counter_tui.domain.words import Authority, Band, Basis, Direction, SourceState, SubjectKind, Verdict
from tests.unit.domain.build import crossing

BEGAN = datetime(2026, 11, 22, 5, tzinfo=UTC)
GOODS = Subject(SubjectKind.GOODS, "goods-1")
SUBJECTS = (PERSON, GOODS)
COUNTERS = ("ENT-1", "ENT-2", "ENT-3")
AUTHORITIES = (Authority.IMMIGRATION, Authority.CUSTOMS, Authority.HEALTH)
OFFICERS = ("adi", "budi", "citra")
NEVER = "travel-ban"
CROSSING = crossing()
RULES = (
    Contribution("ban", Authority.IMMIGRATION, PERSON, Verdict.HOLD, Band.RED, NEVER, "1", 100),
    Contribution("short", Authority.IMMIGRATION, PERSON, Verdict.REFER, Band.AMBER, "short", "1", 30),
    Contribution("pork", Authority.CUSTOMS, GOODS, Verdict.HOLD, Band.RED, "pork", "1", 60),
    Contribution("late", Authority.CUSTOMS, PERSON, Verdict.REFER, Band.AMBER, "late", "1", 20),
    Contribution("fever", Authority.HEALTH, PERSON, Verdict.HOLD, Band.RED, "isolate", "1", 60),
    Contribution("cough", Authority.HEALTH, PERSON, Verdict.CLEAR_COND, Band.AMBER, "mask", "1", 10),
)


@dataclass
class Counter:
    """One counter: what it holds, and what it recorded last."""

    id: str
    held: dict[str, Act] = field(default_factory=dict)
    sequence: int = 0


@dataclass(frozen=True)
class Told:
    """A history, and what it is folded with."""

    acts: tuple[Act, ...]
    sections: tuple[Section, ...]
    who: Circumstances
    law: Law
    now: datetime
    held: tuple[tuple[Act, ...], ...]
    """What each counter holds of it."""


class Maker:
    """Makes one history."""

    def __init__(self, seed: int, steps: int = 9) -> None:
        self.chance = random.Random(seed)
        self.counters = [Counter(one) for one in COUNTERS]
        self.asked: list[Act] = []
        self.at = BEGAN
        self.sections = self._sections()
        for _ in range(self.chance.randint(2, steps)):
            self.step()

    def told(self) -> Told:
        """What it came to."""
        every = {id_: act for counter in self.counters for id_, act in counter.held.items()}
        every.update((act.id, act) for act in self.asked)
        chance = self.chance
        who = Circumstances(
            Direction.ENTRY if chance.random() < 0.8 else Direction.EXIT,
            citizen=chance.random() < 0.4,
            minor_or_victim=chance.random() < 0.15,
            diplomat=chance.random() < 0.1,
            medical_emergency=chance.random() < 0.05,
            receiving_agency=chance.random() < 0.3,
        )
        law = Law(frozenset({NEVER}), chance.random() < 0.7, chance.random() < 0.7)
        now = self.at + timedelta(minutes=chance.choice((0, 10, 50, 500)))
        held = tuple(tuple(counter.held.values()) for counter in self.counters)
        return Told(tuple(every.values()), self.sections, who, law, now, held)

    def _sections(self) -> tuple[Section, ...]:
        chance = self.chance
        found = []
        for authority in AUTHORITIES:
            if chance.random() < 0.1:
                continue  # nothing is at hand but what was recorded
            rules = tuple(c for c in RULES if c.authority is authority and chance.random() < 0.3)
            source = SourceState.NOT_CHECKED if chance.random() < 0.2 and not rules else SourceState.LIVE
            found.append(Section(authority, source, contributions=rules))
        return tuple(found)

    # -- one step -----------------------------------------------------------------------------------------------------

    def step(self) -> None:
        """One thing more happens at one of the counters."""
        chance = self.chance
        self.at += timedelta(seconds=chance.choice((5, 30, 50, 400)))
        counter = chance.choice(self.counters)
        does = chance.choices(
            (self._decide, self._learn, self._correct, self._override, self._confirm, self._question, self._settle),
            (10, 6, 3, 3, 3, 1, 2),
        )[0]
        does(counter)

    def _record(self, counter: Counter, kind: str, deed: object, officer: str, second: str = "") -> None:
        counter.sequence += 1
        known = {named for act in counter.held.values() for named in act.after}
        heads = tuple(id_ for id_ in counter.held if id_ not in known)
        if self.chance.random() < 0.1:
            heads = heads[1:]  # it forgot one
        act = Act(
            act_id(counter.id, counter.sequence),
            kind,
            "x",
            officer,
            self.at,
            deed,
            heads,
            self._signed(second),
        )
        counter.held[act.id] = act

    def _signed(self, second: str) -> Second | None:
        """Beside the first, mostly; else over the telephone, or asked at their own counter."""
        means = self.chance.choices(tuple(Means), (6, 1, 2))[0]
        answer = "12345678" if means is Means.TELEPHONE and self.chance.random() < 0.9 else ""
        return Second(second, means, answer=answer) if second else None

    def _officer(self) -> str:
        return self.chance.choice(OFFICERS)

    def _second(self) -> str:
        return self.chance.choice(("", *OFFICERS))

    def _decide(self, counter: Counter) -> None:
        chance = self.chance
        judged = []
        for authority in chance.sample(AUTHORITIES, chance.choice((1, 1, 2, 3))):
            basis = chance.choices((Basis.OFFICER, Basis.RULE, Basis.DELEGATED), (8, 2, 1))[0]
            verdict = chance.choices(tuple(Verdict), (8, 2, 1, 2, 4, 2, 1))[0]
            subject = chance.choices(SUBJECTS, (4, 1))[0]
            reason = "release.x" if basis is Basis.OFFICER and verdict < Verdict.HOLD and chance.random() < 0.4 else "r"
            judged.append(Judgement(authority, subject, verdict, basis, reason, "a note"))
        leaned = tuple(c for c in RULES if chance.random() < 0.5)
        body = DecisionBody(CROSSING, "", tuple(judged), "", (), "1", training=True, leaned=leaned)
        self._record(counter, DECISION, body, self._officer(), self._second())

    def _learn(self, counter: Counter) -> None:
        """Another counter's acts come, all of them or the first few."""
        other = self.chance.choice(self.counters)
        theirs = sorted(other.held.values(), key=lambda act: (act.at, act.id))
        if self.chance.random() < 0.3:
            theirs = theirs[: self.chance.randint(0, len(theirs))]
        for act in theirs:
            counter.held.setdefault(act.id, act)

    def _named(self, counter: Counter) -> Act | None:
        held = list(counter.held.values()) if self.chance.random() < 0.9 else [*self.counters[0].held.values()]
        return self.chance.choice(held) if held else None

    def _correct(self, counter: Counter) -> None:
        others = [act for act in counter.held.values() if act.kind != DECISION]
        named = self.chance.choice(others) if others and self.chance.random() < 0.4 else self._named(counter)
        if named is not None:
            why = self.chance.choice((Why.UNDO, Why.UNDO, Why.PERSON, Why.VERDICT))
            officer = named.officer if self.chance.random() < 0.6 and named.officer else self._officer()
            self._record(counter, "correction", Correction(named.id, why), officer, self._second())

    def _override(self, counter: Counter) -> None:
        rule, chance = self.chance.choice(RULES), self.chance
        until, by = (self.at + timedelta(minutes=chance.choice((5, 60, 600))) for _ in range(2))
        confirmer = chance.choice(("", *OFFICERS))
        deed = Override(
            rule.id, rule.authority, rule.subject, rule.action, "o", "", until.isoformat(), confirmer, by.isoformat()
        )
        self._record(counter, "override", deed, self._officer(), self._second() if chance.random() < 0.5 else "")

    def _confirm(self, counter: Counter) -> None:
        doubted = {asked.deed.act for asked in self.asked}
        wanting = [
            act
            for act in counter.held.values()
            if act.kind == "override"
            or act.id in doubted
            or (act.second is not None and act.second.means is not Means.BESIDE)
        ]
        named = self.chance.choice(wanting) if wanting and self.chance.random() < 0.8 else self._named(counter)
        if named is not None:
            asked = named.second.officer if named.second is not None else ""
            confirmer = (getattr(named.deed, "confirmer", "") or asked) if self.chance.random() < 0.5 else ""
            deed = Confirmation(named.id, agreed=self.chance.random() < 0.7)
            self._record(counter, "confirmation", deed, confirmer or self._officer())

    def _question(self, counter: Counter) -> None:
        named = self._named(counter)
        if named is not None:
            number = len(self.asked) + 1
            asked = Act(act_id("window", number), QUESTION, "x", "", self.at, Question("x", named.id, "left"))
            self.asked.append(asked)

    def _settle(self, counter: Counter) -> None:
        held = sorted(act.id for act in counter.held.values() if act.kind == DECISION)
        if self.chance.random() < 0.1:
            held = sorted(act.id for other in self.counters for act in other.held.values() if act.kind == DECISION)
        deed = Settlement(self.chance.choice(SUBJECTS), tuple(held), self.chance.choice(tuple(Verdict)))
        self._record(counter, "settlement", deed, self._officer())
