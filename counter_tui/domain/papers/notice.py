"""The traveller's notice, in three languages: what happens next, whom to ask, which rights there are, by which law."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ..words import Direction
from .blocks import Block, Heading, Languages, Line, Pair, Paper, PaperKind, Part, Reference, Simple
from .drawn import Drawn
from .facts import NoticeFacts, Standing
from .marks import marks
from .wording import LANGUAGES, Wording, neutral

_RIGHTS = {
    Standing.GO_ON: (),
    Standing.CONDITIONS: ("receipt",),
    Standing.CHECK: ("interpreter", "receipt", "reason"),
    Standing.CARE: ("interpreter", "receipt"),
    Standing.REFUSED: ("interpreter", "receipt", "reason", "objection"),
    Standing.HANDED_OVER: ("interpreter", "receipt", "reason"),
}
_CONSULATE = frozenset({Standing.CHECK, Standing.CARE, Standing.REFUSED, Standing.HANDED_OVER})


@dataclass(frozen=True, slots=True, repr=False)
class Bearer:
    """Who is given a paper: as the document says. `at` is aware, in the post's zone."""

    name: str
    document: str
    post: str
    contact: str
    at: datetime
    training: bool


def notice(
    facts: NoticeFacts,
    bearer: Bearer,
    drawn: Drawn,
    wording: Wording,
    languages: tuple[str, ...] = LANGUAGES,
    copy: int = 0,
) -> Paper:
    """The notice. Raises ConfigError `paper.no-words`."""
    head: tuple[Block, ...] = (
        *marks(wording, languages, copy, training=bearer.training),
        Line(f"{bearer.post}  {neutral(bearer.at)}"),
        Line(bearer.name, strong=True),
        Line(bearer.document),
    )
    parts = tuple(Part(one, tuple(_said(facts, bearer, wording, one))) for one in languages)
    end = (Reference(drawn.reference),)
    return Paper(PaperKind.NOTICE, "notice", (*head, Languages(parts), *end), drawn.reference, copy)


def _said(facts: NoticeFacts, bearer: Bearer, wording: Wording, language: str) -> Iterator[Simple]:
    yield Heading(wording.of("notice.title", language))
    yield Line(wording.of(_state_code(facts), language), strong=True)
    yield from _procedures(facts, language)
    for thing in facts.things:
        kind = wording.of(f"thing.{thing.kind.value}", language)
        about = f"{kind} {thing.label}" if thing.label else kind
        said = wording.of(f"thing-told.{thing.told}", language, thing=about)
        yield Line(said[:1].upper() + said[1:])
    yield from _next(facts, wording, language)
    yield from _law(facts, wording, language)
    yield Pair(wording.of("notice.ask", language), bearer.contact)


def _state_code(facts: NoticeFacts) -> str:
    if facts.standing is not Standing.REFUSED:
        return f"standing.{facts.standing.value}"
    return f"standing.refused-{facts.direction.value}"


def _procedures(facts: NoticeFacts, language: str) -> Iterator[Simple]:
    """What the agencies wrote for this traveller; nothing where one of them lacks this language."""
    said = dict.fromkeys(procedure.find_notice(language) for procedure in facts.procedures)
    yield from (Line(words) for words in said if words)


def _next(facts: NoticeFacts, wording: Wording, language: str) -> Iterator[Simple]:
    if facts.standing in {Standing.CHECK, Standing.CARE}:
        yield Line(wording.of("notice.meanwhile", language))
    for right in _RIGHTS[facts.standing]:
        yield Line(wording.of(f"right.{right}", language))
    if facts.foreign and facts.standing in _CONSULATE:
        yield Line(wording.of("right.consulate", language))
    if not facts.foreign and facts.direction is Direction.ENTRY and facts.standing is not Standing.GO_ON:
        yield Line(wording.of("right.citizen", language))


def _law(facts: NoticeFacts, wording: Wording, language: str) -> Iterator[Simple]:
    if facts.reason:
        yield Line(wording.of(f"reason.{facts.reason}", language))
    bases = dict.fromkeys(p.legal_basis for p in facts.procedures if p.legal_basis)
    if bases:
        yield Pair(wording.of("notice.law", language), "; ".join(bases))
