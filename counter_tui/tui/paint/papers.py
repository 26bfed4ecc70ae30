"""What stands beside a paper on the screen: which there are, in which language, whether it is a copy, how it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..words import N_, _, clean
from .cells import EMPTY, Lines, cut, line, spoken, wrap
from .times import day

if TYPE_CHECKING:
    from ...domain.stay import Stay
    from ...workstation.papers import Made

LANGUAGES = {"en": "English", "id": "Bahasa Indonesia", "ms": "Bahasa Melayu"}
TITLES = {
    "notice": N_("traveller's notice"),
    "slip": N_("admission slip"),
    "hand-over": N_("hand-over record"),
    "letter": N_("official letter"),
}


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of the papers: their kinds, which is shown, its languages, why it does not leave by a way.

    `paper` is what is printed on.
    """

    kinds: Sequence[str]
    at: int
    languages: tuple[str, ...]
    made: Made | None
    paper: str
    print_why: str
    save_why: str


def beside(known: Beside, width: int) -> Lines:
    """The lines at the side of the paper."""
    lines: Lines = [line((_("PAPERS"), "bold")), EMPTY]
    for number, kind in enumerate(known.kinds, start=1):
        here = number - 1 == known.at
        name = cut(f"{'▸' if here else ' '} {number} {_(TITLES[kind])}", width)
        lines.append(line((name, "bold" if here else "")))
    lines += [EMPTY, line((_("language"), "$muted")), *(line("  ", LANGUAGES[one]) for one in known.languages), EMPTY]
    if known.made is not None and known.made.paper.copy:
        copy = _("COPY {n}: a second person signs").format(n=known.made.paper.copy)
        lines += [line((part, "bold $attention")) for part in wrap(copy, width)]
    if known.made is not None:
        lines += _told(_("reference"), known.made.paper.reference, width)
    for key, label, paper, why in (
        ("p", _("print"), known.paper, known.print_why),
        ("s", _("save"), "PDF", known.save_why),
    ):
        lines += _told(f"{key} {label}", spoken(why) if why else f"{paper}, {_('ready')}", width)
    return lines


def refused(why: str, width: int) -> list[str]:
    """Why there is no such paper (in words), in lines."""
    return ["", *wrap(why, width)]


def _told(label: str, words: str, width: int) -> Lines:
    return [line((label, "$muted")), *(line("  ", part) for part in wrap(words, width - 2))]


def stay_lines(stay: Stay | None, width: int, room: int) -> Lines:
    """Until when the traveller may stay, large where there is room for it, with the rule; at most `room` lines."""
    if stay is None or room < 1:
        return []
    if stay.until is None:
        return [line(" ", (_("PERMITTED UNTIL"), "bold"), "  ", _("the day that the visa says: g, then a, records it"))]
    from ...domain.papers.big import ROWS, WIDTH, big

    said = f"  {day(stay.until)}  {spoken(stay.legal_basis)}"
    doubt = "" if stay.doubt == "none" else "  " + _("to be confirmed by the post")
    stamp = _("stamp {stamp}, page {page}") if stay.stamp or stay.page else _("g stamp…")
    stamp = "  " + stamp.format(stamp=clean(stay.stamp), page=clean(stay.page))
    head = line(" ", (_("PERMITTED UNTIL"), "bold"), (said, "bold $clear"), (doubt, "$muted"), (stamp, "bold"))
    if width < WIDTH + 2 or room <= ROWS:
        return [head.truncate(width, ellipsis=True)]
    digits = [line("  ", (row.replace("#", "█"), "bold")) for row in big(stay.until.isoformat())]
    return [head.truncate(width, ellipsis=True), *digits]
