"""Schedules of a kind of world, by seed: each replays exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar


class Runs(Protocol):
    """A world: it asserts what was promised while it runs."""

    def run(self) -> None:
        """Play it to its end."""


C = TypeVar("C")
W = TypeVar("W", bound=Runs)
AS_DRAWN: Mapping[str, Any] = MappingProxyType({})


class Broken(AssertionError):  # noqa: N818 - what became of the promise
    """A promise does not hold in the schedule of this seed."""

    def __init__(self, seed: int, why: str) -> None:
        super().__init__(f"seed {seed}: {why}")
        self.seed = seed


@dataclass(frozen=True)
class Schedules(Generic[C, W]):
    """`world` is made of the modules that are tried, a seed and faults; what is `remembered` is not done again."""

    world: Callable[[C, int, Mapping[str, Any]], W]
    remembered: Callable[[], AbstractContextManager[None]]

    def play(self, core: C, seed: int, under: Mapping[str, Any] = AS_DRAWN) -> W:
        """The world at the end of a schedule, `under` these faults in place of those that were drawn. Raises Broken."""
        world = self.world(core, seed, under)
        try:
            world.run()
        except AssertionError as error:
            raise Broken(seed, str(error)) from error
        return world

    def play_all(self, core: C, seeds: Iterable[int], under: Mapping[str, Any] = AS_DRAWN) -> int:
        """How many were played. Raises Broken for the first that fails."""
        count = 0
        with self.remembered():
            for seed in seeds:
                self.play(core, seed, under)
                count += 1
        return count
