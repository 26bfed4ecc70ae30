from __future__ import annotations

import json
import stat
import sys
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringLocked

from offline_cache import (
    COUNTER_SCHEMA,
    Argon2Cost,
    KeyProvider,
    KeyringKeys,
    KeyUnavailable,
    PassphraseKeys,
    Vault,
    VaultWrongKey,
    choose_keys,
    keys,
)
from offline_cache._derive import STANDARD_COST
from offline_cache.keys import destroy_keys
from tests.unit.offline_cache.cache_rig import CHEAP


def new(kind: Any) -> KeyringBackend:
    """One of the library's own backends, which it leaves untyped."""
    backend: KeyringBackend = kind()
    return backend


class Memory(KeyringBackend):
    """A keyring that works."""

    priority = 1

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


class Locked(Memory):
    """A keyring whose owner says no."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(service, username)


class Forgetful(Memory):
    """A keyring that loses what is written."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


def code_of(provider: KeyProvider, label: str = "vault") -> str:
    with pytest.raises(KeyUnavailable) as error:
        provider.find(label)
    return error.value.code


@pytest.fixture(params=["keyring", "passphrase"])
def provider(request: pytest.FixtureRequest, tmp_path: Path) -> KeyProvider:
    if request.param == "keyring":
        return KeyringKeys("counter-test", Memory())
    return PassphraseKeys(tmp_path / "keys", "correct horse", cost=CHEAP)


def test_every_provider_keeps_what_it_made(provider: KeyProvider) -> None:
    assert provider.find("vault") is None
    key = provider.create("vault")
    assert len(key) == 32
    assert provider.find("vault") == key
    assert provider.create("other") != key
    with pytest.raises(KeyUnavailable) as error:
        provider.create("vault")
    assert error.value.code == "key.exists"
    assert provider.find("vault") == key
    provider.delete("vault")
    provider.delete("vault")
    assert provider.find("vault") is None


@pytest.mark.parametrize("label", ["", "../up", "a/b", "UPPER", "x" * 65, "a\0"])
def test_a_label_is_no_path(provider: KeyProvider, label: str) -> None:
    with pytest.raises(ValueError, match="label"):
        provider.find(label)
    with pytest.raises(ValueError, match="label"):
        provider.create(label)


def test_a_keyring_that_refuses_or_forgets_is_said(tmp_path: Path) -> None:
    assert code_of(KeyringKeys("s", Locked())) == "keyring.refused"
    with pytest.raises(KeyUnavailable) as error:
        KeyringKeys("s", Forgetful()).create("vault")
    assert error.value.code == "keyring.refused"


@pytest.mark.parametrize("stored", ["", "hex", "ab" * 31, "AB" * 32])
def test_a_keyring_that_holds_something_else_is_damage(stored: str) -> None:
    backend = Memory()
    backend.set_password("s", "vault", stored)
    assert code_of(KeyringKeys("s", backend)) == "key.damaged"


def test_only_keyrings_that_keep_a_secret_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(backend: KeyringBackend) -> KeyringKeys:
        monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
        return KeyringKeys("s")

    def chained(*backends: KeyringBackend) -> KeyringBackend:
        monkeypatch.setattr(chainer.ChainerBackend, "backends", list(backends))
        return new(chainer.ChainerBackend)

    assert code_of(found(new(fail.Keyring))) == "keyring.none"
    assert code_of(found(chained())) == "keyring.none"
    assert code_of(found(new(null.Keyring))) == "keyring.not-allowed"
    assert code_of(found(Memory())) == "keyring.not-allowed"
    assert code_of(found(chained(new(null.Keyring), Memory()))) == "keyring.not-allowed"
    monkeypatch.setattr(keys, "ALLOWED_KEYRINGS", {f"{Memory.__module__}.Memory"})
    trusted = Memory()
    assert found(chained(new(null.Keyring), trusted)).create("vault").hex() in trusted.held.values()


def test_a_wrapped_key_is_wrong_with_another_passphrase_and_damaged_if_changed(tmp_path: Path) -> None:
    key = PassphraseKeys(tmp_path, "right", cost=CHEAP).create("vault")
    path = tmp_path / "key-vault.json"
    content = path.read_bytes()
    assert key not in content
    assert key.hex().encode() not in content
    assert code_of(PassphraseKeys(tmp_path, "wrong")) == "passphrase.wrong"
    fields = json.loads(content)
    for damaged in (
        b"",
        b"{",
        b"[]",
        content[:-20],
        content + b" " * 5000,
        json.dumps(fields | {"time": 2}).encode(),
        json.dumps(fields | {"wrapped": fields["wrapped"][:-4] + "AAAA"}).encode(),
        b"[" * 4000,
    ):
        path.write_bytes(damaged)
        assert code_of(PassphraseKeys(tmp_path, "right")) == "key.damaged"


@pytest.mark.parametrize(
    "change", [{"memory_kib": 1 << 30}, {"time": 0}, {"lanes": 99}, {"salt": "%"}, {"suite": 2}, {"memory_kib": "x"}]
)
def test_a_key_file_cannot_ask_for_all_memory_or_nonsense(tmp_path: Path, change: dict[str, str | int]) -> None:
    PassphraseKeys(tmp_path, "right", cost=CHEAP).create("vault")
    path = tmp_path / "key-vault.json"
    fields = json.loads(path.read_bytes()) | change
    del fields["checksum"]
    path.write_text(json.dumps(fields | {"checksum": keys._checksum(fields)}))
    assert code_of(PassphraseKeys(tmp_path, "right")) == "key.damaged"


def test_a_wrapped_key_does_not_answer_to_another_label(tmp_path: Path) -> None:
    provider = PassphraseKeys(tmp_path, "right", cost=CHEAP)
    provider.create("a")
    (tmp_path / "key-a.json").rename(tmp_path / "key-b.json")
    assert code_of(provider, "b") == "passphrase.wrong"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes")
def test_a_wrapped_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    PassphraseKeys(tmp_path / "keys", "right", cost=CHEAP).create("vault")
    assert stat.S_IMODE((tmp_path / "keys" / "key-vault.json").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["key-vault.json"]


def test_the_standard_cost_is_what_is_written_down() -> None:
    assert Argon2Cost(memory_kib=65536, time=3, lanes=1) == STANDARD_COST


def test_a_working_keyring_is_chosen_and_remembered_without_another_probe(tmp_path: Path) -> None:
    backend = Memory()
    assert choose_keys("s", tmp_path, "p", backend=backend).name == "keyring"
    assert backend.held == {}
    # now gone: an error at first use, not another key
    again = choose_keys("s", tmp_path, "p", backend=Locked())
    assert again.name == "keyring"
    assert code_of(again) == "keyring.refused"


@pytest.mark.parametrize("backend", [Locked(), Forgetful()])
def test_without_a_working_keyring_the_passphrase_is_chosen_and_stays(tmp_path: Path, backend: Memory) -> None:
    assert choose_keys("s", tmp_path / "new", "p", backend=backend).name == "passphrase"
    assert choose_keys("s", tmp_path / "new", "p", backend=Memory()).name == "passphrase"


def test_a_wrapped_key_keeps_it_with_the_passphrase(tmp_path: Path) -> None:
    key = PassphraseKeys(tmp_path, "p", cost=CHEAP).create("vault")
    (tmp_path / keys.CHOICE_FILE).write_text("keyring")
    assert choose_keys("s", tmp_path, "p", backend=Memory()).find("vault") == key


def test_an_unreadable_note_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / keys.CHOICE_FILE).write_bytes(b"\xff\x00nonsense")
    assert choose_keys("s", tmp_path, "p", backend=Memory()).name == "keyring"
    assert (tmp_path / keys.CHOICE_FILE).read_text() == "keyring"


def test_destroyed_keys_open_nothing_and_leave_nothing(tmp_path: Path) -> None:
    provider = PassphraseKeys(tmp_path / "keys", "passphrase", cost=CHEAP)
    made = {label: provider.create(label) for label in ("counter", "device", "other")}
    vault = tmp_path / "counter.vault"
    with Vault.create(vault, made["counter"], COUNTER_SCHEMA):
        pass
    wrapped = (tmp_path / "keys" / "key-counter.json").read_bytes()
    destroy_keys(provider, ("counter", "device", "never-made"), (vault, tmp_path / "none.vault"))
    destroy_keys(provider, ("counter",), (vault,))
    assert [provider.find(label) for label in ("counter", "device")] == [None, None]
    assert provider.find("other") == made["other"]
    assert not (tmp_path / "counter.vault.keycheck").exists()
    assert vault.exists()
    assert not any(wrapped in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    with pytest.raises(VaultWrongKey):
        Vault.open(vault, provider.create("counter"), COUNTER_SCHEMA)
