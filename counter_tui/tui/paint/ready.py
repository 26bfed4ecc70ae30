"""Nobody stands here: what to do, who is expected, what was last decided, how fresh the sources are, what waits."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.cells import cell_len
from textual.content import Content

from ...domain.agency_links import AgencyLink, Grade, Standing
from ...domain.crossings import Crossing, GroupKind
from ...domain.words import AUTHORITIES_OF, PANEL_OF, SourceState
from ...workstation.news import ExpectedGroup, Expecting, ListState, OutboxLine, SourceAge, Status
from ..words import _, clean, ngettext
from .cells import EMPTY, Lines, Piece, cut_middle, fitted, left, left_name, line, right, spoken, wrap
from .identity import dotted, name_of
from .journal import delivery
from .signs import agency_name, authority_name, not_checked, of_outcome
from .times import about, hh_mm, hh_mm_ss, old, span

HEADINGS = 6  # lines around the two lists
DECISION = "decision"


def head(word: str) -> tuple[str, str]:
    """What a line begins with, as wide as the longest of them."""
    words = (_("EXPECTED"), _("SOURCES"), _("OUTBOX"), _("PUT ASIDE"))
    return (left(word, max(map(cell_len, words)) + 1), "bold")


def ready(
    status: Status,
    expecting: Expecting,
    last: Sequence[OutboxLine],
    parked: Sequence[Crossing],
    now: datetime,
    zone: str,
    width: int,
    height: int,
) -> Lines:
    """The whole pane for a size in cells: the lists give way to what is always there.

    `last` newest first, as the outbox gives it; `zone` is the post's, an IANA name.
    """
    decided = [entry for entry in last if entry.kind == DECISION and entry.who]
    below = [*_sources(status, now, zone, width), *outbox(status, now, width), *_parked(parked, zone, width)]
    groups = list(_groups(expecting, decided, zone, width))
    room = max(2, height - len(below) - HEADINGS)
    for_last = max(min(len(decided), room // 2), room - max(1, len(groups) + expecting.more), 1)
    waiting = _kept(groups, room - for_last, expecting.more)
    shown = decided[:for_last]
    lines = [
        line(" ", (_("Ready."), "bold"), " ", _("Swipe a document, or type a name, number or plate.")),
        EMPTY,
        line(" ", head(_("EXPECTED")), (_on_list(expecting), "$muted")),
        *(waiting or [line(("   " + _("nobody is expected"), "$muted"))]),
        EMPTY,
        line((" " + _("LAST"), "bold")),
        *([_decision(entry, zone, width) for entry in shown] or [line(("   " + _("nothing decided yet"), "$muted"))]),
        EMPTY,
        *below,
    ]
    return fitted(lines, width, height)


def _kept(groups: Lines, room: int, beyond: int) -> Lines:
    """As many groups as there is room for, the rest counted, and those `beyond` them."""
    if len(groups) + beyond <= max(1, room):
        return groups
    kept = groups[: max(0, room - 1)]
    left_out = len(groups) - len(kept) + beyond
    more = ngettext("+{n} more group", "+{n} more groups", left_out).format(n=left_out)
    return [*kept, line((f"          {more}", "$muted"))]


def _on_list(expecting: Expecting) -> str:
    n = expecting.travellers
    return ngettext("{n} traveller on list", "{n} travellers on list", n).format(n=n)


def _groups(expecting: Expecting, decided: Sequence[OutboxLine], zone: str, width: int) -> Iterator[Content]:
    """A line a group, the one that is due first at the top; who travels alone is counted in the last line."""
    crossed = Counter(group for group, _who, _nationality in {(d.group, d.who, d.nationality) for d in decided})
    for one in expecting.groups:
        yield _group(one, crossed[one.group.id], zone, width)
    if expecting.alone:
        yield _counted("     ", _("on foot, alone"), expecting.alone, crossed[""], width)


def _group(one: ExpectedGroup, crossed: int, zone: str, width: int) -> Content:
    group = one.group
    kind = {GroupKind.FAMILY: _("family"), GroupKind.BUS: _("bus"), GroupKind.BATCH: _("batch")}[group.kind]
    due = hh_mm(group.due, zone) if group.due else "     "
    name = clean(group.name)
    named = name if kind.casefold() in name.casefold() else f"{kind} {name}"
    return _counted(due, named, one.listed, crossed, width)


def _counted(due: str, name: str, listed: int, crossed: int, width: int) -> Content:
    said = _("{n} on list").format(n=right(str(listed), 3))
    over = _("{n} done here").format(n=right(str(crossed), 3)) if crossed else ""
    return line(f"   {due}  ", left_name(name, min(44, width - 46)), f"  {said}", ("   " + over, "$clear"))


def _decision(entry: OutboxLine, zone: str, width: int) -> Content:
    name = left_name(clean(entry.who).upper(), min(44, width - 54))
    before: list[Piece] = [f"   {hh_mm_ss(entry.at, zone)}  ", name, f"  {left(clean(entry.nationality), 3)}  "]
    if entry.outcome is None:
        return line(*before)
    sign = of_outcome(entry.outcome)
    return line(*before, (left(sign.text, 11), sign.style), delivery(entry)).truncate(width, ellipsis=True)


def _sources(status: Status, now: datetime, zone: str, width: int) -> Lines:
    """Panel by panel how fresh its sources are; the authorities of a panel are named where they differ."""
    known = {source.authority: source for source in status.sources}
    rows: list[list[Piece]] = [[" ", head(_("SOURCES"))]]
    for agency, authorities in AUTHORITIES_OF.items():
        ages = [(a, *_age(known.get(a), now, zone)) for a in authorities]
        same = len({age for _a, age, _s in ages}) == 1
        pieces: list[Piece] = [f"{PANEL_OF[agency]} ", f"{agency_name(agency)} " if same else ""]
        for at, (authority, age, style) in enumerate(ages[:1] if same else ages):
            pieces += [" · " if at else "", "" if same else f"{authority_name(authority)} ", (age, style)]
        if line(*rows[-1], *pieces).cell_length > width - 1:
            rows.append([" ", head("")])
        rows[-1] += [*pieces, "   "]
    if status.lists:
        pieces = [f"{_('lists')} ", _lists_age(status.lists, now, zone)]
        if line(*rows[-1], *pieces).cell_length > width - 1:
            rows.append([" ", head("")])
        rows[-1] += pieces
    return [line(*row) for row in rows]


def _lists_age(lists: Sequence[ListState], now: datetime, zone: str) -> Piece:
    """How old the oldest list is that is held here; NOT CHECKED where one is missing."""
    here = [held for held in lists if held.at_booth]
    ages = [held.as_of for held in here if held.as_of is not None]
    if len(ages) < len(here):
        return (not_checked().word, not_checked().style)
    if not ages:
        return ("-", "$muted")
    return (old(min(ages), now, zone), "$attention" if any(held.stale for held in here) else "")


def _age(source: SourceAge | None, now: datetime, zone: str) -> tuple[str, str]:
    link = _link(source.link, now, zone) if source is not None and source.link is not None else ""
    if source is None or source.state is SourceState.NOT_CHECKED:
        return not_checked().word + link, not_checked().style
    if source.state is SourceState.LIVE or source.as_of is None:
        return _("live") + link, "$attention" if link else ""
    return old(source.as_of, now, zone) + link, "$attention"


def _link(link: AgencyLink, now: datetime, zone: str) -> str:
    """What there is to say of an agency's link, to follow how old its answers are."""
    if link.grade is Grade.NONE:
        return _(", no link")
    if link.standing is Standing.RESTING:
        if link.until is None or link.until <= now:
            return _(", no answer")
        return _(", asked again {time}").format(time=hh_mm(link.until, zone))
    if link.standing is Standing.LATE:
        return _(", slow")
    return _(", by file") if link.grade is Grade.FILE else ""


def outbox(status: Status, now: datetime, width: int) -> Lines:
    """How much waits, when that is gone at the rate of now, and what stands in its way."""
    pieces: list[Piece] = [" ", head(_("OUTBOX"))]
    if status.waiting:
        said = [_("{n} waiting").format(n=status.waiting)]
        if status.oldest is not None:
            said.append(_("oldest {age}").format(age=span(now - status.oldest)))
        if status.empty_in is not None:
            said.append(_("empty in {time}").format(time=about(status.empty_in)))
        pieces.append((", ".join(said), "$attention"))
    else:
        pieces.append(_("empty: everything is received"))
    if status.loading is not None:
        done, left_over = status.loading
        pieces.append((f"   {_('loading {done} of {total}').format(done=done, total=done + left_over)}", "$muted"))
    indent = cell_len(head("")[0])
    troubles = [
        line(" ", left("" if at else "■", indent), (part, "bold $stop"))
        for code in status.troubles
        for at, part in enumerate(wrap(spoken(code), width - indent - 2, 3))
    ]
    return [line(*pieces).truncate(width, ellipsis=True), *troubles]


def _parked(parked: Sequence[Crossing], zone: str, width: int) -> Lines:
    """Who was put aside undecided: names, as many as fit."""
    if not parked:
        return []
    begin = head(_("PUT ASIDE"))
    each: list[Piece] = [
        _("{name} since {time}").format(name=cut_middle(name_of(c.document), 26), time=hh_mm(c.opened_at, zone))
        for c in parked
    ]
    return [line(" ", begin, (f"{len(parked)}  ", "bold $attention"), dotted(each)).truncate(width, ellipsis=True)]
