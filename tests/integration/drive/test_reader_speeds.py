"""A document reader in a real terminal, at the speeds that readers have, wherever its scan falls."""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from counter_tui import settings
from counter_tui.agencies.demo import demo_documents
from counter_tui.domain.documents import read_mrz

from .terminal import Terminal, linked

pytestmark = pytest.mark.drive
SLOW = 30.0  # seconds for a first start on a busy machine
SPEEDS = [pytest.param(100, id="100 a second"), pytest.param(1000, id="1000 a second"), pytest.param(0, id="at once")]
Person = tuple[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def people() -> list[Person]:
    """The name on the screen and the lines of demo documents."""
    today = datetime.now(ZoneInfo("Asia/Pontianak")).date()
    found = [
        (read_mrz(lines, today=today).document, lines)
        for _, lines in demo_documents(settings.load_demo_people().persons, today)
    ]
    return [(document.display_name, lines) for document, lines in found if document is not None]


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """The demo, signed in; every test leaves it ready."""
    home: Path = tmp_path_factory.mktemp("reader")
    with Terminal([sys.executable, "-m", "counter_tui", "demo"], env={"COUNTER_HOME": str(home)}) as terminal:
        terminal.until("PIN", SLOW)
        terminal.type(settings.load_demo_officers()[0][1])
        terminal.press("enter")
        terminal.until("Ready.", SLOW)
        terminal.until(linked, SLOW)
        yield terminal


def read(terminal: Terminal, text: str, speed: int) -> None:
    """Type as a reader does; 0 is all at once."""
    if speed:
        terminal.type_at(text, speed)
    else:
        terminal.type(text)


def until_quiet(terminal: Terminal, ticks: int = 2) -> None:
    """Past the guard: the clock has been painted anew; after two times at least a second has gone."""
    for _ in range(ticks):
        before = terminal.screen()[0]
        terminal.until(lambda rows, before=before: rows[0] != before)  # type: ignore[misc]


def lines(person: Person, end: str = "\r") -> str:
    return "".join(line + end for line in person[1])


def leave(terminal: Terminal) -> None:
    terminal.press("escape")
    terminal.until("Ready.")


@pytest.mark.parametrize("speed", SPEEDS)
@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t", ""], ids=repr)
def test_a_scan_opens_its_traveller_and_decides_nothing(
    terminal: Terminal, people: list[Person], speed: int, end: str
) -> None:
    read(terminal, lines(people[0], end), speed)
    terminal.until(lambda rows: any(people[0][0] in row for row in rows[:4]))
    terminal.until("NEXT")
    until_quiet(terminal, 1)
    assert not any("recorded" in row for row in terminal.screen())
    leave(terminal)


@pytest.mark.parametrize("speed", SPEEDS)
def test_a_scan_into_a_field_a_list_or_a_question_is_never_text_and_never_a_verdict(
    terminal: Terminal, people: list[Person], speed: int
) -> None:
    terminal.press("/")
    terminal.until("the last four of one")
    read(terminal, lines(people[1]), speed)
    terminal.until(people[1][0])
    terminal.until("NEXT")
    until_quiet(terminal)
    terminal.press("h")
    terminal.until("why?")
    read(terminal, lines(people[2]), speed)
    terminal.until("is not decided yet")
    read(terminal, lines(people[3]), speed)
    terminal.until("Answer first")
    assert not any("recorded" in row for row in terminal.screen())
    terminal.press("escape")
    terminal.until_gone("is not decided yet")
    terminal.until("why?")
    terminal.press("escape")
    terminal.until("about what?")
    terminal.press("escape")
    terminal.until_gone("about what?")
    leave(terminal)


@pytest.mark.parametrize("speed", SPEEDS)
def test_half_a_scan_and_a_lost_character_are_named(terminal: Terminal, people: list[Person], speed: int) -> None:
    first, second = people[0][1]
    read(terminal, first + "\r" + second[:20], speed)
    terminal.until("line 2 has 20 of 44 characters")
    read(terminal, first + "\r" + second[:9] + second[10:] + "\r", speed)
    terminal.until("line 2 has 43 of 44 characters")


@pytest.mark.parametrize("speed", SPEEDS)
def test_the_reader_test_measures_the_speed_and_opens_nobody(
    terminal: Terminal, people: list[Person], speed: int
) -> None:
    terminal.press("r")
    terminal.until("Nothing came yet")
    read(terminal, lines(people[0]), speed)
    terminal.until("every check digit agrees")
    terminal.until("characters a second")
    (row,) = [row for row in terminal.screen() if "characters a second" in row]
    measured = float(row.split()[1])
    assert measured > 5000 if not speed else 0.7 * speed < measured < 1.3 * speed
    leave(terminal)


def test_a_scan_right_behind_esc_is_whole(terminal: Terminal, people: list[Person]) -> None:
    terminal.type("\x1b" + lines(people[0]))
    terminal.until("NEXT")
    leave(terminal)
