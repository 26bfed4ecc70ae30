"""`counter delegations`: what an agency lets others clear is signed by it, and shown as it is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from ..errors import ConfigError
from ..settings_delegations import delegation_file, load_delegations, signed_bytes, unsigned_delegations
from ..settings_signed import read_bounded, signature_file
from .catalogues import catalogue
from .signing import Signer, SigningOrder

if TYPE_CHECKING:
    from datetime import datetime

    from ..domain.delegation import Delegation


def sign_delegations(order: SigningOrder, *, language: str, out: TextIO) -> int:
    """Sign what an agency delegates, exactly as it stands in its file. Raises ListError for the key, ConfigError."""
    path, signer = delegation_file(order.agency), Signer(order)
    raw = read_bounded(path)
    if raw is None:
        raise ConfigError("config.no-file", file=f"delegations/{path.name}")
    signer.sign(path, signed_bytes(order.agency, raw))
    signer.tell([signature_file(path).name], language, out)
    return 0


def show_delegations(*, demo: bool, now: datetime, language: str, out: TextIO) -> int:
    """A line each; 1 where a file is not signed. `now` is aware, in the post's own zone."""
    _ = catalogue(language).gettext
    for one in load_delegations(demo=demo):
        print(_line(one, now, _("in force"), _("not in force")), file=out)
    missing = unsigned_delegations(demo=demo)
    for agency in missing:
        print(_("{agency} has not signed: it delegates nothing").format(agency=agency.value), file=out)
    return 1 if missing else 0


def _line(one: Delegation, now: datetime, holds: str, ended: str) -> str:
    said = (
        one.id,
        f"{', '.join(sorted(one.authorities))} -> {', '.join(sorted(one.to_agencies))}",
        f"{', '.join(sorted(one.to_roles))}",
        f"{one.starts} .. {one.ends}",
        holds if one.holds(now) else ended,
        one.legal_basis,
    )
    return "  ".join(said)
