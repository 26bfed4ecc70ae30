"""Every small history: three counters, verdicts on two subjects, each way in which they can have known of each other.

A *shape* says which counter recorded how many acts and which acts each knew of; shapes that differ only in the names of
the counters are one. On each shape every labelling is tried: CLEAR, HOLD or a release by two, of either subject; those
that differ only in the names of the subjects are one.
"""

import itertools
from collections.abc import Iterator
from datetime import timedelta

from counter_tui.domain.acts import Act, Second, act_id
from counter_tui.domain.entries import DECISION, DecisionBody
from counter_tui.domain.joint.fold import fold
from counter_tui.domain.joint.state import Law
from counter_tui.domain.outcome import PERSON, Circumstances, Judgement
from counter_tui.domain.words import Authority, Basis, Direction, Outcome, Verdict

from .histories import BEGAN, COUNTERS, CROSSING, GOODS

Shape = tuple[tuple[int, int, tuple[int, int, int]], ...]
"""Acts as counter, place among that counter's, and how many acts of each counter it knew."""
LABELS = tuple((verdict, subject) for subject in (PERSON, GOODS) for verdict in ("clear", "hold", "release"))
LAW = Law(release_takes_two=True)
WHO = Circumstances(Direction.ENTRY)
_BODIES = {
    (verdict, subject): DecisionBody(
        CROSSING,
        "adi",
        (
            Judgement(
                Authority.CUSTOMS,
                subject,
                Verdict.HOLD if verdict == "hold" else Verdict.CLEAR,
                Basis.OFFICER,
                "release.x" if verdict == "release" else "r",
            ),
        ),
        "",
        (),
        "1",
        training=True,
    )
    for verdict, subject in LABELS
}


def shapes(size: int) -> list[Shape]:
    """All shapes of so many acts, each once, in an order that stays."""
    found = {_canonical(shape) for shape in _grown((), ((0, 0, 0),) * 3, size)}
    return sorted(found)


def _grown(acts: Shape, held: tuple[tuple[int, int, int], ...], size: int) -> Iterator[Shape]:
    if len(acts) == size:
        yield acts
        return
    counts = [sum(counter == c for counter, _, _ in acts) for c in range(3)]
    for counter in range(3):
        others = [range(held[counter][c], counts[c] + 1) if c != counter else [counts[c]] for c in range(3)]
        for wanted in {_closed(acts, known) for known in itertools.product(*others)}:
            act = (counter, counts[counter], wanted)
            now = tuple(count + (c == counter) for c, count in enumerate(wanted))
            after = tuple(now if c == counter else one for c, one in enumerate(held))
            yield from _grown((*acts, act), after, size)  # type: ignore[arg-type]


def _closed(acts: Shape, known: tuple[int, ...]) -> tuple[int, int, int]:
    """Who knows an act knows what that knew."""
    now = list(known)
    for counter, place, theirs in reversed(acts):
        if now[counter] > place:
            now = [max(mine, one) for mine, one in zip(now, theirs, strict=True)]
    return now[0], now[1], now[2]


def _canonical(shape: Shape) -> Shape:
    renamed = (
        tuple(sorted((order[c], place, _reordered(known, order)) for c, place, known in shape))
        for order in itertools.permutations(range(3))
    )
    return min(renamed)


def _reordered(known: tuple[int, int, int], order: tuple[int, ...]) -> tuple[int, int, int]:
    placed = dict(zip(order, known, strict=True))
    return placed[0], placed[1], placed[2]


def labellings(size: int) -> Iterator[tuple[tuple[str, object], ...]]:
    """All ways to label so many acts, the first of them about the person."""
    return ((first, *rest) for first in LABELS[:3] for rest in itertools.product(LABELS, repeat=size - 1))


def wrong(shape: Shape, labels: tuple[tuple[str, object], ...]) -> str:
    """What the fold gets wrong of this history; "" where nothing."""
    acts = [_act(one, label) for one, label in zip(shape, labels, strict=True)]
    state = fold(acts, (), WHO, BEGAN, LAW)
    if fold(acts[::-1], (), WHO, BEGAN, LAW) != state:
        return "order"
    for subject in {subject for _, subject in labels}:
        said = [(one, verdict) for one, (verdict, about) in zip(shape, labels, strict=True) if about == subject]
        held = any(
            verdict == "hold" and not any(other == "release" and _knew(later, one) for later, other in said)
            for one, verdict in said
        )
        if dict(state.outcome)[subject] is not (Outcome.HOLD if held else Outcome.CLEAR):  # type: ignore[index]
            return "outcome"
        last = [
            (one, verdict)
            for one, verdict in said
            if not any(_knew(later, one) and (verdict != "hold" or other != "clear") for later, other in said)
        ]
        apart = any(
            (verdict == "hold") is not (other == "hold") and not _knew(one, two) and not _knew(two, one)
            for one, verdict in last
            for two, other in last
            if one != two
        )
        if apart is not any(conflict.subject == subject for conflict in state.conflicts):
            return "conflict"
    return ""


def _knew(later: tuple[int, int, tuple[int, int, int]], earlier: tuple[int, int, tuple[int, int, int]]) -> bool:
    return later != earlier and later[2][earlier[0]] > earlier[1]


def _act(one: tuple[int, int, tuple[int, int, int]], label: tuple[str, object]) -> Act:
    counter, place, known = one
    after = tuple(act_id(COUNTERS[c], count) for c, count in enumerate(known) if count)
    at = BEGAN + timedelta(seconds=place)
    second = Second("budi") if label[0] == "release" else None
    return Act(act_id(COUNTERS[counter], place + 1), DECISION, "x", "adi", at, _BODIES[label], after, second)  # type: ignore[index]
