"""Sign in, and the locked counter: who you are, your PIN, and no traveller's name. Painted before the vault is open."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from ...errors import CounterError, SignInError
from ...workstation.place import Credential, Place
from ..commands import State, Where
from ..paint.cells import left, left_name, wrap
from ..widgets.face import Face
from ..words import N_, _, clean, ngettext
from .frame import FullScreen

PIN_LONGEST = 32
MARGIN = "  "
FIELDS_AT, FIRST_LINE = 12, 7
"""The column of the fields, and the line of the first of them where nobody is listed; persons move it down."""


class SignIn(FullScreen[None]):
    """Asks for the person and the PIN. `locked`: the counter is locked, and another screen waits below."""

    WHERE: ClassVar[Where] = Where.SIGN_IN
    AUTO_FOCUS = "#pin"

    def __init__(self, *, locked: bool = False) -> None:
        super().__init__()
        self.locked = locked
        self._chosen = 0
        self._busy = False
        self._free_at: datetime | None = None
        self._refusal: CounterError | None = None
        self._wanted = False

    @property
    def place(self) -> Place:
        """Where this is."""
        return self.counter.desk.place

    def on_mount(self) -> None:
        """Where nobody is listed, who comes says so first."""
        super().on_mount()
        if not self.place.credentials:
            self.query_one("#officer").focus()

    def state(self) -> State:
        """Busy while a PIN is tried."""
        return self.counter.state_at(self.WHERE, busy=self._busy)

    def body(self) -> Iterable[Widget]:
        """Where this is, who can sign in here, and two fields."""
        people = self.place.credentials
        first = clean(people[0].officer.name) if people else ""
        yield Face(self._paint)
        line = FIRST_LINE + len(people)
        for name, field in (("officer", Input(first, max_length=64)), ("pin", Input(password=True))):
            field.id, field.styles.position, field.styles.offset = name, "absolute", (FIELDS_AT, line)
            line += 1
            yield field

    def _paint(self, width: int) -> list[Content]:
        people = [_person(at, c, chosen=at == self._chosen) for at, c in enumerate(self.place.credentials)]
        fields = [Content(MARGIN + _("Officer")), Content(MARGIN + _("PIN"))]
        notes = [Content.styled(MARGIN + note, "$muted") for note in self._notes(width)]
        blank = Content("")
        return [blank, *self._head(), blank, *people, blank, *fields, blank, *notes]

    def _head(self) -> list[Content]:
        counter = self.place.counter
        way = _("entry") if counter.direction.value == "entry" else _("exit")
        told = _("{post}, counter {counter}, lane {lane}, {way}").format(
            post=clean(self.place.post.name), counter=clean(counter.label), lane=clean(counter.lane), way=way
        )
        title = _("Locked. Sign in to go on.") if self.locked else _("Sign in")
        return [Content.styled(MARGIN + title, "bold"), Content.styled(MARGIN + told, "$muted")]

    def _notes(self, width: int) -> list[str]:
        notes = []
        if self.place.demo:
            notes.append(_("DEMO: travellers and agencies are made up; nothing reaches a real record."))
        if self.place.passphrase:
            told = _("No keyring here: the demo's store opens with the fixed word {word}.")
            notes.append(told.format(word=clean(self.place.passphrase)))
        status = self.counter.desk.status()
        if self.locked and status is not None:
            waiting = ngettext("{n} entry waits for the link.", "{n} entries wait for the link.", status.waiting)
            notes.append(waiting.format(n=status.waiting))
        return [line for note in notes for line in wrap(note, max(20, width - 2 * len(MARGIN)))]

    # -- choosing -----------------------------------------------------------------------------------------------------

    def do_up(self) -> None:
        """The person above."""
        self._choose(self._chosen - 1)

    def do_down(self) -> None:
        """The person below."""
        self._choose(self._chosen + 1)

    def _choose(self, at: int) -> None:
        people = self.place.credentials
        if people:
            self._chosen = at % len(people)
            with self.prevent(Input.Changed):
                self.query_one("#officer", Input).value = clean(people[self._chosen].officer.name)
            self.query_one(Face).repaint()

    def on_input_changed(self, event: Input.Changed) -> None:
        """A number, an id or a part of a name, typed into the first field, chooses."""
        if event.input.id == "officer":
            found = find_credential(self.place.credentials, event.value)
            if found is not None:
                self._chosen = found
                self.query_one(Face).repaint()

    def _officer_id(self) -> str:
        typed = self.query_one("#officer", Input).value.strip()
        if not self.place.credentials:
            return typed
        return self.place.credentials[self._chosen].officer.id

    # -- signing in ---------------------------------------------------------------------------------------------------

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the first field goes to the PIN; in the PIN it signs in."""
        if event.input.id == "officer":
            self.query_one("#pin", Input).focus()
        else:
            self.action_command("sign-in")

    def do_sign_in(self) -> None:
        """Try the PIN; before the vault is open it is kept, and tried then."""
        pin = self.query_one("#pin", Input)
        if self.seconds_left():
            self.tick()
        elif not pin.value:
            self.counter.tell(N_("Type your PIN, then press Enter."), "attention")
            pin.focus()
        elif not self.counter.desk.ready:
            self._wanted = True
            if self.counter.failed:
                self.counter.prepare()
            self.counter.tell(N_("The store is being opened; you are signed in when it is."))
        else:
            self._busy = True
            self.counter.tell(N_("The PIN is being tried."))
            self.counter.ask(self._try(self._officer_id(), pin.value), "sign-in")

    def prepared(self) -> None:
        """The vault is open: go on with a PIN that waits."""
        if self._wanted:
            self._wanted = False
            self.do_sign_in()

    async def _try(self, officer_id: str, pin: str) -> None:
        try:
            await self.counter.desk.sign_in(officer_id, pin)
        except SignInError as error:
            self._refused(error)
        else:
            self.query_one("#pin", Input).value = ""
            await self.counter.signed_in(self)
        finally:
            self._busy = False
            self.refresh_frame()

    def _refused(self, error: CounterError) -> None:
        wait = int(error.params.get("seconds", error.params.get("wait", 0)))
        self._refusal = error
        self._free_at = self.counter.now() + timedelta(seconds=wait) if wait else None
        self.query_one("#pin", Input).value = ""
        self.counter.tell_error(error)

    def seconds_left(self) -> int:
        """Whole seconds until the next try is taken."""
        if self._free_at is None:
            return 0
        return max(0, math.ceil((self._free_at - self.counter.now()).total_seconds()))

    def tick(self) -> None:
        """Count down while no try is taken."""
        left = self.seconds_left()
        if left and self._refusal is not None:
            counted = {name: left for name in ("seconds", "wait") if name in self._refusal.params}
            self.counter.tell(self._refusal.code, "stop", **self._refusal.params | counted)
        elif self._free_at:
            self._free_at = None
            self.counter.tell(N_("Type your PIN again, then press Enter."))

    def refresh_frame(self) -> None:
        """The lines around, and what waits."""
        super().refresh_frame()
        for face in self.query(Face):
            face.repaint()


def _person(at: int, credential: Credential, *, chosen: bool) -> Content:
    """A line: number, name, role, desk and PIN of a demo person."""
    officer = credential.officer
    desk = _("joint counter") if officer.joint else _(officer.agency.value)
    row = f"{at + 1} {left_name(clean(officer.name), 24)}  {left(role_name(officer.role.value), 12)} {left(desk, 16)}"
    pin = f"{_('PIN')} {clean(credential.pin)}"
    return Content.styled(f"{MARGIN} {'▸' if chosen else ' '} {row}  {pin} ", "bold on $marked" if chosen else "")


def role_name(role: str) -> str:
    """A role in words."""
    return {"officer": _("officer"), "supervisor": _("supervisor"), "trainer": _("trainer")}.get(role, clean(role))


def find_credential(credentials: tuple[Credential, ...], typed: str) -> int | None:
    """Which person a number (from 1), an id or a part of a name means; None where it is none."""
    typed = typed.strip().lower()
    if typed.isdecimal():
        return int(typed) - 1 if 0 < int(typed) <= len(credentials) else None
    for at, credential in enumerate(credentials):
        if typed and (typed == credential.officer.id.lower() or typed in credential.officer.name.lower()):
            return at
    return None
