"""What a trainer can do in the demo: cut the link, give it back, make it slow, make an agency's system fail."""

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from ...domain.words import Authority
from ...workstation.ports import Rehearsal
from ..commands import State, Where
from ..paint.cells import left
from ..paint.signs import authority_name
from ..widgets.rows import Rows
from ..words import N_, _
from .frame import Dialog
from .row_keys import RowKeys

BEHAVIOURS = ("normal", "slow", "failing", "down")


LINK = (
    ("cut", N_("cut the link"), N_("The link is cut.")),
    ("open", N_("give the link back"), N_("The link is back.")),
    ("slow", N_("slow link: 9.6 kbit/s"), N_("The link is slow.")),
    ("flapping", N_("flapping link: 15 s there, 5 s gone"), N_("The link is slow, and comes and goes.")),
)
"""What can happen to the link, as the menu has it, and what is said then."""
LINES = len(LINK) + len(Authority)


def behaviour_name(behaviour: str) -> str:
    """How an agency's system behaves, in words."""
    return {"normal": _("normal"), "slow": _("slow"), "failing": _("failing"), "down": _("down")}[behaviour]


class RehearsalMenu(RowKeys, Dialog[None]):
    """What can happen to the link, and how each agency's system behaves: Enter goes to the next."""

    WHERE: ClassVar[Where] = Where.REHEARSAL

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows()

    def state(self) -> State:
        """How many lines there are."""
        return self.counter.state_at(self.WHERE, lines=LINES)

    def title_words(self) -> str:
        """What the list is."""
        return _("Rehearsal: what happens to link and agencies")

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield self._rows

    def on_mount(self) -> None:
        """Fill it."""
        self._rows.styles.height = LINES
        self._fill()
        self._rows.focus()

    def repaint(self) -> None:
        """Another language."""
        self._fill()
        super().repaint()

    def _fill(self) -> None:
        self._rows.fill(LINES, self._row)

    def _row(self, index: int, _width: int) -> Content:
        number = f"{index + 1}  "
        if index < len(LINK):
            return Content(number + _(LINK[index][1]))
        authority = list(Authority)[index - len(LINK)]
        now = behaviour_name(self.counter.behaviours.get(authority.value, "normal"))
        return Content(f"{number}{left(authority_name(authority), 16)} {now}")

    def on_rows_chosen(self) -> None:
        """Enter on a line."""
        self.action_command("rehearse")

    def typed(self, text: str) -> None:
        """A number goes to its line."""
        if text.isdecimal() and 0 < int(text) <= LINES:
            self._rows.action_move(int(text) - 1 - self._rows.at)
        else:
            super().typed(text)

    def do_rehearse(self) -> None:
        """Do what is marked."""
        rehearsal = self.counter.desk.rehearsal
        if rehearsal is None:
            return
        at = self._rows.at
        if at < len(LINK):
            mode, _line, told = LINK[at]
            self.counter.ask(self._link(rehearsal, mode, told), "rehearsal")
        else:
            self.counter.ask(self._behave(rehearsal, list(Authority)[at - len(LINK)]), "rehearsal")

    async def _link(self, rehearsal: Rehearsal, mode: str, told: str) -> None:
        await rehearsal.link(mode)
        self.counter.tell(told)

    async def _behave(self, rehearsal: Rehearsal, authority: Authority) -> None:
        now = self.counter.behaviours.get(authority.value, "normal")
        behaviour = BEHAVIOURS[(BEHAVIOURS.index(now) + 1) % len(BEHAVIOURS)]
        await rehearsal.behave(authority, behaviour)
        self.counter.behaviours[authority.value] = behaviour
        self._fill()
        told = N_("{authority}: {behaviour}.")
        self.counter.tell(told, authority=authority_name(authority), behaviour=behaviour_name(behaviour))
