"""The passenger's customs declaration BC 2.2 (e-CD): all fields of the form, one declaration a family.

It comes as JSON or as XML of the same elements; `read_declaration` takes both, and both give the same value.
"""

import json
from typing import Annotated

from pydantic import Field

from ...domain.words import Authority
from ..wire import understand
from .values import Amount, Answer, Code, Count, Currency, Day, Form, Quantity, Words

MAX_DECLARATION = 256 << 10
MOST_LINES = 100
MOST_MEMBERS = 30
LETTERS = "abcdef"


class Jawaban(Form):
    """The six questions: animals and plants; narcotics, weapons; cash; excise goods; merchandise; excess."""

    a: Answer = None
    b: Answer = None
    c: Answer = None
    d: Answer = None
    e: Answer = None
    f: Answer = None


class Anggota(Form):
    """A member of the family that travels on the same declaration."""

    nama: Words = None
    tanggal_lahir: Day | None = None
    nomor_paspor: Words = None
    hubungan: Code = None


class Barang(Form):
    """A line of the goods table. `jenis_cukai` says which excise goods; `satuan` is the unit of the quantity."""

    uraian: Words = None
    jumlah: Quantity
    satuan: Code = None
    nilai: Amount
    valuta: Currency
    jenis: Code = None
    jenis_cukai: Code = None


class Pemberitahuan(Form):
    """A declaration: the person, the journey, the family, the packages, the answers, the goods.

    `jalur` is the channel that customs' own system gave: HIJAU (green) or MERAH (red).
    """

    status: Code
    nomor: Words = None
    tanggal: Day | None = None
    nama: Words = None
    tanggal_lahir: Day | None = None
    pekerjaan: Words = None
    kewarganegaraan: Words = None
    nomor_paspor: Words = None
    alamat: Words = None
    sarana_pengangkut: Words = None
    tanggal_kedatangan: Day | None = None
    anggota_keluarga: Annotated[tuple[Anggota, ...], Field(max_length=MOST_MEMBERS)] = ()
    koli_bawaan: Count | None = None
    koli_tak_bersama: Count | None = None
    jawaban: Jawaban = Field(default_factory=Jawaban)
    barang: Annotated[tuple[Barang, ...], Field(max_length=MOST_LINES)] = ()
    jalur: Code = None


def read_declaration(raw: bytes) -> Pemberitahuan:
    """A declaration from its file, JSON or XML; AgencyError `agency.not-understood` where it cannot be read rightly."""
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        from .declaration_xml import xml_as_json  # few come so

        raw = xml_as_json(raw)
    return understand(Authority.CUSTOMS, Pemberitahuan, raw, max_bytes=MAX_DECLARATION)


def write_declaration(declaration: Pemberitahuan) -> bytes:
    """The declaration as JSON, without what is not of the form."""
    return json.dumps(declaration.as_plain(), ensure_ascii=False).encode()
