"""Parts of customs' answers as its system writes them, and what one answer comes to."""

import json
from typing import Any

from counter_tui import settings
from counter_tui.agencies.customs import CustomsConnector
from counter_tui.agencies.ports import FetchAnswer, Inquiry
from counter_tui.domain.sections import Section
from counter_tui.domain.texts import Text
from counter_tui.domain.words import Direction

from ..asking import LIMITS, NOW, RULES, Clear, inquiry

TODAY = NOW.date()
ABOUT = {"waktuData": "2026-11-21T05:59:00Z", "pelintas": {"negaraPenerbit": "MYS", "noDokumen": "X1234567"}}
RATES = {
    "nomor": "KMK 47/KM.10/2026",
    "mulai": "2026-11-18",
    "sampai": "2026-11-24",
    "nilai": [{"valuta": "USD", "rupiah": "16000.00"}, {"valuta": "MYR", "rupiah": "4000.00"}],
}
ALL_NO = dict.fromkeys("abcdef", "TIDAK")

__all__ = ["ABOUT", "ALL_NO", "LIMITS", "NOW", "RATES", "TODAY", "settings"]


def form(*goods: dict[str, Any], **given: Any) -> dict[str, Any]:
    """A declaration of the traveller who is asked about, filed today for today, with no to every question."""
    made = {"status": "DITERIMA", "nomor": "CD/1", "tanggal": "2026-11-21", "tanggalKedatangan": "2026-11-21"}
    person = {"nama": "SITI NUR TINI", "tanggalLahir": "1990-01-01", "nomorPaspor": "X1234567"}
    return made | person | {"jawaban": ALL_NO, "barang": list(goods)} | given


def answers(**given: Any) -> dict[str, Any]:
    return {letter: answer for letter, answer in (ALL_NO | given).items() if answer is not None}


def goods(value: str, currency: str = "MYR", kind: str = "PRIBADI", **more: Any) -> dict[str, Any]:
    return {"uraian": "x", "jumlah": 1, "nilai": value, "valuta": currency, "jenis": kind} | more


async def section(about: Inquiry | None = None, file: bytes | None = None, **given: Any) -> Section:
    """The section that follows from these parts of an answer; `file` is what its declaration's file holds."""
    answer = json.dumps({"kurs": RATES, **ABOUT, **given}).encode()

    async def fetch(method: str, path: str, *, body: bytes = b"", content_type: str = "") -> FetchAnswer:
        return FetchAnswer(200, (file or b"") if path.endswith("/pemberitahuan") else answer)

    return await CustomsConnector(fetch, RULES, LIMITS, Clear()).section(about or inquiry())


def codes(one: Section) -> dict[str, dict[str, str | int]]:
    """Codes of findings with the parameters of their texts."""
    found = ((f.id.split("/")[1].removeprefix("cust."), f) for f in one.findings)
    return {code: f.text.as_dict() if f.text else {} for code, f in found}


async def found(about: Inquiry | None = None, **given: Any) -> dict[str, dict[str, str | int]]:
    return codes(await section(about, **given))


def facts(one: Section) -> list[tuple[str, dict[str, str | int]]]:
    return [(fact.code.removeprefix("fact.cust."), fact.as_dict()) for fact in one.facts]


def fields(one: Section) -> dict[str, list[str]]:
    """Values by name; of a coded one its code, and its parameters."""
    found: dict[str, list[str]] = {}
    for field in one.fields:
        value = field.value
        said = " ".join([value.code, *(str(v) for _, v in value.params)]) if isinstance(value, Text) else str(value)
        found.setdefault(field.name.removeprefix("cust."), []).append(said.removeprefix("value.cust."))
    return found


def leaving() -> Inquiry:
    return inquiry(direction=Direction.EXIT)
