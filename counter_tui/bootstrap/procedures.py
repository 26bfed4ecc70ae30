"""`counter procedures`: the joint procedures are looked through before anybody goes by them, and signed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from ..settings_procedures import PREFIX, procedure_files, read_procedure
from ..settings_signed import for_agency, signature_file
from .signing import Signer, SigningOrder


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
