"""The stamp: its number, the page it stands on, and the last day where no rule gives it."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from ..commands import State, Where
from ..paint.times import day
from ..words import N_, _
from .frame import Dialog, words

if TYPE_CHECKING:
    from ...domain.stay import Stay

LONGEST = 20
LABELS = {"stamp": N_("Stamp"), "page": N_("Page"), "until": N_("Last day")}


class StampDialog(Dialog[tuple[str, str, date | None]]):
    """Gives stamp, page and the last day that was typed (None where a rule gives it)."""

    WHERE: ClassVar[Where] = Where.STAMP

    def __init__(self, stay: "Stay") -> None:
        super().__init__()
        self._stay = stay
        self._fields = ("stamp", "page") if stay.until is not None else ("stamp", "page", "until")

    def state(self) -> State:
        """Something is typed here."""
        return self.counter.state_at(self.WHERE)

    def title_words(self) -> str:
        """Until when, as far as a rule says it."""
        if self._stay.until is None:
            return _("Admitted: until the day that the visa says. Stamp, page, and that day")
        return _("Admitted until {day}. Stamp and page").format(day=day(self._stay.until))

    def body(self) -> Iterable[Widget]:
        """A line a field."""
        with Vertical(classes="form"):
            for name in self._fields:
                with Horizontal(classes="row"):
                    yield words(lambda name=name: _(LABELS[name]), "label")  # type: ignore[misc]
                    hint = "YYYY-MM-DD" if name == "until" else ""
                    yield Input(id=name, max_length=LONGEST, placeholder=hint, compact=True)
                    yield Static(id=f"{name}-problem", classes="problem", markup=False)

    def on_mount(self) -> None:
        """The stamp first."""
        super().on_mount()
        self.query_one("#stamp", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in any field."""
        event.stop()
        self.action_command("stamp-accept")

    def do_stamp_accept(self) -> None:
        """The next field; after the last one, all of it."""
        at = self.focused.id if self.focused is not None else self._fields[0]
        if at in self._fields[:-1]:
            self.query_one(f"#{self._fields[self._fields.index(at) + 1]}", Input).focus()
        else:
            self._finish()

    def _finish(self) -> None:
        typed = {name: self.query_one(f"#{name}", Input).value.strip() for name in self._fields}
        until = None
        if "until" in typed:
            try:
                until = date.fromisoformat(typed["until"])
            except ValueError:
                self.query_one("#until-problem", Static).update(_("year-month-day, as 2026-12-20"))
                return
        self.dismiss((typed["stamp"], typed["page"], until))
