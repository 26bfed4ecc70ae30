"""A group at work: documents are scanned one after another, a row each; one key clears all that are green.

Rows stand in the order in which they were scanned, as the pile of documents does; nothing moves under the fingers.
"""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from ...domain.crossings import GroupKind
from ...domain.groups import Standing
from ...domain.whereabouts import Located
from ...domain.words import Outcome
from ...errors import CounterError
from ...workstation.news import CaseChanged, News
from ...workstation.stack import GroupCleared, Stack, StackRow
from ..commands import State, Where
from ..paint.cells import EMPTY, Lines
from ..paint.changes import RowMarks
from ..paint.group import HEAD, away_line, group_head, next_line, stack_detail, stack_row
from ..paint.places import place_words
from ..paint.times import hh_mm_ss
from ..widgets.painted import Canvas
from ..widgets.rows import Rows
from ..words import N_, say
from .frame import FullScreen
from .group_drawer import GroupDrawer
from .row_keys import RowKeys

TALL = 30
FOOT, TALL_FOOT = 3, 9
NAMED = 3


class GroupScreen(RowKeys, FullScreen[str]):
    """Gives the crossing that is to be opened by itself; None: the group is left, or finished."""

    WHERE: ClassVar[Where] = Where.GROUP
    DEFAULT_CSS = f"""
    GroupScreen #group-head {{ height: {HEAD}; }}
    GroupScreen #group-foot {{ height: {FOOT}; }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._stack: Stack | None = None
        self._marks = RowMarks()
        self._painted: dict[str, str] = {}
        self._places: Mapping[str, Located] = {}
        self._follow = True
        self._busy = False
        self._head = Canvas(self._paint_head, id="group-head")
        self._rows = Rows(id="group-rows")
        self._foot = Canvas(self._paint_foot, id="group-foot")
        self._drawer = GroupDrawer()

    def body(self) -> Iterable[Widget]:
        """The heads, the rows, the one who is pointed at; what is asked opens from below."""
        yield Vertical(self._head, self._rows, self._foot, self._drawer)

    def state(self) -> State:
        """What decides which commands work."""
        rows = self._stack.rows if self._stack else ()
        return self.counter.state_at(
            Where.DRAWER if self._drawer.is_open else self.WHERE,
            lines=len(rows),
            greens=sum(row.clears or (row.stopped and row.desk is None) for row in rows),
            attests=sum(bool(row.attests) for row in rows),
            busy=self._busy,
        )

    def on_mount(self) -> None:
        """Show the group as it stands, once there is a size to show it in: what is painted counts as seen."""
        super().on_mount()
        self._rows.focus()
        self.call_after_refresh(self.stack_changed)

    def on_resize(self) -> None:
        """A tall terminal has room for all that stands against the one who is pointed at."""
        self._foot.styles.height = TALL_FOOT if self.size.height >= TALL else FOOT
        if self._stack is not None:
            self.call_after_refresh(self._rows.action_move, 0)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def stack_changed(self) -> None:
        """A row is another now, or there is one more."""
        stack = self.counter.desk.groups.stack
        if stack is None or not self.is_attached:
            return
        pointed = self._pointed()
        worse = [row for row in stack.rows if row.view is not None and self._marks.worse(row.key, row.view)]
        news = [row for row in worse if row != (self._stack.find(row.key) if self._stack else None)]
        self._stack = stack
        for row in stack.rows:
            if row.view is not None and not row.waiting:
                self._marks.settled(row.key, row.view)
        self._point(pointed)
        self._repaint_all()
        self.counter.ask(self._load_places(), "places")
        if news:
            name = news[0].document.display_name
            self.counter.tell(N_("Worse than before: look again at {name}."), "attention", name=name)

    async def _load_places(self) -> None:
        """Who is not in their seat."""
        self._places = await self.counter.desk.groups.places()
        if self.is_attached:
            self._head.styles.height = HEAD + bool(self._places)
            self._repaint_all()

    def heard(self, news: News) -> None:
        """Somebody may have said where one of them is."""
        if isinstance(news, CaseChanged):
            self.counter.ask(self._load_places(), "places")

    def scanned_one(self) -> None:
        """A document was put on the stack: it is shown at once."""
        self.stack_changed()

    def _pointed(self) -> StackRow | None:
        rows = self._stack.rows if self._stack else ()
        return rows[self._rows.at] if self._rows.at < len(rows) else None

    def _point(self, pointed: StackRow | None) -> None:
        """Who was pointed at stays, where they stand on the screen; at the newest the newest scan is followed."""
        assert self._stack is not None
        keys, before = [row.key for row in self._stack.rows], self._rows.at
        self._rows.fill(len(keys), self._row)
        newest = sum(row.standing is not Standing.TO_SCAN for row in self._stack.rows) - 1
        if self._follow:
            self._rows.at = max(0, newest)
            self._rows.action_move(0)
        elif pointed is not None and pointed.key in keys:
            self._rows.at = keys.index(pointed.key)
            if self._rows.at != before:
                top = self._rows.scroll_offset.y + self._rows.at - before
                self._rows.scroll_to(y=top, animate=False, force=True, immediate=True)

    def _repaint_all(self) -> None:
        self._head.repaint()
        self._rows.repaint()
        self._foot.repaint()
        self.refresh_frame()

    def repaint(self) -> None:
        """Another language: the drawer speaks it too."""
        self._repaint_all()
        super().repaint()

    def _zone(self) -> str:
        return self.counter.desk.place.post.zone

    def _paint_head(self, width: int, _height: int) -> Lines:
        if self._stack is None:
            return []
        away = [away_line(self._places, width)] if self._places else []
        return [*group_head(self._stack, self._zone(), width), *away]

    def _row(self, index: int, width: int) -> Content:
        """One row; the view that it shows is the one that a verdict on it is about."""
        rows = self._stack.rows if self._stack else ()
        if index >= len(rows):
            return EMPTY
        row = rows[index]
        if row.view is not None:
            self._painted[row.key] = row.view.digest
        marked = row.view is not None and self._marks.marked(row.key, row.view)
        return stack_row(row, index + 1, marked, width, place_words(self._places.get(row.key)))

    def _paint_foot(self, width: int, height: int) -> Lines:
        officer = self.counter.desk.officer
        if self._stack is None or officer is None:
            return []
        pointed = self._pointed()
        seen = self._places.get(pointed.key) if pointed is not None else None
        detail = stack_detail(pointed, officer, self.counter.now(), self._zone(), width, height - 1, seen)
        return [*detail, *[EMPTY] * (height - 1 - len(detail)), next_line(self._stack, width, recording=self._busy)]

    # -- keys ---------------------------------------------------------------------------------------------------------

    def action_command(self, id_: str, key: str = "") -> None:
        """A key was pressed: what bore a mark in sight has been seen."""
        self._looked()
        super().action_command(id_, key)

    def on_rows_pointed(self) -> None:
        """Another row; at the newest, the next scan is followed."""
        self._looked()
        rows = self._stack.rows if self._stack else ()
        self._follow = self._rows.at == sum(row.standing is not Standing.TO_SCAN for row in rows) - 1
        self._foot.repaint()

    def _looked(self) -> None:
        top = self._rows.scroll_offset.y
        rows = self._stack.rows if self._stack else ()
        for row in rows[top : top + self._rows.size.height]:
            if row.view is not None and self._painted.get(row.key) == row.view.digest:
                self._marks.looked(row.key, row.view)
        self._rows.repaint()

    def on_rows_chosen(self) -> None:
        """Enter on a row."""
        self.action_command("group-look")

    def do_group_look(self) -> None:
        """Open this one by itself."""
        row = self._pointed()
        if row is None:
            return
        name = row.document.display_name
        if row.crossing is None:
            self.counter.tell(N_("Not scanned yet: {name}."), "attention", name=name)
        elif row.undecided or row.outcome in (None, Outcome.PENDING):
            self.dismiss(row.crossing.id)
        else:
            self.counter.tell(N_("Decided: {name}, entry {n}."), name=name, n=row.entry)

    def do_group_clear(self) -> None:
        """Clear all greens as they were painted; the others go to their desks. A batch takes two."""
        stack = self._stack
        if stack is not None and stack.group.kind is GroupKind.BATCH and any(stack.clears):
            from .batch import ask_second

            ask_second(self.app, self.counter, len(tuple(stack.clears)), stack.group.name, self._clear)
            return
        self._busy = True
        self._foot.repaint()
        self.counter.ask(self._clear(), "record")

    async def _clear(self, second: str = "", pin: str = "") -> None:
        try:
            by_two = (second, pin) if second else ()
            done = await self.counter.desk.groups.clear(dict(self._painted), *by_two)
        finally:
            self._busy = False
            self._repaint_all()
        self.stack_changed()
        self._tell_cleared(done)

    def _tell_cleared(self, done: GroupCleared) -> None:
        last = done.recorded[-1] if done.recorded else None
        first = done.recorded[0] if done.recorded else None
        params: dict[str, str | int] = {
            "n": len(done.recorded),
            "parked": len(done.parked),
            "names": "; ".join(row.document.display_name for row in done.changed[:NAMED]),
            "changed": len(done.changed),
            "time": hh_mm_ss(last.at, self._zone()) if last else "",
            "first": first.sequence if first else 0,
            "last": last.sequence if last else 0,
            "waiting": last.waiting if last else 0,
        }
        if done.changed:
            told, tone = (
                N_("{n} cleared. {changed} changed since they were in sight: {names}. Look, then c."),
                "attention",
            )
            self._show_row(done.changed[0].key)
        elif not done.recorded:
            told, tone = N_("Nobody is green; {parked} put aside at their desks."), "attention"
        elif done.parked:
            told = N_(
                "recorded {time}: {n} cleared, entries {first}-{last}; {parked} aside · waiting for the link: {waiting}"
            )
            tone = "clear"
        else:
            told = N_("recorded {time}: {n} cleared, entries {first}-{last} · waiting for the link: {waiting}")
            tone = "clear"
        self.counter.tell(told, tone, **params)

    def _show_row(self, key: str) -> None:
        assert self._stack is not None
        self._rows.at = [row.key for row in self._stack.rows].index(key)
        self._rows.action_move(0)
        self._follow = False

    def do_group_attest(self) -> None:
        """Of all who lack nothing else, as they were painted."""
        self.counter.ask(self._attest(), "record")

    async def _attest(self) -> None:
        done = await self.counter.desk.groups.attest(dict(self._painted))
        self.stack_changed()
        if done:
            self.counter.tell(N_("Attested of {n}: what you saw of each stands in the record with your name."), n=done)
        else:
            self.counter.tell(N_("They changed since they were in sight: look, then j."), "attention")

    def do_group_say(self) -> None:
        """How many the driver says they are."""
        if self._stack is not None:
            self._drawer.open_said(self._stack.group.name, self._stack.heads)
            self.refresh_frame()

    def do_group_close(self) -> None:
        """Count heads, then finish; nobody is left open."""
        if self._stack is None:
            return
        left = [row for row in self._stack.rows if row.undecided and row.desk is None]
        parted = next((row for row in left if row.green and row.parting is not None), None)
        if parted is not None:
            self._show_row(parted.key)
            self.counter.tell(N_("Look first: {name}. Enter opens."), "attention", name=parted.document.display_name)
            return
        if left:
            self.counter.tell(N_("Still open: {n}. c clears and puts aside."), "attention", n=len(left))
            return
        self._drawer.open_close(self._stack.group.name, self._stack.heads)
        self.refresh_frame()

    def do_key_in(self) -> None:
        """A document that cannot be read."""
        if self.counter.desk_screen is not None:
            self.counter.desk_screen.do_key_in()

    def do_lock(self) -> None:
        """Lock the counter; the group is there again at the next sign-in."""
        if self.counter.desk_screen is not None:
            self.counter.desk_screen.do_lock()

    def do_leave(self) -> None:
        """One step back: what is asked, then the group; it stands open."""
        if self._drawer.is_open:
            self._drawer.back()
        else:
            self.dismiss(None)

    # -- messages of the drawer ---------------------------------------------------------------------------------------

    def on_group_drawer_said(self, event: GroupDrawer.Said) -> None:
        """The driver has said a number."""
        event.stop()
        self.counter.ask(self._say(event.heads), "record")

    async def _say(self, heads: int) -> None:
        recorded = await self.counter.desk.groups.say(heads)
        self._drawer.close()
        self.counter.tell(N_("recorded, entry {n}: said to be {heads}"), "clear", n=recorded.sequence, heads=heads)

    def on_group_drawer_closing(self, event: GroupDrawer.Closing) -> None:
        """Heads were counted, and who is missing is accounted for."""
        event.stop()
        if not self._busy:
            self._busy = True
            self.counter.ask(self._close(event), "record")

    async def _close(self, event: GroupDrawer.Closing) -> None:
        name = self._stack.group.name if self._stack else ""
        try:
            done = await self.counter.desk.groups.close(event.counted, event.reason, event.note)
        except CounterError as error:
            self._drawer.tell(say(error))
            raise
        finally:
            self._busy = False
        heads = done.heads
        told = N_("recorded, entry {n}: {name} finished, {cleared} cleared, {aside} aside or kept, {left} missing.")
        aside = heads.parked + heads.kept
        tone = "attention" if heads.asks_why else "clear"
        self.counter.tell(told, tone, n=done.sequence, name=name, cleared=heads.cleared, aside=aside, left=heads.to_go)
        self.dismiss(None)

    def on_drawer_closed(self) -> None:
        """The keys are the list's again."""
        self._rows.focus()
        self.refresh_frame()
