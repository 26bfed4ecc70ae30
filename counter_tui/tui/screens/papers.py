"""Papers: shown as they will be printed, in all their languages or one; printed, saved; a copy by two people."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from ...domain.papers.blocks import PaperKind
from ...domain.papers.deeds import COPY_REASONS, Way
from ...domain.papers.rules import Format
from ...domain.posts import Officer
from ...errors import CounterError
from ..commands import State, Where
from ..paint.cells import Lines, spoken
from ..paint.choosing import Choice
from ..paint.papers import TITLES, Beside, beside, refused
from ..widgets.painted import Canvas
from ..widgets.paper_page import PaperPage
from ..widgets.second_drawer import Signing
from ..words import N_, _, clean, say
from .frame import FullScreen
from .signing import SigningScreen

if TYPE_CHECKING:
    from ...workstation.papers import Given, Made, Ways
    from ...workstation.two_persons import By

    Make = Callable[[tuple[str, ...]], Awaitable[Made]]

EACH = (("en",), ("id",), ("ms",))
OF_RECORD = (("id",), ("en",), ("ms",))
"""A record is of one language; agencies write Indonesian to each other."""

PRINTED_ON = {Format.ROLL: "80 mm", Format.PDF: "A4"}


@dataclass(frozen=True, slots=True)
class Source:
    """One paper that can be shown: how it is made in some languages, and in which it is made (the first at first)."""

    kind: PaperKind
    make: "Make"
    languages: tuple[tuple[str, ...], ...] = (("en", "id", "ms"), *EACH)


class PapersScreen(FullScreen[None], SigningScreen[None]):
    """Of one traveller or one case, whose name is `about`; `stamp` is done for the key of the stamp."""

    WHERE: ClassVar[Where] = Where.PAPERS
    DEFAULT_CSS = """
    PapersScreen #papers, PapersScreen Horizontal { height: 1fr; }
    PapersScreen #papers-beside { width: 1fr; height: 1fr; padding: 0 1; }
    """

    def __init__(
        self, sources: Sequence[Source], about: str, stamp: Callable[[], None] | None = None, first: int = 0
    ) -> None:
        """The paper at `first` is shown at first."""
        super().__init__()
        self._sources, self._about, self._stamp = sources, about, stamp
        self._at, self._language = first, 0
        self._made: Made | None = None
        self._why = ""
        self._ways: Ways | None = None
        self._page = PaperPage()
        self._beside = Canvas(self._paint_beside, id="papers-beside")

    def body(self) -> Iterable[Widget]:
        """The paper, and what is known of it; the second person from below."""
        yield Vertical(Horizontal(self._page, self._beside), self._second, id="papers")

    def state(self) -> State:
        """Whether there is a paper to give."""
        where = Where.DRAWER if self._second.is_open else self.WHERE
        return self.counter.state_at(where, opened=True, lines=int(self._made is not None), busy=self._busy)

    def on_mount(self) -> None:
        """Make the first one."""
        super().on_mount()
        self._page.focus()
        self.make()

    def make(self) -> None:
        """Make the paper anew: another one, another language, or something was recorded."""
        self.counter.ask(self._making(), "papers")

    async def _making(self) -> None:
        source, made, why = self._sources[self._at], None, ""
        self._ways = await self.counter.desk.papers.ways()
        try:
            made = await source.make(self._languages)
        except CounterError as error:
            why = say(error)
        self._made, self._why = made, why
        lines = made.roll.splitlines() if made is not None else refused(why, 48)
        self._page.show(lines)
        self._beside.repaint()
        self.refresh_frame()

    @property
    def _languages(self) -> tuple[str, ...]:
        choices = self._sources[self._at].languages
        return choices[self._language % len(choices)]

    def _paint_beside(self, width: int, _height: int) -> Lines:
        ways = self._ways
        known = Beside(
            kinds=[source.kind.value for source in self._sources],
            at=self._at,
            languages=self._languages,
            made=self._made,
            paper=PRINTED_ON[ways.format] if ways is not None else "",
            print_why=ways.print if ways is not None else "",
            save_why=ways.save if ways is not None else "",
        )
        return beside(known, width - 2)

    # -- commands -----------------------------------------------------------------------------------------------------

    def do_paper_kind(self, key: str) -> None:
        """Another paper."""
        if int(key) <= len(self._sources):
            self._at, self._language = int(key) - 1, 0
            self.make()

    def do_paper_language(self) -> None:
        """The next language, or all of them again."""
        self._language += 1
        self.make()

    def do_stamp(self) -> None:
        """The stamp, where this is about a traveller."""
        if self._stamp is not None:
            self._stamp()
        else:
            self.counter.tell(N_("A stamp belongs to a traveller who is admitted: open the traveller."), "attention")

    def do_paper_print(self) -> None:
        """Print it."""
        self._leave_by(Way.PRINTED)

    def do_paper_save(self) -> None:
        """Save it."""
        self._leave_by(Way.SAVED)

    def _leave_by(self, way: Way) -> None:
        made = self._made
        if made is not None and not self._busy:
            self.counter.ask(
                self._ask_for_copy(made, way) if made.paper.copy else self._give_first(made, way), "record"
            )

    async def _give_first(self, made: "Made", way: Way) -> None:
        self._busy = True
        try:
            await self._giving(made, way, "", None)
        finally:
            self._busy = False
            self.refresh_frame()

    async def _ask_for_copy(self, made: "Made", way: Way) -> None:
        desk = self.counter.desk.papers
        beside, *others = await desk.by_two(made)
        self.ask_second(
            Signing(
                what=partial(_what, made.paper.copy),
                about=self._about,
                reasons=_reasons,
                noted=frozenset(),
                seconds=beside.seconds,
                sentence=partial(self._sentence, made),
                elsewhere=tuple(others),
            ),
            lambda reason, _note, by: self._giving(made, way, COPY_REASONS[reason - 1], by),
            lambda reason, _note, second: desk.ask(made, way, COPY_REASONS[reason - 1], second.id),
        )

    def _sentence(self, made: "Made", number: int, second: Officer) -> str:
        """What both sign."""
        first = self.counter.desk.officer
        assert first is not None
        told = _("{second} signs with {first}: copy {n} of the {paper} {reference} of {name}: {reason}.")
        return told.format(
            second=clean(second.name),
            first=clean(first.name),
            n=made.paper.copy,
            paper=_(TITLES[made.paper.kind.value]),
            reference=made.paper.reference,
            name=clean(self._about),
            reason=spoken(f"paper.copy.{COPY_REASONS[number - 1]}"),
        )

    async def _giving(self, made: "Made", way: Way, reason: str, by: "By | None") -> None:
        desk = self.counter.desk.papers
        given = await (desk.print if way is Way.PRINTED else desk.save)(made, reason, by)
        self._second.close()
        self._tell(given)
        self.make()

    def _tell(self, given: "Given") -> None:
        if given.path:
            self.counter.tell(N_("saved, entry {n}: {path}"), "clear", n=given.sequence, path=given.path)
        elif given.copy:
            self.counter.tell(N_("printed, entry {n}: copy {copy}"), "clear", n=given.sequence, copy=given.copy)
        else:
            self.counter.tell(N_("printed, entry {n}"), "clear", n=given.sequence)

    def do_leave(self) -> None:
        """One step back: what two people are asked, then the paper."""
        if self._second.is_open:
            self._second.back()
        else:
            self.dismiss(None)

    def on_drawer_closed(self) -> None:
        """The keys are the paper's again."""
        self._page.focus()
        self.refresh_frame()


def _what(copy: int) -> str:
    return _("COPY {n} of a paper that was given").format(n=copy)


def _reasons() -> list[Choice]:
    return [Choice(number, spoken(f"paper.copy.{reason}")) for number, reason in enumerate(COPY_REASONS, start=1)]
