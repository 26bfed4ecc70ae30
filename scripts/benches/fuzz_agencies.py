"""Hostile input from agencies' own sides: security's list as it is published, and what an agency's process answers.

Of the list, what its owner did not sign is never believed; what it did sign, however odd, is read or refused. Of a
process, nothing is believed but its own agency's affairs.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from random import Random
from typing import Any, Final

from counter_tui.agencies.lists.signed import FileMark, Manifest
from counter_tui.agencies.ports import FetchAnswer, Inquiry
from counter_tui.agencies.remote import Answered, RemoteConnector
from counter_tui.agencies.security.simulated import DEMO_KEY, ISSUER, Owner
from counter_tui.agencies.security.versions import HeldList, apply_delta, open_manifest, read_snapshot
from counter_tui.domain.coding import from_json, to_json, to_plain
from counter_tui.domain.documents import compose_mrz, read_mrz
from counter_tui.domain.screening.lists import Screened
from counter_tui.domain.sections import Contribution, Finding, Section, Subject
from counter_tui.domain.texts import text
from counter_tui.domain.words import Authority, Band, Direction, SourceState, SubjectKind, Verdict
from counter_tui.errors import AgencyError
from counter_tui.settings_agencies import load_agency_limits

from .fuzz_health import spoilt

NOW: Final = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
HELD: Final = 8841
ENTRIES: Final[tuple[dict[str, Any], ...]] = (
    {
        "ref": "A",
        "owner": "POLRI",
        "handling": "H3",
        "category": "wanted",
        "name": "SITI NUR TINI",
        "aliases": ["TINI"],
        "birthDate": "1990-01-01",
        "documents": [{"issuingState": "MYS", "number": "X1234567"}],
        "notice": {"colour": "RED", "number": "A-1/1-2026"},
        "call": "0811",
    },
    {"ref": "B", "owner": "POLRI", "handling": "H5", "name": "SOMEBODY", "sealed": True, "floor": "RED"},
    {"ref": "C", "owner": "BNN", "notice": {"colour": "BLUE", "number": "B-2"}, "name": "ANOTHER"},
)


@dataclass(frozen=True, slots=True)
class Published:
    """What an owner's system gives: the signed head, what it is the head of, and whether that is what was signed."""

    envelope: bytes
    content: bytes
    delta: bool
    signed: bool


def make_list(chance: Random) -> Published:
    """A version, or what leads to it, spoilt before or after it was signed."""
    delta, signed = chance.random() < 0.4, chance.random() < 0.6
    lines: list[Any] = [dict(chance.choice(ENTRIES)) for _ in range(chance.choice((1, 2, 3)))]
    if delta:
        lines = [chance.choice(({"put": line}, {"drop": line["ref"]})) for line in lines]
    whole = [spoilt(line, chance if chance.random() < 0.5 else _Kind()) for line in lines]
    content = b"\n".join(whole) + b"\n"
    version = HELD + 1 if delta else HELD
    count = chance.choice((len(lines), len(lines), len(ENTRIES)))
    manifest = _manifest(version, content, count, HELD if delta else None)
    envelope = _owner().envelope(manifest)
    if not signed:
        place = chance.randrange(len(content))
        content = content[:place] + bytes([content[place] ^ (1 << chance.randrange(8))]) + content[place + 1 :]
    elif chance.random() < 0.2:
        envelope, signed = spoilt({"manifest": envelope.decode("latin-1"), "key": "", "signature": ""}, chance), False
    return Published(envelope, content, delta, signed)


def attack_list(case: Published) -> None:
    """Read as the connector does: what was not signed is not taken, and no discreet entry is found."""
    keys = load_keys()
    with suppress(AgencyError):
        manifest = open_manifest(case.envelope, name=ISSUER, keys=keys)
        if case.delta:
            ahead = _manifest(HELD + 1, b"", manifest.count)
            found = apply_delta(_held(), ahead, case.envelope + b"\n" + case.content, keys=keys)
        else:
            found = read_snapshot(manifest, case.content)
        assert case.signed, "not signed"
        document = _inquiry().document
        for entry in (*found.index.by_document(document), *found.index.by_name(document)):
            assert entry.ref in found.entries, "not listed"
            assert entry.code != "H5", "discreet"


def make_process(chance: Random) -> bytes:
    """What an agency's own process answers, spoilt."""
    about = _inquiry().document.key
    contributions, findings = [], []
    for number in range(chance.choice((0, 1, 3))):
        name = f"customs/{number}"
        subject = Subject(SubjectKind.GOODS, f"g{number}", "#1")
        contributions.append(
            Contribution(name, Authority.CUSTOMS, subject, Verdict.HOLD, Band.RED, "hold", "1", 40, NOW)
        )
        findings.append(Finding(name, Authority.CUSTOMS, "goods", text("finding.cust.quota-over", over=3)))
    section = Section(Authority.CUSTOMS, SourceState.LIVE, NOW, tuple(contributions), tuple(findings))
    return spoilt(to_plain(Answered(about, section)), chance)


def attack_process(body: bytes) -> None:
    """Asked as the single window does: its own agency's affairs, or an AgencyError."""
    asked = RemoteConnector(Authority.CUSTOMS, _Answered(body)).section(_inquiry())
    with suppress(AgencyError):
        try:
            asked.send(None)
        except StopIteration as done:
            section: Section = done.value
            told = {section.authority, *(one.authority for one in section.contributions)}
            assert told == {Authority.CUSTOMS}, "another's affairs"
            assert section.as_of is not None, "undated"
            assert section.as_of <= NOW, "of tomorrow"
            assert from_json(Section, to_json(section), error=AgencyError("agency.not-understood")) == section


@dataclass(frozen=True, slots=True)
class _Answered:
    """A fetch that is answered at once."""

    body: bytes

    async def __call__(self, *_: str, **__: object) -> FetchAnswer:
        """What stands there, whatever is asked."""
        return FetchAnswer(200, self.body)


def _manifest(version: int, content: bytes, count: int, base: int | None = None) -> Manifest:
    mark = FileMark("x", hashlib.sha256(content).hexdigest(), len(content))
    return Manifest(ISSUER, version, NOW, NOW.date(), Screened.OWNER, count, (mark,), base=base)


@cache
def load_keys() -> tuple[str, ...]:
    """The demo's."""
    return load_agency_limits(demo=True).list_keys


@cache
def _owner() -> Owner:
    return Owner(lambda: NOW, key=DEMO_KEY)


@cache
def _held() -> HeldList:
    content = b"".join(spoilt(entry, _Kind()) + b"\n" for entry in ENTRIES)
    return read_snapshot(_manifest(HELD, content, len(ENTRIES)), content)


class _Kind(Random):
    """Chance that spoils nothing."""

    def choice(self, seq: Any) -> Any:
        """The first."""
        return seq[0]


@cache
def _inquiry() -> Inquiry:
    born, expiry = datetime(1990, 1, 1, tzinfo=UTC).date(), datetime(2030, 1, 1, tzinfo=UTC).date()
    lines = compose_mrz("TD3", "P", "MYS", "X1234567", "MYS", "TINI", "SITI NUR", "F", born, expiry, "DEMO")
    document = read_mrz(lines, today=NOW.date()).document
    assert document is not None
    return Inquiry(document, Direction.ENTRY, "A", NOW)
