"""The reader test: the last burst as it came, what was lost of it, how fast it was, and what to set."""

from collections.abc import Iterator

from textual.content import Content

from ...domain.documents import Reading, Severity
from ..diagnosis import Diagnosis, Row
from ..pace import Log, Pace
from ..reader import Timing
from ..words import _, clean, ngettext, say
from .cells import EMPTY, Lines, cut, line, wrap
from .times import partial

LABEL = 11
ROWS = 5
NUMBER = 4
END, SIZE = 12, 8


def reader_test(log: Log, found: Diagnosis | None, timing: Timing, width: int) -> Lines:
    """All of it, for a width in cells."""
    lines = [line(" ", (part, "$muted")) for part in wrap(_intro(), width - 2)]
    lines.append(EMPTY)
    if found is None:
        lines.append(line(" ", (_("Nothing came yet."), "bold")))
    else:
        lines += _received(found, width)
        lines += _labelled(_("LOST"), _lost(found), width, "$stop" if found.losses else "")
        lines += _labelled(_("READS"), _reads(found), width, "" if found.reading and found.reading.valid else "$stop")
        pace = log.paces[-1] if log.paces and log.last is not None and log.last.times else None
        lines += _labelled(_("PACE"), _pace(pace), width)
    lines.append(EMPTY)
    lines += _labelled(_("SET"), [_settings(timing)], width)
    if found is not None:
        todo = [say(told, **params) for told, params in found.todo]
        fits = [_fits(log)] if found.advice is not None else []
        lines += _labelled(_("ADVICE"), todo or fits, width, "$attention" if todo else "")
    return lines


def _intro() -> str:
    return _(
        "Swipe a document here, more than once. No traveller is opened; what comes is shown, kept nowhere, and gone "
        "when you leave."
    )


def _labelled(label: str, said: list[str], width: int, style: str = "") -> Iterator[Content]:
    first = True
    for sentence in said:
        for part in wrap(sentence, max(20, width - LABEL - 2)):
            yield line(" ", ((label if first else "").ljust(LABEL), "bold"), (part, style))
            first = False


def _received(found: Diagnosis, width: int) -> Lines:
    came = ngettext(
        "{n} character, {visible} without line ends", "{n} characters, {visible} without line ends", found.characters
    )
    lines = list(_labelled(_("RECEIVED"), [came.format(n=found.characters, visible=found.visible)], width))
    for number, row in enumerate(found.rows[:ROWS], start=1):
        lines.append(_row(number, row, width))
        if row.first is not None and row.last is not None:
            lines.append(_marks(row))
    left_out = len(found.rows) - ROWS
    if left_out > 0:
        lines.append(line(" " * (NUMBER + 2), (_("and {n} more lines").format(n=left_out), "$muted")))
    return lines


def _row(number: int, row: Row, width: int) -> Content:
    end = cut(row.end, END)
    text = cut(row.text, width - NUMBER - 2 - len(end) - SIZE)
    return line(f"{number:>{NUMBER}}  ", text, (end, "$muted"), (f"   {row.size}", "$muted"))


def _marks(row: Row) -> Content:
    first, last = row.first or 1, row.last or 1
    return line(" " * (NUMBER + 1 + first), ("^" * (last - first + 1), "$stop"))


def _lost(found: Diagnosis) -> list[str]:
    if found.expected is None:
        return [_("not known: no zone begins like this")]
    if found.losses:
        return [_loss(loss.line, loss.size, loss.width, loss.first, loss.last) for loss in found.losses]
    if found.visible > found.expected:
        return [
            _("nothing; {n} more came than the {expected} of a zone").format(
                n=found.visible - found.expected, expected=found.expected
            )
        ]
    return [_("nothing")] if found.reading else [_("not known: lines do not fit a zone")]


def _loss(number: int, size: int, width: int, first: int | None, last: int | None) -> str:
    told = _("line {line}: {size} of {width} characters").format(line=number, size=size, width=width)
    if first is None or last is None:
        return told
    if first == last:
        return told + ", " + _("missing from position {first} on").format(first=first)
    return told + ", " + _("lost between positions {first} and {last}").format(first=first, last=last)


def _reads(found: Diagnosis) -> list[str]:
    if found.reading is None:
        said = [_("nothing: not all of it came")] if found.losses else [_("nothing: it is no zone")]
    elif found.reading.document is not None:
        return [_("{format}, every check digit agrees").format(format=found.reading.format), _who(found.reading)]
    else:
        wrong = [p for p in found.reading.problems if p.severity is Severity.INVALID]
        said = [say(problem.text) for problem in wrong[:2]]
        if len(wrong) > 2:
            said.append(_("and {n} more").format(n=len(wrong) - 2))
    if found.proposals:
        said.append(
            ngettext("{n} repair would be proposed", "{n} repairs would be proposed", found.proposals).format(
                n=found.proposals
            )
        )
    return said


def _who(reading: Reading) -> str:
    document = reading.document
    assert document is not None
    parts = [clean(document.display_name), f"{clean(document.issuing_state)} {clean(document.number)}"]
    return " · ".join([*parts, partial(document.birth)])


def _pace(pace: Pace | None) -> list[str]:
    if pace is None:
        return [_("pasted: it came without times")]
    gaps = _("between characters: median {median} ms, 95 % up to {p95}, longest {longest}").format(
        median=_ms(pace.median), p95=_ms(pace.p95), longest=_ms(pace.longest)
    )
    return [_("{n} characters a second").format(n=f"{pace.speed:.0f}"), gaps] if pace.speed else [gaps]


def _settings(timing: Timing) -> str:
    return _("gap {gap} ms, quiet {quiet} ms, {n} characters (config/reader.toml)").format(
        gap=_ms(timing.gap), quiet=_ms(timing.quiet), n=timing.characters
    )


def _fits(log: Log) -> str:
    count = len(log.paces)
    return ngettext(
        "what is set fits this reader, by {n} burst", "what is set fits this reader, by {n} bursts", count
    ).format(n=count)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}".removesuffix(".0")
