"""Two of the joint procedures played to their ends in a real terminal; `scripts/bench scenarios` plays them all."""

from pathlib import Path

import pytest

from .scenarios.player import Player, demo, scenarios

pytestmark = pytest.mark.drive
QUICK = 0.2
"""Seconds before a key: past the guards, and soon over."""


@pytest.mark.parametrize("name", [name for name in ("sop1", "sop13") if name in scenarios()])
def test_a_procedure_to_its_end(name: str, tmp_path: Path) -> None:
    module = scenarios()[name]
    with demo(tmp_path / "home", module.LANE) as terminal:
        module.play(Player(terminal, look=QUICK))
