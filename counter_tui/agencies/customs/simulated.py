"""A customs system for training: what the demo's travellers make it know, in its own format."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from ...domain.documents import document_key
from ..asgi import App, Reply, json_service
from ..people import DemoCustoms, DemoDeclaration, DemoPeople
from .connector import TRAVELLERS
from .standard import Pertanyaan

STATES = {"filed": "DITERIMA", "late": "TERLAMBAT", "missing": "BELUM_ADA"}
KINDS = {"personal": "PRIBADI", "merchandise": "DAGANGAN", "excise": "CUKAI", "restricted": "LARTAS"}
VEHICLES = {"valid": "BERLAKU", "open": "TERBUKA", "missing": "TIDAK_ADA"}
SCANS = {"mismatch": "TIDAK_SESUAI", "dog": "K9"}


def simulated(people: DemoPeople, today: date, now: Callable[[], datetime]) -> App:
    """The system as an ASGI callable. `today` is the day that offsets count from; `now` gives aware times."""
    known = {document_key(p.state, p.number): p.customs for p in people.persons}

    def answer(_: str, body: bytes) -> Reply:
        question = Pertanyaan.model_validate_json(body)
        record = known.get(document_key(question.negara_penerbit, question.no_dokumen))
        return Reply({"waktuData": now().isoformat()} | (_record(record, today) if record else {}))

    return json_service({("POST", TRAVELLERS): answer})


def _record(own: DemoCustoms, today: date) -> dict[str, Any]:
    record: dict[str, Any] = {
        "perlintasan7Hari": own.week,
        "penegahan": [{"tanggal": _day(today, offset)} for offset in own.seized],
    }
    if own.declaration is not None:
        record["pemberitahuan"] = _declaration(own.declaration, today)
    if own.card is not None:
        card = own.card
        record["kilb"] = {
            "nomor": card.number,
            "batas": f"{card.limit}.00",
            "terpakai": f"{card.used}.00",
            "valuta": "MYR",
            "diblokir": card.blocked,
        }
    if own.cash is not None:
        record["uangTunai"] = {"setaraRupiah": own.cash.carried, "diberitahukan": own.cash.declared}
    if own.vehicle is not None:
        record["kendaraan"] = {
            "nomorPolisi": own.vehicle.plate,
            "vhd": VEHICLES[own.vehicle.declaration],
            "jatuhTempo": _day(today, own.vehicle.due),
            "pemilikCocok": own.vehicle.owner,
        }
    if own.scan is not None:
        record["pemindaian"] = SCANS[own.scan]
    if own.targeted:
        record["sasaran"] = {"kode": "P2-07", "uraian": own.targeted}
    return record


def _declaration(declaration: DemoDeclaration, today: date) -> dict[str, Any]:
    if declaration.state == "missing":
        return {"status": STATES["missing"]}
    return {
        "status": STATES[declaration.state],
        "nomor": f"CD-{today:%y%m%d}-0417",
        "tanggal": _day(today, declaration.filed),
        "jawaban": {letter: letter in declaration.yes for letter in "abcdef"},
        "barang": [
            {
                "uraian": goods.description,
                "jumlah": goods.quantity,
                "nilai": f"{goods.value}.00",
                "valuta": goods.currency,
                "nilaiUsd": f"{goods.usd}.00",
                "jenis": KINDS[goods.kind],
            }
            for goods in declaration.goods
        ],
    }


def _day(today: date, offset: int) -> str:
    return (today + timedelta(days=offset)).isoformat()
