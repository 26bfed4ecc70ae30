"""The story of a shift, by keys alone, in a real terminal: read, decide, cut, kill -9, go on, receive."""

import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from counter_tui import settings
from counter_tui.agencies.demo import demo_documents
from counter_tui.domain.documents import read_mrz

from .terminal import Terminal, linked, running

pytestmark = pytest.mark.drive
SLOW = 30.0  # seconds for a first start on a busy machine
DEMO = [sys.executable, "-m", "counter_tui", "demo"]


@pytest.fixture(scope="module")
def zones() -> list[tuple[str, tuple[str, ...]]]:
    """The name on the screen and the lines of every demo document."""
    people = settings.load_demo_people()
    today = datetime.now(ZoneInfo("Asia/Pontianak")).date()
    documents = [(read_mrz(lines, today=today).document, lines) for _, lines in demo_documents(people.persons, today)]
    return [(document.display_name, lines) for document, lines in documents if document is not None]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"COUNTER_HOME": str(tmp_path / "home")}


def look_and_enter(terminal: Terminal) -> None:
    """Enter after a look: sooner it is taken for a part of the scan, or for a key that is held down."""
    for _ in range(2):
        before = terminal.screen()[0]
        terminal.until(lambda rows, before=before: rows[0] != before)  # type: ignore[misc]
    terminal.press("enter")


def decide(terminal: Terminal) -> None:
    """The one key on a green traveller."""
    terminal.until("Clear all four", SLOW)
    look_and_enter(terminal)
    terminal.until("recorded")


def sign_in(terminal: Terminal) -> None:
    terminal.until("PIN", SLOW)
    people = settings.load_demo_officers()
    terminal.type(people[0][1])
    terminal.press("enter")
    terminal.until("Ready.", SLOW)


def scan(terminal: Terminal, lines: tuple[str, ...]) -> None:
    terminal.type("".join(line + "\r" for line in lines))


def test_a_shift_by_keys_alone(home: dict[str, str], zones: list[tuple[str, tuple[str, ...]]]) -> None:
    names, (first, second, third) = zip(*zones[:3], strict=True)
    with Terminal(DEMO, env=home, size=(80, 24)) as terminal:
        sign_in(terminal)
        terminal.until(linked, SLOW)
        terminal.until("on list", SLOW)

        scan(terminal, first)
        decide(terminal)
        terminal.until("received by the single window", SLOW)
        look_and_enter(terminal)
        terminal.until("Ready.")

        terminal.press("t")
        terminal.until("cut the link")
        look_and_enter(terminal)
        terminal.until("OFFLINE", SLOW)
        terminal.press("escape")
        terminal.until_gone("Rehearsal:")

        scan(terminal, second)
        terminal.until(names[1])
        decide(terminal)
        terminal.until("1 wait for the link")
        look_and_enter(terminal)
        terminal.until("Ready.")

        scan(terminal, third)
        terminal.until(names[2])
        children = terminal.children()
        assert children
        terminal.kill9()

    with Terminal(DEMO, env=home, size=(80, 24)) as terminal:
        sign_in(terminal)
        terminal.until(linked, SLOW)
        assert not running(children)
        terminal.until("PUT ASIDE 1")
        terminal.press("o")
        terminal.until(lambda rows: sum("received" in row or "seen by the agency" in row for row in rows) >= 4, SLOW)
        terminal.until("verified")
        terminal.press("escape")
        terminal.until("Ready.")
        terminal.press("p")
        terminal.until("Put aside, undecided")
        look_and_enter(terminal)
        decide(terminal)
        terminal.press("ctrl+q")
        terminal.until("Quit?")
        look_and_enter(terminal)
        assert terminal.wait_end(SLOW) == 0
