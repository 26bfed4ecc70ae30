"""What the post has agreed on about cases: read, bounded, in force from its day on."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from counter_tui.domain.statements import Topic
from counter_tui.domain.words import Agency
from counter_tui.errors import ConfigError
from counter_tui.settings_cases import load_cases


def test_each_agency_is_asked_to_look_has_a_law_to_hold_by_and_more_to_do() -> None:
    rules = load_cases().on(date(2026, 11, 21))
    for agency in Agency:
        assert rules.opening(agency) is not None
        assert rules.holds_of(agency)
        assert len(rules.tasks_of(agency)) > 1


def test_what_is_said_of_health_is_for_quarantine_and_whoever_asked() -> None:
    rules = load_cases()
    asking = frozenset({Agency.IMMIGRATION})
    assert rules.hears(Topic.HEALTH, asking) == {Agency.QUARANTINE, Agency.IMMIGRATION}
    assert rules.hears(Topic.PURPOSE, asking) == frozenset()


def test_nothing_is_in_force_before_its_day() -> None:
    rules = load_cases().on(date(2026, 10, 31))
    assert (rules.tasks, rules.holds, rules.hearing) == ((), (), ())


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ("minutes = 20", "minutes = 0", "config.wrong-value"),
        ("review_minutes = 60", "review_minutes = 99999", "config.wrong-value"),
        ('agency = "customs"', 'agency = "navy"', "config.wrong-value"),
        ('doubt = "design"', 'doubt = "none at all"', "config.wrong-value"),
        ('id = "cash"', 'id = "goods"', "config.doubled"),
        ('topic = "cash"', 'topics = "cash"', "config.unknown-key"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, was: str, now: str, code: str) -> None:
    folder = tmp_path / "config"
    shutil.copytree(Path(__file__).parents[3] / "config", folder)
    text = (folder / "cases.toml").read_text("utf-8")
    assert was in text
    (folder / "cases.toml").write_text(text.replace(was, now, 1), "utf-8")
    monkeypatch.setenv("COUNTER_CONFIG", str(folder))
    with pytest.raises(ConfigError) as told:
        load_cases()
    assert told.value.code == code
