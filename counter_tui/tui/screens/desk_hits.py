"""Hits at the desk: looked at one by one, and decided by two people without leaving the traveller."""

import asyncio
from functools import partial

from ...domain.acts import Means
from ...domain.documents import Document
from ...domain.identity import Identified, IdentityReason, hit_key, reasons_for
from ...domain.posts import Officer
from ...domain.screening.model import Hit, ListAnswer
from ...workstation.identity import Chosen, IdentityRecorded
from ...workstation.news import News, Screened
from ...workstation.two_persons import By, Way
from ..paint.cells import spoken
from ..paint.choosing import Choice
from ..paint.hits import Hits
from ..paint.identity import name_of
from ..paint.times import hh_mm_ss
from ..paint.times import partial as date_words
from ..widgets.second_drawer import Signing
from ..words import N_, _, clean
from .desk_papers import DeskPapers


class DeskHits(DeskPapers):
    """The desk view with its hits."""

    def __init__(self) -> None:
        super().__init__()
        self._one_at_a_time = asyncio.Lock()
        self._told: frozenset[tuple[str, ...]] = frozenset()

    def do_hits(self) -> None:
        """Whom on the lists this may be."""
        self._inspection.show_hits(self._hits)

    def _hits(self) -> Hits | None:
        desk, view = self.counter.desk, self._view
        if view is None:
            return None
        return Hits(view.crossing.document, desk.screening, desk.decided_hits, self.counter.now(), desk.place.post.zone)

    def news(self, news: News) -> None:
        """The lists have answered: an open sheet says so, and else the last line."""
        super().news(news)
        if isinstance(news, Screened) and self._view is not None and news.crossing == self._view.crossing.id:
            self._inspection.refresh_sheet()
            self._tell_hits(frozenset((news.crossing, *hit_key(hit)) for answer in news.answers for hit in answer.hits))
            self.refresh_frame()

    def _tell_hits(self, found: frozenset[tuple[str, ...]]) -> None:
        """Hits that were not there before; where they are looked at already, nothing is said."""
        if found - self._told and not self._inspection.has_hits:
            self.counter.tell(N_("Hits on the lists: {n}. i shows them."), "attention", n=len(found))
        self._told = found

    def do_not_this_person(self) -> None:
        """Two people say no."""
        self._ask_two(Identified.NOT_THIS_PERSON)

    def do_this_person(self) -> None:
        """Two people say yes."""
        self._ask_two(Identified.THIS_PERSON)

    def _ask_two(self, identified: Identified) -> None:
        found, view = self._inspection.hit, self._view
        if found is not None and view is not None:
            self.counter.ask(self._asking_two(identified, *found, view.crossing.document), "second")

    async def _asking_two(self, identified: Identified, answer: ListAnswer, hit: Hit, document: Document) -> None:
        desk, reasons = self.counter.desk.identifying, reasons_for(identified)
        beside, *others = await desk.ways(hit.list) or (Way(Means.BESIDE, why_not="two.nobody"),)

        def chosen(number: int, note: str) -> Chosen:
            return Chosen(hit_key(hit), reasons[number - 1], note)

        signing = Signing(
            what=partial(_what, identified),
            about=name_of(document),
            reasons=partial(_choices, reasons),
            noted=frozenset(number for number, reason in enumerate(reasons, start=1) if reason.note),
            seconds=beside.seconds,
            sentence=partial(self._sentence, answer, hit, reasons),
            elsewhere=tuple(others),
        )
        if self._view is not None and self._view.crossing.document == document:
            self.ask_second(
                signing,
                lambda number, note, by: self._identify(chosen(number, note), by),
                lambda number, note, second: desk.ask(chosen(number, note), second.id),
            )

    def _sentence(
        self, answer: ListAnswer, hit: Hit, reasons: tuple[IdentityReason, ...], number: int, second: Officer
    ) -> str:
        """What both sign."""
        view, first = self._view, self.counter.desk.officer
        assert view is not None
        assert first is not None
        document, reason = view.crossing.document, reasons[number - 1]
        told = {
            Identified.NOT_THIS_PERSON: _(
                "{second} signs with {first}: {name}, {document}, born {birth}, is NOT entry {ref} of {list}: {reason}."
            ),
            Identified.THIS_PERSON: _(
                "{second} signs with {first}: {name}, {document}, born {birth}, IS entry {ref} of {list}: {reason}."
            ),
        }[reason.identified]
        return told.format(
            second=clean(second.name),
            first=clean(first.name),
            name=name_of(document),
            document=f"{clean(document.issuing_state)} {clean(document.number)}",
            birth=date_words(document.birth),
            ref=clean(hit.ref),
            list=clean(answer.title),
            reason=spoken(f"identity.reason.{reason.code}"),
        )

    async def _identify(self, chosen: Chosen, by: By) -> None:
        """Both have said it: record it."""
        desk = self.counter.desk
        async with self._one_at_a_time:
            recorded = await desk.identifying.sign(chosen, by)
        self._second.close()
        self._put(desk.view or self._view, self._recorded)
        self._inspection.refresh_sheet()
        self._tell_identified(recorded)

    def _tell_identified(self, recorded: IdentityRecorded) -> None:
        told = {
            Identified.NOT_THIS_PERSON: N_("recorded {time}, entry {n}, by two: not this person · waiting: {waiting}"),
            Identified.THIS_PERSON: N_("recorded {time}, entry {n}, by two: THIS PERSON · waiting: {waiting}"),
        }[recorded.identified]
        at = hh_mm_ss(recorded.at, self.counter.desk.place.post.zone)
        self.counter.tell(told, "clear", time=at, n=recorded.sequence, waiting=recorded.waiting)


def _what(identified: Identified) -> str:
    return {
        Identified.NOT_THIS_PERSON: _("NOT THIS PERSON"),
        Identified.THIS_PERSON: _("THIS PERSON"),
    }[identified]


def _choices(reasons: tuple[IdentityReason, ...]) -> list[Choice]:
    return [
        Choice(number, spoken(f"identity.reason.{reason.code}"), _("asks for a note") if reason.note else "")
        for number, reason in enumerate(reasons, start=1)
    ]
