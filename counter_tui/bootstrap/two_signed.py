"""Entries of a counter's journal that take two people: which kinds, and whether these two may have signed them."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from ..domain import acts, identity, unsealing
from ..domain.countersigned import NAMES_SECOND, signed_decision
from ..domain.entries import DECISION, DecisionBody, read_decision
from ..domain.posts import Officer
from ..domain.two_persons import Countersigned, why_not_two
from ..domain.words import AGENCY_OF, Agency
from ..errors import CounterError

KINDS: Final = (identity.IDENTITY, unsealing.UNSEAL, DECISION, *sorted(acts.KINDS))
Known = Callable[[str], Sequence[Officer]]
"""An officer by id, as they are or were on the roster."""
MayBoth = Callable[[str, bytes, Known, str], Countersigned | None]


def takes_two(kind: str, body: bytes) -> bool:
    """Whether an entry of these kinds has a second signature that is to hold."""
    if kind == DECISION and NAMES_SECOND not in body:
        return False
    try:
        if kind == DECISION:
            return signed_decision("", read_decision(body)) is not None
        if kind == identity.IDENTITY:
            return not identity.read_identity(body).answer
        if kind == unsealing.UNSEAL:
            return not unsealing.read_unseal(body).answer
        read = acts.read_body(kind, body)
    except CounterError:
        return True
    return acts.signed_act(kind, read) is not None


def may_both(kind: str, body: bytes, known: Known, counter: str) -> Countersigned | None:
    """The body of this counter's entry, where both persons are known and may sign it together.

    Whose signature holds is not said.
    """
    try:
        if kind == DECISION:
            return _decision(counter, read_decision(body), known)
        if kind == identity.IDENTITY:
            return _identity(identity.read_identity(body), known)
        if kind in acts.KINDS:
            return _act(kind, acts.read_body(kind, body), known)
        return _unsealing(unsealing.read_unseal(body), known)
    except CounterError:
        return None


def _act(kind: str, body: acts.ActBody[Any], known: Known) -> Countersigned | None:
    signed = acts.signed_act(kind, body)
    if signed is None:
        return None
    first, second = known(signed.statement.first), known(signed.statement.second)
    if not first or not second:
        return None
    return None if body.deed.why_not(first[0], second[0]) else signed


def _decision(counter: str, body: DecisionBody, known: Known) -> Countersigned | None:
    signed = signed_decision(counter, body)
    if signed is None:
        return None
    first, second = known(signed.statement.first), known(signed.statement.second)
    if not first or not second:
        return None
    return None if why_not_two(first[0], second[0]) else signed


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
