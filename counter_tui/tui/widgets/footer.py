"""The last line of every screen: the keys that work now, the main one first; those that do not are dim."""

from textual.content import Content
from textual.widget import Widget

from ..commands import Command, State, commands_of
from ..words import _

GAP = "  "


class Footer(Widget):
    """Paints the commands of a place; what does not fit is left out from the end, the last one (help) stays."""

    state: State | None = None

    def show(self, state: State) -> None:
        """Paint the keys of this state, if it is another one."""
        if state != self.state:
            self.state = state
            self.refresh()

    def repaint(self) -> None:
        """Paint again, in the language that is on."""
        self.refresh()

    def render(self) -> Content:
        """As many entries as there is room for."""
        if self.state is None:
            return Content("")
        entries = [_entry(c, self.state) for c in commands_of(self.state.where) if c.footer]
        return fit(entries, self.size.width)


def _entry(command: Command, state: State) -> Content:
    key, label = command.key_at(state.where), _(command.label)
    if command.enabled(state) is not None:
        return Content.styled(f"{key} {label}", "$muted")
    return Content.assemble((key, "bold"), (f" {label}", "bold" if command.main else ""))


def fit(entries: list[Content], width: int) -> Content:
    """Entries side by side in `width` cells; the last one always, of the others as many as there is room for."""
    *others, last = entries
    room = width - 2 - last.cell_length
    shown: list[Content] = []
    for entry in others:
        room -= entry.cell_length + len(GAP)
        if room < 0:
            break
        shown.append(entry)
    return Content.assemble(" ", Content(GAP).join([*shown, last])).truncate(width)
