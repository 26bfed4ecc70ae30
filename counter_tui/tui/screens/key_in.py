"""A document keyed by hand: its kind first, then what that kind has; who is known is offered before all is typed."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from textual import work
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.widget import Widget
from textual.widgets import Input, Static

from ...domain.documents import Document
from ...domain.documents.keyed import read_checked
from ...domain.documents.kinds import DocumentKind, FieldName
from ...workstation.news import Expected
from ..commands import State, Where
from ..paint.finding import known_words
from ..widgets.rows import Rows
from ..words import N_, _, say
from .frame import Dialog, words
from .row_keys import RowKeys

AGAIN: Final = "again"
CHECKED: Final = ("number_checked", "birth_checked", "expiry_checked")
FIELDS: Final[tuple[tuple[FieldName, str, str, str], ...]] = (
    ("number", "document_number", N_("Number"), N_("or last four, then the name")),
    ("number_checked", "document_number", N_("Number"), N_("with its check digit")),
    ("birth_checked", "birth_date", N_("Born"), N_("YYMMDD and check digit")),
    ("expiry_checked", "expiry_date", N_("Expires"), N_("YYMMDD and check digit")),
    ("issuing_state", "issuing_state", N_("Issued by"), "IDN"),
    ("surname", "surname", N_("Surname"), ""),
    ("given_names", "given_names", N_("Given names"), ""),
    ("birth", "birth_date", N_("Born"), "YYYY-MM-DD"),
    ("expiry", "expiry_date", N_("Expires"), "YYYY-MM-DD"),
    ("nationality", "nationality", N_("Nationality"), "IDN"),
    ("sex", "sex", N_("Sex"), "M F X"),
    (AGAIN, "", N_("Number again"), N_("once more, as printed")),
)
LONGEST = 64


class KeyIn(RowKeys, Dialog[Document]):
    """Gives the document that was keyed, or the one that is held here of who was recognised."""

    WHERE: ClassVar[Where] = Where.KEY_KIND

    def __init__(self) -> None:
        super().__init__()
        self._kinds: Sequence[DocumentKind] = ()
        self._kind: DocumentKind | None = None
        self._earlier: DocumentKind | None = None
        self._known: tuple[Expected, ...] = ()
        self._declined: tuple[Expected, ...] = ()
        self._rows = Rows()
        self._form = Vertical(classes="form")
        self._offer = Static(id="known", markup=False)

    def state(self) -> State:
        """Which of the two questions is asked."""
        return self.counter.state_at(Where.KEY_IN if self._kind else Where.KEY_KIND, lines=len(self._kinds))

    def title_words(self) -> str:
        """What is asked."""
        if self._kind is None:
            return _("Key in: which document? Its number, or its first letters")
        told = _("Key in {kind}: as printed, dates as year-month-day")
        return told.format(kind=say(f"kind.{self._kind.code}"))

    def body(self) -> Iterable[Widget]:
        """The kinds; behind them a line a field: name, field, and what is wrong with it."""
        yield self._rows
        with self._form:
            for name, _problems, label, form in FIELDS:
                with Horizontal(id=f"{name}-row", classes="row"):
                    yield words(lambda label=label: _(label), "label")  # type: ignore[misc]
                    yield Input(id=name, max_length=LONGEST, placeholder=_hint(form), compact=True)
                    yield Static(id=f"{name}-problem", classes="problem", markup=False)
            yield self._offer

    def on_mount(self) -> None:
        """The kinds first."""
        self._kinds = self.counter.desk.kinds()
        self._rows.styles.height = len(self._kinds)
        self._choose(None)

    # -- the kind -----------------------------------------------------------------------------------------------------

    def _choose(self, kind: DocumentKind | None) -> None:
        self._kind = kind
        self._rows.display, self._form.display = kind is None, kind is not None
        self._rows.fill(len(self._kinds), self._row)
        self._show_known(())
        if kind is not None and kind is not self._earlier:
            for field in self.query(Input):
                field.value = ""
            self._earlier = kind
        for name, *_rest in FIELDS:
            self.query_one(f"#{name}-row").display = kind is not None and name in kind.fields
            self.query_one(f"#{name}-problem", Static).update("")
        if kind is None:
            self._rows.focus()
        else:
            self.query_one(f"#{kind.fields[0]}", Input).focus()
        self.repaint()

    def _row(self, index: int, _width: int) -> Content:
        return Content(f"{index + 1}  {say(f'kind.{self._kinds[index].code}')}")

    def repaint(self) -> None:
        """Another language, or another question."""
        for name, _problems, _label, form in FIELDS:
            self.query_one(f"#{name}", Input).placeholder = _hint(form)
        super().repaint()

    def typed(self, text: str) -> None:
        """A number chooses its kind; letters go to the next kind that has a word beginning with them."""
        if self._kind is not None:
            return
        if text.isdecimal() and 0 < int(text) <= len(self._kinds):
            self._choose(self._kinds[int(text) - 1])
            return
        said = [say(f"kind.{kind.code}").casefold().replace("(", "").split() for kind in self._kinds]
        after = [*range(self._rows.at + 1, len(said)), *range(self._rows.at + 1)]
        fitting = [at for at in after if any(word.startswith(text.casefold()) for word in said[at])]
        if fitting:
            self._rows.action_move(fitting[0] - self._rows.at)
        else:
            super().typed(text)

    def on_rows_chosen(self) -> None:
        """Enter on a kind."""
        self.action_command("key-kind")

    def do_key_kind(self) -> None:
        """The kind that is marked."""
        self._choose(self._kinds[self._rows.at])

    def do_leave(self) -> None:
        """One step back: to the kinds, then away."""
        if self._kind is None:
            self.dismiss(None)
        else:
            self._choose(None)

    # -- who is known -------------------------------------------------------------------------------------------------

    def _typed(self) -> dict[str, str]:
        return {name: self.query_one(f"#{name}", Input).value for name, *_rest in FIELDS}

    @work(group="known", exclusive=True)
    async def _look(self) -> None:
        await self._ask_known()

    async def _ask_known(self) -> None:
        kind = self._kind
        found = await self.counter.desk.known(kind, self._typed()) if kind is not None else ()
        if kind is self._kind:
            self._show_known(found)

    def _show_known(self, known: tuple[Expected, ...]) -> None:
        self._known = known
        self._declined = () if known != self._declined else self._declined
        self._offer.update(known_words(known) if self._offered else "")

    @property
    def _offered(self) -> bool:
        return bool(self._known) and self._known != self._declined

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Who goes to another field does not want the one who is offered."""
        del event
        self._declined = self._known
        self._show_known(self._known)

    # -- the fields ---------------------------------------------------------------------------------------------------

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in any field."""
        event.stop()
        self.action_command("accept")

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is being put right is not wrong any more; somebody else may be known by it."""
        event.stop()
        self.query_one(f"#{event.input.id}-problem", Static).update("")
        if self._kind is not None and event.input.id != AGAIN:
            self._look()

    def do_accept(self) -> None:
        """Who is offered; else the next field; after the last one, the document or all its problems."""
        if self._offered and len(self._known) == 1:
            self.dismiss(self._known[0].document)
        else:
            self.counter.ask(self._go_on(), "key-in")

    async def _go_on(self) -> None:
        """Nobody is left behind unseen: who was found only now is offered first."""
        kind, before = self._kind, self._known
        await self._ask_known()
        if kind is None or kind is not self._kind or (self._offered and self._known != before):
            return
        focused = self.focused.id if self.focused is not None else None
        if focused in CHECKED and self._check(focused):
            return
        if focused in kind.fields[:-1]:
            self.query_one(f"#{kind.fields[kind.fields.index(focused) + 1]}", Input).focus()
        else:
            self._finish(kind, self._typed())

    def _check(self, name: str) -> bool:
        """Whether something is wrong with this part of a zone; it is said beside it at once."""
        read = read_checked(self._typed(), self.counter.desk.today())
        field = next(field for known, field, *_rest in FIELDS if known == name)
        wrong = [p for p in read if p.field == field] if isinstance(read, tuple) else []
        for problem in wrong[:1]:
            self.query_one(f"#{name}-problem", Static).update(say(problem.text))
        return bool(wrong)

    def _finish(self, kind: DocumentKind, fields: dict[str, str]) -> None:
        read = self.counter.desk.key_document(kind, fields)
        problems = {} if isinstance(read, Document) else {p.field: say(p.text) for p in reversed(read)}
        wrong: dict[str, str] = {
            name: problems[field] for name, field, *_rest in FIELDS if field in problems and name in kind.fields
        }
        if AGAIN in kind.fields and _same(fields["number"]) != _same(fields[AGAIN]):
            wrong[AGAIN] = _("not the same as above")
        for name, *_rest in FIELDS:
            self.query_one(f"#{name}-problem", Static).update(wrong.get(name, ""))
        if wrong:
            first = next(name for name in kind.fields if name in wrong)
            self.query_one(f"#{first}", Input).focus()
            told = N_("Not opened, fields to put right: {n}. {problem}")
            self.counter.tell(told, "attention", n=len(wrong), problem=wrong[first])
        elif isinstance(read, Document):
            self.dismiss(read)


def _hint(form: str) -> str:
    """What a field asks for; of "" the catalogue would give its own head."""
    return _(form) if form else ""


def _same(number: str) -> str:
    return "".join(filter(str.isalnum, number.upper()))
