"""Hostile input to the readers of customs and immigration: declarations in both forms, and whole answers, mutated.

What a declaration's reader takes has to come back the same from both forms; a section that follows from an answer has
to go over the wire.
"""

import json
from collections.abc import Coroutine
from copy import deepcopy
from datetime import UTC, date, datetime
from functools import cache
from random import Random
from typing import Any, Final

from counter_tui.agencies.connectors import CONNECTORS
from counter_tui.agencies.customs.declaration import read_declaration, write_declaration
from counter_tui.agencies.customs.declaration_xml import write_xml
from counter_tui.agencies.ports import Connector, FetchAnswer, Inquiry
from counter_tui.domain.coding import from_json, to_json
from counter_tui.domain.documents import compose_mrz, read_mrz
from counter_tui.domain.sections import Sealed, Section
from counter_tui.domain.words import Authority, Direction
from counter_tui.errors import AgencyError
from counter_tui.settings import load_findings, load_limits

NOW: Final = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
LONGEST: Final = 1 << 17
STRANGE: Final = "QQZZX"
"""A code that nobody knows."""

FORM: Final[dict[str, Any]] = {
    "status": "DITERIMA",
    "nomor": "CD/1",
    "tanggal": "2026-11-21",
    "nama": "SITI NUR TINI",
    "tanggalLahir": "1990-01-01",
    "nomorPaspor": "X1234567",
    "alamat": "Jl. Raya 1 & 2 <Entikong>",
    "tanggalKedatangan": "2026-11-21",
    "koliBawaan": 2,
    "anggotaKeluarga": [{"nama": "ADI", "tanggalLahir": "2010-10-10", "nomorPaspor": "K2", "hubungan": "ANAK"}],
    "jawaban": {"a": "TIDAK", "b": "TIDAK", "c": "TIDAK", "d": "YA", "e": "TIDAK", "f": STRANGE},
    "barang": [
        {"uraian": "gula", "jumlah": "12.5", "satuan": "KGM", "nilai": "280.00", "valuta": "MYR", "jenis": "PRIBADI"},
        {"jumlah": 400, "satuan": "PCE", "nilai": "9", "valuta": "XAF", "jenis": "CUKAI", "jenisCukai": "SIGARET"},
        {"uraian": "x", "jumlah": 1, "nilai": "700.99", "valuta": "USD", "jenis": STRANGE},
    ],
    "jalur": "MERAH",
}
CUSTOMS: Final[dict[str, Any]] = {
    "waktuData": "2026-11-21T05:59:00Z",
    "pelintas": {"negaraPenerbit": "MYS", "noDokumen": "X1234567"},
    "pemberitahuan": FORM,
    "kurs": {
        "nomor": "KMK 47",
        "mulai": "2026-11-18",
        "sampai": "2026-11-24",
        "nilai": [{"valuta": "USD", "rupiah": "16000.00"}, {"valuta": "MYR", "rupiah": "3720.5"}],
    },
    "kilb": {"nomor": "K-1", "batas": "600.00", "terpakai": "540.00", "valuta": "MYR", "bulan": "2026-11"},
    "uangTunai": {
        "setaraRupiah": 180_000_000,
        "diberitahukan": 1,
        "rincian": [{"jenis": "UKA", "valuta": "USD", "jumlah": "11250.00"}],
    },
    "kendaraan": {
        "nomorPolisi": "QAA 44 K",
        "negara": "MYS",
        "isiTangki": 50,
        "izinEkspor": "YA",
        "vhd": "BERLAKU",
        "mulai": "2026-10-01",
        "perpanjangan": 1,
    },
    "penegahan": [{"tanggal": "2025-11-21", "nomor": "SBP-1", "uraian": "y"}],
    "perlintasan7Hari": 5,
    "pemindaian": STRANGE,
    "sasaran": {"kode": "P2", "uraian": "z"},
}
IMMIGRATION: Final[dict[str, Any]] = {
    "result": "HIT",
    "asOf": "2026-11-21T05:59:00Z",
    "document": {"issuingState": "MYS", "number": "X1234567"},
    "holder": {"surname": "TINI", "givenNames": "SITI NUR", "birth": "1990-01-01", "sex": "F", "nationality": "MYS"},
    "documentState": {
        "status": "REPLACED",
        "since": "2026-01-01",
        "replacedBy": {"issuingState": "MYS", "number": "X9"},
    },
    "hits": [
        {"kind": "TANGKAL", "reference": "R-1", "status": "VERIFIED", "start": "2020-02-29", "end": "9999-12-31"},
        {"kind": "CEGAH", "reference": "R-2", "status": STRANGE, "start": "2026-08-31", "extended": True},
        {"kind": STRANGE, "reference": "R-3", "status": "CANDIDATE", "start": "2026-11-01", "reason": "n"},
    ],
    "visa": {"status": "VALID", "kind": "C1", "number": "V1", "validUntil": "2026-12-01", "entriesLeft": 1},
    "stay": {"until": "2026-11-01", "permitKind": "ITK", "extended": 1},
    "history": [
        {"on": f"2026-{month:02}-{day:02}", "direction": way, "post": "Aruk"}
        for month in range(11, 6, -1)
        for day, way in ((20, "EXIT"), (1, "ENTRY"))
    ],
    "refusals": [{"on": "2026-01-31", "ground": "D"}],
    "overstays": [{"on": "2025-12-31", "days": 3}],
    "indicators": ["SAME_SPONSOR", STRANGE],
    "guardian": {"relation": "OTHER", "document": {"issuingState": "MYS", "number": "A1"}},
    "residence": "Kec. Sekayam",
}
VALUES: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, 0.1, [], {}, [[]], [None] * 2000, {"x": {}}),
    *("", " ", "x", "0", "-1", "1.5", "NaN", "1e999", "9" * 15, "9" * 5000, "\x00", "\x1b[2J", "\u202e", "[b]x[/]"),
    *("0001-01-01", "1900-01-01", "2199-12-31", "9999-12-31", "2024-02-29", "2026-02-30", "2026-11"),
    *("YA", "TIDAK", "USD", "MYR", "LARTAS", "CUKAI", "TERBUKA", "HIT", "EXIT", "LOST_DOCUMENT", STRANGE),
)
RAW: Final = (
    *(b"NaN", b"Infinity", b"-1e999", b"1" * 5000, b"\\ud800", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00"),
    *(b'"nama":1,', b'"status":"DITERIMA",', b"[", b"{", b"]", b"}", b",", b'"', b"null"),
    *(b"<!DOCTYPE p [<!ENTITY a 'b'>]>", b'<!ENTITY x SYSTEM "file:///etc/passwd">', b"&a;", b"&#0;", b"&#1;", b"&lt;"),
    *(
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"<?x?>",
        b"<baris>",
        b"</baris>",
        b"<nama>",
        b"</nama>",
        b"<a/>",
        b' a="b"',
    ),
    *(b"<?xml version='1.0' encoding='UTF-16'?>", b"<?xml version='1.0' encoding='ISO-8859-1'?>", b"</pemberitahuan>"),
)


@cache
def _xml() -> bytes:
    return write_xml(read_declaration(json.dumps(FORM).encode()))


def make(chance: Random) -> bytes:
    """A declaration's file."""
    if chance.random() < 0.5:
        return _spoilt(chance, bytearray(_xml()))
    return _made(chance, FORM)


def make_answer(chance: Random) -> tuple[Authority, bytes]:
    """An answer of customs or of immigration."""
    authority, answer = chance.choice(((Authority.CUSTOMS, CUSTOMS), (Authority.IMMIGRATION, IMMIGRATION)))
    return authority, _made(chance, answer)


def _made(chance: Random, value: dict[str, Any]) -> bytes:
    """With other values in some places; at times the bytes are spoilt too."""
    made = json.loads(json.dumps(value))
    for number in range(chance.choice((0, 1, 1, 1, 2, 4))):
        _put(chance, made, times=1 if number else chance.choice((2, 101, 1001)))
    raw = bytearray(json.dumps(made, ensure_ascii=chance.random() < 0.5, allow_nan=True).encode("utf-8", "replace"))
    del raw[LONGEST:]
    return _spoilt(chance, raw) if chance.random() < 0.3 else bytes(raw)


def _put(chance: Random, value: Any, times: int) -> None:
    """Somewhere in it another value, a key of another name, or a part so many times, or many levels deep."""
    while True:
        keys = list(value) if isinstance(value, dict) else range(len(value))
        if not keys:
            return
        key = chance.choice(keys)
        if isinstance(value[key], dict | list) and chance.random() < 0.8:
            value = value[key]
            continue
        match chance.randrange(8):
            case 0 if isinstance(value, dict):
                value[chance.choice(("\u202e", "x" * 500, "warna", "nama", ""))] = value.pop(key)
            case 1:
                value[key] = [value[key]] * times
            case 2:
                for _ in range(chance.choice((2, 63, 200))):
                    value[key] = {"x": value[key]}
            case _:
                value[key] = deepcopy(chance.choice(VALUES))
        return


def _spoilt(chance: Random, body: bytearray) -> bytes:
    for _ in range(chance.choice((0, 1, 1, 2, 3, 9))):
        start = chance.randrange(len(body) + 1)
        end = min(len(body), start + chance.choice((0, 1, 4, 20, 200)))
        match chance.randrange(7):
            case 0:
                body[start:end] = b""
            case 1:
                body[start:end] = chance.randbytes(chance.randrange(1, 8))
            case 2 | 3:
                body[start:end] = chance.choice(RAW)
            case 4:
                token = chance.choice(RAW)
                body[start:start] = token * min(chance.choice((2, 50, 1000, 20000)), LONGEST // len(token))
            case 5:
                body[start:start] = bytes(body[start:end]) * chance.choice((1, 3, 300))
            case 6:
                del body[start:]
        del body[LONGEST:]
    return bytes(body)


def attack(raw: bytes) -> None:
    """Read a declaration; what is read has to survive both forms."""
    read = read_declaration(raw)
    written = write_declaration(read)
    again = read_declaration(written)
    assert write_declaration(again) == written, "not the same from JSON"
    assert read_declaration(write_xml(read)) == again, "not the same from XML"


def attack_answer(case: tuple[Authority, bytes]) -> None:
    """Ask about a traveller, and get this answer."""
    authority, raw = case
    section = _run(
        _connector(authority, raw).section(_inquiry(Direction.EXIT if raw[-2:-1] == b"e" else Direction.ENTRY))
    )
    said = to_json(section)
    assert from_json(Section, said, error=AgencyError("x")) == section, "does not go over the wire"


class _Clear:
    """A seal that keeps nothing."""

    def __call__(self, detail: bytes) -> Sealed:
        return Sealed("owner", 1, str(len(detail)))

    def name(self, *parts: str) -> str:
        return "/".join(parts)


@cache
def _settings() -> tuple[Any, Any]:
    return load_findings(), load_limits()


def _connector(authority: Authority, raw: bytes) -> Connector:
    async def fetch(*_: object, **__: object) -> FetchAnswer:
        return FetchAnswer(200, raw)

    rules, limits = _settings()
    return CONNECTORS[authority](fetch, rules, limits, _Clear())


@cache
def _inquiry(direction: Direction) -> Inquiry:
    born, expiry = date(1990, 1, 1), date(2030, 1, 1)
    lines = compose_mrz("TD3", "P", "MYS", "X1234567", "MYS", "TINI", "SITI NUR", "F", born, expiry, "DEMO")
    document = read_mrz(lines, today=NOW.date()).document
    if document is None:
        raise ValueError("the zone does not read")
    return Inquiry(document, direction, "A", NOW)


def _run(asked: Coroutine[Any, Any, Section]) -> Section:
    """A connector over a fetch that never waits: one step."""
    try:
        asked.send(None)
    except StopIteration as done:
        section: Section = done.value
        return section
    raise AssertionError("it waited")
