"""At shift end: what the single window told an agency, held against what the agency's system says it was told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..agencies.telling import Answer, Held
from ..domain.words import Authority
from .telling import TellingOffice
from .telling_store import Row, State


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides, by key. Nothing in it names a traveller.

    `agreed`: on both sides, the same. `missing`: seen by what they answered, and they have it no more: told again.
    `adopted`: they have it, and their answer did not come through. `extra`: theirs alone. `different`: the same key
    with another content or reference: for people to look at. `doubled`: there more than once.
    """

    agreed: int
    missing: tuple[Row, ...]
    adopted: tuple[Held, ...]
    extra: tuple[str, ...]
    different: tuple[str, ...]
    doubled: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether both sides have the same."""
        return not (self.missing or self.extra or self.different or self.doubled)


def compare(rows: Sequence[Row], held: Sequence[Held]) -> Comparison:
    """Hold one against the other; both of what was recorded in the same span of time."""
    theirs = {one.key: one for one in held}
    ours = {row.key: row for row in rows}
    both = [(row, theirs[row.key]) for row in rows if row.key in theirs]
    different = {row.key for row, their in both if not _same(row, their)}
    return Comparison(
        agreed=sum(row.state is State.SEEN and row.key not in different for row, _ in both),
        missing=tuple(row for row in rows if row.state is State.SEEN and row.key not in theirs),
        adopted=tuple(their for row, their in both if row.state is not State.SEEN and row.key not in different),
        extra=tuple(sorted(set(theirs) - set(ours))),
        different=tuple(sorted(different)),
        doubled=tuple(sorted(key for key, count in Counter(one.key for one in held).items() if count > 1)),
    )


def _same(row: Row, their: Held) -> bool:
    return row.digest == their.digest and (row.state is not State.SEEN or row.reference == their.reference)


def settle(office: TellingOffice, authority: Authority, found: Comparison) -> None:
    """Take what they have, and tell again what they have not."""
    office.answered(authority, [Answer(one.key, one.at, one.reference) for one in found.adopted])
    office.again(found.missing)
