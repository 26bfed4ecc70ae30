"""The links to the agencies, as they are configured."""

import shutil
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.agencies.security.simulated import DEMO_KEY
from counter_tui.domain.agency_links import Grade
from counter_tui.domain.words import Authority
from counter_tui.errors import ConfigError
from counter_tui.settings_agencies import load_agency_limits, load_agency_links


def test_the_demo_is_live_and_a_real_post_begins_without_links() -> None:
    assert {terms.grade for terms in load_agency_links(demo=True).values()} == {Grade.LIVE}
    live = load_agency_links(demo=False)
    assert set(live) == set(Authority)
    assert {terms.grade for terms in live.values()} == {Grade.NONE}


def test_the_demos_list_key_counts_in_the_demo_alone() -> None:
    from base64 import b64encode

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    public = Ed25519PrivateKey.from_private_bytes(DEMO_KEY).public_key().public_bytes_raw()
    assert load_agency_limits(demo=True).list_keys == (b64encode(public).decode(),)
    assert load_agency_limits(demo=False).list_keys == ()


def configured(folder: Path, monkeypatch: pytest.MonkeyPatch, right: str, wrong: str) -> None:
    shutil.copytree(settings.config_folder(), folder, ignore=shutil.ignore_patterns("locales"))
    table = (folder / "agencies.toml").read_text(encoding="utf-8")
    assert right in table
    (folder / "agencies.toml").write_text(table.replace(right, wrong), encoding="utf-8")
    monkeypatch.setenv("COUNTER_CONFIG", str(folder))


def load_both() -> None:
    for demo in (True, False):
        load_agency_links(demo=demo)


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("answer = 4.0", "answer = 0.0", "config.wrong-value"),
        ("answer = 4.0", "answer = 30.0", "config.wrong-value"),
        ("rest = 5.0", "rest = 500.0", "config.wrong-value"),
        ("failures = 3", "failures = 0", "config.wrong-value"),
        ("jitter_percent = 20", "jitter_percent = 101", "config.wrong-value"),
        ("at_once = 16", "at_once = 0", "config.wrong-value"),
        ('grade = "live"', 'grade = "best"', "config.wrong-value"),
        ('grade = "none"', 'grade = "query"', "config.missing-key"),
        ("list_keys = [", 'list_keys = ["AAAA", ', "config.wrong-value"),
        ('authority = "customs"\ndemo', 'authority = "immigration"\ndemo', "config.doubled"),
        ('source = "the demo"', 'sauce = "the demo"', "config.missing-key"),
        ('owner = "post"', 'owner = ""', "config.missing-key"),
        ("at_once = 16", "at_twice = 16", "config.unknown-key"),
    ],
)
def test_what_is_wrong_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, right: str, wrong: str, code: str
) -> None:
    configured(tmp_path / "config", monkeypatch, right, wrong)
    with pytest.raises(ConfigError) as refused:
        load_both()
    assert refused.value.code == code


def test_a_row_says_otherwise_than_is_usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change = 'authority = "customs"\ndemo = true'
    configured(tmp_path / "config", monkeypatch, change, f"{change}\nanswer = 1.5\njitter_percent = 0")
    links = load_agency_links(demo=True)
    assert (links[Authority.CUSTOMS].patience.answer, links[Authority.CUSTOMS].patience.jitter) == (1.5, 0.0)
    assert (links[Authority.HEALTH].patience.answer, links[Authority.HEALTH].patience.jitter) == (4.0, 0.2)
