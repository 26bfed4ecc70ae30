"""The population of listed persons as the index that a booth keeps: built once a seed and a state of the code."""

import hashlib
import shutil
from pathlib import Path

from counter_tui.workstation.list_index import COSTS, SPACES, SPELLED, write_entries
from counter_tui.workstation.screen_names import ListScreen
from offline_cache import Vault
from offline_cache.index import INDEX_SCHEMA, Index
from offline_cache.index_building import SegmentBuilder

from . import population

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
KEY = bytes(range(32))
"""The key of the bench's own file: what it guards is made up."""

_SOURCES = (
    "scripts/benches/population*.py",
    "scripts/benches/names_*.py",
    "counter_tui/domain/screening/[cfnost]*.py",
    "counter_tui/domain/screening/likeness.py",
    "counter_tui/workstation/list_index.py",
    "offline_cache/index_building.py",
)


def index_file(count: int, seed: int) -> Path:
    """The index of `count` listed persons, with the real lists mixed in where they are at hand; built if need be."""
    digest = hashlib.sha256()
    for pattern in _SOURCES:
        for source in sorted(ROOT.glob(pattern)):
            digest.update(source.read_bytes())
    entries, said = population.with_real(population.listed(count, seed))
    digest.update(said.encode())
    folder = CACHE / f"listed-{count}-{seed}-{digest.hexdigest()[:12]}.index"
    path = folder / "list.index"
    if path.exists():
        return path
    for outdated in CACHE.glob(f"listed-{count}-{seed}-*.index"):
        shutil.rmtree(outdated)
    half = folder.with_suffix(".half")
    shutil.rmtree(half, ignore_errors=True)
    with Vault.create(half / path.name, KEY, INDEX_SCHEMA) as vault:
        with vault.transaction():
            builder = SegmentBuilder(vault, costs=COSTS, spaces=SPACES, spelled=SPELLED)
            write_entries(builder, entries, lambda _: None)
            builder.finish(b"")
        vault.shrink_log()
    half.rename(folder)
    return path


def open_list(count: int, seed: int) -> ListScreen:
    """The list, ready to be asked."""
    return ListScreen("bench", Index(Vault.open(index_file(count, seed), KEY, INDEX_SCHEMA)).segments)
