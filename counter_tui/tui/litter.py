"""When the collector of reference cycles stops the program: between two steps, and not while a traveller is opened."""

import gc
from typing import Final

LEFT_ALONE: Final = 700
"""New objects that are not worth a look."""
AT_THE_LATEST: Final = 100_000
"""New objects at which the interpreter looks by itself, whatever goes on: no officer's step makes so many."""
WHOLE_AFTER: Final = 60
"""Looks between two at all that came since the start: with a look a second, a minute."""


class Litter:
    """Looks for garbage when it is told to, each time at what came since the last time; not before it has begun."""

    def __init__(self) -> None:
        self._begun = False
        self._looks = 0

    def begin(self) -> None:
        """What stands by now stays: it is never looked through. From here on the interpreter waits to be told."""
        self._begun = True
        gc.freeze()
        gc.set_threshold(AT_THE_LATEST)

    def pick_up(self, *, idle: bool) -> None:
        """Look at what is new, some milliseconds; where nobody stands at the booth, now and then at everything."""
        if not self._begun:
            return
        self._looks += 1
        if idle and self._looks > WHOLE_AFTER:
            self._looks = 0
            gc.collect()
        elif gc.get_count()[0] > LEFT_ALONE:
            gc.collect(1)
