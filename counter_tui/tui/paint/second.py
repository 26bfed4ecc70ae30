"""The drawer where a second person signs: who may, and in one sentence what they sign."""

from collections.abc import Sequence

from textual.content import Content

from ...domain.posts import Officer
from ..words import _, clean
from .cells import Lines, cut, line, rule, spoken, spread, wrap
from .choosing import Choice
from .signs import agency_name

SENTENCE_LINES = 5


def officer_choices(officers: Sequence[Officer]) -> list[Choice]:
    """Who may sign beside, numbered from 1, with role and agency."""
    return [
        Choice(number, clean(o.name), f"{spoken(f'role.{o.role.value}')} · {agency_name(o.agency)}")
        for number, o in enumerate(officers, start=1)
    ]


def signing_title(what: str, about: str, width: int) -> Lines:
    """The line that separates, what two people are about to sign, and about whom."""
    head = line(" ", (what, "bold $attention"), ("  " + _("two people sign"), "$muted"))
    return [rule(width), spread(head, line((cut(about, width // 2), "bold"), " "), width)]


def sentence_lines(sentence: str, width: int) -> Lines:
    """What is signed, in as many lines as it takes."""
    return [line("  ", (part, "bold")) for part in wrap(sentence, max(20, width - 4), SENTENCE_LINES)]


def chosen_line(words: str, width: int) -> Content:
    """What was answered before."""
    return line(" ▸ ", (cut(words, width - 4), ""))
