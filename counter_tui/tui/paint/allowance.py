"""A border resident's allowance: what is left and by whose word, what there is here, and what is owed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from ...domain.allowance.amounts import shown
from ...domain.allowance.balance import find_debt
from ...domain.allowance.deeds import What
from ...domain.words import SourceState
from ..words import _, clean
from .cells import Lines, Piece, cut, left, line
from .times import hh_mm, local, month, source_age, when

if TYPE_CHECKING:
    from ...domain.acts import Act
    from ...domain.allowance.balance import Grant
    from ...domain.allowance.standing import Standing

LABEL = 10
FLAGS = 3


def money(sen: int, currency: str = "MYR") -> str:
    """`RM 540`, `RM 12.50`."""
    return f"{'RM' if currency == 'MYR' else currency} {shown(sen)}"


def month_words(name: str) -> str:
    """`Nov 2026`."""
    return f"{month(int(name[5:]))} {name[:4]}"


def allowance_lines(of: Standing, now: datetime, zone: str, width: int) -> Lines:
    """All that is to be known before something is granted; at most 8 lines."""
    lines = [_left(of, zone), _used(of), *_agency(of, now, zone), _here(of), *_flags(of, now, zone)]
    return [one.truncate(width, ellipsis=True) for one in lines]


def grant_words(act: Act, currency: str, now: datetime, zone: str) -> str:
    """A grant in short: how much, what from, where, by whom, when."""
    kinds = {
        What.GRANTED: _("drawn"),
        What.CAPPED: _("without the link"),
        What.SUPERVISOR: _("supervisor's grant"),
    }
    return " · ".join(
        (
            money(act.deed.sen, currency),
            kinds[act.deed.what],
            clean(act.counter),
            clean(act.officer),
            when(act.at, now, zone),
        )
    )


def _row(label: str, *pieces: Piece) -> Content:
    return line(" ", (left(label, LABEL), "$muted"), *pieces)


def _m(of: Standing, sen: int) -> str:
    return money(sen, of.terms.currency)


def _left(of: Standing, zone: str) -> Content:
    amount = _("{left} of {allowance}").format(left=_m(of, of.left), allowance=_m(of, of.terms.allowance))
    style = "bold" if of.left else "bold $stop"
    return _row(_("left"), (amount, style), ("   " + _known(of, zone), "$muted"))


def _known(of: Standing, zone: str) -> str:
    """By whose word, and as of when."""
    if of.asking:
        return _("asking the single window…")
    if of.source is SourceState.LIVE and of.as_of is not None:
        return _("the single window's word, {time}").format(time=hh_mm(of.as_of, zone))
    if of.as_of is not None:
        return _("as of {time}, no link since").format(time=hh_mm(of.as_of, zone))
    return _("as known here; the single window was not asked")


def _used(of: Standing) -> Content:
    words = _("{used} by this ledger").format(used=_m(of, of.used))
    outside = max(of.outside, of.balance.outside)
    if outside:
        counted = _("{n} counted before it, {granted} granted")
        words += ": " + counted.format(n=_m(of, outside), granted=_m(of, of.used - outside))
    return _row(_("used"), words)


def _agency(of: Standing, now: datetime, zone: str) -> Lines:
    count = of.agency
    if count is None:
        return [_row(_("customs"), (_("no record of a card here"), "$muted"))]
    said = _("its record: {used}").format(used=_m(of, count.used))
    age = _age(of, now, zone)
    head = _row(_("customs"), said, (f" ({age})" if age else "", "$muted"))
    if count.month and count.month != of.balance.month:
        return [line(head, ("  " + _("of {month}: not this month").format(month=clean(count.month)), "$attention"))]
    if not of.differs:
        told = _("the same")
        if count.used != of.used:
            told = _("the same, but for {n} granted since").format(n=_m(of, of.since))
        return [line(head, (f"  {told}", "$muted"))]
    return [line(head, ("  ! " + _("they differ: the greater counts"), "bold $attention"))]


def _age(of: Standing, now: datetime, zone: str) -> str:
    from ...domain.sections import Section
    from ...domain.words import Authority

    assert of.agency is not None
    return source_age(Section(Authority.CUSTOMS, of.agency.source, of.agency.as_of), now, zone)


def _here(of: Standing) -> Content:
    """What may be granted at this counter now, and why not more."""
    room = of.room
    pieces: list[Piece] = []
    if room.of_share:
        pieces.append((_("{n} drawn for this crossing").format(n=_m(of, room.of_share)), "bold"))
    if room.of_slice:
        told = _("at most {n} without the link").format(n=_m(of, room.of_slice))
        pieces += [" + " if pieces else "", (told, "bold $attention")]
    if not pieces:
        pieces.append((_nothing(of), "$attention"))
    if of.declared:
        pieces.append(("   " + _("declared {n}").format(n=_m(of, of.declared)), "$muted"))
        if of.over:
            pieces.append((", " + _("{n} over").format(n=_m(of, of.over)), "bold $attention"))
    return _row(_("here"), *pieces)


def _nothing(of: Standing) -> str:
    if of.asking:
        return _("nothing yet")
    if of.elsewhere:
        return _("nothing: {n} is held at another counter").format(n=_m(of, of.elsewhere))
    if of.left and of.source is SourceState.CACHED:
        return _("nothing: the slice of {n} is used").format(n=_m(of, of.slice))
    return _("nothing yet") if of.left else _("nothing: the month's is used")


def _flags(of: Standing, now: datetime, zone: str) -> Lines:
    """What is owed, what waits for a word, and corrections that disagree."""
    found: list[tuple[str, str]] = []
    for debt in of.debts:
        told = _("{n} over in {month}: a flag, no offence").format(n=_m(of, debt.sen), month=month_words(debt.month))
        found.append((f"! {told} · {_who(debt.grants, zone)}", "$attention"))
    over = find_debt(of.balance, of.terms.allowance)
    if over is not None:
        told = _("{n} over this month").format(n=_m(of, over.sen))
        found.append((f"! {told} · {_who(over.grants, zone)}", "$attention"))
    states = {"waits": _("to be confirmed"), "refused": _("NOT confirmed"), "lapsed": _("not confirmed in time")}
    for grant, state in of.unconfirmed:
        told = f"{states[state]}: {grant_words(grant.act, of.terms.currency, now, zone)}"
        found.append((f"! {told}", "$attention" if state == "waits" else "bold $stop"))
    if any(grant.apart for grant in of.balance.grants):
        found.append(
            ("! " + _("corrections that disagree: the one that leaves most counted is in force"), "$attention")
        )
    shown_flags = [line(" ", (words, style)) for words, style in found[:FLAGS]]
    if len(found) > FLAGS:
        shown_flags[-1] = line(shown_flags[-1], (cut(f"  +{len(found) - FLAGS}", LABEL), "$muted"))
    return shown_flags


def _who(grants: tuple[Grant, ...], zone: str) -> str:
    if not grants:
        return ""
    first = grants[0].act
    at = local(first.at, zone)
    told = f"{clean(first.counter)} {clean(first.officer)} {at.day} {month(at.month)} {at:%H:%M}"
    return told + (f" +{len(grants) - 1}" if len(grants) > 1 else "")
