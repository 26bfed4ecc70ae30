"""The hand-over record (berita acara serah terima): what and whom one party gives to another, signed by both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from .blocks import Block, Heading, Line, Pair, Paper, PaperKind, Reference, Signature, Table
from .drawn import Drawn
from .marks import marks
from .wording import Wording, neutral


@dataclass(frozen=True, slots=True, repr=False)
class Party:
    """Who gives or takes: an agency in words, the person who acts for it, and where."""

    agency: str
    name: str
    place: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class HandedPerson:
    """A person who goes over: as the document says."""

    name: str
    document: str
    nationality: str


@dataclass(frozen=True, slots=True, repr=False)
class HandedItem:
    """A thing that goes over: what it is, the seal it is under, and who had it so far, the first holder first."""

    what: str
    seal: str = ""
    custody: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Signed:
    """A signature as it was recorded: who, when (aware, in the post's zone), the act's id and digest."""

    name: str
    at: datetime
    act: str
    digest: str


@dataclass(frozen=True, slots=True, repr=False)
class HandOver:
    """All that a record is drawn from. A signature that is None is missing, and the paper says so.

    `persons` go over too, or it is only about things of theirs (`persons_go`).
    """

    number: str
    post: str
    place: str
    at: datetime
    giver: Party
    taker: Party
    persons: tuple[HandedPerson, ...] = ()
    items: tuple[HandedItem, ...] = ()
    legal_basis: str = ""
    given: Signed | None = None
    taken: Signed | None = None
    witness: Signed | None = None
    training: bool = False
    persons_go: bool = True


def hand_over(record: HandOver, drawn: Drawn, wording: Wording, language: str = "id", copy: int = 0) -> Paper:
    """The record. Raises ConfigError `paper.no-words`."""
    blocks = tuple(_blocks(record, wording, language, copy))
    end = (Reference(drawn.reference),)
    return Paper(PaperKind.HAND_OVER, "hand-over", (*blocks, *end), drawn.reference, copy)


def _blocks(record: HandOver, wording: Wording, language: str, copy: int) -> Iterator[Block]:
    yield from marks(wording, (language,), copy, training=record.training)
    yield Heading(wording.of("hand-over.title", language))
    yield Pair(wording.of("hand-over.number", language), record.number)
    where = ", ".join(part for part in (record.post, record.place) if part)
    yield Line(wording.of("hand-over.opening", language, at=neutral(record.at), where=where))
    for role, party in (("giver", record.giver), ("taker", record.taker)):
        who = ", ".join(part for part in (party.name, party.agency, party.place) if part)
        yield Pair(wording.of(f"hand-over.{role}", language), who)
    yield from _what(record, wording, language)
    if record.legal_basis:
        yield Pair(wording.of("notice.law", language), record.legal_basis)
    yield Line(wording.of("hand-over.closing", language))
    signatures = [("giver", record.given), ("taker", record.taken)]
    if record.witness is not None:
        signatures.append(("witness", record.witness))
    yield from (signature(wording, language, f"hand-over.{role}", signed) for role, signed in signatures)


def _what(record: HandOver, wording: Wording, language: str) -> Iterator[Block]:
    if record.persons:
        yield persons_table(record.persons, wording, language, "person" if record.persons_go else "concerning")
    if record.items:
        yield items_table(record.items, wording, language)


def persons_table(
    persons: Sequence[HandedPerson], wording: Wording, language: str, called: str = "concerning"
) -> Table:
    """Who goes over (`person`), or whom it is about (`concerning`)."""
    head = _columns(wording, language, called, "document", "nationality")
    return Table(head, tuple((p.name, p.document, p.nationality) for p in persons))


def items_table(items: Sequence[HandedItem], wording: Wording, language: str) -> Table:
    """What it is about; seals in a column of their own where they are known apart from the thing's own words."""
    none = wording.of("hand-over.not-noted", language)
    chains = [" > ".join(one.custody) or none for one in items]
    if not any(one.seal for one in items):
        head = _columns(wording, language, "item", "custody")
        return Table(head, tuple((one.what, held) for one, held in zip(items, chains, strict=True)))
    head = _columns(wording, language, "item", "seal", "custody")
    return Table(head, tuple((one.what, one.seal or none, held) for one, held in zip(items, chains, strict=True)))


def _columns(wording: Wording, language: str, *names: str) -> tuple[str, ...]:
    return tuple(wording.of(f"hand-over.{name}", language) for name in names)


def signature(wording: Wording, language: str, role: str, signed: Signed | None) -> Signature:
    """A signature as a block: who has signed, or that it is missing."""
    called = wording.of(role, language)
    if signed is None:
        return Signature(called, "", missing=wording.of("signature.missing", language))
    return Signature(called, signed.name, neutral(signed.at), f"{signed.act} {signed.digest[:16]}")


def missing_signatures(record: HandOver) -> Sequence[str]:
    """Which of the two have not signed: `giver`, `taker`."""
    return [role for role, signed in (("giver", record.given), ("taker", record.taken)) if signed is None]
