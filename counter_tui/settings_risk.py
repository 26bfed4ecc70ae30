"""The rules of risk (`risk.toml`, earlier versions beside it) and of random referral. ConfigError as in `settings`.

A version that was in force stays beside the newest as `risk-<anything>.toml`, so that what was decided under it can be
worked out again. Each agency signs the rows that it owns, and the post's (`settings_signed`): a row of the post is
signed by all. What is not signed is not gone by, and nothing is green then.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from .domain.referral import LaneStaff, ReferralRules
from .domain.risk import Indicator, Indicators, RiskRules
from .domain.risk.rules import SIGNED
from .domain.risk.variables import VARIABLES
from .domain.words import AGENCY_OF, Agency, Authority, Verdict
from .errors import ConfigError
from .settings import _At, _build_table, _read, _record, _rows, _rule, _unique, _version, config_folder
from .settings_signed import POST, message_of_rows, unsigned_rows

FILE = "risk.toml"
PREFIX = b"counter-tui rules of risk 1\x00"
MOST_ROWS = 1000
MOST_FILES = 100
MOST_MINUTES = 1_000_000
MOST_PER_MILLE = 100
LONGEST_CALL = 64
_ROW = re.compile(r"indicator\[([0-9]{1,4})\]")


@dataclass(frozen=True, slots=True)
class _Stale:
    authority: Authority
    minutes: int


@dataclass(frozen=True, slots=True)
class _Bounds:
    amber: int
    red: int


def load_risk() -> RiskRules:
    """The rules of the newest version, whoever has signed them."""
    return read_risk(FILE)


def load_signed_risk(*, demo: bool) -> RiskRules:
    """The rules in force, as far as their owners have signed them, in the demo also with the key that ships with it."""
    return load_risk().without(unsigned_risk(demo=demo))


def unsigned_risk(*, demo: bool) -> tuple[str, ...]:
    """The owners whose rows are not signed; the post's are where one agency has not."""
    return unsigned_rows(FILE, PREFIX, demo=demo)


def message_of(agency: Agency) -> bytes:
    """What an agency signs: its own rows and the post's."""
    table, _ = _read(FILE)
    return message_of_rows(PREFIX, agency, table)


def get_risk(version: str) -> RiskRules:
    """The rules of this version; ConfigError `config.no-such-name` where no file has it."""
    plain, *unsigned = version.split(SIGNED)
    for name in risk_files():
        table, at = _read(name)
        if _version(table, at) == plain:
            return read_risk(name).without(unsigned)
    raise ConfigError("config.no-such-name", file=FILE, key="version", name=version[:64])


def risk_files() -> Iterator[str]:
    """The files of the rules, the one in force first."""
    yield FILE
    yield from sorted(path.name for path in config_folder().glob("risk-*.toml"))[:MOST_FILES]


def read_risk(name: str) -> RiskRules:
    """The rules of one file in the folder of the configuration."""
    table, at = _read(name)
    for key in table:
        if key not in {"version", "band", "stale", "indicator"}:
            raise ConfigError("config.unknown-key", file=at.file, key=key)
    bounds = _rule(_Bounds, _build_table(table, "band", at), at.inside("band"))
    if not 0 < bounds.amber < bounds.red <= 100:
        raise at.inside("band").wrong("0 < amber < red <= 100")
    stale = [_stale(row, where) for row, where in _rows(table, "stale", at)]
    limits = _unique(((s.authority.value, (s.authority, timedelta(minutes=s.minutes))) for s in stale), at)
    rows = _rows(table, "indicator", at) if "indicator" in table else []
    if len(rows) > MOST_ROWS:
        raise at.inside("indicator").wrong(f"at most {MOST_ROWS}")
    indicators = _unique(((row.id, row) for row in (_indicator(raw, where) for raw, where in rows)), at)
    return RiskRules(
        _version(table, at), bounds.amber, bounds.red, tuple(limits.values()), Indicators(tuple(indicators.values()))
    )


def _stale(raw: dict[str, Any], at: _At) -> _Stale:
    row = _rule(_Stale, raw, at)
    if raw["owner"] != AGENCY_OF[row.authority]:
        raise at.inside("owner").wrong(AGENCY_OF[row.authority].value)
    return row


def _indicator(raw: dict[str, Any], at: _At) -> Indicator:
    row: Indicator = _record(Indicator, raw, at)
    _rule(Indicator, raw, at)  # whose it is, where it comes from, how sure that is
    if row.owner not in {POST, *(agency.value for agency in Agency)}:
        raise at.inside("owner").wrong(" | ".join([POST, *(agency.value for agency in Agency)]))
    if not row.legal_basis:
        raise ConfigError("config.missing-key", file=at.file, key=at.inside("legal_basis").key)
    if not 0 <= row.points <= 100:
        raise at.inside("points").wrong("0 to 100")
    if bool(row.action) != (row.verdict > Verdict.CLEAR):
        raise at.inside("action").wrong("with a verdict, and only with one")
    for name in row.params:
        if name not in VARIABLES:
            raise at.inside("params").wrong("variables")
    return row


def load_referral() -> ReferralRules:
    """How many travellers of which lane are referred by chance (`referral.toml`)."""
    table, at = _read("referral.toml")
    for key in table:
        if key not in {"version", "call", "lane"}:
            raise ConfigError("config.unknown-key", file=at.file, key=key)
    lanes = [(_rule(LaneStaff, row, where), where) for row, where in _rows(table, "lane", at)]
    for staff, where in lanes:
        if not 0 <= staff.staff_minutes <= MOST_MINUTES:
            raise where.inside("staff_minutes").wrong(f"0 to {MOST_MINUTES}")
        for name in ("minutes_each", "travellers"):
            if not 1 <= getattr(staff, name) <= MOST_MINUTES:
                raise where.inside(name).wrong(f"1 to {MOST_MINUTES}")
        if not 0 <= staff.cap_per_mille <= MOST_PER_MILLE:
            raise where.inside("cap_per_mille").wrong(f"0 to {MOST_PER_MILLE}")
    call = table.get("call", "")
    if not isinstance(call, str) or len(call) > LONGEST_CALL:
        raise at.inside("call").wrong(f"text of at most {LONGEST_CALL} characters")
    return ReferralRules(_version(table, at), _unique(((s.lane, s) for s, _ in lanes), at), call)


def row_lines(path: Path) -> tuple[int, ...]:
    """In which lines of a file its rows begin, 1-based, as far as its lines tell."""
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return ()
    return tuple(number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[indicator]]")


def line_of(path: Path, key: str) -> int:
    """In which line the row of a key (`indicator[3].points`) begins; 0 where it is of none."""
    found, lines = _ROW.match(key), row_lines(path)
    return lines[int(found[1])] if found and int(found[1]) < len(lines) else 0
