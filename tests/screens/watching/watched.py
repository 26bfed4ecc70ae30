"""What waits at a post, in memory: a conflict of two counters, a late hit, a mode; and what was recorded about them."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from counter_tui.domain.acts import Act, Second
from counter_tui.domain.crossings import Crossing
from counter_tui.domain.deadlines import Deadlines
from counter_tui.domain.entries import DECISION, DecisionBody, JointStamp, SourceStamp
from counter_tui.domain.joint.deeds import Review, Stage
from counter_tui.domain.late import Cause, Late
from counter_tui.domain.mode import ModeDeed, ModeState
from counter_tui.domain.mode_steps import Period, mode_plan, mode_progress
from counter_tui.domain.outcome import Judgement
from counter_tui.domain.posts import Officer
from counter_tui.domain.procedures.deeds import Did, StepDeed
from counter_tui.domain.procedures.progress import Progress
from counter_tui.domain.recall import Chased, RecallDeed, RecallStep, RecallTask, fold_recalls, raised
from counter_tui.domain.texts import text
from counter_tui.domain.view import MergedView
from counter_tui.domain.whereabouts import Located, Place, Whereabouts, where
from counter_tui.domain.words import Agency, Authority, Band, Basis, Role, SourceState, Verdict
from counter_tui.errors import SignInError
from counter_tui.settings_deadlines import load_deadlines
from counter_tui.settings_procedures import load_procedures
from counter_tui.workstation.queue import Kind, QueueLine, in_order
from counter_tui.workstation.queue_conflicts import Asker, ConflictView, conflict_views
from counter_tui.workstation.recall_rerun import RerunLine
from tests.screens.frame.scripted import Counters
from tests.unit.tui.paint.travellers import JOINT, NOW, PERSON, crossing, passport, view

MARIA = Officer("maria", "Maria Lusiana", Agency.CUSTOMS, Role.SUPERVISOR, frozenset({Agency.CUSTOMS}))
NAMES = {"wijaya": "Wijaya Sutrisno", "maria": "Maria Lusiana", "hendra": "Hendra Kusuma"}
OF = crossing(passport("AMINAH", "SITI"))


def decided(
    counter: str,
    sequence: int,
    verdict: Verdict,
    *,
    officer: str = "wijaya",
    reason: str = "",
    note: str = "",
    minutes: float = -20,
    versions: tuple[tuple[str, str], ...] = (("dpo", "8841 of 2026-11-20T20:10Z, 0 hits, 0 below"),),
    authority: Authority = Authority.IMMIGRATION,
    second: Second | None = None,
    of: Crossing = OF,
) -> Act:
    judged = Judgement(authority, PERSON, verdict, Basis.OFFICER, reason, note)
    at = NOW + timedelta(minutes=minutes)
    stamps = (SourceStamp(Authority.SECURITY, SourceState.CACHED, at, versions),)
    body = DecisionBody(
        of, officer, (judged,), "", stamps, "risk 7, procedures 5", training=True, joint=JointStamp(4, Band.GREEN, 9)
    )
    return Act(f"{counter}/{sequence}", DECISION, of.id, officer, at, body, (), second, training=True)


def apart() -> list[Act]:
    """Cleared here on an old list, held there on a newer one."""
    return [
        decided("ENT-3", 118, Verdict.CLEAR),
        decided(
            "ENT-4",
            77,
            Verdict.HOLD,
            officer="hendra",
            reason="docs",
            note="listed since this morning; keeps another passport",
            minutes=-18,
            versions=(("dpo", "8842 of 2026-11-20T21:40Z, 1 hits, 0 below"),),
            second=Second("maria"),
        ),
    ]


def reviewed(acts: list[Act], minutes: float = -7) -> list[Act]:
    """A joint review of it was opened, and one side has spoken."""
    after = tuple(act.id for act in acts)
    opened = Act("ENT-3/119", "review", "c1", "wijaya", NOW + timedelta(minutes=minutes), _review(Stage.OPENED), after)
    said = replace(
        _review(Stage.SAID), authority=Authority.IMMIGRATION, verdict=Verdict.HOLD, note="the list is newer there"
    )
    return [*acts, opened, Act("ENT-4/78", "review", "c1", "hendra", NOW, said, (*after, opened.id))]


def _review(stage: Stage) -> Review:
    return Review(PERSON, stage)


def conflict(acts: list[Act] | None = None, now: datetime = NOW) -> tuple[ConflictView, ...]:
    came = NOW - timedelta(minutes=3)
    asker = Asker("ENT-3", frozenset(Agency), lambda officer: NAMES.get(officer, officer), lambda _act: came)
    return conflict_views(acts or apart(), asker, now, DEADLINES)


DEADLINES = load_deadlines()
LATE = Late(Cause.LIST, "dpo", "W-17", "m1", Agency.SECURITY, "refer", 8841, 8842)
WHO = Chased("AMINAH, SITI", "MYS", "A12345678", "A", (NOW - timedelta(minutes=50)).isoformat())


def recalled(*deeds: RecallDeed) -> tuple[RecallTask, ...]:
    first = Act("ENT-3/120", "recall", "c1", "wijaya", NOW - timedelta(minutes=5), raised(LATE, WHO, "ENT-3/118"))
    said = [
        Act(
            f"ENT-3/{121 + n}",
            "recall",
            "c1",
            "wijaya",
            NOW,
            deed,
            (),
            Second("maria", signature="s") if deed.needs_second() else None,
        )
        for n, deed in enumerate(deeds)
    ]
    return fold_recalls([first, *said])


def seen_at(place: Place, at: datetime) -> Located:
    """Where somebody was seen last."""
    deed = Whereabouts(PERSON, place)
    return where([Act("ENT-3/200", "whereabouts", "c1", "wijaya", at, deed, ())])[0]


def lines() -> tuple[QueueLine, ...]:
    """Some of everything."""
    ago = timedelta(minutes=1)
    late = text("queue.late-list", source="dpo", then=8841, now=8842)
    return in_order(
        (
            QueueLine(Kind.HIT, text("queue.hit", lists="dpo"), "CHEN, WEI", NOW - 40 * ago, "c7"),
            QueueLine(Kind.CONFLICT, text("queue.conflict"), "AMINAH, SITI", NOW - 18 * ago, "c1", act="ENT-3/118"),
            QueueLine(
                Kind.LATE_HIT,
                late,
                "BINTI ABDULLAH, NUR AISYAH SRI WAHYUNINGSIH",
                NOW - 5 * ago,
                "c1",
                act="ENT-3/120",
                task=recalled()[0],
                located=seen_at(Place.WARD, NOW - 8 * ago),
            ),
            QueueLine(Kind.LATE_HIT, late, "OTHER, ONE", NOW - 4 * ago, "c5", act="ENT-3/121", task=recalled()[0]),
            QueueLine(Kind.SECOND, text("queue.confirm", officer="maria"), "", NOW, "c9", NOW + 90 * ago, "ENT-4/80"),
            QueueLine(
                Kind.CONFLICT,
                text("queue.level.0"),
                "RAHMAN, ABDUL",
                NOW - 21 * ago,
                "c2",
                NOW - 6 * ago,
                "ENT-5/9",
            ),
            QueueLine(Kind.RERUN, text("queue.rerun", count=3), "A, B, C", NOW - 9 * ago, "post", NOW + 21 * ago),
        ),
        NOW,
    )


class Watched:
    """`WatchingDesk` in memory. `done` is what was recorded, by its name."""

    def __init__(self) -> None:
        self.held: tuple[QueueLine, ...] = lines()
        self.views: tuple[ConflictView, ...] = conflict()
        self.tasks: tuple[RecallTask, ...] = recalled()
        self.sightings: list[Act] = []
        self.state = ModeState()
        self.agreed = DEADLINES
        self.again: tuple[RerunLine, ...] = ()
        self.seconds: tuple[Officer, ...] = (MARIA,)
        self.done: list[tuple[Any, ...]] = []
        self.looked: list[str] = []
        self.attested = 0
        self.pin = "7381"
        self.procedures = load_procedures(demo=True)
        self.said: list[Act] = []

    async def attest(self) -> None:
        self.attested += 1

    async def mode(self) -> ModeState:
        return self.state

    async def mode_seconds(self, deed: ModeDeed) -> tuple[Officer, ...]:
        return tuple(second for second in self.seconds if not deed.why_not(JOINT, second))

    async def deadlines(self) -> Deadlines:
        return self.agreed

    async def loosening(self, authority: Authority, minutes: int) -> ModeDeed:
        from counter_tui.domain.mode import ModeStep

        until = (NOW + self.agreed.loosening).isoformat()
        return ModeDeed(ModeStep.LOOSENED, authority=authority, minutes=minutes, until=until)

    async def sign_mode(self, deed: ModeDeed, second: str, pin: str) -> int:
        self._check(pin)
        self.done.append((deed.step.value, deed.cause, deed.note, second))
        return 130

    def _check(self, pin: str) -> None:
        if pin != self.pin:
            raise SignInError("signin.wrong-pin", left=2, wait=4)

    async def rerun(self) -> tuple[RerunLine, ...]:
        return self.again

    async def mode_steps(self) -> Progress | None:
        if self.state.since is None:
            return None
        steps = mode_plan(self.procedures, NOW)
        assert steps is not None
        of = Period(self.state.since)
        return mode_progress(steps, self.said, of, run_again=False, looking=(Authority.IMMIGRATION,))

    async def say_mode_step(self, key: str, did: Did) -> int:
        deed = StepDeed(did, (key,), Authority.IMMIGRATION)
        self.said.append(Act(f"ENT-3/{300 + len(self.said)}", "step", "post", "wijaya", NOW, deed))
        return 300

    async def queue(self) -> tuple[QueueLine, ...]:
        return self.held

    async def look(self, thread: str) -> MergedView:
        self.looked.append(thread)
        return view(of=OF)

    async def conflicts(self, thread: str) -> tuple[ConflictView, ...]:
        return self.views if thread == "c1" else ()

    async def keep_stricter(self, shown: ConflictView, note: str = "") -> int:
        self.done.append(("keep", shown.acts, note))
        self.views = ()
        return 131

    async def review(self, shown: ConflictView, stage: Stage, *, verdict: Verdict | None = None, note: str = "") -> int:
        self.done.append((stage.value, verdict, note))
        self.views = conflict(reviewed(apart()))
        return 132

    async def recalls(self, thread: str) -> tuple[RecallTask, ...]:
        return self.tasks

    async def last_seen(self, thread: str) -> Located | None:
        return next(iter(where(self.sightings)), None)

    async def recall_seconds(self, task: RecallTask) -> tuple[Officer, ...]:
        return self.seconds

    async def settle(self, task: RecallTask, step: RecallStep, note: str = "", second: str = "", pin: str = "") -> int:
        if second:
            self._check(pin)
        self.done.append((step.value, note, second))
        self.tasks = recalled(RecallDeed(step, task=task.id, agency=Agency.SECURITY, note=note))
        return 133


class WatchCounters(Counters):
    """A counter at which something waits."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.watched = Watched()
        self.desk.watching = self.watched  # type: ignore[attr-defined]

    async def at_queue(self) -> None:
        """The queue on the screen."""
        from counter_tui.tui.screens.queue import QueueScreen

        await self.sign_in()
        await self.press("v")
        await self.until(lambda: isinstance(self.app.screen, QueueScreen) and self.app.screen._asked, "queue")
        await self.settle()

    async def open_line(self, kind: Kind) -> None:
        """The first line of this kind, opened."""
        await self.at_queue()
        for _ in range([line.kind for line in self.watched.held].index(kind)):
            await self.press("down")
        await self.press("enter")
        await self.settle()
