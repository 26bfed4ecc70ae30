"""Acts for tests of folds: said at a counter, in its order, knowing of what they name."""

import itertools
import random
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from counter_tui.domain.acts import Act, Second

from .build import NOW


class Saying:
    """Counters that say things in one thread, each with a journal of its own."""

    def __init__(self, kind: str, thread: str = "post") -> None:
        self.kind, self.thread = kind, thread
        self._sequences: dict[str, Iterator[int]] = {}

    def say(
        self,
        deed: Any,
        *,
        counter: str = "ENT-3",
        after: Iterable[Act] = (),
        minutes: float = 0,
        second: str | None = "sri",
        officer: str = "wijaya",
    ) -> Act:
        sequence = next(self._sequences.setdefault(counter, itertools.count(1)))
        at: datetime = NOW + timedelta(minutes=minutes)
        by = Second(second, signature="signed") if second is not None else None
        named = tuple(act.id for act in after)
        return Act(f"{counter}/{sequence}", self.kind, self.thread, officer, at, deed, named, by)


def same_in_any_order(acts: Iterable[Act], fold: Callable[[list[Act]], object], seed: int = 6) -> None:
    """Whatever the order, however often each comes, the fold is the same."""
    whole = list(acts)
    wanted, chance = fold(whole), random.Random(seed)
    orders = itertools.permutations(whole) if len(whole) <= 5 else (chance.sample(whole, len(whole)) for _ in range(99))
    for order in orders:
        assert fold([*order, *chance.choices(whole, k=2)]) == wanted
