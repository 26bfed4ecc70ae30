"""A decision that two people signed goes to other counters as such; one that only says so goes as one person's."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from counter_tui.domain.acts import Means, Second
from counter_tui.domain.coding import to_json
from counter_tui.domain.countersigned import DecisionStatement
from counter_tui.domain.entries import DECISION, DecisionBody, read_decision
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.words import Authority, Basis, Verdict
from counter_tui.link.values import Enrolment
from offline_cache import certify, unwrap_with_pin
from offline_cache.signing import generate, sign

from .test_identity import ADI, at_the_window, deliver
from .world import ALL, PIN, SITI, Booth, crossing, enrol, sync_request

REFUSED = Judgement(Authority.IMMIGRATION, PERSON, Verdict.REFUSE, Basis.OFFICER, "refuse.ground-b", "no visa")
BODY = DecisionBody(crossing(), SITI.id, (REFUSED,), "d" * 64, (), "7", training=True)


def signed(booth: Booth, enrolment: Enrolment, said: DecisionBody, by: str = ADI.id, named: str = ADI.id) -> Second:
    line = next(line for line in enrolment.roster if line.officer.id == by)
    pair = generate()
    claims = {"officer": by, "counter": booth.journal.counter, "realm": "demo", "at": 1}
    officer_key = unwrap_with_pin(PIN, line.wrapped, b"")
    certificate = certify(pair.public, json.dumps(claims).encode(), officer_key, booth.keys.private)
    signature = sign(pair.private, DecisionStatement(booth.journal.counter, said, named).signed_bytes())
    return Second(named, Means.BESIDE, *(base64.b64encode(raw).decode() for raw in (certificate, signature)))


Make = Callable[[Booth, Enrolment], DecisionBody]
FORGED: dict[str, Make] = {
    "by somebody else": lambda b, e: replace(BODY, second=signed(b, e, BODY, by=SITI.id)),
    "of another view": lambda b, e: replace(BODY, second=signed(b, e, replace(BODY, digest="0" * 64))),
    "by nobody": lambda _b, _e: replace(BODY, second=Second(ADI.id)),
    "by who is not known": lambda _b, _e: replace(BODY, second=Second("nobody", Means.TELEPHONE, answer="12345678")),
    "by themselves": lambda b, e: replace(BODY, second=signed(b, e, BODY, by=SITI.id, named=SITI.id)),
}


def told(folder: Path, make: Make) -> DecisionBody:
    """The decision as another counter is told it."""
    window, booth, enrolment = at_the_window(folder)
    entry = booth.record(DECISION, BODY.crossing.id, to_json(make(booth, enrolment)))
    assert entry.sequence in deliver(window, booth, enrolment)
    who = window.authenticate(enrol(window, Booth.make(folder, "B2"), ALL).token)
    assert who is not None
    (item,) = [item.fields() for item in window.sync(who, sync_request()).feed if item.kind == DECISION]
    return read_decision(item.body)


def test_with_both_signatures_it_goes_on_as_it_is(tmp_path: Path) -> None:
    body = told(tmp_path, lambda b, e: replace(BODY, second=signed(b, e, BODY)))
    assert body.second is not None
    assert (body.second.officer, body.judgements) == (ADI.id, (REFUSED,))


@pytest.mark.parametrize("how", FORGED)
def test_without_them_it_goes_on_as_one_persons(tmp_path: Path, how: str) -> None:
    body = told(tmp_path, FORGED[how])
    assert body.second is None
    assert body.judgements == (REFUSED,)


def test_one_that_is_to_be_confirmed_names_who_is_to(tmp_path: Path) -> None:
    body = told(tmp_path, lambda _b, _e: replace(BODY, second=Second(ADI.id, Means.OWN_COUNTER)))
    assert body.second == Second(ADI.id, Means.OWN_COUNTER)
