"""What NOT CHECKED looks like with its reason: in the panels, and in an agency's own screen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from counter_tui.domain.agency_links import AgencyLink, Grade, Standing
from counter_tui.domain.sections import not_checked
from counter_tui.domain.words import Authority
from counter_tui.tui.paint.sources import Sources
from tests.screens.panes.host import InspectionHost
from tests.unit.tui.paint.travellers import NOW, cached, view

Compare = Callable[..., bool]
SIZES = [pytest.param((80, 24), id="80x24"), pytest.param((120, 40), id="120x40")]
MINUTE = timedelta(minutes=1)
AGO, SOON = NOW - 30 * MINUTE, NOW + 5 * MINUTE
RESTING = Standing.RESTING
LINKS = (
    AgencyLink(Authority.IMMIGRATION, Grade.NONE, Standing.ANSWERING, AGO),
    AgencyLink(Authority.CUSTOMS, Grade.FILE, Standing.ANSWERING, AGO, last_answer=NOW - 12 * MINUTE),
    AgencyLink(Authority.HEALTH, Grade.LIVE, RESTING, AGO, SOON, NOW - 31 * MINUTE, "agency.no-answer"),
    AgencyLink(Authority.ANIMAL_PLANT, Grade.LIVE, RESTING, AGO, SOON, NOW - 31 * MINUTE, "agency.refused 503"),
    AgencyLink(Authority.SECURITY, Grade.FILE, Standing.ANSWERING, AGO, last_answer=NOW - 200 * MINUTE),
)


class LinksHost(InspectionHost):
    """Customs came by file; of the others nothing is known, each for another reason."""

    def __init__(self) -> None:
        silent = [not_checked(one) for one in Authority if one is not Authority.CUSTOMS]
        super().__init__(view(cached(Authority.CUSTOMS), *silent))

    def on_mount(self) -> None:
        super().on_mount()
        self.pane.stand(Sources(None, LINKS))


@pytest.mark.parametrize("size", SIZES)
def test_why_it_is_not_checked(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(LinksHost(), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_an_agencys_own_screen(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def open_quarantine(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, LinksHost)
        pilot.app.pane.show_panel(3)
        await pilot.pause()

    assert snap_compare(LinksHost(), terminal_size=size, run_before=open_quarantine)


async def test_what_is_told_of_a_link_is_on_the_screen_without_another_question() -> None:
    app = LinksHost()
    async with app.run_test(size=(80, 24)) as pilot:
        app.pane.show_panel(3)
        await pilot.pause()
        before = app.export_screenshot()
        app.pane.stand(Sources(NOW, LINKS))
        await pilot.pause()
        assert app.export_screenshot() != before
