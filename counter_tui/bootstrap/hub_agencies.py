"""A live single window's connectors: each asks an agency's own process, which alone has that agency's keys."""

from collections.abc import Mapping
from pathlib import Path

from ..agencies.links import LinkTerms
from ..agencies.ports import FetchAnswer
from ..agencies.remote import RemoteConnector
from ..domain.words import Authority
from ..link.fetch import HttpFetch
from .agency import read_token


class Agencies:
    """The ways to the agencies' processes, and the connectors over them."""

    def __init__(self, links: Mapping[Authority, LinkTerms]) -> None:
        """As configured. Raises StoreError `store.token-none`, `store.token-open`."""
        asked = {authority: terms for authority, terms in links.items() if terms.grade.asked}
        self._fetches = {
            authority: HttpFetch(
                terms.url, FetchAnswer, seconds=terms.patience.late, token=read_token(Path(terms.token_file))
            )
            for authority, terms in asked.items()
        }
        self.connectors = tuple(RemoteConnector(authority, fetch) for authority, fetch in self._fetches.items())

    @property
    def expects(self) -> RemoteConnector | None:
        """Who knows which travellers are expected."""
        return next((one for one in self.connectors if one.authority is Authority.IMMIGRATION), None)

    async def aclose(self) -> None:
        """Close the connections."""
        for fetch in self._fetches.values():
            await fetch.aclose()
