"""Four eyes and the law of overriding, as they are configured."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.domain.two_persons import Matter
from counter_tui.domain.words import Verdict
from counter_tui.errors import ConfigError
from counter_tui.settings_override import load_override
from counter_tui.settings_two_persons import load_two_persons, unseals_by_telephone

Written = Callable[[str, str, str], None]


@pytest.fixture
def rewrite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Written:
    """Put other words into a file of a copy of the configuration, each time of the whole one."""
    shipped = settings.config_folder()
    folder = tmp_path / "config"
    folder.mkdir()
    for name in ("posts.toml", "two_persons.toml", "override.toml"):
        shutil.copy(shipped / name, folder / name)
    monkeypatch.setenv("COUNTER_CONFIG", str(folder))

    def write(name: str, old: str, new: str) -> None:
        text = (shipped / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")

    return write


def test_every_matter_of_the_list_has_a_row() -> None:
    assert set(load_two_persons().rows) == set(Matter)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("apart_seconds = 60", "apart_seconds = 0", "wrong-value"),
        ("confirm_hours = 24", "confirm_hours = 73", "wrong-value"),
        ('matter = "unseal"', 'matter = "override"', "doubled"),
        ('matter = "unseal"', 'matter = "everything"', "wrong-value"),
        ('whose = "acting"', 'whose = "somebody"', "wrong-value"),
        ('owner = "immigration"', "", "missing-key"),
        ('means = ["own_counter", "telephone"]', 'means = ["letter"]', "wrong-value"),
    ],
)
def test_a_wrong_row_is_told(rewrite: Written, old: str, new: str, code: str) -> None:
    rewrite("two_persons.toml", old, new)
    with pytest.raises(ConfigError, match=code):
        load_two_persons()


def test_a_hit_and_what_is_sealed_may_be_signed_by_telephone_and_not_later(rewrite: Written) -> None:
    assert not unseals_by_telephone()
    row = 'acting = true\nmeans = []\napart_seconds = 60\nconfirm_hours = 12\nsolo = "act-on-code"'
    rewrite("two_persons.toml", row, row.replace("[]", '["telephone"]'))
    assert unseals_by_telephone()
    rewrite("two_persons.toml", row, row.replace("[]", '["own_counter"]'))
    with pytest.raises(ConfigError, match=r"unseal|means"):
        load_two_persons()


def test_a_matter_that_was_left_out_is_told(rewrite: Written) -> None:
    whole = (settings.config_folder() / "two_persons.toml").read_text("utf-8")
    last = whole[whole.rindex("[[matter]]") :]
    rewrite("two_persons.toml", last, "")
    with pytest.raises(ConfigError) as told:
        load_two_persons()
    assert told.value.params["expected"] == "reprint-notice"


def test_refusing_is_never_within_an_override() -> None:
    rules = load_override()
    assert all(row.most <= Verdict.HOLD for row in rules.allowed)
    assert {"travel-ban", "isolate", "contraband", "officer-safety"} <= rules.barred
    assert not rules.barred & {action for row in rules.allowed for action in row.actions}
    assert rules.on(date(2026, 10, 31)).allowed == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('actions = ["interview"]', 'actions = ["isolate"]', "wrong-value"),
        ('most = "HOLD"', 'most = "REFUSE"', "wrong-value"),
        ("hours = 8", "hours = 25", "wrong-value"),
        ("confirm_hours = 4", "confirm_hours = 0", "wrong-value"),
        ('name = "interview"', 'name = "records"', "doubled"),
        ('code = "system-fault"', 'code = "record-wrong"', "doubled"),
    ],
)
def test_a_wrong_row_of_the_law_is_told(rewrite: Written, old: str, new: str, code: str) -> None:
    rewrite("override.toml", old, new)
    with pytest.raises(ConfigError, match=code):
        load_override()
