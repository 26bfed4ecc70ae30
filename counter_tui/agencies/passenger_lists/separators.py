"""Which separators an interchange uses: what its service string advice (UNA) says, held against the text behind it.

UNA:+.?*'   component, element, decimal mark, release, repetition (a blank: none), end of a segment
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

BLANKS: Final = " \t\n\r\v\f\x1e"
"""And no others: a byte of a letter in UTF-8 may look like a blank by itself."""
_GAP: Final = 24
"""Characters between UNA and the header behind it, six of them separators."""
_FAR: Final = 4096
_NEXT: Final = {"UNB": "UN[GH]", "UNG": "UNH", "UNH": "BGM"}
_UNFIT: Final = re.compile(r"[A-Za-z0-9\s\x00-\x1b\x7f-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Separators:
    """The six; `release` and `repetition` are "" where there is none. Without a UNA nothing repeats.

    (Version 4 of the syntax would have `*` repeat; real lists carry it inside of names and addresses.)
    """

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str = "?"
    repetition: str = ""
    terminator: str = "'"

    def spelled(self) -> str:
        """As a UNA would say it."""
        return "".join(mark or " " for mark in self._every())

    def marks(self) -> list[str]:
        """Those that there are, in the order of a UNA."""
        return [mark for mark in self._every() if mark]

    def _every(self) -> tuple[str, ...]:
        return self.component, self.element, self.decimal, self.release, self.repetition, self.terminator

    def ending(self, terminator: str) -> "Separators":
        """The same with another end of segments."""
        return replace(self, terminator=terminator)


@dataclass(frozen=True, slots=True)
class Observed:
    """The separators that a text uses, from `start` (of its UNA, or of its header) on.

    `lying`: the UNA says otherwise (`declared` is what it says). `ends_by_line`: line ends are the ends of segments.
    """

    separators: Separators
    start: int
    declared: str = ""
    lying: bool = False
    ends_by_line: bool = False


def observe(text: str, header: int) -> Observed:
    """The separators of the interchange whose UNB, or message whose UNH, stands at `header` of `text`."""
    una = text.rfind("UNA", max(0, header - _GAP), header)
    said = text[una + 3 : header] if una >= 0 else ""
    declared = _declared(said) if una >= 0 else Separators()
    used = _used(text, header, declared)
    by_line = used is None
    found = used or replace(declared, element=text[header + 3], component=_component(text, header, declared))
    found = _distinct(found)
    lying = una >= 0 and not by_line and (said[:6] != found.spelled() or bool(said[6:].strip()))
    return Observed(found, una if una >= 0 else header, said, lying, by_line)


def _declared(said: str) -> Separators:
    """A UNA of less than six characters, or more, or with letters among them, says as much as it can."""
    marks = ["" if _UNFIT.match(mark) else mark for mark in said[:6].ljust(6)]
    component, element, decimal, release, repetition, terminator = marks
    return Separators(component or ":", element or "+", decimal or ".", release, repetition, terminator or "'")


def _component(text: str, header: int, declared: Separators) -> str:
    """What stands behind the syntax identifier of a UNB, or the message type of a UNH."""
    known = re.compile(r"UN[BH].(?:UNO[A-Z]|.{0,36}?[A-Z]{6})([^A-Za-z0-9\s])").match(text, header)
    mark = known[1] if known else ""
    return mark if mark and mark != text[header + 3] else declared.component


def _used(text: str, header: int, declared: Separators) -> Separators | None:
    """As the text has them; None where no character ends its first segment."""
    element = text[header + 3]
    behind = re.compile(_NEXT[text[header : header + 3]] + re.escape(element))
    following = behind.search(text, header + 4, header + _FAR)
    if following is None:
        return replace(declared, element=element, component=_component(text, header, declared))
    before = text[header : following.start()].rstrip(BLANKS)[-1:]
    component = _component(text, header, declared)
    if _UNFIT.match(before) or before in {element, component}:
        return None
    return replace(declared, element=element, component=component, terminator=before)


def _distinct(found: Separators) -> Separators:
    """No character means two things: what the text shows stays, the others give way."""
    marks = Counter(found.marks())
    if max(marks.values()) == 1:
        return found
    taken = {found.component, found.element, found.terminator}
    release = found.release if found.release not in taken else ""
    taken.add(release)
    decimal = found.decimal if found.decimal not in taken else next(m for m in ".,;" if m not in taken)
    taken.add(decimal)
    repetition = found.repetition if found.repetition not in taken else ""
    return replace(found, release=release, decimal=decimal, repetition=repetition)
