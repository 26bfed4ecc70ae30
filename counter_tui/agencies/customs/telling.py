"""What the customs system is told: how a crossing was settled, in the words of its forms.

The quota of a border shopping card (KILB) is used by what the allowance ledger granted on the crossing, whatever was
declared. All other amounts are those of the declaration as it was last read: nothing is valued or weighed at the
counter yet, and `tidakDirekam` says so.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Final

from pydantic import Field

from ...domain.outcome import PERSON, Judgement
from ...domain.words import Authority, Basis, SubjectKind, Verdict
from ..telling import Telling
from ..told_json import (
    AnswerPart,
    DocumentPart,
    HeldPage,
    HeldPart,
    HeldQuestion,
    JsonTold,
    Message,
    Part,
    ShownPart,
    TravellerPart,
    common,
    shown,
)
from .rates import money

WORDS: Final[Mapping[str, str]] = {
    "action": "tindakan",
    "as_of": "waktuData",
    "basis": "dasar",
    "birth": "tanggalLahir",
    "card": "kartu",
    "corrects": "membetulkan",
    "counter": "konter",
    "crossing": "perlintasan",
    "declaration": "pemberitahuan",
    "declared": "diberitahukan",
    "digest": "sidik",
    "direction": "arah",
    "document": "dokumen",
    "duty": "taksiranBea",
    "entry": "entri",
    "expiry": "tanggalHabisBerlaku",
    "fine": "denda",
    "goods": "barang",
    "grants": "pemberian",
    "group": "rombongan",
    "hidden": "tidakDiberitahukan",
    "issuing_state": "negaraPenerbit",
    "items": "daftar",
    "key": "kunci",
    "kind": "jenis",
    "label": "uraian",
    "lane": "jalur",
    "line": "nomorUrut",
    "money": "uang",
    "month": "bulan",
    "more": "masihAda",
    "name": "nama",
    "nationality": "kewarganegaraan",
    "not_recorded": "tidakDirekam",
    "note": "catatan",
    "number": "noDokumen",
    "officer": "petugas",
    "person": "pelintas",
    "post": "pos",
    "quantity": "jumlah",
    "quota": "kilb",
    "reason": "alasan",
    "received_at": "waktuTerima",
    "record_as_of": "waktuCatatan",
    "recorded_at": "waktuRekam",
    "reference": "nomorAgenda",
    "refused": "ditolak",
    "rules": "versiAturan",
    "settled": "penyelesaian",
    "sex": "jenisKelamin",
    "shown": "dilihat",
    "since": "sejak",
    "start": "mulai",
    "state": "status",
    "subject": "objek",
    "subject_id": "rujukan",
    "training": "latihan",
    "traveller": "orang",
    "used": "terpakai",
    "value": "nilai",
    "vehicle": "vhd",
    "verdict": "putusan",
}
DIRECTIONS: Final = {"ENTRY": "MASUK", "EXIT": "KELUAR"}
STATES: Final = {"LIVE": "LANGSUNG", "CACHED": "TERSIMPAN", "NOT_CHECKED": "BELUM_DIPERIKSA"}
SUBJECTS: Final = {
    SubjectKind.PERSON: "ORANG",
    SubjectKind.DOCUMENT: "DOKUMEN",
    SubjectKind.GOODS: "BARANG",
    SubjectKind.ANIMAL: "HEWAN",
    SubjectKind.VEHICLE: "KENDARAAN",
    SubjectKind.CASH: "UANG_TUNAI",
}
ACTIONS: Final = {
    Verdict.CLEAR: "DILEPAS",
    Verdict.CLEAR_COND: "DILEPAS_BERSYARAT",
    Verdict.PENDING: "BELUM_DIPUTUS",
    Verdict.REFER: "DIPERIKSA_LANJUT",
    Verdict.HOLD: "DITAHAN",
    Verdict.REFUSE: "DITEGAH",
    Verdict.HANDOVER: "DISERAHKAN",
}
VALUES: Final = "nilaiDanPembayaran"
"""Not recorded: what goods were valued at at the table, and what was paid."""


def _word(name: str) -> str:
    return WORDS[name]


class Dokumen(DocumentPart, alias_generator=_word):
    """The document presented."""


class Orang(TravellerPart, alias_generator=_word):
    """Who crossed."""


class Dilihat(ShownPart, alias_generator=_word):
    """What of customs' record the officer saw."""


class Penyelesaian(Part, alias_generator=_word):
    """How one subject was settled."""

    subject: str
    subject_id: str
    label: str | None = None
    action: str
    basis: str
    reason: str | None = None
    note: Annotated[str | None, Field(max_length=4000, repr=False)] = None


class Pemberian(Part, alias_generator=_word):
    """One grant of the ledger: the entry that made it, the month that it counts for (YYYY-MM), and the amount now."""

    entry: str
    month: str
    value: str


class Kuota(Part, alias_generator=_word):
    """What a border shopping card is used for by this crossing, as money (`MYR 540.00`); `used` is the grants' sum."""

    card: str | None = None
    declared: str | None = None
    used: str | None = None
    grants: Annotated[tuple[Pemberian, ...] | None, Field(max_length=1000)] = None


class Barang(Part, alias_generator=_word):
    """A line of the declaration, as it is on record, and what became of it."""

    line: str
    goods: str | None = None
    quantity: str | None = None
    value: str | None = None
    action: str


class Uang(Part, alias_generator=_word):
    """What was found of cash, and what is due by the law's own reckoning; what was paid is customs' to record."""

    number: str | None = None
    hidden: str | None = None
    fine: str | None = None
    duty: str | None = None


class Catatan(Message, alias_generator=_word):
    """The record of one decision."""

    document: Dokumen
    traveller: Orang | None = None
    shown: Dilihat | None = None
    declaration: str | None = None
    vehicle: str | None = None
    quota: Kuota | None = None
    goods: Annotated[tuple[Barang, ...], Field(max_length=1000)] = ()
    money: Uang | None = None
    settled: tuple[Penyelesaian, ...] = Field(min_length=1)


class Terjawab(AnswerPart, alias_generator=_word):
    """Customs' answer."""


class Tercatat(HeldPart, alias_generator=_word):
    """One record that customs has."""


class Halaman(HeldPage, alias_generator=_word):
    """Some of them."""

    items: Annotated[tuple[Tercatat, ...], Field(max_length=500)] = ()


class Permintaan(HeldQuestion, alias_generator=_word):
    """What is asked of them."""


BASES: Final[Mapping[Basis, str]] = {
    Basis.OFFICER: "PETUGAS",
    Basis.RULE: "SISTEM",
    Basis.DELEGATED: "PELIMPAHAN",
}


class CustomsTold(JsonTold):
    """The customs system's format."""

    authority: ClassVar[Authority] = Authority.CUSTOMS
    message_part: ClassVar[type[Message]] = Catatan
    answer_part: ClassVar[type[AnswerPart]] = Terjawab
    held_part: ClassVar[type[HeldPart]] = Tercatat
    page_part: ClassVar[type[HeldPage]] = Halaman
    question_part: ClassVar[type[HeldQuestion]] = Permintaan

    def message(self, telling: Telling) -> Catatan:
        """The record."""
        said: dict[str, Any] = common(telling, Dokumen, Orang)
        said["direction"] = DIRECTIONS[said["direction"]]
        things = any(judged.subject.kind is not SubjectKind.PERSON for judged in telling.verdicts)
        return Catatan(
            **said,
            shown=shown(telling, Dilihat, STATES),
            declaration=telling.value("cust.declaration-number"),
            vehicle=telling.value("cust.vhd-number"),
            goods=_goods(telling),
            money=_money(telling),
            quota=_quota(telling),
            settled=tuple(_settled(judged) for judged in telling.verdicts),
            not_recorded=(VALUES,) if things else (),
        )


def _settled(judged: Judgement) -> Penyelesaian:
    return Penyelesaian(
        subject=SUBJECTS[judged.subject.kind],
        subject_id=judged.subject.id,
        label=judged.subject.label or None,
        action=ACTIONS[judged.verdict],
        basis=BASES[judged.basis],
        reason=judged.reason or None,
        note=judged.note or None,
    )


def _goods(telling: Telling) -> tuple[Barang, ...]:
    """Each line; one that has no verdict of its own goes with the goods, or with the person."""
    own = {judged.subject.id: judged.verdict for judged in telling.verdicts}
    rest = own.get("goods", own.get(PERSON.id))
    found = []
    for number, record in enumerate(telling.records("cust.goods"), start=1):
        verdict = own.get(f"line-{number}", rest)
        if verdict is not None:
            values = record.values
            found.append(
                Barang(
                    line=record.reference,
                    goods=values["cust.goods"],
                    quantity=values.get("cust.goods-quantity"),
                    value=values.get("cust.goods-value"),
                    action=ACTIONS[verdict],
                )
            )
    return tuple(found)


def _money(telling: Telling) -> Uang | None:
    cash = next(iter(telling.records("cust.cash-carried")), None)
    duty = telling.value("cust.duty-estimate")
    if cash is None and duty is None:
        return None
    values = cash.values if cash is not None else {}
    return Uang(
        number=cash.reference if cash is not None else None,
        hidden=values.get("cust.cash-hidden"),
        fine=values.get("cust.cash-fine"),
        duty=duty,
    )


def _quota(telling: Telling) -> Kuota | None:
    """What the card is used for, by the ledger: nothing as long as nothing was granted."""
    card, granted = telling.value("cust.kilb-number"), telling.followed.granted
    if card is None and not granted:
        return None
    return Kuota(
        card=card,
        declared=telling.value("cust.kilb-declared"),
        used=_sen(granted[0].currency, sum(one.sen for one in granted)) if granted else None,
        grants=tuple(Pemberian(entry=g.key, month=g.month, value=_sen(g.currency, g.sen)) for g in granted) or None,
    )


def _sen(currency: str, sen: int) -> str:
    return money(currency, Decimal(sen).scaleb(-2))
