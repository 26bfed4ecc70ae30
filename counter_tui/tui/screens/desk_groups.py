"""Groups at the desk: `b` lists them; while one is worked, every document that is read goes onto its stack."""

from abc import abstractmethod
from typing import TYPE_CHECKING

from ...domain.documents import Document
from ...workstation.news import News, StackChanged
from ..words import N_
from .desk_hits import DeskHits

if TYPE_CHECKING:
    from .group import GroupScreen


class DeskGroups(DeskHits):
    """The desk with groups."""

    def __init__(self) -> None:
        super().__init__()
        self._group: str | None = None
        """Which group is to be taken up again at the next sign-in; None: whichever stands open at the first."""

    @property
    def stacking(self) -> bool:
        """Whether a group is being worked."""
        return self.counter.desk.groups.stack is not None

    def do_groups(self) -> None:
        """Which groups there are."""
        from .group_list import GroupList

        self.app.push_screen(GroupList(), self._group_chosen)

    def _group_chosen(self, group: str | None) -> None:
        if group is not None:
            self.counter.ask(self._work_group(group), "crossing")

    async def _work_group(self, group: str) -> None:
        async with self._one_at_a_time:
            stack = await self.counter.desk.groups.open(group)
        self.counter.tell(N_("{name}: scan document after document."), name=stack.group.name)
        self._show_group()

    def _show_group(self) -> None:
        """The group is on top again, where it is being worked."""
        if self.stacking and self._group_screen() is None:
            from .group import GroupScreen

            self.app.push_screen(GroupScreen(), self._group_left)

    def _note_group(self) -> None:
        """The counter is locked: this group is taken up again."""
        stack = self.counter.desk.groups.stack
        self._group = stack.group.id if stack is not None else ""

    async def _regroup(self) -> frozenset[str]:
        """Take up the group that was worked before the lock, or the program's end; the crossings on its stack."""
        groups = self.counter.desk.groups
        group = await groups.standing() if self._group is None else self._group
        self._group = ""
        if not group:
            return frozenset()
        stack = await groups.open(group)
        told = N_("{name} is open: {n} scanned, {left} to go.")
        self.counter.tell(told, name=stack.group.name, n=stack.heads.scanned, left=stack.heads.to_go)
        return frozenset(row.crossing.id for row in stack.rows if row.crossing is not None)

    def _group_screen(self) -> "GroupScreen | None":
        if not self.stacking:
            return None
        from .group import GroupScreen

        return next((screen for screen in self.app.screen_stack if isinstance(screen, GroupScreen)), None)

    def _group_left(self, crossing_id: str | None) -> None:
        work = self._resume(crossing_id) if crossing_id else self._group_put_aside()
        self.counter.ask(work, "crossing")

    @abstractmethod
    async def _resume(self, crossing_id: str) -> None:
        """Take a crossing up again that was put aside."""

    async def _group_put_aside(self) -> None:
        async with self._one_at_a_time:
            left = self.counter.desk.groups.stack
            await self.counter.desk.groups.put_aside()
        await self._refill()
        if left is not None:
            self.counter.tell(N_("{name} stands open: b goes on with it."), name=left.group.name)

    async def _stack_up(self, document: Document) -> None:
        """One more document for the stack: no question, whatever is looked at meanwhile."""
        taken = await self.counter.desk.groups.take(document)
        row, stack = taken.row, self.counter.desk.groups.stack
        if taken.again:
            told, tone = N_("The same document again: {name} is on the list."), ""
        elif row.elsewhere:
            told, tone = N_("Added: {name} stands on the list of {group}."), "attention"
        elif not row.listed:
            told, tone = N_("Added: {name} is not on the list."), "attention"
        else:
            told, tone = N_("{n}: {name}"), ""
        scanned = stack.heads.scanned if stack else 0
        self.counter.tell(told, tone, name=row.document.display_name, group=row.elsewhere, n=scanned)
        screen = self._group_screen()
        if screen is not None:
            screen.scanned_one()

    def news(self, news: News) -> None:
        """A row of the group has changed: its screen shows it."""
        if not isinstance(news, StackChanged):
            super().news(news)
            return
        screen = self._group_screen()
        if screen is not None:
            screen.stack_changed()
