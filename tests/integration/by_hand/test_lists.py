"""Lists on a stick: as their owner signed them, only what leads on, and laid where the counter looks for new ones."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from counter_tui.bootstrap.bundles_content import Opening
from counter_tui.bootstrap.bundles_lists import Shelf, held_versions
from counter_tui.bootstrap.list_records import ListRecord, keep_record
from counter_tui.domain.screening.lists import Screened
from offline_cache import BundleWrong, Records
from tests.integration.by_hand.post import Stick
from tests.unit.workstation.listing import WATCH, Row, Source, rule

SITI: Row = ("1", "Siti Aminah Harun", "1974-08-12", "")
BUDI: Row = ("2", "Budi Hartono Wijaya", "1980-01-02", "")


@pytest.fixture
def post(tmp_path: Path) -> Stick:
    return Stick(tmp_path, rules={WATCH: rule()})


@pytest.fixture
def source(post: Stick) -> Source:
    return Source(post.folder / "lists")


def laid(post: Stick) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((post.a1.folder / "lists").iterdir())}


def hold(post: Stick, version: int) -> None:
    """The counter has loaded this version."""
    held = ListRecord(WATCH, "f", version, datetime(2026, 11, 21, tzinfo=UTC), 1, "", "")
    keep_record(Records(post.a1.booth.journal._vault), held)


def test_a_list_comes_as_it_was_signed(post: Stick, source: Source) -> None:
    path = source.lay([SITI], 3)
    _, done, took = post.there_and_back()
    assert done.files == took.files == ["watch-3.csv.sig", "watch-3.csv"]
    assert laid(post) == {name: path.with_name(name).read_bytes() for name in ("watch-3.csv", "watch-3.csv.sig")}
    assert post.a1.take(post.down).again
    assert len(laid(post)) == 2


def test_what_is_held_or_newer_at_the_counter_does_not_travel(post: Stick, source: Source) -> None:
    source.lay([SITI], 3)
    hold(post, 3)
    assert held_versions(post.a1.booth.journal._vault) == {WATCH: 3}
    _, done, _ = post.there_and_back()
    assert done.files == []
    hold(post, 2)
    _, done, _ = post.there_and_back()
    assert done.files == ["watch-3.csv.sig", "watch-3.csv"]


def test_what_leads_on_is_taken_before_the_whole(post: Stick, source: Source) -> None:
    source.lay([SITI], 1)
    source.lay([SITI, BUDI], 2)
    source.lay_delta(1, 2)
    hold(post, 1)
    _, done, _ = post.there_and_back()
    assert done.files == ["watch-2.delta.sig", "watch-2.delta"]


def test_lists_of_other_posts_or_screened_elsewhere_stay(post: Stick, source: Source) -> None:
    source.lay([SITI], 3, posts=("nanga-badau",))
    assert list(post.desk.shelf.news({})) == []
    source.lay([SITI], 3, posts=("entikong",))
    assert len(list(post.desk.shelf.news({}))) == 2
    elsewhere = Shelf((source.folder,), {WATCH: rule(screened=Screened.POST)}, "entikong")
    assert list(elsewhere.news({})) == []


def test_a_budget_is_kept(post: Stick, source: Source) -> None:
    source.lay([SITI], 3)
    assert list(post.desk.shelf.news({}, budget=100)) == []


def test_a_large_list_goes_in_parts(post: Stick, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counter_tui.bootstrap.bundles_lists.PART_BYTES", 1000)
    path = source.lay([(str(n), f"Name {n}", "1980-01-02", "") for n in range(500)], 1)
    post.there_and_back()
    assert laid(post)["watch-1.csv"] == path.read_bytes()


def test_a_damaged_stick_lays_nothing(post: Stick, source: Source) -> None:
    source.lay([SITI], 3)
    post.a1.export(post.up)
    post.bring()
    whole = bytearray(post.down.read_bytes())
    whole[-200] ^= 1
    post.down.write_bytes(whole)
    with pytest.raises(BundleWrong, match="bundle.bad-signature"):
        post.a1.take(post.down)
    assert not (post.a1.folder / "lists").exists()


def test_an_opening_is_bounded() -> None:
    with pytest.raises(ValueError, match="lists"):
        Opening(version=1, cursors=(0, 0, 0, 0), lists={f"l{n}": 1 for n in range(201)})
