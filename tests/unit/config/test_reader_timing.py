"""The document reader's timing, as it is configured."""

import shutil
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.errors import ConfigError


def test_the_readers_timing_is_seconds_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.load_reader() == {"gap": 0.03, "quiet": 0.3, "guard": 0.15, "repeat": 0.12, "characters": 6}
    monkeypatch.setenv("COUNTER_CONFIG", str(shutil.copytree(settings.config_folder(), tmp_path / "config")))
    file = tmp_path / "config" / "reader.toml"
    written = file.read_text("utf-8")
    for broken, code in (("gap = 0", "wrong-value"), ("gap = true", "wrong-value"), ("gab = 30", "unknown-key")):
        file.write_text(written.replace("gap = 30", broken), "utf-8")
        with pytest.raises(ConfigError, match=code):
            settings.load_reader()
