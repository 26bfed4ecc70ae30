"""The modules of the ledger: as they are, or a fresh copy of them with one bug planted in the source of one."""

from __future__ import annotations

import contextlib
import functools
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from counter_tui.domain import acts
from tests.simulation.core import Mutation

MODULES = {
    # each after those that it imports
    "balance": "counter_tui.domain.allowance.balance",
    "slices": "counter_tui.domain.allowance.slices",
    "escrow": "counter_tui.domain.allowance.escrow",
    "spending": "counter_tui.domain.allowance.spending",
    "standing": "counter_tui.domain.allowance.standing",
    "office": "counter_tui.single_window.allowance",
    "booth": "counter_tui.workstation.allowance",
}


class Core:
    """The modules by name."""

    def __init__(self, modules: dict[str, Any]) -> None:
        self.balance, self.slices, self.escrow = modules["balance"], modules["slices"], modules["escrow"]
        self.office, self.booth = modules["office"], modules["booth"]


def production() -> Core:
    """What runs at the post."""
    return Core({name: importlib.import_module(path) for name, path in MODULES.items()})


@contextlib.contextmanager
def remembered() -> Iterator[None]:
    """What was read once is not read again: a schedule reads the same acts over and over."""
    true = acts.read_body
    acts.read_body = functools.lru_cache(1 << 14)(true)
    try:
        yield
    finally:
        acts.read_body = true


@contextlib.contextmanager
def planted(mutation: Mutation) -> Iterator[Core]:
    """A fresh copy with this bug in it, for as long as the block lasts; production's modules stay as they are."""
    production()
    held = {path: sys.modules[path] for path in MODULES.values()}
    fresh: dict[str, Any] = {}
    try:
        for name, path in MODULES.items():
            file = Path(str(held[path].__file__))
            source = file.read_text("utf-8")
            if name == mutation.module:
                source = mutation.applied(source)
            module = ModuleType(path)
            module.__package__ = path.rpartition(".")[0]
            sys.modules[path] = fresh[name] = module
            exec(compile(source, str(file), "exec"), module.__dict__)  # our own source, with a bug of our own
        yield Core(fresh)
    finally:
        sys.modules.update(held)
