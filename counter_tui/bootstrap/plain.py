"""The story of one shift as plain text, for screen readers and logs: real parts, no screen, a store of its own."""

import asyncio
import contextlib
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from .. import settings
from ..agencies.demo import demo_documents
from ..domain.outcome import PERSON
from ..domain.sections import Section
from ..domain.texts import Text
from ..domain.view import MergedView
from ..domain.words import AGENCY_OF, PANEL_OF, DeliveryState, SourceState
from ..errors import CounterError
from ..workstation.desk import Desk
from ..workstation.news import Delivered, News, Recorded, StatusChanged, ViewChanged
from .catalogues import catalogue
from .demo import demo_desk

PATIENCE = 20.0  # seconds for what should take a fraction of one
SEEN_SECONDS = 10.0  # for the agencies to answer; the story ends without them
SOMETHING_FOUND = 2  # travellers with findings that the story shows


def play(language: str, out: TextIO) -> int:
    """Play the story; 0 where it went as it should, 1 where it did not. Nothing of it is kept."""
    with tempfile.TemporaryDirectory(prefix="counter-") as folder:
        return asyncio.run(_Story(language, out, Path(folder)).tell())


class _Story:
    """A shift at the demo counter, told line by line."""

    def __init__(self, language: str, out: TextIO, folder: Path) -> None:
        self._gettext = catalogue(language).gettext
        self._out = out
        self._desk: Desk = demo_desk(folder=folder)
        self._news: asyncio.Queue[News] = asyncio.Queue()

    def _say(self, said: str, **params: str | int) -> None:
        print(said.format(**params), file=self._out, flush=True)

    def _words(self, text: Text | None) -> str:
        if text is None:
            return self._gettext("withheld")
        said = self._gettext(text.code)
        return said.format(**text.as_dict())

    async def tell(self) -> int:
        _ = self._gettext
        loop = asyncio.get_running_loop()

        def hear(news: News) -> None:
            loop.call_soon_threadsafe(self._news.put_nowait, news)

        self._desk.listen(hear)
        try:
            await self._desk.prepare()
            await self._shift()
        except (CounterError, TimeoutError) as error:
            self._say(_("The story broke off: {error}"), error=str(error) or "timeout")
            return 1
        finally:
            await self._desk.close()
        return 0

    async def _shift(self) -> None:
        _ = self._gettext
        place = self._desk.place
        chosen = next(c for c in place.credentials if c.officer.joint and c.officer.role == "officer")
        await self._desk.sign_in(chosen.officer.id, chosen.pin)
        self._say(
            _("DEMO. {post}, counter {counter}, {officer} signed in."),
            post=place.post.name,
            counter=place.counter.label,
            officer=chosen.officer.name,
        )
        await self._until(lambda n: isinstance(n, StatusChanged) and n.status.link == "up")
        self._say(_("The link to the single window is up."))
        green = await self._travellers()
        await self._offline(green)
        check = await self._desk.verify()
        self._say(_("Journal: {count} entries, {problems} problems."), count=check.count, problems=len(check.problems))

    async def _travellers(self) -> list[Sequence[str]]:
        """Scan the demo's travellers: clear the first green one, show some with findings; the other green ones."""
        green: list[Sequence[str]] = []
        found = 0
        people = settings.load_demo_people()
        for _person, lines in demo_documents(people.persons, self._desk.today()):
            view = await self._scan(lines)
            if not self._desk.why_not_green():
                green.append(lines)
                if len(green) == 1:
                    self._show(view)
                    self._recorded(await self._desk.clear(view.digest))
            elif found < SOMETHING_FOUND:
                found += 1
                self._show(view)
            await self._leave(view)
            if found == SOMETHING_FOUND and len(green) > 1:
                break
        return green

    async def _offline(self, green: list[Sequence[str]]) -> None:
        _ = self._gettext
        rehearsal = self._desk.rehearsal
        assert rehearsal is not None, "the demo has one"
        await rehearsal.link("cut")
        self._say(_("The link is cut. The counter goes on from its cache."))
        view = await self._scan(green[-1], live=False)
        self._show(view)
        self._recorded(await self._desk.clear(view.digest))
        await self._leave(view)
        await rehearsal.link("open")
        self._say(_("The link is back."))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SEEN_SECONDS):
                while not await self._all_seen():
                    await self._until(lambda n: isinstance(n, Delivered))
        for line in await self._desk.outbox():
            self._say(f"  {line.sequence:>3}  {self._gettext(line.state.value):<18} {line.who}")

    async def _all_seen(self) -> bool:
        decided = [line for line in await self._desk.outbox() if line.outcome is not None]
        return all(line.state is DeliveryState.SEEN for line in decided)

    async def _scan(self, lines: Sequence[str], *, live: bool = True) -> MergedView:
        reading = self._desk.read(lines)
        assert reading.document is not None, "the demo's documents read"
        self._drain()
        view = await self._desk.open(reading.document)
        while _asked(view) or (live and any(s.source is not SourceState.LIVE for s in view.sections)):
            news = await self._until(lambda n: isinstance(n, ViewChanged))
            assert isinstance(news, ViewChanged)
            view = news.view
        return view

    async def _leave(self, view: MergedView) -> None:
        """An undecided traveller of the story is let go, so that nothing stays open."""
        await self._desk.discard(view.crossing.id)

    def _drain(self) -> None:
        while not self._news.empty():
            self._news.get_nowait()

    async def _until(self, wanted: Callable[[News], bool]) -> News:
        async with asyncio.timeout(PATIENCE):
            while True:
                news = await self._news.get()
                if wanted(news):
                    return news

    def _show(self, view: MergedView) -> None:
        document = view.crossing.document
        self._say("")
        self._say(f"{document.display_name}  {document.nationality}  {document.number}")
        for section in view.sections:
            self._section(section)
        band = self._gettext(view.risk.band.name)
        self._say(f"  {self._gettext('JOINT')} {band} {view.risk.score}")
        if view.procedure is not None:
            self._say("  " + self._gettext(f"procedure.{view.procedure.id}"))

    def _section(self, section: Section) -> None:
        number = PANEL_OF[AGENCY_OF[section.authority]]
        word = self._gettext(section.verdict.name) if section.as_of else self._gettext("NOT CHECKED")
        self._say(f"  {number} {self._gettext(section.authority.value):<14} {word:<8} {self._age(section)}")
        for finding in section.findings:
            self._say(f"      {self._words(finding.text)}")

    def _age(self, section: Section) -> str:
        if section.source is SourceState.LIVE or section.as_of is None:
            return self._gettext(section.source.value)
        at: datetime = section.as_of.astimezone(ZoneInfo(self._desk.place.post.zone))
        return f"{at:%H:%M}"

    def _recorded(self, recorded: Recorded) -> None:
        outcome = dict(recorded.outcome)[PERSON]
        said = self._gettext("  {outcome}: recorded on this counter, entry {number}; {waiting} wait for the link")
        self._say(said, outcome=self._gettext(outcome.value), number=recorded.sequence, waiting=recorded.waiting)


def _asked(view: MergedView) -> bool:
    """Whether a list is still to answer, or the risk rules are to come; at a first start they are coming in."""
    return view.screening.running or bool(view.screening.not_checked) or view.risk.loading
