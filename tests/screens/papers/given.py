"""A counter whose papers stand still: what a test says of the stay, and what was given."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from counter_tui.domain.acts import Means
from counter_tui.domain.papers.blocks import Paper, PaperKind
from counter_tui.domain.papers.deeds import Way
from counter_tui.domain.papers.notice import notice
from counter_tui.domain.papers.plain import plain
from counter_tui.domain.papers.rules import Format
from counter_tui.domain.papers.slip import slip
from counter_tui.domain.posts import Officer
from counter_tui.domain.stay import Stay
from counter_tui.domain.telephone import Challenge
from counter_tui.domain.two_persons import Matter
from counter_tui.domain.words import Agency, Role
from counter_tui.errors import CounterError, DecisionError, SignInError
from counter_tui.tui.screens.papers import PapersScreen
from counter_tui.tui.screens.stamp import StampDialog
from counter_tui.workstation.admissions import Admitted
from counter_tui.workstation.papers import Given, Made, Ways
from counter_tui.workstation.two_persons import By
from counter_tui.workstation.two_persons import Way as Signer
from tests.screens.frame.scripted import Counters, Moment, ScriptedDesk
from tests.unit.domain.papers.papers import BEARER, CHECKED, STAY, drawn, rules
from tests.unit.tui.paint.travellers import NOW

AGUS = Officer("agus", "Agustinus Jelani", Agency.SECURITY, Role.OFFICER, frozenset(Agency))
PIN = "5948"
CHALLENGE = Challenge.of(Matter.REPRINT_NOTICE, "ENT-3", "5f1d9a03c7be4412a9e0f6d1c2b3a495")
UNSTAMPED = replace(STAY, stamp="", page="")
MALAYSIAN = {"surname": "RAHMAN", "given": "ABDUL", "state": "MYS", "number": "A1234567"}


@dataclass
class ScriptedPapers:
    """Papers in memory. `fails` is what the next one that is given says instead."""

    staying: Stay | str = UNSTAMPED
    ways_: Ways = field(default_factory=lambda: Ways(Format.ROLL, "", ""))
    why_not: dict[PaperKind, str] = field(default_factory=dict)
    fails: CounterError | None = None
    copies: dict[PaperKind, int] = field(default_factory=dict)
    given: list[tuple[str, str, str, str]] = field(default_factory=list)
    admitted: list[tuple[str, str, date | None]] = field(default_factory=list)

    async def by_two(self, _made: Made) -> tuple[Signer, ...]:
        return tuple(Signer(means, (AGUS,)) for means in Means)

    async def ways(self) -> Ways:
        return self.ways_

    async def stay(self) -> Stay | str:
        return self.staying

    async def admit(self, stamp: str, page: str, until: date | None = None) -> Admitted:
        assert isinstance(self.staying, Stay)
        self.admitted.append((stamp, page, until))
        self.staying = replace(self.staying, stamp=stamp, page=page, until=self.staying.until or until)
        assert self.staying.until is not None
        return Admitted(9, NOW, self.staying.until)

    async def make(self, kind: PaperKind, languages: tuple[str, ...]) -> Made:
        if kind in self.why_not:
            raise DecisionError(self.why_not[kind])
        paper = self._paper(kind, languages)
        return Made(paper, drawn(kind, kind.value), plain(paper, ascii_only=True), NOW)

    def _paper(self, kind: PaperKind, languages: tuple[str, ...]) -> Paper:
        copy, wording = self.copies.get(kind, 0), rules().wording
        if kind is PaperKind.NOTICE:
            return notice(CHECKED, BEARER, drawn(kind, CHECKED), wording, languages, copy)
        assert isinstance(self.staying, Stay)
        return slip(self.staying, BEARER, drawn(kind, STAY), wording, languages, copy)

    async def ask(self, _made: Made, _way: Way, _reason: str, _second: str) -> Challenge:
        return CHALLENGE

    async def print(self, made: Made, reason: str = "", by: By | None = None) -> Given:
        return self._give("print", made, reason, by)

    async def save(self, made: Made, reason: str = "", by: By | None = None) -> Given:
        return replace(self._give("save", made, reason, by), way=Way.SAVED, path="/safe/notice.pdf")

    def _give(self, way: str, made: Made, reason: str, by: By | None) -> Given:
        if self.fails is not None:
            raise self.fails
        if by is not None and by.means is Means.BESIDE and by.typed != PIN:
            raise SignInError("signin.wrong-pin", left=4, wait=0)
        copy, kind = made.paper.copy, made.paper.kind
        self.given.append((way, kind.value, reason, by.officer if by is not None else ""))
        self.copies[kind] = copy + 1
        return Given(7, NOW, Way.PRINTED, copy)


class PaperDesk(ScriptedDesk):
    def __init__(self, clock: Moment) -> None:
        super().__init__(clock)
        self.papers = ScriptedPapers()


class Papered(Counters):
    """The program over such a desk."""

    paper_desk: PaperDesk

    def scripted(self, **_desk: Any) -> ScriptedDesk:
        self.paper_desk = PaperDesk(self.clock)
        return self.paper_desk

    @property
    def papers(self) -> ScriptedPapers:
        return self.paper_desk.papers

    @property
    def page(self) -> PapersScreen:
        assert isinstance(self.app.screen, PapersScreen), self.app.screen
        return self.app.screen

    @property
    def text(self) -> str:
        """What the paper on the screen says."""
        return "\n".join(self.page._page._lines)

    async def arrive(self, *, decided: bool = True) -> None:
        """A foreigner on the screen; cleared, and until when they may stay is known."""
        await self.sign_in()
        await self.open(**MALAYSIAN)
        if decided:
            await self.press("enter")
            await self.until(lambda: self.screen._recorded is not None, "recorded")
            await self.until(lambda: self.screen._recorded is not None and self._known(), "stay")

    def _known(self) -> bool:
        recorded = self.screen._recorded
        return isinstance(self.papers.staying, str) or (recorded is not None and recorded.stay is not None)

    async def look(self) -> None:
        """The papers on the screen."""
        await self.press("g")
        await self.until(lambda: isinstance(self.app.screen, PapersScreen), "papers")
        await self.until(lambda: bool(self.page._page._lines), "made")

    async def stamping(self) -> None:
        """The stamp's dialog, for a key that was pressed."""
        await self.press("a")
        await self.until(lambda: isinstance(self.app.screen, StampDialog), "stamp")

    def shown(self) -> str:
        strips = self.app.screen._compositor.render_strips(self.app.screen.size)
        return "\n".join(strip.text.rstrip() for strip in strips)
