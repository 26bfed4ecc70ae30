"""What papers are made by: their words, what may be said, how long a stay is; and how they leave a counter."""

from dataclasses import dataclass
from enum import StrEnum

from ..stay import StayRules
from .facts import Sayable
from .wording import Wording


class Format(StrEnum):
    """What a printer is given."""

    ROLL = "roll"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Printing:
    """How papers leave the counter: the printer's command (none: off) and where they may be saved ("" : off).

    `encrypted`: folders that the post knows to be encrypted and of this machine alone. `seconds` bounds the command.
    """

    command: tuple[str, ...] = ()
    format: Format = Format.ROLL
    seconds: int = 20
    ascii_only: bool = True
    folder: str = ""
    encrypted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperRules:
    """All of it; `version` names that of each part. `contact` is whom a traveller may ask."""

    version: str
    wording: Wording
    stay: StayRules
    sayable: Sayable
    contact: str
    printing: Printing
