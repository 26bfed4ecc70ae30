"""The sign-offs that close a joint procedure: whose is missing, how it is given, and who has signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from ...domain.procedures.closing import SignOffState
from ...domain.procedures.progress import Progress
from ...domain.words import PANEL_OF, Role
from ..words import _, clean, ngettext
from .cells import Lines, cut, left, line, rule, spoken, spread, wrap
from .signs import agency_name
from .times import hh_mm

if TYPE_CHECKING:
    from collections.abc import Sequence

GIVEN, HERE = "✓", "▸"
WIDEST_OWNER = 15
"""As the owners of steps stand above."""
STYLE = {GIVEN: "$muted", HERE: "bold"}


def whose_words(one: SignOffState) -> str:
    """`1 immigration (supervisor)`, and how many where more than one signs."""
    words = f"{PANEL_OF[one.agency]} {agency_name(one.agency)}"
    if one.role is Role.SUPERVISOR:
        words = f"{words} ({spoken('role.supervisor')})"
    return _("{n} of {whom}").format(n=one.persons, whom=words) if one.persons > 1 else words


def missing_words(signs: Sequence[SignOffState]) -> str:
    """Whose signatures are missing, each once."""
    return ", ".join(dict.fromkeys(whose_words(one) for one in signs))


def signs_line(found: Progress, width: int, key: str) -> Content | None:
    """Once no step is open: whose signatures are missing, and the key that leads to them. None where none is."""
    if found.open or not found.unsigned:
        return None
    words = _("to sign: {whom}").format(whom=missing_words(found.unsigned))
    return spread(line((cut(f"   {HERE} {words}", width - 4), "bold $attention")), line(" ", (key, "bold"), " "), width)


def sign_row(one: SignOffState, found: Progress, width: int, zone: str) -> Content:
    """One sign-off in one line: done, to be given now, or waiting for steps of the agency."""
    first = next((sign for sign in found.unsigned if not sign.open), None)
    mark = GIVEN if one.given else HERE if one is first and not found.next else " "
    before = f"   {mark} {left(f'{PANEL_OF[one.agency]} {agency_name(one.agency)}', WIDEST_OWNER)} "
    behind = line((how_far(one, zone), "$muted" if one.given else ""), " ")
    text = _("sign-off of a supervisor") if one.role is Role.SUPERVISOR else _("sign-off")
    if one.persons > 1:
        text = _("{sign_off}, {n} sign").format(sign_off=text, n=one.persons)
    text = cut(text, width - len(before) - behind.cell_length - 1)
    return spread(line((before + text, STYLE.get(mark, ""))), behind, width)


def how_far(one: SignOffState, zone: str) -> str:
    """When it was given, else what is missing, in a few words."""
    if one.given:
        return hh_mm(one.at, zone) if one.at is not None else ""
    if one.open:
        return ngettext("{n} step open", "{n} steps open", one.open).format(n=one.open)
    if one.stale:
        return _("to be signed again")
    return _("{n} of {all} signed").format(n=len(one.by), all=one.persons)


def sign_detail(one: SignOffState, found: Progress, names: Mapping[str, str], width: int, height: int) -> Lines:
    """The sign-off in full: who signs, who has, and what is missing. `names` of officers by id."""
    numbers = ", ".join(clean(p.number) for p in found.plan.procedures if p.id in one.of)
    said = [_("{whom} signs for its part of SOP {numbers}").format(whom=whose_words(one), numbers=numbers)]
    if one.by:
        said.append(_("signed by {who}").format(who=", ".join(clean(names.get(by, by)) for by in one.by)))
    if one.role is Role.SUPERVISOR and not one.supervised:
        said.append(_("a supervisor is still to sign"))
    if one.stale:
        said.append(_("they said more of it since they signed: it takes a new signature"))
    if not one.given:
        said.append(_how_to(one))
    text = [part for words in said for part in wrap(words, width - 2, 2)]
    return [rule(width), *(line(" ", part) for part in text)][:height]


def _how_to(one: SignOffState) -> str:
    """How it is given."""
    if one.open:
        return _("It signs once its own steps are done or not needed.")
    if one.persons > 1:
        return _("Enter signs: two beside each other, or each at their own counter. Nothing is closed before that.")
    return _("Enter signs, in your name or with a second person beside you. Nothing is closed before that.")
