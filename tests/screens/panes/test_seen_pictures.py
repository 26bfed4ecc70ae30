"""The outbox with the agencies' answers: seen, partly seen, and refused, with who is missing."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from counter_tui.domain.words import DeliveryState
from tests.screens.panes.desk import OutboxHost, StillDesk
from tests.unit.tui.paint.test_seen import TOLD, answer, entry

Compare = Callable[..., bool]
SIZES = [pytest.param((80, 24), id="80x24"), pytest.param((120, 40), id="120x40")]


@pytest.mark.parametrize("size", SIZES)
def test_outbox_of_what_was_seen(snap_compare: Compare, size: tuple[int, int]) -> None:
    taken = [answer(one, f"{one.value[:3].upper()}-2026-000017") for one in TOLD]
    seen = entry(DeliveryState.SEEN, *taken)
    partly = entry(DeliveryState.RECEIVED, *taken[:2])
    refused = entry(DeliveryState.REFUSED, *taken[:1], answer(TOLD[1], refused="CARD-CLOSED"), reason="customs: x")
    lines = [replace(one, sequence=number) for number, one in enumerate((seen, partly, refused), start=1)]

    async def opened(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(OutboxHost(StillDesk(tuple(reversed(lines)))), terminal_size=size, run_before=opened)
