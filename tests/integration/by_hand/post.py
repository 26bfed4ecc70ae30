"""A post whose counters have no link: real vaults on both sides, and a stick between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from counter_tui.bootstrap.bundles_counter import Carrier
from counter_tui.bootstrap.bundles_lists import Shelf
from counter_tui.bootstrap.bundles_window import Desk, Imported, import_up
from counter_tui.bootstrap.export import Export, export_outbox
from counter_tui.bootstrap.identity import identity_of, keep_identity
from counter_tui.bootstrap.receipts import Taking, take_answer
from counter_tui.domain.screening.lists import ListRule
from counter_tui.link.values import Enrolment
from counter_tui.single_window.receipts import notary
from offline_cache import Outbox, Settings
from tests.integration.single_window.world import POST, Booth, enrol, open_window

NOW = datetime(2026, 11, 22, 5, 12, tzinfo=UTC)


def copy_of(vault: Path) -> dict[Path, bytes]:
    """A backup of a closed vault, with what stands beside it."""
    beside = vault.parent.glob(f"{vault.name}*")
    return {path: path.read_bytes() for path in beside if path.suffix != ".lock"}


def restore(copy: dict[Path, bytes]) -> None:
    """The backup in the place of what is there."""
    for path, content in copy.items():
        path.write_bytes(content)


class Clock:
    """A clock that stands."""

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


@dataclass
class Counter:
    """A booth and its stick."""

    booth: Booth
    enrolment: Enrolment
    folder: Path

    @property
    def carrier(self) -> Carrier:
        identity = identity_of(self.enrolment, self.booth.keys.public, self.booth.keys.private)
        return Carrier(self.booth.journal._vault, identity, Clock(), self.folder)

    @property
    def outbox(self) -> Outbox:
        return Outbox(self.booth.journal._vault, self.booth.journal.counter)

    def export(self, path: Path) -> Export:
        return export_outbox(self.carrier, path)

    def take(self, path: Path) -> Taking:
        return take_answer(self.carrier, path)

    def states(self) -> dict[int, str]:
        return {line.sequence: line.state for line in self.outbox.states(100_000)}


@dataclass
class Stick:
    """A single window, a counter `A1` that has enrolled and has somebody signed in, and a folder for the stick."""

    folder: Path
    realm: str = "demo"
    rules: Mapping[str, ListRule] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.window, self.store = open_window(self.folder, self.realm)
        self.stick = self.folder / "stick"
        self.stick.mkdir()
        self.up, self.down = self.stick / "up", self.stick / "down"
        self.a1 = self.counter("A1")

    def counter(self, name: str) -> Counter:
        booth = Booth.make(self.folder, name, self.realm)
        enrolment = enrol(self.window, booth)
        booth.sign_in(enrolment)
        counter = Counter(booth, enrolment, self.folder / name)
        keep_identity(Settings(booth.journal._vault), counter.carrier.identity)
        counter.carrier.opened()  # as a first start does: it makes what reading needs
        return counter

    @property
    def desk(self) -> Desk:
        shelf = Shelf((self.folder / "lists",), self.rules, POST.id)
        signs = notary("entikong-window", self.store)
        return Desk(self.window, self.store, signs, self.realm, lambda: NOW, shelf)

    def bring(self) -> Imported:
        return import_up(self.desk, self.up, self.down)

    def there_and_back(self) -> tuple[Export, Imported, Taking]:
        return self.a1.export(self.up), self.bring(), self.a1.take(self.down)
