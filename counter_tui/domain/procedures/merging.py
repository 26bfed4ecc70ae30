"""Procedures that apply at once, merged into one ordered list: no step is lost, each procedure's own order holds.

Steps stand in the order of the sequence rule, as far as those allow that have to come first: what a step of life waits
for goes as early as that step. The same step of two procedures stands once, and names both; where their orders are
contrary it stands once for each.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush

from ..texts import Text
from ..words import Authority
from .rows import Procedure, Rank, Step


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step in its place. `key` names it; `of` are the ids of its procedures; `after` the keys it waits for."""

    key: str
    step: Step
    rank: Rank
    of: tuple[str, ...]
    after: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A procedure of which cannot be told whether it applies, or that does and may not be gone by: and why.

    `waits_for`: authorities that are NOT CHECKED, where that is why.
    """

    id: str
    number: str
    why: Text
    waits_for: tuple[Authority, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done about one traveller: the procedures that apply, the foremost first, and their steps."""

    procedures: tuple[Procedure, ...] = ()
    steps: tuple[PlannedStep, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()

    @property
    def lead(self) -> Authority | None:
        """Who leads: the foremost procedure's; None where no procedure applies for sure."""
        return self.procedures[0].lead if self.procedures else None

    @property
    def lane_minutes(self) -> int:
        """The aim for freeing the lane: the shortest of all; 0 for none."""
        return min((p.lane_minutes for p in self.procedures if p.lane_minutes), default=0)

    def find(self, key: str) -> PlannedStep | None:
        """The step of this key."""
        return next((planned for planned in self.steps if planned.key == key), None)

    def ready(self, finished: AbstractSet[str]) -> tuple[PlannedStep, ...]:
        """The steps that may be begun now, in their order: nothing they wait for is open, and nothing blocks."""
        found = []
        for planned in self.steps:
            if planned.key in finished:
                continue
            if planned.after <= finished:
                found.append(planned)
            if planned.step.blocks:
                break
        return tuple(found)


@dataclass(slots=True)
class _Node:
    """A step on its way into the list: where it was met first, and which nodes go before it."""

    number: int
    key: str
    step: Step
    rank: Rank
    of: list[str]
    before: set[int] = field(default_factory=set)


def plan(matching: Iterable[Procedure], unjudged: Iterable[Unjudged] = ()) -> Plan:
    """The one list of these procedures; their order, and whether one is named twice, does not matter."""
    procedures = tuple(sorted({p.id: p for p in matching}.values(), key=_foremost))
    nodes: list[_Node] = []
    for procedure in procedures:
        _add(nodes, procedure)
    ordered = [nodes[number] for number in _ordered(nodes, _urgency(nodes))]
    steps = tuple(_planned(node, nodes) for node in ordered)
    return Plan(procedures, steps, tuple(sorted(unjudged, key=lambda u: u.id)))


def _foremost(procedure: Procedure) -> tuple[int, int, str]:
    digits = "".join(c for c in procedure.number if c.isdigit())
    return procedure.rank, int(digits or 0), procedure.id


def _add(nodes: list[_Node], procedure: Procedure) -> None:
    """The procedure's steps: each a node of another procedure that says the same, or one of its own."""
    earlier: set[int] = set()
    own: set[int] = set()
    for stage in procedure.stages:
        here: set[int] = set()
        for step in stage:
            barred = own | _ancestors(nodes, earlier)
            node = next((n for n in nodes if n.step.key == step.key and n.number not in barred), None)
            if node is None:
                node = _Node(len(nodes), _new_key(nodes, step), step, step.rank or procedure.rank, [])
                nodes.append(node)
            node.step = _stricter(node.step, step)
            node.rank = min(node.rank, step.rank or procedure.rank)
            node.of.append(procedure.id)
            node.before |= earlier
            here.add(node.number)
            own.add(node.number)
        earlier = here


def _new_key(nodes: list[_Node], step: Step) -> str:
    times = sum(node.step.key == step.key for node in nodes)
    return f"{step.key}#{times + 1}" if times else step.key


def _ancestors(nodes: list[_Node], of: set[int]) -> set[int]:
    found: set[int] = set()
    left = list(of)
    while left:
        number = left.pop()
        if number not in found:
            found.add(number)
            left += nodes[number].before
    return found


def _stricter(one: Step, other: Step) -> Step:
    """The same step as two procedures ask for it: whatever either asks."""
    sooner = min((s for s in (one, other) if s.minutes), key=lambda s: s.minutes, default=one)
    return replace(
        one,
        blocks=one.blocks or other.blocks,
        minutes=sooner.minutes,
        escalates=sooner.escalates or one.escalates or other.escalates,
        two=one.two or other.two,
        second=one.second or other.second,
        supervisor=one.supervisor or other.supervisor,
        matter=one.matter or other.matter,
        verdicts=one.verdicts | other.verdicts,
        note=one.note or other.note,
        optional=one.optional and other.optional,
    )


def _urgency(nodes: list[_Node]) -> list[int]:
    """Each node's rank, or that of the most urgent one that waits for it."""
    urgency = [int(node.rank) for node in nodes]
    changed = True
    while changed:
        changed = False
        for node in nodes:
            for before in node.before:
                if urgency[before] > urgency[node.number]:
                    urgency[before], changed = urgency[node.number], True
    return urgency


def _ordered(nodes: list[_Node], urgency: list[int]) -> Iterator[int]:
    waiting = {node.number: set(node.before) for node in nodes}
    heap: list[tuple[int, int]] = []
    for number, before in waiting.items():
        if not before:
            heappush(heap, (urgency[number], number))
    while heap:
        _, done = heappop(heap)
        yield done
        for number, before in waiting.items():
            if done in before:
                before.remove(done)
                if not before:
                    heappush(heap, (urgency[number], number))


def _planned(node: _Node, nodes: list[_Node]) -> PlannedStep:
    after = frozenset(nodes[before].key for before in node.before)
    return PlannedStep(node.key, node.step, node.rank, tuple(sorted(node.of)), after)
