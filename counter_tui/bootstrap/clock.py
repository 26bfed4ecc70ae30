"""The clock of the machine."""

import time
from datetime import UTC, datetime


class SystemClock:
    """The system's time and its steady seconds."""

    def now(self) -> datetime:
        """The time, aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()
