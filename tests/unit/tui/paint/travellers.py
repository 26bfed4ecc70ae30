"""Travellers for painters and panes: views made by the domain's own functions, words by a small catalogue of tests."""

import gettext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from counter_tui.domain.crossings import Crossing, Group, GroupKind
from counter_tui.domain.decisions import ReasonCode, clear_green
from counter_tui.domain.documents import Document, compose_mrz, document_from_keyed, read_mrz
from counter_tui.domain.findings import FindingRule, FindingRules
from counter_tui.domain.outcome import Judgement
from counter_tui.domain.posts import Officer, Post
from counter_tui.domain.procedures import Certainty, Procedure, Procedures, Rank, Step
from counter_tui.domain.risk import RiskRules
from counter_tui.domain.sections import Contribution, Finding, Sealed, Section, Subject
from counter_tui.domain.sharing import SharingAgreement, Topic, project
from counter_tui.domain.texts import Text, text
from counter_tui.domain.view import MergedView, Rulebook, merge
from counter_tui.domain.words import (
    AGENCY_OF,
    Agency,
    Authority,
    Band,
    Basis,
    DeliveryState,
    Direction,
    Outcome,
    Role,
    SourceState,
    SubjectKind,
    Verdict,
)
from counter_tui.workstation.news import Expected, ExpectedGroup, Expecting, OutboxLine, Recorded, SourceAge, Status
from tests.unit.domain.build import acted

ZONE = "Asia/Pontianak"
NOW = datetime(2026, 11, 20, 22, 14, 20, tzinfo=UTC)
OPENED = NOW - timedelta(seconds=20)
TODAY = date(2026, 11, 21)
POST = Post("ID-ENTIKONG", "ENTIKONG", "IDN", ZONE)
PERSON = Subject(SubjectKind.PERSON, "person")
GOODS = Subject(SubjectKind.GOODS, "goods")

WORDS = {
    "action.hold-pork": "hold pork, offer return or surrender",
    "action.quota": "pay the excess, return or leave it",
    "action.refer": "send to secondary",
    "action.watch": "keep the document, call the duty officer",
    "decision.citizen-not-refused": "A citizen is never refused entry (UU 6/2011 art. 14): hold or hand over.",
    "fact.band": "GREEN, 36.4 °C",
    "fact.pass": "border pass valid, 14 d stay, none exceeded",
    "fact.list": "list 8841 of 03:10 · no hit",
    "finding.cust.quota": "RM {used} of {limit} used, declares goods of RM {declared}",
    "finding.imm.overstay": "overstayed {days} days in March",
    "finding.imm.short": "passport valid under 6 months",
    "finding.plant.pork": "{kg} kg pork: banned (ASF)",
    "finding.sec.hit": "name near {name}",
    "green.band": "the joint band is not green",
    "green.findings": "findings are open",
    "green.not-checked": "not all are live",
    "procedure.pork-quota": "Pork and over quota",
    "reason.docs": "documents to be looked at",
    "reason.goods": "goods to be looked at",
    "reason.other": "other, say why",
    "step.customs": "value without pork, then excess",
    "step.immigration": "immigration clears",
    "step.pork": "hold pork, offer return to Tebedu or surrender",
}


class Words(gettext.NullTranslations):
    """Sentences as they are; codes of the travellers below in words."""

    def gettext(self, message: str) -> str:
        return WORDS.get(message, message)


def rule(
    code: str, authority: Authority, verdict: Verdict, points: int, action: str, *, subject: SubjectKind, floor: Band
) -> FindingRule:
    return FindingRule(code, authority, subject, verdict, points, floor, code, action, candidate=code == "sec.hit")


RULES = FindingRules(
    "7",
    {
        r.code: r
        for r in (
            rule(
                "imm.overstay",
                Authority.IMMIGRATION,
                Verdict.REFER,
                20,
                "refer",
                subject=SubjectKind.PERSON,
                floor=Band.AMBER,
            ),
            rule(
                "imm.short",
                Authority.IMMIGRATION,
                Verdict.REFER,
                10,
                "refer",
                subject=SubjectKind.DOCUMENT,
                floor=Band.GREEN,
            ),
            rule(
                "cust.quota", Authority.CUSTOMS, Verdict.REFER, 10, "quota", subject=SubjectKind.GOODS, floor=Band.GREEN
            ),
            rule(
                "plant.pork",
                Authority.ANIMAL_PLANT,
                Verdict.HOLD,
                40,
                "hold-pork",
                subject=SubjectKind.GOODS,
                floor=Band.AMBER,
            ),
            rule("sec.hit", Authority.SECURITY, Verdict.HOLD, 60, "watch", subject=SubjectKind.PERSON, floor=Band.RED),
        )
    },
)
DECIDED = frozenset(Verdict) - {Verdict.PENDING}
PROCEDURE = Procedure(
    id="pork-quota",
    number="4",
    version="5",
    rank=Rank.ANIMAL_PLANT,
    lead=Authority.ANIMAL_PLANT,
    when="'hold-pork' in animal_plant_actions && 'quota' in customs_actions",
    step=(
        Step(Authority.IMMIGRATION, SubjectKind.PERSON, "step.immigration", verdicts=DECIDED),
        Step(Authority.ANIMAL_PLANT, SubjectKind.GOODS, "step.pork", verdicts=DECIDED, minutes=20),
        Step(Authority.CUSTOMS, SubjectKind.GOODS, "step.customs", verdicts=DECIDED, minutes=45),
    ),
    legal_basis="law",
    basis=Certainty.MEMORY,
    valid_from=date(2026, 11, 1),
    owner="quarantine",
    source="tests",
    doubt="design",
    lane_minutes=20,
)
PROCEDURES = Procedures((PROCEDURE,), "5")
for _ in PROCEDURES.conditions.compile():
    pass
RULEBOOK = Rulebook(RiskRules("3", 30, 60, ((Authority.SECURITY, timedelta(hours=1)),)), PROCEDURES, "5")
OPEN = SharingAgreement(
    "1",
    {code: Topic(code, AGENCY_OF[r.authority], "law", open=frozenset(Agency)) for code, r in RULES.rules.items()},
)
RULES = RULES.under(OPEN, 30, 60)
CLOSED = SharingAgreement("1", {})

JOINT = Officer("wijaya", "Wijaya Sutrisno", Agency.IMMIGRATION, Role.OFFICER, frozenset(Agency))
IMMIGRATION = Officer("sari", "Sari Dewi", Agency.IMMIGRATION, Role.OFFICER, frozenset({Agency.IMMIGRATION}))


def passport(surname: str = "RAHMAN", given: str = "ABDUL BIN HASSAN", state: str = "MYS", **more: date) -> Document:
    birth, expiry = more.get("birth", date(1974, 8, 12)), more.get("expiry", date(2029, 3, 3))
    lines = compose_mrz("TD3", "P", state, "A12345678", state, surname, given, "M", birth, expiry, "DEMO")
    document = read_mrz(lines, today=TODAY).document
    assert document is not None
    return document


def border_pass() -> Document:
    keyed = document_from_keyed("AB 123456", "IDN", "IDN", "SITI AMINAH", "", "F", "1974-08-12", "2027-03-03", TODAY)
    assert isinstance(keyed, Document)
    return keyed


def named(surname: str, given: str = "") -> Document:
    """A document whose name nobody checked, as a hostile or broken source could hand it in."""
    return replace(passport(), surname=surname, given_names=given)


def crossing(document: Document | None = None, direction: Direction = Direction.ENTRY, **more: object) -> Crossing:
    known = Crossing("c1", direction, "A", document or passport(), OPENED, training=True)
    return replace(known, **more)  # type: ignore[arg-type]


def section(
    authority: Authority,
    *found: tuple[Finding, Contribution],
    source: SourceState = SourceState.LIVE,
    age: timedelta = timedelta(0),
    facts: tuple[Text, ...] = (),
) -> Section:
    as_of = None if source is SourceState.NOT_CHECKED else NOW - age
    findings, contributions = tuple(f for f, _c in found), tuple(c for _f, c in found)
    return Section(authority, source, as_of, contributions, findings, facts, (("list", "8841"),))


def cached(
    authority: Authority, *found: tuple[Finding, Contribution], minutes: int = 12, facts: tuple[Text, ...] = ()
) -> Section:
    return section(authority, *found, source=SourceState.CACHED, age=timedelta(minutes=minutes), facts=facts)


def view(
    *changed: Section,
    of: Crossing | None = None,
    given: tuple[Judgement, ...] = (),
    agreement: SharingAgreement = OPEN,
    officer: Officer = JOINT,
) -> MergedView:
    sections = {a: section(a) for a in Authority} | {s.authority: s for s in changed}
    shown = [project(s, officer.acts_for, agreement) for s in sections.values()]
    return merge(
        of or crossing(), shown, acted(given, *(c for s in shown for c in s.contributions)), POST, RULEBOOK, NOW
    )


def green() -> MergedView:
    return view(
        section(Authority.IMMIGRATION, facts=(text("fact.pass"),)),
        section(Authority.HEALTH, facts=(text("fact.band"),)),
        section(Authority.SECURITY, facts=(text("fact.list"),)),
    )


def amina(*given: Judgement, agreement: SharingAgreement = OPEN, officer: Officer = JOINT) -> MergedView:
    """Offline: pork, over quota, a border pass, and a list that is too old."""
    return view(
        cached(Authority.IMMIGRATION, facts=(text("fact.pass"),)),
        cached(Authority.CUSTOMS, RULES.report("cust.quota", used=540, limit=600, declared=280)),
        cached(Authority.HEALTH, facts=(text("fact.band"),)),
        cached(Authority.ANIMAL_PLANT, RULES.report("plant.pork", kg=3)),
        cached(Authority.SECURITY, minutes=124, facts=(text("fact.list"),)),
        of=crossing(border_pass()),
        given=given,
        agreement=agreement,
        officer=officer,
    )


def sealed() -> MergedView:
    seal = Sealed("polri", 3, "c2VhbGVk")
    return view(section(Authority.SECURITY, RULES.report("sec.hit", sealed=seal)), agreement=OPEN)


def withheld() -> MergedView:
    found = RULES.report("sec.hit", name="somebody else")
    return view(section(Authority.SECURITY, found), agreement=CLOSED, officer=IMMIGRATION)


def unanswered() -> MergedView:
    return view(
        Section(Authority.HEALTH, SourceState.NOT_CHECKED), Section(Authority.SECURITY, SourceState.NOT_CHECKED)
    )


def crowded() -> MergedView:
    """More findings than two lines hold."""
    found = [RULES.report("imm.overstay", Subject(SubjectKind.PERSON, f"p{n}"), days=n) for n in range(1, 4)]
    return view(
        section(Authority.IMMIGRATION, RULES.report("imm.short"), *found),
        of=crossing(
            passport(expiry=date(2027, 1, 3)), group=Group("b1", GroupKind.BUS, "SJS 1123", 20), guardian="MYS:K7654321"
        ),
    )


def recorded(of: MergedView, officer: Officer = JOINT) -> tuple[MergedView, Recorded]:
    """The view after the one key, and its entry."""
    decision = clear_green(of, officer)
    known = [c for s in of.sections for c in s.contributions]
    after = merge(of.crossing, of.sections, acted(decision.judgements, *known), POST, RULEBOOK, NOW)
    return after, Recorded(118, NOW, of.crossing, after.outcome, complete=True, waiting=4)


REASONS = (
    ReasonCode("docs", frozenset({Verdict.HOLD, Verdict.REFER}), frozenset({SubjectKind.PERSON, SubjectKind.DOCUMENT})),
    ReasonCode(
        "goods", frozenset({Verdict.HOLD, Verdict.REFER}), frozenset({SubjectKind.GOODS}), legal_basis="UU 21/2019"
    ),
    ReasonCode("other", frozenset(Verdict), frozenset(SubjectKind), note=True),
)


def status(*, waiting: int = 3) -> Status:
    ages = tuple(
        SourceAge(a, SourceState.CACHED if a is Authority.HEALTH else SourceState.LIVE, NOW - timedelta(minutes=12))
        for a in Authority
    )
    return Status("up", None, waiting, NOW - timedelta(seconds=40) if waiting else None, ages)


def expected() -> tuple[Expected, ...]:
    bus = Group("b1", GroupKind.BUS, "SJS 1123 Kuching-Pontianak", 20, NOW - timedelta(minutes=4))
    later = Group("b2", GroupKind.BUS, "DAMRI 07 Kuching-Singkawang", 18, NOW + timedelta(minutes=11))
    by_bus = [Expected(passport("RAHMAN", f"GUEST {letter}"), bus) for letter in "ABCD"]
    return (*by_bus, Expected(passport("CHEN", "WEI", "CHN"), later), Expected(border_pass(), None))


def expecting() -> Expecting:
    groups = [e.group for e in expected() if e.group]
    counted = tuple(ExpectedGroup(group, groups.count(group)) for group in dict.fromkeys(groups))
    return Expecting(len(expected()), counted, alone=len(expected()) - len(groups))


def outbox(count: int = 4) -> tuple[OutboxLine, ...]:
    people = (
        ("RAHMAN, GUEST A", "MYS", Outcome.CLEAR, DeliveryState.RECEIVED, "", "b1"),
        ("SITI AMINAH", "IDN", Outcome.HOLD, DeliveryState.RECORDED, "", ""),
        ("CHEN, WEI", "CHN", Outcome.REFER, DeliveryState.SENT, "", "b2"),
        (
            "A'LONGNAME, [bold]MARK\x1b[31mUP WITH MANY GIVEN NAMES AND STILL MORE",
            "IND",
            Outcome.CLEAR,
            DeliveryState.REFUSED,
            "entry.unreadable",
            "none",
        ),
    )
    given = Judgement(Authority.IMMIGRATION, PERSON, Verdict.CLEAR, Basis.OFFICER)
    return tuple(
        OutboxLine(
            count + 1 - n,
            "decision",
            NOW - timedelta(seconds=31 * n),
            who,
            nation,
            outcome,
            (given,),
            state,
            reason,
            group,
        )
        for n in range(1, count + 1)
        for who, nation, outcome, state, reason, group in [people[(n - 1) % len(people)]]
    )
