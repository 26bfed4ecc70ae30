"""Who works at a booth, on whom, and who is told of it: what all its use cases share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import DecisionError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from .current import Current
    from .news import News, ViewChanged
    from .sign_in import Session


@dataclass
class AtWork:
    """`session` is whoever is signed in, `current` the crossing on the screen.

    `now` is the booth's time, `here` the same in the post's zone. `changed` is told of each change of a crossing,
    `recorded` of each entry here, `hear` of whatever else is news.
    """

    now: Callable[[], datetime]
    here: Callable[[], datetime]
    changed: Callable[[Current, ViewChanged], None]
    recorded: Callable[[], None]
    hear: Callable[[News], None]
    session: Session | None = None
    current: Current | None = None

    def signed_in(self) -> Session:
        """Who is signed in. Raises DecisionError `signin.nobody`."""
        if self.session is None:
            raise DecisionError("signin.nobody")
        return self.session

    def in_hand(self) -> Current:
        """The crossing on the screen. Raises DecisionError `crossing.none`."""
        if self.current is None:
            raise DecisionError("crossing.none")
        return self.current
