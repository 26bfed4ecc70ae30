"""What the panes look like: at the smallest and at a large size, with awkward names, and without colour."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from counter_tui.domain.view import MergedView
from counter_tui.domain.words import Verdict
from tests.screens.panes.desk import OutboxHost, StillDesk
from tests.screens.panes.host import InspectionHost, ReadyHost, SearchHost
from tests.unit.tui.paint.travellers import (
    IMMIGRATION,
    JOINT,
    amina,
    crossing,
    crowded,
    green,
    named,
    outbox,
    recorded,
    sealed,
    unanswered,
    view,
    withheld,
)

Compare = Callable[..., bool]
SIZES = [pytest.param((80, 24), id="80x24"), pytest.param((120, 40), id="120x40")]
TRAVELLERS = {
    "green": green,
    "amina": amina,
    "sealed": sealed,
    "withheld": withheld,
    "unanswered": unanswered,
    "crowded": crowded,
    "cjk": lambda: view(of=crossing(named("陈", "伟强"))),
    "arabic": lambda: view(of=crossing(named("محمد", "عبد الرحمن"))),
    "long": lambda: view(
        of=crossing(named("WIJAYAKUSUMANINGRAT SASTRODININGRAT", "RADEN MAS SOERYO ADHI KUSUMO PUTRA"))
    ),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("who", TRAVELLERS)
def test_inspection(snap_compare: Compare, who: str, size: tuple[int, int]) -> None:
    of: Callable[[], MergedView] = TRAVELLERS[who]
    officer = IMMIGRATION if who == "withheld" else JOINT
    changed = frozenset({"customs", "band"}) if who == "amina" else frozenset[str]()
    assert snap_compare(InspectionHost(of(), officer, changed=changed), terminal_size=size)


@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_inspection_in_other_themes(snap_compare: Compare, theme: str) -> None:
    assert snap_compare(InspectionHost(amina(), theme=theme), terminal_size=(80, 24))


@pytest.mark.parametrize("size", SIZES)
def test_recorded(snap_compare: Compare, size: tuple[int, int]) -> None:
    after, entry = recorded(green())
    assert snap_compare(InspectionHost(after, decided=entry), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sheet", ["why", "panel"])
def test_sheet(snap_compare: Compare, sheet: str, size: tuple[int, int]) -> None:
    app = InspectionHost(amina())

    async def opened(pilot: Pilot[None]) -> None:
        app.pane.show_why() if sheet == "why" else app.pane.show_panel(3)
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=opened)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("verdict", "keys"),
    [("HOLD", ""), ("HOLD", "enter"), ("HOLD", "enter down enter"), ("REFUSE", "")],
    ids=["subject", "reason", "note", "citizen"],
)
def test_drawer(snap_compare: Compare, verdict: str, keys: str, size: tuple[int, int]) -> None:
    app = InspectionHost(amina())

    async def asked(pilot: Pilot[None]) -> None:
        app.query_one("#drawer-input").cursor_blink = False  # type: ignore[attr-defined]
        app.judge(Verdict[verdict])
        await pilot.press(*keys.split())
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=asked)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("quiet", [False, True], ids=["busy", "quiet"])
def test_ready(snap_compare: Compare, size: tuple[int, int], *, quiet: bool) -> None:
    assert snap_compare(ReadyHost(quiet=quiet), terminal_size=size)


def test_search(snap_compare: Compare) -> None:
    app = SearchHost()

    async def typed(pilot: Pilot[None]) -> None:
        app.field().cursor_blink = False
        await pilot.press(*"guest")
        await app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(app, terminal_size=(80, 24), run_before=typed)


@pytest.mark.parametrize("size", SIZES)
def test_outbox(snap_compare: Compare, size: tuple[int, int]) -> None:
    app = OutboxHost(StillDesk(outbox(118)))

    async def opened(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.press("down", "down", "down")
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=opened)
