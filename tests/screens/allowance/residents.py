"""A resident as the desk has them: from the ledger's own functions, over acts that a test gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from counter_tui.domain.acts import Act, Means
from counter_tui.domain.allowance.balance import balance, debts, to_confirm
from counter_tui.domain.allowance.deeds import AllowanceDeed, What
from counter_tui.domain.allowance.residents import Resident
from counter_tui.domain.allowance.spending import Occasion, Place, grant, room
from counter_tui.domain.allowance.standing import AgencyCount, Standing
from counter_tui.domain.posts import Officer
from counter_tui.domain.words import Agency, Role, SourceState
from counter_tui.errors import DecisionError, SignInError
from counter_tui.settings_allowance import load_allowance_terms
from counter_tui.workstation.residents_desk import Shown
from counter_tui.workstation.two_persons import By, Way
from tests.screens.frame.scripted import Counters, Moment, ScriptedDesk
from tests.unit.tui.paint.travellers import NOW

HENDRA = Officer("hendra", "Hendra Kusuma", Agency.IMMIGRATION, Role.SUPERVISOR, frozenset(Agency))
MARIA = Officer("maria", "Maria Lusiana", Agency.CUSTOMS, Role.SUPERVISOR, frozenset({Agency.CUSTOMS}))
PIN = "6270"
WHO = "KILB:KILB01190"
CROSSING = "c-IDN:X1234567"
EARLIER = NOW - timedelta(hours=1)


def act(id_: str, what: What, sen: int, *, days: int = 0, officer: str = "Maria L.", **more: Any) -> Act:
    deed = AllowanceDeed(what, WHO, more.pop("month", "2026-11"), sen, **more)
    return Act(id_, "allowance", "resident-x", officer, EARLIER - timedelta(days=days), deed)


DRAWN = act("ENT-3/7", What.DRAWN, 6_000, share="ENT-3/1", outside=54_000, crossing=CROSSING)
BEFORE = act("ENT-4/3", What.CAPPED, 54_000, days=3, crossing="x")
BEYOND = act(
    "ENT-4/9", What.SUPERVISOR, 20_000, days=1, crossing="y", confirmer="maria", confirm_by="2026-11-20T20:00:00.000Z"
)
LAST_MONTH = act("ENT-4/1", What.SUPERVISOR, 64_000, days=24, month="2026-10", crossing="z", confirmer="maria")


class Residents:
    """What the desk says, and what was done."""

    def __init__(self) -> None:
        self.acts: list[Act] = [DRAWN]
        self.live = True
        self.as_of: datetime | None = NOW
        self.agency: AgencyCount | None = AgencyCount(
            "KILB-01190", "2026-11", 54_000, 28_000, SourceState.LIVE, NOW - timedelta(minutes=2)
        )
        self.known = True
        self.done: list[tuple[object, ...]] = []
        self.drawn = 0
        self.left = 0

    async def shown(self) -> Shown:
        if not self.known:
            raise DecisionError("resident.no-resident")
        terms, of = load_allowance_terms(), balance(self.acts, "2026-11")
        used = self.agency.counted(of) if self.agency is not None else 0
        standing = Standing(
            Resident(WHO),
            CROSSING,
            terms,
            of,
            room(of, terms, Place("ENT-3", terms.slice), CROSSING, linked=self.live, agency_used=used),
            SourceState.LIVE if self.live else SourceState.CACHED,
            self.as_of,
            self.agency,
            slice=terms.slice,
            debts=debts(self.acts, "2026-11", terms.allowance),
            unconfirmed=to_confirm(self.acts, "2026-11", NOW),
        )
        now = Way(Means.TELEPHONE, why_not="two.not-telephone")
        beside, later = Way(Means.BESIDE, (HENDRA, MARIA)), Way(Means.OWN_COUNTER, (MARIA,), at={"maria": ("ENT-4",)})
        barred = Way(Means.OWN_COUNTER, why_not="two.not-own-counter")
        grants = tuple(one.act for one in reversed(of.grants))
        return Shown(standing, grants, (beside, barred, now), (beside, later, now), (HENDRA, MARIA))

    async def wanted(self) -> bool:
        return self.known and self.drawn == 0

    async def draw(self) -> None:
        self.drawn += 1

    async def leave(self) -> None:
        self.left += 1

    async def grant(self, sen: int) -> int:
        standing = (await self.shown()).standing
        if sen > standing.room.total:
            raise DecisionError("resident.too-much", most="60")
        deeds = grant(Resident(WHO), standing.balance, standing.room, sen, Occasion(CROSSING, standing.declared))
        for number, deed in enumerate(deeds, start=20):
            self.acts.append(Act(f"ENT-3/{number}", "allowance", "resident-x", "Wijaya S.", NOW, deed))
        self.done.append(("grant", sen))
        return 21

    async def grant_beyond(self, sen: int, reason: str, note: str, confirmer: str, by: By | None) -> int:
        self.done.append(("beyond", sen, reason, note, confirmer, self._second(by)))
        return 22

    async def correct(self, act: str, sen: int, reason: str, note: str, by: By | None) -> int:
        self.done.append(("correct", act, sen, reason, note, self._second(by)))
        return 23

    @staticmethod
    def _second(by: By | None) -> str:
        if by is not None and by.means is Means.BESIDE and by.typed != PIN:
            raise SignInError("signin.wrong-pin", left=4, wait=0)
        return by.officer if by is not None else ""


class ResidentDesk(ScriptedDesk):
    """A desk with a resident on it."""

    def __init__(self, clock: Moment) -> None:
        super().__init__(clock)
        self.at = Residents()
        self.residents = self.at  # type: ignore[assignment]


class ResidentCounters(Counters):
    """The program over such a desk."""

    at: Residents

    def scripted(self, **_desk: Any) -> ScriptedDesk:
        made = ResidentDesk(self.clock)
        self.at = made.at
        return made

    def alone(self) -> None:
        """The link has been down for a while, and more was granted elsewhere before."""
        self.at.acts, self.at.live, self.at.as_of = [BEFORE], False, NOW - timedelta(minutes=12)
        assert self.at.agency is not None
        self.at.agency = replace(self.at.agency, used=30_000, source=SourceState.CACHED, as_of=NOW - timedelta(hours=3))

    def owing(self) -> None:
        """All that can be said against it."""
        self.at.acts, self.at.agency = [BEFORE, BEYOND, LAST_MONTH], None

    async def look(self) -> None:
        """A resident, and the drawer."""
        await self.sign_in()
        await self.open()
        await self.press("r")
        await self.until(lambda: self.drawer is not None, "the drawer")
        await self.settle()

    @property
    def drawer(self) -> Any:
        """The drawer, while it is open."""
        from counter_tui.tui.screens.allowance import AllowanceDialog

        return self.app.screen if isinstance(self.app.screen, AllowanceDialog) else None

    async def second(self) -> Any:
        """The drawer that asks who signs too, once it is open."""
        drawer = self.drawer._second
        await self.until(lambda: drawer.is_open, "a second person")
        return drawer

    @property
    def asked(self) -> str:
        """What that drawer says above the line to type in."""
        drawer = self.drawer._second
        return "\n".join(line.plain for line in drawer.paint(80))

    @property
    def words(self) -> str:
        """What the drawer says above the line to type in."""
        drawer = self.drawer._drawer
        return "\n".join(line.plain for line in drawer.paint(80))
