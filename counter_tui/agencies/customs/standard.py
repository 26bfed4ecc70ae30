"""The customs system's JSON, in the words of its forms: BC 2.2 (customs declaration), KILB, VhD.

Amounts are decimal numbers as text with at most two places; dates ISO 8601; currencies ISO 4217.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field
from pydantic.alias_generators import to_camel

from ..wire import Foreign, Instant

Amount = Annotated[Decimal, Field(ge=0, max_digits=17, decimal_places=2)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Rupiah = Annotated[int, Field(ge=0, le=10**15)]


class _Camel(Foreign, alias_generator=to_camel):
    pass


class Pertanyaan(_Camel):
    """What is asked of one traveller; `arah` is MASUK (entry) or KELUAR (exit)."""

    negara_penerbit: str
    no_dokumen: str
    arah: Literal["MASUK", "KELUAR"]


class Jawaban(_Camel):
    """The questions of BC 2.2: animals and plants; narcotics, weapons; cash; excise goods; merchandise; excess."""

    a: bool
    b: bool
    c: bool
    d: bool
    e: bool
    f: bool

    def yes(self) -> tuple[str, ...]:
        """The questions answered with yes."""
        answers = {"a": self.a, "b": self.b, "c": self.c, "d": self.d, "e": self.e, "f": self.f}
        return tuple(letter for letter, answered in answers.items() if answered)


class Barang(_Camel):
    """A line of the goods table: description, quantity, value and currency, with customs' own value in USD."""

    uraian: str
    jumlah: Annotated[int, Field(ge=0, le=10**6)]
    nilai: Amount
    valuta: Currency
    nilai_usd: Amount
    jenis: Literal["PRIBADI", "DAGANGAN", "CUKAI", "LARTAS"]


class Pemberitahuan(_Camel):
    """A declaration: received, late, or due and not there."""

    status: Literal["DITERIMA", "TERLAMBAT", "BELUM_ADA"]
    nomor: str | None = None
    tanggal: date | None = None
    jawaban: Jawaban | None = None
    barang: Annotated[tuple[Barang, ...], Field(max_length=100)] = ()


class Kilb(_Camel):
    """A border shopping card: this month's allowance and what is used of it."""

    nomor: str
    batas: Amount
    terpakai: Amount
    valuta: Currency
    diblokir: bool = False


class UangTunai(_Camel):
    """Cash carried and cash declared, in rupiah or its equivalent."""

    setara_rupiah: Rupiah
    diberitahukan: Rupiah


class Kendaraan(_Camel):
    """A vehicle and its declaration: in force, open from an earlier crossing, or none."""

    nomor_polisi: Annotated[str, Field(min_length=1, max_length=16)]
    vhd: Literal["BERLAKU", "TERBUKA", "TIDAK_ADA"]
    jatuh_tempo: date | None = None
    pemilik_cocok: bool = True


class Penegahan(_Camel):
    """An earlier seizure."""

    tanggal: date


class Sasaran(_Camel):
    """A lead that is customs' own; what it is about leaves the connector only sealed."""

    kode: str
    uraian: Annotated[str, Field(repr=False)]


class Jawab(_Camel):
    """What customs knows of one traveller."""

    waktu_data: Instant
    pemberitahuan: Pemberitahuan | None = None
    kilb: Kilb | None = None
    uang_tunai: UangTunai | None = None
    kendaraan: Kendaraan | None = None
    penegahan: Annotated[tuple[Penegahan, ...], Field(max_length=200)] = ()
    perlintasan_7_hari: Annotated[int, Field(ge=0, le=1000, alias="perlintasan7Hari")] = 0
    pemindaian: Literal["SESUAI", "TIDAK_SESUAI", "K9"] | None = None
    sasaran: Sasaran | None = None
