"""How operators lay out their manifests: which heading is which field, which word is which code (`manifests.toml`).

Headings and words are compared by their letters and digits alone, without case and accents; what stands in brackets
behind a heading (`Tgl Lahir (dd/mm/yyyy)`) counts only where the heading is not known without it.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, Literal

DateOrder = Literal["DMY", "MDY", "YMD"]
NameOrder = Literal["undivided", "surname-first", "given-first"]
Field = Literal[
    "row", "surname", "given_names", "name", "sex", "birth_date", "birth_place", "birth", "nationality",
    "document_number", "document_code", "issuing_state", "expiry_date", "issue_date", "role", "seat", "residence",
    "address", "contact", "occupation", "embarkation", "debarkation", "reservation", "ticket", "reference",
    "baggage_count", "note", "mrz", "mrz_1", "mrz_2", "mrz_3",
]  # fmt: skip
Label = Literal["vehicle", "service", "carrier", "from", "to", "date", "departure_time", "arrival_time", "passengers",
    "crew"]  # fmt: skip
NAMES: Final = frozenset({"name", "surname", "given_names", "mrz", "mrz_1"})
_LONGEST: Final = 120
_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^]]*\]")
_WORDS: Final = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 12)
def folded(said: str) -> str:
    """What a heading or a word is compared by; # is a number's sign."""
    said = said[:_LONGEST].replace("#", " no ")
    plain = "".join(c for c in unicodedata.normalize("NFKD", said.casefold()) if not unicodedata.combining(c))
    return " ".join(_WORDS.findall(plain))


def folded_heading(said: str) -> tuple[str, str]:
    """A heading whole, and without what stands in brackets."""
    return folded(said), folded(_BRACKETS.sub(" ", said[:_LONGEST]))


@dataclass(frozen=True, slots=True)
class Column:
    """Headings that mean a field; `code` is what kind of document a number under them is of."""

    field: Field
    headings: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class LabelRule:
    """Words before a colon, above or below the table, that say something of the journey."""

    label: Label
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Words that mean a code; `kind` is the kind of document where the field is one."""

    field: Literal["sex", "role", "document_code", "nationality"]
    value: str
    words: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """Names of a month."""

    number: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OperatorLayout:
    """One operator's table, known by `headings` that all stand in it; its columns go before those of everybody."""

    id: str
    headings: tuple[str, ...]
    columns: tuple[Column, ...] = ()
    dates: DateOrder = "DMY"
    names: NameOrder = "undivided"


@dataclass(frozen=True)
class ManifestRules:
    """All of it. `keep_days`: how long a single window keeps the original of a list."""

    version: str
    keep_days: int
    columns: tuple[Column, ...]
    labels: tuple[LabelRule, ...]
    meanings: tuple[Meaning, ...]
    months: tuple[Month, ...]
    titles: tuple[str, ...]
    layouts: tuple[OperatorLayout, ...] = ()
    dates: DateOrder = "DMY"
    names: NameOrder = "undivided"

    @cached_property
    def _columns(self) -> Mapping[str, Column]:
        return _by_heading(self.columns)

    @cached_property
    def label_of(self) -> Mapping[str, Label]:
        """What a label's words mean."""
        return {folded(word): rule.label for rule in self.labels for word in rule.words}

    @cached_property
    def month_of(self) -> Mapping[str, int]:
        """Which month a name is."""
        return {folded(word): month.number for month in self.months for word in month.words}

    @cached_property
    def title_words(self) -> frozenset[str]:
        """Titles that stand beside names."""
        return frozenset(map(folded, self.titles))

    @cached_property
    def _meanings(self) -> Mapping[tuple[str, str], Meaning]:
        return {(one.field, folded(word)): one for one in self.meanings for word in (one.value, *one.words)}

    def find_meaning(self, field: str, said: str) -> Meaning | None:
        """What a word means in a field."""
        return self._meanings.get((field, folded(said)))

    def mapping(self, cells: Sequence[str]) -> "TableColumns | None":
        """The columns of a heading row; None where it is none: a name, and one thing more, have to be among them."""
        keys = [folded_heading(cell) for cell in cells]
        known = {key for pair in keys for key in pair}
        layout = next((one for one in self.layouts if known.issuperset(map(folded, one.headings))), None)
        own = _by_heading(layout.columns) if layout else {}
        found: dict[int, Field] = {}
        codes: dict[int, str] = {}
        for at, pair in enumerate(keys):
            column = next((hit for key in pair for hit in (own.get(key), self._columns.get(key)) if hit), None)
            if column is not None and column.field not in found.values():
                found[at], codes[at] = column.field, column.code
        if NAMES.isdisjoint(found.values()) or len(set(found.values()) - {"row"}) < 2:
            return None
        headings = dict(enumerate(cells))
        return TableColumns(
            found,
            codes,
            headings,
            layout.dates if layout else self.dates,
            layout.names if layout else self.names,
            layout.id if layout else "",
        )


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The columns of one table, by number from 0: the field of each, and how dates and names are written."""

    fields: Mapping[int, Field]
    codes: Mapping[int, str]
    headings: Mapping[int, str]
    dates: DateOrder
    names: NameOrder
    layout: str = ""

    def place(self, at: int) -> str:
        """A column as remarks name it: its letter as in a sheet, and its heading."""
        heading = " ".join(self.headings.get(at, "").split())[:32]
        return f"{letter(at)} {heading}".strip()


def letter(at: int) -> str:
    """A column's letters, as spreadsheets have them: 0 is A, 26 is AA."""
    letters = ""
    number = at + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _by_heading(columns: Sequence[Column]) -> dict[str, Column]:
    return {key: column for column in columns for heading in column.headings if (key := folded(heading))}
