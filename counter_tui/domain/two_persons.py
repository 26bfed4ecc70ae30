"""What takes two people: which matters do, and a statement that both sign, the second with their PIN beside the first.

The first person records it in their session, whose key signs the journal's entry; the second person's key signs the
statement itself: a tag of its own for each kind, then canonical JSON. Who may sign what together stands in `matters`.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from .coding import to_json
from .words import AGENCY_OF, Agency, Basis, Direction, Role, SubjectKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .outcome import Judgement
    from .posts import Officer
    from .view import MergedView

SIGNERS: Final = frozenset({Role.OFFICER, Role.SUPERVISOR})
NOTE_LONGEST: Final = 500
_DIGITS: Final = 32
GROUND: Final = "refuse.ground-"
"""What reasons to refuse entry begin with."""


class Matter(StrEnum):
    """What takes two people. New ones come last: a challenge over the telephone names them by their place."""

    IDENTITY = "identity"
    REFUSE_ENTRY = "refuse-entry"
    OVERRIDE = "override"
    RELEASE_HOLD = "release-hold"
    UNSEAL = "unseal"
    DESTROY = "destroy"
    CASH_COUNT = "cash-count"
    NARCOTICS = "narcotics"
    RETAIN_DOCUMENT = "retain-document"
    DEGRADED_MODE = "degraded-mode"
    QUOTA_CORRECTION = "quota-correction"
    BATCH_ADMISSION = "batch-admission"
    MERGE_IDENTITY = "merge-identity"
    REPRINT_NOTICE = "reprint-notice"


VERDICTS: Final = frozenset({Matter.REFUSE_ENTRY, Matter.OVERRIDE, Matter.RELEASE_HOLD, Matter.RETAIN_DOCUMENT})
"""What counts in a joint decision, until a deadline of its law where a second person is to confirm it."""


class Statement(Protocol):
    """What both sign: where, who they are (ids of officers), and whether it is an exercise."""

    @property
    def counter(self) -> str: ...  # noqa: D102
    @property
    def first(self) -> str: ...  # noqa: D102
    @property
    def second(self) -> str: ...  # noqa: D102
    @property
    def training(self) -> bool: ...  # noqa: D102

    def signed_bytes(self) -> bytes:
        """What the second person's key signs."""
        ...


class Countersigned(Protocol):
    """An entry's body: the statement, and the second person's signature with what certifies its key (base64)."""

    @property
    def statement(self) -> Statement: ...  # noqa: D102
    @property
    def certificate(self) -> str: ...  # noqa: D102
    @property
    def signature(self) -> str: ...  # noqa: D102


def tagged(tag: bytes, statement: object) -> bytes:
    """The bytes to sign: the tag says of what kind they are, so that no signature serves for another."""
    return tag + to_json(statement)


def digest_of(signed: bytes) -> str:
    """SHA-256 of what is signed, its first 128 bits in hex: the statement's own name."""
    return hashlib.sha256(signed).hexdigest()[:_DIGITS]


def why_not_two(first: Officer, second: Officer) -> str:
    """`same-person` or `role` where these are not two people who may sign; "" where they are."""
    if first.id == second.id:
        return "same-person"
    return "" if {first.role, second.role} <= SIGNERS else "role"


def needs_second(judgement: Judgement, view: MergedView) -> Matter | None:
    """Which matter of two people a verdict is, given on this view; None where one person gives it.

    Refusing entry to a person; keeping a travel document; and whatever lowers a hold of the same authority on the same
    subject, or says that it releases one. A referral lowers none: the hold stands, and goes along to secondary.
    """
    if judgement.basis is not Basis.OFFICER:
        return None
    if judgement.verdict is Verdict.REFUSE:
        return refusal_matter(judgement, view.circumstances.direction)
    held = max((j.verdict for j in view.standing if _same(j, judgement)), default=Verdict.CLEAR)
    lowers = judgement.verdict < Verdict.HOLD <= held and judgement.verdict is not Verdict.REFER
    return Matter.RELEASE_HOLD if lowers or judgement.reason.startswith("release.") else None


def refusal_matter(judgement: Judgement, direction: Direction) -> Matter | None:
    """Which matter of two people a refusal is: of entry, or of a travel document; None for any other, and no refusal.

    Goods, animals and vehicles are refused by one; to destroy them takes two.
    """
    if judgement.verdict is not Verdict.REFUSE:
        return None
    if judgement.subject.kind is SubjectKind.DOCUMENT:
        return Matter.RETAIN_DOCUMENT
    entering = direction is Direction.ENTRY or judgement.reason.startswith(GROUND)
    return Matter.REFUSE_ENTRY if judgement.subject.kind is SubjectKind.PERSON and entering else None


def matters_in(judgements: Iterable[Judgement], view: MergedView) -> tuple[tuple[Matter, Agency], ...]:
    """What takes two people among verdicts that are given together, each with the agency whose matter it is.

    Who enters, and with which document, is immigration's; a hold is its authority's.
    """
    found = dict.fromkeys(
        (matter, AGENCY_OF[judged.authority] if matter is Matter.RELEASE_HOLD else Agency.IMMIGRATION)
        for judged in judgements
        if (matter := needs_second(judged, view)) is not None
    )
    return tuple(found)


def _same(one: Judgement, other: Judgement) -> bool:
    return (one.authority, one.subject) == (other.authority, other.subject)
