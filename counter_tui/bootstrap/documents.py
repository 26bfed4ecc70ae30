"""`counter documents`: a zone a line, judged, read out and, where its check digits single one out, repaired."""

import gettext
from datetime import date
from typing import BinaryIO

from ..domain.documents import Reading, Repair, Repairs, find_repairs, read_mrz, read_out
from ..domain.texts import Text, text
from ..jsonl import JsonLine
from ..tui import words
from .answering import Answer, answer_lines
from .catalogues import catalogue


def read_documents(language: str, given: BinaryIO, out: BinaryIO, *, today: date) -> int:
    """Answer every line of `given` on `out`, in order, each before the next is read; 0, whatever the lines hold.

    Ends quietly where nobody reads the answers any more.
    """
    answer_lines(given, out, _Reader(catalogue(language), today).answer)
    return 0


class _Reader:
    def __init__(self, translations: gettext.NullTranslations, today: date) -> None:
        words.use(translations)
        self._today = today

    def answer(self, line: JsonLine) -> Answer:
        """The answer to a line: what is wrong with it, or what its zone says."""
        if line.value is None:
            return _unread(None, line.problem or text("line.no-object"))
        name, lines = line.value.get("id"), line.value.get("lines")
        if not isinstance(name, (str, int, float, type(None))):
            return _unread(None, text("line.identity"))
        if not isinstance(lines, list) or not all(isinstance(each, str) for each in lines):
            return _unread(name, text("line.lines"))
        reading = read_mrz(lines, today=self._today)
        repairs = Repairs() if reading.valid else find_repairs(lines, today=self._today)
        return {
            "id": name,
            "format": reading.format,
            "valid": reading.valid,
            "strict_valid": reading.strict_valid,
            "problems": [words.say(problem.text) for problem in (*reading.problems, *repairs.undecided)],
            "fields": _fields(reading),
            "read": self._read_out(reading),
            "repairs": [_repair(repair) for repair in repairs.proposed],
        }

    def _read_out(self, reading: Reading) -> Answer:
        found = read_out(reading, today=self._today)
        if found is None:
            return {}
        return {
            "document_type": words.say(found.document_type),
            "issuing_state": found.issuing_state,
            "nationality": found.nationality,
            "name": found.name,
            "surname": found.surname,
            "given_names": found.given_names,
            "arabic_name": found.arabic_name or None,
            "truncated": found.truncated or None,
            "sex": found.sex,
            "birth_date": found.birth_date or None,
            "age": found.age,
            "expiry_date": found.expiry_date or None,
            "expired": found.expired,
        }


def _fields(reading: Reading) -> Answer:
    """The zone's own fields; whether the name fills its field is told where surname and given names share one."""
    fields: Answer = dict(reading.fields)
    if reading.format not in (None, "FRA_ID"):
        fields["name_maybe_truncated"] = reading.name_maybe_truncated
    return fields


def _repair(repair: Repair) -> Answer:
    return {
        "lines": list(repair.lines),
        "changes": [words.say(change.text) for change in repair.changes],
        "notes": [words.say(note) for note in repair.notes],
        "fields": _fields(repair.reading),
    }


def _unread(name: object, problem: Text) -> Answer:
    problems = [words.say(problem)]
    return {
        "id": name,
        "format": None,
        "valid": False,
        "strict_valid": False,
        "problems": problems,
        "fields": {},
        "read": {},
        "repairs": [],
    }
