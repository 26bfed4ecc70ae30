"""The joint band, explained: in one line, and in full with what would change it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from rich.cells import cell_len
from textual.content import Content

from ...domain.risk import SHARE_OF_OTHERS, RiskRules, authority_score, joint_risk
from ...domain.sections import Contribution
from ...domain.view import MergedView
from ...domain.words import Band
from ..words import _
from .cells import LABEL, Lines, Piece, left, line, spread
from .changes import BAND
from .panels import CHANGED, short_words
from .signs import authority_name, of_band, panel

SHORTER = (24, 18, 14, 10)  # cells for the words of a reason, as fewer are left
APART = "   "
UNBOUNDED = RiskRules("", 101, 101, ())  # scores without bands: what is left are the floors


def joint_line(view: MergedView, changed: frozenset[str], width: int, *, told: bool = False) -> Content:
    """Band word, score, the reasons that weigh most, as many as fit, unless they are `told` below; the key for all."""
    mark = CHANGED if BAND in changed else " "
    key = line((_("w why"), "$muted"), " ")
    before = line((mark, "bold"), (left(_("JOINT"), LABEL), "bold"), band_words(view), "   ")
    if told:
        return spread(before, key, width)
    if view.risk.band is Band.GREEN and not view.risk.reasons:
        return spread(line(before, _("nothing stands against this traveller")), key, width)
    room = width - before.cell_length - key.cell_length - 2
    return spread(line(before, _as_many(view, room)), key, width)


def band_words(view: MergedView) -> Content:
    """`AMBER ▲ 52`."""
    sign = of_band(view.risk.band)
    return line((f"{sign.text} {view.risk.score}", f"bold {sign.style}"))


def reason_words(view: MergedView, longest: int) -> Iterator[str]:
    """`+40 pork (3)`: what weighs, what, and whose; then what lifts the band because it is not known."""
    for contribution in view.risk.reasons:
        number = panel(contribution.authority)
        yield f"{weight(contribution)} {short_words(contribution, view, longest)} ({number})"
    for authority in view.risk.not_checked:
        yield _("NOT CHECKED ({key})").format(key=panel(authority))
    for authority in view.risk.stale:
        yield _("too old ({key})").format(key=panel(authority))


def weight(contribution: Contribution) -> str:
    """`+40`, or for what gives no points the band that it holds: `AMBER`."""
    if contribution.points is None:
        return _("at least {band}").format(band=of_band(contribution.band_floor).word)
    return f"{contribution.points:+d}"


def _as_many(view: MergedView, room: int) -> str:
    """The reasons in one line: first their words give way, then the last of them."""
    for longest in SHORTER:
        reasons = list(reason_words(view, longest))
        if cell_len(APART.join(reasons)) <= room:
            return APART.join(reasons)
    shown = len(reasons)
    while shown > 1:
        shown -= 1
        said = APART.join([*reasons[:shown], _("+{n} more").format(n=len(reasons) - shown)])
        if cell_len(said) <= room:
            break
    return said


def sum_line(view: MergedView) -> Content:
    """How the score comes about: the highest authority's, and a quarter of the others'."""
    scores = sorted(((authority_score(s), s.authority) for s in view.sections), reverse=True)
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


def what_would_change(view: MergedView, now: datetime) -> Lines:
    """For each reason: the score and the floor without it, and who can take it away."""
    said: list[Piece] = []
    for contribution in view.risk.reasons:
        rest = [
            replace(s, contributions=tuple(c for c in s.contributions if c.id != contribution.id))
            for s in view.sections
        ]
        without = joint_risk(rest, UNBOUNDED, now)
        text = _("without {what} ({key}): score {score}").format(
            what=short_words(contribution, view), key=panel(contribution.authority), score=without.score
        )
        if contribution.band_floor > max(without.band, Band.GREEN):
            text += _(", no longer at least {band}").format(band=of_band(contribution.band_floor).word)
        said.append(text)
    said += [
        _("an answer of {authority} ({key}): no longer at least AMBER for want of it").format(
            authority=authority_name(a), key=panel(a)
        )
        for a in dict.fromkeys((*view.risk.not_checked, *view.risk.stale))
    ]
    return [line(piece) for piece in said]
