"""Where a vault's key comes from: the keyring of the operating system, or a passphrase where there is none.

A key is 32 random bytes under a label. With a passphrase it lies wrapped (Argon2id, AES-256-GCM) in a file of its own,
mode 0600. Only keyrings known to keep a secret are taken: some backends keep plaintext, prompt on standard input, or
lose what is written.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import re
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from ._derive import KEY_BYTES, STANDARD_COST, Argon2Cost, argon2id
from ._files import exists, sync_folder, write_atomically
from .errors import DiskFailed, KeyUnavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

ALLOWED_KEYRINGS: Final = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)
CHOICE_FILE: Final = "keys.choice"
_LABEL: Final = re.compile("[a-z0-9][a-z0-9._-]{0,63}")
_MAX_FILE: Final = 4096
_WRAP_TAG: Final = b"offline_cache passphrase 1"


class KeyProvider(Protocol):
    """Keeps keys by label. `name` is "keyring" or "passphrase"; a label: lower-case ASCII, digits, `.`, `_`, `-`."""

    @property
    def name(self) -> str:
        """Which kind of provider this is."""

    def find(self, label: str) -> bytes | None:
        """The key, or None if there is none. Raises KeyUnavailable if it cannot be told or opened."""

    def create(self, label: str) -> bytes:
        """A new random key, durable when this returns. Raises KeyUnavailable, `key.exists` if there is one already."""

    def delete(self, label: str) -> None:
        """Destroys the key; one that is not there is no error."""


class KeyringKeys:
    """Keys in the keyring of the operating system, under the name `service`.

    Raises KeyUnavailable at first use: `keyring.none` (there is no keyring), `keyring.not-allowed` (only such as do not
    keep a secret; `detail["backend"]` names it), `keyring.refused` (locked, or the user declined), `key.damaged`.
    """

    name = "keyring"

    def __init__(self, service: str, backend: KeyringBackend | None = None) -> None:
        self._service = service
        self._backend = backend

    def find(self, label: str) -> bytes | None:
        """The key, or None; see KeyProvider."""
        stored = self._call("get_password", label)
        if stored is None:
            return None
        if not isinstance(stored, str) or not re.fullmatch("[0-9a-f]{64}", stored):
            raise KeyUnavailable("key.damaged", label=label)
        return bytes.fromhex(stored)

    def create(self, label: str) -> bytes:
        """A new key, read back before it is trusted; see KeyProvider."""
        if self.find(label) is not None:
            raise KeyUnavailable("key.exists", label=label)
        key = secrets.token_bytes(KEY_BYTES)
        self._call("set_password", label, key.hex())
        if self.find(label) != key:
            raise KeyUnavailable("keyring.refused", label=label)
        return key

    def delete(self, label: str) -> None:
        """Destroys the key; see KeyProvider."""
        if self.find(label) is not None:
            self._call("delete_password", label)

    def probe(self) -> None:
        """Sets, reads and deletes a random value. Raises KeyUnavailable if that does not work here."""
        label = f"probe-{secrets.token_hex(8)}"
        self.create(label)
        self.delete(label)

    def _call(self, method: str, label: str, *values: str) -> Any:
        _check_label(label)
        if self._backend is None:
            self._backend = _allowed_backend()
        try:
            return getattr(self._backend, method)(self._service, label, *values)
        except _refusals() as error:
            raise KeyUnavailable("keyring.refused", kind=type(error).__name__) from None


class PassphraseKeys:
    """Keys in files of `folder`, each wrapped with `passphrase`; `cost` is what a guess costs, for new files.

    Raises KeyUnavailable: `passphrase.wrong`, `key.damaged` (the file's checksum or form is wrong), and DiskFailed.
    """

    name = "passphrase"

    def __init__(self, folder: Path, passphrase: str, *, cost: Argon2Cost = STANDARD_COST) -> None:
        self._folder = folder
        self._passphrase = passphrase.encode()
        self._cost = cost

    def find(self, label: str) -> bytes | None:
        """The key, or None; see KeyProvider."""
        path = self._path(label)
        try:
            if not exists(path):
                return None
            with path.open("rb") as stream:
                content = stream.read(_MAX_FILE + 1)
        except OSError as error:
            raise DiskFailed("disk.failed", path=str(path), errno=error.errno or 0) from None
        return self._unwrap(content, label)

    def create(self, label: str) -> bytes:
        """A new key; see KeyProvider."""
        path = self._path(label)
        if exists(path):
            raise KeyUnavailable("key.exists", label=label)
        key = secrets.token_bytes(KEY_BYTES)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(path, self._wrap(key, label))
        except OSError as error:
            raise DiskFailed("disk.failed", path=str(path), errno=error.errno or 0) from None
        return key

    def delete(self, label: str) -> None:
        """Destroys the wrapped key; see KeyProvider."""
        path = self._path(label)
        try:
            _overwrite(path)
        except OSError as error:
            raise DiskFailed("disk.failed", path=str(path), errno=error.errno or 0) from None

    def _path(self, label: str) -> Path:
        _check_label(label)
        return self._folder / f"key-{label}.json"

    def _wrap(self, key: bytes, label: str) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        wrapping = argon2id(self._passphrase, salt, self._cost)
        fields: dict[str, str | int] = {
            "suite": 1,
            "memory_kib": self._cost.memory_kib,
            "time": self._cost.time,
            "lanes": self._cost.lanes,
            "salt": _text(salt),
            "nonce": _text(nonce),
            "wrapped": _text(AESGCM(wrapping).encrypt(nonce, key, _WRAP_TAG + label.encode())),
        }
        return json.dumps(fields | {"checksum": _checksum(fields)}, indent=1).encode()

    def _unwrap(self, content: bytes, label: str) -> bytes:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        fields = _parse(content, label)
        try:
            cost = Argon2Cost(int(fields["memory_kib"]), int(fields["time"]), int(fields["lanes"])).checked()
            salt, nonce, wrapped = (
                base64.b64decode(str(fields[name]), validate=True) for name in ("salt", "nonce", "wrapped")
            )
            key = AESGCM(argon2id(self._passphrase, salt, cost)).decrypt(nonce, wrapped, _WRAP_TAG + label.encode())
        except InvalidTag:
            # the checksum held, so the file is as it was written
            raise KeyUnavailable("passphrase.wrong", label=label) from None
        except (KeyError, ValueError, TypeError, binascii.Error):
            raise KeyUnavailable("key.damaged", label=label) from None
        if len(key) != KEY_BYTES:
            raise KeyUnavailable("key.damaged", label=label)
        return key


def choose_keys(
    service: str,
    folder: Path,
    passphrase: str,
    *,
    backend: KeyringBackend | None = None,
    cost: Argon2Cost = STANDARD_COST,
) -> KeyringKeys | PassphraseKeys:
    """The provider for this machine, the same one every time.

    A wrapped key in `folder` keeps it with the passphrase. Otherwise the file `keys.choice` says what was chosen
    before, so that a second start probes nothing; a keyring that was chosen and is gone is an error at first use, never
    a reason to begin with other keys. The first time the keyring is probed, and taken if it works.
    `cost` is what a guess at the passphrase costs, for keys that are made.
    """
    if any(folder.glob("key-*.json")):
        return PassphraseKeys(folder, passphrase, cost=cost)
    note = folder / CHOICE_FILE
    choice = note.read_bytes()[:32].decode("ascii", "replace").strip() if note.is_file() else ""
    keyring = KeyringKeys(service, backend)
    if choice not in ("keyring", "passphrase"):
        choice = "keyring"
        try:
            keyring.probe()
        except KeyUnavailable:
            choice = "passphrase"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(note, choice.encode())
    return keyring if choice == "keyring" else PassphraseKeys(folder, passphrase, cost=cost)


def destroy_keys(keys: KeyProvider, labels: Iterable[str], vaults: Iterable[Path] = ()) -> None:
    """Destroys the keys under these labels, so that nobody opens what they opened; then the key checks of `vaults`.

    The vaults themselves stay: without their keys they are noise. A key that is not there is no error, so that what
    was broken off is done again. Raises KeyUnavailable where a keyring refuses, DiskFailed.
    """
    for label in labels:
        keys.delete(label)
    for vault in vaults:
        path = vault.with_name(f"{vault.name}.keycheck")
        try:
            _overwrite(path)
        except OSError as error:
            raise DiskFailed("disk.failed", path=str(path), errno=error.errno or 0) from None


def _overwrite(path: Path) -> None:
    """Overwrites a file and removes it, where there is one; what a disk keeps beneath it is beyond this."""
    if not exists(path):
        return
    with path.open("r+b", buffering=0) as stream:
        stream.write(secrets.token_bytes(path.stat().st_size))
        os.fsync(stream.fileno())
    path.unlink()
    sync_folder(path.parent)


def _check_label(label: str) -> None:
    if not _LABEL.fullmatch(label):
        raise ValueError("label")


def _allowed_backend() -> KeyringBackend:
    import keyring
    from keyring.backends.chainer import ChainerBackend
    from keyring.backends.fail import Keyring as NoKeyring

    found = keyring.get_keyring()
    candidates = list(found.backends) if isinstance(found, ChainerBackend) else [found]
    for backend in candidates:
        if _backend_name(backend) in ALLOWED_KEYRINGS:
            return backend
    if not candidates or isinstance(found, NoKeyring):
        raise KeyUnavailable("keyring.none")
    raise KeyUnavailable("keyring.not-allowed", backend=_backend_name(found))


def _backend_name(backend: KeyringBackend) -> str:
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"


def _refusals() -> tuple[type[Exception], ...]:
    """What backends raise; those of D-Bus let through what their libraries raise."""
    from keyring.errors import KeyringError

    kinds: list[type[Exception]] = [KeyringError, OSError, RuntimeError]
    for module, name in (
        ("secretstorage.exceptions", "SecretStorageException"),
        ("jeepney.wrappers", "DBusErrorResponse"),
    ):
        if module in sys.modules:
            kinds.append(getattr(sys.modules[module], name))
    return tuple(kinds)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _checksum(fields: dict[str, str | int]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def _parse(content: bytes, label: str) -> dict[str, str | int]:
    try:
        fields = json.loads(content) if len(content) <= _MAX_FILE else None
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict) or fields.pop("checksum", None) != _checksum(fields) or fields.get("suite") != 1:
        raise KeyUnavailable("key.damaged", label=label)
    return fields
