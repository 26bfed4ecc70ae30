"""One authority's link: its questions under way, its circuit, and how it stands in the eyes of a booth."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ..agencies.links import LinkTerms
from ..agencies.ports import Connector, Inquiry
from ..domain.agency_links import AgencyLink, Grade, Standing
from ..domain.coding import to_json
from ..domain.sections import Section
from ..domain.words import Authority, SourceState
from ..errors import AgencyError
from .circuit import Circuit, Ticket
from .file_folder import FileFolder

MAX_SECTION: Final = 128 << 10
"""Bytes of a section: a booth that is sent more gives up the whole answer, the other authorities' too."""
TOO_SLOW: Final = "agency.too-slow"
FAULT: Final = "agency.fault"


@dataclass(frozen=True, slots=True)
class Times:
    """Where times come from: `monotonic` in seconds, `now` aware, `chance` from 0 up to 1."""

    monotonic: Callable[[], float]
    now: Callable[[], datetime]
    chance: Callable[[], float]


@dataclass(slots=True)
class Asker:
    """Who waits for one authority's answer: it is given a section at most once, and told the end once."""

    answers: "asyncio.Queue[Section | None]"
    waits: bool = True

    def give(self, section: Section) -> None:
        """The answer, if it comes in time."""
        if self.waits:
            self.answers.put_nowait(section)

    def end(self) -> None:
        """There is no more to come."""
        if self.waits:
            self.waits = False
            self.answers.put_nowait(None)


@dataclass(slots=True)
class _Known:
    """What was last told of a link."""

    standing: Standing
    since: datetime
    until: float | None = None
    last_answer: datetime | None = None


class Lane:
    """Asks one authority; never raises what its system does wrong."""

    def __init__(
        self, connector: Connector, terms: LinkTerms, times: Times, changed: Callable[[AgencyLink], None]
    ) -> None:
        """`changed` is told how the link stands whenever that is another than before."""
        self.connector = connector
        self.terms = terms
        self._times = times
        self._changed = changed
        self._circuit = Circuit(terms.patience, times.chance)
        self._out: dict[tuple[str, ...], list[Asker]] = {}
        self._known = _Known(Standing.ANSWERING, times.now())

    @property
    def authority(self) -> Authority:
        """Whose it is."""
        return self.connector.authority

    @property
    def link(self) -> AgencyLink:
        """How it stands."""
        known, until, connector = self._known, None, self.connector
        if isinstance(connector, FileFolder):
            return AgencyLink(
                self.authority,
                self.terms.grade,
                known.standing,
                known.since,
                last_answer=connector.as_of,
                why=connector.why,
            )
        if known.until is not None:
            until = self._times.now() + timedelta(seconds=max(0.0, known.until - self._times.monotonic()))
        why = self._circuit.why if known.standing is Standing.RESTING else ""
        return AgencyLink(self.authority, self.terms.grade, known.standing, known.since, until, known.last_answer, why)

    @property
    def _answers(self) -> bool:
        """Whether it is asked: over a link by file only what its folder says, and never a system."""
        return self.terms.grade.asked or (self.terms.grade is Grade.FILE and isinstance(self.connector, FileFolder))

    def begin(self, inquiry: Inquiry, asker: Asker) -> Ticket | None:
        """Leave to `ask`; None where it rests, is not asked at all, or is busy with as many as it may be."""
        if not self._answers or len(self._out) >= self.terms.patience.at_once:
            return None
        ticket = self._circuit.ask(self._times.monotonic())
        if ticket is not None:
            self._out[_about(inquiry)] = [asker]
        return ticket

    def join(self, inquiry: Inquiry, asker: Asker) -> bool:
        """Wait, no longer than the deadline, for the answer to the same question under way; whether there is one."""
        askers = self._out.get(_about(inquiry))
        if askers is None:
            return False
        askers.append(asker)
        waits = Ticket(probe=False)  # whoever waits in vain counts, so that one hanging question does not hide silence
        asyncio.get_running_loop().call_later(self.terms.patience.answer, self._overdue, waits, asker)
        return True

    async def ask(self, ticket: Ticket, inquiry: Inquiry) -> Section | None:
        """The section, however late; nobody waits longer than the deadline. None where there is none."""
        askers = self._out[_about(inquiry)]
        asker = askers[0]
        patience = self.terms.patience
        deadline = asyncio.get_running_loop().call_later(patience.answer, self._overdue, ticket, asker)
        why = FAULT  # unless it turns out to be another
        try:
            async with asyncio.timeout(patience.late):
                section = _checked(await self.connector.section(inquiry), self.authority)
        except TimeoutError:
            why = TOO_SLOW
        except AgencyError as error:
            why = _why(error)
        except asyncio.CancelledError:
            self._circuit.give_up(ticket)
            raise
        else:
            self._answered(ticket, late=not asker.waits)
            if section.source is SourceState.NOT_CHECKED:
                return None
            for one in askers:
                one.give(section)
            return section
        finally:
            del self._out[_about(inquiry)]
            deadline.cancel()
            self._fail(ticket, why)
            for one in askers:
                one.end()
        return None

    def _overdue(self, ticket: Ticket, asker: Asker) -> None:
        if asker.waits:
            self._fail(ticket, TOO_SLOW)
            asker.end()

    def _fail(self, ticket: Ticket, why: str) -> None:
        self._circuit.failed(ticket, self._times.monotonic(), why)
        if self._circuit.rests_until is not None:
            self._tell(Standing.RESTING)

    def _answered(self, ticket: Ticket, *, late: bool) -> None:
        self._circuit.answered(ticket)
        self._known.last_answer = self._times.now()
        self._tell(Standing.LATE if late else Standing.ANSWERING)

    def _tell(self, standing: Standing) -> None:
        known, until = self._known, self._circuit.rests_until
        if known.standing is standing and known.until == until:
            return
        if known.standing is not standing:
            known.since = self._times.now()
        known.standing, known.until = standing, until
        self._changed(self.link)


def _about(inquiry: Inquiry) -> tuple[str, ...]:
    """What makes a question the same as another."""
    return (inquiry.document.key, inquiry.direction.value, inquiry.lane)


def _why(error: AgencyError) -> str:
    """The code that tells most of what went wrong; of what was refused with a status, that behind a blank."""
    return f"{error.params.get('why', error.code)} {error.params.get('status', '')}".strip()


def _checked(section: Section, authority: Authority) -> Section:
    """The section, if it is this authority's own and no larger than a booth takes."""
    if section.authority is not authority:
        raise AgencyError("agency.other-section", authority=authority.value)
    if len(to_json(section)) > MAX_SECTION:
        raise AgencyError("agency.too-large", authority=authority.value)
    return section
