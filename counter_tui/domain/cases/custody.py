"""Chains of custody: who gave what to whom, and who holds it now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from ..standing import standing
from .case import CaseConflict, Custody, HandOver
from .deeds import CaseDeed, HandedOver, Holder

if TYPE_CHECKING:
    from ..acts import Act
    from ..joint.history import History


def custody_of(history: History, acts: Iterable[Act]) -> tuple[tuple[Custody, ...], tuple[CaseConflict, ...]]:
    """Each item with its chain, and the items that two counters gave to different people apart."""
    by_item: dict[tuple[str, str], list[Act]] = {}
    for act in acts:
        if isinstance(act.deed.said, HandedOver):
            item = _of(act).item
            by_item.setdefault((item.kind.value, item.id), []).append(act)
    custody, conflicts = [], []
    for key in sorted(by_item):
        given = by_item[key]
        last = standing(history, given)
        holders = tuple(dict.fromkeys(_of(act).taker for act in last))
        item = next((_of(act).item for act in reversed(given) if _of(act).item.label), _of(given[0]).item)
        chain = tuple(_link(act) for act in sorted(given, key=lambda act: (act.at, act.id)))
        custody.append(Custody(item, chain, holders, broken=_broken(history, given)))
        if len(holders) > 1:
            conflicts.append(CaseConflict("case.conflict.custody", item.label, tuple(sorted(act.id for act in last))))
    return tuple(custody), tuple(conflicts)


def _broken(history: History, given: list[Act]) -> bool:
    """Whether somebody gave it on who was not known to hold it."""
    for act in given:
        before = standing(history, [one for one in given if history.knew(act.id, one.id)])
        if before and all(not _same(_of(one).taker, _of(act).giver) for one in before):
            return True
    return False


def _same(one: Holder, other: Holder) -> bool:
    if one.officer or other.officer:
        return one.officer == other.officer
    return one.name.casefold() == other.name.casefold()


def _of(act: Act) -> HandedOver:
    return cast("HandedOver", cast("CaseDeed", act.deed).said)


def _link(act: Act) -> HandOver:
    what = _of(act)
    signed = act.second is not None and act.second.officer != act.officer
    return HandOver(act.id, act.at, what.giver, what.taker, what.note, signed)
