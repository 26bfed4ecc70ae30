"""What goes on at a counter beside the traveller in hand: degraded mode, late hits, and what waits for a supervisor."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..domain.mode import NORMAL
from .mode import Modes
from .recall import Recalls

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ..domain.floor import Attest
    from .acts import Acts
    from .current import Current
    from .identity import Identities
    from .news import ViewChanged
    from .parts import Parts
    from .queue import Queue
    from .records import CachedRecords
    from .sign_in import Session


class Watching:
    """One counter's. All of it runs on the backstage loop."""

    def __init__(
        self,
        parts: Parts,
        acts: Acts,
        records: CachedRecords,
        identities: Identities,
        now: Callable[[], datetime],
        *,
        session: Callable[[], Session | None],
        in_hand: Callable[[], Current | None],
        changed: Callable[[Current, ViewChanged], None],
    ) -> None:
        """`session` is whoever is signed in, `in_hand` the crossing on the screen; `changed` as the booth's."""
        self._parts, self._acts, self._records, self._now = parts, acts, records, now
        self._in_hand, self._changed = in_hand, changed
        self.modes = Modes(parts, acts, now, session=session, changed=self._mode_changed)
        self.recalls = Recalls(parts, acts, records, identities, now, session=session)

    @cached_property
    def queue(self) -> Queue:
        """What waits for a supervisor at this post."""
        from .queue import Queue
        from .queue_sources import SOURCES

        return Queue(self._parts, self._acts, self._records.acts, SOURCES, self._now)

    def take_up(self, current: Current) -> None:
        """Bring degraded mode to a crossing."""
        state = self.modes.state
        if state != (current.mode or NORMAL):
            self._changed(current, current.standing_by(current.attested, state))

    def _mode_changed(self) -> None:
        current = self._in_hand()
        if current is not None:
            self.take_up(current)

    def attest(self, attested: frozenset[Attest]) -> None:
        """The officer says what they saw of the traveller in hand."""
        current = self._in_hand()
        if current is not None:
            self._changed(current, current.standing_by(current.attested | attested, self.modes.state))

    def wake(self) -> None:
        """Somebody has signed in, or lists have come: whoever was released meanwhile is screened again."""
        self.recalls.wake()
