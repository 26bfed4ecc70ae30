"""The joint profile of one traveller under 200 rules, with the full explanation: against 5 ms, and the rules alone.

The traveller is a hard one: ten contributions of four authorities, one sealed, two as bands; one authority NOT CHECKED,
another's section too old; and rows that hold, that do not, and that wait. What is timed is what a booth does each time
a source answers: variables, rows, score, band, reasons, and what would bring the band down.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from typing import Final

from counter_tui.domain.crossings import Crossing, Group, GroupKind
from counter_tui.domain.documents import compose_mrz, read_mrz
from counter_tui.domain.risk import Indicator, Indicators, RiskRules, Situation, assess
from counter_tui.domain.risk.conditions import compile_condition
from counter_tui.domain.risk.evaluator import evaluator
from counter_tui.domain.risk.values import values
from counter_tui.domain.risk.variables import VARIABLES
from counter_tui.domain.sections import Contribution, Section, Subject
from counter_tui.domain.texts import Text
from counter_tui.domain.words import Authority, Band, Direction, SourceState, SubjectKind, Verdict

from .figure import Figure, milliseconds

SEED: Final = 20261122
ROWS: Final = 200
REACH_MS: Final = 5.0
AGAINST_RULES: Final = 20.0
RUNS, QUICK_RUNS, IN_A_ROW = 200, 40, 5
NOW: Final = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
ACTIONS: Final = ("refer", "hold", "cash-count", "entry-ban", "isolate", "interview", "check-document", "hold-item")


def rows(seed: int, count: int = ROWS) -> tuple[Indicator, ...]:
    """Rows as agencies write them: three or four terms, over the crossing and over authorities; few hold at once."""
    chance = random.Random(f"risk {seed}")  # noqa: S311 - no secret
    return tuple(_row(number, chance) for number in range(count))


def _row(number: int, chance: random.Random) -> Indicator:
    authority = chance.choice(list(Authority))
    terms = [_term(chance) for _ in range(chance.choice((3, 3, 4)))]
    return Indicator(
        id=f"bench.row-{number}",
        authority=authority,
        owner="post",
        when=" && ".join(terms),
        legal_basis="none",
        source="bench",
        doubt="design",
        valid_from=date(2026, 1, 1),
        points=chance.choice((0, 5, 5, 10)),
        band_floor=chance.choice((Band.GREEN, Band.GREEN, Band.GREEN, Band.AMBER)),
    )


def _term(chance: random.Random) -> str:
    of = chance.choice(list(Authority)).value
    return chance.choice(
        (
            f'"{chance.choice(ACTIONS)}" in {of}_actions',
            f"{of}_score >= {chance.randrange(5, 95, 5)}",
            f"{of}_count > {chance.randrange(1, 4)}",
            f'{of}_band == "{chance.choice(("AMBER", "RED"))}"',
            f"hour >= {chance.randrange(24)}",
            f"(age_known && age < {chance.randrange(10, 80)})",
            f'group_kind == "{chance.choice(("bus", "family", "batch"))}"',
            f'entry_method in ["keyed", "{chance.choice(("keyed-known", "mrz-repaired"))}"]',
            f"findings >= {chance.randrange(1, 9)}",
            "!citizen",
        )
    )


def situation() -> Situation:
    """The traveller."""
    opened = NOW - timedelta(seconds=20)
    born, expires = date(1990, 5, 1), date(2030, 1, 1)
    lines = compose_mrz("TD3", "P", "MYS", "A1234567", "MYS", "RAHMAN", "ABDUL", "M", born, expires, "DEMO")
    document = read_mrz(lines, today=NOW.date()).document
    assert document is not None, "it reads"
    bus = Group("g", GroupKind.BUS, "SJS 1123", 20)
    crossing = Crossing("c", Direction.ENTRY, "A", document, opened, bus, training=True)
    held: dict[Authority, list[tuple[int | None, str]]] = {
        Authority.IMMIGRATION: [(20, "check-document"), (10, "refer")],
        Authority.CUSTOMS: [(35, "hold"), (10, "refer"), (20, "cash-count"), (15, "interview")],
        Authority.ANIMAL_PLANT: [(40, "hold-item"), (20, "refer")],
        Authority.SECURITY: [(None, "sealed-stop"), (30, "refer")],
    }
    return Situation(crossing, "IDN", tuple(_section(a, held.get(a)) for a in Authority), NOW)


def _section(authority: Authority, held: list[tuple[int | None, str]] | None) -> Section:
    if held is None:
        return Section(authority, SourceState.NOT_CHECKED)
    person = Subject(SubjectKind.PERSON, "person")
    found = tuple(
        Contribution(f"{authority}/{n}", authority, person, Verdict.REFER, Band.AMBER, action, "1", points)
        for n, (points, action) in enumerate(held)
    )
    if authority is Authority.CUSTOMS:
        found = (*found[:2], *(replace(c, banded=True, points=30) for c in found[2:]))
    source = SourceState.CACHED if authority is Authority.SECURITY else SourceState.LIVE
    return Section(authority, source, NOW - timedelta(hours=2 * (source is SourceState.CACHED)), found)


def _best(work: Callable[[], object]) -> float:
    """The seconds it takes when nothing else comes between: the best of five in a row."""
    taken = []
    for _ in range(IN_A_ROW):
        begun = perf_counter()
        work()
        taken.append(perf_counter() - begun)
    return min(taken)


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - a bench takes whether it is to be quick
    """The figures."""
    runs = QUICK_RUNS if quick else RUNS
    rules = RiskRules("bench", 30, 60, ((Authority.SECURITY, timedelta(hours=1)),), Indicators(rows(SEED)))
    for _ in rules.indicators.conditions.compile():
        pass
    here = situation()
    risk, _sections = assess(here, rules)
    assert risk.rows, "rows hold"
    assert risk.unjudged, "rows wait"
    assert risk.changes, "it says what would change"
    found = values(here.crossing, here.sections, rules, here.country, here.at)
    compiled = [c for r in rules.indicators.rows if not isinstance(c := compile_condition(r.when, VARIABLES), Text)]

    def rules_alone() -> None:
        context = evaluator().Context(dict(found))
        for condition in compiled:
            condition.judge(context, found)

    profiles, alone = [], []
    for _ in range(runs):
        profiles.append(_best(lambda: assess(here, rules)))
        alone.append(_best(rules_alone))
    yield milliseconds("risk", f"joint profile, {ROWS} rules, explained", profiles, [REACH_MS / 1000] * runs, 1.0, SEED)
    yield milliseconds("risk", "the same, against the rules alone", profiles, alone, AGAINST_RULES, SEED)
