"""The labelled pairs of our own, and what a threshold does to pairs."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from counter_tui.domain.screening.threshold import DEFAULT_THRESHOLD, Effect, effect, score_pairs

PAIRS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "pairs.jsonl").read_text("utf-8").splitlines()
]


def test_there_are_enough_pairs_of_both_kinds() -> None:
    labels = Counter(pair["match"] for pair in PAIRS)
    assert len(PAIRS) >= 300
    assert labels[False] >= 0.45 * len(PAIRS)
    assert all(pair["category"] and pair["query"] != pair["candidate"] for pair in PAIRS)
    assert len({(pair["query"], pair["candidate"]) for pair in PAIRS}) == len(PAIRS)


def test_the_shipped_threshold_misses_few_and_floods_nobody() -> None:
    scored = score_pairs((pair["query"], pair["candidate"], pair["match"]) for pair in PAIRS)
    (shipped,) = effect(scored, [DEFAULT_THRESHOLD])
    assert shipped.f1 >= 0.96
    assert shipped.precision >= 0.96


def test_the_effect_of_a_threshold() -> None:
    scored = [(0.9, True), (0.7, True), (0.69, True), (0.8, False), (0.1, False)]
    assert effect(scored, [0.7, 0.95]) == [
        Effect(0.7, misses=1, false_hits=1, precision=2 / 3, recall=2 / 3, f1=2 / 3),
        Effect(0.95, misses=3, false_hits=0, precision=1.0, recall=0.0, f1=0.0),
    ]
    assert effect([], [0.5]) == [Effect(0.5, 0, 0, 1.0, 1.0, 1.0)]
