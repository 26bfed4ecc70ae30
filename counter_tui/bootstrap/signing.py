"""An agency signs a file of rules with its key; whether that key counts is told."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from ..domain.words import Agency
from ..settings_signed import Signature, load_owners, write_signature
from .catalogues import catalogue
from .identity import text
from .lists import KeyOrder, load_key, new_key


@dataclass(frozen=True, slots=True)
class SigningOrder:
    """Who signs, and with which key; `passphrase` is asked for where the key has one."""

    agency: Agency
    key: Path
    new_key: bool = False
    passphrase: Callable[[], bytes | None] = field(default=lambda: None, repr=False)


class Signer:
    """An agency's key, opened once. Raises ListError for the key."""

    def __init__(self, order: SigningOrder) -> None:
        key_order = KeyOrder(order.key, order.passphrase)
        self._agency = order.agency
        self._private = new_key(key_order) if order.new_key else load_key(key_order)
        self._public = text(self._private.public_key().public_bytes_raw())

    def sign(self, path: Path, message: bytes, *, several: bool = False) -> None:
        """Put the agency's signature of these bytes beside the file; `several` agencies sign it."""
        signature = b64encode(self._private.sign(message)).decode()
        write_signature(path, Signature(self._public, signature, self._agency.value if several else ""))

    def tell(self, names: list[str], language: str, out: TextIO) -> None:
        """Say which files it signed, and where its key is to be entered before it counts."""
        _ = catalogue(language).gettext
        for name in names:
            print(_("{file}: signed by {agency}").format(file=name, agency=self._agency.value), file=out)
        known = [key for o in load_owners() if o.agency is self._agency for key in o.known(demo=True)]
        if self._public not in known:
            told = _("This key counts for nothing yet. config/sharing.toml, owner {agency}: keys = [{key}]")
            print(told.format(agency=self._agency.value, key=f'"{self._public}"'), file=out)
