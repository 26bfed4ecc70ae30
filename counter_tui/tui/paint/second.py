"""The drawer where a second person signs: who may and how, and in one sentence what they sign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from ...domain.acts import Means
from ...domain.posts import Officer
from ..words import _, clean, say
from .cells import Lines, cut, line, rule, spoken, spread, wrap
from .choosing import Choice
from .signs import agency_name

SENTENCE_LINES = 5


def officer_choices(officers: Sequence[Officer], at: Mapping[str, Sequence[str]] | None = None) -> list[Choice]:
    """Who may sign, numbered from 1, with role and agency; and other counters `at` which they are, by their ids."""
    counters = at or {}
    return [
        Choice(
            number,
            clean(o.name),
            " · ".join((*counters.get(o.id, ()), spoken(f"role.{o.role.value}"), agency_name(o.agency))),
        )
        for number, o in enumerate(officers, start=1)
    ]


@dataclass(frozen=True, slots=True)
class ElsewhereWords:
    """A way to sign elsewhere: how many may, or the code for why nobody."""

    means: Means
    count: int
    why_not: str


def elsewhere_choices(ways: Sequence[ElsewhereWords], first: int) -> list[Choice]:
    """The other ways, numbered from `first`; a barred one says why."""
    words = {Means.OWN_COUNTER: _("at their own counter"), Means.TELEPHONE: _("by telephone")}
    return [
        Choice(number, words[way.means], say(way.why_not) if way.why_not else _("{n} may").format(n=way.count))
        for number, way in enumerate(ways, start=first)
    ]


def spelled_lines(spelled: str, width: int) -> Lines:
    """What is read out over the telephone, large enough to be read at arm's length."""
    read_out = line(
        "  ", (_("Read out:"), "$muted"), "  ", ("  ".join(" ".join(g) for g in spelled.split("-")), "bold")
    )
    group = _("three groups of five; the last sign of each is its check")
    return [read_out.truncate(width), line("  ", (cut(group, width - 4), "$muted"))]


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
