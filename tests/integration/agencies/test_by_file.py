"""An agency without an interface: its process writes a file, and a real single window answers from it."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.bootstrap import paths
from counter_tui.bootstrap.agency import get_token
from counter_tui.bootstrap.identity import raw
from counter_tui.domain.agency_links import Grade
from counter_tui.domain.words import Authority, SourceState
from counter_tui.link.client import WindowClient
from counter_tui.link.pinning import pinned_context
from counter_tui.workstation.news import SourceAge
from tests.integration.agencies.processes import asked, crossing_of, exported, linked, own_configuration
from tests.integration.hub.living import Booth, HubProcess, at_work, enrolled, who

CUSTOMS = Authority.CUSTOMS
TARGETED = next(one for one in settings.load_demo_people().persons if one.customs.targeted)
"""Of whom customs keeps something sealed."""


def of_customs(booth: Booth) -> SourceAge:
    status = booth.desk.status()
    assert status is not None, "it is prepared"
    return next(one for one in status.sources if one.authority is CUSTOMS)


async def test_what_it_hands_over_is_said_as_of_the_file(
    post: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = own_configuration(tmp_path / "config", monkeypatch)
    folder, about = tmp_path / "from customs", tmp_path / "bus.csv"
    folder.mkdir()
    about.write_text(f"Name;Nationality;Passport No\nX Y;{TARGETED.state};{TARGETED.number}\n", encoding="utf-8")
    token = paths.agency_folder("customs") / "token"
    get_token(token)
    linked(config, CUSTOMS, f'grade = "file"\nfolder = "{folder.as_posix()}"\ntoken_file = "{token.as_posix()}"\n')
    said = await asyncio.to_thread(exported, CUSTOMS, tmp_path / "passphrase", folder, about)
    (file,) = folder.glob("*.jsonl")
    assert file.name in said
    assert file.stat().st_mode & 0o077 == 0
    made = datetime.fromisoformat(json.loads(file.read_bytes().splitlines()[0])["made"])
    hub = await asyncio.to_thread(HubProcess().start)
    try:
        assert not any("customs" in line for line in hub.said if line.startswith("Without a link"))
        await asyncio.to_thread(enrolled)
        identity = who()
        client = WindowClient(identity.address, identity.token, context=pinned_context(raw(identity.authority)))
        async with at_work() as booth:
            await booth.until(lambda: of_customs(booth).as_of == made)
            source = of_customs(booth)
            assert source.link is not None
            assert (source.state, source.link.grade) == (SourceState.CACHED, Grade.FILE)
            came = await asked(client, crossing_of(TARGETED.number))
            assert set(came) == {CUSTOMS}
            section = came[CUSTOMS]
            assert section.source is SourceState.CACHED
            assert section.as_of is not None
            assert section.as_of <= made < datetime.now(UTC)
            assert made - section.as_of < timedelta(minutes=1)
            assert any(finding.sealed for finding in section.findings)
            assert await asked(client, crossing_of("Z9999999")) == {}, "of whom it says nothing nothing is known"
            (folder / "customs-later.jsonl").write_bytes(file.read_bytes()[:-100])
            await booth.until(lambda: (link := of_customs(booth).link) is not None and link.why == "agency.file-cut")
            assert of_customs(booth).as_of == made, "what is refused changes nothing"
        await client.aclose()
    finally:
        hub.end()
    assert any(line.startswith("By file from customs: customs-later.jsonl is not taken.") for line in hub.said)
