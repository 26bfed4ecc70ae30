"""The workstation as a screen sees it: one object, whose work runs backstage and whose news come from there.

The first screen is painted over it, so it imports the rules of the border only when a traveller needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .ports import Rehearsal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import date

    from ..domain.crossings import Crossing
    from ..domain.decisions import ReasonCode
    from ..domain.documents import Document, Problem, Reading
    from ..domain.documents.kinds import DocumentKind
    from ..domain.posts import Officer
    from ..domain.screening.model import ListAnswer
    from ..domain.sections import Subject
    from ..domain.view import MergedView
    from ..domain.words import Authority, Verdict
    from .backstage import Backstage
    from .booth import Booth
    from .cases_desk import CasesDesk
    from .correcting_desk import CorrectingDesk
    from .disclosing_desk import DisclosingDesk
    from .group_desk import GroupDesk
    from .identifying import IdentifyingDesk
    from .identity import DecidedHit
    from .judging_desk import JudgingDesk
    from .news import Expected, Expecting, JournalCheck, News, OutboxLine, Recorded, Status
    from .overriding_desk import OverridingDesk
    from .papers_desk import PapersDesk
    from .place import Place
    from .ports import Clock
    from .residents_desk import ResidentsDesk
    from .steps_desk import StepsDesk
    from .timeline import Event
    from .watching_desk import WatchingDesk

    Opener = Callable[[Callable[[News], None]], Awaitable[Booth]]


class Desk:
    """The facade. Its async methods may be awaited from any loop; they raise CounterError only."""

    def __init__(self, place: Place, backstage: Backstage, open_booth: Opener, clock: Clock) -> None:
        """`open_booth` is run backstage by `prepare`; it opens the vault and starts what runs behind."""
        self.place = place
        self._backstage = backstage
        self._open_booth = open_booth
        self._clock = clock
        self._booth: Booth | None = None
        self._hear: Callable[[News], None] = lambda _: None

    def listen(self, callback: Callable[[News], None]) -> None:
        """Give news to `callback`, from the thread backstage."""
        self._hear = callback

    async def prepare(self) -> None:
        """Open the vault and start the link. Raises StoreError, ConfigError or LinkError (a first start needs one)."""
        self._booth = await self._backstage.run(self._opened())

    async def _opened(self) -> Booth:
        return await self._open_booth(self._tell)

    def _tell(self, news: News) -> None:
        self._hear(news)

    @property
    def booth(self) -> Booth:
        """What runs backstage; only after `prepare`."""
        assert self._booth is not None, "prepare first"
        return self._booth

    @property
    def ready(self) -> bool:
        """Whether `prepare` is done."""
        return self._booth is not None

    @property
    def officer(self) -> Officer | None:
        """Who is signed in."""
        return self._booth.officer if self._booth else None

    @property
    def view(self) -> MergedView | None:
        """The view of the crossing on the screen."""
        return self._booth.view if self._booth else None

    @property
    def keeps_crossing(self) -> bool:
        """Whether the crossing on the screen is offered again after an end: there is one, and it is not settled."""
        return self._booth is not None and self._booth.keeps_crossing

    @property
    def screening(self) -> tuple[ListAnswer, ...]:
        """What the lists say of the traveller on the screen, list by list; `Screened` is news of it."""
        return self._booth.screening if self._booth else ()

    @property
    def rehearsal(self) -> Rehearsal | None:
        """What a trainer can do to the link and the agencies; None outside the demo."""
        real = self._booth.rehearsal if self._booth else None
        return _Rehearsed(self._backstage, real) if real else None

    # -- who --------------------------------------------------------------------------------------------------------

    async def sign_in(self, officer_id: str, pin: str) -> Officer:
        """Sign in. Raises SignInError."""
        return await self._backstage.run(self.booth.sign_in(officer_id, pin))

    async def sign_out(self) -> None:
        """Sign out; an open crossing is put aside, the queue goes on."""
        await self._backstage.run(self.booth.sign_out())

    # -- reading ----------------------------------------------------------------------------------------------------

    def today(self) -> date:
        """The day at the post."""
        return self.booth.time.today()

    def read(self, lines: Sequence[str]) -> Reading:
        """Read the lines of a machine readable zone; never raises."""
        from ..domain.documents import read_mrz

        return read_mrz(lines, today=self.today())

    def kinds(self) -> tuple[DocumentKind, ...]:
        """The kinds of documents that are keyed, the first offered first."""
        return self.booth.keying.kinds()

    def key_document(self, kind: DocumentKind, typed: Mapping[str, str]) -> Document | tuple[Problem, ...]:
        """A document keyed by hand, as `domain.documents.keyed.key_document`."""
        return self.booth.keying.document(kind, typed)

    async def known(self, kind: DocumentKind, typed: Mapping[str, str]) -> tuple[Expected, ...]:
        """Who is held here and can be whom what was typed so far is about."""
        return await self._backstage.run(self.booth.keying.known(kind, typed))

    # -- the crossing -----------------------------------------------------------------------------------------------

    async def open(self, document: Document, reason: str = "") -> MergedView:
        """Open a crossing: what the cache holds, at once; ViewChanged news follow as authorities answer.

        `reason` is stated where nobody has the document in hand. Raises DecisionError `crossing.undecided`,
        `document.real`, `document.training`, `lookup.reason`.
        """
        return await self._backstage.run(self.booth.open(document, reason))

    def painted(self) -> None:
        """The traveller who was opened stands on the screen: what else is to be asked may take the processor."""
        self._backstage.tell(self.booth.painted)

    async def park(self) -> None:
        """Put the open crossing aside; it stays on disk until it is decided."""
        await self._backstage.run(self.booth.park())

    async def parked(self) -> tuple[Crossing, ...]:
        """The crossings that are not decided, but for the one on the screen."""
        return await self._backstage.run(self.booth.parked())

    @property
    def unsigned(self) -> frozenset[str]:
        """The ids of those put aside that are decided and wait for sign-offs, as of the last `parked`."""
        return self.booth.unsigned

    async def resume(self, crossing_id: str) -> MergedView:
        """Take a crossing up again."""
        return await self._backstage.run(self.booth.resume(crossing_id))

    async def discard(self, crossing_id: str) -> None:
        """Drop an undecided crossing on purpose."""
        await self._backstage.run(self.booth.discard(crossing_id))

    async def done(self) -> None:
        """Leave the crossing on the screen; undecided, it is put aside."""
        await self._backstage.run(self.booth.done())

    async def search(self, words: str) -> tuple[Expected, ...]:
        """Travellers in the cache by name, number, or the last four characters of it; at most 20."""
        return await self._backstage.run(self.booth.finding.search(words))

    async def expecting(self) -> Expecting:
        """Whom the cache expects, counted."""
        return await self._backstage.run(self.booth.finding.expecting())

    # -- deciding ---------------------------------------------------------------------------------------------------

    def why_not_green(self) -> tuple[str, ...]:
        """Codes for what stands between the one key and this traveller; empty where one key clears."""
        from ..domain.decisions import why_not_green

        view, officer = self.view, self.officer
        return why_not_green(view, officer) if view and officer else ("green.nobody",)

    def subjects(self) -> tuple[Subject, ...]:
        """What a verdict can be about."""
        from ..domain.decisions import subjects

        return subjects(self.view) if self.view else ()

    def reasons(self, verdict: Verdict, subject: Subject) -> tuple[ReasonCode, ...]:
        """The reasons that who is signed in may give of the crossing on the screen."""
        from ..domain.decisions import offered

        view, officer = self.view, self.officer
        return offered(self.booth.reasons, view, officer, verdict, subject) if view and officer else ()

    async def clear(self, digest: str) -> Recorded:
        """The one key, on the view painted with this digest. Raises DecisionError."""
        return await self._backstage.run(self.booth.clear(digest))

    async def judge(self, subject: Subject, verdict: Verdict, reason: ReasonCode, note: str, digest: str) -> Recorded:
        """A verdict with its reason, on the view painted with this digest. Raises DecisionError."""
        return await self._backstage.run(self.booth.judge(subject, verdict, reason, note, digest))

    @property
    def judging(self) -> JudgingDesk:
        """Verdicts that take two, and second persons elsewhere."""
        from .judging_desk import JudgingDesk

        return JudgingDesk(self._backstage, self.booth.judging, self.booth.watching)

    @property
    def overriding(self) -> OverridingDesk:
        """Overrides of what rules say."""
        from .overriding_desk import OverridingDesk

        return OverridingDesk(self._backstage, self.booth.judging.overriding)

    # -- groups -----------------------------------------------------------------------------------------------------

    @property
    def groups(self) -> GroupDesk:
        """Groups at this counter."""
        from .group_desk import GroupDesk

        return GroupDesk(self._backstage, self.booth)

    @property
    def correcting(self) -> CorrectingDesk:
        """What takes back, at this counter."""
        from .correcting_desk import CorrectingDesk

        return CorrectingDesk(self._backstage, self.booth.correcting)

    @property
    def papers(self) -> PapersDesk:
        """Papers at this counter."""
        from .papers_desk import PapersDesk

        return PapersDesk(self._backstage, self.booth)

    @property
    def steps(self) -> StepsDesk:
        """The steps of joint procedures at this counter."""
        from .steps_desk import StepsDesk

        return StepsDesk(self._backstage, self.booth.steps)

    @property
    def residents(self) -> ResidentsDesk:
        """The allowance of border residents at this counter."""
        from .residents_desk import ResidentsDesk

        return ResidentsDesk(self._backstage, self.booth.residents)

    @property
    def disclosing(self) -> DisclosingDesk:
        """Unsealing and notes at this counter."""
        from .disclosing_desk import DisclosingDesk

        return DisclosingDesk(self._backstage, self.booth.disclosing)

    @property
    def watching(self) -> WatchingDesk:
        """Degraded mode, late hits, and the supervisor's queue."""
        from .watching_desk import WatchingDesk

        return WatchingDesk(self._backstage, self.booth)

    @property
    def cases(self) -> CasesDesk:
        """Secondary cases, where everybody is, and what they say."""
        from .cases_desk import CasesDesk

        return CasesDesk(self._backstage, self.booth)

    # -- hits -------------------------------------------------------------------------------------------------------

    @property
    def decided_hits(self) -> tuple[DecidedHit, ...]:
        """What two people decided before of whom is on the screen."""
        return self._booth.identities.in_hand if self._booth else ()

    @property
    def identifying(self) -> IdentifyingDesk:
        """What two people say of the hits of whom is on the screen."""
        from .identifying import IdentifyingDesk

        return IdentifyingDesk(self._backstage, self.booth.identifying)

    # -- knowing ----------------------------------------------------------------------------------------------------

    def status(self) -> Status | None:
        """The newest status; None before `prepare` is done."""
        return self._booth.last_status if self._booth else None

    async def load_lists(self, *, on: bool | None = None) -> bool:
        """Look for new versions of the lists beside what else is done, or stop that; None: whichever it does not.

        Whether it looks now. ListLoading, ListLoaded and ListRefused news follow.
        """
        return await self._backstage.run(self.booth.load_lists(on=on))

    async def outbox(self, limit: int = 200) -> tuple[OutboxLine, ...]:
        """The newest entries with their states, newest first."""
        return await self._backstage.run(self._outbox(limit))

    async def _outbox(self, limit: int) -> tuple[OutboxLine, ...]:
        from . import outbox

        return outbox.lines(self.booth.ledger, self.place.post, limit, self.booth.feeding.seen)

    async def timeline(self) -> tuple[Event, ...]:
        """What happened with the crossing on the screen, the earliest first; nothing where there is none."""
        return await self._backstage.run(self._timeline())

    async def _timeline(self) -> tuple[Event, ...]:
        from .timeline import timeline

        booth = self.booth
        if booth.view is None:
            return ()
        return timeline(booth.view, booth.ledger, self.place.post, booth.feeding.seen)

    async def verify(self) -> JournalCheck:
        """Check the journal's chain from the first entry on."""
        return await self._backstage.run(self._verify())

    async def _verify(self) -> JournalCheck:
        from .news import JournalCheck

        report = self.booth.ledger.verify()
        return JournalCheck(report.count, tuple(report.problems))

    async def close(self) -> None:
        """End what runs behind; what is recorded is on disk already."""
        if self._booth is not None:
            await self._backstage.run(self._booth.close())
        await self._backstage.stop()


class _Rehearsed(Rehearsal):
    """A rehearsal that may be awaited from any loop."""

    def __init__(self, backstage: Backstage, real: Rehearsal) -> None:
        self._backstage = backstage
        self._real = real

    async def link(self, mode: str) -> None:
        await self._backstage.run(self._real.link(mode))

    async def behave(self, authority: Authority, behaviour: str) -> None:
        await self._backstage.run(self._real.behave(authority, behaviour))
