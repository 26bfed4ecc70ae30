"""The declaration BC 2.2: whose it is, whether it was made in time, what was answered, and so which channel."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from ...domain.documents import document_key
from ...domain.words import Authority
from ...errors import AgencyError
from ..belonging import check_person
from .case import Case, word
from .declaration import LETTERS, Pemberitahuan

STATES: Final = {"DITERIMA": "filed", "TERLAMBAT": "late", "BELUM_ADA": "missing"}
ANSWERS: Final = {"YA": True, "TIDAK": False}
CHANNELS: Final = {"HIJAU": "green", "MERAH": "red"}
RELATIONS: Final = {"SUAMI": "spouse", "ISTRI": "spouse", "ANAK": "child", "ORANG_TUA": "parent", "LAINNYA": "other"}
QUESTIONS: Final = {
    "b": "cust.declares-restricted",
    "c": "cust.declares-cash",
    "d": "cust.declares-excise",
    "e": "cust.declares-merchandise",
    "f": "cust.declares-over-allowance",
}
"""What each yes calls for. Animals and plants (a) are for quarantine to say."""

Answers = Mapping[str, bool | None]
"""By their letters; None where a question was not answered, or not understandably."""


def is_declarant(case: Case, declaration: Pemberitahuan) -> bool:
    """Whether the traveller made the declaration, or (false) is a member of the family on it.

    AgencyError `agency.other-traveller` where they are neither.
    """
    own = case.inquiry.number
    if declaration.nomor_paspor is not None and _number(declaration.nomor_paspor) == own:
        return _is_person(case, declaration)
    for member in declaration.anggota_keluarga:
        if member.nomor_paspor is not None and _number(member.nomor_paspor) == own:
            check_person(Authority.CUSTOMS, case.inquiry, member.nama, member.tanggal_lahir)
            return False
    if declaration.nomor_paspor is None:
        return _is_person(case, declaration)
    raise AgencyError("agency.other-traveller", authority=Authority.CUSTOMS.value)


def _is_person(case: Case, declaration: Pemberitahuan) -> bool:
    """True; one disagreement with the document is said, and of two it is somebody else."""
    differs = check_person(Authority.CUSTOMS, case.inquiry, declaration.nama, declaration.tanggal_lahir)
    if "name" in differs:
        case.report.fact("cust.name-differs")
    if "birth" in differs:
        case.report.fact("cust.birth-differs")
    return True


def _number(said: str) -> str:
    return document_key("", said).partition(":")[2]


def declared(case: Case, declaration: Pemberitahuan, origin: str) -> Answers:
    """The form as it was filled in, with its state and its channel; what it was answered."""
    answers = _answers(case, declaration)
    state, channel = _state(case, declaration), _channel(answers)
    case.field("declaration-state", word(f"declaration-{state}") if state else None, origin)
    case.field("channel", word(f"channel-{channel}"), origin)
    _form(case, declaration, origin, answers)
    return answers


def call_for(case: Case, declaration: Pemberitahuan, answers: Answers) -> None:
    """What its state and its answers call for, of who made it."""
    _call_for_state(case, declaration)
    for letter, code in QUESTIONS.items():
        if answers[letter]:
            case.report.find(code)
    unanswered = [letter for letter, answer in answers.items() if answer is None]
    if unanswered:
        case.report.find("cust.declaration-incomplete", what=", ".join(unanswered))
    channel = _channel(answers)
    told = case.unmapped.meaning("pemberitahuan.jalur", declaration.jalur, CHANNELS)
    if told == "red" and channel != "red":
        case.report.find("cust.channel-red")


def call_family(case: Case, answers: Answers) -> None:
    """What it calls for of a member of the family: it is settled with the declarant."""
    if any(answers.values()):
        case.report.find("cust.family-declaration")


def _answers(case: Case, declaration: Pemberitahuan) -> Answers:
    given = {letter: getattr(declaration.jawaban, letter) for letter in LETTERS}
    return {
        letter: case.unmapped.meaning(f"pemberitahuan.jawaban.{letter}", said, ANSWERS, deciding=True)
        for letter, said in given.items()
    }


def _channel(answers: Answers) -> str:
    """Red after any yes, green after six times no; else it is open."""
    if any(answers.values()):
        return "red"
    return "open" if None in answers.values() else "green"


def _state(case: Case, declaration: Pemberitahuan) -> str | None:
    """Filed, late, early, or of another day's arrival; None where its state is not understood."""
    stated = case.unmapped.meaning("pemberitahuan.status", declaration.status, STATES, deciding=True)
    before, after = timedelta(case.limits.declaration_days_before), timedelta(case.limits.declaration_days_after)
    arrival, filed = declaration.tanggal_kedatangan or case.today, declaration.tanggal
    if not arrival - before <= case.today <= arrival + after:
        return "other-day"
    if stated == "late" or (filed is not None and filed > arrival + after):
        return "late"
    if filed is not None and filed < arrival - before:
        return "early"
    return stated


def _call_for_state(case: Case, declaration: Pemberitahuan) -> None:
    state, arrival, filed = _state(case, declaration), declaration.tanggal_kedatangan, declaration.tanggal
    if state == "other-day" and arrival is not None:
        case.report.find("cust.declaration-other-day", on=arrival.isoformat())
    elif state == "late":
        case.report.find("cust.declaration-late")
    elif state == "early" and filed is not None:
        case.report.find("cust.declaration-early", on=filed.isoformat())


def _form(case: Case, declaration: Pemberitahuan, origin: str, answers: Answers) -> None:
    said: dict[str, str | int | date | None] = {
        "declaration-number": declaration.nomor,
        "declaration-filed": declaration.tanggal,
        "name": declaration.nama,
        "birth": declaration.tanggal_lahir,
        "occupation": declaration.pekerjaan,
        "nationality": declaration.kewarganegaraan,
        "document": declaration.nomor_paspor,
        "address": declaration.alamat,
        "carrier": declaration.sarana_pengangkut,
        "arrival": declaration.tanggal_kedatangan,
        "packages": declaration.koli_bawaan,
        "packages-unaccompanied": declaration.koli_tak_bersama,
    }
    for name, value in said.items():
        case.field(name, word("blank") if value is None else value, origin)
    for letter, answer in answers.items():
        case.field(f"answer-{letter}", word({True: "yes", False: "no", None: "unanswered"}[answer]), origin)
    for number, member in enumerate(declaration.anggota_keluarga, start=1):
        one = case.origin("member", f"{declaration.nomor or ''}/{number}")
        where = f"pemberitahuan.anggotaKeluarga.{number}.hubungan"
        relation = case.unmapped.meaning(where, member.hubungan, RELATIONS)
        case.field("member-name", member.nama, one)
        case.field("member-birth", member.tanggal_lahir, one)
        case.field("member-document", member.nomor_paspor, one)
        case.field("member-relation", word(f"relation-{relation}") if relation else None, one)
