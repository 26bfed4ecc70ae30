"""Hostile input to the readers of passenger lists: PAXLST, CSV and XLSX, mutated, and noise.

A case that is left whole behind its damage has to come out whole: the rest of the file is used.
"""

from contextlib import suppress
from datetime import date
from functools import cache
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

from counter_tui.agencies.passenger_lists import read_manifest
from counter_tui.agencies.passenger_lists.columns import ManifestRules
from counter_tui.agencies.passenger_lists.model import MOST_REMARKS
from counter_tui.bootstrap.answering import as_line
from counter_tui.bootstrap.manifest import answer
from counter_tui.errors import AgencyError
from counter_tui.settings_manifests import load_manifests

from .fuzz_bytes import hurt

PERSON = (
    "NAD+FL+++O?'NEIL:SITI:NUR+JL 1:2+ENTIKONG++78557+IDN'ATT+2++F'DTM+329:740812'MEA+CT++:2'MEA+WT++KGM:13.5'"
    "GEI+4+173'FTX+BAG+++TAG1:2'LOC+178+KCH'LOC+180+:::Pontianak'COM+0812:TE'EMP+1+CR1:110:111'NAT+2+IDN'"
    "RFF+AVF:ABC123'DOC+P:110:111+X1234567'DTM+36:310101'LOC+91+IDN'"
)
INTERCHANGE = (
    "UNA:+.? 'UNB+UNOA:4+A:ZZ+B:ZZ+261122:0600+R1++APIS'UNG+PAXLST+A:ZZ+B:ZZ+261122:0600+1+UN+D:05B'"
    "UNH+M1+PAXLST:D:05B:UN:IATA'BGM+745'RFF+TN:X:::1'NAD+MS+++DESK'COM+1:TE+2:FX'TDT+20+PK07+3++SENTOSA+++KB 1'"
    "LOC+125+KCH'DTM+189:2611220500:201'LOC+87+ENT'DTM+232:2611220900:201'"
    f"{PERSON}{PERSON}CNT+42:2'UNT+42+M1'UNE+1+1'UNZ+1+R1'"
)
_BROKEN = "\r\n".join(INTERCHANGE[at : at + 64] for at in range(0, len(INTERCHANGE), 64))
WRAPPED = f"QD PNK\r\n.KCHXX 1\r\n{_BROKEN}\r\nEnd"
MAIL = (
    "From: a@b\nTo: c@d\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
    f"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n{INTERCHANGE}\n--x--\n"
)
TABLE = (
    "DAFTAR PENUMPANG\r\nNo. Polisi:;KB 1234 AB\r\nTanggal;22/11/2026\r\n"
    "No;Nama;L/P;TTL;Warga negara;No Paspor;Berlaku sampai;MRZ;X\r\n"
    '1;"Siti, Nur";P;"Entikong, 12-08-1974";WNI;X1;1 Jan 2031;;y\r\n'
    "2;Budi;L;1/2/90;Malaysia;K2;01-Ags-31;"
    "P<IDNRAHMAN<<SITI<AMINAH<<<<<<<<<<<<<<<<<<<<X1234567<5IDN7408122F3101017<<<<<<<<<<<<<<04;\r\nJumlah: 2;;\r\n"
)
TAB = "Surname\tGiven names\tDOB\tPassport no\n\u00c9a\tBo\t1974-08-12\tX1\n"
SPECIMENS = (
    *(text.encode() for text in (INTERCHANGE, INTERCHANGE.replace("'", "'\n"), WRAPPED, MAIL, TABLE)),
    *(TAB.encode(encoding) for encoding in ("utf-16", "latin-1")),
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET = (
    f'<worksheet xmlns="{_MAIN}"><dimension ref="A1:D3"/><sheetData><row r="1">'
    '<c r="A1" t="inlineStr"><is><t>Nama</t></is></c><c r="B1" t="inlineStr"><is><t>Paspor</t></is></c>'
    '<c r="C1" t="inlineStr"><is><t>Tgl lahir</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Siti</t></is></c><c r="B2"><v>1234567</v></c>'
    '<c r="C2"><f>NOW()</f><v>27253</v></c></row></sheetData>'
    '<mergeCells><mergeCell ref="A5:B6"/></mergeCells></worksheet>'
)
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>'
    '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": SHEET,
}
_WORDS = (
    "' + : ? ?' ?? * UNA UNA++++++ UNB+UNOA:4 UNH+1+PAXLST:D:05B UNT+ UNZ+ NAD+FL+++ DTM+329: DOC+ CNT+42: ; , | sep= "
    "Nama 31/02/1990 =1+1 1e999 99999999999999999999 &a; <row> <c> </c> <v> XFD1048576 <mergeCell ref= <f>"
)
TOKENS = (
    *(word.encode() for word in _WORDS.split()),
    *(b"\n", b"\r\n", b"\t", b"\x00", b"\x1a", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b'"', b'""'),
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    *(one.encode() for one in ("\u202e", "\u200b", "\u2028", "\x85", "\u0301", "\ufdd0", "\U0010ffff", "\u0661")),
)
LONGEST = 1 << 13
"""So that what is slow is slow by the byte, too."""
TODAY = date(2026, 11, 22)


def make(chance: Random) -> bytes:
    """One case: the bytes of a file."""
    way = chance.random()
    if way < 0.03:
        return chance.randbytes(chance.randrange(1, 4096))
    if way < 0.1:
        return _archive(chance)
    body = bytearray(chance.choice(SPECIMENS))
    for _ in range(chance.choice((0, 1, 1, 2, 3, 5, 9, 30))):
        hurt(body, chance, TOKENS, SPECIMENS, LONGEST)
    return bytes(body) or b"\n"


def _archive(chance: Random) -> bytes:
    """An XLSX with something changed in its parts, and at times in the archive around them."""
    opened = BytesIO()
    chosen = chance.choice(list(PARTS))
    with ZipFile(opened, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in PARTS.items():
            part = bytearray(text.encode())
            for _ in range(chance.choice((0, 1, 1, 2, 5)) if name == chosen else 0):
                hurt(part, chance, TOKENS, SPECIMENS, LONGEST)
            if chance.random() < 0.98:
                archive.writestr(name, bytes(part))
    body = bytearray(opened.getvalue())
    if chance.random() < 0.3:
        hurt(body, chance, TOKENS, SPECIMENS, LONGEST)
    return bytes(body) or b"\n"


@cache
def _rules() -> ManifestRules:
    return load_manifests()


def attack(body: bytes) -> None:
    """Read it, and put every traveller into a line; AgencyError is an answer, everything else comes out."""
    with suppress(AgencyError):
        found = read_manifest("fuzz", body, _rules(), TODAY)
        for one in found.travellers:
            as_line(answer(found, one))
        if len(found.remarks) > MOST_REMARKS:
            raise OverflowError
    if b"\nUNB+UNOA" not in body:
        _used_behind(body)


def _used_behind(body: bytes) -> None:
    """A whole interchange behind a damaged one is read: its two travellers come out, whatever stands before."""
    damaged = body[:4096].replace(b"PK", b"").replace(b"\x00", b"").lstrip(b"\xff\xfe\xef\xbb\xbf\xd0%")
    if b"UN" in damaged or b"Content-" in damaged or b"UNH" in damaged:
        return  # it may be an interchange itself, and swallow what follows
    found = read_manifest("fuzz", damaged + b"\n" + INTERCHANGE.encode(), _rules(), TODAY)
    if len(found.travellers) != 2:
        raise LookupError
