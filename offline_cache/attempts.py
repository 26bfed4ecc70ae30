"""Sign-in attempts: wrong PINs slow down, then lock for a time, across restarts and clock changes.

An attempt is counted before the PIN is tried (`failed`), and forgiven if it was right (`succeeded`): ending the program
in between gains no free try.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from .vault import Vault

DELAYS: Final = (0.0, 1.0, 2.0, 4.0, 8.0)
LOCKED: Final = 300.0


def delay_after(failures: int) -> float:
    """Seconds between the last of so many failures in a row and the next try."""
    return DELAYS[failures] if failures < len(DELAYS) else LOCKED


def remaining(failures: int, since: float, now: float) -> float:
    """Seconds until the next try is taken. A clock before `since` was set back, and buys nothing."""
    return max(0.0, delay_after(failures) - max(0.0, now - since))


class Attempts:
    """The attempts of each officer, in a vault. Times are seconds since 1970."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def failed(self, officer: str, at_seconds: float) -> int:
        """Counts an attempt as failed, durably; to be called before the PIN is tried. Returns failures in a row."""
        rows = self._vault.execute(
            "INSERT INTO attempts (officer, failures, since) VALUES (?, 1, ?)"
            " ON CONFLICT (officer) DO UPDATE SET failures = failures + 1, since = excluded.since RETURNING failures",
            (officer, at_seconds),
        )
        return cast("int", rows[0][0])

    def succeeded(self, officer: str) -> None:
        """Forgets the failures: the PIN was right."""
        self._vault.execute("DELETE FROM attempts WHERE officer = ?", (officer,))

    def wait(self, officer: str, now_seconds: float) -> float:
        """Seconds until the officer's next try is taken, 0 if it is now.

        If the clock was set back since the last failure, the wait begins again, so it neither ends early nor lasts
        until the clock has caught up.
        """
        rows = self._vault.execute("SELECT failures, since FROM attempts WHERE officer = ?", (officer,))
        if not rows:
            return 0.0
        failures, since = cast("tuple[int, float]", rows[0])
        if now_seconds < since:
            self._vault.execute("UPDATE attempts SET since = ? WHERE officer = ?", (now_seconds, officer))
        return remaining(failures, since, now_seconds)
