"""Where a live workplace's passphrase comes from, and what is not taken for one."""

import os
from pathlib import Path

import pytest

from counter_tui.bootstrap.workplace_keys import VARIABLE, forget_key, get_key, open_keys
from counter_tui.errors import StoreError
from offline_cache import Argon2Cost, KeyUnavailable
from offline_cache.keys import PassphraseKeys

GOOD = "a long passphrase"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    def cheap(folder: Path, passphrase: str) -> PassphraseKeys:
        return PassphraseKeys(folder, passphrase, cost=Argon2Cost(8, 1, 1))

    monkeypatch.setattr("counter_tui.bootstrap.workplace_keys.PassphraseKeys", cheap)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "live" / "keys"


def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, mode: int = 0o600) -> None:
    file = tmp_path / "secret"
    file.write_text(words, encoding="utf-8")
    file.chmod(mode)
    monkeypatch.setenv(VARIABLE, str(file))


def key(folder: Path) -> bytes:
    return get_key("test", folder, "counter", folder.parent / "counter.vault")


def test_a_key_is_made_once_and_found_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given(tmp_path, monkeypatch, GOOD + "\n")
    made = key(folder)
    assert key(folder) == made
    assert (folder.parent.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o700, 0o700)
    given(tmp_path, monkeypatch, "another passphrase")
    with pytest.raises(KeyUnavailable, match="passphrase.wrong"):
        key(folder)


def test_a_passphrase_may_come_from_an_open_descriptor(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        read, write = os.pipe()
        os.write(write, GOOD.encode())
        os.close(write)
        monkeypatch.setenv(VARIABLE, f"fd:{read}")
        assert len(key(folder)) == 32


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o602])
def test_a_file_that_others_may_read_is_not_taken(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    given(tmp_path, monkeypatch, GOOD, mode)
    with pytest.raises(StoreError, match="store.passphrase-open"):
        key(folder)


@pytest.mark.parametrize("named", ["/nowhere/at/all", "fd:", "fd:9999", "fd:x"])
def test_what_cannot_be_read_is_told_with_the_variable(
    folder: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv(VARIABLE, named)
    with pytest.raises(StoreError, match="store.passphrase-none") as refused:
        key(folder)
    assert refused.value.params == {"variable": VARIABLE}


def test_where_nobody_can_be_asked_that_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(StoreError, match="store.passphrase-none"):
        key(folder)


class Typing:
    """Somebody at the terminal."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
        self._words = list(words)
        monkeypatch.delenv(VARIABLE, raising=False)
        monkeypatch.setattr("counter_tui.bootstrap.workplace_keys.sys.stdin", self)
        monkeypatch.setattr("counter_tui.bootstrap.workplace_keys.getpass", lambda _: self._words.pop(0))

    def isatty(self) -> bool:
        return True


def test_a_new_passphrase_is_typed_twice_and_an_old_one_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Typing(monkeypatch, GOOD, GOOD)
    made = key(folder)
    Typing(monkeypatch, GOOD)
    assert key(folder) == made


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [((GOOD, "a lonk passphrase"), "store.passphrase-differs"), (("short", "short"), "store.passphrase-short")],
)
def test_a_bad_new_passphrase_makes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, str], refusal: str
) -> None:
    Typing(monkeypatch, *typed)
    with pytest.raises(StoreError, match=refusal):
        key(folder)
    assert list(folder.glob("key-*")) == []


def test_a_vault_without_its_key_gets_no_new_one(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given(tmp_path, monkeypatch, GOOD)
    folder.parent.mkdir()
    (folder.parent / "counter.vault").touch()
    with pytest.raises(StoreError, match="store.key-missing"):
        key(folder)


def test_a_key_is_destroyed_without_a_passphrase(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given(tmp_path, monkeypatch, GOOD)
    key(folder)
    monkeypatch.delenv(VARIABLE)
    forget_key("test", folder, "counter")
    assert list(folder.glob("key-*")) == []
    given(tmp_path, monkeypatch, GOOD)
    assert open_keys("test", folder, "counter").find("counter") is None
