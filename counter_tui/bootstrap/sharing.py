"""`counter sharing`: what an agency shares is signed by it, and shown as the matrix that follows."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, TextIO

from ..domain.sharing import Class, SharingAgreement, Topic
from ..domain.words import Agency
from ..errors import ConfigError
from ..settings_sharing import PREFIX, load_owners, load_sharing, owner_file, signature_file, unsigned
from .catalogues import catalogue
from .identity import text
from .lists import KeyOrder, load_key, new_key

_WIDTH: Final = 12
_SIGN: Final = {Class.OPEN: "open", Class.BAND: "band", Class.SEALED: "sealed", Class.NONE: "-"}


@dataclass(frozen=True, slots=True)
class SharingOrder:
    """Whose file is to be signed, and with which key; `passphrase` is asked for where the key has one."""

    agency: Agency
    key: Path
    new_key: bool = False
    passphrase: Callable[[], bytes | None] = field(default=lambda: None, repr=False)


def sign_sharing(order: SharingOrder, *, language: str, out: TextIO) -> int:
    """Sign what an agency shares, exactly as it stands in its file. Raises ListError for the key, ConfigError."""
    _ = catalogue(language).gettext
    path = owner_file(order.agency)
    key_order = KeyOrder(order.key, order.passphrase)
    private = new_key(key_order) if order.new_key else load_key(key_order)
    public = text(private.public_key().public_bytes_raw())
    try:
        raw = path.read_bytes()
    except OSError:
        raise ConfigError("config.no-file", file=f"sharing/{path.name}") from None
    signed = {"key": public, "signature": b64encode(private.sign(PREFIX + raw)).decode()}
    target = signature_file(path)
    half = target.with_name(f"{target.name}.new")
    half.write_text(json.dumps(signed) + "\n", encoding="utf-8")
    half.replace(target)
    print(_("{file}: signed by {agency}").format(file=target.name, agency=order.agency.value), file=out)
    known = {key for owner in load_owners() if owner.agency is order.agency for key in (*owner.keys, *owner.demo_keys)}
    if public not in known:
        told = _("This key counts for nothing yet. config/sharing.toml, owner {agency}: keys = [{key}]")
        print(told.format(agency=order.agency.value, key=f'"{public}"'), file=out)
    return 0


def show_sharing(*, demo: bool, today: date, language: str, out: TextIO) -> int:
    """The matrix as it is in force: a line a topic, a class for each agency; 1 where an owner has not signed."""
    _ = catalogue(language).gettext
    agreement, missing = load_sharing(demo=demo).on(today), unsigned(demo=demo)
    print(f"{'':<18}" + "".join(f"{agency.value:<{_WIDTH}}" for agency in Agency).rstrip(), file=out)
    for row in agreement.topics.values():
        print(_line(row, agreement), file=out)
    for agency in missing:
        print(_("{agency} has not signed: nothing of it is shared").format(agency=agency.value), file=out)
    return 1 if missing else 0


def _line(row: Topic, agreement: SharingAgreement) -> str:
    """`owner` stands where it is the agency's own; the first day where it has not come yet."""
    classes = ["owner" if a is row.owner else _SIGN[row.class_for(frozenset({a}))] for a in Agency]
    first = f"  from {row.valid_from}" if row.valid_from > agreement.day else ""
    cells = "".join(f"{one:<{_WIDTH}}" for one in classes)
    return f"{row.topic:<18}{cells}{row.legal_basis or '(no legal basis: not shared)'}{first}"
