"""The joint band, explained: in one to three lines, and in full with what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from ...domain.sections import Finding
from ...domain.words import AGENCY_OF, Authority, Band
from ..words import _
from .cells import LABEL, MARGIN, Lines, Piece, cut, left, line, spoken, spread
from .changes import BAND
from .panels import CHANGED, few_words, short_words
from .signs import agency_name, authority_name, of_band, panel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...domain.risk import Change, Unjudged
    from ...domain.sections import Contribution
    from ...domain.view import MergedView

SHORTER = (24, 18, 14, 10)  # cells for the words of a reason, as fewer are left
IN_A_LINE = 16  # cells for them where what would change is said in one line
APART = "   "


def joint_lines(view: MergedView, changed: frozenset[str], width: int, most: int) -> Lines:
    """The band and why it is so; below, in at most so many lines, what has no room there and what would change it."""
    would = _would([change_words(change, view, short=True) for change in view.risk.changes], width)
    beside = list(unknown_words(view))
    room = _room(view, width)
    if beside and most > 1 + bool(would) and _whole(view, beside, room) is None:
        lines = [_line(view, changed, width, _as_many(view, [], room)), _below(APART.join(beside))]
    else:
        lines = [joint_line(view, changed, width)]
    return [*lines, *[_below(would)] * (bool(would) and len(lines) < most)]


def joint_line(view: MergedView, changed: frozenset[str], width: int, *, told: bool = False) -> Content:
    """Band word, score, the reasons that weigh most, as many as fit, unless they are `told` below; the key for all."""
    if told:
        return _line(view, changed, width, "")
    if view.risk.band is Band.GREEN and not view.risk.reasons and not view.risk.loading:
        return _line(view, changed, width, _("nothing stands against this traveller"))
    return _line(view, changed, width, _as_many(view, list(unknown_words(view)), _room(view, width)))


def _line(view: MergedView, changed: frozenset[str], width: int, words: str) -> Content:
    mark = CHANGED if BAND in changed else " "
    before = line((mark, "bold"), (left(_("JOINT"), LABEL), "bold"), band_words(view), APART, words)
    return spread(before, line((_("w why"), "$muted"), " "), width)


def _room(view: MergedView, width: int) -> int:
    """The cells for reasons in the band's line."""
    return width - MARGIN - LABEL - band_words(view).cell_length - len(APART) - cell_len(_("w why")) - MARGIN - 2


def _below(words: str) -> Content:
    return line(" " * (MARGIN + LABEL), (words, "$muted"))


def band_words(view: MergedView) -> Content:
    """`AMBER ▲ 52`."""
    sign = of_band(view.risk.band)
    return line((f"{sign.text} {view.risk.score}", f"bold {sign.style}"))


def reason_words(view: MergedView, longest: int) -> Iterator[str]:
    """`+40 pork (3)`: the weight, name and owner of the three strongest open reasons; then how many more there are."""
    strongest = view.risk.strongest
    for contribution in strongest:
        yield f"{weight(contribution, view)} {named(contribution, view, longest)} ({panel(contribution.authority)})"
    more = sum(c.points is not None for c in view.risk.reasons) - len(strongest)
    if more:
        yield _("+{n} more").format(n=more)


def unknown_words(view: MergedView) -> Iterator[str]:
    """What lifts the band without being open: sealed, NOT CHECKED, too old, a rule that could not be evaluated."""
    risk = view.risk
    yield from (f"{sealed_words(authority, view)} ({panel(authority)})" for authority in risk.sealed)
    if risk.not_checked:
        yield _("NOT CHECKED ({key})").format(key=_keys(risk.not_checked))
    if risk.stale:
        yield _("too old ({key})").format(key=_keys(risk.stale))
    broken = sum(unjudged.waits_for is None for unjudged in risk.unjudged)
    if broken:
        yield _("rules not evaluated: {n}").format(n=broken)
    if risk.loading:
        yield _("risk rules are loading")


def sealed_words(authority: Authority, view: MergedView) -> str:
    """Who can say more of what is sealed; an owner may hide that it is the one."""
    texts = (finding.text for finding in view.section(authority).findings)
    if any(text is not None and text.code == "sealed.call-duty" for text in texts):
        return _("Sealed: duty officer")
    return _("Sealed: supervisor of {agency}").format(agency=agency_name(AGENCY_OF[authority]))


def weight(contribution: Contribution, view: MergedView) -> str:
    """`+40`, the points that count; for what is sealed the band that it holds: `AMBER`."""
    points = view.risk.counted(contribution)
    return of_band(contribution.band_floor).word if points is None else f"{points:+d}"


def named(contribution: Contribution, view: MergedView, longest: int = 22) -> str:
    """A reason in a few words: what an authority found, or what a rule of risk says."""
    row = view.risk.find_row(contribution.id)
    return short_words(contribution, view, longest) if row is None else few_words(spoken(row.words), longest)


def find_finding(contribution: Contribution, view: MergedView) -> Finding | None:
    """The finding of a reason; of a rule of risk what it says."""
    row = view.risk.find_row(contribution.id)
    if row is not None:
        return Finding(row.id, contribution.authority, "", row.words)
    section = view.section(contribution.authority)
    return next((f for f in section.findings if f.id == contribution.id), None)


def _whole(view: MergedView, beside: list[str], room: int) -> str | None:
    """Everything in one line, with words as short as they have to be; None where there is no room for it."""
    ways = (APART.join([*reason_words(view, longest), *beside]) for longest in SHORTER)
    return next((way for way in ways if cell_len(way) <= room), None)


def _as_many(view: MergedView, beside: list[str], room: int) -> str:
    """The reasons in one line: first their words give way, then the last of them."""
    whole = _whole(view, beside, room)
    if whole is not None:
        return whole
    reasons = [*reason_words(view, SHORTER[-1]), *beside]
    for shown in range(len(reasons) - 1, 0, -1):
        said = APART.join([*reasons[:shown], _("+{n} more").format(n=len(reasons) - shown)])
        if cell_len(said) <= room:
            return said
    return cut(reasons[0], room)


def sum_line(view: MergedView) -> Content:
    """How the score comes about: the highest authority's, and a quarter of the others'."""
    from ...domain.risk import SHARE_OF_OTHERS

    scores = sorted(((score, authority) for authority, score in view.risk.scores), reverse=True)
    highest, whose = scores[0]
    others = sum(score for score, _authority in scores[1:])
    said = _("score {score}: {highest} of {authority}, and {share} of {others} of the others")
    return line(
        said.format(
            score=view.risk.score,
            highest=highest,
            authority=authority_name(whose),
            share=f"1/{SHARE_OF_OTHERS}",
            others=others,
        )
    )


def what_would_change(view: MergedView) -> Lines:
    """What would bring the band down; and of which sources an answer could raise it."""
    said: list[Piece] = [change_words(change, view) for change in view.risk.changes]
    if not said and view.risk.band is not Band.GREEN:
        said.append(_("many of these would have to fall away together"))
    missing = dict.fromkeys((*view.risk.not_checked, *view.risk.stale))
    if missing and view.risk.band is not Band.RED:
        sources = ", ".join(_with_key(a) for a in missing)
        said.append(_("an answer of {sources} could also raise it").format(sources=sources))
    return [line(piece) for piece in said]


def change_words(change: Change, view: MergedView, *, short: bool = False) -> str:
    """`AMBER 12 without pork (3)`, `GREEN 0 if customs (2) answers with nothing`."""
    by_id = {c.id: c for c in view.risk.reasons}
    longest = IN_A_LINE if short else 22
    what = " + ".join(
        f"{named(by_id[i], view, longest)} ({panel(by_id[i].authority)})" if i in by_id else _rule_name(i)
        for i in change.reasons
    )
    sources = _keys(change.sources) if short else ", ".join(_with_key(a) for a in change.sources)
    if not sources:
        said = _("{band} {score} without {what}")
    elif not what:
        said = _("{band} {score} if {sources} answers with nothing")
    else:
        said = _("{band} {score} without {what}, if {sources} answers with nothing")
    return said.format(what=what, sources=sources, band=of_band(change.band).word, score=change.score)


def unjudged_words(unjudged: Unjudged) -> str:
    """Which rule could not be evaluated, and why."""
    name = unjudged.id
    if unjudged.waits_for is not None:
        return _("rule {name} waits for {authority}").format(name=name, authority=authority_name(unjudged.waits_for))
    return _("rule {name} cannot be evaluated: {why}").format(name=name, why=spoken(unjudged.why))


def _keys(authorities: Iterable[Authority]) -> str:
    return ", ".join(str(key) for key in dict.fromkeys(panel(a) for a in authorities))


def _with_key(authority: Authority) -> str:
    return f"{authority_name(authority)} ({panel(authority)})"


def _rule_name(reason: str) -> str:
    return _("rule {name}").format(name=reason.rpartition("/")[2])


def _would(words: list[str], width: int) -> str:
    """As many of them as fit in a line, the first in any case."""
    said = "".join(words[:1])
    for one in words[1:]:
        longer = f"{said}{APART}{one}"
        if cell_len(longer) > width - LABEL - 2 * MARGIN:
            break
        said = longer
    return said
