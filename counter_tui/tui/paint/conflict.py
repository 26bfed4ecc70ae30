"""A conflict in two columns, here and there: what was said, by whom, when, leaning on what; what differs says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from ..words import _, clean
from .cells import EMPTY, Lines, cut_middle, left, line, rule, spoken, spread, wrap
from .following import subject_words
from .mode import unsigned_lines
from .signs import authority_name, of_verdict, panel
from .times import stopwatch, when

if TYPE_CHECKING:
    from ...domain.joint.deeds import Review
    from ...workstation.queue_conflicts import ConflictView, Side

LABEL = 10
TALL = 30


@dataclass(frozen=True, slots=True)
class _Row:
    """One thing that is compared: what it is called, what either side says, in lines."""

    label: str
    here: tuple[str, ...]
    there: tuple[str, ...]
    styles: tuple[str, str] = ("", "")
    compared: bool = True

    @property
    def differs(self) -> bool:
        """Whether the sides say different things of what is compared."""
        return self.compared and self.here != self.there


def conflict_lines(view: ConflictView, at: int, now: datetime, zone: str, width: int, height: int) -> Lines:
    """The whole of it in at most `height` lines. `at` is which of the other sides is shown."""
    there = view.there[min(at, len(view.there) - 1)]
    differs = _("differs")
    mark = cell_len(differs) + 1
    column = (width - LABEL - mark - 3) // 2
    head = [_title(view, width), rule(width), _columns(view, there, at, column)]
    foot = [rule(width), _settles(view, width), *_review(view, now, width), *unsigned_lines(view.unsigned, width)]
    room = height - len(head) - len(foot)
    rows = _rows(view.here, there, now, zone, column, long=height >= TALL)
    body = [part for row in rows for part in _painted(row, column, differs)]
    return [*head, *body[:room], *[EMPTY] * max(0, room - len(body)), *foot][:height]


def _title(view: ConflictView, width: int) -> Content:
    sign = of_verdict(view.in_force, view.subject)
    who = cut_middle(clean(view.who), width // 3)
    about = f"{clean(view.nationality)}  {subject_words(view.subject)}"
    before = line(" ", (_("CONFLICT"), "bold $stop"), f"  {who}  {about}")
    return spread(
        before, line((_("in force: the stricter"), "$muted"), "  ", (sign.text, f"bold {sign.style}"), " "), width
    )


def _columns(view: ConflictView, there: Side, at: int, column: int) -> Content:
    which = _side_words(there)
    if len(view.there) > 1:
        which = f"{which} ({min(at, len(view.there) - 1) + 1}/{len(view.there)}, t)"
    here = _side_words(view.here)
    return line(" " * (LABEL + 1), (left(here, column), "bold"), "  ", (left(which, column), "bold"))


def _side_words(side: Side) -> str:
    told = _("HERE {counter}") if side.own else _("THERE {counter}")
    return told.format(counter=clean(side.counter))


def _rows(here: Side, there: Side, now: datetime, zone: str, column: int, *, long: bool) -> Iterator[_Row]:
    """Everything that is compared, what was decided first."""

    def both(label: str, say: Callable[[Side], Sequence[str]], most: int = 2, *, compared: bool = True) -> _Row:
        said = [tuple(part for words in say(side) for part in wrap(words, column, most)) for side in (here, there)]
        return _Row(label, said[0], said[1], compared=compared)

    verdicts = both(_("verdict"), _verdicts, 1)
    styles = tuple(f"bold {of_verdict(side.strictest).style}" for side in (here, there))
    yield _Row(verdicts.label, verdicts.here, verdicts.there, (styles[0], styles[1]))
    yield both(_("reason"), _reasons, 2 if long else 1)
    yield both(_("by"), _who, 1)
    yield both(_("when"), lambda side: _when(side, now, zone), 1)
    yield both(_("learned"), lambda side: _learned(side, now, zone), 1, compared=False)
    yield both(_("lists"), lambda side: _lists(side, now, zone), 2 if long else 1)
    yield both(_("rules"), lambda side: (clean(side.rules),), 3 if long else 2)
    yield both(_("note"), _notes, 4 if long else 2)


def _verdicts(side: Side) -> Sequence[str]:
    told = (
        f"{panel(j.authority)} {of_verdict(j.verdict, j.subject).text} {authority_name(j.authority)}"
        for j in side.verdicts
    )
    return tuple(told)


def _reasons(side: Side) -> Sequence[str]:
    said = dict.fromkeys(spoken(f"reason.{j.reason}") for j in side.verdicts if j.reason)
    return tuple(said) or (_("no reason given"),)


def _notes(side: Side) -> Sequence[str]:
    return tuple(dict.fromkeys(clean(j.note) for j in side.verdicts if j.note)) or ("-",)


def _who(side: Side) -> Sequence[str]:
    second = (_("second: {name}").format(name=clean(side.second)),) if side.second else ()
    return (clean(side.by), *second)


def _when(side: Side, now: datetime, zone: str) -> Sequence[str]:
    return (_("{time} by its clock").format(time=when(side.at, now, zone)),)


def _learned(side: Side, now: datetime, zone: str) -> Sequence[str]:
    """When this counter heard of it, by this counter's own clock."""
    if side.own:
        return (_("recorded here"),)
    return (_("came here {time}").format(time=when(side.learned, now, zone)) if side.learned else _("not known"),)


def _lists(side: Side, now: datetime, zone: str) -> Sequence[str]:
    return tuple(_version(clean(name), clean(said), now, zone) for name, said in side.lists) or (_("none"),)


def _version(name: str, said: str, now: datetime, zone: str) -> str:
    """A list's version and when that was true, on the post's clock; as it was recorded where it says something else."""
    number, _of, rest = said.partition(" of ")
    try:
        at = datetime.fromisoformat(rest.partition(",")[0])
    except ValueError:
        return f"{name} {said}"
    return _("{list} version {n}, of {time}").format(list=name, n=number, time=when(at, now, zone))


def _painted(row: _Row, column: int, differs: str) -> Lines:
    """The row's lines: label and the word that it differs in the first of them."""
    height = max(len(row.here), len(row.there), 1)
    lines = []
    for at in range(height):
        here, there = (part[at] if at < len(part) else "" for part in (row.here, row.there))
        label = row.label if at == 0 else ""
        mark = differs if at == 0 and row.differs else ""
        lines.append(
            line(
                " ",
                (left(label, LABEL), "$muted"),
                (left(here, column), row.styles[0]),
                "  ",
                (left(there, column), row.styles[1]),
                " ",
                (mark, "bold $attention"),
            )
        )
    return lines


def _settles(view: ConflictView, width: int) -> Content:
    """Who ends it: whoever gave what is in force; a review changes no verdict."""
    whose = ", ".join(f"{panel(one)} {authority_name(one)}" for one in view.settles)
    sign = of_verdict(view.in_force, view.subject)
    told = _("only {whose} ends {verdict}: they release it, or it stays").format(whose=whose, verdict=sign.word)
    return line(" ", (_("WHO SETTLES"), "bold"), f"  {told}").truncate(width, ellipsis=True)


def _review(view: ConflictView, now: datetime, width: int) -> Lines:
    """How far the joint review is, and who is to agree until when."""
    review = view.review
    if review is None:
        return [line((_(" No joint review yet: j opens one. Nothing is let go meanwhile."), "$muted")).truncate(width)]
    level = (_("duty officers"), _("heads of section"), _("heads of post and agencies"))[review.level(now)]
    since = stopwatch(now - review.opened)
    aim = stopwatch(review.until(now) - review.opened)
    head = line(
        " ", (_("JOINT REVIEW"), "bold"), f"  {level}  ", (_("{since} of {aim}").format(since=since, aim=aim), "bold")
    )
    if review.over(now):
        over = line(
            " ", (_("No agreement in time: what is held stays held with whoever placed it."), "bold $attention")
        )
        return [head, over.truncate(width)]
    said = [words for act in review.said if (words := _said(act.deed))]
    return [head, line(" ", " · ".join(said) or _("nobody has said anything yet")).truncate(width, ellipsis=True)]


def _said(deed: Review) -> str:
    """What one side says, with its verdict where it gives one."""
    told = [of_verdict(deed.verdict).text] if deed.verdict is not None else []
    told += [clean(deed.note)] if deed.note else []
    return f"{authority_name(deed.authority)}: {', '.join(told)}" if deed.authority is not None else ", ".join(told)
