"""The customs system's JSON, in the words of its forms: BC 2.2 (declaration), KILB, VhD, cash, seizures, rates.

Codes that we do not know do not make an answer unreadable: they are said to be not understood.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..wire import Foreign, Instant
from .declaration import Pemberitahuan
from .values import Amount, Answer, Code, Count, Currency, Day, Form, Rate, Words

Rupiah = Annotated[int, Field(ge=0, le=10**15)]
Month = Annotated[str, Field(pattern=r"^2[01][0-9]{2}-(0[1-9]|1[0-2])$")]


class Pertanyaan(Form):
    """What is asked of one traveller; `arah` is MASUK (entry) or KELUAR (exit)."""

    negara_penerbit: str
    no_dokumen: str
    arah: Literal["MASUK", "KELUAR"]


class Permintaan(Form):
    """Asks for a declaration that is kept as a file, by its number."""

    nomor: str


class Pelintas(Form):
    """Whom an answer is about, by the document that was asked about."""

    negara_penerbit: str
    no_dokumen: str


class Kurs(Form):
    """The rate of one currency: rupiah for one unit of it."""

    valuta: Currency
    rupiah: Rate


class DaftarKurs(Form):
    """The rates of customs' decree `nomor`, from the first day to the last."""

    nomor: Words = None
    mulai: Day
    sampai: Day
    nilai: Annotated[tuple[Kurs, ...], Field(max_length=200)] = ()


class Kilb(Form):
    """A border shopping card: the allowance of the month `bulan` (YYYY-MM) and what is used of it."""

    nomor: Words
    batas: Amount | None = None
    terpakai: Amount
    valuta: Currency
    bulan: Month | None = None
    berlaku_sampai: Day | None = None
    diblokir: bool = False


class Uang(Form):
    """Money of one kind and currency: UKA (notes), CEK (cheque), and other bearer instruments."""

    jenis: Code = None
    valuta: Currency
    jumlah: Amount


class UangTunai(Form):
    """Cash carried and cash declared, in rupiah or its equivalent; `rincian` is what is carried, one by one."""

    nomor: Words = None
    setara_rupiah: Rupiah
    diberitahukan: Rupiah
    rincian: Annotated[tuple[Uang, ...], Field(max_length=50)] = ()


class Kendaraan(Form):
    """A vehicle, and its declaration (VhD): requested, in force, open from an earlier crossing, closed, or none.

    `isi_tangki` is in percent. `perpanjangan` counts renewals. `pengemudi_berhak`: a citizen who may drive a foreign
    vehicle here, since resident, at work or studying abroad.
    """

    nomor_polisi: Annotated[str, Field(min_length=1, max_length=16)]
    negara: Code = None
    nomor_rangka: Words = None
    nomor_mesin: Words = None
    warna: Words = None
    pemilik: Words = None
    pemilik_cocok: bool = True
    izin_ekspor: Answer = None
    isi_tangki: Annotated[Count, Field(le=100)] | None = None
    pengemudi_berhak: bool = False
    dibekukan_sampai: Day | None = None
    vhd: Code
    nomor_vhd: Words = None
    nomor_rangka_vhd: Words = None
    mulai: Day | None = None
    jatuh_tempo: Day | None = None
    perpanjangan: Annotated[Count, Field(le=100)] = 0


class Penegahan(Form):
    """An earlier seizure: its minutes (SBP), and of what."""

    tanggal: Day
    nomor: Words = None
    uraian: Words = None


class Sasaran(Foreign):
    """A lead that is customs' own; what it is about leaves the connector only sealed."""

    kode: str
    uraian: Annotated[str, Field(repr=False)]


class Jawab(Form):
    """What customs knows of one traveller. A declaration is in the answer, or a file by the number `nomor_berkas`."""

    waktu_data: Instant
    pelintas: Pelintas
    pemberitahuan: Pemberitahuan | None = None
    nomor_berkas: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    kurs: DaftarKurs | None = None
    kilb: Kilb | None = None
    uang_tunai: UangTunai | None = None
    kendaraan: Kendaraan | None = None
    penegahan: Annotated[tuple[Penegahan, ...], Field(max_length=200)] = ()
    perlintasan_7_hari: Annotated[int, Field(ge=0, le=1000, alias="perlintasan7Hari")] = 0
    pemindaian: Code = None
    sasaran: Sasaran | None = None

    @model_validator(mode="after")
    def _one_declaration(self) -> "Jawab":
        if self.pemberitahuan is not None and self.nomor_berkas is not None:
            raise ValueError("a declaration in the answer, and another in a file")
        return self
