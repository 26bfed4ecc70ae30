"""Unsealing: two people ask an owner for what it keeps sealed of one traveller, and each signs for it.

Both are officers of the owning agency, or of one that it names in the sharing agreement; one at least is its own. What
is unsealed comes back sealed to a key that was made for that one view, and stands in nobody's store.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ..errors import CounterError, DecisionError
from .coding import from_json
from .posts import Officer
from .sections import Sealed, Section
from .sharing import SharingAgreement
from .two_persons import NOTE_LONGEST, digest_of, tagged, why_not_two
from .words import AGENCY_OF, Agency, Authority, Role

UNSEAL: Final = "unseal"
"""The kind of the journal's entries."""

_TAG: Final = b"counter unseal 1\n"


@dataclass(frozen=True, slots=True)
class UnsealReason:
    """A reason to unseal, and whether a note must go with it."""

    code: str
    note: bool = False


REASONS: Final = (
    UnsealReason("identify"),
    UnsealReason("hand-over"),
    UnsealReason("safety"),
    UnsealReason("owner-asks", note=True),
    UnsealReason("other", note=True),
)


@dataclass(frozen=True, slots=True)
class SealedItem:
    """Something sealed that these people may ask for: the name of the finding or field, and whose it is."""

    authority: Authority
    item: str
    field: str = ""
    may: frozenset[Agency] = frozenset()

    @property
    def owner(self) -> Agency:
        """Who alone can open it."""
        return AGENCY_OF[self.authority]


@dataclass(frozen=True, slots=True)
class SealedValue:
    """What is sealed in a section: under which name it is asked for, of which field if any, and its topic."""

    item: str
    field: str
    topic: str
    sealed: Sealed


def sealed_values(section: Section) -> tuple[SealedValue, ...]:
    """All that a section holds sealed: findings by their id, fields by name and number (`health.diagnosis#2`)."""
    found = [SealedValue(f.id, "", f.topic, f.sealed) for f in section.findings if f.sealed is not None]
    count: Counter[str] = Counter()
    for field in section.fields:
        if field.sealed is not None:
            count[field.name] += 1
            found.append(SealedValue(f"{field.name}#{count[field.name]}", field.name, field.name, field.sealed))
    return tuple(found)


def sealed_items(sections: Iterable[Section], agreement: SharingAgreement) -> tuple[SealedItem, ...]:
    """What of these sections came sealed with its ciphertext, in order: what came without is not for this counter."""
    return tuple(
        SealedItem(
            section.authority, one.item, one.field, agreement.may_unseal(one.topic, AGENCY_OF[section.authority])
        )
        for section in sections
        for one in sealed_values(section)
        if one.sealed.ciphertext
    )


@dataclass(frozen=True, slots=True, repr=False)
class UnsealStatement:
    """What both people sign. `document` is the traveller's, `item` the finding's or field's name.

    `exchange` (base64, X25519) is the key that the clear value is sealed to; its other half is in memory only. `at` is
    ISO 8601 UTC; `first` and `second` are ids of officers.
    """

    crossing: str
    counter: str
    at: str
    document: str
    authority: Authority
    item: str
    exchange: str
    reason: str
    note: str
    first: str
    second: str
    training: bool

    def __repr__(self) -> str:
        """Without the person."""
        return f"UnsealStatement({self.authority.value})"

    def signed_bytes(self) -> bytes:
        """What the second person's key signs."""
        return tagged(_TAG, self)

    @property
    def digest(self) -> str:
        """The statement's own name."""
        return digest_of(self.signed_bytes())


@dataclass(frozen=True, slots=True, repr=False)
class UnsealBody:
    """An entry's body: the statement, and the second person's signature with what certifies its key (base64).

    Over the telephone there is none, but the answer that was checked where it was recorded: their own word is another
    entry.
    """

    statement: UnsealStatement
    certificate: str
    signature: str
    answer: str = ""

    def __repr__(self) -> str:
        """Without the person."""
        return f"UnsealBody({self.statement!r})"


def read_unseal(body: bytes) -> UnsealBody:
    """The unsealing in an entry's body; CounterError `entry.unreadable` where it is none."""
    return from_json(UnsealBody, body, error=CounterError("entry.unreadable"))


def why_not_both(first: Officer, second: Officer, owner: Agency, may: frozenset[Agency]) -> str:
    """The code for why these two may not unseal what this agency keeps; "" where they may."""
    why = why_not_two(first, second)
    if why:
        return f"unseal.{why}"
    if not {first.agency, second.agency} <= may | {owner}:
        return "unseal.not-yours"
    return "" if owner in {first.agency, second.agency} else "unseal.no-owner"


def seconds_for(first: Officer, roster: Iterable[Officer], item: SealedItem) -> tuple[Officer, ...]:
    """Who of the roster may sign beside this person, supervisors first."""
    able = [other for other in roster if not why_not_both(first, other, item.owner, item.may)]
    return tuple(sorted(able, key=lambda o: (o.role is not Role.SUPERVISOR, o.name)))


def state(  # noqa: PLR0913 - what is signed, by name
    *,
    crossing: str,
    document: str,
    training: bool,
    counter: str,
    at: str,
    item: SealedItem,
    exchange: str,
    reason: UnsealReason,
    note: str,
    first: Officer,
    second: Officer,
) -> UnsealStatement:
    """What the two are going to sign.

    Raises DecisionError with a code of `why_not_both`, or `decision.note-needed`.
    """
    why = why_not_both(first, second, item.owner, item.may)
    if why:
        raise DecisionError(why)
    if reason.note and not note.strip():
        raise DecisionError("decision.note-needed", reason=reason.code)
    return UnsealStatement(
        crossing=crossing,
        counter=counter,
        at=at,
        document=document,
        authority=item.authority,
        item=item.item,
        exchange=exchange,
        reason=reason.code,
        note=note.strip()[:NOTE_LONGEST],
        first=first.id,
        second=second.id,
        training=training,
    )
