"""Travellers who were put aside, undecided: opened again, or dropped on purpose."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from ...domain.crossings import Crossing
from ...domain.words import Authority
from ..commands import State, Where
from ..paint.cells import left, left_name
from ..paint.signs import authority_name, panel
from ..paint.times import when
from ..widgets.rows import Rows
from ..words import N_, _, clean
from .frame import Dialog
from .row_keys import RowKeys

ROWS_SHOWN = 10
DESK = 20


class Parked(RowKeys, Dialog[str]):
    """Gives the id of the crossing to be opened again."""

    WHERE: ClassVar[Where] = Where.PARKED

    def __init__(
        self,
        parked: Sequence[Crossing],
        desks: Mapping[str, Authority] | None = None,
        unsigned: AbstractSet[str] = frozenset(),
    ) -> None:
        """`desks`: at whose desk some of them are, by the ids of their crossings; `unsigned` are decided already."""
        super().__init__()
        self._parked, self._desks, self._unsigned = list(parked), desks or {}, unsigned
        self._sure = ""
        self._rows = Rows()

    def state(self) -> State:
        """How many there are."""
        return self.counter.state_at(self.WHERE, lines=len(self._parked))

    def title_words(self) -> str:
        """What the list is."""
        return _("Put aside, undecided or not signed") if self._unsigned else _("Put aside, undecided")

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield self._rows

    def on_mount(self) -> None:
        """Fill it."""
        self._rows.styles.height = min(ROWS_SHOWN, max(1, len(self._parked)))
        self._fill()
        self._rows.focus()

    def repaint(self) -> None:
        """Another language."""
        self._fill()
        super().repaint()

    def _fill(self) -> None:
        self._rows.fill(len(self._parked), self._row)

    def _row(self, index: int, width: int) -> Content:
        crossing = self._parked[index]
        at = when(crossing.opened_at, self.counter.now(), self.counter.desk.place.post.zone)
        desk = self._desks.get(crossing.id)
        waits = f"  {_('to be signed: q')}" if crossing.id in self._unsigned else ""
        whose = f"  {_('at {desk}').format(desk=f'{panel(desk)} {authority_name(desk)}')}" if desk is not None else ""
        name = left_name(
            clean(crossing.document.display_name), max(10, width - 24 - (DESK if self._desks or self._unsigned else 0))
        )
        return Content(f"{name} {left(clean(crossing.document.nationality), 4)} {at}{whose}{waits}")

    def on_rows_chosen(self) -> None:
        """Enter on a line."""
        self.action_command("resume")

    def do_resume(self) -> None:
        """Open this one again."""
        self.dismiss(self._parked[self._rows.at].id)

    def do_drop(self) -> None:
        """Asked first: the same key again drops it."""
        crossing = self._parked[self._rows.at]
        name = crossing.document.display_name
        if self._sure != crossing.id:
            self._sure = crossing.id
            self.counter.tell(N_("Drop {name} without a decision? d again drops, Esc keeps."), "attention", name=name)
            return
        self.counter.ask(self._drop(crossing), "crossing")

    async def _drop(self, crossing: Crossing) -> None:
        await self.counter.desk.discard(crossing.id)
        self._parked.remove(crossing)
        self._fill()
        self.counter.tell(N_("Dropped without a decision: {name}."), name=crossing.document.display_name)

    def on_rows_pointed(self) -> None:
        """Another line: what was asked is not meant any more."""
        self._sure = ""
