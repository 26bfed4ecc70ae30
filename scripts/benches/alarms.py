"""False hits: how often an ordinary traveller is stopped for somebody else, on a million listed persons.

    false hits   hits per 100 ordinary travellers, none of whom is listed; reach 1
    found        share of listed persons, travelling as people do, whose entry is a hit

At the threshold as shipped; `python -m scripts.benches.alarms` prints the effect of others.
"""

import sys
from collections.abc import Iterator, Sequence

from counter_tui.domain.screening.model import ListedKind
from counter_tui.domain.screening.threshold import DEFAULT_THRESHOLD
from counter_tui.workstation.screen_names import ListScreen

from . import population
from .figure import Figure
from .listed_index import open_list

SEED = 1
PERSONS = frozenset({ListedKind.PERSON})
MOST, QUICK_MOST, FOUND = 1.0, 1.0, 0.93
THRESHOLDS = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001
    """The figures."""
    count, people = (20_000, 500) if quick else (1_000_000, 3_000)
    listed = open_list(count, SEED)
    (false_hits,) = false_hits_per_hundred(listed, people, [DEFAULT_THRESHOLD])
    yield Figure("alarms", "false hits", false_hits, "per 100", 1, QUICK_MOST if quick else MOST, people, SEED)
    (found,) = share_found(listed, count, people // 3, [DEFAULT_THRESHOLD])
    yield Figure("alarms", "found", found, "", 1, FOUND, people // 3, SEED, at_least=True)


def false_hits_per_hundred(listed: ListScreen, people: int, thresholds: Sequence[float]) -> list[float]:
    """Hits per 100 ordinary travellers at each threshold."""
    scores: list[float] = []
    for sought in population.travellers(people, SEED):
        scores += [hit.score for hit in listed.screen(sought, threshold=min(thresholds), kinds=PERSONS).hits]
    return [100 * sum(score >= threshold for score in scores) / people for threshold in thresholds]


def share_found(listed: ListScreen, count: int, wanted: int, thresholds: Sequence[float]) -> list[float]:
    """The share of listed persons who travel that is found at each threshold."""
    scores = []
    for sought, ref in population.impostors(population.listed(count, SEED), wanted, SEED):
        hits = listed.screen(sought, threshold=min(thresholds), kinds=PERSONS).hits
        scores.append(max((hit.score for hit in hits if hit.ref == ref), default=0.0))
    return [sum(score >= threshold for score in scores) / len(scores) for threshold in thresholds]


def table(count: int, people: int) -> Iterator[str]:
    """What each threshold does, as lines to print."""
    listed = open_list(count, SEED)
    alarms = false_hits_per_hundred(listed, people, THRESHOLDS)
    found = share_found(listed, count, people // 3, THRESHOLDS)
    yield "threshold  false hits per 100  listed persons found"
    for threshold, false, share in zip(THRESHOLDS, alarms, found, strict=True):
        yield f"{threshold:9.2f}  {false:18.2f}  {share:20.3f}"


if __name__ == "__main__":
    print(*table(*map(int, sys.argv[1:] or ("1000000", "3000"))), sep="\n")
