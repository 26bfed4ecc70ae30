"""Tellings as JSON: what the formats of agencies without a standard of their own have in common.

Times are ISO 8601 with their zone; what is unknown is left out. Nothing is invented: `notRecorded` names what the
agency might look for, and the counter did not record.
"""

import json
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import Field
from pydantic.alias_generators import to_camel

from ..domain.outcome import Judgement
from ..domain.words import Basis, SubjectKind
from .telling import Answer, Held, Telling
from .told import MAX_LINE, PAGE, Told
from .wire import Foreign, Instant, understand

Key = Annotated[str, Field(min_length=3, max_length=120)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Reference = Annotated[str, Field(min_length=1, max_length=64)]
MAX_PAGE: Final = 1 << 20


class Part(Foreign, alias_generator=to_camel):
    """A part of a message; foreign, since the system at the other end reads it."""


class DocumentPart(Part):
    """The document presented."""

    issuing_state: str
    number: str = Field(repr=False)
    kind: str | None = None


class TravellerPart(Part):
    """Who crossed; dates as far as they are known."""

    name: str = Field(repr=False)
    nationality: str
    sex: str
    birth: str | None = Field(None, repr=False)
    expiry: str | None = None


class VerdictPart(Part):
    """One verdict of the agency's own authority; `reason` is the post's code."""

    subject: str
    subject_id: str
    label: str | None = None
    verdict: str
    basis: str
    reason: str | None = None
    note: Annotated[str | None, Field(max_length=4000, repr=False)] = None


class ShownPart(Part):
    """What of the agency's own record the officer saw: live, cached or nothing, and of when."""

    state: str
    as_of: datetime | None = None


class Message(Part):
    """What every agency is told. `record_as_of` is when its own record was read that values are taken from."""

    key: Key
    corrects: Key | None = None
    post: str
    counter: str
    lane: str
    officer: str
    recorded_at: Instant
    crossing: str
    direction: str
    document: DocumentPart
    traveller: TravellerPart | None = None
    group: str | None = None
    shown: ShownPart | None = None
    record_as_of: datetime | None = None
    rules: Annotated[str, Field(max_length=1000)]
    training: bool
    not_recorded: tuple[str, ...] = ()


class AnswerPart(Part):
    """Taken under a reference, or refused with a code."""

    key: Annotated[str, Field(max_length=120)] = ""
    reference: Reference | None = None
    received_at: Instant | None = None
    refused: Code | None = None


class HeldPart(Part):
    """One telling that the agency has."""

    key: Key
    digest: Digest
    reference: Reference
    received_at: Instant


class HeldPage(Part):
    """Some of them."""

    items: Annotated[tuple[HeldPart, ...], Field(max_length=PAGE)] = ()
    more: bool = False


class HeldQuestion(Part):
    """What the agency has of what was recorded from `since` on; from which one on."""

    since: Instant
    start: Annotated[int, Field(ge=0, le=10**7)] = 0


class JsonTold(Told):
    """A format in JSON; its words may be another language's."""

    answer_part: ClassVar[type[AnswerPart]] = AnswerPart
    page_part: ClassVar[type[HeldPage]] = HeldPage
    held_part: ClassVar[type[HeldPart]] = HeldPart
    question_part: ClassVar[type[HeldQuestion]] = HeldQuestion
    message_part: ClassVar[type[Message]] = Message

    def write(self, telling: Telling) -> bytes:
        """As `Told`."""
        return _line(self.message(telling))

    @abstractmethod
    def message(self, telling: Telling) -> Message:
        """The message as a model. Raises ValueError where it cannot be written."""

    def read(self, line: bytes, at: datetime) -> Answer:
        """As `Told`."""
        said = understand(self.authority, self.answer_part, line, max_bytes=MAX_LINE)
        if said.refused:
            return Answer(said.key, at, refused=said.refused)
        if not said.reference or said.received_at is None:
            raise self.not_understood()
        return Answer(said.key, said.received_at, said.reference)

    def ask_held(self, since: datetime, start: int) -> bytes:
        """As `Told`."""
        return _line(self.question_part(since=since, start=start))

    def read_held(self, page: bytes) -> tuple[Sequence[Held], bool]:
        """As `Told`."""
        said = understand(self.authority, self.page_part, page, max_bytes=MAX_PAGE)
        return [Held(one.key, one.digest, one.reference, one.received_at) for one in said.items], said.more

    def take(self, message: bytes) -> tuple[str, datetime, bool]:
        """As `Told`."""
        said = self.message_part.model_validate_json(message)
        return said.key, said.recorded_at, said.training

    def accept(self, held: Held) -> bytes:
        """As `Told`."""
        return _line(self.answer_part(key=held.key, reference=held.reference, received_at=held.at))

    def refuse(self, key: str, code: str) -> bytes:
        """As `Told`."""
        return _line(self.answer_part(key=key, refused=code))

    def asked_held(self, question: bytes) -> tuple[datetime, int]:
        """As `Told`."""
        said = self.question_part.model_validate_json(question)
        return said.since, said.start

    def list_held(self, page: Sequence[Held], *, more: bool) -> bytes:
        """As `Told`."""
        items = tuple(
            self.held_part(key=one.key, digest=one.digest, reference=one.reference, received_at=one.at) for one in page
        )
        return _line(self.page_part(items=items, more=more))


def common(telling: Telling, document: type[DocumentPart], traveller: type[TravellerPart]) -> dict[str, Any]:
    """What every message says, but for the words of direction and verdicts, by the names of `Message`."""
    who = telling.traveller
    return {
        "key": telling.key,
        "corrects": telling.corrects or None,
        "post": telling.place.post,
        "counter": telling.place.counter,
        "lane": telling.place.lane,
        "officer": telling.officer,
        "recorded_at": telling.at,
        "crossing": telling.crossing,
        "direction": telling.direction.value.upper(),
        "document": document(
            issuing_state=telling.issuer, number=telling.number, kind=(who.kind or None) if who else None
        ),
        "traveller": None
        if who is None
        else traveller(
            name=who.name,
            nationality=who.nationality,
            sex=who.sex,
            birth=who.birth or None,
            expiry=who.expiry or None,
        ),
        "group": telling.group or None,
        "record_as_of": telling.record.as_of if telling.record else None,
        "rules": telling.rules,
        "training": telling.training,
    }


def shown(telling: Telling, part: type[ShownPart] = ShownPart, words: Mapping[str, str] | None = None) -> Any:
    """What the officer saw of the agency's record."""
    stamp = telling.shown
    if stamp is None:
        return None
    state = stamp.source.value.upper()
    return part(state=(words or {}).get(state, state), as_of=stamp.as_of)


def verdicts(telling: Telling, kinds: frozenset[SubjectKind] = frozenset(SubjectKind)) -> tuple[VerdictPart, ...]:
    """The authority's own verdicts about subjects of these kinds."""
    return tuple(verdict_part(judged) for judged in telling.verdicts if judged.subject.kind in kinds)


def verdict_part(judged: Judgement) -> VerdictPart:
    """One verdict in the words of this program."""
    return VerdictPart(
        subject=judged.subject.kind.value.upper(),
        subject_id=judged.subject.id,
        label=judged.subject.label or None,
        verdict=judged.verdict.name,
        basis=BASES[judged.basis],
        reason=judged.reason or None,
        note=judged.note or None,
    )


BASES: Final[Mapping[Basis, Literal["OFFICER", "RULE", "DELEGATED"]]] = {
    Basis.OFFICER: "OFFICER",
    Basis.RULE: "RULE",
    Basis.DELEGATED: "DELEGATED",
}


def _line(part: Foreign) -> bytes:
    dumped = part.model_dump(mode="json", by_alias=True, exclude_none=True)
    return json.dumps(dumped, ensure_ascii=False, separators=(",", ":")).encode()
