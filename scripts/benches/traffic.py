"""What passes a counter on a day, by seed: travellers, what the authorities hold on them, and what is decided.

Built by the very code of a counter and of the authorities' connectors, of a cast that whoever asks gives: its names,
officers, posts and notes. Two casts share no name, no officer and no word of a note; two seeds share no traveller.
"""

import contextlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from counter_tui import settings
from counter_tui.domain.crossings import Crossing, Group, GroupKind
from counter_tui.domain.decisions import Decision, ReasonCode, clear_green, judge, why_not_green
from counter_tui.domain.documents import TRAINING_MARK, Document, compose_mrz, read_mrz
from counter_tui.domain.entries import decision_body
from counter_tui.domain.findings import FindingRules
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.posts import Officer, Post
from counter_tui.domain.sections import Contribution, Finding, Section, not_checked
from counter_tui.domain.texts import Text, text
from counter_tui.domain.view import MergedView, Rulebook, merge
from counter_tui.domain.words import Authority, Direction, SourceState
from counter_tui.errors import DecisionError, DocumentError

from .traffic_fields import records

_LIVE, _CACHED = 0.85, 0.97
_FOUND = {Authority.IMMIGRATION: 0.05, Authority.CUSTOMS: 0.06, Authority.HEALTH: 0.03, Authority.ANIMAL_PLANT: 0.03}
_GROUPED = 0.3


@dataclass(frozen=True, slots=True)
class Named:
    """A traveller as the passport has them; `state` issued it."""

    surname: str
    given: str
    state: str
    number: str
    birth: date


@dataclass(frozen=True, slots=True)
class Cast:
    """Who travels, who decides, and where. `named` gives travellers without end."""

    named: Callable[[random.Random], Iterator[Named]]
    post: Post
    lane: str
    officers: tuple[Officer, ...]
    notes: tuple[str, ...]
    groups: tuple[str, ...]
    issuer: str
    begins: datetime


@dataclass(frozen=True, slots=True)
class Passage:
    """One traveller's crossing, what was held on them, and what was decided: the bytes of the entry's body."""

    crossing: Crossing
    sections: tuple[Section, ...]
    officer: Officer
    body: bytes


class Traffic:
    """Passages without end; the same cast and seed give the same."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self._cast = cast
        self._chance = random.Random(f"traffic {seed}")  # noqa: S311 - no secret
        self._zone = ZoneInfo(cast.post.zone)

    def passages(self) -> Iterator[Passage]:
        """One after the other, about 40 s apart."""
        chance, at = self._chance, self._cast.begins.astimezone(self._zone)
        officer = chance.choice(self._cast.officers)
        group: Group | None = None
        left = 0
        for count, named in enumerate(self._cast.named(chance)):
            at += timedelta(seconds=chance.expovariate(1 / 40))
            if count % 150 == 149:
                officer = chance.choice(self._cast.officers)
            if not left:
                left = chance.choice((2, 3, 4, 20, 24)) if chance.random() < _GROUPED else 1
                group = self._group(at, left) if left > 1 else None
            left -= 1
            document = self._document(named, at.date())
            if document is not None:
                yield self._passage(document, at, officer, group)

    def _passage(self, document: Document, at: datetime, officer: Officer, group: Group | None) -> Passage:
        crossing = Crossing(
            self._hex(32), Direction.ENTRY, self._cast.lane, document, at, group, training=True, document_used=None
        )
        sections = tuple(self._section(authority, document, at) for authority in Authority)
        view = merge(crossing, sections, (), self._cast.post, self._rules, at)
        body = decision_body(self._decision(view, officer), self._rules.version)
        return Passage(crossing, sections, officer, body)

    def _decision(self, view: MergedView, officer: Officer) -> Decision:
        if not why_not_green(view, officer):
            return clear_green(view, officer)
        worst = max((c for s in view.sections for c in s.contributions), key=lambda c: c.verdict, default=None)
        subject = worst.subject if worst else PERSON
        reasons = list(self._reasons)
        self._chance.shuffle(reasons)
        for reason in reasons:
            for verdict in sorted(reason.verdicts):
                note = self._chance.choice(self._cast.notes) if reason.note else ""
                with contextlib.suppress(DecisionError):
                    return judge(view, officer, subject, verdict, reason, note)
        raise AssertionError("no reason fits")

    def _section(self, authority: Authority, document: Document, at: datetime) -> Section:
        chance = self._chance
        way = chance.random()
        if way > _CACHED:
            return not_checked(authority)
        source = SourceState.LIVE if way < _LIVE else SourceState.CACHED
        as_of = self._as_of(authority, at, source)
        reported = [self._found(authority) for _ in range(2) if chance.random() < _FOUND.get(authority, 0.02)]
        versions: tuple[tuple[str, str], ...] = (("findings", self._findings.version),)
        if authority is Authority.SECURITY:
            versions = ((self._cast.issuer, self._issue(at)), *versions)
        fields, origins = records(authority, document, as_of, chance, f"{self._cast.issuer} {self._issue(at)}")
        return Section(
            authority,
            source,
            as_of,
            tuple(dict.fromkeys(c for _, c in reported)),
            tuple(dict.fromkeys(f for f, _ in reported)),
            self._facts(authority, document, at),
            versions,
            fields,
            origins,
        )

    def _as_of(self, authority: Authority, at: datetime, source: SourceState) -> datetime:
        """Its system's time, never later than the question: in whole seconds where the standard has no finer."""
        if authority is Authority.SECURITY:
            return at.replace(minute=50, second=0, microsecond=0) - timedelta(hours=1)
        if source is SourceState.CACHED:
            at -= timedelta(seconds=self._chance.uniform(60, 20_000))
        return at.replace(microsecond=0) if authority is Authority.HEALTH else at

    def _found(self, authority: Authority) -> tuple[Finding, Contribution]:
        rule = self._chance.choice([r for r in self._findings.rules.values() if r.authority is authority])
        finding, given = self._findings.report(rule.code)
        name = f"{authority.value}/{self._hex(12)}"
        told = Finding(name, authority, finding.topic, finding.text, finding.candidate)
        return told, Contribution(
            name,
            authority,
            given.subject,
            given.verdict,
            given.band_floor,
            given.action,
            given.rule_version,
            given.points,
        )

    def _facts(self, authority: Authority, document: Document, at: datetime) -> tuple[Text, ...]:
        chance = self._chance
        if authority is Authority.IMMIGRATION:
            last = (at - timedelta(days=chance.randrange(1, 400))).date().isoformat()
            crossed = text("fact.imm.last-out", on=last, count=chance.randrange(1, 60))
            history = crossed if chance.random() < 0.7 else text("fact.imm.no-history")
            own = document.nationality == self._cast.post.country
            return (text("fact.imm.citizen") if own else text("fact.imm.visa-exempt"), history)
        if authority is Authority.CUSTOMS:
            if chance.random() < 0.2:
                left, used = chance.randrange(600), chance.randrange(600)
                return (text("fact.cust.quota", left=f"RM {left}", used=f"RM {used}"),)
            return (text("fact.cust.no-declaration"),)
        if authority is Authority.HEALTH:
            warm = f"{chance.gauss(36.5, 0.25):.1f}"
            return (text("fact.health.pass-green"), text("fact.health.temperature", temperature=warm))
        if authority is Authority.ANIMAL_PLANT:
            return (text("fact.ap.nothing-declared"),)
        return (text("fact.sec.no-hit", issuer=self._cast.issuer, version=self._issue(at)),)

    def _issue(self, at: datetime) -> str:
        return str(7000 + at.toordinal() % 1000 + at.hour)

    def _group(self, at: datetime, size: int) -> Group:
        kind = GroupKind.BUS if size > 10 else GroupKind.FAMILY
        name = f"{self._chance.choice(self._cast.groups)} {self._chance.randrange(100, 2000)}"
        due = at.replace(second=0, microsecond=0) + timedelta(minutes=10)
        return Group(self._hex(8), kind, name, size, due)

    def _document(self, named: Named, today: date) -> Document | None:
        expiry = today + timedelta(days=self._chance.randrange(200, 3600))
        sex = self._chance.choice("MF")
        try:
            lines = compose_mrz(
                "TD3",
                "P",
                named.state,
                named.number,
                named.state,
                named.surname,
                named.given,
                "M" if sex == "M" else "F",
                named.birth,
                expiry,
                TRAINING_MARK,
            )
        except DocumentError:
            return None
        return read_mrz(lines, today=today).document

    def _hex(self, digits: int) -> str:
        return f"{self._chance.getrandbits(4 * digits):0{digits}x}"

    @cached_property
    def _rules(self) -> Rulebook:
        rules = settings.load_rulebook(demo=True)
        for _ in rules.risk.indicators.conditions.compile():
            pass
        return rules

    @cached_property
    def _findings(self) -> FindingRules:
        return settings.load_findings()

    @cached_property
    def _reasons(self) -> tuple[ReasonCode, ...]:
        return settings.load_reasons()
