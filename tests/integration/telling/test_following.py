"""What follows from a decision is told as it was recorded, once, and again when it changes: allowance and admission."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_tui.domain.acts import ActBody, Deed, Means, Second, write_act
from counter_tui.domain.allowance.deeds import ALLOWANCE, AllowanceDeed, What
from counter_tui.domain.allowance.residents import find_resident
from counter_tui.domain.entries import read_decision
from counter_tui.domain.joint.deeds import Confirmation
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.papers.deeds import ADMISSION, AdmissionDeed
from counter_tui.domain.sections import Field, Section
from counter_tui.domain.words import Agency, Authority, Basis, SourceState, Verdict
from counter_tui.single_window.following import Following, Terms
from counter_tui.single_window.telling_store import State
from tests.integration.single_window.world import ALL, NOW, close_all
from tests.integration.telling.rig import Hall
from tests.unit.agencies.telling.tellings import crossing

CARD, AT = "KILB-01190", "2026-11-21T05:14:20.000Z"
FOUND = find_resident(crossing().document, CARD)
assert FOUND is not None
RESIDENT = FOUND
OPEN = (State.DUE, State.REFUSED)


@pytest.fixture
def resident(tmp_path: Path) -> Iterator[Hall]:
    """A hall where customs knows the traveller's card, and that MYR 540 are declared."""
    fields = (Field("cust.kilb-number", CARD), Field("cust.kilb-declared", "MYR 540.00"))
    hall = Hall(tmp_path)
    hall.window.keep_section(crossing().document.key, Section(Authority.CUSTOMS, SourceState.LIVE, NOW, fields=fields))
    yield hall
    close_all()


def act(hall: Hall, kind: str, thread: str, deed: Deed) -> str:
    """An act, received by the window; its key."""
    entry = hall.booth.record(kind, thread, written(hall, thread, deed))
    hall.send(entry)
    return f"{entry.counter}/{entry.sequence}"


def written(hall: Hall, thread: str, deed: Deed, second: Second | None = None, officer: str = "") -> bytes:
    who = officer or hall.officer
    return write_act(ActBody(thread, hall.booth.journal.counter, who, AT, deed, training=True, second=second))


def grant(hall: Hall, sen: int, what: What = What.CAPPED, share: str = "") -> str:
    deed = AllowanceDeed(what, RESIDENT.key, "2026-11", sen, share=share, crossing="crossing-1", declared=54_000)
    return act(hall, ALLOWANCE, RESIDENT.thread, deed)


def correct(hall: Hall, grant_: str, sen: int, means: Means = Means.BESIDE) -> str:
    """The grant is corrected: laid into the store, as the window keeps what two have signed."""
    deed = AllowanceDeed(What.CORRECTED, RESIDENT.key, "2026-11", sen, act=grant_, reason="miskeyed", note="twice")
    return lay(hall, 900, ALLOWANCE, written(hall, RESIDENT.thread, deed, Second("budi", means)))


def lay(hall: Hall, sequence: int, kind: str, body: bytes) -> str:
    """An entry of the resident's thread, laid into the store; its key."""
    counter = hall.booth.journal.counter
    hall.store._vault.execute(
        "INSERT INTO entries (counter, sequence, hash, previous, recorded_at, realm, kind, crossing, session,"
        " commitment, salt, body, signature, received_at, held, accepted, reason)"
        " VALUES (?, ?, x'00', x'00', ?, 'demo', ?, ?, 's', x'', x'', ?, x'', ?, 1, 1, '')",
        (counter, sequence, AT, kind, RESIDENT.thread, body, AT),
    )
    return f"{counter}/{sequence}"


def told(hall: Hall, authority: Authority) -> list[dict[str, Any]]:
    """What this authority is told, in order."""
    hall.office.look()
    assert hall.office.unreadable() == 0
    return [json.loads(row.message) for row in hall.office.open(authority, OPEN, 100)]


def quotas(hall: Hall) -> list[tuple[str, str | None, str | None]]:
    """Of each telling to customs its key, what it corrects, and what is used by it."""
    said = told(hall, Authority.CUSTOMS)
    return [(one["kunci"], one.get("membetulkan"), one["kilb"].get("terpakai")) for one in said]


def test_what_was_granted_before_the_decision_is_told_with_it_and_not_what_was_declared(resident: Hall) -> None:
    granted = grant(resident, 30_000)
    key = resident.decide()
    assert quotas(resident) == [(key, None, "MYR 300.00")]
    (said,) = told(resident, Authority.CUSTOMS)
    assert said["kilb"] == {
        "kartu": CARD,
        "diberitahukan": "MYR 540.00",
        "terpakai": "MYR 300.00",
        "pemberian": [{"entri": granted, "bulan": "2026-11", "nilai": "MYR 300.00"}],
    }


def test_what_is_granted_after_it_is_told_in_the_place_of_the_first(resident: Hall) -> None:
    key = resident.decide()
    assert quotas(resident) == [(key, None, None)], "nothing is used as long as nothing was granted"
    one = grant(resident, 30_000)
    other = grant(resident, 5_000)
    assert quotas(resident)[1:] == [(one, key, "MYR 300.00"), (other, one, "MYR 350.00")]


def test_a_correction_of_the_ledger_is_told_and_what_is_decided_later_corrects_that(resident: Hall) -> None:
    granted = grant(resident, 30_000)
    key = resident.decide()
    resident.office.look()
    mended = correct(resident, granted, 12_050)
    assert quotas(resident) == [(key, None, "MYR 300.00"), (mended, key, "MYR 120.50")]
    again = resident.decide()
    assert quotas(resident)[2:] == [(again, mended, "MYR 120.50")]
    grants = told(resident, Authority.CUSTOMS)[2]["kilb"]["pemberian"]
    assert [one["entri"] for one in grants] == [granted], "one grant, as it counts now"


def test_a_correction_that_comes_before_its_grant_is_told_with_the_grant(resident: Hall) -> None:
    key = resident.decide()
    counter, sequence = resident.booth.journal.counter, int(key.rpartition("/")[2])
    correct(resident, f"{counter}/{sequence + 1}", 0)
    assert quotas(resident) == [(key, None, None)]
    granted = grant(resident, 30_000)
    assert quotas(resident)[1:] == [(granted, key, "MYR 0.00")]


def test_a_correction_that_is_to_be_confirmed_is_told_once_it_is(resident: Hall) -> None:
    granted = grant(resident, 30_000)
    key = resident.decide()
    mended = correct(resident, granted, 12_050, Means.OWN_COUNTER)
    assert quotas(resident) == [(key, None, "MYR 300.00")], "until somebody else has said so"
    said = written(resident, RESIDENT.thread, Confirmation(mended, agreed=True), officer="budi")
    confirmed = lay(resident, 901, "confirmation", said)
    assert quotas(resident)[1:] == [(confirmed, key, "MYR 120.50")]


def test_shares_that_are_drawn_and_given_back_are_nobody_s_to_hear(resident: Hall) -> None:
    key = resident.decide()
    grant(resident, 60_000, What.DRAWN, "A1/5")
    one = grant(resident, 20_000, What.GRANTED, "A1/5")
    grant(resident, 40_000, What.RETURNED, "A1/5")
    assert [said[0] for said in quotas(resident)] == [key, one]


def test_what_a_counter_grants_that_does_not_serve_customs_is_told_nobody(resident: Hall) -> None:
    key, counter = resident.decide(), resident.booth.journal.counter
    grant(resident, 30_000)
    resident.office.look()
    entry = resident.store.find_entry(counter, int(key.rpartition("/")[2]), "demo")
    assert entry is not None
    body = read_decision(entry.body or b"")

    def granted(agencies: frozenset[Agency], *, training: bool = True) -> int:
        following = Following(resident.tellings, Terms(training=training))
        return len(following.of(Authority.CUSTOMS, body, CARD, NOW, {counter: agencies}, None).granted)

    assert granted(frozenset({Agency.CUSTOMS})) == 1
    assert granted(frozenset({Agency.IMMIGRATION})) == 0
    assert granted(ALL, training=False) == 0


# -- admission --------------------------------------------------------------------------------------------------------


def by(authority: Authority, verdict: Verdict, reason: str = "") -> Judgement:
    return Judgement(authority, PERSON, verdict, Basis.OFFICER, reason)


def admissions(hall: Hall) -> list[tuple[str, str, bool, str | None]]:
    said = told(hall, Authority.IMMIGRATION)
    return [(one["key"], one["outcome"], one["admitted"], one.get("stay", {}).get("until")) for one in said]


def test_whom_another_authority_holds_is_not_admitted_by_immigration_s_verdict_alone(resident: Hall) -> None:
    held = resident.decide(
        "crossing-1", by(Authority.IMMIGRATION, Verdict.CLEAR), by(Authority.CUSTOMS, Verdict.HOLD, "hold.goods")
    )
    assert admissions(resident) == [(held, "HOLD", False, None)]
    other = resident.decide("crossing-1", by(Authority.CUSTOMS, Verdict.CLEAR, "release.checked"))
    assert admissions(resident)[1:] == [(other, "CLEAR", True, None)], "what customs said is told, as its outcome"
    assert told(resident, Authority.IMMIGRATION)[1]["corrects"] == held
    (verdict,) = told(resident, Authority.IMMIGRATION)[1]["verdicts"]
    assert verdict["verdict"] == "CLEAR"


def test_what_changes_nothing_for_the_traveller_is_not_told_again(resident: Hall) -> None:
    first = resident.decide("crossing-1", by(Authority.IMMIGRATION, Verdict.REFER, "refer.check"))
    resident.decide("crossing-1", by(Authority.CUSTOMS, Verdict.CLEAR))
    assert [one[0] for one in admissions(resident)] == [first]


def test_the_stay_that_was_recorded_is_told_and_the_last_one_counts(resident: Hall) -> None:
    key = resident.decide("crossing-1", by(Authority.IMMIGRATION, Verdict.CLEAR))
    assert told(resident, Authority.IMMIGRATION)[0]["notRecorded"] == ["stay"]
    one = act(resident, ADMISSION, "crossing-1", AdmissionDeed(date(2026, 12, 20), "visa-free", "Perpres", "17", "9"))
    other = act(resident, ADMISSION, "crossing-1", AdmissionDeed(date(2026, 12, 5), "visa-free"))
    assert admissions(resident) == [
        (key, "CLEAR", True, None),
        (one, "CLEAR", True, "2026-12-20"),
        (other, "CLEAR", True, "2026-12-05"),
    ]
    said = told(resident, Authority.IMMIGRATION)
    assert said[1]["stay"]["stamp"] == "17"
    assert said[1].get("notRecorded", []) == []
    assert [one.get("corrects") for one in said] == [None, key, one]


def test_a_stay_ends_with_what_let_them_in(resident: Hall) -> None:
    key = resident.decide("crossing-1", by(Authority.IMMIGRATION, Verdict.CLEAR))
    act(resident, ADMISSION, "crossing-1", AdmissionDeed(date(2026, 12, 20), "visa-free"))
    back = resident.take_back(key)
    assert admissions(resident)[2] == (back, "PENDING", False, None)
