"""Asks all authorities at once; a slow or dead one delays nobody, and is left alone for a while once it has failed."""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from ..agencies.links import LinkTerms, Patience
from ..agencies.ports import Connector, Discreet, Inquiry
from ..domain.agency_links import AgencyLink, Standing
from ..domain.sections import Section
from ..domain.words import Authority
from .circuit import Ticket
from .lane import Asker, Lane, Times
from .sightings import Sightings

Keep = Callable[[str, Section], Awaitable[None]]
STANDARD: Final = Patience()
NO_TERMS: Final[Mapping[Authority, LinkTerms]] = MappingProxyType({})


class FanOut:
    """One question to many authorities. `keep` is told every section that came, also after the asker has gone."""

    def __init__(
        self,
        connectors: Iterable[Connector],
        keep: Keep,
        *,
        monotonic: Callable[[], float],
        now: Callable[[], datetime],
        patience: Patience = STANDARD,
        terms: Mapping[Authority, LinkTerms] = NO_TERMS,
        changed: Callable[[AgencyLink], Awaitable[None]] | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """`keep` gets the document key and the section; `changed` a link that stands another way than before.

        `monotonic` counts seconds, `now` is aware. A link without `terms` is live, with this `patience`.
        """
        times = Times(monotonic, now, chance)
        usual = LinkTerms(patience=patience)
        self._changed = changed
        self._lanes = tuple(Lane(one, terms.get(one.authority, usual), times, self._tell) for one in connectors)
        self._sightings = {
            lane.authority: Sightings(lane.connector, seconds=lane.terms.patience.late, monotonic=monotonic)
            for lane in self._lanes
            if isinstance(lane.connector, Discreet) and lane.terms.grade.asked
        }
        unconnected = [one for one in Authority if one in terms and one not in self.authorities]
        self._unconnected = tuple(
            AgencyLink(authority, terms[authority].grade, Standing.ANSWERING, now()) for authority in unconnected
        )
        self._keep = keep
        self._asking: set[asyncio.Task[None]] = set()

    @property
    def links(self) -> tuple[AgencyLink, ...]:
        """How each link stands, those included that nobody is asked over."""
        return (*(lane.link for lane in self._lanes), *self._unconnected)

    @property
    def authorities(self) -> frozenset[Authority]:
        """Whom there is a link to."""
        return frozenset(lane.authority for lane in self._lanes)

    async def ask(
        self, inquiry: Inquiry, but: frozenset[Authority] = frozenset(), *, ahead: bool = False
    ) -> AsyncGenerator[Section, None]:
        """The authorities' sections, each as it comes; one that fails, is slow, or stands in `but` gives none.

        `ahead`: nobody stands at a counter, so that only live links are asked, and files. Who does is told to those
        authorities that match some persons themselves.
        """
        if not ahead:
            for sightings in self._sightings.values():
                sightings.tell(inquiry)
        answers: asyncio.Queue[Section | None] = asyncio.Queue()
        out = 0
        for lane in self._lanes:
            if lane.authority not in but and (lane.terms.grade.ahead or not ahead):
                out += self._asked(lane, inquiry, Asker(answers))
        while out:
            section = await answers.get()
            if section is None:
                out -= 1
            else:
                yield section

    async def aclose(self) -> None:
        """Give up what is still being asked."""
        for task in self._asking:
            task.cancel()
        await asyncio.gather(*self._asking, return_exceptions=True)
        for sightings in self._sightings.values():
            await sightings.aclose()

    def _asked(self, lane: Lane, inquiry: Inquiry, asker: Asker) -> bool:
        """Whether there is an answer to wait for: to the same question that is under way, or to one of its own."""
        if lane.join(inquiry, asker):
            return True
        ticket = lane.begin(inquiry, asker)
        if ticket is not None:
            self._question(lane, ticket, inquiry, asker)
        return ticket is not None

    def _question(self, lane: Lane, ticket: Ticket, inquiry: Inquiry, asker: Asker) -> None:
        # not the asker's own task: a counter whose link is cut while it asks finds the answer in its feed
        task = self._start(self._answer(lane, ticket, inquiry))
        # told of the end by the task itself: one that is given up before it began has no other way
        task.add_done_callback(lambda _: asker.end())

    def _start(self, work: Any) -> "asyncio.Task[None]":
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)
        self._asking.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._asking.discard(task)
        if not task.cancelled():
            task.exception()  # a fault in a connector is its link's alone, and its words may quote a traveller

    async def _answer(self, lane: Lane, ticket: Ticket, inquiry: Inquiry) -> None:
        section = await lane.ask(ticket, inquiry)
        if section is not None:
            await self._keep(inquiry.document.key, section)

    def _tell(self, link: AgencyLink) -> None:
        if self._changed is not None:
            self._start(self._told(link))

    async def _told(self, link: AgencyLink) -> None:
        assert self._changed is not None, "asked before"
        await self._changed(link)
