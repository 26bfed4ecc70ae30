"""What the agencies said of this counter's entries, as the single window told it: kept beside the journal."""

from ..domain.seen import SEEN, Seen, read_seen
from ..errors import CounterError
from .ports import RecordStore

DIGITS = 18  # of a sequence: it fits in 63 bits


class SeenEntries:
    """The answers to each entry. They name no traveller, so that they are read whoever is signed in."""

    def __init__(self, store: RecordStore) -> None:
        """Over a store of bytes."""
        self._store = store
        self._fresh: set[int] = set()

    def keep(self, key: str, body: bytes, *, as_of: str) -> None:
        """Keep what is told of the entry `<counter>/<sequence>`; what does not read is dropped."""
        sequence = key.rpartition("/")[2]
        if not sequence.isascii() or not sequence.isdigit() or len(sequence) > DIGITS:
            return
        try:
            read_seen(body)
        except CounterError:
            return
        self._store.put(SEEN, sequence, body, as_of=as_of, owner="window", partition="")
        self._fresh.add(int(sequence))

    def find(self, sequence: int) -> Seen | None:
        """What is known of an entry."""
        record = self._store.find(SEEN, str(sequence))
        if record is None:
            return None
        try:
            return read_seen(record.body)
        except CounterError:
            return None

    def news(self) -> frozenset[int]:
        """The entries of which something was told since this was last asked."""
        fresh, self._fresh = frozenset(self._fresh), set()
        return fresh
