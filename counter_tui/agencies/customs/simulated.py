"""A customs system for training: what the demo's travellers make it know, in its own format."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from ...domain.days import add_months
from ...domain.documents import document_key
from ...domain.words import Authority
from ..asgi import App, Reply, json_service
from ..people import DemoCard, DemoCash, DemoCustoms, DemoPeople, DemoVehicle
from ..told_book import told_routes
from .connector import DECLARATIONS, TRAVELLERS
from .simulated_declaration import Declarations
from .standard import Permintaan, Pertanyaan

VEHICLES = {"requested": "DIAJUKAN", "valid": "BERLAKU", "open": "TERBUKA", "closed": "DITUTUP", "missing": "TIDAK_ADA"}
SCANS = {"mismatch": "TIDAK_SESUAI", "dog": "K9"}
RATES = {"USD": "16450.00", "MYR": "3720.50", "SGD": "12680.00", "EUR": "17910.00", "CNY": "2290.00"}


def simulated(people: DemoPeople, today: date, now: Callable[[], datetime]) -> App:
    """The system as an ASGI callable. `today` is the day that offsets count from; `now` gives aware times."""
    known = {document_key(p.state, p.number): p for p in people.persons}
    declarations = Declarations(people, today)

    def answer(_: str, body: bytes) -> Reply:
        question = Pertanyaan.model_validate_json(body)
        person = known.get(document_key(question.negara_penerbit, question.no_dokumen))
        about = {"negaraPenerbit": question.negara_penerbit, "noDokumen": question.no_dokumen}
        said = {"waktuData": now().isoformat(), "pelintas": about, "kurs": _rates(today)}
        if person is not None:
            said |= _record(person.customs, today) | declarations.part(person)
        return Reply(said)

    def declaration(_: str, body: bytes) -> Reply:
        return Reply(declarations.file(Permintaan.model_validate_json(body).nomor))

    asked = {("POST", TRAVELLERS): answer, ("POST", DECLARATIONS): declaration}
    return json_service(asked | told_routes(Authority.CUSTOMS, "BC", now))


def _rates(today: date) -> dict[str, Any]:
    return {
        "nomor": f"KMK {today.isocalendar().week}/KM.10/{today.year}",
        "mulai": _day(today, -3),
        "sampai": _day(today, 3),
        "nilai": [{"valuta": currency, "rupiah": rate} for currency, rate in RATES.items()],
    }


def _record(own: DemoCustoms, today: date) -> dict[str, Any]:
    record: dict[str, Any] = {
        "perlintasan7Hari": own.week,
        "penegahan": [
            {"tanggal": _day(today, offset), "nomor": f"SBP-{number:04}", "uraian": "goods without a permit"}
            for number, offset in enumerate(own.seized, start=211)
        ],
    }
    if own.card is not None:
        record["kilb"] = _card(own.card, today)
    if own.cash is not None:
        record["uangTunai"] = _cash(own.cash)
    if own.vehicle is not None:
        record["kendaraan"] = _vehicle(own.vehicle, today)
    if own.scan is not None:
        record["pemindaian"] = SCANS[own.scan]
    if own.targeted:
        record["sasaran"] = {"kode": "P2-07", "uraian": own.targeted}
    return record


def _card(card: DemoCard, today: date) -> dict[str, Any]:
    return {
        "nomor": card.number,
        "batas": f"{card.limit}.00",
        "terpakai": f"{card.used}.00",
        "valuta": "MYR",
        "bulan": f"{add_months(today, card.months):%Y-%m}",
        "berlakuSampai": _day(today, card.until),
        "diblokir": card.blocked,
    }


def _cash(cash: DemoCash) -> dict[str, Any]:
    counted = [{"jenis": "UKA", "valuta": one.currency, "jumlah": f"{one.amount}.00"} for one in cash.notes]
    return {"nomor": "PUT 0088", "setaraRupiah": cash.carried, "diberitahukan": cash.declared, "rincian": counted}


def _vehicle(vehicle: DemoVehicle, today: date) -> dict[str, Any]:
    there = vehicle.declaration != "missing"
    started = vehicle.due - 30 * (1 + vehicle.renewals)
    return {
        "nomorPolisi": vehicle.plate,
        "negara": vehicle.country,
        "nomorRangka": vehicle.chassis or None,
        "nomorRangkaVhd": vehicle.declared_chassis or None,
        "isiTangki": vehicle.tank,
        "izinEkspor": vehicle.export,
        "pengemudiBerhak": vehicle.entitled,
        "dibekukanSampai": None if vehicle.frozen is None else _day(today, vehicle.frozen),
        "vhd": VEHICLES[vehicle.declaration],
        "nomorVhd": f"VHD {vehicle.plate[-3:].strip()}/26" if there else None,
        "mulai": _day(today, started) if there else None,
        "jatuhTempo": _day(today, vehicle.due) if there else None,
        "perpanjangan": vehicle.renewals,
        "pemilikCocok": vehicle.owner,
    }


def _day(today: date, offset: int) -> str:
    return (today + timedelta(days=offset)).isoformat()
