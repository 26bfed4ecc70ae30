"""How good the link is: round trip, rate and loss, told from real traffic; nothing is sent to find out.

Each exchange of a request and its answer gives a sample: so many bytes on the wire, both ways, took so many seconds.
Bytes beyond those of a small exchange cost time at the link's rate; what is left is the round trip. While all samples
are of one size, the rate is only known to be no less than bytes through time, and that is what is given.
"""

from __future__ import annotations

from collections import deque
from typing import Final

SAMPLES: Final = 12
BESIDE_ENTRIES: Final = 64
"""Bytes on the wire of a request beside its entries, about."""
_LARGEST_RATIO: Final = 1.5  # a small entry says nothing of a large one
_FADING: Final = 0.8  # the weight of a sample against the next newer one
_SPREAD: Final = 128  # bytes by which samples have to differ before they tell a rate
_LEAST_ROUND_TRIP: Final = 0.001
_FASTEST: Final = 1e10
_OTHER: Final = 3.0  # times as long as it should: it may be another link
_IN_A_ROW: Final = 3
_NOTICEABLE: Final = 0.05  # seconds: below this nobody cares for how many times
_HOPELESS: Final = 0.9
_ASSUMED_RATE: Final = 4_800.0  # bits/s
_ASSUMED_ROUND_TRIP: Final = 1.0
_LONGEST: Final = 30.0
_LONGEST_CONNECTING: Final = 8.0
_BATCH_SECONDS: Final = 3.0
_HANDSHAKE: Final = 1_500  # bytes of TLS and of a first entry, the one way that has more of them


class Quality:
    """What is known of one link. Seconds, bits/s, bytes; None where nothing is known yet.

    `measured`: the rate was told from exchanges of different sizes; otherwise it is only known to be no less.
    """

    def __init__(self) -> None:
        self._samples: deque[tuple[float, float]] = deque(maxlen=SAMPLES)
        self._losses: deque[bool] = deque(maxlen=32)
        self._sent = self._stored = 0.0
        self._slower = 0
        self._spread = False
        self.round_trip: float | None = None
        self.rate: float | None = None
        self.measured = False

    @property
    def loss(self) -> float:
        """The part of the last 32 requests that had no answer in time, 0 to 1."""
        return sum(self._losses) / len(self._losses) if self._losses else 0.0

    def exchanged(self, sent: int, received: int, seconds: float, *, stored: int = 0, timely: bool = True) -> None:
        """A request of `sent` bytes had its answer of `received` bytes after `seconds`.

        `stored` are the bytes of the entries in it, as they are stored: what they shrink to on the wire is told by it.
        Where several that were not overdue (`timely`) in a row took far longer than they should, it is another link
        now, and what was known of the one before is forgotten.
        """
        self._losses.append(False)
        if seconds <= 0 or sent + received <= 0:
            return
        size, took = float(sent + received), max(seconds, _LEAST_ROUND_TRIP)
        if timely:
            self._slower = self._slower + 1 if took > _OTHER * self._should_take(size) else 0
        self._samples.append((size, took))
        if self._slower == _IN_A_ROW:
            self._samples = deque(list(self._samples)[-_IN_A_ROW:], maxlen=SAMPLES)
            self._slower = 0
        if stored and sent:
            self._sent, self._stored = _FADING * self._sent + sent, _FADING * self._stored + stored
        self._estimate()

    def _should_take(self, size: float) -> float:
        if self.rate is None or self.round_trip is None:
            return _LONGEST
        return size * 8 / self.rate + max(self.round_trip, _NOTICEABLE)

    def lost(self) -> None:
        """A request had no answer in time."""
        self._losses.append(True)

    def patience(self, size: int) -> float:
        """Seconds after which an answer to `size` bytes is overdue: the bytes' time, three round trips and 2 s.

        Never more than 30 s: what comes later still counts, but another goes meanwhile.
        """
        rate = self.rate or _ASSUMED_RATE
        return min(_LONGEST, size * 8 / rate + 3 * (self.round_trip or _ASSUMED_ROUND_TRIP) + 2.0)

    def connecting(self) -> float:
        """Seconds that a connection takes to stand, and to bring a first answer, at most 8; 0 if that is unknown."""
        if self.rate is None or self.round_trip is None:
            return 0.0
        return min(_LONGEST_CONNECTING, _HANDSHAKE * 8 / self.rate + 3 * self.round_trip)

    def stored_in(self, seconds: float) -> int | None:
        """How many stored bytes the link carries in so many seconds; None while its rate may be any."""
        return None if self.rate is None or not self._spread else int(self.rate / 8 * seconds / self._ratio)

    def on_wire(self, stored: int) -> int:
        """What stored bytes come to on the wire, about."""
        return int(stored * self._ratio) + BESIDE_ENTRIES

    @property
    def _ratio(self) -> float:
        return self._sent / self._stored if self._stored else 1.0

    def seconds_to_empty(self, stored: int) -> float | None:
        """How long it takes until so many stored bytes are delivered, as it goes now; None if that is unknown."""
        recent = list(self._losses)[-2:]
        if self.rate is None or self.round_trip is None or self.loss > _HOPELESS or recent == [True, True]:
            return None
        going = self.on_wire(stored) * 8 / self.rate
        return (going + (1 + going // _BATCH_SECONDS) * self.round_trip) / (1 - self.loss)

    def _estimate(self) -> None:
        sizes = [size for size, _ in self._samples]
        shortest = min(seconds for _, seconds in self._samples)
        self.rate = min(_FASTEST, max(8 * size / seconds for size, seconds in self._samples))
        self.round_trip = shortest
        self._spread = max(sizes) - min(sizes) >= _SPREAD
        self.measured = False
        if not self._spread:
            return
        weight, size, seconds, square, product = 0.0, 0.0, 0.0, 0.0, 0.0
        for age, (bytes_, took) in enumerate(reversed(self._samples)):
            w = _FADING**age
            weight, size, seconds = weight + w, size + w * bytes_, seconds + w * took
            square, product = square + w * bytes_ * bytes_, product + w * bytes_ * took
        spread = weight * square - size * size
        slope = (weight * product - size * seconds) / spread if spread > 0 else 0.0
        self.measured = slope > 0
        if slope > 0:  # otherwise the link is too fast for its rate to be told from noise
            self.rate = min(_FASTEST, max(self.rate, 8 / slope))
            left = (seconds - slope * size) / weight
            self.round_trip = min(shortest, max(_LEAST_ROUND_TRIP, left))
