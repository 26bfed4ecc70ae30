"""The parts of the inspection that only a large terminal has room for."""

from collections.abc import Iterator
from dataclasses import replace

from textual.content import Content

from ...domain.documents import Document
from ...domain.words import AUTHORITIES_OF, PANEL_OF, Agency, Authority, SourceState
from ...workstation.news import Recorded
from ..words import _, clean
from .cells import EMPTY, MARGIN, Lines, Piece, beside, left, line, wrap
from .details import reason_lines, wrapped
from .identity import circumstances_pieces, expiry, kind_of, name_of
from .joint import sum_line, what_would_change
from .panels import Item, Panels
from .signs import agency_name, authority_name
from .times import birth, hh_mm_ss, local

BETWEEN = 2
INDENT = 9
AIR = 6
SIDE_TEXT = 34
PORTRAIT = "imm.portrait"
SMALL = (16, 20)  # points: 16 cells in 10 lines


def side(panels: Panels, decided: Recorded | None, width: int, height: int) -> Lines:
    """Identity, document with its zone as read, company, and the timeline of this crossing."""
    crossing, document = panels.view.crossing, panels.view.crossing.document
    today = local(panels.now, panels.zone).date()
    inner = width - 2
    sex = {"M": _("male"), "F": _("female"), "X": _("not specified")}[document.sex]
    blocks: list[Lines] = [
        [line((part, "bold")) for part in wrap(name_of(document), inner)],
        [
            _named(_("born"), birth(document.birth, today)),
            _named(_("sex"), f"{document.sex}  {sex}"),
            _named(_("nationality"), clean(document.nationality)),
        ],
        [line((kind_of(document), "bold")), *_document(document), line(expiry(document, today))],
        _zone(document),
        [part for piece in circumstances_pieces(crossing, today) for part in _wrapped_piece(piece, inner)],
        [line((_("TIMELINE"), "bold")), *_timeline(panels, decided)],
    ]
    lines = [part for block in blocks if block for part in (*block, EMPTY)]
    face = _portrait(panels)
    if len(lines) + len(face) <= height:
        lines += face
    lines += [EMPTY] * (height - len(lines))
    return [line(" ", part.truncate(inner, ellipsis=True)) for part in lines[:height]]


def _portrait(panels: Panels) -> Lines:
    """The portrait that immigration has on file, small enough to stand below the rest."""
    values = (one.value for one in panels.view.section(Authority.IMMIGRATION).fields if one.name == PORTRAIT)
    text = next((value for value in values if isinstance(value, str)), "")
    if not text:
        return []
    from ...domain.portrait import find_portrait  # where there is one
    from .portrait import portrait_lines

    portrait = find_portrait(text)
    return portrait_lines(portrait.smaller(*SMALL)) if portrait is not None else []


def _wrapped_piece(piece: Piece, width: int) -> Lines:
    if not isinstance(piece, str):
        return [line(piece)]
    return [line("  " if row else "", part) for row, part in enumerate(wrap(piece, width - 2))]


def _named(name: str, value: Piece) -> Content:
    return line((left(name, 14), "$muted"), value)


def _document(document: Document) -> Lines:
    read = {
        "mrz": _("machine readable zone"),
        "mrz-repaired": _("machine readable zone, repaired, confirmed"),
        "keyed-checked": _("keyed, check digits agree"),
        "keyed-known": _("keyed, the rest as held here"),
        "found": _("found here, no document in hand"),
    }.get(document.entry_method, _("keyed by hand"))
    lines = [
        _named(_("number"), (clean(document.number), "bold")),
        _named(_("issued by"), clean(document.issuing_state)),
        _named(_("read from"), read),
    ]
    if document.name_truncated:
        lines.append(line((_("the name fills its field: it may go on"), "$attention")))
    return lines


def _zone(document: Document) -> Lines:
    """The zone as it was read, its check digits set off."""
    from ...domain.documents.formats import FORMATS  # not before a zone is looked at

    layout = FORMATS.get(document.format)
    if not document.mrz or layout is None:
        return []
    digits = {(check.digit.line, check.digit.start) for check in layout.checks}
    lines = [
        line(
            *(
                (c, "bold underline $clear") if (row, at) in digits else (c, "$muted")
                for at, c in enumerate(clean(text))
            )
        )
        for row, text in enumerate(document.mrz)
    ]
    return [*lines, line((_("every check digit (underlined) agrees"), "$muted"))]


def _timeline(panels: Panels, decided: Recorded | None) -> Iterator[Content]:
    """What happened when: answers of the same second in one line."""
    crossing, zone = panels.view.crossing, panels.zone
    answers: dict[str, list[str]] = {}
    for section in panels.view.sections:
        at = section.as_of
        if section.source is SourceState.LIVE and at is not None and at >= crossing.opened_at:
            answers.setdefault(hh_mm_ss(at, zone), []).append(authority_name(section.authority))
    events = [(hh_mm_ss(crossing.opened_at, zone), _("opened"))]
    events += [(time, _("answered: {who}").format(who=", ".join(who))) for time, who in answers.items()]
    if decided is not None:
        events.append((hh_mm_ss(decided.at, zone), _("recorded, entry {n}").format(n=decided.sequence)))
    for time, what in sorted(events, key=lambda event: event[0]):
        for row, part in enumerate(wrap(what, SIDE_TEXT)):
            yield line(("" if row else time, "$muted"), " " * (10 if row else 2), part)


def panel_grid(panels: Panels, width: int, room: int) -> Lines:
    """Four panels, two beside each other, in at most `room` lines; what does not fit is counted."""
    one = (width - BETWEEN) // 2
    drawn = [_panel(panels, agency, one) for agency in AUTHORITIES_OF]
    upper = max(len(drawn[0]), len(drawn[1]))
    lower = max(len(drawn[2]), len(drawn[3]))
    over = max(0, upper + lower + 1 - room)
    while over and max(upper, lower) > 3:
        if upper >= lower:
            upper -= 1
        else:
            lower -= 1
        over -= 1
    rows = [_fit(drawn[0], upper, 1), _fit(drawn[1], upper, 2), _fit(drawn[2], lower, 3), _fit(drawn[3], lower, 4)]
    pair = " " * BETWEEN
    return [*beside([(rows[0], one), (rows[1], one)], pair), EMPTY, *beside([(rows[2], one), (rows[3], one)], pair)]


def _fit(lines: Lines, room: int, key: int) -> Lines:
    if len(lines) <= room:
        return lines
    more = line((_("+{n} more ({key})").format(n=len(lines) - room + 1, key=key), "bold"))
    return [*lines[: room - 1], more]


def _panel(panels: Panels, agency: Agency, width: int) -> Lines:
    authorities = AUTHORITIES_OF[agency]
    name = f"{PANEL_OF[agency]} {agency_name(agency).upper()}"
    if len(authorities) == 1:
        return [_state(panels, authorities[0], name, width), *_said(panels, authorities[0], width)]
    lines: Lines = [line(" ", (name, "bold"))]
    for authority in authorities:
        lines += [_state(panels, authority, f"  {authority_name(authority)}", width), *_said(panels, authority, width)]
    return lines


def _state(panels: Panels, authority: Authority, name: str, width: int) -> Content:
    section = panels.view.section(authority)
    needed = panels.columns(0, filed=False)
    columns = replace(needed, name=max(8, width - MARGIN - needed.state - needed.age + 1))
    return panels.head(section, name, columns).truncate(width)


def _said(panels: Panels, authority: Authority, width: int) -> Lines:
    section = panels.view.section(authority)
    said = panels.said(section)
    if panels.by_file(section):
        said.append(Item(_("by file"), "$muted"))
    return [line(" " * 3, (part, item.style)) for item in said for part in wrap(item.text, width - 3, 4)]


def explained(panels: Panels, width: int, room: int) -> Lines:
    """Every reason in full, how the score comes about, and what would change it, as far as there is room."""
    view = panels.view
    would = what_would_change(view)
    if not would:
        return []
    inner = width - INDENT - MARGIN
    sums = [part for content in (sum_line(view), *would) for part in wrapped(content.plain, inner)]
    muted = [line((part.plain, "$muted")) for part in sums]
    air = [EMPTY] * (len(muted) + len(view.risk.reasons) + AIR < room)
    lines = [*reason_lines(panels, inner), *air, *muted]
    if len(lines) > room:
        lines = [*lines[: max(0, room - 1)], line((_("all reasons: w"), "$muted"))]
    return [line(" " * INDENT, part) for part in lines]
