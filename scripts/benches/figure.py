"""A figure: a value and its baseline, measured side by side, and whether their ratio is within reach."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a bench. `seed` None: no chance.

    `reach` is the greatest ratio of value to baseline that holds, or, with `at_least`, the least.
    """

    bench: str
    figure: str
    value: float
    unit: str
    baseline: float
    reach: float
    runs: int
    seed: int | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float:
        """The value as a multiple of the baseline."""
        return self.value / self.baseline

    @property
    def holds(self) -> bool:
        """Whether the figure is reached."""
        return self.ratio >= self.reach if self.at_least else self.ratio <= self.reach

    def as_json(self) -> str:
        """The line that is printed."""
        return json.dumps(
            {
                "bench": self.bench,
                "figure": self.figure,
                "value": round(self.value, 3),
                "unit": self.unit,
                "baseline": round(self.baseline, 3),
                "ratio": round(self.ratio, 3),
                "reach": round(self.reach, 3),
                "holds": self.holds,
                "runs": self.runs,
                "seed": self.seed,
            }
        )


def milliseconds(
    bench: str, figure: str, value: Sequence[float], baseline: Sequence[float], reach: float, seed: int | None = None
) -> Figure:
    """A figure of the medians of two samples of seconds."""
    runs = min(len(value), len(baseline))
    return Figure(bench, figure, median(value) * 1000, "ms", median(baseline) * 1000, reach, runs, seed)
