"""Beside the traveller in hand: `j` attests, `v` opens the supervisor's queue, `m` degraded mode."""

from ..words import N_
from .desk_groups import DeskGroups


class DeskWatching(DeskGroups):
    """The desk with the floor's attesting, the queue and degraded mode."""

    def do_attest(self) -> None:
        """All that NEXT asks."""
        self.counter.ask(self._attest(), "crossing")

    async def _attest(self) -> None:
        async with self._one_at_a_time:
            await self.counter.desk.watching.attest()
        self._put(self.counter.desk.view or self._view, self._recorded)
        self.counter.tell(N_("Attested: what you saw stands in the record with your name."))

    def do_queue(self) -> None:
        """What waits at this post."""
        from .queue import QueueScreen

        self.app.push_screen(QueueScreen(), self._queue_left)

    def _queue_left(self, thread: str | None) -> None:
        if thread:
            self.counter.ask(self._look(thread), "crossing")

    async def _look(self, thread: str) -> None:
        """The counter's own inspection; who was undecided on the screen is put aside."""
        async with self._one_at_a_time:
            view = await self.counter.desk.watching.look(thread)
            self._put(view)
        await self._refill()
        self.counter.tell(N_("Opened from the queue: {name}."), name=view.crossing.document.display_name)

    def do_mode(self) -> None:
        """Degraded mode."""
        from .mode import ModeScreen

        self.app.push_screen(ModeScreen())
