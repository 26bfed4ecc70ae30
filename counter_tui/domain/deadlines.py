"""Deadlines of what several agencies do together, of one version. They escalate or end what was allowed."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

NOTHING: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Each from when its matter began; those of a review are of its levels, from its opening.

    `unsigned` are the agencies that have not signed them: then every one is over at once.
    """

    version: str = ""
    review: tuple[timedelta, timedelta, timedelta] = (NOTHING, NOTHING, NOTHING)
    rerun: timedelta = NOTHING
    loosened: timedelta = NOTHING
    loosening: timedelta = NOTHING
    confirm: timedelta = NOTHING
    unsigned: tuple[str, ...] = ()

    def without(self, unsigned: tuple[str, ...]) -> "Deadlines":
        """As they count where these agencies have not signed; the version names them (`2026-11-22!customs`)."""
        if not unsigned:
            return self
        return replace(CLOSED, version="!".join([self.version, *unsigned]), unsigned=unsigned)


CLOSED: Final = Deadlines()
"""Nothing was agreed: every deadline is over at once."""
