"""Sign in, and the locked counter: who you are, your PIN, and no traveller's name. Painted before the vault is open."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from ...errors import CounterError, SignInError
from ...workstation.place import Credential, Place
from ..commands import State, Where
from ..words import N_, _, clean, ngettext
from .frame import FullScreen, Words

PIN_LONGEST = 32


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
        self._wanted = False

    @property
    def place(self) -> Place:
        """Where this is."""
        return self.counter.desk.place

    def state(self) -> State:
        """Busy while a PIN is tried."""
        return self.counter.state_at(self.WHERE, busy=self._busy)

    def body(self) -> Iterable[Widget]:
        """Where this is, who can sign in here, and two fields."""
        yield Words(self._title, classes="title")
        yield Words(self._where, classes="muted")
        yield Static()
        if self.place.credentials:
            yield CredentialList(self.place.credentials)
            yield Static()
        with_list = bool(self.place.credentials)
        first = clean(self.place.credentials[0].officer.name) if with_list else ""
        yield Horizontal(Words(lambda: _("Officer")), Input(first, id="officer", max_length=64, compact=True))
        yield Horizontal(Words(lambda: _("PIN")), Input(password=True, id="pin", max_length=PIN_LONGEST, compact=True))
        yield Static()
        yield Words(self._notes, classes="notes muted")

    def compose(self) -> ComposeResult:
        """The frame; its class tells the style sheet."""
        self.add_class("sign-in")
        yield from super().compose()

    def _title(self) -> str:
        return _("Locked. Sign in to go on.") if self.locked else _("Sign in")

    def _where(self) -> str:
        counter = self.place.counter
        way = _("entry") if counter.direction.value == "entry" else _("exit")
        told = _("{post}, counter {counter}, lane {lane}, {way}")
        return told.format(
            post=clean(self.place.post.name), counter=clean(counter.label), lane=clean(counter.lane), way=way
        )

    def _notes(self) -> str:
        lines = []
        if self.place.demo:
            lines.append(_("DEMO: travellers and agencies are made up; nothing reaches a real record."))
        if self.place.passphrase:
            told = _("No keyring here: the demo's store opens with the fixed word {word}.")
            lines.append(told.format(word=clean(self.place.passphrase)))
        status = self.counter.desk.status()
        if self.locked and status is not None:
            waiting = ngettext("{n} entry waits for the link.", "{n} entries wait for the link.", status.waiting)
            lines.append(waiting.format(n=status.waiting))
        return "\n".join(lines)

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
            self.query_one(CredentialList).choose(self._chosen)

    def on_input_changed(self, event: Input.Changed) -> None:
        """A number, an id or a part of a name, typed into the first field, chooses."""
        if event.input.id == "officer":
            found = find_credential(self.place.credentials, event.value)
            if found is not None:
                self._chosen = found
                self.query_one(CredentialList).choose(found)

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
        if left:
            told = N_("Too many wrong PINs: the next try is taken in {n} s.")
            self.counter.tell(told, "stop", n=left)
        elif self._free_at:
            self._free_at = None
            self.counter.tell(N_("Type your PIN again, then press Enter."))

    def refresh_frame(self) -> None:
        """The lines around, and what waits."""
        super().refresh_frame()
        for notes in self.query(".notes").results(Words):
            notes.repaint()


class CredentialList(Widget):
    """The demo's persons with their PINs, one marked."""

    def __init__(self, credentials: tuple[Credential, ...]) -> None:
        super().__init__()
        self._credentials = credentials
        self._chosen = 0
        self.styles.height = len(credentials)

    def choose(self, at: int) -> None:
        """Mark this one."""
        self._chosen = at
        self.refresh()

    def repaint(self) -> None:
        """Paint again, in the language that is on."""
        self.refresh()

    def render(self) -> Content:
        """A line a person."""
        return Content("\n").join(
            _person(number, c, chosen=number - 1 == self._chosen) for number, c in enumerate(self._credentials, start=1)
        )


def _person(number: int, credential: Credential, *, chosen: bool) -> Content:
    from ..paint.cells import left, left_name
    from ..paint.signs import agency_name

    officer = credential.officer
    desk = _("joint counter") if officer.joint else agency_name(officer.agency)
    row = f"{number} {left_name(clean(officer.name), 24)}  {left(role_name(officer.role.value), 12)} {left(desk, 16)}"
    mark = "▸" if chosen else " "
    return Content.assemble(
        (f" {mark} {row}", "bold $ink on $marked" if chosen else ""), f"  {_('PIN')} {clean(credential.pin)}"
    )


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
