"""The joint profile: score, band, and why. A function of contributions, ages and rules, the same on every machine.

`joint = min(100, the highest authority score + a quarter of the others)`; the band is the worst of the joint score's,
each authority's own and each contribution's floor. What is not checked, too old, or asked by a rule in vain is amber at
least: nothing is green by absence.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from ..sections import Contribution
from ..texts import Text
from ..words import Authority, Band, SourceState
from .judging import Judged, Situation, holding, unknown, words_of
from .rules import RiskRules
from .scoring import joint_score, score_of
from .variables import owner_of


@dataclass(frozen=True, slots=True)
class Held:
    """A row that holds, in words: `id` is its reason's, `owner` whose duty the row is."""

    id: str
    words: Text
    owner: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A row that could not be evaluated, and why; `waits_for` where that is for want of an authority's answer."""

    id: str
    authority: Authority
    why: Text
    waits_for: Authority | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What would bring the band down to `band`: if these reasons fell away, rows were settled and sources answered.

    A source's answer is taken to hold nothing more than is known.
    """

    band: Band
    score: int
    reasons: tuple[str, ...] = ()
    sources: tuple[Authority, ...] = ()


@dataclass(frozen=True, slots=True)
class JointRisk:
    """The joint score and band, what weighs most first, and the sources that lift the band by absence.

    `scores` are the authorities' own. `rows` are those that hold, each a reason; `unjudged` ones lift the band. While
    the rules are `loading`, no row is asked, and the band is the least that it can be.
    """

    score: int
    band: Band
    reasons: tuple[Contribution, ...]
    not_checked: tuple[Authority, ...]
    stale: tuple[Authority, ...]
    scores: tuple[tuple[Authority, int], ...] = ()
    rows: tuple[Held, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()
    loading: bool = False
    version: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def strongest(self) -> tuple[Contribution, ...]:
        """The three open reasons that weigh most."""
        return tuple(c for c in self.reasons if c.points is not None)[:3]

    @property
    def sealed(self) -> tuple[Authority, ...]:
        """Whose sealed matters stand among the reasons."""
        return tuple(dict.fromkeys(c.authority for c in self.reasons if c.points is None))

    def counted(self, reason: Contribution) -> int | None:
        """The points of a reason that count; of what is shared as a band, the greatest of its authority's only."""
        if not reason.banded or reason.points is None:
            return reason.points
        alike = [c for c in self.reasons if c.banded and c.authority is reason.authority]
        greatest = max(alike, key=lambda c: (c.points or 0, c.id), default=reason)
        return reason.points if greatest.id == reason.id else 0

    def find_row(self, reason: str) -> Held | None:
        """The row that gives a reason, where one does."""
        return next((row for row in self.rows if row.id == reason), None)

    def digest(self) -> str:
        """SHA-256 (hex) of the result in canonical JSON: numbers, names and ids in a fixed order, no text."""
        said = {
            "version": self.version,
            "score": self.score,
            "band": self.band.name,
            "scores": [[a.value, n] for a, n in self.scores],
            "reasons": [
                [c.id, c.authority.value, c.verdict.name, c.band_floor.name, c.points, c.action] for c in self.reasons
            ],
            "not_checked": sorted(a.value for a in self.not_checked),
            "stale": sorted(a.value for a in self.stale),
            "unjudged": sorted(u.id for u in self.unjudged),
            "loading": self.loading,
            "changes": [[c.band.name, c.score, list(c.reasons), [a.value for a in c.sources]] for c in self.changes],
        }
        canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True)
class Weighed:
    """Score and band of a situation, with what each authority brings to them."""

    score: int
    band: Band
    of: dict[Authority, list[Contribution]]
    scores: tuple[tuple[Authority, int], ...]
    missing: set[Authority]
    stale: set[Authority]


def weigh(situation: Situation, rules: RiskRules, judged: Judged) -> Weighed:
    """Score and band."""
    of: dict[Authority, list[Contribution]] = {authority: [] for authority in Authority}
    for contribution in (c for s in situation.sections for c in s.contributions):
        of[contribution.authority].append(contribution)
    for row in holding(situation, rules, judged):
        of[row.authority].append(row.contribution(rules.version))
    scores = tuple((authority, score_of(own)) for authority, own in of.items())
    score = joint_score(own for _, own in scores)
    missing = {s.authority for s in situation.sections if s.source is SourceState.NOT_CHECKED}
    stale = {s.authority for s in situation.sections if rules.is_stale(s, situation.at)}
    missing.update(situation.lists.not_checked)
    stale.update(situation.lists.stale)
    least = Band.AMBER if missing or stale or unknown(situation, judged) else Band.GREEN
    floors = (c.band_floor for own in of.values() for c in own)
    band = max(rules.band(score), least, *floors)  # no authority's own score is above the joint one
    return Weighed(score, band, of, scores, missing, stale)


def fold(situation: Situation, rules: RiskRules, judged: Judged) -> JointRisk:
    """The joint risk of a situation, not yet what would change it."""
    weighed = weigh(situation, rules, judged)
    rows = holding(situation, rules, judged)
    return JointRisk(
        score=weighed.score,
        band=weighed.band,
        reasons=tuple(sorted((c for own in weighed.of.values() for c in own), key=_weight)),
        not_checked=_in_order(weighed.missing),
        stale=_in_order(weighed.stale),
        scores=weighed.scores,
        rows=tuple(Held(row.reason, words_of(row, judged), row.owner, row.legal_basis) for row in rows),
        unjudged=tuple(_unjudged(situation, rules, judged)),
        loading=not rules.indicators.conditions.ready,
        version=rules.version,
    )


def _weight(contribution: Contribution) -> tuple[object, ...]:
    c = contribution
    return (-c.band_floor, -(c.points or 0), c.id, c.authority, c.subject.kind, c.subject.id, -c.verdict)


def _in_order(authorities: set[Authority]) -> tuple[Authority, ...]:
    return tuple(authority for authority in Authority if authority in authorities)


def _unjudged(situation: Situation, rules: RiskRules, judged: Judged) -> Iterator[Unjudged]:
    silent = {s.authority for s in situation.sections if s.source is SourceState.NOT_CHECKED}
    for name, why in unknown(situation, judged):
        absent = rules.indicators.conditions.names_in(name) - judged.values.keys()
        waits_for = next((a for a in map(owner_of, sorted(absent)) if a in silent), None)
        yield Unjudged(name, rules.indicators.by_id[name].authority, why, waits_for)
