"""Whether each joint procedure can be worked to its end by keys alone, in a real terminal, at both sizes.

played    the scenarios that came to their ends, at 80x24 and at 120x40    against: all of them

Which one failed, and the screen it failed at, goes to standard error. `COUNTER_PICTURES=FOLDER` keeps the screens.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.integration.drive.scenarios.player import Player, demo, scenarios

from .figure import Figure

SIZES = ((80, 24), (120, 40))
QUICK = ("sop1", "sop13")
MUST = 17
"""The sixteen of the domain's table, the first in both its forms."""


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """A figure a size."""
    plays = {name: module for name, module in scenarios().items() if not quick or name in QUICK}
    for size in SIZES[:1] if quick else SIZES:
        played = sum(_came_to_its_end(name, size) for name in plays)
        shape = f"played-{size[0]}x{size[1]}"
        wanted = len(QUICK) if quick else MUST
        yield Figure("scenarios", shape, played, "scenarios", wanted, 1.0, 1, at_least=True)


def _came_to_its_end(name: str, size: tuple[int, int]) -> bool:
    module = scenarios()[name]
    kept = os.environ.get("COUNTER_PICTURES")
    pictures = Path(kept, name, f"{size[0]}x{size[1]}") if kept else None
    home = tempfile.TemporaryDirectory(prefix="counter-bench-", ignore_cleanup_errors=True)
    with home as folder, demo(Path(folder), module.LANE, size) as terminal:
        try:
            module.play(Player(terminal, pictures))
        except AssertionError as error:
            print(f"{name} at {size[0]}x{size[1]}: {error}", file=sys.stderr)
            return False
    return True
