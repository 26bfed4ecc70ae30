"""A process that exports or imports, a line for each step, up to step N: there it stands until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

from counter_tui.bootstrap import bundles_window, export
from counter_tui.bootstrap.bundles_content import entry_record
from counter_tui.bootstrap.bundles_counter import Carrier
from counter_tui.bootstrap.bundles_lists import Shelf
from counter_tui.bootstrap.identity import find_identity
from counter_tui.single_window.receipts import notary
from offline_cache import COUNTER_SCHEMA, Entry, Settings, Vault
from offline_cache.bundle_content import Record
from tests.integration.by_hand.post import NOW, Clock
from tests.integration.single_window.world import KEY, open_window


def export_up(folder: Path) -> None:
    vault = Vault.open(folder / "booth-A1-demo.vault", KEY, COUNTER_SCHEMA)
    identity = find_identity(Settings(vault))
    assert identity is not None
    packed = entry_record

    def told(entry: Entry) -> Record:
        say(f"entry {entry.sequence}")
        return packed(entry)

    vars(export)["entry_record"] = told
    export.export_outbox(Carrier(vault, identity, Clock(), folder / "A1"), folder / "stick" / "up")


def import_up(folder: Path) -> None:
    window, store = open_window(folder)
    bundles_window.BATCH = 20  # type: ignore[misc]
    taken = window.syncing.request

    def told(*given: object) -> object:
        reply = taken(*given)  # type: ignore[arg-type]
        say("batch")
        return reply

    window.syncing.request = told  # type: ignore[method-assign, assignment]
    signs = notary("entikong-window", store)
    desk = bundles_window.Desk(window, store, signs, "demo", lambda: NOW, Shelf((), {}, "entikong"))
    bundles_window.import_up(desk, folder / "stick" / "up", folder / "stick" / "down")


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201
    steps.pop()
    if not steps:
        sys.stdin.read()


if __name__ == "__main__":
    steps = [""] * int(sys.argv[3])
    {"export": export_up, "import": import_up}[sys.argv[1]](Path(sys.argv[2]))
