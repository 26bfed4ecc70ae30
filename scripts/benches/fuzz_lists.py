"""Hostile input to the readers of lists: files of every layout, mutated, and noise.

A case is read as a list, as the aliases beside a list, as a delta and as a manifest.
"""

from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from counter_tui.agencies.lists import read_list
from counter_tui.agencies.lists.delta import SignedDelta
from counter_tui.agencies.lists.signed import Manifest, manifest_path, mark_of, read_manifest
from counter_tui.domain.screening.lists import ListRule, Screened
from counter_tui.domain.words import Agency
from counter_tui.errors import ListError

from .fuzz_bytes import hurt

OFAC = (
    '306,"BANCO NACIONAL DE CUBA",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"a.k.a. \'BNC\'."\n'
    '2674,"ABBAS, Abu","individual","SDT","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 10 Dec 1948; alt. DOB circa'
    " 1950; nationality Iran; alt. citizen Korea, North; Passport A 12345 (Iran) expires 01 Jan 2000; a.k.a. 'ABU';"
    ' DOB 01 Jan 1960 to 31 Dec 1965."\n'
    '9640,"ARTAVIL",\t"vessel","IRAN",-0- ,"TBC","Tanker",-0- ,-0- ,"Malta",-0- ,"MMSI 572469210."\n\x1a'
)
UN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">'
    "<INDIVIDUALS><INDIVIDUAL><FIRST_NAME>ERIC</FIRST_NAME><SECOND_NAME>B</SECOND_NAME>"
    "<REFERENCE_NUMBER>CDi.001</REFERENCE_NUMBER><NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE></NATIONALITY>"
    "<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Abu &amp; B; C</ALIAS_NAME></INDIVIDUAL_ALIAS>"
    "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1965</TO_YEAR>"
    "</INDIVIDUAL_DATE_OF_BIRTH><INDIVIDUAL_DOCUMENT><NUMBER>no. A 0139243</NUMBER></INDIVIDUAL_DOCUMENT>"
    "</INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><FIRST_NAME>X</FIRST_NAME><REFERENCE_NUMBER>E1</REFERENCE_NUMBER>"
    "</ENTITY></ENTITIES></CONSOLIDATED_LIST>\n"
)
CSV = (
    "\ufeffref,name,aliases,weak_aliases,birth_dates,nationalities,documents,handling,kind\r\n"
    'A-1,"Siti ""Ita"" Aminah",Ita;Aminah|Sity,,1974-08-12|1975,IDN;Burma,B9120456,H2,person\r\n'
    'A-2,"Soekarno\r\nHadi",,Karno,circa 1961,Republic of Korea,,H5,\r\nA-3,\u674e\u4f1f,,,,CHN,,,entity\r\n'
)
ENTRY = '{"ref":"A-1","name":"Siti","aliases":["Ita"],"birth_dates":["1974"],"nationalities":["IDN"],"handling":"H2"}'
JSON = f'{{"format":"counter-list/1","name":"x","version":3,"as_of":"2026-11-22","entries":[{ENTRY},\n{ENTRY}]}}\n'
JSONL = f'{{"format":"counter-list/1","name":"x","count":1}}\n{ENTRY}\n'
DELTA = f'{{"format":"counter-list-delta/1","list":"x","base":1,"version":2}}\n{{"drop":"A-9"}}\n{{"put":{ENTRY}}}\n'
MANIFEST = (
    '{"suite":"counter-list-manifest/1","list":"x","version":1,"base":null,"as_of":"2026-11-22T00:00:00+00:00",'
    '"valid_from":"2026-11-22","screened":"booth-clear","posts":[],"count":1,"files":[]}\n{"key":"AA==","signature":"AA=="}'
)
SPECIMENS = tuple(one.encode() for one in (OFAC, UN, CSV, JSON, JSONL, DELTA, MANIFEST))
TOKENS = (
    *(
        b'"',
        b'""',
        b"'",
        b",",
        b";",
        b"|",
        b"\n",
        b"\r",
        b"\r\n",
        b"\x00",
        b"\x1a",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xc3",
    ),
    *(
        b"-0-",
        b"DOB ",
        b" to ",
        b"circa ",
        b"H5",
        b"null",
        b"NaN",
        b"1e999",
        b"\\ud800",
        b"\\u202e",
        b"[",
        b"{",
        b"]",
        b"}",
    ),
    *(b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&#0;", b"<![CDATA[", b"<!--", b"<INDIVIDUAL>", b"</INDIVIDUAL>"),
    *(one.encode() for one in ("\u202e", "\u200b", "\u2028", "\x85", "\u0301", "\ud7ff", "\U0010ffff")),
)
LONGEST = 1 << 18


def make(chance: Random) -> bytes:
    """One case: the bytes of a file."""
    if chance.random() < 0.03:
        return chance.randbytes(chance.randrange(1, 4096))
    body = bytearray(chance.choice(SPECIMENS))
    for _ in range(chance.choice((0, 1, 1, 2, 3, 5, 9, 30))):
        hurt(body, chance, TOKENS, SPECIMENS, LONGEST)
    return bytes(body) or b"\n"


_AS_OF = datetime(2026, 11, 22, tzinfo=UTC)
RULE = ListRule("x", "x", Agency.SECURITY, Screened.BOOTH_CLEAR, "sec.name-candidate", 24, ("AA==",), "")
"""A list whose key no signature holds under: what is tried is the reading, not the signing."""


@cache
def _folder() -> TemporaryDirectory[str]:
    """Of this process; gone with it."""
    return TemporaryDirectory(prefix="counter-fuzz-")


def attack(body: bytes, folder: Path | None = None) -> None:
    """Read it in every way; ListError is an answer, everything else comes out."""
    path = (folder or Path(_folder().name)) / "sdn.csv"
    path.write_bytes(body)
    path.with_name("alt.csv").write_bytes(body if body[-1] % 2 else b'2674,1,"aka","X, Y",-0- \n')
    with suppress(ListError):
        for _ in read_list(path):
            pass
    manifest = Manifest("x", 2, _AS_OF, _AS_OF.date(), Screened.BOOTH_CLEAR, 0, (mark_of(path),), base=1)
    with suppress(ListError):
        for _ in SignedDelta(path, RULE, manifest).operations():
            pass
    path.replace(manifest_path(path))
    with suppress(ListError):
        read_manifest(path, RULE.keys)
