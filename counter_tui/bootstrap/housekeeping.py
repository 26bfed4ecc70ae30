"""What is done behind a booth at work: once a day what is due by the rules of retention is destroyed.

And every second the vault's log is looked at: where it is long it goes into the file now, and no officer's step waits.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Final

from offline_cache import CacheError, Records, Retention, Vault

from ..errors import ConfigError
from ..settings_retention import load_retention

if TYPE_CHECKING:
    from .storage import BoundLedger

FIRST_SECONDS: Final = 60.0
"""After a start: the booth has better things to do then."""
AGAIN_SECONDS: Final = 86_400.0
REST_SECONDS: Final = 0.02
SETTLE_SECONDS: Final = 1.0


async def keep_house(vault: Vault, ledger: BoundLedger) -> None:
    """Do both, each on a thread of its own, until cancelled."""
    await asyncio.gather(_settle(vault), _purge_daily(vault, ledger))


async def _settle(vault: Vault) -> None:
    while True:
        await asyncio.sleep(SETTLE_SECONDS)
        await asyncio.to_thread(vault.settle_log)


async def _purge_daily(vault: Vault, ledger: BoundLedger) -> None:
    """What fails is tried again the next day."""
    await asyncio.sleep(FIRST_SECONDS)
    while True:
        with contextlib.suppress(CacheError, ConfigError):
            await asyncio.to_thread(purge, vault, ledger)
        await asyncio.sleep(AGAIN_SECONDS)


def purge(vault: Vault, ledger: BoundLedger) -> None:
    """Destroy what is due by the single window's own time; before it has said one, nothing is. Raises ConfigError."""
    now = ledger.outbox.last_received()
    if now:
        Retention(vault, ledger.journal, load_retention()).purge(now, _rest)
        Records(vault).sweep(now, _rest)


def _rest() -> None:
    """The officer's own step goes first: what waits for the vault gets it now."""
    time.sleep(REST_SECONDS)
