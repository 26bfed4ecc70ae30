"""Identity decisions at the single window: kept as any entry, told to other counters only where two people signed."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from counter_tui.domain.coding import to_json
from counter_tui.domain.identity import (
    IDENTITY,
    HitAbout,
    Identified,
    IdentityBody,
    Statement,
    bearer_of,
    read_identity,
)
from counter_tui.domain.posts import Officer
from counter_tui.domain.words import Agency, Role
from counter_tui.link.values import Enrolment
from counter_tui.single_window.service import SingleWindow, Staff
from offline_cache import Entry, certify, unwrap_with_pin
from offline_cache.signing import generate, sign

from .world import ALL, BUDI, PIN, SITI, Booth, crossing, enrol, open_window, sync_request

ADI = Officer("adi", "Adi", Agency.IMMIGRATION, Role.SUPERVISOR, ALL)
STAFF = tuple(Staff(one, PIN) for one in (SITI, BUDI, ADI))
ABOUT = HitAbout("tangkal", "T-1", "v1", 7, 874, Agency.IMMIGRATION)
STATEMENT = Statement(
    crossing="crossing-X1234567",
    counter="A1",
    at="2026-11-21T05:14:02.000Z",
    bearer=bearer_of(crossing().document),
    about=ABOUT,
    identified=Identified.NOT_THIS_PERSON,
    reason="birth-differs",
    note="",
    first=SITI.id,
    second=ADI.id,
    training=True,
)


def signed(booth: Booth, enrolment: Enrolment, said: Statement, *, by: str = "", realm: str = "demo") -> bytes:
    """The entry's body, signed as the booth does it; `by` another person than the statement names."""
    line = next(line for line in enrolment.roster if line.officer.id == (by or said.second))
    pair = generate()
    claims = {"officer": by or said.second, "counter": booth.journal.counter, "realm": realm, "at": 1}
    officer_key = unwrap_with_pin(PIN, line.wrapped, b"")
    certificate = certify(pair.public, json.dumps(claims).encode(), officer_key, booth.keys.private)
    signature = sign(pair.private, said.signed_bytes())
    return to_json(IdentityBody(said, *(base64.b64encode(raw).decode() for raw in (certificate, signature))))


def at_the_window(folder: Path) -> tuple[SingleWindow, Booth, Enrolment]:
    window, _ = open_window(folder, staff=STAFF)
    booth = Booth.make(folder)
    enrolment = enrol(window, booth)
    booth.sign_in(enrolment)
    return window, booth, enrolment


def deliver(window: SingleWindow, booth: Booth, enrolment: Enrolment) -> list[int]:
    """Everything that is in the journal, delivered; what was receipted."""
    who = window.authenticate(enrolment.token)
    assert who is not None
    reply = window.sync(who, sync_request(list(booth.journal.entries())))
    assert reply.receipt is not None
    return [sequence for sequence, _ in reply.receipt.fields().entries]


def told(window: SingleWindow, folder: Path, agencies: frozenset[Agency] = ALL) -> list[bytes]:
    """The identity decisions that another counter is told."""
    other = Booth.make(folder, "B2")
    who = window.authenticate(enrol(window, other, agencies).token)
    assert who is not None
    return [item.fields().body for item in window.sync(who, sync_request()).feed if item.kind == IDENTITY]


def test_what_two_people_signed_is_told_to_the_other_counters_of_the_post(tmp_path: Path) -> None:
    window, booth, enrolment = at_the_window(tmp_path)
    booth.record(IDENTITY, "crossing-X1234567", signed(booth, enrolment, STATEMENT))
    assert deliver(window, booth, enrolment) == [1, 2]
    (body,) = told(window, tmp_path)
    assert read_identity(body).statement == STATEMENT


def test_a_counter_that_is_not_of_the_lists_agency_is_told_nothing(tmp_path: Path) -> None:
    window, booth, enrolment = at_the_window(tmp_path)
    booth.record(IDENTITY, "crossing-X1234567", signed(booth, enrolment, STATEMENT))
    deliver(window, booth, enrolment)
    assert told(window, tmp_path, frozenset({Agency.CUSTOMS})) == []


Forge = Callable[[Booth, Enrolment], bytes]
FORGED: dict[str, Forge] = {
    "by one person twice": lambda b, e: signed(b, e, replace(STATEMENT, second=SITI.id)),
    "by another than it names": lambda b, e: signed(b, e, STATEMENT, by=BUDI.id),
    "in the name of a colleague": lambda b, e: signed(b, e, replace(STATEMENT, first=ADI.id, second=SITI.id)),
    "without a supervisor": lambda b, e: signed(b, e, replace(STATEMENT, second=BUDI.id)),
    "of another counter": lambda b, e: signed(b, e, replace(STATEMENT, counter="B2")),
    "in another realm": lambda b, e: signed(b, e, STATEMENT, realm="live"),
    "of real travellers": lambda b, e: signed(b, e, replace(STATEMENT, training=False)),
    "changed afterwards": lambda b, e: to_json(
        replace(read_identity(signed(b, e, STATEMENT)), statement=replace(STATEMENT, identified=Identified.THIS_PERSON))
    ),
    "no decision at all": lambda _b, _e: b"{}",
}


@pytest.mark.parametrize("how", FORGED)
def test_what_two_people_did_not_sign_is_kept_and_told_to_nobody(tmp_path: Path, how: str) -> None:
    window, booth, enrolment = at_the_window(tmp_path)
    entry: Entry = booth.record(IDENTITY, "crossing-X1234567", FORGED[how](booth, enrolment))
    assert deliver(window, booth, enrolment) == [1, entry.sequence]
    assert told(window, tmp_path) == []
