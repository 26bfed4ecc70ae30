"""The sharing agreement as it ships: signed rows, a class for each agency, and what withheld findings still tell."""

import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.domain.findings import FindingRules
from counter_tui.domain.sharing import Class
from counter_tui.domain.words import AGENCY_OF, Agency, Authority
from counter_tui.errors import ConfigError
from counter_tui.settings_sharing import (
    PREFIXES,
    load_catalogue,
    load_sharing,
    owner_file,
    unsigned,
)
from counter_tui.settings_signed import load_owners, signature_file
from scripts import catalogues

TODAY = date(2026, 11, 22)
SHARING = load_sharing(demo=True).on(TODAY)
CATALOGUE = load_catalogue(SHARING)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration of one's own."""
    folder = tmp_path / "config"
    shutil.copytree(settings.config_folder(), folder, ignore=shutil.ignore_patterns("locales", "lists"))
    monkeypatch.setenv("COUNTER_CONFIG", str(folder))
    return folder


def test_in_the_demo_every_owner_has_signed_and_at_a_real_post_nobody_has_with_the_key_that_ships() -> None:
    assert unsigned(demo=True) == ()
    assert unsigned(demo=False) == tuple(Agency)
    assert load_sharing(demo=False).topics == {}
    assert set(SHARING.contacts) == set(Agency)


@pytest.mark.usefixtures("own")
def test_a_changed_file_shares_nothing_of_its_owner_and_the_others_go_on() -> None:
    path = owner_file(Agency.CUSTOMS)
    path.write_bytes(path.read_bytes().replace(b'band = ["immigration"]', b'open = ["immigration"]', 1))

    changed = load_sharing(demo=True).on(TODAY)

    assert unsigned(demo=True) == (Agency.CUSTOMS,)
    assert {row.owner for row in changed.topics.values()} == set(Agency) - {Agency.CUSTOMS}
    assert Agency.CUSTOMS not in changed.contacts
    assert changed.class_of("vehicle", Authority.CUSTOMS, {Agency.IMMIGRATION}) is Class.NONE
    assert changed.class_of("vehicle", Authority.CUSTOMS, {Agency.CUSTOMS}) is Class.OPEN


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("spoil", ["gone", "other-owner", "other-key", "garbage", "huge"])
def test_a_signature_that_does_not_hold_shares_nothing(spoil: str) -> None:
    mine = signature_file(owner_file(Agency.SECURITY))
    if spoil == "gone":
        mine.unlink()
    elif spoil == "other-owner":
        shutil.copy(signature_file(owner_file(Agency.CUSTOMS)), mine)
    elif spoil == "other-key":
        said = json.loads(mine.read_text("utf-8"))
        mine.write_text(json.dumps(said | {"key": "A" * 43 + "="}), "utf-8")
    elif spoil == "garbage":
        mine.write_bytes(b"[" * 2000)
    else:
        mine.write_bytes(b" " * 5000 + mine.read_bytes())

    assert unsigned(demo=True) == (Agency.SECURITY,)


def test_the_matrix_is_that_of_the_joint_counter() -> None:
    def classes(topic: str, authority: Authority) -> str:
        of = [SHARING.class_of(topic, authority, {agency}) for agency in Agency if agency is not AGENCY_OF[authority]]
        return "".join(one.name[0] for one in of)

    assert classes("document", Authority.IMMIGRATION) == "OOO"
    assert classes("imm.stay-until", Authority.IMMIGRATION) == "BBO"
    assert classes("quota", Authority.CUSTOMS) == "BNN"
    assert classes("declaration", Authority.CUSTOMS) == "BOB"
    assert classes("diagnosis", Authority.HEALTH) == "SSS"
    assert classes("quarantine-items", Authority.ANIMAL_PLANT) == "BOB"
    assert classes("sealed", Authority.SECURITY) == "SSS"
    assert classes("listing", Authority.SECURITY) == "OBB"
    assert classes("nobody.named-it", Authority.SECURITY) == "NNN"


def test_a_topic_is_its_owners_alone_however_another_calls_it() -> None:
    assert SHARING.class_of("document", Authority.SECURITY, {Agency.CUSTOMS}) is Class.NONE


def test_every_topic_of_a_finding_has_a_row_of_its_owner() -> None:
    for rule in CATALOGUE.rules.values():
        row = SHARING.row(rule.topic, AGENCY_OF[rule.authority])
        assert row is not None, (rule.code, rule.topic)


def test_every_field_that_has_a_name_on_the_screen_has_a_row_too() -> None:
    words = catalogues.load(catalogues.ROOT, "en")
    named = {str(message.id).removeprefix("field.") for message in words if str(message.id).startswith("field.")}
    fields = {name for name in named if name.partition(".")[0] in PREFIXES.values() and "." in name}
    assert fields
    assert fields <= {name for row in SHARING.topics.values() for name in row.fields}
    banded = {row.topic for row in SHARING.topics.values() if row.band and row.fields}
    assert banded <= named


def test_before_its_first_day_a_row_shares_nothing_and_neither_does_one_without_a_legal_basis(own: Path) -> None:
    assert load_sharing(demo=True).open_to_all == frozenset()
    assert load_sharing(demo=True).on(date(2026, 10, 31)).open_to_all == frozenset()
    assert "document" in SHARING.open_to_all
    row = SHARING.topics["document"]
    bare = {**SHARING.topics, "document": type(row)("document", row.owner, "", open=row.open)}
    assert "document" not in type(SHARING)("1", bare).on(TODAY).open_to_all


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('sealed = ["immigration", "customs", "quarantine"]', 'sealed = ["security"]'),
        ('fields = ["sec.call"]', 'fields = ["imm.call"]'),
        ('agency = "security"', 'agency = "customs"'),
        ("valid_from = 2026-11-01", 'valid_from = "soon"'),
    ],
)
def test_a_signed_file_that_does_not_read_is_told(own: Path, old: str, new: str) -> None:
    from cryptography.hazmat.primitives import serialization

    path = owner_file(Agency.SECURITY)
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    pem = (own / "demo" / "sharing" / "demo-sharing-key.pem").read_bytes()
    key = serialization.load_pem_private_key(pem, None)
    resign(path, key)

    with pytest.raises(ConfigError) as raised:
        load_sharing(demo=True)
    assert raised.value.params["file"] == "sharing/security.toml"


def resign(path: Path, key: object) -> None:
    """Sign a file with the demo's key."""
    from base64 import b64encode

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from counter_tui.settings_sharing import PREFIX

    assert isinstance(key, Ed25519PrivateKey)
    public = b64encode(key.public_key().public_bytes_raw()).decode()
    assert public in load_owners()[0].demo_keys
    signed = {"key": public, "signature": b64encode(key.sign(PREFIX + path.read_bytes())).decode()}
    signature_file(path).write_text(json.dumps(signed), "utf-8")


# -- what a reader of the catalogue tells from contributions alone ---------------------------------------------------


def told_apart(catalogue: FindingRules) -> set[str]:
    """The findings that some agency is not to see, and that nothing else contributes like."""
    shown = {}
    for rule in catalogue.rules.values():
        _, c = catalogue.report(rule.code)
        shown[rule.code] = (c.authority, c.subject.kind, c.verdict, c.band_floor, c.action, c.points)
    alike = Counter(shown.values())
    withheld = {r.code for r in catalogue.rules.values() if r.topic not in SHARING.open_to_all}
    return {code for code in withheld if alike[shown[code]] == 1}


SAID_BY_THEIR_ACTION = {
    "imm.trafficking-suspected",  # protect: clamps of law and SOP 6
    "cust.restricted-goods",
    "cust.targeted",  # sealed as such
    "ap.animal-certified",
    "ap.animal-uncertified",
    "ap.certified",
    "ap.held-before",
    "ap.outbreak-origin",
    "ap.protected-species",
    "health.airborne-precautions",  # SOP 8
    "health.emergency",  # SOP 13, 15
    "health.outbreak-country",
    "health.pass-yellow",
    "health.temperature-raised",
    "sec.h1",  # handling codes are what a counter does
    "sec.h3",
    "sec.h4",
    "sec.h6",
    "sec.h8",
    "sec.h9",
    "sec.sealed-amber",
    "sec.sealed-red",
    "sec.verified",
}
"""Of an authority with few findings, verdict, band and what to do are what has to be said: it can be only these."""


def test_contributions_alone_tell_few_withheld_findings_apart() -> None:
    withheld = [r.code for r in CATALOGUE.rules.values() if r.topic not in SHARING.open_to_all]
    told = told_apart(CATALOGUE)

    assert told <= SAID_BY_THEIR_ACTION, sorted(told - SAID_BY_THEIR_ACTION)
    assert len(told) <= len(withheld) // 3, f"{len(told)} of {len(withheld)}"
