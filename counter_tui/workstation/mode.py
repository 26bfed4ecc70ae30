"""Degraded mode at a counter: how it stands, and two people who declare it, leave it or loosen a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.deadlines import CLOSED
from ..domain.mode import KIND, THREAD, ModeDeed, ModeState, ModeStep, fold_mode
from ..errors import ConfigError, DecisionError
from .records import stamp

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ..domain.acts import Act
    from ..domain.deadlines import Deadlines
    from ..domain.posts import Officer
    from ..domain.words import Authority
    from .acts import Acts
    from .parts import Parts
    from .ports import JournalEntry
    from .sign_in import Session


class Modes:
    """Everything runs on the backstage loop; `state` may be read anywhere."""

    def __init__(
        self,
        parts: Parts,
        acts: Acts,
        now: Callable[[], datetime],
        *,
        session: Callable[[], Session | None],
        changed: Callable[[], None],
    ) -> None:
        """`session` is whoever is signed in; `changed` is called when something was said of the mode."""
        self._parts, self._acts, self._now = parts, acts, now
        self._session, self._changed = session, changed
        self._held: tuple[Act, ...] | None = None
        acts.listen(self._heard)

    def _heard(self, thread: str) -> None:
        if thread == THREAD:
            self._held = None
            self._changed()

    @property
    def deadlines(self) -> Deadlines:
        """The deadlines in force; where the rules do not read, every one is over at once."""
        try:
            return self._parts.rules().book.deadlines
        except ConfigError:  # whoever opens a traveller is told
            return CLOSED

    @property
    def state(self) -> ModeState:
        """The mode as of now: a loosening ends by the clock alone."""
        if self._held is None:
            self._held = tuple(act for act in self._acts.of(THREAD) if act.kind == KIND)
        return fold_mode(self._held, self._now(), self.deadlines)

    @property
    def ended_from(self) -> datetime | None:
        """When the first declaration was made that no longer stands; None where there is none."""
        standing, said = self.state.declared, self._held or ()
        ended = [act.at for act in said if act.deed.step is ModeStep.DECLARED and act.id not in standing]
        return min(ended, default=None)

    def seconds(self, deed: ModeDeed) -> tuple[Officer, ...]:
        """Who of the post may sign this beside who is signed in."""
        session, roster = self._session(), self._parts.roster.values()
        return tuple(o for o in roster if not deed.why_not(session.officer, o)) if session is not None else ()

    def loosening(self, authority: Authority, minutes: int) -> ModeDeed:
        """The deed that lets an authority's sections be so old, from now for as long as is agreed."""
        until = stamp(self._now() + self.deadlines.loosening)
        return ModeDeed(ModeStep.LOOSENED, authority=authority, minutes=minutes, until=until)

    async def sign(self, deed: ModeDeed, second: str, pin: str) -> JournalEntry:
        """Record it, signed by both; raises as `Acts.sign`."""
        session = self._session()
        if session is None:
            raise DecisionError("signin.nobody")
        return self._acts.sign(KIND, THREAD, deed, session, second, pin)
