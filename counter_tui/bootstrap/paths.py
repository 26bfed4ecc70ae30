"""Where this program keeps its state: one folder for the demo, another for real travellers, never the same."""

import os
from pathlib import Path

HOME_VARIABLE = "COUNTER_HOME"


def home() -> Path:
    """The folder of all state: `COUNTER_HOME`, or the user's data folder of this platform."""
    given = os.environ.get(HOME_VARIABLE)
    if given:
        return Path(given)
    from platformdirs import user_data_path

    return user_data_path("counter-tui", appauthor=False)


def demo_folder(place: str = "demo") -> Path:
    """The demo's store and keys; each place of the demo (`posts.toml`) has its own, so that two can play at once."""
    return home() / place


def live_folder() -> Path:
    """The store and keys of a counter that is enrolled for real travellers."""
    return home() / "live"


def hub_folder() -> Path:
    """The store and keys of a single window that runs by itself."""
    return home() / "hub"


def agency_folder(name: str) -> Path:
    """The keys and the token of an agency's own process."""
    return home() / "agency" / name


def counter_vault(folder: Path) -> Path:
    """The vault of the counter in a folder."""
    return folder / "counter.vault"


def window_vault(folder: Path) -> Path:
    """The vault of the embedded single window in a folder."""
    return folder / "window.vault"


def revocation_file(folder: Path) -> Path:
    """What is left of a counter that was revoked: who did it, when and why."""
    return folder / "revoked.json"


def keys_folder(folder: Path) -> Path:
    """Where wrapped keys lie if there is no keyring."""
    return folder / "keys"


def indexes_folder(folder: Path) -> Path:
    """The lists that a counter holds, encrypted."""
    return folder / "indexes"


def lists_folder(folder: Path) -> Path:
    """Where new lists and changes to them are laid, each with its signature."""
    return folder / "lists"


def index_file(folder: Path, name: str) -> Path:
    """One of them in its folder."""
    return folder / f"{name}.index"
