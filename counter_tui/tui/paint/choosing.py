"""The verdict drawer: what is judged, why, and in which words, one question at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from ...domain.decisions import ReasonCode
from ...domain.sections import Subject
from ...domain.words import Verdict
from ..words import _, clean
from .cells import Lines, cut, left, line, right, rule, spoken, spread
from .following import subject_words
from .signs import of_verdict, panel

ROWS = 7


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose: its number, its words, and who may give it, what it asks for or why it is not offered."""

    number: int
    words: str
    hint: str = ""


def subject_choices(subjects: Sequence[Subject]) -> list[Choice]:
    """What a verdict can be about, numbered from 1."""
    return [Choice(number, subject_words(subject)) for number, subject in enumerate(subjects, start=1)]


def reason_choices(
    reasons: Sequence[tuple[Verdict, ReasonCode]], usual: Verdict, subject: Subject | None
) -> list[Choice]:
    """Reasons, each with the verdict that it gives, which is said where it is not the usual one; numbered from 1."""
    return [
        Choice(
            number,
            spoken(f"reason.{reason.code}"),
            _hint(reason, "" if verdict is usual else of_verdict(verdict, subject).word),
        )
        for number, (verdict, reason) in enumerate(reasons, start=1)
    ]


def _hint(reason: ReasonCode, verdict: str) -> str:
    said = [verdict] if verdict else []
    if reason.legal_basis:
        said.append(clean(reason.legal_basis))
    if reason.note:
        said.append(_("asks for a note"))
    if reason.authority is not None:
        said.append(str(panel(reason.authority)))
    return " · ".join(said)


def narrowed(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """The choices that what was typed leaves: a number's own, or those that have every word in them."""
    wanted = typed.casefold().split()
    if not wanted:
        return list(choices)
    if len(wanted) == 1 and wanted[0].isdecimal():
        return [c for c in choices if str(c.number).startswith(wanted[0])]
    return [c for c in choices if all(word in f"{c.words} {c.hint}".casefold() for word in wanted)]


def drawer_title(verdict: Verdict, subject: Subject | None, name: str, width: int) -> Lines:
    """The line that separates, and what is about to be judged."""
    sign = of_verdict(verdict, subject)
    about = subject_words(subject) if subject is not None else ""
    before = line(" ", (sign.text, f"bold {sign.style}"), f"  {about}")
    return [rule(width), spread(before, line((cut(name, width // 2), "bold"), " "), width)]


def choice_lines(choices: Sequence[Choice], at: int, width: int, room: int = ROWS) -> Lines:
    """The choices around the one pointed at, with how many stand above and below."""
    if not choices:
        return [line(("   " + _("nothing fits; Backspace widens"), "$attention"))]
    first = max(0, min(at - room // 2, len(choices) - room))
    shown = list(enumerate(choices))[first : first + room]
    lines = [_choice(choice, index == at, width) for index, choice in shown]
    hidden = len(choices) - len(shown)
    if hidden:
        lines[-1] = spread(lines[-1], line((_("+{n} more ↑↓").format(n=hidden), "$muted"), " "), width)
    return lines


def _choice(choice: Choice, here: bool, width: int) -> Content:  # noqa: FBT001 - one flag of one private painter
    mark = "▸" if here else " "
    hint = cut(choice.hint, width // 3)
    words = left(choice.words, max(10, width - len(hint) - 10))
    return line((f" {mark} {right(str(choice.number), 2)}  {words}", "bold" if here else ""), (hint, "$muted"))


def hint_line(words: str, style: str, width: int) -> Content:
    """What the keys do now, or what is wrong."""
    return line("  ", (cut(words, width - 3), style))
