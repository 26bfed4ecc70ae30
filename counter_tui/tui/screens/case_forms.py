"""What is asked before something is said of a case: question after question, in the language that is on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...domain.cases.deeds import Clock, Link, Linked, Need
from ...domain.cases.rules import HoldLaw, TaskKind
from ...domain.posts import Officer
from ...domain.whereabouts import Place
from ...domain.words import PANEL_OF, Agency
from ..paint.cases import link_words, panel_words
from ..paint.cells import spoken
from ..paint.choosing import Choice
from ..paint.second import officer_choices
from ..widgets.form_drawer import Answers, Question
from ..words import _, clean

NUMBER = 5
LABEL = 80
PLACES = tuple(Place)
NEEDS = tuple(Need)
CLOCKS = tuple(Clock)
AGENCIES = tuple(PANEL_OF)
THINGS = tuple(kind for kind in Linked if kind not in (Linked.CROSSING, Linked.PERSON, Linked.CASE))


def numbered(words: Sequence[str]) -> list[Choice]:
    """Choices in this order."""
    return [Choice(number, word) for number, word in enumerate(words, start=1)]


def note(*, empty: bool = False) -> Question:
    """A note."""
    return Question("note", lambda: _("note: what another officer needs to know"), empty=empty)


def agency(agencies: Sequence[Agency] = AGENCIES) -> Question:
    """One of these agencies."""
    return Question(
        "agency",
        lambda: _("which agency? number, words or arrows"),
        lambda _answers: numbered([panel_words(one) for one in agencies]),
        when=lambda _answers: len(agencies) > 1,
    )


def words(name: str, ask: Callable[[], str], *, empty: bool = False, longest: int = LABEL) -> Question:
    """Some words."""
    return Question(name, ask, empty=empty, longest=longest)


def task(kinds: Callable[[Answers], Sequence[TaskKind]], usual: int) -> tuple[Question, ...]:
    """An agency, and what it is usually asked to do, or something else in words, within so many minutes."""

    def said(answers: Answers) -> list[Choice]:
        known = kinds(answers)
        choices = [
            Choice(at, spoken(one.code), _("{n} min").format(n=one.minutes)) for at, one in enumerate(known, start=1)
        ]
        return [*choices, Choice(len(choices) + 1, _("something else, in words"))]

    def other(answers: Answers) -> bool:
        return chosen(answers, "what") == len(kinds(answers)) or not kinds(answers)

    return (
        agency(),
        Question("what", lambda: _("what is to be done? number, words or arrows"), said, when=lambda a: bool(kinds(a))),
        Question("words", lambda: _("what is to be done"), when=other, longest=200),
        Question(
            "minutes",
            lambda: _("within how many minutes of seeing it? Enter: {n}").format(n=usual),
            when=other,
            empty=True,
            longest=NUMBER,
        ),
    )


def law(laws: Callable[[Answers], Sequence[HoldLaw]]) -> tuple[Question, Question]:
    """A law that the agency holds by, or another one in words."""

    def said(answers: Answers) -> list[Choice]:
        known = laws(answers)
        doubts = {"memory": _("to be confirmed by the post"), "disputed": _("sources disagree")}
        choices = [Choice(at, clean(one.legal_basis), doubts.get(one.doubt, "")) for at, one in enumerate(known, 1)]
        return [*choices, Choice(len(choices) + 1, _("another law, in words"))]

    def other(answers: Answers) -> bool:
        return chosen(answers, "law") == len(laws(answers)) or not laws(answers)

    return (
        Question("law", lambda: _("under which law? number, words or arrows"), said, when=lambda a: bool(laws(a))),
        Question("basis", lambda: _("under which law? act and article"), when=other, longest=LABEL),
    )


def minutes(ask: Callable[[], str]) -> Question:
    """A number of minutes; empty for the usual one."""
    return Question("minutes", ask, empty=True, longest=NUMBER)


def place() -> Question:
    """A place of the post, or beyond it."""
    return Question(
        "place",
        lambda: _("where? number, words or arrows"),
        lambda _answers: numbered([spoken(f"place.{one.value}") for one in PLACES]),
    )


def need() -> Question:
    """What somebody needs."""
    return Question(
        "need",
        lambda: _("needs what? number, words or arrows"),
        lambda _answers: numbered([spoken(f"need.{one.value}") for one in NEEDS]),
    )


def clock(states: Sequence[bool]) -> Question:
    """One of the two clocks; `states`: which run."""

    def said(_answers: Answers) -> list[Choice]:
        names = {Clock.SECURITY: _("security's clock"), Clock.SERVICE: _("service's clock")}
        hints = [_("runs: stop it") if runs else _("stands: let it run") for runs in states]
        return [Choice(at, names[one], hint) for at, (one, hint) in enumerate(zip(CLOCKS, hints, strict=True), start=1)]

    return Question("clock", lambda: _("which clock? number or arrows"), said)


def link(links: Sequence[Link], ask: Callable[[], str], *, other: bool = False) -> tuple[Question, ...]:
    """One of what the case is about, asked where there are several; `other`: or something new, its kind and name."""

    def said(_answers: Answers) -> list[Choice]:
        known = [link_words(one) for one in links]
        return numbered([*known, _("something else")] if other else known)

    def new(answers: Answers) -> bool:
        return other and (not links or answers.get("link") == str(len(links) + 1))

    kind = Question(
        "kind",
        lambda: _("what kind of thing? number or arrows"),
        lambda _answers: numbered([spoken(f"linked.{one.value}") for one in THINGS]),
        when=new,
    )
    label = Question("label", lambda: _("what is it? number, colour, seal"), when=new, longest=LABEL)
    first = Question("link", ask, said, when=lambda _answers: len(links) > int(not other))
    return (first, kind, label) if other else (first,)


def person(
    name: str, ask: Callable[[], str], named: Sequence[str], officers: Sequence[Officer]
) -> tuple[Question, ...]:
    """Somebody: one of those named, an officer, or somebody else by name."""

    def said(_answers: Answers) -> list[Choice]:
        first = numbered([clean(one) for one in named])
        after = [Choice(len(first) + one.number, one.words, one.hint) for one in officer_choices(officers)]
        return [*first, *after, Choice(len(first) + len(after) + 1, _("somebody else, by name"))]

    last = str(len(named) + len(officers) + 1)
    other = Question(
        f"{name}-name",
        lambda: _("name and office"),
        when=lambda answers: answers.get(name) == last,
        longest=LABEL,
    )
    return Question(name, ask, said), other


def signed(
    officers: Callable[[Answers], Sequence[Officer]],
    sentence: Callable[[Answers, Officer], str],
    when: Callable[[Answers], bool] = lambda _answers: True,
) -> tuple[Question, Question]:
    """Who signs beside, and their PIN, with what they sign in one sentence."""

    def second(answers: Answers) -> Officer:
        return officers(answers)[int(answers["second"]) - 1]

    return (
        Question(
            "second",
            lambda: _("who signs beside you? number, name or arrows"),
            lambda answers: officer_choices(officers(answers)),
            when=when,
        ),
        Question(
            "pin",
            lambda: _("their PIN, typed by them"),
            secret=True,
            sentence=lambda answers: sentence(answers, second(answers)),
            when=when,
        ),
    )


def releaser(officers: Sequence[Officer]) -> Question:
    """Who of the duty roster can release it until its review; or that nobody can be reached."""
    return Question("releaser", _who_releases, lambda _answers: releaser_choices(officers))


def _who_releases() -> str:
    return _("who can release it? number, name or arrows")


def releaser_choices(officers: Sequence[Officer]) -> list[Choice]:
    """These, and nobody."""
    known = officer_choices(officers)
    return [*known, Choice(len(known) + 1, _("nobody can be reached"), _("raised off-post at its review"))]


def chosen(answers: Answers, name: str) -> int:
    """The place in a list, from 0, of what was chosen; 0 where it was not asked."""
    return int(answers.get(name, "1")) - 1


def number_of(answers: Answers, usual: int) -> int | None:
    """The minutes that were typed; the usual ones where nothing was; None for what is no number."""
    typed = answers.get("minutes", "")
    if not typed:
        return usual
    return int(typed) if typed.isdecimal() and typed.isascii() else None
