"""An agency's connector in a process of its own: the connector here that asks it, and what it serves there.

    POST /v1/section    an inquiry (JSON, as `domain.coding` has it) -> {"about": document key, "section": ...}
    POST /v1/expected   {"at"} -> JSON Lines, a traveller who is expected each; 404 where the agency expects nobody
    POST /v1/sighting   an inquiry -> {}: who crosses, for an agency that matches some persons itself
    POST /v1/unseal     what is sealed, and what two people signed -> the clear value, sealed to the key in that
    POST `told.PATHS`   a telling, in the agency's own format: handed on to its system

All want `Authorization: Bearer <token>`. What the agency's system did wrong is answered with 502 and {"code"}; what it
says is believed no further than this agency's own affairs go, since its process is not this one.
"""

import hmac
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol, runtime_checkable

from ..domain.coding import from_json, to_json
from ..domain.sections import Sealed, Section
from ..domain.unsealing import UnsealStatement
from ..domain.words import Authority
from ..errors import AgencyError
from .asgi import App, Message, Receive, Send, read_body, respond
from .belonging import check_section
from .ports import Connector, Discreet, ExpectedTraveller, Fetch, FetchAnswer, Inquiry
from .sealing import Opener
from .told import PATHS
from .wire import OK, accepted, check_strictly

SECTION: Final = "/v1/section"
EXPECTED: Final = "/v1/expected"
SIGHTING: Final = "/v1/sighting"
UNSEAL: Final = "/v1/unseal"
MAX_SECTION: Final = 256 << 10
MAX_EXPECTED: Final = 5_000
BEHIND: Final = 502
_CODE: Final = re.compile(r"(agency|json)\.[a-z0-9-]{1,40}")


@dataclass(frozen=True, slots=True)
class Answered:
    """A section, and about whom it is: the key of their document."""

    about: str
    section: Section


@dataclass(frozen=True, slots=True)
class Moment:
    """When; aware."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ToUnseal:
    """What this agency has sealed, and what two people signed to see it."""

    sealed: Sealed
    statement: UnsealStatement


@dataclass(frozen=True, slots=True)
class Failed:
    """What went wrong behind it, as a code."""

    code: str


@runtime_checkable
class Expects(Protocol):
    """A connector whose authority knows who is expected."""

    async def expected(self, at: datetime) -> tuple[ExpectedTraveller, ...]:
        """The travellers who are expected at `at` (aware). Raises AgencyError."""
        ...


class RemoteConnector:
    """Asks an agency's own process."""

    def __init__(self, authority: Authority, fetch: Fetch) -> None:
        """`fetch` leads to that process, and bears its token."""
        self.authority = authority
        self._fetch = fetch

    async def section(self, inquiry: Inquiry) -> Section:
        """The authority's section; AgencyError as the port says, and with the code that its process gives."""
        raw = check_strictly(self.authority, await self._ask(SECTION, to_json(inquiry)), max_bytes=MAX_SECTION)
        answered = from_json(Answered, raw, error=self._error("agency.not-understood"))
        if answered.about != inquiry.document.key:
            raise self._error("agency.other-traveller")
        section = check_section(answered.section, self.authority)
        return replace(section, as_of=min(section.as_of or inquiry.at, inquiry.at))

    async def expected(self, at: datetime) -> tuple[ExpectedTraveller, ...]:
        """Who is expected; AgencyError as for a section."""
        lines = (await self._ask(EXPECTED, to_json(Moment(at)))).splitlines()
        if len(lines) > MAX_EXPECTED:
            raise self._error("agency.too-large")
        refused = self._error("agency.not-understood")
        whole = (check_strictly(self.authority, line) for line in lines)
        return tuple(from_json(ExpectedTraveller, line, error=refused) for line in whole)

    async def discreet(self, inquiry: Inquiry) -> None:
        """Tell it who crosses; AgencyError as for a section."""
        await self._ask(SIGHTING, to_json(inquiry))

    async def _ask(self, path: str, body: bytes) -> bytes:
        answer = await self._fetch("POST", path, body=body)
        if answer.status == BEHIND:
            raise self._error(_code(answer))
        return accepted(self.authority, answer)

    def _error(self, code: str) -> AgencyError:
        return AgencyError(code, authority=self.authority.value)


class RemoteOpener:
    """Has an agency's own process open what it sealed. An `Opener`."""

    def __init__(self, authority: Authority, fetch: Fetch) -> None:
        """`fetch` leads to that process, and bears its token."""
        self._authority, self._fetch = authority, fetch

    async def __call__(self, sealed: Sealed, statement: UnsealStatement) -> bytes:
        """The clear value, sealed to the key in the statement; AgencyError `agency.not-unsealed`."""
        answer = await self._fetch("POST", UNSEAL, body=to_json(ToUnseal(sealed, statement)))
        if answer.status != OK:
            raise AgencyError("agency.not-unsealed", owner=sealed.owner)
        return answer.body


def _code(answer: FetchAnswer) -> str:
    """The code that a process gives; `agency.no-answer` where it gives none that looks like one."""
    try:
        code = from_json(Failed, answer.body[:1024], error=AgencyError("agency.no-answer")).code
    except AgencyError:
        return "agency.no-answer"
    return code if _CODE.fullmatch(code) else "agency.no-answer"


def agency_service(connector: Connector, token: str, system: Fetch | None = None, opener: Opener | None = None) -> App:
    """What an agency's own process serves; `token` is the secret that whoever asks must bear.

    What is told to the agency goes on to its `system` as it is, and so does the answer. `opener` opens what it sealed.
    """
    bearer = f"Bearer {token}".encode()

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        borne = dict(scope["headers"]).get(b"authorization", b"")
        body = await read_body(receive)
        if not hmac.compare_digest(borne, bearer):
            await respond(send, 401, b"{}")
        elif scope["method"] != "POST" or body is None:
            await respond(send, 413 if body is None else 404, b"{}")
        elif system is not None and scope["path"] in PATHS[connector.authority]:
            content_type = dict(scope["headers"]).get(b"content-type", b"").decode("latin-1")
            await respond(send, *await _told(system, scope["path"], body, content_type))
        elif opener is not None and scope["path"] == UNSEAL:
            await respond(send, *await _opened(opener, connector.authority, body))
        else:
            await respond(send, *await _answer(connector, scope["path"], body))

    return app


async def _told(system: Fetch, path: str, body: bytes, content_type: str) -> tuple[int, bytes]:
    """What the agency's own system answers to what it is told."""
    try:
        answer = await system("POST", path, body=body, content_type=content_type)
    except AgencyError as error:
        return BEHIND, to_json(Failed(error.code))
    return answer.status, answer.body


async def _opened(opener: Opener, authority: Authority, body: bytes) -> tuple[int, bytes]:
    """What two people signed for; of this authority alone."""
    malformed = AgencyError("agency.not-understood", authority=authority.value)
    try:
        asked = from_json(ToUnseal, body, error=malformed)
        if asked.statement.authority is not authority:
            raise malformed
        return 200, await opener(asked.sealed, asked.statement)
    except AgencyError as error:
        return BEHIND, to_json(Failed(error.code))


async def _answer(connector: Connector, path: str, body: bytes) -> tuple[int, bytes]:
    malformed = AgencyError("agency.not-understood", authority=connector.authority.value)
    try:
        if path == EXPECTED and isinstance(connector, Expects):
            travellers = await connector.expected(from_json(Moment, body, error=malformed).at)
            return 200, b"".join(to_json(one) + b"\n" for one in travellers[:MAX_EXPECTED])
        if path == SIGHTING and isinstance(connector, Discreet):
            await connector.discreet(from_json(Inquiry, body, error=malformed))
            return 200, b"{}"
        if path == SECTION:
            inquiry = from_json(Inquiry, body, error=malformed)
            return 200, to_json(Answered(inquiry.document.key, await connector.section(inquiry)))
    except AgencyError as error:
        return BEHIND, to_json(Failed(str(error.params.get("why", error.code))))
    return 404, b"{}"
