"""The official letter drawn from a closed case: what it was about, what was done when and by whom, how it ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from .blocks import Block, Heading, Line, Pair, Paper, PaperKind, Reference, Table
from .drawn import Drawn
from .hand_over import HandedItem, HandedPerson, Signed, items_table, persons_table, signature
from .marks import marks
from .wording import Wording, neutral


@dataclass(frozen=True, slots=True, repr=False)
class Event:
    """One thing that was done: when (aware, in the post's zone), by whom, in words."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True, slots=True, repr=False)
class ClosedCase:
    """All that a letter is drawn from; what is sealed is no part of it. `to` is whom it is for."""

    number: str
    post: str
    to: str
    opened: datetime
    closed: datetime
    written: datetime
    lead: str
    persons: tuple[HandedPerson, ...] = ()
    items: tuple[HandedItem, ...] = ()
    events: tuple[Event, ...] = ()
    outcome: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    signed: tuple[Signed, ...] = ()
    training: bool = False


def letter(case: ClosedCase, drawn: Drawn, wording: Wording, language: str = "id", copy: int = 0) -> Paper:
    """The letter. Raises ConfigError `paper.no-words`."""
    end = (Reference(drawn.reference),)
    blocks = (*_blocks(case, wording, language, copy), *end)
    return Paper(PaperKind.LETTER, "letter", blocks, drawn.reference, copy)


def _blocks(case: ClosedCase, wording: Wording, language: str, copy: int) -> Iterator[Block]:
    yield from marks(wording, (language,), copy, training=case.training)
    yield Line(f"{case.post}  {neutral(case.written)}")
    yield Heading(wording.of("letter.title", language))
    yield Pair(wording.of("letter.number", language), case.number)
    yield Pair(wording.of("letter.to", language), case.to)
    yield Pair(wording.of("letter.lead", language), case.lead)
    yield Line(wording.of("letter.opening", language, opened=neutral(case.opened), closed=neutral(case.closed)))
    yield from _about(case, wording, language)
    for words in case.outcome:
        yield Line(words, strong=True)
    if case.legal_basis:
        yield Pair(wording.of("notice.law", language), "; ".join(dict.fromkeys(case.legal_basis)))
    yield Line(wording.of("letter.closing", language))
    signatures = case.signed or (None,)
    yield from (signature(wording, language, "letter.signed", one) for one in signatures)


def _about(case: ClosedCase, wording: Wording, language: str) -> Iterator[Block]:
    if case.persons:
        yield persons_table(case.persons, wording, language)
    if case.items:
        yield items_table(case.items, wording, language)
    if case.events:
        head = tuple(wording.of(f"letter.{name}", language) for name in ("when", "who", "what"))
        ordered = sorted(case.events, key=lambda one: one.at)
        yield Table(head, tuple((neutral(e.at), e.who, e.what) for e in ordered))
