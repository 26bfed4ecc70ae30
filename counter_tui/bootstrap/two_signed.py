"""Entries of a counter's journal that take two people: which kinds, and whether these two may have signed them."""

from collections.abc import Callable, Sequence
from typing import Final

from ..domain import identity, unsealing
from ..domain.posts import Officer
from ..domain.two_persons import Countersigned
from ..domain.words import AGENCY_OF, Agency
from ..errors import CounterError

KINDS: Final = (identity.IDENTITY, unsealing.UNSEAL)
Known = Callable[[str], Sequence[Officer]]
"""An officer by id, as they are or were on the roster."""
MayBoth = Callable[[str, bytes, Known], Countersigned | None]


def may_both(kind: str, body: bytes, known: Known) -> Countersigned | None:
    """The entry's body, where both persons are known and may sign it together; whose signature holds is not said."""
    try:
        if kind == identity.IDENTITY:
            return _identity(identity.read_identity(body), known)
        return _unsealing(unsealing.read_unseal(body), known)
    except CounterError:
        return None


def _identity(body: identity.IdentityBody, known: Known) -> Countersigned | None:
    first, second = known(body.statement.first), known(body.statement.second)
    if not first or not second:
        return None
    return None if identity.why_not_both(first[0], second[0], body.statement.about.agency) else body


def _unsealing(body: unsealing.UnsealBody, known: Known) -> Countersigned | None:
    """Whom the owner names may have changed since: here one of the two has to be its own."""
    first, second = known(body.statement.first), known(body.statement.second)
    if not first or not second:
        return None
    owner = AGENCY_OF[body.statement.authority]
    return None if unsealing.why_not_both(first[0], second[0], owner, frozenset(Agency)) else body
