"""The admission slip: until when the bearer may stay, large; under which stamp, on which page of the document."""

from collections.abc import Iterator

from ..stay import Stay
from .blocks import BigDate, Block, Heading, Languages, Line, Pair, Paper, PaperKind, Part, Reference, Simple
from .drawn import Drawn
from .marks import marks
from .notice import Bearer
from .wording import LANGUAGES, Wording, neutral


def slip(
    stay: Stay,
    bearer: Bearer,
    drawn: Drawn,
    wording: Wording,
    languages: tuple[str, ...] = LANGUAGES,
    copy: int = 0,
) -> Paper:
    """The slip; `stay.until` is known. Raises ConfigError `paper.no-words`."""
    head: tuple[Block, ...] = (
        *marks(wording, languages, copy, training=bearer.training),
        Line(f"{bearer.post}  {neutral(bearer.at)}"),
        Line(bearer.name, strong=True),
        Line(bearer.document),
    )
    assert stay.until is not None, "the officer has typed it where no rule gives it"
    day = BigDate(" / ".join(wording.of("slip.until", one) for one in languages), stay.until.isoformat())
    parts = tuple(Part(one, tuple(_said(stay, wording, one))) for one in languages)
    end = (Reference(drawn.reference),)
    return Paper(PaperKind.SLIP, "slip", (*head, day, Languages(parts), *end), drawn.reference, copy)


def _said(stay: Stay, wording: Wording, language: str) -> Iterator[Simple]:
    assert stay.until is not None
    yield Heading(wording.of("slip.title", language))
    yield Line(wording.of("slip.leave-by", language, day=wording.day(stay.until, language)))
    if stay.capped:
        yield Line(wording.of("slip.capped", language))
    if stay.stamp:
        yield Pair(wording.of("slip.stamp", language), stay.stamp)
    if stay.page:
        yield Pair(wording.of("slip.page", language), stay.page)
    if stay.legal_basis:
        yield Pair(wording.of("notice.law", language), stay.legal_basis)
    yield Line(wording.of("slip.keep", language))
