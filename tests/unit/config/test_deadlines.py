"""The deadlines' file: all of them are there, in order, and count only as every agency has signed them."""

import io
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.bootstrap.floor_rules import check_floor, sign_floor
from counter_tui.bootstrap.signing import SigningOrder
from counter_tui.cli import main
from counter_tui.domain.deadlines import CLOSED
from counter_tui.domain.joint.state import Law
from counter_tui.domain.words import Agency
from counter_tui.errors import ConfigError
from counter_tui.settings_deadlines import load_deadlines, load_signed_deadlines, unsigned_deadlines
from counter_tui.settings_floor import unsigned_floor

Change = Callable[[str, str], None]


@pytest.fixture
def change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Change:
    """Changes a shipped file, in a folder of its own."""
    folder = tmp_path / "config"
    shutil.copytree(settings.config_folder(), folder, ignore=shutil.ignore_patterns("lists", "locales"))
    monkeypatch.setenv("COUNTER_CONFIG", str(folder))

    def changed(old: str, new: str) -> None:
        path = folder / "deadlines.toml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return changed


def test_all_have_signed_in_the_demo_and_the_rulebook_goes_by_them() -> None:
    deadlines = load_signed_deadlines(demo=True)
    assert deadlines == load_deadlines()
    assert deadlines.review == (timedelta(minutes=15), timedelta(minutes=30), timedelta(minutes=60))
    assert (deadlines.rerun, deadlines.confirm) == (timedelta(minutes=30), Law().confirm_within)
    book = settings.load_rulebook(demo=True)
    assert (book.deadlines, book.law.confirm_within) == (deadlines, deadlines.confirm)
    assert f"deadlines {deadlines.version}" in book.version


def test_without_one_agencys_signature_every_deadline_is_over_at_once(change: Change) -> None:
    assert unsigned_deadlines(demo=False) == tuple(agency.value for agency in Agency)
    change("minutes = 15", "minutes = 20")
    found = load_signed_deadlines(demo=True)
    assert (found.review, found.rerun, found.confirm) == (CLOSED.review, CLOSED.rerun, CLOSED.confirm)
    assert found.unsigned == tuple(agency.value for agency in Agency)
    assert settings.load_rulebook(demo=True).law.confirm_within == timedelta(0)


def test_an_agency_signs_both_files_and_what_is_missing_is_told(change: Change) -> None:
    change("minutes = 15", "minutes = 20")
    key = settings.config_folder() / "demo" / "sharing" / "demo-sharing-key.pem"
    out = io.StringIO()
    assert check_floor("en", out) == 1
    assert "deadlines.toml: not signed by immigration, customs, quarantine, security, post" in out.getvalue()
    for agency in Agency:
        assert sign_floor(SigningOrder(agency, key), language="en", out=out) == 0
    assert (unsigned_deadlines(demo=True), unsigned_floor(demo=True)) == ((), ())
    assert main(["floor"]) == 0


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("minutes = 15", "minutes = 0", "minutes"),
        ("minutes = 15", "minutes = 99999", "minutes"),
        ("minutes = 15", "minutes = 45", "deadline"),
        ('id = "confirm"', 'id = "rerun"', "deadline"),
        ('owner = "post"', 'owner = "customs"', "owner"),
        ('legal_basis = "post decree"', 'legal_basis = ""', "legal_basis"),
        ('doubt = "design"', 'doubt = "some"', "doubt"),
        ('[[deadline]]\nid = "confirm"', '[[deadlines]]\nid = "confirm"', "deadlines"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(change: Change, old: str, new: str, wrong: str) -> None:
    change(old, new)
    with pytest.raises(ConfigError, match=rf"deadlines\.toml.*{wrong}|{wrong}.*deadlines\.toml"):
        load_deadlines()
