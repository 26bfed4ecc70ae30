"""A zone that does not read, and below it what would be put: where it differs, in words too, and what stays unseen."""

from collections.abc import Sequence
from itertools import zip_longest

from ...domain.documents import Change, Document, Repair
from ..diagnosis import harmless
from ..words import _, clean, say
from .cells import EMPTY, Lines, cut, line, wrap
from .times import partial

LABEL = 12
LINES = 4
BROKEN_AT = 60
NOTES = 2
CHANGES = 2


def repairs(read: Sequence[str], proposed: Sequence[Repair], at: int, *, chosen: bool, width: int) -> Lines:
    """The zone as it came, the repair at index `at` below it, each proposal in a line, and what stays unseen."""
    repair = proposed[at]
    room = width - LABEL - 2
    shown = [cut(row, room) for row in broken(read)]
    lines = [*_zone(_("READ"), shown), *_repaired(_("REPAIR {n}").format(n=at + 1), broken(read), repair)]
    if repair.reading.document is not None:
        said = wrap(who(repair.reading.document), width - LABEL - 2)
        lines += [line(" " * (LABEL + 1), (part, "bold")) for part in said]
    lines.append(EMPTY)
    for number, one in enumerate(proposed, start=1):
        here = chosen and number == at + 1
        done = cut(changes(one.changes), width - 7)
        lines.append(line("▸ " if here else "  ", (f"{number}", "bold"), "  ", (done, "bold" if here else "")))
    return [*lines, *_unseen(repair, width)]


def broken(read: Sequence[str]) -> list[str]:
    """Lines to show, harmless; one that came joined is broken where it shows."""
    rows = [harmless(text[start : start + BROKEN_AT]) for text in read for start in range(0, len(text) or 1, BROKEN_AT)]
    return rows[:LINES]


def _zone(label: str, rows: Sequence[str]) -> Lines:
    return [line(" ", (_head(label, first=not n), "bold"), row) for n, row in enumerate(rows)]


def _head(label: str, *, first: bool) -> str:
    return (label if first else "").ljust(LABEL)


def _repaired(label: str, read: Sequence[str], repair: Repair) -> Lines:
    """The repaired lines; under each, a sign below every character that is not as it came."""
    lines: Lines = []
    comparable = len(read) == len(repair.lines)
    for number, text in enumerate(repair.lines):
        lines.append(line(" ", (_head(label, first=not number), "bold"), text))
        marks = marked(read[number], text) if comparable else ""
        if marks:
            lines.append(line(" " * (LABEL + 1), (marks, "bold $attention")))
    return lines


def marked(read: str, put: str) -> str:
    """`^` under what differs. Where a character was left out or put in, under that place and not all behind it."""
    if len(read) != len(put):
        start = next((n for n, (a, b) in enumerate(zip_longest(read, put)) if a != b), 0)
        return " " * start + "^" * max(1, len(put) - len(read))
    return "".join("^" if a != b else " " for a, b in zip(read, put, strict=True)).rstrip()


def who(document: Document) -> str:
    """Whom the repaired zone names: to be held against the printed page, field by field."""
    parts = [clean(document.display_name), f"{clean(document.issuing_state)} {clean(document.number)}"]
    parts.append(_("born {date}").format(date=partial(document.birth)))
    if document.expiry is not None:
        parts.append(_("exp {date}").format(date=partial(document.expiry)))
    return " · ".join(parts)


def changes(done: Sequence[Change]) -> str:
    """What was changed, in words; the first of many."""
    said = "; ".join(say(change.text) for change in done[:CHANGES])
    more = len(done) - CHANGES
    return said if more <= 0 else f"{said}; " + _("and {n} more").format(n=more)


def _unseen(repair: Repair, width: int) -> Lines:
    """What no check digit vouches for."""
    said = [say(note) for note in repair.notes[:NOTES]]
    left_out = len(repair.notes) - NOTES
    if left_out > 0:
        said[-1] += " " + _("and {n} more").format(n=left_out)
    said.append(_("No check digit guards the name: compare it letter by letter."))
    return [line(" ", (part, "$attention")) for sentence in said for part in wrap("! " + sentence, width - 2)]
