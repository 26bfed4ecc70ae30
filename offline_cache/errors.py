"""What can go wrong in the cache, as one tree.

    CacheError
    |-- VaultMissing      there is no vault at this path
    |-- VaultExists       there is one already: nothing is overwritten
    |-- VaultBusy         another process (or handle) owns the vault
    |-- VaultCorrupt      the file is damaged, or is no vault of this kind
    |-- VaultTooNew       a later version of the program has migrated it
    |-- VaultWrongKey     this key does not open it
    |-- VaultPlaintext    the file is readable without any key
    |-- DiskFailed        the operating system refused to read or write
    |   |-- DiskFull      ... because there is no space left
    |   `-- DiskReadOnly  ... because nothing may be written there
    |-- KeyUnavailable    no key: keyring absent or refusing, wrong passphrase, damaged key file
    |-- JournalBroken     the journal, a receipt or the single window contradict each other
    |-- BundleWrong       a file that was carried by hand is none, was not copied whole, or is not what it says
    |-- CertificateWrong  a session certificate is malformed, or its signatures do not hold
    |-- PinWrong          this PIN does not unwrap this secret
    |-- SealBroken        what was sealed is not as it was, or was sealed for another
    `-- NoticeWrong       a lease or a mark of time is malformed, forged, another's, or older than what is held

An error carries a dotted code and a detail of plain values, never a sentence and never a secret: the words are the
business of whoever shows it.
"""

from __future__ import annotations


class CacheError(Exception):
    """Root of the tree. `code` is dotted and stable; `detail` holds names, counts and paths, no key, PIN or body."""

    def __init__(self, code: str, **detail: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.detail: dict[str, str | int] = detail

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value}" for name, value in self.detail.items())])


class VaultMissing(CacheError):  # noqa: N818 - the code words of the tree, as they are shown
    """There is no vault at this path."""


class VaultExists(CacheError):  # noqa: N818
    """There is something at this path already; nothing is overwritten."""


class VaultBusy(CacheError):  # noqa: N818
    """Another process or handle owns the vault."""


class VaultCorrupt(CacheError):  # noqa: N818
    """The file is damaged, or is no vault of this kind."""


class VaultTooNew(CacheError):  # noqa: N818
    """A later version of the program has migrated the vault; it was not touched."""


class VaultWrongKey(CacheError):  # noqa: N818
    """The vault does not open with the key that was given."""


class VaultPlaintext(CacheError):  # noqa: N818
    """The file is readable without any key; it is not used."""


class DiskFailed(CacheError):  # noqa: N818
    """The operating system refused to read or write."""


class DiskFull(DiskFailed):
    """There is no space left; what was being written was rolled back."""


class DiskReadOnly(DiskFailed):
    """Nothing may be written there: a disk or file for reading only, or no right to it."""


class KeyUnavailable(CacheError):  # noqa: N818
    """No key: the code tells whether the keyring, the passphrase or the key file is the reason."""


class JournalBroken(CacheError):  # noqa: N818
    """The journal, a receipt or the single window contradict each other."""


class BundleWrong(CacheError):  # noqa: N818
    """A bundle is malformed, cut, altered, or for somebody else."""


class CertificateWrong(CacheError):  # noqa: N818
    """A session certificate is malformed, or its signatures do not hold."""


class PinWrong(CacheError):  # noqa: N818
    """The PIN that was given does not unwrap the secret."""


class SealBroken(CacheError):  # noqa: N818
    """What was sealed is not as it was, or was sealed for another."""


class NoticeWrong(CacheError):  # noqa: N818
    """A notice of the single window is malformed, forged, another's, or older than what is held."""
