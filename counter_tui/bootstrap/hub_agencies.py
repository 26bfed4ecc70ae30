"""A live single window's connectors: each asks an agency's own process, which alone has that agency's keys."""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from ..agencies.links import LinkTerms
from ..agencies.ports import Connector, FetchAnswer
from ..agencies.remote import RemoteConnector, RemoteOpener
from ..agencies.sealing import Opener
from ..agencies.tellers import load_told
from ..agencies.telling import Held
from ..domain.agency_links import Grade
from ..domain.words import Authority
from ..errors import StoreError
from ..link.fetch import HttpFetch
from ..settings_agencies import load_agency_links
from ..single_window.file_folder import FileFolder
from ..single_window.telling_lanes import Way
from .agency import read_token


def held_by(authority: Authority, since: datetime) -> list[Held]:
    """What this agency's system says it was told of what was recorded from `since` on. On a loop of its own.

    Raises StoreError `store.telling.no-interface` where it is not asked, and AgencyError.
    """
    terms = load_agency_links(demo=False)[authority]
    if not terms.grade.asked:
        raise StoreError("store.telling.no-interface", authority=authority.value)

    async def ask() -> list[Held]:
        agencies = Agencies({authority: terms})
        try:
            return await load_told(authority).held(agencies.ways[authority].fetch, since)
        finally:
            await agencies.aclose()

    return asyncio.run(ask())


class Agencies:
    """The ways to the agencies' processes, and the connectors over them; the folders of those that hand over files."""

    def __init__(
        self, links: Mapping[Authority, LinkTerms], now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """As configured; `now` is aware.

        Raises StoreError `store.token-none`, `store.token-open`, `store.certificate`.
        """
        self._links = links
        asked = {authority: terms for authority, terms in links.items() if terms.grade.asked}
        self._fetches = {
            authority: HttpFetch(
                terms.url,
                FetchAnswer,
                seconds=terms.patience.late,
                token=read_token(Path(terms.token_file)),
                context=_trusted(Path(terms.trust_file)) if terms.trust_file else None,
            )
            for authority, terms in asked.items()
        }
        self._remote = tuple(RemoteConnector(authority, fetch) for authority, fetch in self._fetches.items())
        self.folders = tuple(
            FileFolder(authority, Path(terms.folder), read_token(Path(terms.token_file)), now)
            for authority, terms in links.items()
            if terms.grade is Grade.FILE
        )
        self.connectors: tuple[Connector, ...] = (*self._remote, *self.folders)

    @property
    def ways(self) -> dict[Authority, Way]:
        """The ways by which the agencies are told what was recorded."""
        return {authority: Way(fetch, self._links[authority]) for authority, fetch in self._fetches.items()}

    @property
    def openers(self) -> dict[Authority, Opener]:
        """What opens for each authority, in its own process."""
        return {authority: RemoteOpener(authority, fetch) for authority, fetch in self._fetches.items()}

    @property
    def expects(self) -> RemoteConnector | None:
        """Who knows which travellers are expected."""
        return next((one for one in self._remote if one.authority is Authority.IMMIGRATION), None)

    async def aclose(self) -> None:
        """Close the connections."""
        for fetch in self._fetches.values():
            await fetch.aclose()


def _trusted(certificate: Path) -> ssl.SSLContext:
    """Trusts this certificate, and what it has certified, alone."""
    try:
        return ssl.create_default_context(cafile=certificate)
    except (OSError, ssl.SSLError):
        raise StoreError("store.certificate", file=certificate.name) from None
