"""Hits: whom on a list this may be, what matches how, what differs; and what the lists cannot say yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from textual.content import Content

from ...domain.documents import Document, PartialDate
from ...domain.identity import Identified, hit_key
from ...domain.screening.model import Hit, ListAnswer
from ...domain.texts import Text
from ...errors import DocumentError
from ...workstation.identity import DecidedHit
from ..words import _, clean, ngettext
from .cells import EMPTY, Lines, cut, left, line, spoken, spread, wrap
from .details import wrapped
from .panels import SEALED
from .times import day, local, old, partial

LABEL = 12
NOTHING = "·"
WHY = "screening.why."
_TABLED = ("token", "query", "listed", "birth", "nationality", "number")
"""What reasons in the table are about; every other one is said in its own words below it."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What the lists say of one traveller, and what was decided of them before."""

    document: Document
    answers: tuple[ListAnswer, ...]
    decided: tuple[DecidedHit, ...]
    now: datetime
    zone: str

    @property
    def found(self) -> tuple[tuple[ListAnswer, Hit], ...]:
        """Every hit with its list, the best first."""
        pairs = [(answer, hit) for answer in self.answers for hit in answer.hits]
        return tuple(sorted(pairs, key=lambda pair: -pair[1].score))


def is_blind(hit: Hit) -> bool:
    """Whether the list tells what to do and a pointer, and not who."""
    return not hit.name


def hits(of: Hits, at: int, width: int) -> Lines:
    """The hit at this place of `found`, then what else there is to know of the lists."""
    found = of.found
    if not found:
        lines = [line((_("HITS"), "bold"), "  ", _nothing(of))]
    else:
        at = max(0, min(at, len(found) - 1))
        answer, hit = found[at]
        lines = [*_head(of, at, answer, hit, width), *(_blind(hit, width) if is_blind(hit) else _open(of, hit, width))]
    rest = _rest(of, width)
    return [*lines, EMPTY, *rest] if rest else lines


def _nothing(of: Hits) -> str:
    if not of.answers:
        return _("the lists have not answered yet")
    if any(answer.dismissed for answer in of.answers):
        return _("every hit was decided before")
    return _("no hit on a list that has answered")


def _head(of: Hits, at: int, answer: ListAnswer, hit: Hit, width: int) -> Lines:
    """Rank, score, list; then version, age and entry."""
    number = _("HIT {n} of {count}").format(n=at + 1, count=len(of.found))
    score = (f"{_('SEALED')} {SEALED}", "bold $sealed") if is_blind(hit) else (percent(hit), "bold $attention")
    verified = any(d.key == hit_key(hit) and d.identified is Identified.THIS_PERSON for d in of.decided)
    behind = line((_("VERIFIED"), "bold $stop")) if verified else line((_("not verified"), "$muted"))
    title = clean(answer.title or answer.list)
    head = spread(line((number, "bold"), "   ", score, "   ", (title, "bold")), behind, width)
    told = _("version {n}").format(n=answer.version)
    if answer.as_of is not None:
        told += f" · {old(answer.as_of, of.now, of.zone)}"
    told += " · " + _("entry {ref}").format(ref=clean(hit.ref))
    return [head, line((cut(told, width), "$muted"))]


def _blind(hit: Hit, width: int) -> Lines:
    words = [
        handling(hit) or _("refer to secondary inspection"),
        _("Call the owner of the list, and name the entry {ref}.").format(ref=clean(hit.ref)),
    ]
    said = [part for one in words for part in wrapped(one, width)]
    hidden = wrapped(_("Who is listed, and why, does not come to this counter."), width)
    return [EMPTY, *said, *(line((part.plain, "$sealed")) for part in hidden)]


def percent(hit: Hit) -> str:
    """The score, rounded down: only what is the same to the letter has 100 %."""
    return f"{int(hit.score * 100)} %"


def handling(hit: Hit) -> str:
    """What the list's handling code calls for, in words; "" where it has none."""
    return f"{clean(hit.handling)}: {spoken(f'handling.{clean(hit.handling).lower()}')}" if hit.handling else ""


# -- side by side -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    ours: str
    theirs: str
    how: str
    style: str = ""


def _open(of: Hits, hit: Hit, width: int) -> Lines:
    """Numbers, births and nationalities beside each other, then both names token by token; each with how, in words.

    What tells two people apart comes first: a drawer from below covers the rest.
    """
    column = max(12, min(30, (width - LABEL) // 3 - 1))
    rows = [*_number(of.document, hit), *_birth(of.document, hit), *_nation(of.document, hit), *_tokens(hit)]
    title = _line(_Row("", _("TRAVELLER"), _("LISTED"), _("HOW")), column, width)
    told = [_line(row, column, width) for row in rows]
    listed = [line(left(_("listed as") if not at else "", LABEL), part) for at, part in enumerate(_name(hit, width))]
    tabled = {why for why, _kind in _kinds(hit, *_TABLED)}
    other = [part for why in hit.why if why not in tabled for part in wrapped(spoken(why), width)]
    to_do = [line((part.plain, "$attention")) for part in wrapped(handling(hit), width)] if hit.handling else []
    return [*listed, title.stylize("$muted"), *told, *other, *to_do]


def _name(hit: Hit, width: int) -> list[str]:
    return wrap(clean(hit.name), width - LABEL, 2)


def _line(row: _Row, column: int, width: int) -> Content:
    how = cut(row.how, width - LABEL - 2 * (column + 1))
    return line(
        (left(row.label, LABEL), "$muted"), left(row.ours, column), " ", left(row.theirs, column), " ", (how, row.style)
    )


def _tokens(hit: Hit) -> list[_Row]:
    """The tokens that match, then those that only one side has."""
    rows = []
    for why, kind in _kinds(hit, "token", "query", "listed"):
        given = {name: clean(value) for name, value in why.params}
        ours, theirs = given.get("query", given.get("token", "")), given.get("listed", given.get("token", ""))
        if kind == "query-only":
            rows.append(_Row("", given.get("tokens", ""), NOTHING, _("the traveller alone"), "$attention"))
        elif kind == "listed-only":
            rows.append(_Row("", NOTHING, given.get("tokens", ""), _("the list alone"), "$attention"))
        else:
            rows.append(_Row("", ours, theirs, _token_words().get(kind, spoken(why))))
    return [replace(row, label=_("name")) if not at else row for at, row in enumerate(rows)]


def _token_words() -> Mapping[str, str]:
    return {
        "token-exact": _("the same"),
        "token-spelling": _("another spelling"),
        "token-typing": _("a slip of typing or reading"),
        "token-initial": _("one is the initial"),
        "token-prefix": _("one is cut short"),
    }


def _birth(document: Document, hit: Hit) -> list[_Row]:
    ways = {
        "birth-exact": (_("the same"), ""),
        "birth-swapped": (_("day and month swapped"), "$attention"),
        "birth-digit": (_("one digit differs"), "$attention"),
        "birth-month": (_("year and month the same"), "$attention"),
        "birth-year": (_("the year the same"), "$attention"),
        "birth-near": (_("a year apart"), "$attention"),
        "birth-conflict": (_("DIFFERS"), "bold $attention"),
        "birth-unknown": (_("the list has none"), "$muted"),
    }
    return [
        _Row(_("born"), partial(document.birth), _date(why), *ways.get(kind, (spoken(why), "")))
        for why, kind in _kinds(hit, "birth")
    ]


def _date(why: Text) -> str:
    try:
        return partial(PartialDate.from_iso(str(why.as_dict()["listed"])))
    except (DocumentError, KeyError):
        return NOTHING


def _nation(document: Document, hit: Hit) -> list[_Row]:
    ways = {"nationality-same": (_("the same"), ""), "nationality-other": (_("DIFFERS"), "bold $attention")}
    return [
        _Row(
            _("nationality"),
            clean(document.nationality),
            clean(why.as_dict().get("listed", "")),
            *ways.get(kind, (spoken(why), "")),
        )
        for why, kind in _kinds(hit, "nationality")
    ]


def _number(document: Document, hit: Hit) -> list[_Row]:
    ways = {"number-same": (_("THE SAME"), "bold $stop"), "number-alike": (_("reads alike"), "bold $attention")}
    return [
        _Row(
            _("document"),
            clean(document.number),
            clean(why.as_dict().get("number", "")),
            *ways.get(kind, (spoken(why), "")),
        )
        for why, kind in _kinds(hit, "number")
    ]


def _kinds(hit: Hit, *about: str) -> list[tuple[Text, str]]:
    """Reasons about something, each with its kind: `birth-exact` is about `birth`."""
    told = [(why, why.code.removeprefix(WHY)) for why in hit.why]
    return [(why, kind) for why, kind in told if kind.partition("-")[0] in about]


# -- what else there is to know ---------------------------------------------------------------------------------------


def _rest(of: Hits, width: int) -> Lines:
    """Those below the threshold, those decided before, and the lists that did not answer or are too old."""
    said = [(_below(count), "$muted") for count in [sum(answer.below for answer in of.answers)] if count]
    rejected = [one for one in of.decided if one.identified is Identified.NOT_THIS_PERSON and _known(one, of)]
    said += [(_decided(one, of), "") for one in rejected]
    said += [(words.format(lists=_titles(of, which)), style) for words, style, which in _groups(of) if which]
    return [line((part, style)) for words, style in said for part in wrap(words, width)]


def _below(count: int) -> str:
    return ngettext("{n} more below the threshold, not shown", "{n} more below the threshold, not shown", count).format(
        n=count
    )


def _groups(of: Hits) -> list[tuple[str, str, list[ListAnswer]]]:
    """Lists by what is to be said of them all."""
    missing = [a for a in of.answers if a.as_of is None and not a.pending]
    return [
        (_("NOT CHECKED, not held here: {lists}"), "$unknown", missing),
        (_("PENDING, asked elsewhere: {lists}"), "$unknown", [a for a in of.answers if a.pending]),
        (_("too old to rely on: {lists}"), "$attention", [a for a in of.answers if a.stale]),
        (_("no hit: {lists}"), "$muted", [a for a in of.answers if _is_clean(a)]),
    ]


def _known(one: DecidedHit, of: Hits) -> bool:
    """Whether it left a hit out of an answer that is here; of lists that another lane asks nothing is said."""
    return any(answer.list == one.key[0] and answer.dismissed for answer in of.answers)


def _decided(one: DecidedHit, of: Hits) -> str:
    title = next((clean(a.title) for a in of.answers if a.list == one.key[0]), clean(one.key[0]))
    told = _("decided before, not this person: {ref}, {list} ({first}, {second}, {day})").format(
        ref=clean(one.key[1]),
        list=title,
        first=clean(one.first),
        second=clean(one.second),
        day=day(local(one.at, of.zone).date()),
    )
    return f"{told}, {_('on another document')}" if one.other_document else told


def _is_clean(answer: ListAnswer) -> bool:
    return answer.as_of is not None and not (answer.hits or answer.dismissed or answer.pending or answer.stale)


def _titles(of: Hits, answers: Sequence[ListAnswer]) -> str:
    """Names and ages of lists."""
    return ", ".join(clean(a.title) + (f" ({old(a.as_of, of.now, of.zone)})" if a.as_of else "") for a in answers)
