"""From the customs system's answer to customs' section."""

from decimal import Decimal

from ...domain.days import add_months
from ...domain.findings import FindingRules
from ...domain.sections import Section, Subject
from ...domain.words import Authority, Direction, SubjectKind
from ..limits import Limits
from ..ports import Fetch, Inquiry, Seal
from ..reporting import Report
from ..wire import ask
from .standard import Barang, Jawab, Kendaraan, Kilb, Pemberitahuan, Pertanyaan, UangTunai

TRAVELLERS = "/ceisa/v2/pelintas"

QUESTIONS = {
    "b": "cust.declares-restricted",
    "c": "cust.declares-cash",
    "d": "cust.declares-excise",
    "e": "cust.declares-merchandise",
    "f": "cust.declares-over-allowance",
}
"""What each yes on the form calls for. Animals and plants (a) are for quarantine to say."""


class CustomsConnector:
    """Customs' section of one traveller."""

    authority = Authority.CUSTOMS

    def __init__(self, fetch: Fetch, rules: FindingRules, limits: Limits, seal: Seal) -> None:
        self._fetch = fetch
        self._rules = rules
        self._limits = limits
        self._seal = seal

    async def section(self, inquiry: Inquiry) -> Section:
        """Customs' section, live; AgencyError as the port says."""
        question = Pertanyaan(
            negara_penerbit=inquiry.issuer,
            no_dokumen=inquiry.number,
            arah="MASUK" if inquiry.direction is Direction.ENTRY else "KELUAR",
        )
        answer = await ask(self._fetch, self.authority, TRAVELLERS, question, Jawab)
        report = Report(self.authority, self._rules, self._seal, inquiry)
        goods = answer.pemberitahuan.barang if answer.pemberitahuan else ()
        self._declaration(report, answer.pemberitahuan)
        if answer.kilb is not None:
            self._card(report, answer.kilb, goods)
        else:
            self._allowance(report, goods)
        if answer.uang_tunai is not None:
            self._cash(report, answer.uang_tunai)
        if answer.kendaraan is not None:
            self._vehicle(report, inquiry, answer.kendaraan)
        self._profile(report, inquiry, answer)
        return report.section(min(answer.waktu_data, inquiry.at))

    def _declaration(self, report: Report, declaration: Pemberitahuan | None) -> None:
        if declaration is None:
            report.fact("cust.no-declaration")
            return
        if declaration.status == "BELUM_ADA":
            report.find("cust.declaration-missing")
        elif declaration.status == "TERLAMBAT":
            report.find("cust.declaration-late")
        yes = declaration.jawaban.yes() if declaration.jawaban else ()
        for letter in yes:
            if letter in QUESTIONS:
                report.find(QUESTIONS[letter])
        if declaration.status != "BELUM_ADA" and not yes:
            report.fact("cust.nothing-declared")
        for number, line in enumerate(declaration.barang, start=1):
            if line.jenis == "LARTAS":
                about = Subject(SubjectKind.GOODS, f"line-{number}", f"#{number}")
                report.find("cust.restricted-goods", about, what=line.uraian)

    def _card(self, report: Report, card: Kilb, goods: tuple[Barang, ...]) -> None:
        """The month's allowance and what is declared now; other currencies are valued by customs at the table."""
        if card.diblokir:
            report.find("cust.card-blocked", card=card.nomor)
        declared = sum((line.nilai for line in goods if line.valuta == card.valuta), Decimal(0))
        total = card.terpakai + declared
        shown: dict[str, str | int] = {
            "used": _money(card.terpakai),
            "limit": _money(card.batas),
            "declared": _money(declared),
        }
        if total > card.batas:
            report.find("cust.quota-over", shown=shown, over=_money(total - card.batas))
        elif total * 100 >= card.batas * self._limits.quota_near_percent:
            report.find("cust.quota-near", shown=shown, left=_money(card.batas - total))
        else:
            report.fact("cust.quota", left=_money(card.batas - total), **shown)

    def _allowance(self, report: Report, goods: tuple[Barang, ...]) -> None:
        value = sum((line.nilai_usd for line in goods if line.jenis == "PRIBADI"), Decimal(0))
        if value > self._limits.allowance_usd:
            report.find("cust.allowance-over", value=_money(value), over=_money(value - self._limits.allowance_usd))

    def _cash(self, report: Report, cash: UangTunai) -> None:
        limits = self._limits
        if cash.setara_rupiah < limits.cash_threshold_idr:
            return
        hidden = max(0, cash.setara_rupiah - cash.diberitahukan)
        if not hidden:
            report.find("cust.cash-declared", millions=cash.setara_rupiah // 10**6)
            return
        fine = min(hidden * limits.cash_fine_percent // 100, limits.cash_fine_max_idr)
        code = "cust.cash-under-declared" if cash.diberitahukan else "cust.cash-undeclared"
        report.find(code, millions=cash.setara_rupiah // 10**6, hidden=hidden // 10**6, fine=fine // 10**6)

    def _vehicle(self, report: Report, inquiry: Inquiry, vehicle: Kendaraan) -> None:
        plate = vehicle.nomor_polisi
        about = Subject(SubjectKind.VEHICLE, "".join(plate.split()), plate)
        if vehicle.vhd == "TIDAK_ADA":
            report.find("cust.vehicle-undeclared", about, plate=plate)
        elif vehicle.vhd == "TERBUKA":
            report.find("cust.vehicle-open", about, plate=plate)
        elif vehicle.jatuh_tempo is not None and vehicle.jatuh_tempo < inquiry.at.date():
            days = (inquiry.at.date() - vehicle.jatuh_tempo).days
            report.find("cust.vehicle-late", about, plate=plate, days=days)
        else:
            report.fact("cust.vehicle-declared", plate=plate)
        if not vehicle.pemilik_cocok:
            report.find("cust.vehicle-owner", about, plate=plate)

    def _profile(self, report: Report, inquiry: Inquiry, answer: Jawab) -> None:
        today = inquiry.at.date()
        since = add_months(today, -self._limits.previous_months)
        seized = [one.tanggal for one in answer.penegahan if since <= one.tanggal <= today]
        if seized:
            report.find("cust.seized-before", on=max(seized).isoformat(), count=len(seized))
        if answer.perlintasan_7_hari >= self._limits.frequent_crossings:
            report.find("cust.frequent", count=answer.perlintasan_7_hari)
        if answer.pemindaian == "TIDAK_SESUAI":
            report.find("cust.scan-mismatch")
        elif answer.pemindaian == "K9":
            report.find("cust.dog-alert")
        if answer.sasaran is not None:
            report.find("cust.targeted", sealed=self._seal(answer.sasaran.model_dump_json().encode()))


def _money(amount: Decimal) -> str:
    """`540`, or `540.50`."""
    whole = amount == amount.to_integral_value()
    return f"{amount:.0f}" if whole else f"{amount:.2f}"
