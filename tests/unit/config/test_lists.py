"""The lists of names, as they are configured, and those of the demo."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.agencies.lists import verify
from counter_tui.domain.screening.lists import Screened
from counter_tui.domain.words import Direction
from counter_tui.errors import ConfigError
from counter_tui.settings_lists import get_list, load_lists

TODAY = date(2026, 11, 21)


def test_bans_are_screened_in_their_direction_and_public_lists_in_clear() -> None:
    found = load_lists()

    assert found["tangkal"].direction is Direction.ENTRY
    assert found["cegah"].direction is Direction.EXIT
    assert found["un-consolidated"].screened is Screened.BOOTH_CLEAR
    assert not found["interpol-nominals"].screened.at_booth
    assert get_list("dpo") is not None
    with pytest.raises(ConfigError, match="config.no-such-name"):
        get_list("none")


def words_of(name: str) -> frozenset[str]:
    return frozenset(name.split())


@pytest.mark.parametrize("name", ["demo-watch", "demo-tangkal"])
def test_the_demos_lists_are_signed_and_resemble_its_travellers(name: str) -> None:
    rule = get_list(name)
    found = verify(settings.config_folder() / "demo" / "lists" / f"{name}.csv", rule, post="ID-ENTIKONG", today=TODAY)
    people = settings.load_demo_people().persons
    travellers = {frozenset(f"{one.given} {one.surname}".title().split()): one for one in people}
    entries = list(found.entries())
    known = {words: entry for entry in entries for words in map(words_of, entry.names) if words in travellers}

    assert len(entries) == found.manifest.count
    assert known
    exact = [words for words, entry in known.items() if travellers[words].born in {b.earliest() for b in entry.births}]
    assert exact


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ('finding = "sec.name-candidate"', 'finding = "sec.none"', "config.no-such-name"),
        ('finding = "sec.name-candidate"', 'finding = "imm.tangkal-candidate"', "config.wrong-value"),
        ('finding = "sec.name-candidate"', 'finding = "sec.verified"', "config.wrong-value"),
        ("max_age_hours = 168", "max_age_hours = 0", "config.wrong-value"),
        ('screened = "booth-clear"', 'screened = "here"', "config.wrong-value"),
        ("keys = []", 'keys = ["AAAA"]', "config.wrong-value"),
        ("keys = []", 'keys = ["?"]', "config.wrong-value"),
        ('id = "ofac-sdn"', 'id = "dpo"', "config.doubled"),
        ('doubt = "memory"\n', "", "config.missing-key"),
        ("keys = []", "keys = []\nkey = 1", "config.unknown-key"),
    ],
)
def test_what_is_wrong_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, right: str, wrong: str, code: str
) -> None:
    folder = shutil.copytree(settings.config_folder(), tmp_path / "config")
    monkeypatch.setenv("COUNTER_CONFIG", str(folder))
    file = folder / "lists.toml"
    file.write_text(file.read_text("utf-8").replace(right, wrong, 1), "utf-8")

    with pytest.raises(ConfigError, match=code):
        load_lists()
