"""Who this is: the traveller and the document, in three lines at the top of every inspection."""

from collections.abc import Sequence
from datetime import date, datetime

from textual.content import Content

from ...domain.crossings import ADULT_YEARS, Crossing, GroupKind
from ...domain.documents import Document
from ...domain.words import Direction
from ..words import _, clean, ngettext, say
from .cells import Lines, Piece, cut_middle, left_name, line, spread
from .times import birth, local, partial

KEPT_FOR_NUMBER = 14
IDENTITY = 3  # lines


def name_of(document: Document) -> str:
    """The display name, in capitals as on the document, harmless to show."""
    return clean(document.display_name).upper() or _("NO NAME")


def sex_of(document: Document) -> str:
    """`M`, `F`, or `X` where the document does not say."""
    return document.sex


def kind_of(document: Document) -> str:
    """What kind of document this is: as it was keyed, or from the zone's document code; else it is a `DOCUMENT`."""
    if document.kind:
        return say(f"kind.{clean(document.kind)}.short")
    first, code = document.code[:1], document.code
    if code in ("PD", "PS", "PO"):
        return _("DIPLOMATIC PASSPORT") if code == "PD" else _("OFFICIAL PASSPORT")
    if code == "PE":
        return _("EMERGENCY PASSPORT")
    if first in ("I", "A", "C"):
        return _("ID CARD")
    return {"P": _("PASSPORT"), "V": _("VISA")}.get(first, _("DOCUMENT"))


def identity(crossing: Crossing, now: datetime, zone: str, width: int) -> Lines:
    """The three lines: person, document, circumstances of the crossing."""
    today = local(now, zone).date()
    return [
        person_line(crossing.document, today, width),
        document_line(crossing.document, today, width),
        circumstances_line(crossing, today, width),
    ]


def person_line(document: Document, today: date, width: int) -> Content:
    """Name, sex, birth with age, nationality; the name is cut in its middle."""
    facts = f"{sex_of(document)}   {birth(document.birth, today)}"
    behind = line((facts, ""), "     ", (clean(document.nationality), "bold"), " ")
    room = width - behind.cell_length - 3
    return spread(line(" ", (left_name(name_of(document), max(8, room)), "bold")), behind, width)


def document_line(document: Document, today: date, width: int) -> Content:
    """Kind, issuing state and number, how it was read, and how long it is valid, in warning words where it matters."""
    number = cut_middle(clean(document.number), max(KEPT_FOR_NUMBER, width - 60))
    pieces: list[Piece] = [f" {kind_of(document)} {clean(document.issuing_state)} ", (number, "bold"), "  "]
    pieces.append(how_read(document))
    if document.name_truncated:
        pieces += ["  ", (_("name may go on"), "$attention")]
    return spread(line(*pieces), line(expiry(document, today), " "), width)


def how_read(document: Document) -> Piece:
    """How the document came in; a repair that was confirmed stands out."""
    if document.entry_method == "mrz-repaired":
        return (_("repaired, confirmed"), "$attention")
    return {
        "mrz": _("MRZ read"),
        "keyed-checked": _("keyed, checked"),
        "keyed-known": _("keyed, confirmed"),
        "found": _("found, not in hand"),
    }.get(document.entry_method, _("keyed by hand"))


def expiry(document: Document, today: date) -> Piece:
    """`exp 03 Mar 2027`, or that it has expired; whether it is valid long enough depends on who comes with it."""
    if document.expiry is None:
        return (_("no expiry date"), "$attention")
    until = partial(document.expiry)
    if document.is_expired(today):
        return (_("EXPIRED {date}").format(date=until), "bold $stop")
    return _("exp {date}").format(date=until)


def circumstances_line(crossing: Crossing, today: date, width: int) -> Content:
    """Direction and lane, group, guardian of a minor, the training mark."""
    return line(" ").append(dotted(circumstances_pieces(crossing, today))).truncate(width, ellipsis=True)


def circumstances_pieces(crossing: Crossing, today: date) -> list[Piece]:
    """What the third line says, piece by piece."""
    way = _("ENTRY") if crossing.direction is Direction.ENTRY else _("EXIT")
    pieces: list[Piece] = [(way, "bold")]
    age = crossing.document.birth.age_on(today)
    if age is not None and age < ADULT_YEARS:
        pieces.append((_("MINOR"), "bold $attention"))
    pieces.append(_group(crossing))
    if crossing.guardian:
        pieces.append(_("guardian {document}").format(document=clean(crossing.guardian).replace(":", " ")))
    elif age is not None and age < ADULT_YEARS:
        pieces.append((_("no guardian named"), "$attention"))
    if crossing.training:
        pieces.append((_("TRAINING"), "bold $demo"))
    return pieces


def _group(crossing: Crossing) -> str:
    group = crossing.group
    if group is None:
        return _("alone")
    said = ngettext("{n} traveller", "{n} travellers", group.headcount).format(n=group.headcount)
    kinds = {GroupKind.FAMILY: _("family"), GroupKind.BUS: _("bus"), GroupKind.BATCH: _("batch")}
    name = cut_middle(clean(group.name), 34)
    kind = kinds[group.kind]
    called = name if kind.casefold() in name.casefold() else f"{kind} {name}".rstrip()
    return f"{called}, {said}"


def dotted(pieces: Sequence[Piece]) -> Content:
    """Pieces with a middle dot between them."""
    joined: list[Piece] = []
    for piece in pieces:
        joined += [" · ", piece] if joined else [piece]
    return line(*joined)
