"""Identity decisions: two people say whether a hit is the person in front of them, and each signs for it.

A hit is a candidate until a supervisor and a second person verify or reject it. What they decided holds for this person
and this version of the list's entry; a decision stands until one that was made in its knowledge replaces it, and of
several that knew nothing of each other the stricter counts, so that every counter comes to the same.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from ..errors import CounterError, DecisionError
from .coding import from_json
from .crossings import Crossing
from .documents import Document
from .posts import Officer
from .screening.model import Hit
from .two_persons import NOTE_LONGEST, digest_of, tagged, why_not_two
from .words import Agency, Role

IDENTITY: Final = "identity"
"""The kind of the journal's entries."""

_TAG: Final = b"counter identity 1\n"


class Identified(IntEnum):
    """What was decided of a hit: the greater is the stricter."""

    NOT_THIS_PERSON = 0
    THIS_PERSON = 1


@dataclass(frozen=True, slots=True)
class IdentityReason:
    """A reason for an identity decision, and whether a note must go with it."""

    code: str
    identified: Identified
    note: bool = False


REASONS: Final = (
    IdentityReason("birth-differs", Identified.NOT_THIS_PERSON),
    IdentityReason("document-differs", Identified.NOT_THIS_PERSON),
    IdentityReason("photo-differs", Identified.NOT_THIS_PERSON),
    IdentityReason("owner-says-no", Identified.NOT_THIS_PERSON, note=True),
    IdentityReason("other-no", Identified.NOT_THIS_PERSON, note=True),
    IdentityReason("document-same", Identified.THIS_PERSON),
    IdentityReason("birth-photo-same", Identified.THIS_PERSON),
    IdentityReason("fingerprint-same", Identified.THIS_PERSON),
    IdentityReason("owner-says-yes", Identified.THIS_PERSON, note=True),
    IdentityReason("other-yes", Identified.THIS_PERSON, note=True),
)


def reasons_for(identified: Identified) -> tuple[IdentityReason, ...]:
    """The reasons for this decision, in the order in which they are offered."""
    return tuple(reason for reason in REASONS if reason.identified is identified)


@dataclass(frozen=True, slots=True, repr=False)
class Bearer:
    """The person in front of the counter, by the document: its key, name, birth (ISO 8601, as far as known)."""

    document: str
    name: str
    birth: str
    nationality: str
    sex: str

    def __repr__(self) -> str:
        """Without the person."""
        return "Bearer()"


def bearer_of(document: Document) -> Bearer:
    """Who bears this document."""
    return Bearer(document.key, document.display_name, document.birth.iso(), document.nationality, document.sex)


def person_keys(bearer: Bearer) -> tuple[str, ...]:
    """What a person is known again by: the document; and for a renewed one name, whole birth date, nationality, sex."""
    words = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFKD", bearer.name.upper())).split()
    known = (" ".join(words), bearer.birth if len(bearer.birth) == len("YYYY-MM-DD") else "", bearer.nationality)
    return (f"d:{bearer.document}", f"p:{'|'.join((*known, bearer.sex))}") if all(known) else (f"d:{bearer.document}",)


@dataclass(frozen=True, slots=True, repr=False)
class HitAbout:
    """The hit that is decided on: `entry` is the version of the list's entry, `version` the list's, as shown.

    `score` is in thousandths. `agency` is whose list it is.
    """

    list: str
    ref: str
    entry: str
    version: int
    score: int
    agency: Agency

    @property
    def key(self) -> tuple[str, str, str]:
        """The entry in its version: what a decision holds for."""
        return (self.list, self.ref, self.entry)

    def __repr__(self) -> str:
        """Without the entry."""
        return f"HitAbout({self.list})"


def hit_key(hit: Hit) -> tuple[str, str, str]:
    """The entry in its version, as `HitAbout.key`."""
    return (hit.list, hit.ref, hit.version)


@dataclass(frozen=True, slots=True, repr=False)
class Statement:
    """What both people sign. `at` is ISO 8601 UTC; `replaces` are the digests of the decisions it takes the place of.

    `first` records it in their session, `second` signs it with their PIN beside them; both are ids of officers.
    """

    crossing: str
    counter: str
    at: str
    bearer: Bearer
    about: HitAbout
    identified: Identified
    reason: str
    note: str
    first: str
    second: str
    training: bool
    replaces: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Without the person."""
        return f"Statement({self.about!r}, {self.identified.name})"

    def signed_bytes(self) -> bytes:
        """What the second person's key signs: a tag of its own, then canonical JSON."""
        return tagged(_TAG, self)

    @property
    def digest(self) -> str:
        """SHA-256 of what is signed, its first 128 bits in hex: the decision's own name."""
        return digest_of(self.signed_bytes())


@dataclass(frozen=True, slots=True, repr=False)
class IdentityBody:
    """An entry's body: the statement, and the second person's signature with what certifies its key (base64).

    Over the telephone there is none, but the answer that was checked where it was recorded: their own word is another
    entry.
    """

    statement: Statement
    certificate: str
    signature: str
    answer: str = ""

    def __repr__(self) -> str:
        """Without the person."""
        return f"IdentityBody({self.statement!r})"


def read_identity(body: bytes) -> IdentityBody:
    """The identity decision in an entry's body; CounterError `entry.unreadable` where it is none."""
    return from_json(IdentityBody, body, error=CounterError("entry.unreadable"))


def read_statement(body: bytes) -> Statement:
    """A statement by itself, as records keep it; CounterError `entry.unreadable` where it is none."""
    return from_json(Statement, body, error=CounterError("entry.unreadable"))


# -- who may, and what it takes ---------------------------------------------------------------------------------------


def why_not_both(first: Officer, second: Officer, agency: Agency) -> str:
    """The code for why these two may not decide on a hit of this agency's list; "" where they may."""
    why = why_not_two(first, second)
    if why:
        return f"identity.{why}"
    if Role.SUPERVISOR not in {first.role, second.role}:
        return "identity.no-supervisor"
    if agency not in first.acts_for | second.acts_for:
        return "identity.other-agency"
    return ""


def seconds_for(first: Officer, roster: Iterable[Officer], agency: Agency) -> tuple[Officer, ...]:
    """Who of the roster may sign beside this person, supervisors first."""
    may = [other for other in roster if not why_not_both(first, other, agency)]
    return tuple(sorted(may, key=lambda o: (o.role is not Role.SUPERVISOR, o.name)))


def state(  # noqa: PLR0913 - what is signed, by name
    *,
    crossing: Crossing,
    counter: str,
    at: str,
    about: HitAbout,
    reason: IdentityReason,
    note: str,
    first: Officer,
    second: Officer,
    known: Iterable[Statement] = (),
) -> Statement:
    """What the two are going to sign; `known` are the decisions known here on this person.

    Raises DecisionError with a code of `why_not_both`, or `decision.note-needed`.
    """
    why = why_not_both(first, second, about.agency)
    if why:
        raise DecisionError(why)
    if reason.note and not note.strip():
        raise DecisionError("decision.note-needed", reason=reason.code)
    return Statement(
        crossing=crossing.id,
        counter=counter,
        at=at,
        bearer=bearer_of(crossing.document),
        about=about,
        identified=reason.identified,
        reason=reason.code,
        note=note.strip()[:NOTE_LONGEST],
        first=first.id,
        second=second.id,
        training=crossing.training,
        replaces=tuple(sorted(s.digest for s in known if s.about.key == about.key)),
    )


# -- what was decided before ------------------------------------------------------------------------------------------


def in_force(statements: Iterable[Statement]) -> Mapping[tuple[str, str, str], Statement]:
    """The decision that stands on each entry, by its key; the order in which they came does not matter."""
    held = {statement.digest: statement for statement in statements}
    replaced = {digest for statement in held.values() for digest in statement.replaces}
    standing: dict[tuple[str, str, str], Statement] = {}
    for digest, statement in sorted(held.items(), key=lambda one: (one[1].identified, one[1].at, one[0])):
        if digest not in replaced:
            standing[statement.about.key] = statement
    return standing
