"""Declarations as JSON and as XML: the same value from both, and nothing from what is hostile."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import hypothesis
import hypothesis.strategies as st
import pytest

from counter_tui.agencies.customs.declaration import (
    LETTERS,
    MAX_DECLARATION,
    Anggota,
    Barang,
    Jawaban,
    Pemberitahuan,
    read_declaration,
    write_declaration,
)
from counter_tui.agencies.customs.declaration_xml import DEPTH, ELEMENTS, write_xml
from counter_tui.agencies.customs.rates import Rates
from counter_tui.errors import AgencyError

from .forms import ABOUT, codes, fields, form, found, goods, section

WORDS = st.none() | st.text(max_size=60)
AMOUNTS = st.decimals(0, Decimal("999999999999999.99"), places=2)
QUANTITIES = st.decimals(0, Decimal("999999999.999"), places=3)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
ANSWERS = st.sampled_from([None, "YA", "TIDAK", "MUNGKIN"])


def built(model: Any, **given: Any) -> Any:
    """As a reader makes it: through JSON."""
    plain = {name: value for name, value in given.items() if value is not None}
    return model.model_validate_json(json.dumps(plain, default=str))


@st.composite
def declarations(draw: Any) -> Pemberitahuan:
    def some(*names: str) -> dict[str, Any]:
        return {name: draw(WORDS) for name in names}

    lines = [
        some("uraian", "satuan", "jenis", "jenisCukai")
        | {"jumlah": draw(QUANTITIES), "nilai": draw(AMOUNTS), "valuta": draw(st.sampled_from(["MYR", "USD", "XAF"]))}
        for _ in range(draw(st.integers(0, 3)))
    ]
    family = [
        some("nama", "nomorPaspor", "hubungan") | {"tanggalLahir": draw(st.none() | DAYS)}
        for _ in range(draw(st.integers(0, 3)))
    ]
    made: Pemberitahuan = built(
        Pemberitahuan,
        status="DITERIMA",
        **some("nomor", "nama", "pekerjaan", "kewarganegaraan", "nomorPaspor", "alamat", "saranaPengangkut", "jalur"),
        tanggal=draw(st.none() | DAYS),
        tanggalLahir=draw(st.none() | DAYS),
        tanggalKedatangan=draw(st.none() | DAYS),
        koliBawaan=draw(st.none() | st.integers(0, 999_999)),
        koliTakBersama=draw(st.none() | st.integers(0, 999_999)),
        jawaban=draw(st.fixed_dictionaries(dict.fromkeys(LETTERS, ANSWERS))),
        barang=[{k: v for k, v in line.items() if v is not None} for line in lines],
        anggotaKeluarga=[{k: v for k, v in one.items() if v is not None} for one in family],
    )
    return made


@hypothesis.settings(max_examples=150, deadline=None)
@hypothesis.given(made=declarations())
def test_amounts_and_dates_survive_and_json_and_xml_give_equal_values(made: Pemberitahuan) -> None:
    assert read_declaration(write_declaration(made)) == made
    assert read_declaration(write_xml(made)) == made


def test_a_declaration_of_every_element_is_the_same_in_both() -> None:
    whole = form(
        goods("280.00", uraian="gula & tepung <5 kg>", jumlah="12.5", satuan="KGM"),
        goods("9.99", "USD", kind="CUKAI", jenisCukai="MMEA", satuan="LTR"),
        pekerjaan="petani",
        kewarganegaraan="MYS",
        alamat="Jl. Raya 1\nEntikong",
        saranaPengangkut="SJS 1123",
        koliBawaan=2,
        koliTakBersama=0,
        anggotaKeluarga=[{"nama": "ADI", "tanggalLahir": "2010-10-10", "nomorPaspor": "K2", "hubungan": "ANAK"}],
        jalur="HIJAU",
    )
    made = read_declaration(json.dumps(whole).encode())
    assert read_declaration(write_xml(made)) == made
    assert made.alamat == "Jl. Raya 1 Entikong"
    assert [type(part) for part in (made.jawaban, made.barang[0], made.anggota_keluarga[0])] == [
        Jawaban,
        Barang,
        Anggota,
    ]


XML = '<?xml version="1.0"?><pemberitahuan xmlns="urn:bc:2.2"><status>DITERIMA</status>{}</pemberitahuan>'


def xml(inside: str) -> bytes:
    return XML.format(inside).encode()


def test_xml_that_is_fit_is_read() -> None:
    line = "<uraian><![CDATA[a <b>]]></uraian><jumlah>1</jumlah><nilai>2.50</nilai><valuta>MYR</valuta>"
    read = read_declaration(xml(f"<nama>A&amp;B</nama><!-- x --><barang><baris>{line}</baris></barang><alamat/>"))
    assert (read.nama, read.alamat) == ("A&B", None)
    assert (read.barang[0].uraian, read.barang[0].nilai) == ("a <b>", Decimal("2.50"))
    assert read_declaration(b"\xef\xbb\xbf" + xml("")).status == "DITERIMA"


BOMB = (
    '<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><pemberitahuan><status>&j;</status></pemberitahuan>"
)
HOSTILE = {
    "bomb": BOMB.encode(),
    "external": b'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><pemberitahuan><status>&x;</status></pemberitahuan>',
    "external dtd": b'<!DOCTYPE p SYSTEM "http://localhost/x.dtd"><pemberitahuan/>',
    "parameter entity": b'<!DOCTYPE p [<!ENTITY % x SYSTEM "http://localhost/"> %x;]><pemberitahuan/>',
    "an entity of its own": b'<!DOCTYPE p [<!ENTITY a "D">]><pemberitahuan><status>&a;</status></pemberitahuan>',
    "a document type": b"<!DOCTYPE pemberitahuan><pemberitahuan><status>D</status></pemberitahuan>",
    "undefined entity": xml("<nama>&nbsp;</nama>"),
    "deep": b"<pemberitahuan>" + b"<a>" * 50_000,
    "a level too deep": xml("<a>" * DEPTH + "x" + "</a>" * DEPTH),
    "elements": xml("<barang>" + "<baris/>" * ELEMENTS + "</barang>"),
    "lines of an unknown element": xml("<x>" + "<baris/>" * ELEMENTS + "</x>"),
    "padded": xml("<!--" + "x" * MAX_DECLARATION + "-->"),
    "lines": xml(
        "<barang>" + "<baris><jumlah>1</jumlah><nilai>1</nilai><valuta>MYR</valuta></baris>" * 101 + "</barang>"
    ),
    "attributes": b"<pemberitahuan " + b" ".join(b'a%d="x"' % n for n in range(50_000)) + b"/>",
    "large": xml("<nama>" + "x" * (1 << 20) + "</nama>"),
    "a long name": xml(f"<nama>{'x' * 201}</nama>"),
    "twice": xml("<nama>A</nama><nama>B</nama>"),
    "twice, once empty": xml("<nama/><nama>B</nama>"),
    "mixed": xml("<jawaban>YA<a>YA</a></jawaban>"),
    "text for a part": xml("<jawaban>YA</jawaban>"),
    "another root": b"<deklarasi><status>DITERIMA</status></deklarasi>",
    "two roots": xml("") + b"<pemberitahuan/>",
    "cut": xml("<nama>x</nama>")[:-8],
    "latin": b'<?xml version="1.0" encoding="ISO-8859-1"?><pemberitahuan><status>\xe9</status></pemberitahuan>',
    "says latin": b'<?xml version="1.0" encoding="ISO-8859-1"?><pemberitahuan><status>D</status></pemberitahuan>',
    "utf-16": xml("").decode().encode("utf-16"),
    "bad utf-8": xml("<nama>@</nama>").replace(b"@", b"\xff"),
    "nul": xml("<nama>@</nama>").replace(b"@", b"\x00"),
    "control": xml("<nama>&#1;</nama>"),
    "no status": b"<pemberitahuan/>",
    "nothing": b"",
    "blank": b" \n",
    "json array": b"[]",
    "json deep": b'{"status":' + b"[" * 100_000,
    "json twice": b'{"status":"DITERIMA","status":"TERLAMBAT"}',
    "json NaN": b'{"status":"D","koliBawaan":NaN}',
    "json huge": b'{"status":"D","koliBawaan":' + b"9" * 5000 + b"}",
    "json surrogate": b'{"status":"D","nama":"\\ud800"}',
    "json utf-16": '{"status":"D"}'.encode("utf-16"),
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_what_is_hostile_is_refused(raw: bytes) -> None:
    with pytest.raises(AgencyError) as raised:
        read_declaration(raw)
    assert raised.value.code == "agency.not-understood"
    assert raised.value.__cause__ is None


LINE = {"jumlah": 1, "nilai": "1.00", "valuta": "MYR"}
NO_AMOUNTS: list[Any] = [
    1,
    1.5,
    "1e3",
    "1.001",
    "-1",
    "NaN",
    "Infinity",
    "1_0",
    "1,5",
    "",
    " 1",
    "\u0663",
    True,
    None,
    [],
]
NO_QUANTITIES: list[Any] = [1.5, -1, "1.0001", "x", True, 10**9, None]


@pytest.mark.parametrize(
    "wrong",
    [
        *({"nilai": value} for value in (*NO_AMOUNTS, "9" * 16, "9" * 4000)),
        *({"jumlah": value} for value in NO_QUANTITIES),
        *({"valuta": value} for value in ("rm", "MYRX", "", None, 458)),
        {"uraian": 5},
    ],
)
def test_a_line_that_cannot_be_read_rightly_is_not_read(wrong: dict[str, Any]) -> None:
    assert read_declaration(json.dumps({"status": "D", "barang": [LINE]}).encode()).barang
    with pytest.raises(AgencyError, match="not-understood"):
        read_declaration(json.dumps({"status": "D", "barang": [LINE | wrong]}).encode())


@pytest.mark.parametrize(
    "change",
    [
        {"kilb": {"nomor": "K", "terpakai": "-1.00", "valuta": "MYR"}},
        {"kilb": {"nomor": "K", "terpakai": "1.00", "valuta": "MYR", "diblokir": "tidak"}},
        {"kilb": {"nomor": "K", "terpakai": "1.00", "valuta": "MYR", "bulan": "2026-13"}},
        {"uangTunai": {"setaraRupiah": -1, "diberitahukan": 0}},
        {"uangTunai": {"setaraRupiah": 1.5, "diberitahukan": 0}},
        {"uangTunai": {"setaraRupiah": 10**16, "diberitahukan": 0}},
        {"uangTunai": {"diberitahukan": 0}},
        {"kendaraan": {"nomorPolisi": "X" * 17, "vhd": "BERLAKU"}},
        {"kendaraan": {"nomorPolisi": "X", "vhd": "BERLAKU", "isiTangki": 101}},
        {"kendaraan": {"nomorPolisi": "X", "vhd": "BERLAKU", "mulai": "0001-01-01"}},
        {"kurs": {"mulai": "2026-11-18", "sampai": "2026-11-24", "nilai": [{"valuta": "USD", "rupiah": "0.00"}]}},
        {"kurs": {"mulai": "2026-11-18", "sampai": "2026-11-24", "nilai": [{"valuta": "USD", "rupiah": 16000}]}},
        {"pemberitahuan": {}},
        {"pemberitahuan": form(), "nomorBerkas": "CD/1"},
        {"waktuData": None},
        {"pelintas": None},
    ],
)
async def test_what_cannot_be_read_rightly_is_not_read(change: dict[str, Any]) -> None:
    with pytest.raises(AgencyError, match="not-understood"):
        await section(**ABOUT | change)


async def test_a_declaration_may_be_a_file_of_either_form() -> None:
    made = read_declaration(json.dumps(form(goods("2400.00"))).encode())
    embedded = await section(pemberitahuan=form(goods("2400.00")))
    for file in (write_declaration(made), write_xml(made)):
        one = await section(file=file, nomorBerkas="CD/1")
        assert (codes(one), fields(one)) == (codes(embedded), fields(embedded))


async def test_a_file_that_cannot_be_read_is_called_for_and_the_rest_is_used() -> None:
    for file in (b"", b"<pemberitahuan>", HOSTILE["bomb"]):
        one = await section(file=file, nomorBerkas="CD/1", pemindaian="K9")
        assert set(codes(one)) == {"declaration-unread", "dog-alert"}
        assert "no-declaration" not in [fact.code.removeprefix("fact.cust.") for fact in one.facts]


async def test_the_file_of_another_declaration_is_refused() -> None:
    with pytest.raises(AgencyError, match="other-traveller"):
        await section(file=json.dumps(form(nomor="CD/2")).encode(), nomorBerkas="CD/1")


async def test_extra_elements_of_a_file_are_named() -> None:
    file = write_xml(read_declaration(json.dumps(form()).encode())).replace(b"<nama>", b'<nama lang="id">')
    assert set(await found(file=file, nomorBerkas="CD/1")) == {"declaration-unread"}, "text beside an attribute"
    file = file.replace(b'<nama lang="id">', b"<warna>merah</warna><nama>")
    one = await section(file=file, nomorBerkas="CD/1")
    assert [fact.as_dict() for fact in one.facts if fact.code == "fact.cust.unmapped"] == [
        {"what": "pemberitahuan.warna"}
    ]
    assert "merah" not in repr(one)


def test_rates_hold_for_the_greatest_and_the_least() -> None:
    rates = Rates({"AAA": Decimal("999999999.999999"), "BBB": Decimal("0.000001")})
    value = rates.value(Decimal("999999999999999.99"), "AAA", "BBB")
    assert value is not None
    assert value > Decimal(10) ** 29
    assert rates.value(Decimal("0.01"), "BBB", "AAA") == 0
    assert rates.value(Decimal(1), "CCC", "AAA") is None
    assert rates.value(Decimal(1), "CCC", "CCC") == 1
