"""What is in question of a decision: who signed it, and under which agency's word it cleared for another."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from counter_tui.domain.coding import to_json
from counter_tui.domain.delegation import Delegation
from counter_tui.domain.entries import DecisionBody
from counter_tui.domain.outcome import Judgement
from counter_tui.domain.words import Agency, Authority, Basis, Role, Verdict
from counter_tui.single_window.questions import Questions
from tests.unit.domain.build import PERSON, crossing, officer

SITI = officer(Agency.IMMIGRATION)
NIGHT = Delegation(
    "night",
    "1",
    Agency.QUARANTINE,
    frozenset({Authority.HEALTH}),
    frozenset({Agency.IMMIGRATION}),
    frozenset({Role.OFFICER}),
    "letter 7",
    date(2026, 11, 1),
    date(2026, 11, 30),
    timedelta(hours=8),
    revoked=datetime(2026, 11, 22, tzinfo=UTC),
)


def entry(at: str, basis: Basis, reason: str) -> Any:
    judged = Judgement(Authority.HEALTH, PERSON, Verdict.CLEAR, basis, reason)
    body = DecisionBody(crossing(), SITI.id, (judged,), "", (), "1", training=True)
    return SimpleNamespace(body=to_json(body), recorded_at=at)


@pytest.mark.parametrize(
    ("at", "basis", "reason", "why"),
    [
        ("2026-11-21T05:00:00.000Z", Basis.DELEGATED, "delegated.night", ""),
        ("2026-11-22T05:00:00.000Z", Basis.DELEGATED, "delegated.night", "delegation.ended"),
        ("2026-10-31T05:00:00.000Z", Basis.DELEGATED, "delegated.night", "delegation.ended"),
        ("2026-10-31T17:00:01.000Z", Basis.DELEGATED, "delegated.night", ""),
        ("2026-11-21T05:00:00.000Z", Basis.DELEGATED, "delegated.other", "delegation.ended"),
        ("2026-11-22T05:00:00.000Z", Basis.OFFICER, "clear.checked", ""),
    ],
    ids=["in force", "revoked", "before its first day", "that day at the post", "unknown", "an officer's own"],
)
def test_a_delegation_counts_as_it_was_when_it_was_used(at: str, basis: Basis, reason: str, why: str) -> None:
    questions = Questions({SITI.id: SITI}, [NIGHT], "Asia/Pontianak")
    assert questions.of(entry(at, basis, reason), SITI.id) == why


def test_who_is_not_on_the_staff_is_in_question_whatever_they_recorded() -> None:
    questions = Questions({}, [], "Asia/Pontianak")
    assert questions.of(entry("2026-11-21T05:00:00.000Z", Basis.OFFICER, ""), SITI.id) == "authority.ended"
    assert questions.of(SimpleNamespace(body=b"{", recorded_at="x"), None) == ""  # type: ignore[arg-type]
