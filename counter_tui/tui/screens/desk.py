"""The desk: travellers are read, opened, decided, put aside and taken up again."""

from collections.abc import Callable, Coroutine
from typing import Any

from ...domain.documents import Document, Reading, Severity
from ...domain.words import Verdict
from ...errors import CounterError
from ...workstation.news import Recorded
from ..commands import Where
from ..paint.times import hh_mm_ss
from ..reader import Scan
from ..widgets.search import Search
from ..widgets.verdict_drawer import VerdictDrawer
from ..words import N_, say
from .desk_correcting import DeskCorrecting


class DeskScreen(DeskCorrecting):
    """Where travellers are opened and decided. One thing at a time: a scan waits for what goes on."""

    def __init__(self) -> None:
        super().__init__()
        self._held = ""

    def begin(self) -> None:
        """Somebody has signed in: the crossing that was open before the lock, or the ready pane."""
        held, self._held = self._held, ""
        self._show_ready()
        self._put(None)
        self.counter.ask(self._begin(held), "crossing")

    async def _begin(self, held: str) -> None:
        await self._refill()
        of_group = await self._regroup()
        if held in {crossing.id for crossing in self._parked} | of_group:
            await self._resume(held)
        elif self.stacking:
            self._show_group()
        elif self._parked:
            self.counter.tell(
                N_("Undecided travellers were put aside: {n}. p shows them."), "attention", n=len(self._parked)
            )

    # -- opening ------------------------------------------------------------------------------------------------------

    def scanned(self, scan: Scan) -> None:
        """A reader's burst: open it, ask, or say what is wrong with it."""
        if not scan.whole:
            if scan.after or not self._propose(scan.lines):
                self._tell_broken(scan)
            return
        reading = self.counter.desk.read(scan.lines)
        if reading.document is not None:
            self.offer(reading.document)
        elif not self._propose(scan.lines):
            self._tell_unread(reading)

    def _propose(self, lines: tuple[str, ...]) -> bool:
        """Ask whether a repair is what is printed; False where none is proposed."""
        from ...domain.documents import repair_scan
        from .repairs import RepairsDialog
        from .undecided import Undecided

        found = repair_scan(lines, today=self.counter.desk.today())
        if not found.proposed:
            return False
        if isinstance(self.app.screen, Undecided):
            self.counter.tell(N_("Answer first: keep, or put aside. This scan was not opened."), "attention")
            return True
        if isinstance(self.app.screen, RepairsDialog):
            self.app.pop_screen()  # the newer scan is the one to look at
        self.app.push_screen(RepairsDialog(lines, found.proposed), self._repaired)
        self.counter.tell(N_("Not read as it came: nothing is opened yet."), "attention")
        return True

    def _repaired(self, document: Document | None) -> None:
        if document is not None:
            self.offer(document)
        else:
            self.counter.tell(N_("No repair taken, nothing opened. Swipe again, or k to key in."), "attention")

    def _tell_broken(self, scan: Scan) -> None:
        from ..diagnosis import what_is_wrong

        told, params = what_is_wrong(scan)
        self.counter.tell(told, "attention" if scan.after else "stop", **params)

    def _tell_unread(self, reading: Reading) -> None:
        wrong = [p for p in reading.problems if p.severity is Severity.INVALID] or list(reading.problems)
        first = say(wrong[0].text) if wrong else ""
        told = N_("Not read: {problem} Swipe again, or k to key in.")
        if len(wrong) > 1:
            told = N_("Not read: {problem} (and {n} more) Swipe again, or k to key in.")
        self.counter.tell(told, "stop", problem=first, n=len(wrong) - 1)

    def offer(self, document: Document) -> None:
        """A document was read, keyed or found: open it, unless somebody else is undecided."""
        self.counter.ask(self._offered(document), "crossing")

    async def _offered(self, document: Document) -> None:
        from .undecided import Undecided

        async with self._one_at_a_time:
            view = self._view
            if self.stacking:
                await self._stack_up(document)
            elif view is not None and view.crossing.document.key == document.key:
                self.counter.tell(N_("The same document again: {name} is on the screen."), name=document.display_name)
            elif isinstance(self.app.screen, Undecided):
                self.counter.tell(N_("Answer first: keep, or put aside. This scan was not opened."), "attention")
            elif view is not None and self.undecided:
                asked = Undecided(view.crossing.document.display_name, document.display_name)
                self.app.push_screen(asked, lambda park: self._park_and_open(document) if park else None)
            else:
                await self._open(document)

    def _park_and_open(self, document: Document) -> None:
        self.counter.ask(self._parked_and_opened(document), "crossing")

    async def _parked_and_opened(self, document: Document) -> None:
        async with self._one_at_a_time:
            await self.counter.desk.park()
            await self._open(document)
        await self._refill()

    async def _open(self, document: Document) -> None:
        """Open a crossing; who was put aside with this document is taken up again instead."""
        desk = self.counter.desk
        aside = next((c for c in await desk.parked() if c.document.key == document.key), None)
        why = self.reason_for(document)
        view = await desk.resume(aside.id) if aside is not None else await desk.open(document, why)
        self._clear_above()
        told = N_("Opened again: {name}.") if aside is not None else N_("Opened: {name}.")
        self.counter.tell(told, name=document.display_name)
        self._put(desk.view or view)  # somebody may have answered already
        if aside is not None:
            await self._refill()

    def _clear_above(self) -> None:
        """Nothing stays above the traveller."""
        while self.app.screen is not self and len(self.app.screen_stack) > 1:
            self.app.pop_screen()
        self._drawer.close()
        self._second.close()
        self._asker.close()
        self._search.back()
        self._inspection.close_sheet()

    async def _resume(self, crossing_id: str) -> None:
        async with self._one_at_a_time:
            view = await self.counter.desk.resume(crossing_id)
            self._put(self.counter.desk.view or view)
        await self._refill()
        self.counter.tell(N_("Opened again: {name}."), name=view.crossing.document.display_name)

    async def _put_aside(self) -> None:
        async with self._one_at_a_time:
            view = self._view
            await self.counter.desk.park()
            self._put(None)
        await self._refill()
        if view is not None:
            self.counter.tell(N_("Put aside: {name}. p shows who was."), name=view.crossing.document.display_name)
        self._show_group()

    # -- commands -----------------------------------------------------------------------------------------------------

    def typed(self, text: str) -> None:
        """Capitals and digits, typed where nobody stands at the booth, begin a search; small letters are commands."""
        if self.place() is not Where.READY:
            if text.islower():  # what a reader types is none of it
                super().typed(text)
        elif text.isspace():
            return
        elif text[0].islower():
            self.counter.tell(N_("{key} is no command here. Capitals, digits or / begin a search."), key=text[0])
        else:
            self._begin_search(text)

    def do_search(self) -> None:
        """Search."""
        self._begin_search("")

    def _begin_search(self, text: str) -> None:
        self._search.open(self.counter.desk, self.counter.desk.today(), text)
        self.refresh_frame()

    def do_clear(self) -> None:
        """The one key, on the view that was painted."""
        self._record(self.counter.desk.clear(self._painted))

    def do_hold(self) -> None:
        """Hold: its reason is asked at once, on the likeliest subject; Esc asks for another."""
        self._ask_verdict(Verdict.HOLD, straight=True)

    def do_refuse(self) -> None:
        """Refuse, or seize."""
        self._ask_verdict(Verdict.REFUSE)

    def do_clear_with_reason(self) -> None:
        """Clear what a rule has stopped."""
        self._ask_verdict(Verdict.CLEAR)

    def _ask_verdict(self, verdict: Verdict, *, straight: bool = False) -> None:
        officer = self.counter.desk.officer
        if self._view is not None and officer is not None:
            self._drawer.open(verdict, self._view, officer, self.counter.desk, straight=straight)
            self.refresh_frame()

    def _record(self, work: Coroutine[Any, Any, Recorded], failed: Callable[[str], None] | None = None) -> None:
        self._busy = True
        self.counter.ask(self._recording(work, failed), "record")

    async def _recording(
        self, work: Coroutine[Any, Any, Recorded], failed: Callable[[str], None] | None = None
    ) -> None:
        try:
            async with self._one_at_a_time:
                recorded = await work
        except CounterError as error:
            self._put(self.counter.desk.view)
            if failed is not None:
                failed(say(error))
            raise
        finally:
            self._busy = False
        self._drawer.close()
        self._second.close()
        self._put(self.counter.desk.view or self._view, recorded)
        at = hh_mm_ss(recorded.at, self.counter.desk.place.post.zone)
        told = N_("recorded {time} on this counter, entry {n} · waiting for the link: {waiting}")
        self.counter.tell(told, "clear", time=at, n=recorded.sequence, waiting=recorded.waiting)

    def do_why(self) -> None:
        """Every reason."""
        self._inspection.show_why()

    def do_differences(self) -> None:
        """What each source says of who this is."""
        self._inspection.show_differences()

    def do_timeline(self) -> None:
        """What happened with this crossing so far."""
        self.counter.ask(self._show_timeline(), "timeline")

    def do_panel(self, key: str) -> None:
        """One panel in full."""
        self._inspection.show_panel(int(key))

    def do_done(self) -> None:
        """Leave the decided traveller."""
        self.counter.ask(self._leave(), "crossing")

    async def _leave(self) -> None:
        async with self._one_at_a_time:
            await self.counter.desk.done()
            self._put(None)
        await self._refill()
        self._show_group()

    def do_park(self) -> None:
        """Put the undecided traveller aside."""
        self.counter.ask(self._put_aside(), "crossing")

    def do_leave(self) -> None:
        """One step back: what is open above, then the traveller; undecided, they are put aside."""
        if self._drawer.is_open:
            self._drawer.back()
        elif self._second.is_open:
            self._second.back()
        elif self._asker.is_open:
            self._asker.back()
        elif self._search.is_open:
            self._search.back()
        elif not self._inspection.close_sheet():
            if self.undecided:
                self.do_park()
            else:
                self.do_done()

    def do_parked(self) -> None:
        """Who was put aside."""
        from .parked import Parked

        desk = self.counter.desk
        self.app.push_screen(Parked(self._parked, desk.groups.desks, desk.unsigned), self._chosen_parked)

    def _chosen_parked(self, crossing_id: str | None) -> None:
        work = self._resume(crossing_id) if crossing_id else self._refill()
        self.counter.ask(work, "crossing")

    def do_key_in(self) -> None:
        """A document that cannot be read."""
        from .key_in import KeyIn

        self.app.push_screen(KeyIn(), lambda document: self.offer(document) if document else None)

    def do_reader_test(self) -> None:
        """What the reader types, and how fast."""
        from .reader_test import ReaderTest

        self.app.push_screen(ReaderTest())

    def do_outbox(self) -> None:
        """Every entry with its state."""
        from .outbox import Outbox

        self.app.push_screen(Outbox())

    def do_rehearsal(self) -> None:
        """What a trainer can do."""
        from .rehearsal import RehearsalMenu

        self.app.push_screen(RehearsalMenu())

    def do_load_lists(self) -> None:
        """Look for new lists now; while that is being done, stop it."""
        self.counter.ask(self._load_lists(), "lists")

    async def _load_lists(self) -> None:
        looks = await self.counter.desk.load_lists()
        told = N_("Looking for new lists.") if looks else N_("Loading lists is stopped; what is held stays.")
        self.counter.tell(told)

    def do_lock(self) -> None:
        """Cover the counter, and let nobody act until somebody signs in."""
        self._held = self._view.crossing.id if self._view is not None and self.undecided else ""
        self._note_group()
        self.counter.lock()
        self.counter.ask(self._locked(), "crossing")

    async def _locked(self) -> None:
        await self.counter.desk.sign_out()
        self._put(None)
        self.counter.tell(N_("Locked. What was recorded goes on being delivered."))

    # -- messages of the panes ----------------------------------------------------------------------------------------

    def on_verdict_drawer_verdict_chosen(self, event: VerdictDrawer.VerdictChosen) -> None:
        """Everything was asked: record it."""
        event.stop()
        if event.verdict is Verdict.REFER and not self._busy:
            self._refer(event)
        elif not self._busy:
            self._judge(event)

    def on_search_chosen(self, event: Search.Chosen) -> None:
        """Open who was found."""
        event.stop()
        self._search.back()
        self._ask_why(event.document, lambda: self.offer(event.document))

    def on_search_closed(self) -> None:
        """The keys are the desk's again."""
        self._give_keys_back()

    def on_drawer_closed(self) -> None:
        """The keys are the desk's again."""
        self._give_keys_back()

    def _give_keys_back(self) -> None:
        """To what is asked next, where something is."""
        if not self._second.is_open:
            self._drawer.uncover()
        asks = next((one for one in (self._drawer, self._second, self._asker) if one.is_open), None)
        self.set_focus(asks.input if asks is not None else None)
        self.refresh_frame()
