"""The keys of a live workplace, a counter's or a single window's: in the keyring, or under a passphrase.

A passphrase is typed on the terminal, twice where it is new. Where nobody types, `COUNTER_PASSPHRASE_FROM` names where
it is read from: a file that nobody else may read (mode 0600), or `fd:N`, an open file descriptor. Never an argument:
other users of the machine see those.
"""

import contextlib
import os
import stat
import sys
from getpass import getpass
from pathlib import Path
from typing import Final

from offline_cache import KeyringKeys, PassphraseKeys, choose_keys
from offline_cache.keys import destroy_keys

from ..errors import StoreError

SERVICE: Final = "counter-tui live"
LABEL: Final = "counter"
REALM: Final = "live"
VARIABLE: Final = "COUNTER_PASSPHRASE_FROM"
SHORTEST: Final = 8
LONGEST: Final = 1024


def open_keys(service: str, folder: Path, label: str) -> KeyringKeys | PassphraseKeys:
    """The provider of the keys in this folder; blocking. `label` is the key that is wanted.

    Raises CacheError, and StoreError `store.passphrase-none` where nobody can be asked, `store.passphrase-open` where
    others may read its file, `store.passphrase-short` and `store.passphrase-differs` for a new one.
    """
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = choose_keys(service, folder, "")
    if isinstance(keys, KeyringKeys):
        return keys
    new = not (folder / f"key-{label}.json").exists()
    return PassphraseKeys(folder, _passphrase(folder.parent.name, new=new))


def get_key(service: str, folder: Path, label: str, vault: Path) -> bytes:
    """The key of a live vault, made where there is no vault yet. Raises as `open_keys`, and `store.key-missing`."""
    keys = open_keys(service, folder, label)
    key = keys.find(label)
    if key is None and vault.exists():
        raise StoreError("store.key-missing")
    return key or keys.create(label)


def forget_key(service: str, folder: Path, label: str) -> None:
    """Destroy a key, wherever it is: nothing under it opens any more. Needs no passphrase. Raises CacheError."""
    destroy_keys(choose_keys(service, folder, ""), (label,))


def _passphrase(whose: str, *, new: bool) -> str:
    named = os.environ.get(VARIABLE)
    given = _read(named) if named else _asked(whose, new=new)
    if new and len(given) < SHORTEST:
        raise StoreError("store.passphrase-short", least=SHORTEST)
    return given


def _read(named: str) -> str:
    try:
        handle = int(named[3:]) if named.startswith("fd:") else os.open(named, os.O_RDONLY)
        with open(handle, "rb") as source:  # noqa: PTH123 (a descriptor)
            status = os.fstat(source.fileno())
            others = stat.S_ISREG(status.st_mode) and status.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
            if others and sys.platform != "win32":
                raise StoreError("store.passphrase-open", file=Path(named).name)
            return source.read(LONGEST).decode().rstrip("\r\n")
    except (OSError, ValueError):
        raise StoreError("store.passphrase-none", variable=VARIABLE) from None


def _asked(whose: str, *, new: bool) -> str:
    if not sys.stdin.isatty():
        raise StoreError("store.passphrase-none", variable=VARIABLE)
    with contextlib.suppress(EOFError):
        given = getpass(f"{'New passphrase' if new else 'Passphrase'} ({whose}): ")
        if new and getpass("The same again: ") != given:
            raise StoreError("store.passphrase-differs")
        return given
    raise StoreError("store.passphrase-none", variable=VARIABLE)
