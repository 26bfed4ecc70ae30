"""What happens backstage at one booth: a person signs in, a crossing is opened, decided, recorded, delivered."""

from __future__ import annotations

import base64
from functools import cached_property
from typing import TYPE_CHECKING

from ..domain.coding import to_json
from ..domain.entries import SESSION, SessionBody
from ..errors import DecisionError
from .at_work import AtWork
from .behind import Behind
from .delivered import DeliveryNews
from .feeding import Feeding
from .finding import Finding
from .identity import Identities
from .keying import Keying
from .news import LookupRefused, Screened, StatusChanged
from .post_time import PostTime
from .reading import Reading
from .records import CachedRecords
from .rule_loading import RuleLoading
from .sign_in import sign_in
from .stacking import Stacking
from .status import read_status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..domain.crossings import Crossing
    from ..domain.decisions import Decision, ReasonCode
    from ..domain.documents import Document
    from ..domain.documents.kinds import DocumentRules
    from ..domain.posts import Officer
    from ..domain.screening.model import ListAnswer
    from ..domain.sections import Subject
    from ..domain.view import MergedView
    from ..domain.words import Authority, Verdict
    from .acts import Acts
    from .asking import Asking
    from .cases import Cases
    from .correcting import Correcting
    from .current import Current
    from .disclosing import Disclosing
    from .groups import Groups
    from .identifying import Identifying
    from .judging import Countersign, Judging
    from .news import News, Recorded, Status, ViewChanged
    from .papers import Papers
    from .parts import Parts
    from .residents import Residents
    from .sign_in import Session
    from .steps import Steps
    from .watching import Watching


class Booth:
    """One booth at work. Everything here runs on the backstage loop; `view` and `last_status` may be read anywhere."""

    def __init__(self, parts: Parts, hear: Callable[[News], None]) -> None:
        """`hear` is given news, from this loop."""
        self._parts = parts
        self._hear = hear
        self.time = PostTime(parts.clock, parts.ledger, parts.place.post.zone)
        self._records = CachedRecords(parts.store, parts.clock.now, parts.place.counter.direction)
        self.reading = Reading(parts.lock, self._records, parts.paint_within)
        self.finding = Finding(self.reading, self._records)
        self.feeding = Feeding(parts.store, self._records, parts.place.post)
        self.identities = Identities(parts, self.time.now, lambda: self.acts)
        self.keying = Keying(self._records, parts.place, parts.new_id, self._presented, self.time.today)
        self.work = AtWork(self.time.now, self.time.here, self._show, self._note_recorded, hear)
        self._behind = Behind(parts, self._records, self.keying, self.work)
        self._rule_loading = RuleLoading(self._behind.rules, parts.paint_within, self._rules_ready)
        self.stacking = Stacking(self.identities, changed=self._show, hear=hear)
        self._groups: Groups | None = None
        self.desks: Mapping[str, Authority] = {}
        """At whose desk undecided crossings were put aside, by their ids, as of the last `parked`."""
        self.unsigned: frozenset[str] = frozenset()
        """The ids of those that are decided, and wait for sign-offs, as of the last `parked`."""
        self._delivery_news = DeliveryNews(parts, self.feeding.seen, hear)
        self._asking: Asking | None = None
        self.ledger, self.rehearsal = parts.ledger, parts.rehearsal
        self.view: MergedView | None = None
        self.last_status = self._status()
        parts.delivery.listen(self.hear_delivery)
        self.reading.listen(self._tell_status)
        if parts.screens is not None:
            parts.screens.listen(hear, self._lists_changed)

    # -- what is loaded behind the first screen, or when it is asked for ----------------------------------------------

    @property
    def acts(self) -> Acts:
        """What is recorded of a crossing, a case, the post: here and at other counters."""
        return self._behind.acts

    @cached_property
    def cases(self) -> Cases:
        """Secondary cases, where everybody is, and what they say."""
        return self._behind.cases(self)

    @cached_property
    def papers(self) -> Papers:
        """Papers for travellers and agencies."""
        return self._behind.papers()

    @cached_property
    def correcting(self) -> Correcting:
        """What takes back."""
        return self._behind.correcting()

    @cached_property
    def disclosing(self) -> Disclosing:
        """Unsealing and notes."""
        return self._behind.disclosing()

    @cached_property
    def identifying(self) -> Identifying:
        """What two people say of hits."""
        return self._behind.identifying(self.identities, self._take_identities)

    @cached_property
    def judging(self) -> Judging:
        """Verdicts, and whatever else takes two people."""
        return self._behind.judging(self._record)

    @cached_property
    def watching(self) -> Watching:
        """Degraded mode, late hits, and what waits for a supervisor."""
        return self._behind.watching(self.identities)

    @cached_property
    def steps(self) -> Steps:
        """The steps of joint procedures."""
        return self._behind.steps()

    @cached_property
    def residents(self) -> Residents:
        """The allowance of border residents."""
        return self._behind.residents()

    @property
    def groups(self) -> Groups:
        """Groups, as long as somebody is signed in."""
        if self._groups is None:
            self._groups = self._behind.groups(self.identities, self.reading, self.stacking)
        return self._groups

    @property
    def officer(self) -> Officer | None:
        """Who is signed in."""
        return self.work.session.officer if self.work.session else None

    @property
    def keeps_crossing(self) -> bool:
        """Whether the crossing in hand is offered again after an end: there is one, and it is not settled."""
        return self.work.current is not None and not self.work.current.complete

    def _presented(self) -> DocumentRules | None:
        presented = self._parts.rules().book.presented
        return presented.documents if presented else None

    # -- who --------------------------------------------------------------------------------------------------------

    async def sign_in(self, officer_id: str, pin: str) -> Officer:
        """Let a person in, or raise SignInError."""
        parts = self._parts
        self.work.session = sign_in(officer_id, pin, persons=parts.persons, roster=parts.roster, clock=parts.clock)
        key = self.work.session.key
        self.reading.begin(officer_id, key)
        self._rule_loading.start()
        body = SessionBody(officer_id, base64.b64encode(key.certificate).decode())
        self.ledger.append(SESSION, "", to_json(body), signer=key)
        self._note_recorded()
        if "watching" in vars(self):
            self.watching.begin()
        return self.work.session.officer

    async def sign_out(self) -> None:
        """Let the person out; the crossing in hand is put aside, and what was read is forgotten."""
        await self.park()
        self.work.session = None
        self.identities.in_hand = ()
        self.stacking.leave()
        self._groups = None
        self.reading.end()
        self._tell_status()

    # -- the crossing -----------------------------------------------------------------------------------------------

    async def open(self, document: Document, reason: str = "") -> MergedView:
        """Open a crossing of this document's holder; for a stated reason where nobody has it in hand."""
        session = self.work.signed_in()
        if self.work.current is not None and not self.work.current.decided:
            raise DecisionError("crossing.undecided")
        self._behind.lookups.check(document, reason)
        crossing = self._behind.opening.crossing(document)
        self._behind.lookups.record(crossing, reason, session)
        return self._take_up(crossing, session)

    def _take_up(self, crossing: Crossing, session: Session) -> MergedView:
        from .asking import Asking

        self._stop_asking()
        current = self.stacking.current(crossing.id) or self._behind.opening.current(crossing, session.officer)
        self.work.current = current
        self.identities.take_up(current)
        self.disclosing.take_up(current)
        self.watching.take_up(current)
        self.view = current.view()
        self._asking = Asking(
            current,
            self._parts,
            self._records,
            self.time.now,
            changed=self._show,
            screened=self._tell_screened,
            asked=self._tell_asked,
        )
        return self.view

    def painted(self) -> None:
        """The traveller in hand stands on the screen."""
        if self._asking is not None:
            self._asking.painted()

    def _tell_screened(self, current: Current) -> None:
        if current is self.work.current:
            self._hear(Screened(current.crossing.id, current.screening))

    def _tell_asked(self) -> None:
        if self.work.current is not None and self.work.current.refused is not None:
            self._hear(LookupRefused(self.work.current.crossing.id, self.work.current.refused))
        self._tell_status()

    def _lists_changed(self) -> None:
        if self._asking is not None and self.work.current is not None and not self.work.current.complete:
            self._asking.screen()
        self.stacking.screen_again()
        if "watching" in vars(self):
            self.watching.wake()
        self._tell_status()

    @property
    def screening(self) -> tuple[ListAnswer, ...]:
        """What the lists say of the traveller in hand; nothing as long as they are being asked."""
        return self.work.current.screening if self.work.current else ()

    def _show(self, current: Current, change: ViewChanged) -> None:
        if current is self.work.current:
            self.view = change.view
            self._hear(change)
        self.stacking.touch(current)

    def _rules_ready(self) -> None:
        if self.work.current is not None:
            self._show(self.work.current, self.work.current.rules_ready())
        self.stacking.rules_ready()
        self.watching.begin()

    def _stop_asking(self) -> None:
        if self._asking is not None:
            self._asking.stop()
        self._asking = None

    async def park(self) -> None:
        """Put the crossing in hand aside; it is on disk already."""
        self._stop_asking()
        self.work.current = None
        self.view = None

    async def parked(self) -> tuple[Crossing, ...]:
        """Undecided crossings, but for the one in hand and those that belong to a case."""
        in_hand = self.work.current.crossing.id if self.work.current else ""
        open_ = [one for one in self._records.held_open() if not one.case]
        held = self.cases.reading.outside(open_) if open_ else []
        self.desks = {one.crossing.id: one.desk for one in held if one.desk is not None}
        self.unsigned = frozenset(one.crossing.id for one in held if one.signing)
        crossings = (one.crossing for one in held)
        return tuple(c for c in crossings if c.id != in_hand and not self.stacking.holds(c.id))

    async def resume(self, crossing_id: str) -> MergedView:
        """Take an undecided crossing up again; raises DecisionError `crossing.unknown`."""
        session = self.work.signed_in()
        found = next((c for c in self._records.open_crossings() if c.id == crossing_id), None)
        if found is None:
            raise DecisionError("crossing.unknown")
        return self._take_up(found, session)

    async def discard(self, crossing_id: str) -> None:
        """Drop an undecided crossing; its entries stay. DecisionError `plan.not-closed` where sign-offs are missing."""
        self._behind.closing.drop(crossing_id)
        self.stacking.drop(crossing_id)
        if self.work.current is not None and self.work.current.crossing.id == crossing_id:
            await self.park()

    async def done(self) -> None:
        """Leave the crossing in hand."""
        await self.park()

    # -- deciding ---------------------------------------------------------------------------------------------------

    @property
    def reasons(self) -> tuple[ReasonCode, ...]:
        """Every reason that a verdict may ask for."""
        return self._parts.rules().reasons

    async def clear(self, digest: str) -> Recorded:
        """The one key."""
        return self.judging.clear(digest)

    async def judge(self, subject: Subject, verdict: Verdict, reason: ReasonCode, note: str, digest: str) -> Recorded:
        """A verdict with its reason, where one person gives it."""
        return self.judging.judge(subject, verdict, reason, note, digest)

    def _record(self, decision: Decision, session: Session, sign: Countersign | None = None) -> Recorded:
        recorded = self._behind.recording.record(self.work.in_hand(), decision, session, sign)
        self.view = self.work.in_hand().view()
        self.stacking.note(self.work.in_hand(), recorded)
        self._note_recorded()
        return recorded

    def _note_recorded(self) -> None:
        self._note_acts()
        self._parts.delivery.nudge()
        self._tell_status()

    def _note_acts(self) -> None:
        """What was recorded of whom is in hand, here or at another counter, counts."""
        current = self.work.current
        if current is not None:
            acts, beside = self.acts.of(current.crossing.id), self.acts.beside(current.crossing)
            if {a.id for a in (*acts, *beside)} != {a.id for a in (*current.acts, *current.beside)}:
                self._show(current, current.acted(acts, beside))

    def _take_identities(self) -> None:
        """What was decided of whom is in hand, here or at another counter."""
        change = self.identities.take_up(self.work.current) if self.work.current is not None else None
        if self.work.current is not None and change is not None:
            self._show(self.work.current, change)
            self._hear(Screened(self.work.current.crossing.id, self.work.current.screening))
        self.stacking.take_identities()

    # -- knowing ----------------------------------------------------------------------------------------------------

    async def load_lists(self, *, on: bool | None = None) -> bool:
        """As `Screens.look`."""
        return self._parts.screens.look(on=on) if self._parts.screens else False

    def hear_delivery(self, word: str) -> None:
        """`word` is what the delivery has news of."""
        if word == "feed":
            self._take_identities()
            if self.work.current is not None:
                self.disclosing.take_up(self.work.current)
            self.acts.take_fed()
            self._note_acts()
            self._delivery_news.seen()
        if word == "received":
            self._delivery_news.delivered()
        if "watching" in vars(self):
            self.watching.heard(word, self.feeding.told())
        self._tell_status()

    def _tell_status(self) -> None:
        self.last_status = self._status()
        self._hear(StatusChanged(self.last_status))

    def _status(self) -> Status:
        parts, now, trouble = self._parts, self._parts.clock.now(), self.reading.trouble
        lists = parts.screens.states() if parts.screens else ()
        status = read_status(parts.delivery, self.ledger, self._records, now, parts.live_window, lists, trouble)
        return self.watching.told(status) if "watching" in vars(self) else status  # made behind the first screen

    async def close(self) -> None:
        """End what runs behind."""
        self._rule_loading.stop()
        self._behind.stop()
        self._stop_asking()
        self.stacking.leave()
        self.reading.end()
        if self._parts.screens is not None:
            await self._parts.screens.close()
        await self._parts.close()
