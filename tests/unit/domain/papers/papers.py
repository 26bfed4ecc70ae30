"""Papers for tests: of values that stand still."""

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from counter_tui import settings_papers
from counter_tui.domain.papers.blocks import Paper, PaperKind
from counter_tui.domain.papers.drawn import Drawn
from counter_tui.domain.papers.facts import NoticeFacts, Standing, Thing, ToldProcedure
from counter_tui.domain.papers.hand_over import HandedItem, HandedPerson, HandOver, Party, Signed, hand_over
from counter_tui.domain.papers.letter import ClosedCase, Event, letter
from counter_tui.domain.papers.notice import Bearer, notice
from counter_tui.domain.papers.rules import PaperRules
from counter_tui.domain.papers.slip import slip
from counter_tui.domain.stay import Stay
from counter_tui.domain.words import Direction, SubjectKind

AT = datetime(2026, 11, 20, 22, 14, tzinfo=UTC).astimezone(ZoneInfo("Asia/Pontianak"))
BEARER = Bearer("RAHMAN, ABDUL BIN HASSAN", "MYS A12345678", "ENTIKONG", "joint service desk", AT, training=False)
PORK = ToldProcedure(
    "sop4",
    (("en", "Pork is banned: return it or leave it."), ("id", "Babi dilarang."), ("ms", "Khinzir dilarang.")),
    "UU 21/2019",
)
CHECKED = NoticeFacts(
    Standing.CHECK,
    Direction.ENTRY,
    foreign=True,
    things=(Thing(SubjectKind.GOODS, "3 kg pork", "held"),),
    procedures=(PORK,),
)
STAY = Stay(date(2026, 12, 20), "visa-exempt", 30, "Perpres 95/2024", "none", stamp="ENT-0412", page="17")
SARI = Signed("Sari Dewi", AT, "ENT-3/120", "0123456789abcdef0123")
BUDI = Signed("Budi Santoso", AT, "ENT-5/44", "fedcba98765432100123")
PERSON = HandedPerson("RAHMAN, ABDUL BIN HASSAN", "MYS A12345678", "MYS")
CASH = HandedItem("Rp 180.000.000 tunai", "SEG-0092", ("Wati, Bea Cukai", "Budi Santoso, POLRI"))
HANDED = HandOver(
    number="ENT-3-17",
    post="ENTIKONG",
    place="ruang pemeriksaan 2",
    at=AT,
    giver=Party("Imigrasi", "Sari Dewi", "konter 3"),
    taker=Party("POLRI", "Budi Santoso", "Polsek Entikong"),
    persons=(PERSON,),
    items=(CASH, HandedItem("paspor A12345678")),
    legal_basis="UU 8/2010",
    given=SARI,
    taken=BUDI,
)
CLOSED = ClosedCase(
    number="ENT-3-17",
    post="ENTIKONG",
    to="KPPBC TMP C Entikong",
    opened=AT,
    closed=AT,
    written=AT,
    lead="Imigrasi",
    persons=(PERSON,),
    items=(CASH,),
    events=(Event(AT, "Sari Dewi", "kasus dibuka"), Event(AT, "Wati", "uang dihitung")),
    outcome=("Orang: diserahkan kepada POLRI",),
    legal_basis=("UU 8/2010", "UU 6/2011", "UU 8/2010"),
    signed=(SARI,),
)


@cache
def rules() -> PaperRules:
    return settings_papers.load_papers()


def drawn(kind: PaperKind, said: object) -> Drawn:
    return Drawn(kind, "ENT-3", "c1", said, ("ENT-3/118",), "ab" * 32, "risk 1")


def noticed(facts: NoticeFacts = CHECKED, bearer: Bearer = BEARER, copy: int = 0) -> Paper:
    return notice(facts, bearer, drawn(PaperKind.NOTICE, facts), rules().wording, copy=copy)


def slipped(bearer: Bearer = BEARER) -> Paper:
    return slip(STAY, bearer, drawn(PaperKind.SLIP, STAY), rules().wording)


def handed(record: HandOver = HANDED) -> Paper:
    return hand_over(record, drawn(PaperKind.HAND_OVER, record), rules().wording)


def lettered_case(case: ClosedCase = CLOSED) -> Paper:
    return letter(case, drawn(PaperKind.LETTER, case), rules().wording)
