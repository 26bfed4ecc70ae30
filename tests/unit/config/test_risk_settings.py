"""The rules of risk as they are shipped, and what is wrong with a file is told with its place."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from counter_tui import settings, settings_risk
from counter_tui.domain.risk import Indicator, JointRisk, RiskRules, Situation, assess
from counter_tui.domain.risk.conditions import compile_condition
from counter_tui.domain.risk.variables import VARIABLES
from counter_tui.domain.texts import Text
from counter_tui.domain.words import Agency, Authority, Band
from counter_tui.errors import ConfigError
from tests.unit.domain.build import NOW, crossing, sections

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
    named = [part.split()[0] for part in settings.load_rulebook().version.split(", ")]
    assert named[:4] == ["risk", "procedures", "documents", "findings"]


# -- signed by whose duty a row is ------------------------------------------------------------------------------------

EVERYBODY = tuple(agency.value for agency in Agency)


def judged(rules: RiskRules) -> JointRisk:
    for _ in rules.indicators.conditions.compile():
        pass
    return assess(Situation(crossing(), "IDN", sections(), NOW), rules)[0]


def test_all_have_signed_in_the_demo_and_nobody_at_a_real_post_with_the_key_that_ships() -> None:
    assert settings_risk.unsigned_risk(demo=True) == ()
    assert settings_risk.unsigned_risk(demo=False) == (*EVERYBODY, "post")
    signed = judged(settings_risk.load_signed_risk(demo=True))
    assert (signed.band, signed.unjudged, signed.version) == (Band.GREEN, (), RISK.version)


def test_where_nobody_has_signed_nothing_is_green_and_it_says_why() -> None:
    rules = settings_risk.load_signed_risk(demo=False)
    found = judged(rules)
    assert (found.band, found.rows) == (Band.AMBER, ())
    assert {u.why.code for u in found.unjudged} == {"rule.not-signed"}
    assert {u.why.as_dict()["owner"] for u in found.unjudged} == {*EVERYBODY, "post"}
    assert {age for _, age in rules.stale_after} == {timedelta(0)}


@pytest.mark.parametrize("change", ["weight", "gone", "added", "age"])
def test_a_row_that_changed_is_not_gone_by_until_its_owner_signs_and_the_others_stand(own: Path, change: str) -> None:
    file = own / "risk.toml"
    text = file.read_text("utf-8")
    if change == "weight":
        text = text.replace("points = 20", "points = 2", 1)
    elif change == "gone":
        first, *rows = text.split("[[indicator]]")
        text = "[[indicator]]".join([first, *(row for row in rows if 'owner = "customs"' not in row)])
    elif change == "added":
        text += ROW
    else:
        text = text.replace("minutes = 240", "minutes = 2400", 1)
    file.write_text(text, "utf-8")
    assert settings_risk.unsigned_risk(demo=True) == ("customs", "post")
    rules = settings_risk.load_signed_risk(demo=True)
    assert rules.version == f"{RISK.version}!customs!post"
    assert {row.owner for row in rules.indicators.rows if row.when} == {"immigration", "quarantine", "security"}
    assert dict(rules.stale_after)[Authority.CUSTOMS] == timedelta(0)
    assert dict(rules.stale_after)[Authority.HEALTH] == timedelta(hours=2)
    assert judged(rules).band is Band.AMBER


def test_another_lines_up_the_file_differently_and_every_signature_holds(own: Path) -> None:
    text = (own / "risk.toml").read_text("utf-8")
    (own / "risk.toml").write_text(text.replace("[[stale]]\n", "# a remark\n\n[[stale]]\n"), "utf-8")
    assert settings_risk.unsigned_risk(demo=True) == ()


def test_a_bound_of_the_post_is_signed_by_all(own: Path) -> None:
    text = (own / "risk.toml").read_text("utf-8")
    (own / "risk.toml").write_text(text.replace("amber = 30", "amber = 99").replace("red = 60", "red = 100"), "utf-8")
    assert settings_risk.unsigned_risk(demo=True) == (*EVERYBODY, "post")


def test_what_was_decided_under_rules_that_not_all_had_signed_is_found_again(own: Path) -> None:
    (own / "risk.toml.sig").unlink()
    rules = settings_risk.load_signed_risk(demo=True)
    again = settings_risk.get_risk(rules.version)
    assert (again, again.indicators.rows) == (rules, rules.indicators.rows)
    assert judged(again).digest() == judged(rules).digest()


def test_an_age_is_its_own_agencys(own: Path) -> None:
    text = (own / "risk.toml").read_text("utf-8")
    (own / "risk.toml").write_text(text.replace('minutes = 240\nowner = "customs"', 'minutes = 240\nowner = "post"', 1))
    with pytest.raises(ConfigError, match=r"config\.wrong-value.*owner"):
        settings_risk.load_risk()
