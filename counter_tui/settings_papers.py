"""Papers (`papers/`): their words, what may be said, how long a stay is, how they leave a counter. ConfigError."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .domain.papers.facts import Sayable, Standing
from .domain.papers.rules import Format, PaperRules, Printing
from .domain.papers.wording import LANGUAGES, Wording
from .domain.stay import StayRule, StayRules
from .settings import _At, _build, _build_table, _read, _record, _rows, _rule, _unique, _version

MOST_DAYS = 3660
MOST_SECONDS = 120


def load_papers() -> PaperRules:
    """All rules of papers. Raises ConfigError as in `settings`."""
    wording, stay = load_wording(), load_stay()
    sayable, contact, notices = _notices()
    printing = load_printing()
    version = f"words {wording.version}, stay {stay.version}, notices {notices}"
    return PaperRules(version, wording, stay, sayable, contact, printing)


def load_wording() -> Wording:
    """The words (`papers/words.toml`): each text in every language."""
    table, at = _read("papers/words.toml")
    for name in ("owner", "source", "doubt"):
        _build(str, table.get(name), at.inside(name))
    texts: dict[str, Mapping[str, str]] = {}
    for code, row in _build_table(table, "words", at).items():
        where = at.inside("words").inside(code)
        if not isinstance(row, dict) or set(row) != set(LANGUAGES):
            raise where.wrong(" | ".join(LANGUAGES))
        texts[code] = {language: _build(str, row[language], where.inside(language)) for language in LANGUAGES}
    return Wording(_version(table, at), texts)


def load_stay() -> StayRules:
    """How long a stay is (`papers/stay.toml`)."""
    table, at = _read("papers/stay.toml")
    rules = [_stay(row, where) for row, where in _rows(table, "stay", at)]
    _unique(((rule.id, rule) for rule in rules), at)
    counts = _build(bool, table.get("entry_counts"), at.inside("entry_counts"))
    return StayRules(_version(table, at), counts, tuple(rules))


def _stay(row: Mapping[str, Any], at: _At) -> StayRule:
    """A row keeps how sure it is, to be shown with the day."""
    _rule(_Row, row, at, beside=row)
    rule: StayRule = _record(StayRule, row, at, beside=("owner", "source"))
    if not 0 <= rule.days <= MOST_DAYS:
        raise at.inside("days").wrong(f"0 to {MOST_DAYS}")
    return rule


@dataclass(frozen=True, slots=True)
class _Row:
    """Of which nothing but its provenance is looked at."""


@dataclass(frozen=True, slots=True)
class _Say:
    procedure: str = ""
    reason: str = ""
    basis: bool = False
    only: frozenset[Standing] = frozenset()


@dataclass(frozen=True, slots=True)
class _Contact:
    name: str


def _notices() -> tuple[Sayable, str, str]:
    table, at = _read("papers/notices.toml")
    said = [_rule(_Say, row, where) for row, where in _rows(table, "say", at)]
    sayable = Sayable(
        frozenset(one.procedure for one in said if one.basis),
        frozenset(one.reason for one in said if one.reason),
        tuple((one.procedure, one.only) for one in said if one.only),
    )
    contact = _rule(_Contact, _build_table(table, "contact", at), at.inside("contact"))
    return sayable, contact.name, _version(table, at)


@dataclass(frozen=True, slots=True)
class _Print:
    command: tuple[str, ...]
    format: Format
    seconds: int


@dataclass(frozen=True, slots=True)
class _Roll:
    ascii_only: bool


@dataclass(frozen=True, slots=True)
class _Save:
    folder: str
    encrypted: tuple[str, ...]


def load_printing() -> Printing:
    """How papers leave the counter (`papers/printing.toml`)."""
    table, at = _read("papers/printing.toml")
    printed = _record(_Print, _build_table(table, "print", at), at.inside("print"))
    roll = _record(_Roll, _build_table(table, "roll", at), at.inside("roll"))
    save = _record(_Save, _build_table(table, "save", at), at.inside("save"))
    if not 0 < printed.seconds <= MOST_SECONDS:
        raise at.inside("print").inside("seconds").wrong(f"1 to {MOST_SECONDS}")
    return Printing(printed.command, printed.format, printed.seconds, roll.ascii_only, save.folder, save.encrypted)
