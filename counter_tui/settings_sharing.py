"""The sharing agreement of this post (`sharing.toml`, `sharing/AGENCY.toml`), as far as its owners have signed it.

An owner signs its own file, exactly as it stands there (`settings_signed`). ConfigError as in `settings`, also for a
signed file that does not read; an unsigned one shares nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from .domain.findings import FindingRules
from .domain.sharing import Contact, SharingAgreement, Topic
from .domain.words import AUTHORITIES_OF, Agency, Authority
from .settings import (
    _At,
    _build,
    _build_table,
    _parsed,
    _read,
    _record,
    _rows,
    _rule,
    _unique,
    _version,
    config_folder,
    load_findings,
    load_risk,
)
from .settings_signed import Owner, is_signed, load_owners, read_bounded, read_signatures

PREFIX: Final = b"counter-tui sharing agreement 1\x00"
PREFIXES: Final = {
    Authority.IMMIGRATION: "imm",
    Authority.CUSTOMS: "cust",
    Authority.HEALTH: "health",
    Authority.ANIMAL_PLANT: "ap",
    Authority.SECURITY: "sec",
}
"""What the names of an authority's fields begin with."""


@dataclass(frozen=True, slots=True)
class _Contact:
    phone: str
    name: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the file; a date before which it is not in force, and a class for each agency it names."""

    topic: str
    valid_from: date
    legal_basis: str = ""
    fields: tuple[str, ...] = ()
    open: frozenset[Agency] = frozenset()
    band: frozenset[Agency] = frozenset()
    sealed: frozenset[Agency] = frozenset()
    unseal: frozenset[Agency] = frozenset()


def owner_file(agency: Agency) -> Path:
    """Where what an agency shares stands."""
    return config_folder() / "sharing" / f"{agency.value}.toml"


def load_sharing(*, demo: bool) -> SharingAgreement:
    """The rows of every owner who has signed its own, in the demo also with the key that ships with it."""
    table, at = _read("sharing.toml")
    duty = _build(str, table.get("duty_phone"), at.inside("duty_phone"))
    topics: list[Topic] = []
    contacts: dict[Agency, Contact] = {}
    versions: dict[str, str] = {}
    for owner in load_owners():
        raw = _signed(owner, demo=demo)
        if raw is None:
            continue
        rows, contact, version = _owned(raw, owner.agency, duty)
        topics += rows
        contacts[owner.agency] = contact
        versions[owner.agency.value] = version
    named = _unique(((name, row) for row in topics for name in (row.topic, *row.fields)), at)
    return SharingAgreement(_version_of(versions), {row.topic: row for row in named.values()}, contacts)


def _version_of(versions: Mapping[str, str]) -> str:
    """The one version of all owners; else each owner's."""
    same = set(versions.values()) if len(versions) == len(Agency) else set()
    return same.pop() if len(same) == 1 else ", ".join(f"{owner} {version}" for owner, version in versions.items())


def load_catalogue(agreement: SharingAgreement) -> FindingRules:
    """The catalogue of findings under this agreement: what each contributes follows from who may see it."""
    risk = load_risk()
    return load_findings().under(agreement, risk.amber, risk.red)


def unsigned(*, demo: bool) -> tuple[Agency, ...]:
    """Whose rows count for nothing here, for want of a signature."""
    return tuple(owner.agency for owner in load_owners() if _signed(owner, demo=demo) is None)


def _signed(owner: Owner, *, demo: bool) -> bytes | None:
    """What this agency shares, where it is signed with one of its keys."""
    path = owner_file(owner.agency)
    raw = read_bounded(path)
    if raw is None or not is_signed(read_signatures(path), owner, PREFIX + raw, demo=demo):
        return None
    return raw


def _owned(raw: bytes, agency: Agency, duty: str) -> tuple[list[Topic], Contact, str]:
    """The rows of one owner, whom to call, and the version."""
    table, at = _parsed(raw, f"sharing/{agency.value}.toml")
    if table.get("agency") != agency.value:
        raise at.inside("agency").wrong(agency.value)
    said = _record(_Contact, _build_table(table, "contact", at), at.inside("contact"))
    contact = Contact(duty if said.hidden else said.phone, said.name, said.hidden)
    rows = [(_rule(_Row, row, where), where) for row, where in _rows(table, "topic", at)]
    return [_topic(row, agency, where) for row, where in rows], contact, _version(table, at)


def _topic(row: _Row, agency: Agency, at: _At) -> Topic:
    classes = [*row.open, *row.band, *row.sealed]
    if len(set(classes)) != len(classes) or agency in classes:
        raise at.wrong("one class for each other agency")
    prefixes = {PREFIXES[authority] for authority in AUTHORITIES_OF[agency]}
    for number, name in enumerate(row.fields):
        if name.partition(".")[0] not in prefixes:
            raise at.inside("fields").inside(number).wrong(" | ".join(sorted(prefixes)))
    return Topic(
        topic=row.topic,
        owner=agency,
        legal_basis=row.legal_basis.strip(),
        valid_from=row.valid_from,
        fields=row.fields,
        open=row.open,
        band=row.band,
        sealed=row.sealed,
        unseal=row.unseal,
    )
