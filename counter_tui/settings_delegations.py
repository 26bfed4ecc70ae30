"""What agencies that have nobody at the post let others clear (`delegations/AGENCY.toml`), as far as they signed it.

An agency signs its own file, exactly as it stands there, under a prefix of its own (`settings_signed`). One that is not
signed delegates nothing; a signed one that does not read is a ConfigError, as in `settings`. Rows `revoked` end
delegations before their time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from .domain.delegation import Delegation
from .domain.words import AUTHORITIES_OF, Agency, Authority, Direction, Role
from .settings import _At, _get, _parsed, _record, _rows, _rule, _unique, _version, config_folder
from .settings_signed import Owner, for_agency, is_signed, load_owners, read_bounded, read_signatures

PREFIX: Final = b"counter-tui delegation 1\x00"
LONGEST_DAYS: Final = 366
LONGEST_AGE: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a file; its first day and its last are the post's."""

    id: str
    authorities: frozenset[Authority]
    to_agencies: frozenset[Agency]
    to_roles: frozenset[Role]
    legal_basis: str
    valid_from: date
    valid_until: date
    age_minutes: int
    counters: frozenset[str] = frozenset()
    lanes: frozenset[str] = frozenset()
    nationalities: frozenset[str] = frozenset()
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class _Revoked:
    """An end before its time: a moment with its offset."""

    id: str
    at: datetime


def delegation_file(agency: Agency) -> Path:
    """Where what an agency delegates stands; it need not have any."""
    return config_folder() / "delegations" / f"{agency.value}.toml"


def load_delegations(*, demo: bool) -> tuple[Delegation, ...]:
    """Every delegation that its agency has signed, in the demo also with the key that ships. Raises ConfigError."""
    found: list[Delegation] = []
    for owner in load_owners():
        raw = _signed(owner, demo=demo)
        if raw is not None:
            found += _owned(raw, owner.agency)
    return tuple(_unique(((one.id, one) for one in found), _At("delegations")).values())


def unsigned_delegations(*, demo: bool) -> tuple[Agency, ...]:
    """Whose file counts for nothing here, for want of a signature."""
    owners = [owner for owner in load_owners() if delegation_file(owner.agency).is_file()]
    return tuple(owner.agency for owner in owners if _signed(owner, demo=demo) is None)


def signed_bytes(agency: Agency, raw: bytes) -> bytes:
    """What an agency signs of its file."""
    return for_agency(PREFIX, agency, raw)


def _signed(owner: Owner, *, demo: bool) -> bytes | None:
    path = delegation_file(owner.agency)
    raw = read_bounded(path)
    if raw is None or not is_signed(read_signatures(path), owner, signed_bytes(owner.agency, raw), demo=demo):
        return None
    return raw


def _owned(raw: bytes, agency: Agency) -> list[Delegation]:
    """The delegations of one agency, with what has ended them."""
    table, at = _parsed(raw, f"delegations/{agency.value}.toml")
    if table.get("agency") != agency.value:
        raise at.inside("agency").wrong(agency.value)
    version = _version(table, at)
    rows = [(_rule(_Row, row, where), where) for row, where in _rows(table, "delegation", at)]
    found = _unique(((row.id, _delegation(row, agency, version, where)) for row, where in rows), at)
    for one, where in _revocations(table, at):
        named = _get(found, one.id, where)
        if one.at.tzinfo is None:
            raise where.inside("at").wrong("2026-11-20T22:00:00+07:00")
        found[one.id] = replace(named, revoked=one.at)
    return list(found.values())


def _revocations(table: Mapping[str, object], at: _At) -> list[tuple[_Revoked, _At]]:
    if "revoked" not in table:
        return []
    return [(_record(_Revoked, row, where), where) for row, where in _rows(table, "revoked", at)]


def _delegation(row: _Row, owner: Agency, version: str, at: _At) -> Delegation:
    if not row.authorities or not row.authorities <= set(AUTHORITIES_OF[owner]):
        raise at.inside("authorities").wrong(" | ".join(AUTHORITIES_OF[owner]))
    if owner in row.to_agencies or not row.to_agencies:
        raise at.inside("to_agencies").wrong("other agencies")
    if Role.TRAINER in row.to_roles or not row.to_roles:
        raise at.inside("to_roles").wrong("officer | supervisor")
    if not timedelta(0) <= row.valid_until - row.valid_from <= timedelta(days=LONGEST_DAYS):
        raise at.inside("valid_until").wrong(f"{LONGEST_DAYS} days at most")
    if not 0 <= row.age_minutes <= LONGEST_AGE:
        raise at.inside("age_minutes").wrong(f"0-{LONGEST_AGE}")
    if not row.legal_basis.strip():
        raise at.inside("legal_basis").wrong("str")
    return Delegation(
        id=row.id,
        version=version,
        owner=owner,
        authorities=row.authorities,
        to_agencies=row.to_agencies,
        to_roles=row.to_roles,
        legal_basis=row.legal_basis.strip(),
        starts=row.valid_from,
        ends=row.valid_until,
        age=timedelta(minutes=row.age_minutes),
        counters=row.counters,
        lanes=row.lanes,
        direction=row.direction,
        nationalities=row.nationalities,
    )
