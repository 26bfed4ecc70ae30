"""A booth in a folder of the test's own; made again, it is the program started again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .build import Rig, rig

Make = Callable[..., Rig]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[Rig] = []

    def again(**options: object) -> Rig:
        for earlier in made:
            earlier.close()
        made[:] = [rig(tmp_path, **options)]  # type: ignore[arg-type]
        return made[0]

    yield again
    for left in made:
        left.close()
