"""The sync core as modules: as it is, or a fresh copy of it with one bug planted in the source of one module."""

from __future__ import annotations

import contextlib
import functools
import importlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from offline_cache import entry

PACKAGE = "offline_cache.sync"
# each after those that it imports
MODULES = (
    "messages",
    "effects",
    "quality",
    "packing",
    "envelope",
    "window",
    "ports",
    "window_sync",
    "counter",
    "memory",
)


@contextlib.contextmanager
def remembered() -> Iterator[None]:
    """What was hashed once is not hashed again: a schedule asks for the same hashes over and over."""
    true = entry.entry_hash
    entry.entry_hash = functools.lru_cache(1 << 12)(true)
    try:
        yield
    finally:
        entry.entry_hash = true


class NotFoundOnce(Exception):  # noqa: N818 - it says what is wrong with the table
    """What a mutation is to replace does not stand exactly once in its module: the table is out of date."""


@dataclass(frozen=True)
class Mutation:
    """A bug: in `module`, `this` becomes `that`. It shows `under` these faults, where it would be rare otherwise."""

    name: str
    module: str
    this: str
    that: str
    under: Mapping[str, Any] = field(default_factory=dict)

    def applied(self, source: str) -> str:
        """The source with the bug in it."""
        if source.count(self.this) != 1:
            raise NotFoundOnce(f"{self.name}: {source.count(self.this)} times in {self.module}")
        return source.replace(self.this, self.that)


class Core:
    """The modules by name; production's own where there is no mutation."""

    def __init__(self, modules: dict[str, Any]) -> None:
        self.messages, self.effects, self.packing = modules["messages"], modules["effects"], modules["packing"]
        self.envelope, self.window, self.window_sync = modules["envelope"], modules["window"], modules["window_sync"]
        self.counter, self.memory = modules["counter"], modules["memory"]


def production() -> Core:
    """What runs at the post."""
    return Core({name: importlib.import_module(f"{PACKAGE}.{name}") for name in MODULES})


def mutated(mutation: Mutation) -> Core:
    """A fresh copy of the core with this bug in it; production's modules stay as they are."""
    production()
    fresh: dict[str, Any] = {}
    held = {name: sys.modules[name] for name in (f"{PACKAGE}.{module}" for module in MODULES)}
    try:
        for name in MODULES:
            true = held[f"{PACKAGE}.{name}"]
            path = Path(str(true.__file__))
            source = path.read_text("utf-8")
            if name == mutation.module:
                source = mutation.applied(source)
            module = ModuleType(f"{PACKAGE}.{name}")
            module.__package__ = PACKAGE
            sys.modules[module.__name__] = fresh[name] = module
            exec(compile(source, str(path), "exec"), module.__dict__)  # our own source, with a bug of our own
    finally:
        sys.modules.update(held)
    return Core(fresh)
