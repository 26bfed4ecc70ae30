"""The floor's file: whose row it is, how far it may reach, and what is refused with its file and key."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.domain.floor import Attest
from counter_tui.domain.words import AGENCY_OF, Agency, Authority
from counter_tui.errors import ConfigError
from counter_tui.settings_floor import load_floor, load_signed_floor, unsigned_floor

Change = Callable[[str, str], None]


@pytest.fixture
def change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Change:
    """Changes the shipped file, in a folder of its own."""
    folder = tmp_path / "config"
    folder.mkdir()
    for name in ("posts.toml", "floor.toml", "floor.toml.sig", "sharing.toml"):
        shutil.copy(settings.config_folder() / name, folder / name)
    shutil.copy(settings.config_folder() / "deadlines.toml.sig", tmp_path / "deadlines.toml.sig")
    monkeypatch.setenv("COUNTER_CONFIG", str(folder))

    def changed(old: str, new: str) -> None:
        path = folder / "floor.toml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return changed


DOCUMENTS = settings.load_documents()


def test_the_shipped_file_has_a_row_for_every_authority_and_every_kind() -> None:
    rules = load_floor(DOCUMENTS)
    reached = {(who, row.authority) for row in rules.rows for who in row.who}
    assert {authority for _, authority in reached} == set(Authority)
    assert {who for who, _ in reached} == {who.id for who in rules.whos}


def test_nothing_that_is_not_fresh_is_cleared_without_anything_attested() -> None:
    assert all(row.attests for row in load_floor(DOCUMENTS).rows)


def test_what_is_not_held_is_cleared_in_degraded_mode_alone_and_a_foreigner_by_no_one_who_bans() -> None:
    rows = load_floor(DOCUMENTS).rows
    assert all(row.degraded for row in rows if row.unheld)
    lists = {Authority.IMMIGRATION, Authority.SECURITY}
    assert not [row for row in rows if row.unheld and "foreigner" in row.who and row.authority in lists]
    assert all(Attest.GUARDIAN in row.attests for row in rows if row.id == "imm.minor")


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('owner = "immigration"\nsource = "IMM-11', 'source = "IMM-11', "config.missing-key", "who[0].owner"),
        ('kinds = ["passport", "plb", "border-pass-mys"]', 'kinds = ["carpet"]', "config.wrong-value", "who[0].kinds"),
        ("minutes = 240", "minutes = 99999999", "config.wrong-value", "row[0].minutes"),
        ("minutes = 240", "minutes = -1", "config.wrong-value", "row[0].minutes"),
        ('who = ["citizen", "resident", "foreigner"]', 'who = ["king"]', "config.wrong-value", "row[0].who"),
        ('attests = ["document"]', "attests = []", "config.wrong-value", "row[0].attests"),
        ('attests = ["document"]', 'attests = ["nothing"]', "config.wrong-value", "row[0].attests[0]"),
        ('id = "imm.citizen-home"', 'id = "imm.hours"', "config.doubled", "imm.hours"),
        ('authority = "immigration"', 'authority = "customs"', "config.wrong-value", "row[0].owner"),
        ('legal_basis = "post decree"', 'legal_basis = ""', "config.missing-key", "row[0].legal_basis"),
        ('[[row]]\nid = "imm.hours"', '[[rows]]\nid = "imm.hours"', "config.unknown-key", "rows"),
    ],
)
def test_what_is_wrong_is_refused_with_its_key(change: Change, old: str, new: str, code: str, key: str) -> None:
    change(old, new)
    with pytest.raises(ConfigError) as caught:
        load_floor(DOCUMENTS)
    assert (caught.value.code, caught.value.params["file"], caught.value.params["key"]) == (code, "floor.toml", key)


# -- signed by whose row it is ----------------------------------------------------------------------------------------


def test_all_have_signed_in_the_demo_and_nobody_at_a_real_post_with_the_key_that_ships() -> None:
    assert unsigned_floor(demo=True) == ()
    assert unsigned_floor(demo=False) == tuple(Agency)
    assert load_signed_floor(DOCUMENTS, demo=True) == load_floor(DOCUMENTS)
    assert load_signed_floor(DOCUMENTS, demo=False).rows == ()


def test_a_row_that_changed_is_not_gone_by_until_its_agency_signs_and_the_others_stand(change: Change) -> None:
    change(
        'minutes = 480\nlist_minutes = 1440\nattests = ["oral"]\nowner = "customs"',
        'minutes = 9999\nlist_minutes = 1440\nattests = ["oral"]\nowner = "customs"',
    )
    rules = load_signed_floor(DOCUMENTS, demo=True)
    assert (rules.unsigned, rules.version) == ((Agency.CUSTOMS,), f"{load_floor(DOCUMENTS).version}!customs")
    assert {AGENCY_OF[row.authority] for row in rules.rows} == {*Agency} - {Agency.CUSTOMS}
    assert rules.find_unsigned(Authority.CUSTOMS) is Agency.CUSTOMS
    assert rules.find_unsigned(Authority.HEALTH) is None


def test_without_immigrations_word_on_kinds_of_travellers_nobody_is_of_any(change: Change) -> None:
    change("minor = true", "minor = false")
    rules = load_signed_floor(DOCUMENTS, demo=True)
    assert {rules.find_unsigned(authority) for authority in Authority} == {Agency.IMMIGRATION}


def test_a_signature_does_not_serve_for_another_file(change: Change) -> None:
    folder = settings.config_folder()
    (folder / "floor.toml.sig").write_bytes((folder.parent / "deadlines.toml.sig").read_bytes())
    assert unsigned_floor(demo=True) == tuple(Agency)
