"""The rules of risk as they are shipped, and what is wrong with a file is told with its place."""

import shutil
from pathlib import Path

import pytest

from counter_tui import settings, settings_risk
from counter_tui.domain.risk import Indicator
from counter_tui.domain.risk.conditions import compile_condition
from counter_tui.domain.risk.variables import VARIABLES
from counter_tui.domain.texts import Text
from counter_tui.domain.words import Band
from counter_tui.errors import ConfigError

RISK = settings_risk.load_risk()
ROW = """
[[indicator]]
id = "post.more"
authority = "customs"
when = "hour > 3"
points = 5
owner = "customs"
legal_basis = "none"
source = "test"
doubt = "design"
valid_from = 2026-01-01
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(settings.config_folder(), tmp_path / "config", ignore=shutil.ignore_patterns("locales"))
    monkeypatch.setenv("COUNTER_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config"


def add(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + text, "utf-8")


@pytest.mark.parametrize("row", RISK.indicators.rows, ids=lambda row: row.id)
def test_every_row_that_is_shipped_is_a_condition(row: Indicator) -> None:
    assert not isinstance(compile_condition(row.when, VARIABLES), Text)
    assert row.points or row.band_floor > Band.GREEN


def test_a_row_is_read_whole(own: Path) -> None:
    add(own / "risk.toml", ROW)
    row = settings_risk.load_risk().indicators.rows[-1]
    assert (row.id, row.points, row.owner, row.valid_from.isoformat()) == ("post.more", 5, "customs", "2026-01-01")


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        ('id = "post.more"', 'id = "post.three-authorities"', r"config\.doubled.*post\.three-authorities"),
        ("points = 5", "points = -5", r"config\.wrong-value.*points.*0 to 100"),
        ("points = 5", "points = 101", r"config\.wrong-value.*points"),
        ('owner = "customs"', 'owner = "somebody"', r"config\.wrong-value.*owner"),
        ('owner = "customs"\n', "", r"config\.missing-key.*owner"),
        ('legal_basis = "none"', 'legal_basis = ""', r"config\.missing-key.*legal_basis"),
        ('doubt = "design"', 'doubt = "some"', r"config\.wrong-value.*doubt"),
        ('authority = "customs"', 'authority = "post"', r"config\.wrong-value.*authority"),
        ("points = 5", 'nationality = "XXX"', r"config\.unknown-key.*nationality"),
        ("points = 5", 'verdict = "REFER"', r"config\.wrong-value.*action"),
        ("points = 5", 'action = "refer"', r"config\.wrong-value.*action"),
        ("points = 5", 'params = ["colour"]', r"config\.wrong-value.*params"),
        ("valid_from = 2026-01-01", 'valid_from = "today"', r"config\.wrong-value.*valid_from"),
        ("valid_from = 2026-01-01", "valid_from = 2026-01-01T00:00:00", r"config\.wrong-value.*valid_from"),
        ("[[indicator]]", "[[indicators]]", r"config\.unknown-key.*indicators"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_with_its_place(own: Path, before: str, after: str, wrong: str) -> None:
    assert before in ROW
    add(own / "risk.toml", ROW.replace(before, after))
    with pytest.raises(ConfigError, match=wrong):
        settings_risk.load_risk()


def test_versions_lie_beside_each_other_and_each_is_found(own: Path) -> None:
    now = RISK.version
    text = (own / "risk.toml").read_text("utf-8")
    older = text.replace(f'version = "{now}"', 'version = "2020-02-02"').replace("amber = 30", "amber = 20")
    (own / "risk-2020.toml").write_text(older, "utf-8")
    assert settings_risk.load_risk().version == now
    assert (settings_risk.get_risk("2020-02-02").amber, settings_risk.get_risk(now).amber) == (20, 30)
    with pytest.raises(ConfigError, match=r"config\.no-such-name.*2019"):
        settings_risk.get_risk("2019")


def test_a_decision_names_all_the_versions_that_it_leans_on() -> None:
    assert [part.split()[0] for part in settings.load_rulebook().version.split(", ")] == [
        "risk",
        "procedures",
        "documents",
        "findings",
    ]
