"""How the agencies' links stand, from the single window's feed to the status and the doctor."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_tui.bootstrap.doctor_links import examine_links
from counter_tui.domain.agency_links import AgencyLink, Grade, Standing, read_link
from counter_tui.domain.coding import to_json, to_plain
from counter_tui.domain.words import Authority
from counter_tui.workstation.feeding import Feeding
from counter_tui.workstation.records import CachedRecords
from counter_tui.workstation.status import _source
from offline_cache import COUNTER_SCHEMA, Records, Vault
from tests.unit.workstation.build import POST

NOW = datetime(2026, 11, 21, 5, 14, 2, tzinfo=UTC)
RESTING = AgencyLink(
    Authority.CUSTOMS,
    Grade.LIVE,
    Standing.RESTING,
    NOW,
    NOW + timedelta(seconds=90),
    NOW - timedelta(minutes=9),
    "agency.refused 503",
)
LINKS = (
    RESTING,
    AgencyLink(Authority.HEALTH, Grade.NONE, Standing.ANSWERING, NOW),
    AgencyLink(Authority.SECURITY, Grade.LIVE, Standing.LATE, NOW, last_answer=NOW),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Records]:
    with Vault.create(tmp_path / "v", bytes(32), COUNTER_SCHEMA) as vault:
        yield Records(vault)


def fed(store: Records, *links: AgencyLink) -> CachedRecords:
    cached = CachedRecords(store)
    feeding = Feeding(store, cached, POST)
    for link in links:
        feeding.keep("link", link.authority.value, to_json(link), as_of="2026-11-21T05:14:02.000Z", owner="x")
    return cached


@pytest.mark.parametrize("link", LINKS)
def test_what_is_written_is_read_again(link: AgencyLink) -> None:
    assert read_link(to_json(link)) == link


@pytest.mark.parametrize(
    "change",
    [
        {"authority": "post"},
        {"grade": "best"},
        {"standing": None},
        {"since": None},
        {"since": "2026-11-21T05:14:02"},
        {"until": "soon"},
        {"last_answer": 7},
    ],
)
def test_what_is_none_is_left_out(store: Records, change: dict[str, Any]) -> None:
    plain = to_plain(RESTING) | change
    assert read_link(json.dumps(plain).encode()) is None
    Feeding(store, CachedRecords(store), POST).keep("link", "customs", json.dumps(plain).encode(), as_of="", owner="x")
    assert store.count() == 0


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"[" * 5000, b"\xff", b'{"x":' + b" " * 9000 + b"1}"])
def test_garbage_is_no_link(body: bytes) -> None:
    assert read_link(body) is None


def test_a_link_under_another_name_is_left_out(store: Records) -> None:
    Feeding(store, CachedRecords(store), POST).keep("link", "health", to_json(RESTING), as_of="", owner="x")
    assert store.count() == 0


def test_it_is_known_at_once_and_after_a_restart(store: Records) -> None:
    cached = fed(store)
    assert cached.find_link(Authority.CUSTOMS) is None
    cached = fed(store, RESTING)
    assert cached.find_link(Authority.CUSTOMS) == RESTING
    again = replace(RESTING, standing=Standing.ANSWERING, until=None, why="")
    cached = fed(store, again)
    assert CachedRecords(store).find_link(Authority.CUSTOMS) == cached.find_link(Authority.CUSTOMS) == again


@pytest.mark.parametrize(("link", "state"), [(None, "live"), (LINKS[0], "cached"), (LINKS[2], "cached")])
def test_a_source_whose_link_does_not_answer_in_time_is_not_called_live(
    store: Records, link: AgencyLink | None, state: str
) -> None:
    authority = link.authority if link else Authority.CUSTOMS
    cached = fed(store, *([link] if link else []))
    cached.keep_source(authority, "2026-11-21T05:14:02.000Z")
    source = _source(authority, cached, NOW - timedelta(minutes=5))
    assert (source.state.value, source.link) == (state, link)


def test_the_doctor_tells_what_there_is_to_tell(store: Records) -> None:
    ordinary = AgencyLink(Authority.IMMIGRATION, Grade.LIVE, Standing.ANSWERING, NOW, last_answer=NOW)
    fed(store, *LINKS, ordinary)
    said = {name: (verdict, text) for verdict, name, text in examine_links(store, NOW, str, "en")}
    assert set(said) == {"customs", "health", "security"}
    verdict, text = said["customs"]
    assert verdict == "warn"
    for part in ("rests since 2026-11-21 05:14", "asked again 2026-11-21 05:15", "last answer 2026-11-21 05:05", "503"):
        assert part in text
    assert said["health"][0] == "warn"
    assert "NOT CHECKED" in said["health"][1]
    assert said["security"][0] == "ok"
