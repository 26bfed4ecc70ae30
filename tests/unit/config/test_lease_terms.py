"""For how long a booth reads without a link, as it is configured."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.bootstrap.leases import lease_terms
from counter_tui.errors import ConfigError
from counter_tui.settings_leases import LeaseTerms, load_lease_terms


def test_a_lease_lasts_seven_days_and_is_renewed_by_the_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_lease_terms() == LeaseTerms(7, 60)
    assert (lease_terms().lasts, lease_terms().renewed) == (timedelta(days=7), timedelta(hours=1))
    monkeypatch.setenv("COUNTER_CONFIG", str(shutil.copytree(settings.config_folder(), tmp_path / "config")))
    file = tmp_path / "config" / "leases.toml"
    written = file.read_text("utf-8")
    for broken, code in (
        ("days = 0", "wrong-value"),
        ("days = 32", "wrong-value"),
        ("days = 7.5", "wrong-value"),
        ("day = 7", "unknown-key"),
        ("", "missing-key"),
    ):
        file.write_text(written.replace("days = 7 ", f"{broken} "), "utf-8")
        with pytest.raises(ConfigError, match=code):
            load_lease_terms()
    file.write_text(written.replace("renew_minutes = 60", "renew_minutes = 1441"), "utf-8")
    with pytest.raises(ConfigError, match="wrong-value"):
        load_lease_terms()
