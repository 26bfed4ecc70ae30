"""A vehicle and its declaration (VhD): requested, in force for thirty days and renewals, overdue, open or closed."""

from datetime import date, timedelta
from typing import Final

from ...domain.sections import Subject
from ...domain.words import SubjectKind
from .case import Case, word
from .standard import Kendaraan

STATES: Final = {
    "DIAJUKAN": "requested",
    "BERLAKU": "valid",
    "TERBUKA": "open",
    "DITUTUP": "closed",
    "TIDAK_ADA": "missing",
}
YES_NO: Final = {"YA": True, "TIDAK": False}


def vehicle(case: Case, known: Kendaraan) -> None:
    """What its declaration calls for, whether it is eligible for one, and all that is known of it."""
    plate = known.nomor_polisi
    about = Subject(SubjectKind.VEHICLE, "".join(plate.split()), plate)
    state = case.unmapped.meaning("kendaraan.vhd", known.vhd, STATES, deciding=True)
    due = _due(case, known)
    late = state in {"valid", "open"} and due is not None and due < case.today
    foreign = known.negara != case.limits.home_country
    if state == "missing" or (state == "closed" and case.arriving and foreign):
        case.report.find("cust.vehicle-undeclared", about, plate=plate)
    elif state == "open" and case.arriving:
        case.report.find("cust.vehicle-open", about, plate=plate)
    elif state == "requested":
        case.report.find("cust.vehicle-requested", about, plate=plate)
    elif late and due is not None:
        case.report.find("cust.vehicle-late", about, plate=plate, days=(case.today - due).days)
    elif state is not None:
        case.report.fact("cust.vehicle-declared", plate=plate)
    _eligible(case, known, about)
    _fields(case, known, "overdue" if late and state == "valid" else state, due)


def _due(case: Case, known: Kendaraan) -> date | None:
    """Its last day: thirty days and each renewal from its beginning, and no later than the declaration says."""
    if known.mulai is None:
        return known.jatuh_tempo
    by_rule = known.mulai + timedelta(days=case.limits.vehicle_days * (1 + known.perpanjangan))
    return min(known.jatuh_tempo or by_rule, by_rule)


def _eligible(case: Case, known: Kendaraan, about: Subject) -> None:
    """What a foreign vehicle has to be to come in; of one that goes out only whose it is."""
    report, plate, home = case.report, known.nomor_polisi, case.limits.home_country
    if not known.pemilik_cocok:
        report.find("cust.vehicle-owner", about, plate=plate)
    if known.dibekukan_sampai is not None and known.dibekukan_sampai >= case.today:
        report.find("cust.vehicle-frozen", about, plate=plate, until=known.dibekukan_sampai.isoformat())
    if None not in {known.nomor_rangka, known.nomor_rangka_vhd} and known.nomor_rangka != known.nomor_rangka_vhd:
        report.find("cust.vehicle-chassis", about, plate=plate)
    if not case.arriving or known.negara in {None, home}:
        return
    if known.isi_tangki is not None and known.isi_tangki < case.limits.vehicle_tank_percent:
        report.find("cust.vehicle-tank", about, plate=plate, count=known.isi_tangki)
    if case.unmapped.meaning("kendaraan.izinEkspor", known.izin_ekspor, YES_NO, deciding=True) is False:
        report.find("cust.vehicle-export", about, plate=plate)
    if case.inquiry.document.nationality == home and not known.pengemudi_berhak:
        report.find("cust.vehicle-driver", about, plate=plate)


def _fields(case: Case, known: Kendaraan, state: str | None, due: date | None) -> None:
    car = case.origin("vehicle", known.nomor_polisi)
    case.field("vehicle-plate", known.nomor_polisi, car)
    case.field("vehicle-country", known.negara, car)
    case.field("vehicle-chassis", known.nomor_rangka, car)
    case.field("vehicle-engine", known.nomor_mesin, car)
    case.field("vehicle-colour", known.warna, car)
    case.field("vehicle-owner", known.pemilik, car)
    case.field("vehicle-tank", None if known.isi_tangki is None else f"{known.isi_tangki} %", car)
    case.field("vehicle-frozen-until", known.dibekukan_sampai, car)
    vhd = case.origin("vhd", known.nomor_vhd)
    case.field("vhd-number", known.nomor_vhd, vhd)
    case.field("vhd-state", word(f"vhd-{state}") if state else None, vhd)
    case.field("vhd-from", known.mulai, vhd)
    case.field("vhd-due", due, vhd)
    case.field("vhd-renewals", known.perpanjangan, vhd)
    case.field("vhd-chassis", known.nomor_rangka_vhd, vhd)
