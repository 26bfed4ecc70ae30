"""What the single window keeps of residents' allowances, as a table of its vault. Fulfils `AllowanceStore`."""

from contextlib import AbstractContextManager
from typing import cast

from offline_cache.vault import Vault


class VaultAllowances:
    """Rows by resident and month; inside a transaction of the vault they are part of it."""

    def __init__(self, vault: Vault) -> None:
        """`vault` is open, with the window's schema."""
        self._vault = vault

    def transaction(self) -> AbstractContextManager[None]:
        """A transaction."""
        return self._vault.transaction()

    def find(self, resident: str, month: str) -> bytes | None:
        """A row."""
        rows = self._vault.execute("SELECT body FROM allowances WHERE month = ? AND resident = ?", (month, resident))
        return cast("bytes", rows[0][0]) if rows else None

    def put(self, resident: str, month: str, body: bytes) -> None:
        """Keep a row."""
        self._vault.execute("INSERT OR REPLACE INTO allowances VALUES (?, ?, ?)", (month, resident, body))

    def drop_before(self, month: str) -> None:
        """Drop earlier months."""
        self._vault.execute("DELETE FROM allowances WHERE month < ?", (month,))
