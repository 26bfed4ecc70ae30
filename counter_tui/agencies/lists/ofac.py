"""The list of Specially Designated Nationals of the US Treasury's OFAC, as CSV: `sdn.csv` and, beside it, `alt.csv`.

No header rows; `-0-` for nothing. What is known of a person stands in the last column, the remarks, parted by `;`:
`DOB circa 1965; alt. DOB 12 Mar 1966; nationality Iran; citizen Iraq; Passport A123 (Iran) expires ...; a.k.a. 'X'`.
Aliases of the remarks and those in quotation marks are what OFAC calls weak. `alt.csv` holds the others.
Old files are Windows-1252, new ones plain ASCII. What runs over into `sdn_comments.csv`, and addresses, are not read.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Final

from ...domain.screening.model import Listed
from ...errors import ListError
from .cleaning import as_western
from .csv_rows import csv_rows, is_blank
from .entries import EntryMaker, Raw
from .model import Reading
from .text_lines import Lines, as_text, file_size, open_bytes

COLUMNS: Final = 12
ALIAS_COLUMNS: Final = 5
ALIAS_KINDS: Final = frozenset({"aka", "fka", "nka"})
ALIAS_FILES: Final = {"sdn.csv": "alt.csv", "cons_prim.csv": "cons_alt.csv"}
ALIAS_BYTES: Final = 1 << 24
PART: Final = 200
"""Characters of one remark, and remarks of one entry, that are looked at: more than any real ones have."""
_NULL: Final = "-0-"
_KINDS: Final = {"individual": "person", _NULL: "entity", "": "entity"}
_SAID: Final = re.compile(r"(?:alt\. )?(DOB|nationality|citizen) (.+)", re.DOTALL)
_QUOTED_ALIAS: Final = re.compile(r"[afn]\.k\.a\. '(.+)'", re.DOTALL)
_NUMBERED: Final = re.compile(
    r"(?:alt\. )?"
    r"(?:Vessel Registration Identification(?: IMO)?|MMSI|(?:Previous )?Aircraft Tail Number"
    r"|(?:[\w.]+ )*Passport(?: Booklet)?|(?:[\w.]+ )*(?:ID|Identification|Identificiation)(?: Number| No\.| Card)*"
    r"|Cedula No\.(?: T\.I\.)?"
    r"|(?:Cedula|Travel Document|Birth Certificate|Residency|Citizen's Card|National Foreign ID|LE)"
    r"(?: Number| No\.)|C\.U\.R\.P\.|R\.?F\.?C\.?|D\.N\.I\.|N\.I\.E\.|I\.F\.E\.|C\.U\.I\.[PT]\.|SSN|Tax ID No\.|RTN"
    r"|Electoral Registry No\.|Credencial electoral|Cartilla de Servicio Militar Nacional|Driver's License No\."
    r"|Italian Fiscal Code|Numero de Identidad|(?:Public Security and )?Immigration No\.|VisaNumberID)"
    r" (?P<number>(?!issued|expires)[^(]*?\d[^(]*?)(?= \(| issued| expires|$)"
)


@dataclass(slots=True)
class _Remarks:
    births: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)


def read(path: Path, opened: BufferedReader, reading: Reading) -> Iterator[Listed]:
    """The entries of the main file, with the aliases of the file beside it.

    ListError `list.damaged` where that file is not what it should be: without it too many would not be found.
    """
    aliases = _read_aliases(path, reading)
    maker = EntryMaker(reading)
    with as_text(opened) as text:
        lines = Lines(text, reading.file)
        for row in csv_rows(lines, reading):
            line = lines.number + 1
            if len(row) != COLUMNS:
                if not is_blank(row):
                    reading.left_out(line, "list.row-width", found=len(row), expected=COLUMNS)
                continue
            ref, name, kind = (_value(cell) for cell in row[:3])
            strong, weak = aliases.pop(ref, ((), ()))
            said = _remarks(_value(row[-1]))
            found = maker.entry(
                line,
                Raw(
                    ref,
                    name,
                    strong,
                    (*weak, *said.weak),
                    said.births,
                    said.countries,
                    said.documents,
                    kind=_KINDS.get(kind, kind),
                ),
            )
            if found is not None:
                yield found
    for _ in aliases:
        reading.doubt(lines.number, "list.alias-without-entry")


def _value(cell: str) -> str:
    cell = as_western(cell).strip()
    return "" if cell == _NULL else cell


def _unquoted(name: str) -> str:
    """Without quotation marks around the whole; an apostrophe that opens or ends a name is its own."""
    while len(name) > 2 and name[0] == name[-1] == "'":
        name = name[1:-1]
    return name


_Aliases = dict[str, tuple[list[str], list[str]]]


def _read_aliases(path: Path, reading: Reading) -> "_Aliases":
    """Strong and weak aliases by reference; none, and a problem, where there is no such file."""
    beside = find_alias_file(path)
    if beside is None:
        reading.doubt(1, "list.no-alias-file")
        return {}
    if file_size(beside) > ALIAS_BYTES:
        raise ListError("list.too-large", file=beside.name)
    found: _Aliases = defaultdict(lambda: ([], []))
    own = Reading(beside.name, reading.report, reading.tally)
    with open_bytes(beside) as opened, as_text(opened) as text:
        lines = Lines(text, beside.name)
        for row in csv_rows(lines, own):
            if len(row) == ALIAS_COLUMNS and row[2] in ALIAS_KINDS:
                name = _value(row[3])
                bare = _unquoted(name)
                found[_value(row[0])][bare != name].append(bare)
            elif not is_blank(row):
                own.doubt(lines.number + 1, "list.row-width", found=len(row), expected=ALIAS_COLUMNS)
    if not found:
        raise ListError("list.damaged", file=beside.name, line=1)
    return dict(found)


def find_alias_file(path: Path) -> Path | None:
    """The file of aliases that belongs to a main file, whatever its capitals; None where there is none."""
    wanted = ALIAS_FILES.get(path.name.lower(), "alt.csv")
    try:
        return next((one for one in sorted(path.parent.iterdir()) if one.name.lower() == wanted), None)
    except OSError:
        raise ListError("list.no-file", file=wanted) from None


def _remarks(remarks: str) -> _Remarks:
    found = _Remarks()
    for part in remarks.split(";", PART)[:PART]:
        bare = part.strip()[:PART]
        said = _SAID.match(bare)
        if said is not None:
            (found.births if said[1] == "DOB" else found.countries).append(said[2].rstrip(" ."))
            continue
        alias = _QUOTED_ALIAS.match(bare)
        if alias is not None:
            found.weak.append(_unquoted(alias[1]))
            continue
        number = _NUMBERED.match(bare.removesuffix("."))
        if number is not None:
            found.documents.append(number["number"])
    return found
