"""A group at work: its heads, a row a traveller that fills in as agencies answer, and the one who is pointed at."""

from collections.abc import Mapping
from datetime import datetime

from rich.cells import cell_len
from textual.content import Content

from ...domain.crossings import Group, GroupKind
from ...domain.groups import Headcount, Parting, Standing, leading
from ...domain.posts import Officer
from ...domain.whereabouts import Located, heads_by_place
from ...domain.words import AUTHORITIES_OF, PANEL_OF, Verdict
from ...workstation.stack import Stack, StackRow
from ..words import _, clean
from .cells import LABEL, Lines, Piece, cut, cut_middle, left, left_name, line, right, rule, spoken, spread
from .floor import attest_words
from .identity import dotted, name_of
from .panels import CHANGED, items, short_words, state_of
from .places import places_words, seen_words
from .signs import authority_name, of_band, of_outcome, panel
from .times import birth, hh_mm, local

HEAD = 2
NUMBER, NATIONALITY, BAND, STATE = 3, 3, 9, 17
NAME_AT_LEAST, NAME_AT_MOST = 22, 34
SHORT = 22


def kind_words(group: Group) -> str:
    """What kind of group it is, and what it is called, once."""
    kind = {GroupKind.FAMILY: _("family"), GroupKind.BUS: _("bus"), GroupKind.BATCH: _("batch")}[group.kind]
    name = clean(group.name)
    return name if kind.casefold() in name.casefold() else f"{kind} {name}".rstrip()


def group_head(stack: Stack, zone: str, width: int) -> Lines:
    """Which group, how many it is said to be; then the heads so far."""
    group, heads = stack.group, stack.heads
    due = f"  {_('due {time}').format(time=hh_mm(group.due, zone))}" if group.due else ""
    said = _("said {said} · on list {listed}").format(said=heads.said, listed=heads.listed)
    name = cut_middle(kind_words(group), max(10, width - cell_len(said) - cell_len(due) - 4))
    return [spread(line(" ", (name, "bold"), (due, "$muted")), line((said, ""), " "), width), heads_line(heads, width)]


def away_line(places: Mapping[str, Located], width: int) -> Content:
    """Where those are who are not in their seats, each counted once."""
    told = places_words(heads_by_place(places.values()))
    head = _("not in their seats {n}").format(n=len(places))
    return line(" ", (head, "bold $attention"), "  ", dotted(told)).truncate(width, ellipsis=True)


def heads_line(heads: Headcount, width: int) -> Content:
    """`scanned 12   cleared 0   at a desk 2   to go 8`; what does not add up in the colour of attention."""
    counted: list[tuple[str, int, str]] = [
        (_("scanned"), heads.scanned, "bold"),
        (_("cleared"), heads.cleared, "$clear"),
        (_("at a desk"), heads.parked, "$attention"),
        (_("kept"), heads.kept, "$stop"),
        (_("open"), heads.open, ""),
    ]
    shown = [one for at, one in enumerate(counted) if one[1] or not at]
    pieces: list[Piece] = [" ", *((f"{word} {count}   ", style) for word, count, style in shown)]
    behind: list[Piece] = []
    if heads.added:
        behind.append((_("not listed {n}").format(n=heads.added) + "   ", "$attention"))
    if heads.over:
        behind.append((_("{n} more than said").format(n=heads.over) + "   ", "$attention"))
    behind.append((_("to go {n}").format(n=heads.to_go), "bold $attention" if heads.to_go else "$clear"))
    return spread(line(*pieces), line(*behind, " "), width)


# -- rows -------------------------------------------------------------------------------------------------------------


def stack_row(row: StackRow, number: int, marked: bool, width: int, place: str = "") -> Content:  # noqa: FBT001 - one flag of one painter
    """Number in the pile, name, nationality, band, state, where they are if not here, what stands against; one line."""
    name = max(NAME_AT_LEAST, min(NAME_AT_MOST, width - 57))
    at = right(str(number), NUMBER - 1) if row.standing is not Standing.TO_SCAN else " " * (NUMBER - 1)
    style = "$muted" if row.standing is Standing.TO_SCAN else ""
    before = line(
        (CHANGED if marked else " ", "bold"),
        (at, "$muted"),
        " ",
        (left_name(name_of(row.document), name), style),
        "  ",
        (left(clean(row.document.nationality), NATIONALITY), style),
        "  ",
        _band(row),
        _state(row),
    )
    words, tone = against(row)
    if place:
        words, tone = dotted([place, words] if words else [place]).plain, "$attention"
    return line(before, (cut(words, max(0, width - before.cell_length)), tone))


def _band(row: StackRow) -> Piece:
    if row.view is None:
        return " " * BAND
    sign = of_band(row.view.risk.band)
    return (left(sign.text, BAND), f"bold {sign.style}")


def _state(row: StackRow) -> Piece:
    """What was recorded, where they were put aside, or what the next key does."""
    words, style = _recorded(row) if row.standing in (Standing.CLEARED, Standing.KEPT) else _undecided(row)
    return (left(words, STATE - 1) + " ", style)


def _recorded(row: StackRow) -> tuple[str, str]:
    if row.outcome is None:
        return _("entry {n}").format(n=row.entry), "$attention"
    sign = of_outcome(row.outcome)
    return f"{sign.text} {clean(row.counter) or row.entry or ''}".rstrip(), f"bold {sign.style}"


def _undecided(row: StackRow) -> tuple[str, str]:
    if row.standing is Standing.TO_SCAN:
        return _("not scanned"), "$muted"
    if row.desk is not None and not row.clears:
        return _("at {desk}").format(desk=f"{panel(row.desk)} {authority_name(row.desk)}"), "$attention"
    if row.green:
        return (_("c clears"), "$clear") if row.clears else (_("look first"), "$attention")
    if row.waiting:
        return _("asking…"), "$unknown"
    if row.attests:
        return _("j attest"), "$attention"
    return _("→ {desk}").format(desk=desk_words(row)), "$attention"


def desk_words(row: StackRow) -> str:
    """The number and the name of the desk that would take them."""
    lead = leading(row.view) if row.view is not None else None
    return f"{panel(lead)} {authority_name(lead)}" if lead is not None else ""


def against(row: StackRow) -> tuple[str, str]:
    """What is to be known of a row in a few words, the weightiest first, and its style."""
    if row.parting is not None:
        return parting_words(row.parting, row), "$attention"
    said = _found(row) if row.undecided else []
    if row.elsewhere:
        said.append(_("on the list of {group}").format(group=clean(row.elsewhere)))
    elif not row.listed:
        said.append(_("not on the list"))
    if not said:
        return "", ""
    more = f" +{len(said) - 1}" if len(said) > 1 else ""
    return f"{said[0]}{more}", "" if row.green else "$attention"


def _found(row: StackRow) -> list[str]:
    view = row.view
    if view is None:
        return []
    said = [f"{short_words(c, view, SHORT)} ({panel(c.authority)})" for c in view.risk.reasons]
    said += [_("NOT CHECKED ({key})").format(key=panel(a)) for a in view.risk.not_checked]
    said += [_("too old ({key})").format(key=panel(a)) for a in view.risk.stale]
    return said


def parting_words(parting: Parting, row: StackRow) -> str:
    """Why a child and its guardian would be parted, said to the one who is looked at."""
    return spoken(f"{parting.why}.{'child' if row.key == parting.child else 'guardian'}")


# -- what stands below ------------------------------------------------------------------------------------------------


def stack_detail(
    row: StackRow | None,
    officer: Officer,
    now: datetime,
    zone: str,
    width: int,
    height: int,
    seen: Located | None = None,
) -> Lines:
    """The one who is pointed at: who it is, and as far as there is room, what each authority has against them."""
    lines: Lines = [rule(width)]
    if row is None:
        return lines
    document, today = row.document, local(now, zone).date()
    who: list[Piece] = [
        f"{clean(document.issuing_state)} {clean(document.number)}",
        birth(document.birth, today),
        *([(seen_words(seen, now, zone), "$attention")] if seen is not None else []),
        *([(against(row)[0], against(row)[1])] if against(row)[0] else []),
    ]
    lines.append(
        line(" ", (cut_middle(name_of(document), 30), "bold"), "  ", dotted(who)).truncate(width, ellipsis=True)
    )
    return [*lines, *_sections(row, officer, width)][:height]


def _sections(row: StackRow, officer: Officer, width: int) -> Lines:
    view = row.view
    if view is None:
        return []
    lines = []
    for agency, authorities in AUTHORITIES_OF.items():
        for authority in authorities:
            section = view.section(authority)
            said = " · ".join(item.text for item in items(view, section, officer) if item.verdict is not Verdict.CLEAR)
            if said:
                sign = state_of(view, section, officer)
                name = f"  {PANEL_OF[agency]} {authority_name(authority)}  "
                room = width - cell_len(name) - cell_len(sign.text) - 3
                lines.append(line((name, ""), (sign.text, f"bold {sign.style}"), f"  {cut(said, room)}"))
    return lines


def next_line(stack: Stack, width: int, *, recording: bool) -> Content:
    """`NEXT` and what the keys do now: scan, clear, put aside, finish; none while the last one is being recorded."""
    if recording:
        return line(" ", (left(_("NEXT"), LABEL), "bold"), _("recording…")).truncate(width, ellipsis=True)
    heads, clears = stack.heads, len(stack.clears)
    aside = [row for row in stack.rows if row.stopped and row.desk is None]
    said: list[Piece] = []
    if clears:
        said.append((_("c clear {n} green").format(n=clears), "bold $clear"))
    asked = [row for row in stack.rows if row.attests]
    if asked:
        what = dict.fromkeys(attest_words(one) for row in asked for one in row.attests)
        told = _("j attest of {n}: {what}").format(n=len(asked), what=", ".join(what))
        said.append((told, "bold $attention"))
    if aside:
        said.append((_("c {n} to their desks").format(n=len(aside)), "$attention"))
    if heads.to_go:
        said.append(_("scan {n} more, or f: why they are missing").format(n=heads.to_go))
    if not said:
        open_ = heads.open
        said.append(
            _("waiting for {n} to be answered").format(n=open_) if open_ else (_("f finish: count heads"), "bold")
        )
    return line(" ", (left(_("NEXT"), LABEL), "bold"), dotted(said)).truncate(width, ellipsis=True)
