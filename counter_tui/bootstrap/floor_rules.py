"""`counter floor`: the offline floor and the deadlines are looked through before anybody goes by them, and signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..errors import ConfigError
from ..settings import _read, config_folder, load_documents
from ..settings_deadlines import FILE as DEADLINES
from ..settings_deadlines import PREFIX as DEADLINES_PREFIX
from ..settings_deadlines import load_deadlines
from ..settings_floor import FILE, PREFIX, load_floor
from ..settings_signed import message_of_rows, signature_file, unsigned_rows
from ..tui import words
from .catalogues import catalogue
from .signing import Signer, SigningOrder

if TYPE_CHECKING:
    from typing import TextIO

WRONG: Final = 1
FILES: Final = ((FILE, PREFIX), (DEADLINES, DEADLINES_PREFIX))


def sign_floor(order: SigningOrder, *, language: str, out: TextIO) -> int:
    """Sign an agency's rows of the floor, and the deadlines, as they stand. Raises ListError, ConfigError."""
    _read_both()  # what does not read is not signed
    signer, signed = Signer(order), []
    for name, prefix in FILES:
        table, _ = _read(name)
        path = config_folder() / name
        signer.sign(path, message_of_rows(prefix, order.agency, table), several=True)
        signed.append(signature_file(path).name)
    signer.tell(signed, language, out)
    return 0


def check_floor(language: str, out: TextIO) -> int:
    """Tell what is wrong with the two files, and whose signature is missing; 1 where one may not be gone by."""
    words.use(catalogue(language))
    try:
        rows = _read_both()
    except ConfigError as error:
        print(words.clean(words.say(error)), file=out)
        return WRONG
    bad = False
    for name, prefix in FILES:
        missing = unsigned_rows(name, prefix, demo=True)
        if missing:
            bad = True
            print(f"{name}: {words.say('rule.not-signed', owner=', '.join(missing))}", file=out)
        elif unsigned_rows(name, prefix, demo=False):
            print(f"{name}: {words.say('floor.signed-for-training')}", file=out)
    print(words.say("floor.checked", rows=rows), file=out)
    return WRONG if bad else 0


def _read_both() -> int:
    """How many rows the floor has."""
    load_deadlines()
    return len(load_floor(load_documents()).rows)
