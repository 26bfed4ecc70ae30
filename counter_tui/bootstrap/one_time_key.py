"""Keys for one view: what an owner opens is sealed to one, and its private half is in this process's memory only."""

from offline_cache.errors import CacheError
from offline_cache.sealing import Opener, Sealer, generate

from ..errors import LinkError


class OneTimeKey:
    """Fulfils `workstation.ports.OneTimeKey`."""

    def __init__(self) -> None:
        pair = generate()
        self.public = pair.public
        self._opener = Opener(pair.private)

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """The clear value. Raises LinkError `unseal.no-answer` where it is for another key, or about something else."""
        try:
            return self._opener.open(sealed, about)
        except CacheError:
            raise LinkError("unseal.no-answer") from None


def box(public: bytes, clear: bytes, about: bytes) -> bytes:
    """Sealed to such a key, together with what it is about. ValueError where the key is none."""
    return Sealer(public).seal(clear, about)
