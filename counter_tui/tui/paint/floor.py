"""What the officer attests where sources are old or silent: what of it is still to be said, and what it leans on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.words import SourceState
from ..words import _
from .cells import LABEL, Lines, cut, left, line, spoken
from .identity import dotted
from .signs import panel
from .times import span

if TYPE_CHECKING:
    from ...domain.floor import Attest, Floor
    from ...domain.sections import Section
    from ...domain.view import MergedView


def attest_words(attest: Attest) -> str:
    """One thing that is attested."""
    return {
        "document": _("document and face"),
        "thermal": _("thermal check"),
        "oral": _("oral declaration"),
        "guardian": _("guardian beside them"),
    }[attest.value]


def floor_lines(view: MergedView, floor: Floor, width: int) -> Lines:
    """What is to be attested, or was, and what is not fresh; the officer's own words, in their order."""
    missing = dotted([attest_words(one) for one in floor.missing])
    told = dotted([attest_words(one) for one in floor.attested])
    asked = line(" ", (left(_("ATTEST"), LABEL), "bold"), ("j ", "bold $attention"), missing)
    done = line(" ", (left(_("ATTEST"), LABEL), "bold"), (_("by you: "), "$muted"), told)
    lines = [asked] if floor.missing else [done]
    words = _("leans on {sources}").format(sources=_leans(view, floor))
    lines.append(line((" " * (LABEL + 1) + cut(words, width - LABEL - 2), "$muted")))
    return [one.truncate(width, ellipsis=True) for one in lines]


def cap_words(floor: Floor) -> list[str]:
    """Why the floor does not reach, authority by authority; what degraded mode would let is said so."""
    more = f" · {_('degraded mode reaches so far')}"
    return [f"{panel(cap.authority)} {spoken(cap.words)}{more if cap.declared else ''}" for cap in floor.caps]


def _leans(view: MergedView, floor: Floor) -> str:
    """What is not fresh, each age once with its panels: `8 h old (1, 4), NOT CHECKED (2, 3)`."""
    said: dict[str, dict[int, None]] = {}
    for section in view.sections:
        if section.authority in floor.leans:
            said.setdefault(_state(section, view), {})[panel(section.authority)] = None
    return ", ".join(f"{words} ({', '.join(map(str, panels))})" for words, panels in said.items())


def _state(section: Section, view: MergedView) -> str:
    if section.source is SourceState.LIVE:
        return _("an old list")
    if section.source is SourceState.NOT_CHECKED or section.as_of is None:
        return _("NOT CHECKED")
    return _("{span} old").format(span=span(view.at - section.as_of))
