"""What each source says of who this is, side by side: the document in hand first, and what in each record differs."""

from typing import Final

from ...domain.persons import Claim, Comparison, Sameness, claim_of, claims_of, compare
from ..words import _, clean
from .cells import EMPTY, Lines, cut_middle, left, line, spread, wrap
from .fields import value_words
from .panels import Panels
from .signs import authority_name
from .times import when

SOURCE: Final = 14
BIRTH: Final = 14
GAP: Final = "  "
DIFFERS: Final = "▲"


def difference_lines(panels: Panels, width: int) -> Lines:
    """Each source, what differs from the document marked; then in words what differs."""
    document = claim_of(panels.view.crossing.document)
    claims = claims_of(panels.view.sections, lambda _name, _authority: True)
    lines: Lines = [line((_("WHO THIS IS, SOURCE BY SOURCE"), "bold")), EMPTY]
    lines += _rows(panels, document, Comparison(Sameness.SAME), width)
    compared = [(claim, compare(document, claim)) for claim in claims]
    lines += [part for claim, comparison in compared for part in _rows(panels, claim, comparison, width)]
    lines.append(EMPTY)
    if not claims:
        return [*lines, *_said(_("No record names the bearer: only the document says who this is."), "$muted", width)]
    differ = [(claim, comparison) for claim, comparison in compared if comparison.differences]
    for claim, comparison in differ:
        lines += _said(_follows(claim, comparison), "$attention", width)
    return lines if differ else [*lines, *_said(_("Every record agrees with the document."), "$clear", width)]


def _said(words: str, style: str, width: int) -> Lines:
    return [line((part, style)) for part in wrap(words, width)]


def _rows(panels: Panels, claim: Claim, comparison: Comparison, width: int) -> Lines:
    """A source in two lines: the name, then birth and number; what a source does not say is a dash."""
    differs = {difference.what for difference in comparison.differences}
    source = authority_name(claim.authority) if claim.authority is not None else _("in hand")
    age = ""
    if claim.as_of is not None:
        age = _("as of {time}").format(time=when(claim.as_of, panels.now, panels.zone).strip())
    birth = value_words(claim.birth, panels.now, panels.zone) if claim.birth else ""
    room = width - SOURCE - len(age) - 4
    name = line((left(source, SOURCE), "bold"), *_value(cut_middle(clean(claim.name), room), "name" in differs))
    rest = line(
        " " * SOURCE,
        *_value(birth, "birth" in differs, BIRTH),
        GAP,
        *_value(clean(claim.number), "number" in differs),
    )
    return [spread(name, line((age, "$muted")), width), rest.truncate(width, ellipsis=True)]


def _value(value: str, differs: bool, width: int = 0) -> tuple[tuple[str, str], ...]:  # noqa: FBT001 - a mark
    """A value and its mark, in at least so many cells."""
    style = "bold $attention" if differs else "" if value else "$muted"
    shown = f"{value or '-'} {DIFFERS}" if differs else value or "-"
    return ((shown, style), (" " * max(0, width - len(shown)), ""))


def _follows(claim: Claim, comparison: Comparison) -> str:
    names = {"name": _("name"), "birth": _("date of birth"), "number": _("document number")}
    what = ", ".join(names[difference.what] for difference in comparison.differences)
    assert claim.authority is not None, "a record is an authority's"
    who = authority_name(claim.authority)
    if comparison.sameness is Sameness.ANOTHER:
        return _("{who}: this may be the record of another person ({what}).").format(who=who, what=what)
    return _("{who} differs in: {what}. Both stand; nothing was chosen between them.").format(who=who, what=what)
