"""How fast a reader types: measured from its bursts, and what settings follow. Pure; times in seconds.

What a person's fingers do is a fact of `config/reader.toml`, where its sources stand.
"""

import math
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from .reader import Timing

PAUSE: Final = 1.0
"""Nothing for so long, and what comes next is another burst."""
LONGEST: Final = 512
"""Characters of a burst that are kept; more are counted, not kept."""
LEAST: Final = 3
"""Fewer visible characters are a key pressed, and no burst."""
STRAY, STRAY_GAPS = 0.1, 10
"""What came before a gap of so many seconds, and of so many usual ones, is no part of the burst."""
BURSTS: Final = 8
"""So many bursts are measured together."""
FINGERS: Final = 0.060
"""A gap setting above this would take a quick typist for a reader: the reader itself must be made faster."""
_MARGIN: Final = 1.5
_STEP: Final = 0.005
_QUIET_STEP: Final = 0.050


class Pace(NamedTuple):
    """The gaps between the characters of a burst: `median`, `p95` (95 % are shorter), `longest`, over `gaps` of them.

    `seconds` from the first character to the last; `characters` with line ends.
    """

    characters: int
    seconds: float
    gaps: int
    median: float
    p95: float
    longest: float

    @property
    def speed(self) -> float | None:
        """Characters a second; None where no time passed."""
        return self.gaps / self.seconds if self.seconds > 0 else None


class Advice(NamedTuple):
    """What `gap` and `quiet` should be for this reader.

    `fits`: what is set does already; `slow`: no gap tells this reader from fingers.
    """

    gap: float
    quiet: float
    fits: bool
    slow: bool


class Burst:
    """What came without a pause: characters (the first `LONGEST`), how many there were, and when."""

    def __init__(self) -> None:
        self.text = ""
        self.size = 0
        self.visible = 0  # without line ends and other controls
        self.times: list[float] = []

    def __repr__(self) -> str:
        """Without the person."""
        return f"Burst({self.size})"

    def add(self, character: str, time: float) -> None:
        """One more character."""
        self.size += 1
        self.visible += character.isprintable()
        if len(self.text) < LONGEST:
            self.text += character
            self.times.append(time)

    def without_stray_keys(self) -> "Burst":
        """The same from where the pace begins: a key or two pressed before it are a person's."""
        pace = measure(self.times)
        if pace is None:
            return self
        for at in range(min(LEAST, len(self.times)) - 1, 0, -1):
            if self.times[at] - self.times[at - 1] > max(STRAY, STRAY_GAPS * pace.median):
                kept = Burst()
                kept.text, kept.times, kept.size = self.text[at:], self.times[at:], self.size - at
                kept.visible = self.visible - sum(map(str.isprintable, self.text[:at]))
                return kept
        return self

    def paste(self, text: str) -> None:
        """All of it at once, without times."""
        self.text, self.size, self.times = text[:LONGEST], len(text), []
        self.visible = sum(map(str.isprintable, text))


class Log:
    """The last burst as it came, and the paces of the last few. Nothing of it leaves the memory."""

    def __init__(self) -> None:
        self.last: Burst | None = None
        self.paces: deque[Pace] = deque(maxlen=BURSTS)
        self._open = Burst()

    def add(self, character: str, time: float) -> None:
        """A character came."""
        if self._open.times and time - self._open.times[-1] >= PAUSE:
            self.close()
        self._open.add(character, time)

    def close(self) -> None:
        """What came last is over: it is the last burst, if it is one."""
        burst, self._open = self._open.without_stray_keys(), Burst()
        if burst.visible >= LEAST:
            self.last = burst
            pace = measure(burst.times)
            if pace is not None:
                self.paces.append(pace)


def measure(times: Sequence[float]) -> Pace | None:
    """The pace of characters that came at these times; None of fewer than two."""
    gaps = sorted(max(0.0, after - before) for before, after in pairwise(times))
    if not gaps:
        return None
    p95 = gaps[min(len(gaps) - 1, math.ceil(0.95 * len(gaps)) - 1)]
    return Pace(len(times), times[-1] - times[0], len(gaps), median(gaps), p95, gaps[-1])


def advise(paces: Iterable[Pace], timing: Timing) -> Advice | None:
    """What the settings should be for bursts like these; None where there is none to go by.

    `gap` leaves room above what 95 % of the gaps stay below (within a burst, longer ones are borne until `quiet`);
    `quiet` leaves room above the longest. What is set is kept where it does.
    """
    paces = list(paces)
    if not paces:
        return None
    p95, longest = max(pace.p95 for pace in paces), max(pace.longest for pace in paces)
    needed = max(_up(_MARGIN * p95, _STEP), _STEP)
    slow = 1.2 * p95 > FINGERS
    gap = timing.gap if slow or needed <= timing.gap else min(needed, FINGERS)
    quiet = max(timing.quiet, _up(2 * longest, _QUIET_STEP))
    return Advice(gap, quiet, fits=not slow and (gap, quiet) == (timing.gap, timing.quiet), slow=slow)


def _up(seconds: float, step: float) -> float:
    return round(math.ceil(round(seconds / step, 6)) * step, 6)
