"""Random referral over real processes: `counter agency security` under a live hub, at two booths."""

import asyncio
import re
import shutil
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from counter_tui.agencies.ports import FetchAnswer, Inquiry
from counter_tui.agencies.remote import RemoteConnector
from counter_tui.bootstrap import paths
from counter_tui.bootstrap.agency import read_token
from counter_tui.bootstrap.identity import raw
from counter_tui.bootstrap.spared import SPARED
from counter_tui.domain.coding import to_json
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Authority, Band, Verdict
from counter_tui.link.client import WindowClient
from counter_tui.link.fetch import HttpFetch
from counter_tui.link.pinning import pinned_context
from tests.integration.agencies.processes import (
    SHIPPED,
    AgencyProcess,
    asked,
    configured,
    crossing_of,
    own_configuration,
    running,
)
from tests.integration.hub.living import HubProcess, enrolled, who

SECURITY = Authority.SECURITY
MANY = tuple(f"Q{number:07}" for number in range(120))
"""Of so many, at ten in a hundred, nobody is drawn once in 300,000 runs."""
RATES = """
[[lane]]
lane = "A"
staff_minutes = 2000
minutes_each = 20
travellers = 1000
cap_per_mille = 100
owner = "security"
source = "a test"
doubt = "design"

[[lane]]
lane = "B"
staff_minutes = 200
minutes_each = 20
travellers = 1000
cap_per_mille = 100
owner = "security"
source = "a test"
doubt = "design"
"""
"""Of a thousand travellers a hundred on lane A, ten on lane B."""


def staffed(folder: Path) -> Path:
    """The demo's configuration with these hours of staff."""
    shutil.copytree(SHIPPED, folder)
    (folder / "referral.toml").write_text(f'version = "2026-11-22"\ncall = ""\n{RATES}', encoding="utf-8")
    return folder


HERE = ZoneInfo("Asia/Pontianak")
"""Chance falls on somebody for a day of the post."""


class Straight:
    """Asks security's process itself, many at a time: a hub bounds how many one booth may look up."""

    def __init__(self, process: AgencyProcess) -> None:
        self._fetch = HttpFetch(process.url, FetchAnswer, token=read_token(process.token_file))
        self._connector = RemoteConnector(SECURITY, self._fetch)

    async def drawn(self, lane: str, numbers: Collection[str] = MANY) -> set[str]:
        """The documents of those who are drawn on this lane."""
        found = set()
        for number in numbers:
            crossing = crossing_of(number)
            inquiry = Inquiry(crossing.document, crossing.direction, lane, datetime.now(HERE))
            if (await self._connector.section(inquiry)).contributions:
                found.add(number)
        return found

    async def aclose(self) -> None:
        await self._fetch.aclose()


def masked(section: Section) -> str:
    """All that a booth gets of it, but for what is of its own time and chance."""
    said = to_json(replace(section, as_of=None)).decode()
    return re.sub(r'"(id|ciphertext|as_of)":"[^"]+"', r'"\1":""', said)


def client_of_this_machine() -> WindowClient:
    identity = who()
    return WindowClient(identity.address, identity.token, context=pinned_context(raw(identity.authority)))


async def test_a_live_hub_has_them_drawn_the_same_at_every_booth_and_scan_and_worded_like_a_sealed_one(
    post: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = own_configuration(tmp_path / "config", monkeypatch)
    spared = paths.agency_folder("security") / SPARED
    spared.parent.mkdir(parents=True, mode=0o700)
    spared.write_text("", "ascii")
    theirs = staffed(tmp_path / "theirs")
    with running(SECURITY, passphrase=tmp_path / "passphrase", config=theirs) as processes:
        process = processes[SECURITY]
        assert "Referred by chance, by lane: A 10.0 %, B 1.0 %." in process.said
        straight = Straight(process)
        on_a = await straight.drawn("A")
        assert 1 <= len(on_a) <= 40, "about ten in a hundred"
        assert await straight.drawn("B", on_a) < on_a, "with fewer staff fewer of the same"
        configured(processes, folder)
        hub = await asyncio.to_thread(HubProcess().start)
        try:
            await asyncio.to_thread(enrolled, "ENT-3")
            first, number = client_of_this_machine(), min(on_a)
            (section,) = (await asked(first, crossing_of(number))).values()
            (contribution,) = section.contributions
            assert (contribution.verdict, contribution.band_floor) == (Verdict.REFER, Band.AMBER)
            assert "chance" not in to_json(section).decode()
            assert "random" not in to_json(section).decode()
            again = (await asked(first, crossing_of(number)))[SECURITY]
            assert again.contributions == section.contributions
            assert masked(again) == masked(section)
            others = MANY[:12]
            through = {n for n in others if (await asked(first, crossing_of(n)))[SECURITY].contributions}
            assert through == on_a & set(others), "the hub adds none, and hides none"
            await first.aclose()
            shutil.rmtree(paths.live_folder())
            await asyncio.to_thread(enrolled, "ENT-4")
            second = client_of_this_machine()
            elsewhere = (await asked(second, crossing_of(number)))[SECURITY]
            assert elsewhere.contributions == section.contributions
            spared.write_text(f"IDN:{number}\n", "ascii")
            assert (await asked(second, crossing_of(number)))[SECURITY].contributions == (), "whom it watches unnoticed"
            await second.aclose()
        finally:
            hub.end()
        await straight.aclose()


async def test_after_a_restart_the_same_are_drawn_and_without_a_file_nobody(post: None, tmp_path: Path) -> None:
    theirs, spared = staffed(tmp_path / "theirs"), paths.agency_folder("security") / SPARED
    with running(SECURITY, passphrase=tmp_path / "passphrase", config=theirs) as processes:
        process = processes[SECURITY]
        assert any(line.startswith("Nobody is referred by chance") for line in process.said)
        straight = Straight(process)
        assert await straight.drawn("A", MANY[:20]) == set()
        spared.write_text("", "ascii")
        before = await straight.drawn("A")
        assert before
        await straight.aclose()
    with running(SECURITY, passphrase=tmp_path / "passphrase", config=theirs) as processes:
        straight = Straight(processes[SECURITY])
        assert await straight.drawn("A", [*before, *MANY[:12]]) == before
        await straight.aclose()
