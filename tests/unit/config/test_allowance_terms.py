"""The terms of residents' allowance, as they stand in config/."""

from datetime import timedelta
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.errors import ConfigError
from counter_tui.settings_allowance import load_allowance_terms

ROW = """
version = "1"
post = "MYS"
[[allowance]]
neighbour = "MYS"
currency = "MYR"
per = "month"
allowance = 60000
draw = 60000
offline_crossing = 30000
offline_resident = 30000
slices = 4
confirm_hours = 24
grant = ["customs"]
owner = "customs"
legal_basis = "a law"
source = "test"
doubt = "design"
valid_from = 2019-06-20
"""


def test_the_terms_of_this_post() -> None:
    terms = load_allowance_terms()
    assert (terms.neighbour, terms.currency, terms.allowance) == ("MYS", "MYR", 60_000)
    assert terms.slice * terms.slices <= terms.offline_resident
    assert terms.confirm_within == timedelta(hours=24)
    assert terms.legal_basis
    assert terms.doubt in settings.DOUBTS


@pytest.mark.parametrize(
    ("this", "that", "code"),
    [
        ("slices = 4", "slices = 0", "config.wrong-value"),
        ("allowance = 60000", "allowance = -1", "config.wrong-value"),
        ('per = "month"', 'per = "day"', "config.wrong-value"),
        ("confirm_hours = 24", "confirm_hours = 0", "config.wrong-value"),
        ('legal_basis = "a law"', 'legal_basis = " "', "config.wrong-value"),
        ('grant = ["customs"]', "grant = []", "config.wrong-value"),
        ('post = "MYS"', 'post = "XXX"', "config.no-such-name"),
        ('doubt = "design"', 'doubt = "sure"', "config.wrong-value"),
        ("currency", "money", "config.unknown-key"),
    ],
)
def test_a_file_that_is_wrong_says_where(
    this: str, that: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTER_CONFIG", str(tmp_path))
    (tmp_path / "posts.toml").touch()
    (tmp_path / "allowance.toml").write_text(ROW, encoding="utf-8")
    assert load_allowance_terms().slices == 4
    (tmp_path / "allowance.toml").write_text(ROW.replace(this, that, 1), encoding="utf-8")
    with pytest.raises(ConfigError, match=code):
        load_allowance_terms()
