"""Acts: entries that every counter folds together, whatever the order they come in; each kind has its deed.

An act belongs to a *thread*: a crossing, a case, a resident's allowance, the post. It names the acts of its thread that
were known where it was recorded (`after`), so that what was said knowing of something is told from what was said apart
from it. Some take a second person, who signs the act with the first one's words, wherever that person is.
"""

from __future__ import annotations

import importlib
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar, cast

from ..errors import CounterError
from .coding import from_json, to_json
from .two_persons import digest_of, tagged, why_not_two
from .words import Agency

if TYPE_CHECKING:
    from .posts import Officer

_TAG: Final = b"counter-tui act 1 "
_DEEDS: Final = {
    # kind: the module in `domain`, as a path, and the class of its deed
    "correction": ("joint/deeds", "Correction"),
    "override": ("joint/deeds", "Override"),
    "confirmation": ("joint/deeds", "Confirmation"),
    "review": ("joint/deeds", "Review"),
    "settlement": ("joint/deeds", "Settlement"),
    "step": ("procedures/deeds", "StepDeed"),
    "sign-off": ("procedures/closing", "SignOffDeed"),
    "case": ("cases/deeds", "CaseDeed"),
    "whereabouts": ("whereabouts", "Whereabouts"),
    "statement": ("statements", "Statement"),
    "mode": ("mode", "ModeDeed"),
    "allowance": ("allowance/deeds", "AllowanceDeed"),
    "recall": ("recall", "RecallDeed"),
    "paper": ("papers/deeds", "PaperDeed"),
    "admission": ("papers/deeds", "AdmissionDeed"),
    "emergency": ("emergency", "EmergencyDeed"),
}
YEARS: Final = range(2000, 2200)
"""What a time that somebody claims is within, so that it can be shown in any zone and reckoned with."""
KINDS: Final = frozenset(_DEEDS)


class Means(StrEnum):
    """How the second person signed: beside the first, at a counter of their own, or by telephone."""

    BESIDE = "beside"
    OWN_COUNTER = "own_counter"
    TELEPHONE = "telephone"


@dataclass(frozen=True, slots=True)
class Second:
    """A second person (id of an officer) and their signature of the act, with what certifies its key (both base64).

    By telephone there is no signature yet, only the answer that was checked here: it is to be confirmed.
    """

    officer: str
    means: Means = Means.BESIDE
    certificate: str = ""
    signature: str = ""
    answer: str = ""


class Deed:
    """What an act does. A kind of deed is a frozen dataclass with slots that says who may, and who sees it."""

    __slots__ = ()

    def needs_second(self) -> bool:
        """Whether two people sign it."""
        return False

    def why_not(self, first: Officer, second: Officer | None) -> str:
        """The code for why these people may not; "" where they may."""
        if self.needs_second():
            if second is None:
                return "act.second-needed"
            why = why_not_two(first, second)
            return f"act.{why}" if why else ""
        return ""

    def seen_by(self, to: AbstractSet[Agency]) -> Self | None:  # noqa: ARG002 - for kinds that have something to hide
        """What a counter of these agencies is sent of it; None for nothing."""
        return self


D = TypeVar("D", bound=Deed)


@dataclass(frozen=True, slots=True, repr=False)
class ActBody(Generic[D]):
    """An entry's body. `at` is ISO 8601 UTC, `officer` who recorded it in their session."""

    thread: str
    counter: str
    officer: str
    at: str
    deed: D
    after: tuple[str, ...] = ()
    training: bool = False
    second: Second | None = None

    def __repr__(self) -> str:
        """Without what it says of anybody."""
        return f"ActBody({type(self.deed).__name__})"


@dataclass(frozen=True, slots=True)
class ActStatement:
    """What both people sign of an act, as `two_persons.Statement`: all of it, but for the signature itself."""

    kind: str
    body: ActBody[Any]
    second: str
    means: Means = Means.BESIDE

    @property
    def counter(self) -> str:
        """Where it is recorded."""
        return self.body.counter

    @property
    def first(self) -> str:
        """Who records it."""
        return self.body.officer

    @property
    def training(self) -> bool:
        """Whether it is an exercise."""
        return self.body.training

    def signed_bytes(self) -> bytes:
        """What the second person's key signs."""
        named = replace(self.body, second=Second(self.second, self.means))
        return tagged(_TAG + self.kind.encode() + b"\n", named)

    @property
    def digest(self) -> str:
        """The act's own name, 32 hex digits: what a screen shows a part of where somebody else signs it."""
        return digest_of(self.signed_bytes())


@dataclass(frozen=True, slots=True)
class SignedAct:
    """An act with the second person's signature, as `two_persons.Countersigned`."""

    statement: ActStatement
    certificate: str
    signature: str


@dataclass(frozen=True, slots=True)
class Act:
    """An act as it is folded. `id` is counter and sequence (`ENT-3/118`), `at` aware."""

    id: str
    kind: str
    thread: str
    officer: str
    at: datetime
    deed: Any
    after: tuple[str, ...] = ()
    second: Second | None = None
    training: bool = False

    @property
    def counter(self) -> str:
        """Where it was recorded."""
        return self.id.rpartition("/")[0]

    @property
    def sequence(self) -> int:
        """Its place in that counter's journal."""
        return int(self.id.rpartition("/")[2])


def act_id(counter: str, sequence: int) -> str:
    """What an act is known by everywhere."""
    return f"{counter}/{sequence}"


def deed_class(kind: str) -> type[Deed]:
    """The class of this kind's deed. Raises KeyError for a kind that is none."""
    module, name = _DEEDS[kind]
    found = importlib.import_module("." + module.replace("/", "."), __package__)
    return cast("type[Deed]", getattr(found, name))


def write_act(body: ActBody[Any]) -> bytes:
    """The bytes of an act's entry."""
    return to_json(body)


def read_body(kind: str, raw: bytes) -> ActBody[Any]:
    """The body of an act's entry; CounterError `entry.unreadable` where it is none of this kind."""
    if kind not in KINDS:
        raise CounterError("entry.unreadable")
    # which deed it is is known only now: to the type checker a class made at run time is none
    kind_of: Any = ActBody.__class_getitem__(deed_class(kind))  # type: ignore[attr-defined]
    body: ActBody[Any] = from_json(kind_of, raw, error=CounterError("entry.unreadable"))
    return body


def read_act(kind: str, id_: str, raw: bytes) -> Act:
    """The act in an entry's body; CounterError `entry.unreadable` where it is none of this kind."""
    body = read_body(kind, raw)
    try:
        at = datetime.fromisoformat(body.at)
    except ValueError:
        raise CounterError("entry.unreadable") from None
    if at.tzinfo is None or at.year not in YEARS:
        raise CounterError("entry.unreadable")
    return Act(id_, kind, body.thread, body.officer, at, body.deed, body.after, body.second, body.training)


def signed_act(kind: str, body: ActBody[Any]) -> SignedAct | None:
    """The act as two signed it beside each other; None where they did not."""
    second = body.second
    if second is None or second.means is not Means.BESIDE:
        return None
    return SignedAct(ActStatement(kind, body, second.officer), second.certificate, second.signature)


def project_act(kind: str, raw: bytes, to: AbstractSet[Agency]) -> bytes | None:
    """The entry's body as a counter of these agencies is sent it; None for nothing."""
    body = read_body(kind, raw)
    deed = body.deed.seen_by(to)
    return None if deed is None else raw if deed is body.deed else to_json(replace(body, deed=deed))
