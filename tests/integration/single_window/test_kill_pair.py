"""The bench's kills of a counter and its single window, a few of them, and that it would see what is lost."""

from __future__ import annotations

from scripts.benches.kill_pair import kill_pairs


def test_what_was_acknowledged_arrives_once_whichever_half_is_killed() -> None:
    result = kill_pairs(6, 20261122)
    assert result.troubles == []
    assert result.delivered > 6
