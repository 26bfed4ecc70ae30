"""A document keyed by hand: the number twice, and every problem named beside its field."""

from collections.abc import Iterable
from typing import ClassVar, Final

from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from ...domain.documents import Document
from ..commands import Where
from ..words import N_, _, say
from .frame import Dialog, words

AGAIN: Final = "again"
FIELDS: Final = (
    ("number", "document_number", N_("Number"), ""),
    (AGAIN, "", N_("Number again"), ""),
    ("issuing_state", "issuing_state", N_("Issued by"), "IDN"),
    ("nationality", "nationality", N_("Nationality"), "IDN"),
    ("surname", "surname", N_("Surname"), ""),
    ("given_names", "given_names", N_("Given names"), ""),
    ("birth", "birth_date", N_("Born"), "YYYY-MM-DD"),
    ("expiry", "expiry_date", N_("Expires"), "YYYY-MM-DD"),
    ("sex", "sex", N_("Sex"), "M F X"),
)
LONGEST = 64


class KeyIn(Dialog[Document]):
    """Gives the document that was keyed."""

    WHERE: ClassVar[Where] = Where.KEY_IN
    AUTO_FOCUS = "#number"

    def title_words(self) -> str:
        """What is asked."""
        return _("Key in a document: as printed, dates as year-month-day")

    def body(self) -> Iterable[Widget]:
        """A line a field: name, field, and what is wrong with it."""
        for name, _problems, label, form in FIELDS:
            yield Horizontal(
                words(lambda label=label: _(label), "label"),  # type: ignore[misc]
                Input(id=name, max_length=LONGEST, placeholder=form, compact=True),
                Static(id=f"{name}-problem", classes="problem", markup=False),
                classes="row",
            )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in any field."""
        event.stop()
        self.action_command("accept")

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is being put right is not wrong any more."""
        self.query_one(f"#{event.input.id}-problem", Static).update("")

    def do_accept(self) -> None:
        """The next field; after the last one, the document or all its problems."""
        names = [name for name, *_rest in FIELDS]
        focused = self.focused.id if self.focused is not None else None
        if focused in names[:-1]:
            self.query_one(f"#{names[names.index(focused) + 1]}", Input).focus()
            return
        self._finish({name: self.query_one(f"#{name}", Input).value for name in names})

    def _finish(self, fields: dict[str, str]) -> None:
        again = fields.pop(AGAIN)
        read = self.counter.desk.read_keyed(fields)
        problems = {} if isinstance(read, Document) else {p.field: say(p.text) for p in reversed(read)}
        wrong = {name: problems[field] for name, field, *_rest in FIELDS if field in problems}
        if _same(fields["number"]) != _same(again):
            wrong[AGAIN] = _("not the same as above")
        for name, *_rest in FIELDS:
            self.query_one(f"#{name}-problem", Static).update(wrong.get(name, ""))
        if wrong:
            first = next(name for name, *_rest in FIELDS if name in wrong)
            self.query_one(f"#{first}", Input).focus()
            self.counter.tell(N_("Not opened: {n} fields to put right."), "attention", n=len(wrong))
        elif isinstance(read, Document):
            self.dismiss(read)


def _same(number: str) -> str:
    return "".join(filter(str.isalnum, number.upper()))
