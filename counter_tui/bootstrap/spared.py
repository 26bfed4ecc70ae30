"""Random referral where security's key lies: around its connector, with the rates of the lanes, and whom it spares.

Whom security does not want stopped by chance stands in a file of its own, beside its keys, read anew when it has
changed.
"""

from pathlib import Path
from typing import Final

from ..agencies.ports import Connector, Inquiry, Seal
from ..agencies.referral import Referring
from ..agencies.security import SecurityConnector
from ..domain.findings import FindingRules
from ..settings_risk import load_referral

SPARED: Final = "spared"
MOST_BYTES: Final = 4 << 20


def with_chance(connector: Connector, rules: FindingRules, seal: Seal, folder: Path) -> Connector:
    """Security's connector with what chance adds; any other as it is. `folder` is where its file `spared` is put.

    Raises ConfigError where `referral.toml` does not read.
    """
    if not isinstance(connector, SecurityConnector):
        return connector
    return Referring(connector, rules, seal, load_referral(), SparedFile(folder / SPARED))


class SparedFile:
    """A file of documents, one a line (`MYS:A1234567`). Where there is none, or it does not read, all are spared."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[tuple[int, int], frozenset[str]] | None = None

    def __call__(self, inquiry: Inquiry) -> bool:
        """Whether this traveller is spared."""
        keys = self._keys()
        return keys is None or inquiry.document.key in keys

    @property
    def reads(self) -> bool:
        """Whether there is one: without it nobody is drawn."""
        return self._keys() is not None

    def _keys(self) -> frozenset[str] | None:
        try:
            stat = self._path.stat()
            seen = (stat.st_mtime_ns, stat.st_size)
            if self._read is None or self._read[0] != seen:
                if stat.st_size > MOST_BYTES:
                    return None
                lines = self._path.read_text("ascii").split()
                self._read = (seen, frozenset(line.upper() for line in lines))
        except (OSError, UnicodeDecodeError):
            return None
        return self._read[1]
