"""How long a key takes to be painted, in a real terminal, while both programs run side by side and take turns.

    character   a character typed into a focused field (the search of the ready screen)   against: into the bare field
    command     a command that is no verdict (why, on an open crossing) opens its panel   against: a key opens a panel

Keys come at uneven times, drawn by seed, so that they do not fall in step with the programs' clocks.
"""

import random
import re
import select
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

from counter_tui.domain.documents import TRAINING_MARK, compose_mrz
from tests.integration.drive.terminal import Terminal

from .figure import Figure, milliseconds
from .programs import BARE, bare_app, counter_demo, prepared_home, sign_in

SAMPLES, QUICK_SAMPLES = 60, 30
REACH = 1.5
QUICK_ALLOWANCE = 1.1
SEED = 1
LETTERS = "zqxjkvbw"
PAUSE = (0.08, 0.16)
"""Seconds between two keys: longer than a reader's gap, as between a person's keys."""


@dataclass(frozen=True, slots=True)
class Toggle:
    """A key that opens something, the text that then stands there, and the key that closes it."""

    key: str
    text: str
    back: str


WHY = Toggle("w", "WHY", "escape")
OPEN = Toggle("f3", "bare: open", "f3")


class Typist:
    """Presses keys at uneven times and notes how long each took."""

    def __init__(self, terminal: Terminal, chance: random.Random) -> None:
        self.terminal = terminal
        self.took: list[float] = []
        self._chance = chance
        self._typed = ""

    def _pause(self) -> None:
        select.select([], [], [], self._chance.uniform(*PAUSE))
        self.terminal.screen()

    def _press(self, key: str, shown: Callable[[list[str]], object]) -> float:
        self._pause()
        pressed = self.terminal.press(key)
        return self.terminal.until(shown) - pressed

    def character(self) -> None:
        """Type one more letter; after the last of them, clear the field again."""
        if len(self._typed) == len(LETTERS):
            while self._typed:
                self._typed = self._typed[:-1]
                self._press("backspace", partial(holds, self._typed))
        self._typed += LETTERS[len(self._typed)]
        self.took.append(self._press(self._typed[-1], partial(holds, self._typed)))

    def command(self, toggle: Toggle) -> None:
        """Open and close once; the opening is noted."""
        self.took.append(self._press(toggle.key, lambda rows: any(toggle.text in row for row in rows)))
        self._press(toggle.back, lambda rows: not any(toggle.text in row for row in rows))


def holds(typed: str, rows: list[str]) -> bool:
    """Whether a field holds exactly this; empty, whether none of the fields holds the first letter alone."""
    fields = [re.sub(r"\W", "", row) for row in rows]
    return typed in fields if typed else LETTERS[0] not in fields


def document() -> tuple[str, ...]:
    """The lines of a training passport of nobody in particular, valid on any day of this program's life."""
    birth, expiry = date(1990, 1, 2), datetime.now(UTC).date() + timedelta(days=2000)
    names = {"surname": "BENCH", "given_names": "KEYS", "sex": "F"}
    return compose_mrz(
        "TD3", "P", "MYS", "A00000001", "MYS", **names, birth=birth, expiry=expiry, optional=TRAINING_MARK
    )


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """The two figures."""
    samples, reach = (QUICK_SAMPLES, REACH * QUICK_ALLOWANCE) if quick else (SAMPLES, REACH)
    chance = random.Random(SEED)  # noqa: S311 - no secret
    with prepared_home() as home, counter_demo(home) as demo, bare_app() as bare:
        sign_in(demo)
        bare.until(BARE)

        demo.press("/")
        typists = Typist(demo, chance), Typist(bare, chance)
        for _ in range(samples):
            for typist in typists:
                typist.character()
        yield milliseconds("keys", "character", typists[0].took, typists[1].took, reach, SEED)

        demo.press("escape")
        demo.until("SOURCES")
        demo.type("".join(f"{line}\r" for line in document()))
        demo.until("JOINT")
        typists = Typist(demo, chance), Typist(bare, chance)
        for _ in range(samples):
            typists[0].command(WHY)
            typists[1].command(OPEN)
        yield milliseconds("keys", "command", typists[0].took, typists[1].took, reach, SEED)
