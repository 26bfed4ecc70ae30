"""What is fixed about a list of names before any of its versions: whose it is, where it is screened, what a hit is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from counter_tui.domain.words import Agency, Direction


class Screened(StrEnum):
    """Where a list is compared with travellers: its owner says."""

    BOOTH_CLEAR = "booth-clear"
    """At the booth, which holds it in clear: public lists."""
    BOOTH_BLIND = "booth-blind"
    """At the booth, which holds keyed candidates and sealed rows: a hit gives what to do, and a pointer."""
    POST = "post"
    """At the post's single window; the answer is pending until there is a link."""
    OWNER = "owner"
    """By its owner; likewise pending."""

    @property
    def at_booth(self) -> bool:
        """Whether its entries come to a booth."""
        return self in {Screened.BOOTH_CLEAR, Screened.BOOTH_BLIND}


@dataclass(frozen=True, slots=True)
class ListRule:
    """A list by its configuration.

    `agency`: whose duty it is, and whose panel shows a hit. `finding`: the code of a hit that nobody verified yet.
    `direction`: of the crossings it is screened on; None for both. `demo`: of invented persons. `keys`: the public
    halves (base64, Ed25519) of the keys that its versions are signed with. `max_age_hours`: after so long without a
    newer version it is stale.
    """

    id: str
    title: str
    agency: Agency
    screened: Screened
    finding: str
    max_age_hours: int
    keys: tuple[str, ...]
    legal_basis: str
    direction: Direction | None = None
    demo: bool = False

    def in_use(self, *, demo: bool) -> bool:
        """Whether a counter screens against it: no invented persons at a real one, no list without a key in a demo."""
        return self.demo or bool(self.keys) if demo else not self.demo

    def applies(self, direction: Direction) -> bool:
        """Whether crossings of this direction are screened against it."""
        return self.direction in {None, direction}

    def is_stale(self, as_of: datetime, now: datetime) -> bool:
        """Whether a version that was true at `as_of` is too old to rely on; both with a time zone."""
        return now - as_of > timedelta(hours=self.max_age_hours)
