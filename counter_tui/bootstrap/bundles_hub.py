"""`counter hub import` as an order to the hub of this machine: the running one, which holds the vault, or itself."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import paths
from .bundles_lists import Shelf
from .bundles_window import Desk, Imported, import_up

if TYPE_CHECKING:
    from .hub import Hub


def import_order(hub: Hub, order: dict[str, Any]) -> dict[str, Any]:
    """Take the bundle and write the answer where the order says. Raises as `import_up`."""
    return asdict(import_up(desk_of(hub), Path(str(order["bundle"])), Path(str(order["receipts"]))))


def desk_of(hub: Hub) -> Desk:
    """The hub as who takes bundles; its lists lie in its own folder."""
    from ..settings_lists import load_screening
    from .hub import REALM

    shelf = Shelf((paths.lists_folder(paths.hub_folder()),), load_screening(demo=False).lists, hub.live.post.id)
    return Desk(hub.window, hub.store, hub.notary, REALM, hub.now, shelf)


def import_at_hub(bundle: Path, receipts: Path) -> Imported:
    """Have it done. Raises CounterError."""
    from .hub_control import obeyed

    # another process has another working folder
    order = {"order": "import", "bundle": str(bundle.absolute()), "receipts": str(receipts.absolute())}
    told = obeyed(order)
    return Imported(**told | {"refused": [(int(number), str(reason)) for number, reason in told["refused"]]})
