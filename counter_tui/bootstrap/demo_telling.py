"""`counter hub tell --demo`: over the store of the demo's single window, which has to be at rest."""

from typing import Any

from offline_cache import CacheError, VaultBusy, choose_keys

from ..errors import StoreError
from ..single_window.vault_store import VaultStore
from . import paths
from .clock import SystemClock
from .demo import PASSPHRASE, SERVICE, shown_cost
from .hub_telling import told
from .servers import demo_office
from .storage import translated


def demo_order(order: dict[str, Any]) -> dict[str, Any]:
    """What `counter hub tell` asks, of the demo. Raises StoreError."""
    folder = paths.demo_folder()
    path = paths.window_vault(folder)
    try:
        key = choose_keys(SERVICE, paths.keys_folder(folder), PASSPHRASE, cost=shown_cost()).find("window")
        if key is None or not path.exists():
            raise StoreError("store.vault.missing", path=str(path))
        store = VaultStore.open(path, key)
    except VaultBusy:
        raise StoreError("store.bundle.window-open") from None
    except CacheError as error:
        raise translated(error) from None
    try:
        return told(demo_office(store, SystemClock().now), order)
    finally:
        store.close()
