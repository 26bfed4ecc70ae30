"""How well names are told apart, on labelled pairs that are not identical, at the threshold as shipped.

Value: F1 of name screening. Baseline: F1 of rapidfuzz's token_sort_ratio at the threshold that is best for it on the
same pairs. Pairs: our own, in the tests, and third-party ones where COUNTER_CASES names their folder. Weights and
families were tuned on our own and on that half of the third-party ones whose query has an even first byte in SHA-256;
`held_out` is the other half.
`counter screen --pairs FILE` prints the effect of each threshold on a file of such pairs.
"""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from counter_tui.domain.screening.threshold import DEFAULT_THRESHOLD, effect, score_pairs

from .figure import Figure

OWN = Path(__file__).parents[2] / "tests" / "unit" / "domain" / "screening" / "pairs.jsonl"
REACH, FURTHER_REACH = 1.08, 1.0
STEPS = 1000
"""Thresholds that the baseline may choose from."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, and whether a person would call them one."""

    query: str
    candidate: str
    match: bool


def load(path: Path) -> list[Pair]:
    """The labelled pairs of a file, a JSON object a line, but for those written alike."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    pairs = (Pair(row["query"], row["candidate"], row["match"]) for row in rows)
    return [pair for pair in pairs if pair.query != pair.candidate]


def third_party() -> list[Pair]:
    """The third-party pairs; none, with the reason on standard error, where they are not at hand."""
    folder = os.environ.get("COUNTER_CASES")
    if not folder:
        print("names: without third-party pairs: COUNTER_CASES is not set", file=sys.stderr)
        return []
    return load(Path(folder) / "names" / "pairs.jsonl")


def is_held_out(pair: Pair) -> bool:
    """Whether a third-party pair was kept out of all tuning."""
    return sha256(pair.query.encode()).digest()[0] % 2 == 1


def f1_of_ours(pairs: Sequence[Pair]) -> float:
    """F1 of name screening at the threshold as shipped."""
    scored = score_pairs((pair.query, pair.candidate, pair.match) for pair in pairs)
    return effect(scored, [DEFAULT_THRESHOLD])[0].f1


def best_f1_of_theirs(pairs: Sequence[Pair]) -> float:
    """F1 of token_sort_ratio, case and punctuation set aside, at its best threshold."""
    from rapidfuzz.fuzz import token_sort_ratio
    from rapidfuzz.utils import default_process

    scored = [
        (token_sort_ratio(pair.query, pair.candidate, processor=default_process) / 100, pair.match) for pair in pairs
    ]
    return max(row.f1 for row in effect(scored, [step / STEPS for step in range(STEPS + 1)]))


def run(quick: bool) -> Iterator[Figure]:  # noqa: ARG001, FBT001 - every bench is called so; this one is quick
    """F1 on all pairs, on the third-party ones, on the half of these that nothing was tuned on, and on our own."""
    own, others = load(OWN), third_party()
    held_out = [pair for pair in others if is_held_out(pair)]
    sets = {"all": own + others, "third_party": others, "held_out": held_out, "own": own}
    for name, pairs in sets.items():
        if pairs:
            reach = REACH if name == "all" else FURTHER_REACH
            value, baseline = f1_of_ours(pairs), best_f1_of_theirs(pairs)
            yield Figure("names", f"f1_{name}", value, "F1", baseline, reach, len(pairs), at_least=True)
