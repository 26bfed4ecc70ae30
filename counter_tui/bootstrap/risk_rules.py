"""`counter risk`: the rules of risk are looked through before anybody is judged by them, and their variables listed."""

from pathlib import Path
from typing import TextIO

from ..domain.risk import Indicator
from ..domain.risk.checking import check
from ..domain.risk.variables import VARIABLES
from ..errors import ConfigError
from ..settings import config_folder
from ..settings_risk import FILE, line_of, message_of, read_risk, unsigned_risk
from ..settings_signed import signature_file
from ..tui import words
from .catalogues import catalogue
from .signing import Signer, SigningOrder

WRONG = 1


def sign_risk(order: SigningOrder, *, language: str, out: TextIO) -> int:
    """Sign an agency's rows, and the post's, as they stand. Raises ListError for the key, ConfigError."""
    read_risk(FILE)  # what does not read is not signed
    signer, path = Signer(order), config_folder() / FILE
    signer.sign(path, message_of(order.agency), several=True)
    signer.tell([signature_file(path).name], language, out)
    return 0


def check_risk(language: str, file: Path | None, out: TextIO) -> int:
    """Tell what is wrong with rows of a file, else the one in force, as `FILE:LINE: row: what`; 1 where one is bad."""
    words.use(catalogue(language))
    path = (file or config_folder() / FILE).resolve()
    name = words.clean(str(file or FILE))
    try:
        rules = read_risk(str(path))
    except ConfigError as error:
        where = line_of(path, str(error.params.get("key", "")))
        print(f"{name}:{where}: {words.clean(words.say(error))}", file=out)
        return WRONG
    lines = {row.id: line_of(path, f"indicator[{n}]") for n, row in enumerate(rules.indicators.rows)}
    flaws = check(rules, _has_words)
    for flaw in flaws:
        print(f"{name}:{lines[flaw.id]}: {words.clean(flaw.id)}: {words.clean(words.say(flaw.why))}", file=out)
    bad = any(flaw.fatal for flaw in flaws)
    if file is None:
        bad |= _signatures(out)
    said = words.say("rule.checked", file=name, version=rules.version, rows=len(lines))
    print(words.clean(said), file=out)
    return WRONG if bad else 0


def _signatures(out: TextIO) -> bool:
    """Tell whose signature is missing; those of the demo's key count in the demo alone, and that is said."""
    missing = unsigned_risk(demo=True)
    if missing:
        print(f"{FILE}: {words.say('rule.not-signed', owner=', '.join(missing))}", file=out)
    elif unsigned_risk(demo=False):
        print(f"{FILE}: {words.say('rule.signed-for-training')}", file=out)
    return bool(missing)


def _has_words(row: Indicator) -> bool:
    code = f"indicator.{row.id}"
    return words.say(code) != code


def list_variables(out: TextIO) -> int:
    """What conditions may ask: name, type, what it tells."""
    room = max(map(len, VARIABLES))
    for variable in VARIABLES.values():
        print(f"{variable.name:<{room}}  {variable.type:<6}  {variable.tells}", file=out)
    return 0
