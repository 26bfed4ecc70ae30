"""A reading as people and other systems use it: names to show, whole dates, the kind of document, age and expiry."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from counter_tui.domain.texts import Text

from .dates import Century, PartialDate, read_date
from .model import Reading
from .names import truncated_part
from .states import normal_state
from .transliteration import find_arabic
from .types import document_type

_UNKNOWN: Final = "<" * 6


@dataclass(frozen=True, slots=True, repr=False)
class Readout:
    """`name` is `SURNAME, GIVEN NAMES`; dates are ISO 8601 as far as known, "" if not at all.

    `arabic_name` is the same in Arabic letters where the zone tells them without doubt, else "".
    `truncated` names the part of the name that fills its field and may go on: "surname", "given_names" or "".
    `age` is whole years, at least; `expired` None where no expiry is given.
    """

    document_type: Text
    issuing_state: str
    nationality: str
    name: str
    surname: str
    given_names: str
    arabic_name: str
    truncated: str
    sex: str
    birth_date: str
    age: int | None
    expiry_date: str
    expired: bool | None

    def __repr__(self) -> str:
        """Without the person."""
        return f"Readout({self.document_type.code})"


def read_out(reading: Reading, *, today: date) -> Readout | None:
    """What a reading of a known layout says, valid or not; None where there is no layout.

    What the zone does not tell is not invented: AE stays AE, whatever letter it stands for, and lost apostrophes and
    hyphens stay lost.
    """
    if reading.format is None:
        return None
    fields = reading.fields
    birth, _ = read_date(fields["birth_date"], Century.BIRTH, today)
    expiry, _ = read_date(fields.get("expiry_date", _UNKNOWN), Century.EXPIRY, today)
    surname, given_names = fields["surname"], fields["given_names"].replace(",", "")
    return Readout(
        document_type=document_type(fields["document_code"], reading.format),
        issuing_state=normal_state(fields["issuing_state"]),
        nationality=normal_state(fields["nationality"]),
        name=", ".join(part for part in (surname, given_names) if part),
        surname=surname,
        given_names=given_names,
        arabic_name=_arabic(surname, given_names, fields["issuing_state"]),
        truncated=truncated_part(given_names) if reading.name_maybe_truncated else "",
        sex=fields["sex"] if fields["sex"] in ("M", "F") else "X",
        birth_date=birth.iso(),
        age=birth.age_on(today),
        expiry_date=expiry.iso(),
        expired=_is_over(expiry, today),
    )


def _arabic(surname: str, given_names: str, issuing_state: str) -> str:
    """Both parts are asked as one: where one word is escaped, all of them were written by the table."""
    words = (find_arabic(f"{surname} {given_names}", issuing_state) or "").split()
    first = len(surname.split())
    return "\u060c ".join(" ".join(part) for part in (words[:first], words[first:]) if part)


def _is_over(expiry: PartialDate, today: date) -> bool | None:
    last = expiry.latest()
    return None if last is None else last < today
