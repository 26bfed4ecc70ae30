"""A bus of 20, by keys alone, in a real terminal: scanned as a stack, killed in the middle, cleared, reconciled."""

import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from counter_tui import settings
from counter_tui.agencies.demo import demo_documents

from .terminal import Terminal, linked

pytestmark = pytest.mark.drive
SLOW = 30.0  # seconds for a first start on a busy machine
DEMO = [sys.executable, "-m", "counter_tui", "demo"]
BUS = "SJS 1123"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"COUNTER_HOME": str(tmp_path / "home")}


@pytest.fixture(scope="module")
def zones() -> list[str]:
    """What a reader types of everybody on the bus."""
    people, today = settings.load_demo_people(), datetime.now(ZoneInfo("Asia/Pontianak")).date()
    documents = demo_documents(people.persons, today)
    return ["".join(line + "\r" for line in lines) for person, lines in documents if person.group == "sjs1123"]


def sign_in(terminal: Terminal) -> None:
    terminal.until("PIN", SLOW)
    terminal.type(settings.load_demo_officers()[0][1])
    terminal.press("enter")


def scan(terminal: Terminal, zones: list[str], before: int = 0) -> None:
    """One after another, as fast as they are taken, without a question in between."""
    for number, zone in enumerate(zones, start=before + 1):
        terminal.type(zone)
        terminal.until(f"scanned {number} ", SLOW)


def settled(terminal: Terminal) -> None:
    """Everybody in sight was asked about."""
    terminal.until(lambda rows: not any("asking…" in row for row in rows), SLOW)


def look(terminal: Terminal) -> None:
    """A person looks before a verdict: sooner after a scan the key is not taken."""
    for _ in range(2):
        before = terminal.screen()[0]
        terminal.until(lambda rows, before=before: rows[0] != before)  # type: ignore[misc]


def test_a_bus_by_keys_alone(home: dict[str, str], zones: list[str]) -> None:
    assert len(zones) == 20
    with Terminal(DEMO, env=home) as terminal:
        sign_in(terminal)
        terminal.until("Ready.", SLOW)
        terminal.until(linked, SLOW)
        terminal.until(lambda rows: any(BUS in row and "20 on list" in row for row in rows), SLOW)
        terminal.press("b")
        terminal.until(lambda rows: any("▸" in row for row in rows))
        terminal.press("down")
        terminal.until(lambda rows: any("▸" in row and "SJS" in row for row in rows))
        terminal.press("enter")
        terminal.until("scanned 0 ")
        scan(terminal, zones[:8])
        terminal.kill9()

    with Terminal(DEMO, env=home) as terminal:
        sign_in(terminal)
        terminal.until("scanned 8 ", SLOW)
        scan(terminal, zones[8:], before=8)
        settled(terminal)
        terminal.until("to go 0", SLOW)
        terminal.until("to their desks", SLOW)
        look(terminal)
        terminal.press("c")
        terminal.until("at a desk", SLOW)
        while any(" clear " in row and "green" in row and "NEXT" in row for row in terminal.screen()):
            settled(terminal)  # some were out of sight when they changed: they are in sight now
            terminal.press("c")
            terminal.until(lambda rows: not any("c clear" in row and "NEXT" in row for row in rows), SLOW)
            terminal.until(lambda rows: not any("recording" in row and "NEXT" in row for row in rows), SLOW)
        terminal.until("f finish: count heads", SLOW)
        terminal.press("f")
        terminal.until("heads counted")
        terminal.type("19")
        terminal.press("enter")
        terminal.until("1 scanned and not counted: somebody has walked away")
        terminal.press("3", "enter")
        terminal.until("Ready.")
        terminal.until("finished", SLOW)
        terminal.until("PUT ASIDE")
