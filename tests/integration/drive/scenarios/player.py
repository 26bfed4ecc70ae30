"""Plays a traveller at the demo by keys alone, in a real terminal, no faster than a person.

A scenario is a module `sop*.py` beside this one: `LANE` says where it plays, `play(player)` plays it to its end and
raises AssertionError, with the screen, where something else came up than what the procedure asks for.
"""

import select
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

from counter_tui import settings
from counter_tui.agencies.demo import demo_documents

from ..terminal import Terminal, linked

PATIENCE = 30.0
GUARD = 0.4
"""Seconds before a key: past the guards, and slower than a reader types."""
BETWEEN = 0.06
"""Between letters: no reader types so slowly."""
SHOWN = str | Callable[[list[str]], object]
HERE = Path(__file__).parent


class Player:
    """One who sits at a counter. `pictures` is a folder for what stood on the screen; None: nothing is kept.

    `look`: seconds they take before a key.
    """

    def __init__(self, terminal: Terminal, pictures: Path | None = None, look: float = GUARD) -> None:
        self.terminal, self._pictures, self._taken, self._look = terminal, pictures, 0, look

    def sign_in(self, officer: str = "wijaya") -> None:
        """The first person of the roster, or another one by id; waits until the link is up and the lists are loaded."""
        order = [one.id for one, _ in settings.load_demo_officers()]
        self.terminal.until("Officer ", PATIENCE)
        for _ in range(order.index(officer)):
            self.press("down", "▸")
        self.terminal.type(pin_of(officer))
        self.terminal.press("enter")
        self.terminal.until("Ready.", PATIENCE)
        self.terminal.until(linked, PATIENCE)
        self.terminal.until_gone("loading", PATIENCE)

    def scan(self, person: str) -> None:
        """A demo traveller's document is read; waits until every authority has answered or is known not to."""
        surname, zone = zones()[person]
        self.wait()
        self.terminal.type(zone)
        self.terminal.until(lambda rows: surname[:10] in rows[2], PATIENCE)
        self.terminal.until_gone("checking", PATIENCE)

    def press(self, key: str, shows: SHOWN) -> None:
        """One key, and what it brings to the screen."""
        self.wait()
        self.terminal.press(key)
        self.terminal.until(shows, PATIENCE)

    def move_to(self, text: str, key: str = "down") -> None:
        """The mark is moved, key by key, until it stands at a row with this text; from an end of the list back."""
        before: list[str] = []
        for _ in range(60):
            self.wait()  # for the last key to be painted, too
            marked = [row for row in self.terminal.screen() if "▸" in row]
            if any(text in row for row in marked):
                return
            if marked == before:
                key = "up" if key == "down" else "down"
            before = marked
            self.terminal.press(key)
        raise AssertionError(f"no row to choose with {text!r}; the screen:\n" + "\n".join(self.terminal.screen()))

    def type(self, text: str) -> None:
        """Words or digits, letter by letter."""
        self.wait()
        for letter in text:
            select.select([], [], [], BETWEEN)
            self.terminal.type(letter)

    def sign(self, shows: SHOWN, key: str = "enter") -> None:
        """The second person who is marked takes the key, types their PIN, and confirms."""
        rows = self.terminal.screen()
        self.press(key, "PIN")
        self.type(marked_pin(rows))
        self.press("enter", shows)

    def judge(self, key: str, about: str, why: str, note: str = "", shows: SHOWN = "recorded") -> None:
        """A verdict: its key, about what, why, in words that leave one choice; a note where the reason asks for one."""
        self.press(key, lambda rows: any("about what?" in row or "why?" in row for row in rows))
        if not any("about what?" in row for row in self.terminal.screen()):
            self.press("escape", "about what?")
        self.type(about)
        self.press("enter", "why?")
        self.type(why)
        self.press("enter", "note:" if note else shows)
        if note:
            self.type(note)
            self.press("enter", shows)

    def sign_off(self, agency: str) -> None:
        """Who is signed in signs for an agency, whose sign-off is marked."""
        self.press("enter", lambda rows: any("✓" in row and agency in row and "sign-off" in row for row in rows))

    def lock(self) -> None:
        """Who is signed in goes; the next one signs in."""
        self.press("l", "Officer ")

    def see(self, text: SHOWN) -> None:
        """Wait until this stands on the screen."""
        self.terminal.until(text, PATIENCE)

    def sees_not(self, text: str) -> None:
        """Raises AssertionError where this stands on the screen now."""
        rows = self.terminal.screen()
        assert not any(text in row for row in rows), f"{text!r} is shown:\n" + "\n".join(rows)

    def picture(self, name: str) -> None:
        """Keep what stands on the screen now, as text, under a number of its own."""
        self._taken += 1
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            file = self._pictures / f"{self._taken:02}-{name}.txt"
            file.write_text("\n".join(self.terminal.screen()) + "\n", "utf-8")

    def wait(self) -> None:
        """What a person takes to look."""
        select.select([], [], [], self._look)


def zones() -> Mapping[str, tuple[str, str]]:
    """By person: the name that the screen shows, and what a reader types, as of the day at the post."""
    return _zones(datetime.now(ZoneInfo("Asia/Pontianak")).date())


@cache
def _zones(today: date) -> Mapping[str, tuple[str, str]]:
    documents = demo_documents(settings.load_demo_people().persons, today)
    return {one.id: (one.surname or one.given, "".join(f"{line}\r" for line in lines)) for one, lines in documents}


def pin_of(officer: str) -> str:
    """The PIN of a demo officer. Raises KeyError."""
    return {one.id: pin for one, pin in settings.load_demo_officers()}[officer]


def marked_pin(rows: list[str]) -> str:
    """The PIN of the demo officer whose name stands in the row that is marked. Raises AssertionError."""
    marked = " ".join(row for row in rows if "▸" in row)
    found = next((pin for one, pin in settings.load_demo_officers() if one.name.split()[0] in marked), None)
    assert found is not None, "nobody is marked:\n" + "\n".join(rows)
    return found


def scenarios() -> Mapping[str, ModuleType]:
    """Every scenario by its name, `sop1`, `sop1b` and so on."""
    from importlib import import_module

    names = sorted((file.stem for file in HERE.glob("sop*.py")), key=lambda name: (len(name.strip("b")), name))
    return {name: import_module(f"{__package__}.{name}") for name in names}


def demo(home: Path, lane: str, size: tuple[int, int] = (80, 24)) -> Terminal:
    """The demo's counter of a lane, `entry` or `exit`, in a home of its own."""
    import sys

    beside = ["--exit"] if lane == "exit" else []
    environment = {"COUNTER_HOME": str(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    return Terminal([sys.executable, "-m", "counter_tui", "demo", *beside], environment, size)
