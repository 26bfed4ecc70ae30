"""How many keys a decision takes in a real terminal, from the painted traveller to the word *recorded*.

green     cleared with the one key
refer     to secondary: a case opens, and the lane is free
hold      with a reason that is not the first
refuse    with its ground, by two

Scans, the digits of a PIN and the letters of a note are not counted; each key that moves on is. Baseline: what it may.
"""

import select
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from counter_tui import settings
from counter_tui.agencies.demo import demo_documents
from tests.integration.drive.terminal import Terminal, linked

from .figure import Figure
from .programs import counter_demo, pin, sign_in

PATIENCE = 30.0
GUARD = 0.5
"""Seconds before a key: past the guards, and slower than a reader types."""
BETWEEN = 0.08
"""Between letters: no reader types so slowly."""
NOTE = "no visa in this passport, asked twice"
PEOPLE = {"green": "rahman-abdul", "refer": "lim-mei-ling", "hold": "jenny-anak-jugah", "refuse": "klaus-becker"}
MOST = {"green": 1, "refer": 2, "hold": 3, "refuse": 8}


class Counted:
    """A terminal whose keys are counted."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal, self.pressed = terminal, 0

    def press(self, key: str, shows: str) -> None:
        """One key, and what it brings to the screen."""
        select.select([], [], [], GUARD)
        self.pressed += 1
        self.terminal.press(key)
        self.terminal.until(shows, PATIENCE)

    def type(self, text: str) -> None:
        """Words or digits, which are not counted."""
        select.select([], [], [], GUARD)
        for letter in text:
            select.select([], [], [], BETWEEN)
            self.terminal.type(letter)


def green(keys: Counted) -> None:
    """The one key."""
    keys.press("enter", "recorded ")


def refer(keys: Counted) -> None:
    """To secondary, for the first reason."""
    keys.press("s", "REFER")
    keys.press("enter", "case ")


def hold(keys: Counted) -> None:
    """The person, for another reason than the first."""
    keys.press("h", "why?")
    keys.press("2", "why?")
    keys.press("enter", "recorded ")


def refuse(keys: Counted) -> None:
    """The person, for ground (b), with its note; the first who may signs beside."""
    keys.press("x", "about what?")
    keys.press("enter", "(b)")
    keys.press("2", "(b)")
    keys.press("enter", "note:")
    keys.type(NOTE)
    keys.press("enter", "who signs")
    own = second_pin(keys.terminal.screen())
    keys.press("enter", "PIN")
    keys.type(own)
    keys.press("enter", "recorded ")


FLOWS: dict[str, Callable[[Counted], None]] = {"green": green, "refer": refer, "hold": hold, "refuse": refuse}


def second_pin(rows: list[str]) -> str:
    """The PIN of the demo person who is marked."""
    officers = settings.load_demo_officers()
    marked = " ".join(row for row in rows if "▸" in row)
    return next((own for officer, own in officers if officer.name.split()[0] in marked), pin())


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001, ARG001 - every bench is called so; this one is quick
    """A figure a decision."""
    zones = dict(_zones())
    home = tempfile.TemporaryDirectory(prefix="counter-bench-", ignore_cleanup_errors=True)
    with home as folder, counter_demo(Path(folder)) as terminal:
        sign_in(terminal)
        terminal.until(linked, PATIENCE)
        terminal.until_gone("loading", PATIENCE)
        for name, flow in FLOWS.items():
            surname, lines = zones[PEOPLE[name]]
            terminal.type("".join(line + "\r" for line in lines))
            terminal.until(lambda rows, s=surname: s[:10] in rows[2], PATIENCE)  # type: ignore[misc]
            terminal.until_gone("checking", PATIENCE)
            keys = Counted(terminal)
            flow(keys)
            yield Figure("keystrokes", name, keys.pressed, "keys", MOST[name], 1.0, 1)
            select.select([], [], [], GUARD)
            terminal.press("escape")


def _zones() -> Iterator[tuple[str, tuple[str, list[str]]]]:
    today = datetime.now(ZoneInfo("Asia/Pontianak")).date()
    for person, lines in demo_documents(settings.load_demo_people().persons, today):
        yield person.id, (person.surname or person.given, list(lines))
