"""One person across agencies: what each record says of who this is, held against the document in hand.

A disagreement is shown with whose value it is and how old; nothing is averaged, and it lifts the band. Who is known
here already shows too: inside and entering again, at another counter a moment ago, with another document, or a twin.
All of it follows from its inputs alone; the order in which they come does not matter.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from ..errors import DocumentError
from .crossings import Crossing
from .documents import Document, PartialDate
from .findings import FindingRules
from .known_here import KnownHere, last_way, may_be_twins, same_person
from .sections import Contribution, Field, Finding, Section
from .texts import Text, text
from .words import Authority, Direction

PREFIXES: Final = {"imm": Authority.IMMIGRATION, "cust": Authority.CUSTOMS, "health": Authority.HEALTH}
"""Whose records name a person, by what their fields begin with."""
_PARTS: Final = {"name": "name", "birth": "birth", "birth-date": "birth", "document": "number"}
JUST_NOW: Final = timedelta(minutes=15)
"""So long after a crossing at another counter the same person is told to be there."""
SHOWN: Final = 3
"""Of other documents, and of twins, so many are named."""
_SPELLED_ALIKE: Final = 0.9
_ALIKE: Final = 0.6


# -- what records say -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class Claim:
    """What one source says of who a person is; "" where it says nothing.

    `number` is of the document, `birth` ISO 8601 as far as known. `authority` is None for the document in hand.
    `shown`: whether who is signed in may see these values.
    """

    authority: Authority | None = None
    number: str = ""
    name: str = ""
    birth: str = ""
    as_of: datetime | None = None
    shown: bool = True

    def __repr__(self) -> str:
        """Without the person."""
        return f"Claim({self.authority})"


class Sameness(IntEnum):
    """How two sources agree on who a person is: the greater is the worse."""

    SAME = 0
    DISAGREES = 1
    ANOTHER = 2


@dataclass(frozen=True, slots=True)
class Difference:
    """In what two sources differ: `name`, `birth` or `number`; and whether they are far apart."""

    what: str
    far: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two sources are of the same person, and all in which they differ."""

    sameness: Sameness
    differences: tuple[Difference, ...] = ()


def claim_of(document: Document) -> Claim:
    """What the document in hand says."""
    return Claim(None, f"{document.issuing_state} {document.number}", document.display_name, document.birth.iso())


def claims_of(sections: Iterable[Section], shows: Callable[[str, Authority], bool]) -> tuple[Claim, ...]:
    """What the agencies' records say, a claim for each record; `shows` tells which fields may be seen."""
    claims = []
    for section in sections:
        records: dict[str, dict[str, str]] = {}
        hidden = False
        for field in section.fields:
            part = _part(field, section.authority)
            if part and isinstance(field.value, str):
                records.setdefault(field.origin, {}).setdefault(part, field.value)
                hidden |= not shows(field.name, section.authority)
        ages = {origin.id: origin.as_of for origin in section.origins}
        claims += [
            Claim(section.authority, **said, as_of=ages.get(origin) or section.as_of, shown=not hidden)
            for origin, said in records.items()
        ]
    return tuple(claims)


def _part(field: Field, authority: Authority) -> str:
    prefix, _, rest = field.name.partition(".")
    return _PARTS.get(rest, "") if PREFIXES.get(prefix) is authority else ""


def compare(one: Claim, other: Claim) -> Comparison:
    """How two sources agree; the same whichever comes first. What either does not say differs in nothing."""
    far = {
        "number": _number_differs(one.number, other.number),
        "name": _name_differs(one.name, other.name),
        "birth": _birth_differs(one.birth, other.birth),
    }
    differences = tuple(Difference(what, far=bool(how)) for what, how in far.items() if how is not None)
    apart = {difference.what for difference in differences if difference.far}
    if not differences:
        return Comparison(Sameness.SAME)
    another = "name" in apart and ("birth" in apart or "number" in apart)
    return Comparison(Sameness.ANOTHER if another else Sameness.DISAGREES, differences)


def _number_differs(one: str, other: str) -> bool | None:
    """Whether far; None where they do not differ. A state before the number may be left out."""
    first, second = ("".join(filter(str.isalnum, number.upper())) for number in (one, other))
    if not first or not second or first.endswith(second) or second.endswith(first):
        return None
    return True


def _name_differs(one: str, other: str) -> bool | None:
    from .screening.matching import match_names  # rapidfuzz: not before somebody is open
    from .screening.tokens import tokens

    first, second = tokens(one), tokens(other)
    fewer, more = sorted((set(first), set(second)), key=len)
    if not fewer or fewer == more or (len(fewer) > 1 and fewer < more):
        return None
    score = min(match_names(first, second).score, match_names(second, first).score)
    return None if score >= _SPELLED_ALIKE else score < _ALIKE


def _birth_differs(one: str, other: str) -> bool | None:
    from .screening.births import Agreement, compare_births

    first, second = _partial(one), _partial(other)
    if first is None or second is None:
        return None
    agreements = {compare_births(first, [second])[0], compare_births(second, [first])[0]}
    if agreements <= {Agreement.EXACT, Agreement.MONTH, Agreement.YEAR}:
        return None
    return Agreement.CONFLICT in agreements


def _partial(birth: str) -> PartialDate | None:
    try:
        known = PartialDate.from_iso(birth)
    except DocumentError:
        return None
    return known if known.year is not None else None


# -- what follows -----------------------------------------------------------------------------------------------------


def with_persons(
    sections: Sequence[Section],
    crossing: Crossing,
    known: KnownHere,
    rules: FindingRules | None,
    counter: str,
    shows: Callable[[str, Authority], bool] = lambda _name, _authority: True,
) -> tuple[tuple[Section, ...], tuple[Contribution, ...]]:
    """The sections with what there is to know of the person in immigration's, and what it contributes.

    Without `rules` nothing is said. `counter` is this one's id.
    """
    if rules is None:
        return tuple(sections), ()
    found = [*_disagreements(crossing, sections, rules, shows), *_again(crossing, known, rules, counter)]
    beside = _beside(crossing.document, known)
    if not found and not beside:
        return tuple(sections), ()
    contributions = tuple(contribution for _, contribution in found)
    told = (*(finding for finding, _ in found), *beside)
    return tuple(
        replace(s, contributions=(*contributions, *s.contributions), findings=(*told, *s.findings))
        if s.authority is Authority.IMMIGRATION
        else s
        for s in sections
    ), contributions


def _disagreements(
    crossing: Crossing,
    sections: Sequence[Section],
    rules: FindingRules,
    shows: Callable[[str, Authority], bool],
) -> Iterator[tuple[Finding, Contribution]]:
    """One finding for each authority of which a record disagrees: the worst of its records."""
    document = claim_of(crossing.document)
    worst: dict[Authority, tuple[Comparison, Claim]] = {}
    for claim in claims_of(sections, shows):
        compared = compare(document, claim)
        assert claim.authority is not None
        before = worst.get(claim.authority)
        if compared.differences and (before is None or _rank(compared, claim) > _rank(*before)):
            worst[claim.authority] = compared, claim
    for authority in sorted(worst):
        compared, claim = worst[authority]
        another = compared.sameness is Sameness.ANOTHER
        finding, contribution = rules.report("imm.record-of-another" if another else "imm.record-disagrees")
        id_ = f"{contribution.id}/{authority.value}"
        yield replace(finding, id=id_, text=_disagreement(compared, claim)), replace(contribution, id=id_)


def _rank(compared: Comparison, claim: Claim) -> tuple[object, ...]:
    return (compared.sameness, len(compared.differences), claim.name, claim.birth, claim.number)


def _disagreement(compared: Comparison, claim: Claim) -> Text:
    """Whose value, what it is, and as of when; without it where it is not for who is signed in."""
    what = compared.differences[0].what
    assert claim.authority is not None
    as_of = claim.as_of.date().isoformat() if claim.as_of is not None else "?"
    if not claim.shown:
        return text("person.disagrees-withheld", authority=claim.authority.value, person_part=what)
    whose, more = claim.authority.value, len(compared.differences) - 1
    if compared.sameness is Sameness.ANOTHER:
        return text("person.another", authority=whose, value=claim.name, as_of=as_of)
    value = {"name": claim.name, "birth": claim.birth, "number": claim.number}[what]
    code = "person.disagrees-more" if more else "person.disagrees"
    return text(code, authority=whose, person_part=what, value=value, as_of=as_of, n=more)


def _again(
    crossing: Crossing, known: KnownHere, rules: FindingRules, counter: str
) -> Iterator[tuple[Finding, Contribution]]:
    """Somebody who went this way already."""
    last = last_way(crossing, known.passages)
    if last is None:
        return
    just_now = last.counter != counter and crossing.opened_at - last.at <= JUST_NOW
    inside = "imm.inside-already" if crossing.direction is Direction.ENTRY else "imm.left-already"
    finding, contribution = rules.report("imm.other-counter" if just_now else inside)
    at = last.at.astimezone(crossing.opened_at.tzinfo)
    said = {"on": at.date().isoformat(), "time": f"{at:%H:%M}", "counter": last.counter}
    other = last.document.key != crossing.document.key
    code = f"person.{contribution.id.partition('/')[0].removeprefix('imm.')}"
    told = text(f"{code}-other", **said, document=last.document.number) if other else text(code, **said)
    yield replace(finding, text=told), contribution


def _beside(document: Document, known: KnownHere) -> tuple[Finding, ...]:
    """Other documents of the same person, and who may be a twin: shown, and no more."""
    others = {d.key: d for d in (*known.documents, *(p.document for p in known.passages)) if d.key != document.key}
    told = []
    same = sorted(key for key, other in others.items() if same_person(document, other))
    if same:
        numbers = ", ".join(key.replace(":", " ") for key in same[:SHOWN])
        told.append(("person/other-document", text("person.other-document", documents=numbers, n=len(same))))
    twins = sorted(key for key, other in others.items() if may_be_twins(document, other))
    if twins:
        names = "; ".join(f"{others[key].display_name} {others[key].number}" for key in twins[:SHOWN])
        told.append(("person/twin", text("person.twin", who=names)))
    return tuple(Finding(id_, Authority.IMMIGRATION, "document", said) for id_, said in told)
