"""What a procedure tells the traveller at its end: none that cannot come is written, and none that can is missing."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from ..risk.values import Values
from ..texts import Text, text
from ..words import Direction, SubjectKind, Verdict
from .rows import Ending, Procedure

BOTH: Final = frozenset(Direction)
AGAINST: Final = frozenset({Ending.REFUSED, Ending.POSTPONED, Ending.HANDED_OVER})
_ONLY: Final = {Ending.REFUSED: Direction.ENTRY, Ending.POSTPONED: Direction.EXIT}


def directions(held: Iterable[Values]) -> frozenset[Direction]:
    """The directions in which a procedure applies, by the cases in which its condition holds; both, where it asks none.

    One that never holds is told of elsewhere.
    """
    asked = {str(case["direction"]) for case in held if "direction" in case}
    return frozenset(map(Direction, asked)) or BOTH


def possible(row: Procedure, ways: AbstractSet[Direction]) -> frozenset[Ending]:
    """The endings that its own steps can come to, in these directions."""
    verdicts = {v for step in row.steps if step.subject is SubjectKind.PERSON for v in step.verdicts}
    found = {Ending.HANDED_OVER} if Verdict.HANDOVER in verdicts else set()
    if Verdict.REFUSE in verdicts and Direction.ENTRY in ways:
        found.add(Ending.REFUSED)
    if verdicts & {Verdict.REFUSE, Verdict.HOLD} and Direction.EXIT in ways:
        found.add(Ending.POSTPONED)
    return frozenset(found)


def endings_of(row: Procedure, ways: AbstractSet[Direction]) -> Iterator[Text]:
    """What is wrong with what is told at the end.

    Where a procedure with a notice can end against the traveller, it has words for that, and for when it does not: its
    notice says how it stands before.
    """
    for ending, words in row.told.given:
        if not all((words.en, words.id, words.ms)):
            yield text("sop.told-short", ending=ending.value)
        if ending in _ONLY and _ONLY[ending] not in ways:
            yield text("sop.told-never", ending=ending.value)
    against = possible(row, ways)
    wanted = [*sorted(against), Ending.RELEASED] if against else []
    for ending in wanted if row.notice is not None else ():
        if row.told.of(ending) is None:
            yield text("sop.told-missing", ending=ending.value)
