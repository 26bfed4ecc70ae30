"""What an agency delegates counts as it signed it, and ends when it says so."""

import base64
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_tui import settings
from counter_tui.domain.words import Agency
from counter_tui.errors import ConfigError
from counter_tui.settings_delegations import (
    delegation_file,
    load_delegations,
    signed_bytes,
    unsigned_delegations,
)
from counter_tui.settings_signed import Signature, write_signature

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the configuration in which quarantine signs with a key of this test."""
    shipped, folder = settings.config_folder(), tmp_path / "config"
    (folder / "delegations").mkdir(parents=True)
    shutil.copy(shipped / "posts.toml", folder)
    shutil.copy(shipped / "delegations" / "quarantine.toml", folder / "delegations")
    public = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
    written = (shipped / "sharing.toml").read_text("utf-8")
    before, after = written.split('agency = "quarantine"\nkeys = []')
    (folder / "sharing.toml").write_text(f'{before}agency = "quarantine"\nkeys = ["{public}"]{after}', "utf-8")
    monkeypatch.setenv("COUNTER_CONFIG", str(folder))
    return folder


def sign(agency: Agency = Agency.QUARANTINE) -> None:
    path = delegation_file(Agency.QUARANTINE)
    public = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
    signature = base64.b64encode(KEY.sign(signed_bytes(agency, path.read_bytes()))).decode()
    write_signature(path, Signature(public, signature))


def change(old: str, new: str) -> None:
    path = delegation_file(Agency.QUARANTINE)
    written = path.read_text("utf-8")
    assert old in written
    path.write_text(written.replace(old, new), "utf-8")


def test_the_one_that_ships_is_signed_for_the_demo_alone() -> None:
    (one,) = load_delegations(demo=True)
    assert (one.id, one.owner) == ("quarantine-night", Agency.QUARANTINE)
    assert load_delegations(demo=False) == ()
    assert unsigned_delegations(demo=True) == ()
    assert unsigned_delegations(demo=False) == (Agency.QUARANTINE,)


@pytest.mark.usefixtures("folder")
def test_what_it_says() -> None:
    assert load_delegations(demo=False) == ()
    sign()
    (one,) = load_delegations(demo=False)
    assert (one.starts, one.ends, one.age) == (date(2026, 11, 1), date(2027, 4, 30), timedelta(hours=2))


@pytest.mark.usefixtures("folder")
def test_a_changed_letter_or_another_agencys_signature_delegates_nothing() -> None:
    sign()
    change("age_minutes = 120", "age_minutes = 121")
    assert load_delegations(demo=False) == ()
    sign(Agency.CUSTOMS)
    assert load_delegations(demo=False) == ()
    sign()
    assert len(load_delegations(demo=False)) == 1


@pytest.mark.usefixtures("folder")
def test_a_revocation_ends_it_at_its_hour() -> None:
    change("[[delegation]]", '[[revoked]]\nid = "quarantine-night"\nat = 2026-11-20T22:00:00+07:00\n\n[[delegation]]')
    sign()
    (one,) = load_delegations(demo=False)
    assert one.revoked == datetime(2026, 11, 20, 15, tzinfo=UTC)
    change("+07:00", "")
    sign()
    with pytest.raises(ConfigError, match="wrong-value"):
        load_delegations(demo=False)
    change("22:00:00", "22:00:00Z")
    change('id = "quarantine-night"\nat', 'id = "another"\nat')
    sign()
    with pytest.raises(ConfigError, match="no-such-name"):
        load_delegations(demo=False)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('authorities = ["health", "animal_plant"]', 'authorities = ["customs"]'),
        ('authorities = ["health", "animal_plant"]', "authorities = []"),
        ('to_agencies = ["immigration", "customs"]', 'to_agencies = ["quarantine"]'),
        ('to_roles = ["officer", "supervisor"]', 'to_roles = ["trainer"]'),
        ("valid_until = 2027-04-30", "valid_until = 2026-10-31"),
        ("valid_until = 2027-04-30", "valid_until = 2028-04-30"),
        ("age_minutes = 120", "age_minutes = 1441"),
        ('legal_basis = "agreement of the heads of office, proposal"', 'legal_basis = " "'),
        ('agency = "quarantine"', 'agency = "customs"'),
    ],
)
def test_a_signed_file_that_does_not_read_is_told(old: str, new: str) -> None:
    change(old, new)
    sign()
    with pytest.raises(ConfigError, match="wrong-value"):
        load_delegations(demo=False)
