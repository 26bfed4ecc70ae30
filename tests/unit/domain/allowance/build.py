"""Acts of one resident, as counters record them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from counter_tui.domain.acts import Act, Second
from counter_tui.domain.allowance.deeds import AllowanceDeed, What
from counter_tui.domain.allowance.terms import Terms
from counter_tui.domain.posts import Officer
from counter_tui.domain.words import Agency, Role

BEGIN = datetime(2026, 11, 5, 2, 0, tzinfo=UTC)
WHO = "KILB:KILB01190"
CUSTOMS = frozenset({Agency.CUSTOMS})
OFFICER = Officer("dominikus", "Dominikus", Agency.CUSTOMS, Role.OFFICER, CUSTOMS)
HEAD = Officer("maria", "Maria", Agency.CUSTOMS, Role.SUPERVISOR, CUSTOMS)
OTHER = Officer("ratna", "Ratna", Agency.IMMIGRATION, Role.OFFICER, frozenset({Agency.IMMIGRATION}))
TERMS = Terms(
    neighbour="MYS",
    currency="MYR",
    allowance=60_000,
    draw=60_000,
    offline_crossing=30_000,
    offline_resident=30_000,
    slices=4,
    confirm_within=timedelta(hours=24),
    grant=CUSTOMS,
    legal_basis="PMK 80/2019",
    source="test",
    doubt="none",
)


def deed(what: What, sen: int, **more: Any) -> AllowanceDeed:
    return AllowanceDeed(what, more.pop("resident", WHO), more.pop("month", "2026-11"), sen, **more)


def act(id_: str, what: What, sen: int, *, after: tuple[str, ...] = (), minutes: int = 0, **more: Any) -> Act:
    """`minutes` after the beginning, at the counter that the id names."""
    at = BEGIN + timedelta(minutes=minutes or int(id_.rpartition("/")[2]))
    officer = more.pop("officer", OFFICER.id)
    second = more.pop("second", Second(HEAD.id) if what is What.CORRECTED else None)
    return Act(id_, "allowance", "resident-x", officer, at, deed(what, sen, **more), after, second)
