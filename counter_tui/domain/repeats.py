"""Who comes again: what was said of them on earlier crossings, with its reason, for the officer who sees them next.

It is shown and weighs nothing. What concerns somebody to be protected, a departure that was deferred, a humanitarian
entry or a false hit never feeds it, nor does anything else of such a crossing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from .acts import Act
from .entries import DECISION
from .outcome import PERSON
from .sections import Section
from .texts import Text, text
from .words import Authority, Basis, Verdict

SHOWN: Final = 2
"""So many of an authority, the newest first; of more it is said how many."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an officer said of this person on an earlier crossing, and why (a reason's code)."""

    at: datetime
    counter: str
    authority: Authority
    verdict: Verdict
    reason: str


def attempts(acts: Iterable[Act], feeds: Callable[[str], bool]) -> tuple[Attempt, ...]:
    """The attempts in these acts, the newest first.

    `feeds`: whether a reason (its code) may be told the next officer.
    """
    held = tuple(acts)
    gone = {act.deed.act for act in held if act.kind == "correction"}
    by_crossing: dict[str, list[Attempt]] = {}
    silent = set()
    for act in held:
        if act.kind != DECISION:
            continue
        for judged in act.deed.judgements:
            if judged.reason and not feeds(judged.reason):
                silent.add(act.thread)
            elif judged.basis is Basis.OFFICER and judged.subject == PERSON and judged.verdict >= Verdict.REFER:
                found = Attempt(act.at, act.counter, judged.authority, judged.verdict, judged.reason)
                if act.id not in gone:
                    by_crossing.setdefault(act.thread, []).append(found)
    told = (one for thread, some in by_crossing.items() if thread not in silent for one in some)
    return tuple(sorted(told, key=lambda one: (one.at, one.counter, one.authority), reverse=True))


def with_attempts(sections: Sequence[Section], earlier: Sequence[Attempt]) -> tuple[Section, ...]:
    """The sections, each with what its authority said of earlier crossings."""
    return tuple(
        replace(section, facts=(*section.facts, *_facts([a for a in earlier if a.authority is section.authority])))
        for section in sections
    )


def _facts(earlier: Sequence[Attempt]) -> Iterable[Text]:
    for one in earlier[:SHOWN]:
        on = one.at.date().isoformat()
        yield text("fact.earlier", verdict=one.verdict.name, reason=one.reason, counter=one.counter, on=on)
    if len(earlier) > SHOWN:
        yield text("fact.earlier-more", n=len(earlier) - SHOWN)
