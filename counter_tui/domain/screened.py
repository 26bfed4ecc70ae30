"""What the lists screened at a counter say of a traveller, put beside what the agencies themselves report.

A hit is a candidate: it refers, and never does more, until two people have verified it. The same finding counts its
points once, whoever else reports it. A list that is to be checked here and was not, or that is too old, lifts the band:
nothing is green by absence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from .findings import FindingRules
from .screening.lists import ListRule
from .screening.model import ListAnswer
from .sections import Contribution, Finding, Section
from .texts import Text, text
from .words import Authority, Direction, Verdict


@dataclass(frozen=True, slots=True)
class ScreeningRules:
    """The lists in use at a counter by id, the catalogue that says what a hit weighs, and the score of a hit."""

    version: str
    lists: Mapping[str, ListRule]
    findings: FindingRules
    threshold: float

    def on(self, direction: Direction) -> tuple[ListRule, ...]:
        """The lists that crossings of this direction are screened against."""
        return tuple(rule for rule in self.lists.values() if rule.applies(direction))

    def authority(self, rule: ListRule) -> Authority:
        """In whose section a hit of this list stands."""
        return self.findings.get(rule.finding).authority


@dataclass(frozen=True, slots=True)
class ScreeningState:
    """How far the lists of a crossing have been asked, and what they contribute.

    `running`: lists at the booth are still being checked. `not_checked`, `stale`: whose lists are not held here, or
    are older than their owner allows. `oldest`: of each authority's lists that are held here, when the oldest was true.
    """

    running: bool = False
    not_checked: tuple[Authority, ...] = ()
    stale: tuple[Authority, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    oldest: tuple[tuple[Authority, datetime], ...] = ()


SCREENED = ScreeningState()
"""Nothing is left to be asked, and nothing was found."""


def with_screened(
    sections: Iterable[Section],
    answers: Sequence[ListAnswer] | None,
    rules: ScreeningRules | None,
    verified: frozenset[tuple[str, str, str]] = frozenset(),
) -> tuple[tuple[Section, ...], ScreeningState]:
    """The sections with the hits in them and the versions of the lists, and how far the lists were asked.

    `answers` is None as long as there are none; without `rules` there are no lists here. `verified` are the entries
    (list, reference, version) that two people said are this person.
    """
    whole = tuple(sections)
    if rules is None:
        return whole, SCREENED
    if answers is None:
        return whole, ScreeningState(running=True)
    known = [(rules.lists[a.list], a) for a in answers if a.list in rules.lists]
    found: dict[Authority, list[tuple[ListRule, ListAnswer]]] = {}
    for rule, answer in known:
        found.setdefault(rules.authority(rule), []).append((rule, answer))
    reported = {s.authority: _reported(s, found.get(s.authority, ()), rules, verified) for s in whole}
    state = ScreeningState(
        not_checked=tuple(a for a in found if any(is_missing(answer) for _, answer in found[a])),
        stale=tuple(a for a in found if any(answer.stale for _, answer in found[a])),
        contributions=tuple(c for s in whole for _, c in reported[s.authority]),
        oldest=tuple((a, min(held)) for a in found if (held := [n.as_of for _, n in found[a] if n.as_of is not None])),
    )
    return tuple(_add(s, reported[s.authority], [a for _, a in found.get(s.authority, ())]) for s in whole), state


def without(answers: Iterable[ListAnswer], dismissed: frozenset[tuple[str, str, str]]) -> tuple[ListAnswer, ...]:
    """The answers without the hits that two people said are not this person; `dismissed`: list, reference, version."""
    return tuple(map(partial(_without, dismissed), answers))


def _without(dismissed: frozenset[tuple[str, str, str]], answer: ListAnswer) -> ListAnswer:
    kept = tuple(hit for hit in answer.hits if (answer.list, hit.ref, hit.version) not in dismissed)
    gone = len(answer.hits) - len(kept)
    return replace(answer, hits=kept, dismissed=answer.dismissed + gone) if gone else answer


def is_missing(answer: ListAnswer) -> bool:
    """Whether a list that is screened at the booth is not held here: it was NOT CHECKED."""
    return answer.as_of is None and not answer.pending


def with_contributions(sections: Iterable[Section], added: Sequence[Contribution]) -> tuple[Section, ...]:
    """The sections with what another counter's own screening added to its decision: they fold to what it saw."""
    return tuple(
        replace(s, contributions=(*(c for c in added if c.authority is s.authority), *s.contributions))
        for s in sections
    )


def _reported(
    section: Section,
    found: Iterable[tuple[ListRule, ListAnswer]],
    rules: ScreeningRules,
    verified: frozenset[tuple[str, str, str]],
) -> list[tuple[Finding, Contribution]]:
    reported = []
    counted = {_says(c) for c in section.contributions}
    for rule, answer in found:
        if not answer.hits:
            continue
        finding, contribution = rules.findings.report(rule.finding)
        says = _says(contribution)
        sure = any((answer.list, hit.ref, hit.version) in verified for hit in answer.hits)
        reported.append(
            (
                replace(finding, id=_id(rule), candidate=not sure, text=_words(answer, sure=sure)),
                replace(
                    contribution,
                    id=_id(rule),
                    verdict=contribution.verdict if sure else min(contribution.verdict, Verdict.REFER),
                    points=0 if says in counted else contribution.points,
                    rule_version=f"{contribution.rule_version}, {rule.id} {answer.version}",
                ),
            )
        )
        counted.add(says)
    return reported


def _id(rule: ListRule) -> str:
    return f"list/{rule.id}"


def _says(contribution: Contribution) -> tuple[object, ...]:
    """What a contribution is, but for its verdict: by its words it cannot be told, they may be withheld."""
    c = contribution
    return (c.authority, c.subject.kind, c.band_floor, c.action, c.points)


def _words(answer: ListAnswer, *, sure: bool) -> Text:
    """Which list, how near the nearest, and how many; or that two people have verified one."""
    if sure:
        return text("screened.verified", list=answer.title)
    best = max(hit.score for hit in answer.hits)
    return text("screened.hits", list=answer.title, score=int(best * 100), count=len(answer.hits))


def _add(section: Section, reported: Sequence[tuple[Finding, Contribution]], answers: Sequence[ListAnswer]) -> Section:
    if not answers:
        return section
    return replace(
        section,
        contributions=(*section.contributions, *(c for _, c in reported)),
        findings=(*section.findings, *(f for f, _ in reported)),
        facts=(*section.facts, *_facts(answers)),
        versions=(*section.versions, *((a.list, _version(a)) for a in answers)),
    )


def _facts(answers: Sequence[ListAnswer]) -> list[Text]:
    said = {
        "screened.not-checked": [a.title for a in answers if is_missing(a)],
        "screened.stale": [f"{a.title} {a.version}" for a in answers if a.stale],
        "screened.dismissed": [a.title for a in answers if a.dismissed and not a.hits],
        "screened.no-hit": [f"{a.title} {a.version}" for a in answers if _is_clean(a)],
        "screened.pending": [a.title for a in answers if a.pending],
    }
    return [text(code, lists=", ".join(titles)) for code, titles in said.items() if titles]


def _is_clean(answer: ListAnswer) -> bool:
    return not (answer.hits or answer.dismissed or answer.stale or answer.pending or is_missing(answer))


def _version(answer: ListAnswer) -> str:
    """For the record: which version, true when, and what was left out below the threshold or by two people."""
    if answer.pending:
        return "pending"
    if answer.as_of is None:
        return "NOT CHECKED"
    as_of = answer.as_of.astimezone(UTC).isoformat(timespec="minutes").replace("+00:00", "Z")
    said = [f"{answer.version} of {as_of}", f"{len(answer.hits)} hits", f"{answer.below} below"]
    said += [f"{answer.dismissed} dismissed"] if answer.dismissed else []
    said += ["stale"] if answer.stale else []
    return ", ".join(said)
