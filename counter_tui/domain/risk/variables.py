"""What conditions of indicators can ask: a flat set of variables that every counter works out alike.

They come of the crossing, of what the authorities contribute, and of how old that is; never of details that some
counters see and others do not. None tells a nationality, a name, a sex, a place of birth, an origin or a belief: of the
nationality there is only whether it is the post's own country. What is not known has no value: a condition that asks
for it cannot be evaluated, unless it also asks whether it is known (`age_known && age < 18`).
"""

from dataclasses import dataclass, replace
from typing import Final

from ..words import Authority, Band, SourceState, Verdict

LONGEST: Final = 999_999_999


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: its type in CEL (bool, int, string, list) and what it tells.

    `likely` values are all that there are where it is `closed`. A number is at least 0, and at `most` so much.
    """

    name: str
    type: str
    tells: str
    likely: tuple[bool | int | str, ...] = ()
    most: int = LONGEST
    closed: bool = True


_METHODS: Final = ("mrz", "mrz-repaired", "keyed", "keyed-checked", "keyed-known", "found")

_OF_CROSSING: Final = (
    Variable("direction", "string", "which way the lane leads", ("entry", "exit")),
    Variable("lane", "string", "the lane of the counter", ("A", "B"), closed=False),
    Variable("entry_method", "string", "how the document came in", _METHODS),
    Variable("document_kind", "string", 'the kind that was keyed, "" where a zone was read', ("", "plb"), closed=False),
    Variable("citizen", "bool", "a citizen of the post's own country", (True, False)),
    Variable("age_known", "bool", "the year of birth is known", (True, False)),
    Variable("age", "int", "whole years, at least; no value where it is not known", (0, 6, 17, 18, 40, 90), 150),
    Variable("group_kind", "string", 'family, bus or batch; "" without a group', ("", "family", "bus", "batch")),
    Variable("group_size", "int", "how many the group is said to be; 1 without one", (1, 2, 20, 104)),
    Variable("guardian", "bool", "somebody is named with whom a minor travels", (True, False)),
    Variable("hour", "int", "0 to 23, at the post, when the crossing was opened", (0, 4, 12, 23), 23),
    Variable("weekday", "int", "1 (Monday) to 7, likewise", (1, 5, 7), 7),
    Variable("findings", "int", "contributions of all authorities", (0, 1, 3)),
    Variable("holds", "int", "of these, how many call for HOLD or more", (0, 1, 2)),
    Variable("authorities_amber", "int", "authorities whose own band is AMBER or RED", (0, 1, 2, 3), 5),
    Variable("not_checked", "int", "authorities that are NOT CHECKED, or whose lists are", (0, 1, 5), 5),
    Variable("stale", "int", "authorities whose source is too old, or whose lists are", (0, 1, 5), 5),
)

_OF_AUTHORITY: Final = (
    Variable("source", "string", "live, cached or not_checked", tuple(s.value for s in SourceState)),
    Variable("age", "int", "minutes since its section was true", (0, 30, 600)),
    Variable("score", "int", "0 to 100", (0, 10, 30, 45, 60, 100), 100),
    Variable("band", "string", "its own band, floors included", tuple(b.name for b in Band)),
    Variable("actions", "list", "what it calls for"),
    Variable("verdicts", "list", "its verdicts, by name"),
    Variable("worst", "string", "the most restrictive of them", tuple(v.name for v in Verdict)),
    Variable("count", "int", "how many contributions it has", (0, 1, 3)),
)
"""Each with the authority's name before it (`customs_score`); of one that is NOT CHECKED only `source` has a value."""

VARIABLES: Final = {
    variable.name: variable
    for variable in (*_OF_CROSSING, *(replace(v, name=f"{a.value}_{v.name}") for a in Authority for v in _OF_AUTHORITY))
}


def owner_of(name: str) -> Authority | None:
    """The authority whose answer a variable waits for; None for those of the crossing."""
    return next((a for a in Authority if name.startswith(f"{a.value}_")), None)
