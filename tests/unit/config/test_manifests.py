"""manifests.toml: as shipped no word means two things, and what is wrong in it is told."""

import shutil
from pathlib import Path
from typing import get_args

import pytest

from counter_tui import settings
from counter_tui.agencies.passenger_lists.columns import Field
from counter_tui.errors import ConfigError
from counter_tui.settings_manifests import load_manifests


def test_the_shipped_rules_know_every_field() -> None:
    rules = load_manifests()
    assert {column.field for column in rules.columns} == set(get_args(Field))
    assert {month.number for month in rules.months} == set(range(1, 13))
    assert rules.keep_days > 0


def test_kinds_of_documents_are_those_of_the_counter() -> None:
    known = {kind.code for kind in settings.load_documents().kinds}
    assert {one.kind for one in load_manifests().meanings if one.field == "document_code"} <= known


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("keep_days = 30", "keep_days = 0", "config.wrong-value"),
        ('dates = "DMY"', 'dates = "DYM"', "config.wrong-value"),
        ('field = "seat"', 'field = "chair"', "config.wrong-value"),
        ('value = "X"', 'value = "Q"', "config.wrong-value"),
        ('value = "IDN"', 'value = "ID"', "config.wrong-value"),
        ('value = "VW"', 'value = "driver"', "config.wrong-value"),
        ("number = 12", "number = 13", "config.wrong-value"),
        ('"surname", "last name"', '"surname", "SURNAME"', "config.doubled"),
        ('words = ["female"', 'words = ["male", "female"', "config.doubled"),
        ('field = "surname"', 'field = "given_names"', "config.doubled"),
        ('doubt = "design"\n', "", "config.missing-key"),
        ("keep_days = 30", "keep_days = 30\nkept = 1", "config.unknown-key"),
    ],
)
def test_what_is_wrong_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, right: str, wrong: str, code: str
) -> None:
    folder = shutil.copytree(settings.config_folder(), tmp_path / "config")
    monkeypatch.setenv("COUNTER_CONFIG", str(folder))
    file = folder / "manifests.toml"
    text = file.read_text("utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), "utf-8")

    with pytest.raises(ConfigError, match=code):
        load_manifests()
