"""The reader test: what the reader types is shown and measured, and opens nobody."""

from collections.abc import Iterable
from typing import ClassVar

from textual.timer import Timer
from textual.widget import Widget

from ..commands import Where
from ..diagnosis import Diagnosis, diagnose
from ..pace import Burst, Log
from ..paint.cells import Lines
from ..paint.reader_test import reader_test
from ..reader import Scan
from ..widgets.painted import Canvas
from .frame import FullScreen

LOOK = 0.1  # seconds between looks at whether a burst is over
LOOKS = 6  # nothing new at so many, and it is: slow readers pause for half as long


class ReaderTest(FullScreen[None]):
    """Watches the gate while it is there. What came is kept in memory, and dropped when the screen is left."""

    WHERE: ClassVar[Where] = Where.READER_TEST
    DEFAULT_CSS = """
    ReaderTest Canvas { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._log = Log()
        self._found: Diagnosis | None = None
        self._canvas = Canvas(self._paint, id="reader-test")
        self._looking: Timer | None = None
        self._looks = 0

    def body(self) -> Iterable[Widget]:
        """One page."""
        yield self._canvas

    def on_mount(self) -> None:
        """From now on every stroke comes here first, and every scan comes here alone."""
        super().on_mount()
        self.counter.gate.watcher = self

    def on_unmount(self) -> None:
        """Scans open travellers again; nothing of what came is kept."""
        self.counter.gate.watcher = None
        self._log, self._found = Log(), None

    def struck(self, character: str, time: float) -> None:
        """A character; Esc leaves, and is no part of what a reader types."""
        if character != "\x1b":
            self._log.add(character, time)
            self._looks = 0
            if self._looking is None:
                self._looking = self.set_interval(LOOK, self._look)

    def typed(self, text: str) -> None:
        """It is counted already: here every key is what a reader types."""

    def scanned(self, scan: Scan) -> None:
        """A zone: nothing is opened."""

    def pasted(self, text: str) -> None:
        """A paste has no times; it is shown all the same."""
        self._log.close()
        burst = Burst()
        burst.paste(text)
        self._log.last = burst
        self._show()

    def _look(self) -> None:
        """Once nothing came for a while."""
        self._looks += 1
        if self._looks < LOOKS:
            return
        if self._looking is not None:
            self._looking.stop()
            self._looking = None
        self._log.close()
        self._show()

    def _show(self) -> None:
        self._found = diagnose(self._log, self.counter.gate.reader.timing, self.counter.desk.today())
        self._canvas.repaint()

    def _paint(self, width: int, _height: int) -> Lines:
        return reader_test(self._log, self._found, self.counter.gate.reader.timing, width)
