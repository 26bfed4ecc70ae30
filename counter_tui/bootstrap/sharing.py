"""`counter sharing`: what an agency shares is signed by it, and shown as the matrix that follows."""

from datetime import date
from typing import Final, TextIO

from ..domain.sharing import Class, SharingAgreement, Topic
from ..domain.words import Agency
from ..errors import ConfigError
from ..settings_sharing import PREFIX, load_sharing, owner_file, unsigned
from ..settings_signed import read_bounded, signature_file
from .catalogues import catalogue
from .signing import Signer, SigningOrder

_WIDTH: Final = 12
_SIGN: Final = {Class.OPEN: "open", Class.BAND: "band", Class.SEALED: "sealed", Class.NONE: "-"}


def sign_sharing(order: SigningOrder, *, language: str, out: TextIO) -> int:
    """Sign what an agency shares, exactly as it stands in its file. Raises ListError for the key, ConfigError."""
    path, signer = owner_file(order.agency), Signer(order)
    raw = read_bounded(path)
    if raw is None:
        raise ConfigError("config.no-file", file=f"sharing/{path.name}")
    signer.sign(path, PREFIX + raw)
    signer.tell([signature_file(path).name], language, out)
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
