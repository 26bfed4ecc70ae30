"""The ready pane: nobody stands at the booth."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ...domain.crossings import Crossing
from ...workstation.news import Expecting, OutboxLine, Status
from ..paint.cells import Lines
from ..paint.ready import ready
from .painted import Painted


@dataclass(frozen=True, slots=True)
class _Shown:
    status: Status
    expecting: Expecting
    last: Sequence[OutboxLine]
    parked: Sequence[Crossing]
    now: datetime
    zone: str


class ReadyPane(Painted):
    """Paints what `show` was given last."""

    DEFAULT_CSS = """
    ReadyPane { height: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the framework's word
        super().__init__(id=id)
        self._shown: _Shown | None = None

    def show(
        self,
        status: Status,
        expecting: Expecting,
        last: Sequence[OutboxLine],
        parked: Sequence[Crossing],
        now: datetime,
        zone: str,
    ) -> None:
        """Paint this: `last` newest first, as the outbox gives it; `zone` is the post's, an IANA name."""
        self._shown = _Shown(status, expecting, last, parked, now, zone)
        self.repaint()

    def paint(self, width: int, height: int) -> Lines:
        """The pane, for the room there is."""
        if self._shown is None:
            return []
        shown = self._shown
        return ready(shown.status, shown.expecting, shown.last, shown.parked, shown.now, shown.zone, (width, height))
