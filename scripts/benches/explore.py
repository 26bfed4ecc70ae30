"""Every history of up to six verdicts on two subjects at three counters, up to the names of counters and subjects.

wrong    histories whose outcome or conflict is not what the words of the rule say, or that depend on their order

Up to five entries here; of the 2,209 shapes of six `--seeds A-B` takes those from A up to B, and runs add up.
"""

from collections.abc import Iterable, Iterator

from tests.simulation.joint.exploring import Shape, labellings, shapes, wrong

from .figure import Figure

MOST, QUICK_MOST = 5, 4
SEEDED = 6


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """A figure for each number of entries."""
    for size in range(1, (QUICK_MOST if quick else MOST) + 1):
        yield _figure(size, shapes(size), f"{size} entries", 0)


def run_seeds(first: int, last: int) -> Iterator[Figure]:
    """What came of these shapes of six entries."""
    known = shapes(SEEDED)
    yield _figure(SEEDED, known[first:last], f"6 entries, shapes {first}-{last} of {len(known)}", first)


def _figure(size: int, of: Iterable[Shape], name: str, seed: int) -> Figure:
    tried = bad = 0
    for shape in of:
        for labels in labellings(size):
            tried += 1
            why = wrong(shape, labels)
            if why:
                bad += 1
                print(f"explore: {why}: {shape} {[(verdict, str(subject)) for verdict, subject in labels]}")
    return Figure("explore", name, float(bad), "wrong", 1.0, 0.0, tried, seed)
