"""A late hit in full: who, when and where they were released, list version then and now, what to do, how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from ...domain.late import Cause
from ...domain.words import Authority
from ..words import _, clean
from .cells import EMPTY, Lines, line, rule, spoken, spread, wrap
from .places import seen_words
from .signs import agency_name, authority_name
from .times import span, when

if TYPE_CHECKING:
    from ...domain.recall import RecallTask
    from ...domain.whereabouts import Located

LABEL = 14


def recall_lines(
    task: RecallTask, seen: Located | None, now: datetime, zone: str, width: int, titles: Mapping[str, str]
) -> Lines:
    """Everything that is known of it; `seen` is where somebody said last that they are, `titles` those of lists."""
    who, late = task.who, task.late
    head = line(" ", (_("LATE HIT"), "bold $stop"), f"  {clean(who.name)}")
    state = line((spoken(f"recall.step.{task.step.value}"), "bold $attention"), " ")
    lines = [
        spread(head, state, width),
        rule(width),
        *_row(_("who"), f"{clean(who.name)}  {clean(who.nationality)} {clean(who.number)}", width),
        *_row(_("released"), _released(task, now, zone), width),
        *_row(_("last seen"), seen_words(seen, now, zone) if seen else _("nobody has said since the release"), width),
        *_row(_("found"), _("{time}, by what came after the release").format(time=when(task.at, now, zone)), width),
        *_row(_("whose"), agency_name(late.agency), width),
        *_row(_("what"), _what(task, titles), width),
        *_row(_("do"), spoken(f"action.{late.action}") if late.cause is not Cause.VERDICT else _("hold them"), width),
    ]
    if late.ref:
        lines += _row(_("entry"), clean(late.ref), width)
    if task.disputed:
        words = _("Two counters said different things of it, apart: it stays open until one knows of both.")
        lines += [EMPTY, line((f" {words}", "bold $attention")).truncate(width, ellipsis=True)]
    lines += [EMPTY, line((f" {_('What was decided then stays as it was recorded.')}", "$muted"))]
    return [one.truncate(width, ellipsis=True) for one in lines]


def _row(label: str, words: str, width: int) -> list[Content]:
    parts = wrap(words, width - LABEL - 3, 3) or [""]
    return [line(" ", (f"{label if at == 0 else '':<{LABEL}}", "$muted"), " ", part) for at, part in enumerate(parts)]


def _released(task: RecallTask, now: datetime, zone: str) -> str:
    try:
        at = datetime.fromisoformat(task.who.released)
    except ValueError:
        return _("lane {lane}").format(lane=clean(task.who.lane))
    ago = _("{span} ago").format(span=span(now - at))
    return _("lane {lane}, {time}, {ago}").format(lane=clean(task.who.lane), time=when(at, now, zone), ago=ago)


def last_seen(task: RecallTask, seen: Located | None, now: datetime, zone: str) -> str:
    """Where somebody said last that they are; else where they were released."""
    if seen is None:
        return _("released: {where}").format(where=_released(task, now, zone))
    return _("last seen: {where}").format(where=seen_words(seen, now, zone))


def source_words(task: RecallTask, titles: Mapping[str, str]) -> str:
    """The list by its title where it is in use here, or the authority."""
    late = task.late
    if late.cause is Cause.LIST:
        return clean(titles.get(late.source) or late.source)
    known = {authority.value: authority for authority in Authority}
    return authority_name(known[late.source]) if late.source in known else clean(late.source)


def _what(task: RecallTask, titles: Mapping[str, str]) -> str:
    late, source = task.late, source_words(task, titles)
    if late.cause is Cause.SECTION:
        return _("reported by {source} since the release").format(source=source)
    if late.cause is Cause.VERDICT:
        return _("held by {source} at another counter, knowing of the release").format(source=source)
    told = _("on list {source}, version {now}; at the release version {then} was held")
    if not late.then:
        told = _("on list {source}, version {now}; at the release the list was NOT CHECKED")
    return told.format(source=source, now=late.now, then=late.then)
