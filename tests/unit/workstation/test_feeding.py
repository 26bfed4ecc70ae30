"""What the feed brings is kept as what it is; what is not understood is left out, and harms nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_tui.domain.coding import to_json
from counter_tui.domain.words import Authority, SourceState
from counter_tui.workstation.feeding import Feeding
from counter_tui.workstation.news import Expected
from counter_tui.workstation.records import CachedRecords
from offline_cache import COUNTER_SCHEMA, Records, Vault
from tests.integration.reading.reading_booth import DETAIL, section, traveller
from tests.integration.single_window.world import decision
from tests.unit.workstation.build import POST

AT = "2026-11-21T05:14:02.000Z"
KEY = traveller().key


class Fed:
    """A cache and its feed."""

    def __init__(self, vault: Vault) -> None:
        self.store = Records(vault)
        self.cached = CachedRecords(self.store)
        self.feeding = Feeding(self.store, self.cached, POST)

    def keep(self, kind: str, key: str, body: bytes, *, as_of: str = AT, owner: str = "immigration") -> None:
        self.feeding.keep(kind, key, body, as_of=as_of, owner=owner)


@pytest.fixture
def fed(tmp_path: Path) -> Iterator[Fed]:
    with Vault.create(tmp_path / "v", bytes(32), COUNTER_SCHEMA) as vault:
        yield Fed(vault)


def test_an_expected_traveller_is_found_at_once(fed: Fed) -> None:
    assert fed.cached.expecting().travellers == 0
    fed.keep("expected", KEY, to_json(Expected(traveller())))
    assert fed.cached.expecting().travellers == len(fed.cached.search(traveller().surname)) == 1


def test_a_section_is_kept_whole_for_its_agency_and_what_it_shares_for_all(fed: Fed) -> None:
    fed.keep("section", f"{KEY}/health", to_json(section(Authority.HEALTH)), owner="health")
    whole, shared = (fed.store.find(kind, f"{KEY}/health") for kind in ("section", "shared"))
    assert whole is not None
    assert shared is not None
    assert (whole.partition, shared.partition) == ("quarantine", "")
    assert DETAIL in whole.body.decode()
    assert DETAIL not in shared.body.decode()
    found = {s.authority: s.source for s in fed.cached.sections(KEY)}
    assert found[Authority.HEALTH] is SourceState.CACHED
    assert fed.cached.source_age(Authority.HEALTH) is not None


@pytest.mark.parametrize(
    ("kind", "key", "body"),
    [
        ("section", f"{KEY}/customs", to_json(section(Authority.HEALTH))),
        ("section", f"{KEY}/health", b"{"),
        ("section", "health", to_json(section(Authority.HEALTH))),
        ("identity", "x", b"{}"),
        ("list", "ofac", b"{}"),
        ("blind-key", "x/y", b"{}"),
        ("source", "customs", b"{}"),
        ("tomorrow's", "x", b"{}"),
    ],
)
def test_what_is_not_understood_is_left_out(fed: Fed, kind: str, key: str, body: bytes) -> None:
    fed.keep(kind, key, body)
    assert fed.store.count() == 0


def test_a_section_with_a_time_that_is_none_is_left_out(fed: Fed) -> None:
    fed.keep("section", f"{KEY}/health", to_json(section(Authority.HEALTH)), as_of="yesterday")
    assert fed.store.count() == 0


def test_what_another_counter_decided_is_kept_and_read_by_nobody_who_cannot(fed: Fed) -> None:
    fed.keep("decision", "A1/7", decision(), owner="A1")
    fed.keep("decision", "A1/8", b"{", owner="A1")
    assert [record.key for record in fed.store.all("decision")] == ["A1/7", "A1/8"]
