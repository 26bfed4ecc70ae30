"""What an agency is told of a decision at a counter, before it has a format: pure, and no more than is shared with it.

Each authority is told the crossing, its own verdicts with their reasons, and which of its own records they closed with
the values that stood in them. It is told nothing of the other authorities' verdicts or records. A later decision on the
same crossing is told as a correction of the one before.

What followed from a decision goes with it as it was recorded: the joint outcome for the traveller and the last day of
a permitted stay to immigration, to customs what was granted of a resident's allowance. When that changes they are told
again. What a counter does not record is not made up, and each format says so beside what it carries: weights and
payments are those of the authority's own record as it was last read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from ..domain.entries import DecisionBody, SourceStamp
from ..domain.outcome import PERSON, Judgement
from ..domain.sections import Section
from ..domain.texts import Text
from ..domain.words import Authority, Direction, Outcome, Verdict

if TYPE_CHECKING:
    from ..domain.papers.deeds import AdmissionDeed

ALWAYS = frozenset({Authority.IMMIGRATION, Authority.SECURITY})
"""Who is told of every crossing: who keeps their record, and who matches discreet matters with it by themselves.

So that somebody was told says nothing about a traveller.
"""
CLOSES: Final[Mapping[Authority, tuple[str, ...]]] = {
    Authority.CUSTOMS: ("cust.declaration-", "cust.kilb-", "cust.vhd-", "cust.vehicle-", "cust.cash-"),
    Authority.HEALTH: ("health.colour", "health.pass-"),
    Authority.ANIMAL_PLANT: ("ap.item",),
}
"""How the fields begin of records that a crossing closes: a declaration, a health pass, things carried."""


WANTED: Final[Mapping[Authority, tuple[tuple[Authority, str], ...]]] = {
    Authority.SECURITY: ((Authority.CUSTOMS, "cust.vehicle-plate"),),
}
"""Fields of another authority's record that an authority wants with it; it gets what the agreement opens to it."""


@dataclass(frozen=True, slots=True)
class Traveller:
    """Who crossed, as the document says. Dates are ISO 8601 as far as they are known: `1974-08`, or ""."""

    name: str = field(repr=False)
    nationality: str
    sex: str
    birth: str = field(repr=False)
    expiry: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was recorded: post, counter and lane, by their ids."""

    post: str
    counter: str
    lane: str


@dataclass(frozen=True, slots=True)
class Granted:
    """A grant of a resident's allowance: the entry that made it, its month (YYYY-MM), and what counts of it (sen)."""

    key: str
    month: str
    sen: int
    currency: str


@dataclass(frozen=True, slots=True)
class Followed:
    """What followed from the decisions on a crossing, wherever it was recorded.

    `outcome` is the joint one for the traveller, None where it is not told; `stay` the last that was recorded;
    `granted` what the allowance ledger has of it.
    """

    outcome: Outcome | None = None
    stay: AdmissionDeed | None = None
    granted: tuple[Granted, ...] = ()


NOTHING: Final = Followed()


@dataclass(frozen=True, slots=True)
class Telling:
    """One decision as one authority is told it.

    `key` (`<counter>/<sequence>`) is the same however often it is told; `corrects` is the key of the telling that this
    one takes the place of, "" for the first on a crossing. `at` is when it was recorded, aware. `record` is the
    authority's own section as it was last read, `shown` what of it the officer saw. `traveller` is None where who
    crossed is not shared with who is told. `shared` are values of others' records that are open to it, by field.
    `followed` is what concerns this authority.
    """

    key: str
    authority: Authority
    place: Place
    at: datetime
    officer: str
    crossing: str
    direction: Direction
    issuer: str
    number: str = field(repr=False)
    traveller: Traveller | None
    group: str
    verdicts: tuple[Judgement, ...]
    rules: str
    training: bool
    shown: SourceStamp | None = None
    record: Section | None = field(default=None, repr=False)
    shared: Mapping[str, str] = field(default_factory=dict, repr=False)
    corrects: str = ""
    followed: Followed = NOTHING

    def value(self, name: str) -> str | None:
        """The value of a field of the authority's own record; of a coded one its code; None where there is none."""
        return value_of(self.record, name)

    def records(self, name: str) -> tuple[Record, ...]:
        """The authority's records that have a field of this name, in their order."""
        if self.record is None:
            return ()
        found: dict[str, dict[str, str]] = {}
        for one in self.record.fields:
            value = _plain(one.value)
            if value is not None:
                found.setdefault(one.origin, {}).setdefault(one.name, value)
        references = {origin.id: origin.reference for origin in self.record.origins}
        return tuple(Record(references.get(id_, ""), values) for id_, values in found.items() if name in values)


@dataclass(frozen=True, slots=True)
class Record:
    """One of an authority's records: its own reference, and values by the names of their fields, as text."""

    reference: str
    values: Mapping[str, str] = field(repr=False)


def value_of(record: Section | None, name: str) -> str | None:
    """The first value of this field in a section, as text."""
    fields = record.fields if record is not None else ()
    return next((_plain(one.value) for one in fields if one.name == name), None)


def _plain(value: str | Text | None) -> str | None:
    """A value as text; of a coded one the last part of its code (`visa-exempt`)."""
    return value.code.rpartition(".")[2] if isinstance(value, Text) else value


@dataclass(frozen=True, slots=True)
class Answer:
    """What an agency's system said to a telling: taken at `at` under its `reference`, or `refused` with its code."""

    key: str
    at: datetime
    reference: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """One telling as the agency's system has it: its key, the SHA-256 (hex) of its bytes, and what was answered."""

    key: str
    digest: str
    reference: str
    at: datetime


def has_to_be_told(
    authority: Authority, body: DecisionBody, record: Section | None, *, before: bool, followed: Followed = NOTHING
) -> bool:
    """Whether this authority is told this decision: it gave a verdict in it, and there is something to say to it.

    `record` is its own section; `before`: it was told of an earlier decision on the crossing. Something to say is any
    verdict but a bare CLEAR of the person, that a crossing closes what is on record, and that something was granted.
    """
    own = [judged for judged in body.judgements if judged.authority is authority]
    if not own:
        return False
    if before or followed.granted or authority in ALWAYS or any(_says_something(judged) for judged in own):
        return True
    closes = CLOSES.get(authority, ())
    return record is not None and any(one.name.startswith(closes) for one in record.fields)


def _says_something(judged: Judgement) -> bool:
    bare = judged.verdict is Verdict.CLEAR and judged.subject == PERSON and not judged.reason and not judged.note
    return not bare


def make_telling(
    key: str,
    authority: Authority,
    body: DecisionBody,
    *,
    post: str,
    at: datetime,
    record: Section | None,
    shares_identity: bool,
    corrects: str = "",
) -> Telling:
    """What this authority is told of a decision. `shares_identity`: the agreement opens who crossed to its agency."""
    crossing = body.crossing
    document = crossing.document
    issuer, _, number = document.key.partition(":")
    counter = key.rpartition("/")[0]
    return Telling(
        key=key,
        authority=authority,
        place=Place(post, counter, crossing.lane),
        at=at,
        officer=body.officer,
        crossing=crossing.id,
        direction=crossing.direction,
        issuer=issuer,
        number=number,
        traveller=_traveller(body) if shares_identity else None,
        group=crossing.group.id if crossing.group and shares_identity else "",
        verdicts=tuple(judged for judged in body.judgements if judged.authority is authority),
        rules=body.rules,
        training=body.training,
        shown=next((stamp for stamp in body.stamps if stamp.authority is authority), None),
        record=record,
        corrects=corrects,
    )


def _traveller(body: DecisionBody) -> Traveller:
    document = body.crossing.document
    return Traveller(
        name=document.display_name,
        nationality=document.nationality,
        sex=document.sex,
        birth=document.birth.iso(),
        expiry=document.expiry.iso() if document.expiry else "",
        kind=document.kind or document.code,
    )
