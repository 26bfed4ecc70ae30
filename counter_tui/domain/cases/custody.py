"""Chains of custody: who gave what to whom, and who holds it now. What a closed case hands over goes on there, too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from ..confirming import said_by_seconds, signed_by_two
from ..standing import by_time, standing
from .case import CaseConflict, Custody, HandOver
from .deeds import CaseDeed, Closed, HandedOver, Holder, Link

if TYPE_CHECKING:
    from ..acts import Act
    from ..joint.history import History


def custody_of(history: History, acts: Iterable[Act]) -> tuple[tuple[Custody, ...], tuple[CaseConflict, ...]]:
    """Each item with its chain, and the items that two counters gave to different people apart."""
    by_item: dict[tuple[str, str], list[Act]] = {}
    labels: dict[tuple[str, str], Link] = {}
    for act in acts:
        for item in _items(act):
            key = (item.kind.value, item.id)
            by_item.setdefault(key, []).append(act)
            if item.label or key not in labels:
                labels[key] = item
    custody, conflicts, seconds = [], [], said_by_seconds(history.acts)
    for key in sorted(by_item):
        given, item = by_item[key], labels[key]
        last = standing(history, given)
        holders = tuple(dict.fromkeys(_taker(act) for act in last))
        chain = tuple(_link(act, seconds) for act in by_time(given))
        custody.append(Custody(item, chain, holders, broken=_broken(history, given)))
        if len(holders) > 1:
            conflicts.append(CaseConflict("case.conflict.custody", item.label, tuple(sorted(act.id for act in last))))
    return tuple(custody), tuple(conflicts)


def _items(act: Act) -> Sequence[Link]:
    """What changes hands by an act."""
    said = cast("CaseDeed", act.deed).said
    if isinstance(said, HandedOver):
        return (said.item,)
    return said.items if isinstance(said, Closed) else ()


def _taker(act: Act) -> Holder:
    said = cast("CaseDeed", act.deed).said
    return said.to if isinstance(said, Closed) else cast("HandedOver", said).taker


def _giver(act: Act) -> Holder | None:
    """None for a case that is closed: whoever had it gave it."""
    said = cast("CaseDeed", act.deed).said
    return said.giver if isinstance(said, HandedOver) else None


def _broken(history: History, given: list[Act]) -> bool:
    """Whether somebody gave it on who was not known to hold it."""
    for act in given:
        giver = _giver(act)
        before = standing(history, [one for one in given if history.knew(act.id, one.id)])
        if giver is not None and before and all(not _same(_taker(one), giver) for one in before):
            return True
    return False


def _same(one: Holder, other: Holder) -> bool:
    if one.officer or other.officer:
        return one.officer == other.officer
    return one.name.casefold() == other.name.casefold()


def _link(act: Act, seconds: Mapping[str, bool]) -> HandOver:
    said = cast("HandedOver | Closed", cast("CaseDeed", act.deed).said)
    giver, signed = _giver(act) or Holder(officer=act.officer), signed_by_two(act, seconds)
    return HandOver(act.id, act.at, giver, _taker(act), said.note, signed)
