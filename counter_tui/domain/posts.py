"""The post, its counters and the persons who work there."""

from collections.abc import Mapping
from dataclasses import dataclass

from .words import AUTHORITIES_OF, Agency, Authority, Direction, Role


@dataclass(frozen=True, slots=True)
class Post:
    """A border post: its id, the name people use, its country (ISO 3166-1 alpha-3) and its time zone (IANA)."""

    id: str
    name: str
    country: str
    zone: str


@dataclass(frozen=True, slots=True)
class Counter:
    """One booth workstation. `agencies` is the set it is enrolled for; `direction` belongs to its lane."""

    id: str
    label: str
    lane: str
    direction: Direction
    agencies: frozenset[Agency]


@dataclass(frozen=True, slots=True)
class Officer:
    """A person with an agency and a role. `acts_for`: the agencies whose verdicts they give."""

    id: str
    name: str
    agency: Agency
    role: Role
    acts_for: frozenset[Agency]

    @property
    def authorities(self) -> tuple[Authority, ...]:
        """The authorities this person gives verdicts for, in the order of the panels."""
        return tuple(a for agency, all_of in AUTHORITIES_OF.items() if agency in self.acts_for for a in all_of)

    @property
    def joint(self) -> bool:
        """Whether this person works a joint counter."""
        return len(self.acts_for) > 1


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person of the post, and the other counters (ids) at which they may sign in."""

    officer: Officer
    counters: tuple[str, ...] = ()


Roster = Mapping[str, Officer]
