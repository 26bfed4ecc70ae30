"""`counter procedures`: the joint procedures are looked through before anybody goes by them, and signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from ..domain.procedures import Procedure
from ..domain.procedures.checking import Surroundings, check
from ..domain.procedures.variables import VARIABLES
from ..domain.texts import text
from ..domain.words import Agency
from ..errors import ConfigError
from ..settings import load_counters, load_findings, load_risk
from ..settings_procedures import PREFIX, not_signed, procedure_files, read_procedure
from ..settings_signed import for_agency, load_owners, signature_file
from ..tui import words
from .catalogues import catalogue
from .signing import Signer, SigningOrder

WRONG = 1


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    path: Path
    row: Procedure
    raw: bytes


def sign_procedures(order: SigningOrder, files: Sequence[Path], *, language: str, out: TextIO) -> int:
    """Sign these files, or all that change this agency's duty, as they stand. Raises ListError, ConfigError."""
    signer, signed = Signer(order), []
    for path in files or procedure_files():
        row, raw = read_procedure(path)
        if files or order.agency in row.signers:
            signer.sign(path, for_agency(PREFIX, order.agency, raw), several=True)
            signed.append(signature_file(path).name)
    signer.tell(signed, language, out)
    return 0


def check_procedures(files: Sequence[Path], *, language: str, out: TextIO) -> int:
    """Tell what is wrong with these files, else with all, as `FILE: row: what`; 1 where one may not be gone by.

    Files that are named are looked at beside those that are in force.
    """
    words.use(catalogue(language))
    looked, bad = _read([*files] or list(procedure_files()), out)
    here = {one.path.resolve() for one in looked}
    beside, _ = _read([p for p in procedure_files() if p.resolve() not in here], None) if files else ([], False)
    named = {one.row.id: one for one in looked}
    for one in looked:
        doubled = [other for other in (*looked, *beside) if other is not one and other.row.id == one.row.id]
        bad |= bool(doubled) and _tell(one, "sop.doubled", out)
    for flaw in check([*(one.row for one in looked), *(one.row for one in beside)], surroundings()):
        if flaw.id in named:
            print(f"{named[flaw.id].name}: {words.clean(flaw.id)}: {words.clean(words.say(flaw.why))}", file=out)
            bad |= flaw.fatal
    bad |= _signatures(looked, out)
    print(words.say("sop.checked", files=len(looked)), file=out)
    return WRONG if bad else 0


def _read(paths: Sequence[Path], out: TextIO | None) -> tuple[list[_File], bool]:
    """The files that read, and whether one does not; what is wrong with it is told."""
    found, bad = [], False
    for path in paths:
        name = words.clean(path.name)
        try:
            row, raw = read_procedure(path)
        except ConfigError as error:
            bad = True
            if out is not None:
                key = words.clean(error.params.get("key", "") or "-")
                print(f"{name}: {key}: {words.clean(words.say(error))}", file=out)
        else:
            found.append(_File(name, path, row, raw))
    return found, bad


def _tell(one: _File, code: str, out: TextIO, **params: str) -> bool:
    print(f"{one.name}: {words.clean(one.row.id)}: {words.clean(words.say(text(code, **params)))}", file=out)
    return True


def _signatures(looked: Sequence[_File], out: TextIO) -> bool:
    """Tell whose signature is missing; those of the demo's key count in the demo alone, and that is said once."""
    owners, bad, training = load_owners(), False, 0
    for one in looked:
        missing = not_signed(one.path, one.row, one.raw, owners, demo=True)
        if missing:
            bad = _tell(one, "sop.not-signed", out, agencies=", ".join(missing))
        elif not_signed(one.path, one.row, one.raw, owners, demo=False):
            training += 1
    if training:
        print(words.say("sop.signed-for-training", files=training), file=out)
    return bad


def surroundings() -> Surroundings:
    """What the agencies call for here, which of them have counters, and what has words."""
    calls = [(r.authority.value, r.subject.value, r.action) for r in load_findings().rules.values()]
    calls += [(r.authority.value, r.subject.value, r.action) for r in load_risk().indicators.rows if r.calls]
    actions: dict[str, set[str]] = {}
    for authority, subject, action in calls:
        for name in (authority, subject):
            actions.setdefault(f"{name}_actions", set()).add(action)
    agencies = frozenset[Agency]().union(*(counter.agencies for counter in load_counters()))
    return Surroundings({name: frozenset(of) for name, of in actions.items()}, agencies, _has_words)


def _has_words(row: Procedure, code: str) -> bool:
    """In every language: of the catalogue, or of its own."""
    own = row.find_words(code)
    return bool(own and own.en and own.id) or all(
        catalogue(language).gettext(code) != code for language in words.LANGUAGES
    )


def list_variables(out: TextIO) -> int:
    """What conditions may ask: name, type, what it tells."""
    room = max(map(len, VARIABLES))
    for variable in VARIABLES.values():
        print(f"{variable.name:<{room}}  {variable.type:<6}  {variable.tells}", file=out)
    return 0
