"""Tellings of one decision, for each authority."""

from datetime import UTC, date, datetime

from counter_tui.agencies.telling import Telling, make_telling
from counter_tui.domain.crossings import Crossing
from counter_tui.domain.documents import compose_mrz, read_mrz
from counter_tui.domain.entries import DecisionBody, SourceStamp
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.sections import Field, Origin, Section, Subject
from counter_tui.domain.words import Authority, Basis, Direction, SourceState, SubjectKind, Verdict

NOW = AT = datetime(2026, 11, 21, 5, 14, 2, tzinfo=UTC)
KEY = "ENT-3/17"
MEAT = Subject(SubjectKind.GOODS, "item-1", "#1")
NOTE = 'told in "confidence"\nof two lines \u202e \x1b[2J'


def crossing(id_: str = "crossing-1", number: str = "X1234567") -> Crossing:
    lines = compose_mrz(
        "TD3", "P", "IDN", number, "IDN", "WIJAYA", "BUDI", "M", date(1990, 5, 1), date(2031, 5, 1), "DEMO"
    )
    document = read_mrz(lines, today=NOW.date()).document
    assert document is not None
    return Crossing(id_, Direction.ENTRY, "lane-1", document, NOW, training=True)


def judgements() -> tuple[Judgement, ...]:
    return (
        Judgement(Authority.IMMIGRATION, PERSON, Verdict.CLEAR, Basis.OFFICER),
        Judgement(Authority.CUSTOMS, PERSON, Verdict.CLEAR, Basis.OFFICER),
        Judgement(Authority.CUSTOMS, MEAT, Verdict.CLEAR_COND, Basis.OFFICER, "cond.duty-paid", NOTE),
        Judgement(Authority.HEALTH, PERSON, Verdict.HOLD, Basis.RULE, "isolate"),
        Judgement(Authority.ANIMAL_PLANT, PERSON, Verdict.CLEAR, Basis.RULE),
        Judgement(Authority.ANIMAL_PLANT, MEAT, Verdict.HOLD, Basis.RULE, "banned-product"),
        Judgement(Authority.SECURITY, PERSON, Verdict.CLEAR, Basis.RULE),
    )


def body(*judged: Judgement) -> DecisionBody:
    stamps = tuple(SourceStamp(one, SourceState.LIVE, NOW, (("POLRI", "8841"),)) for one in Authority)
    return DecisionBody(crossing(), "siti", judged or judgements(), "0" * 64, stamps, "2026-11", training=True)


def record(authority: Authority, **fields: str) -> Section:
    given = tuple(Field(name.replace("__", ".").replace("_", "-"), value, "r1") for name, value in fields.items())
    return Section(authority, SourceState.LIVE, NOW, fields=given, origins=(Origin("r1", "x", "CD-1"),))


def telling(authority: Authority, *, corrects: str = "", shares: bool = True, **fields: str) -> Telling:
    return make_telling(
        KEY,
        authority,
        body(),
        post="ID-ENTIKONG",
        at=AT,
        record=record(authority, **fields) if fields else None,
        shares_identity=shares,
        corrects=corrects,
    )
