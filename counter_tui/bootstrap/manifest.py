"""`counter manifest`: the travellers of passenger lists, one JSON object a line; what is wrong with them in words."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO, TextIO

from ..agencies.passenger_lists import Manifest, Traveller, read_manifest
from ..agencies.passenger_lists.model import Journey, ListedDocument, Remark
from ..agencies.passenger_lists.reading import open_manifest
from ..domain.documents import PartialDate
from ..errors import AgencyError
from ..settings_manifests import load_manifests
from ..tui import words
from .answering import Answer, as_line
from .catalogues import catalogue


def read_manifests(language: str, files: Sequence[str], out: BinaryIO, err: TextIO, *, today: date) -> int:
    """Print the travellers of every file, in order, and on `err` what there is to know, as `FILE:LINE: message`.

    The exit code: 0, or 1 where a file could not be used at all. Ends quietly where nobody reads any more.
    """
    words.use(catalogue(language))
    rules, refused = load_manifests(), False
    try:
        for file in files:
            try:
                manifest = read_manifest(words.clean(file), open_manifest(Path(file)), rules, today)
            except AgencyError as error:
                refused = True
                print(f"{words.clean(file)}:1: {words.say(error)}", file=err)
                continue
            out.writelines(as_line(answer(manifest, traveller)) for traveller in manifest.travellers)
            out.flush()
            for line in told(manifest.remarks, manifest.beyond):
                print(line, file=err)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
    return int(refused)


def told(remarks: Sequence[Remark], beyond: int = 0) -> list[str]:
    """Remarks as lines: FILE:LINE: segment or column: words."""
    lines = [
        f"{one.file}:{one.line}: {words.clean(one.place) + ': ' if one.place else ''}{words.say(one.text)}"
        for one in remarks
    ]
    if beyond and remarks:
        lines.append(f"{remarks[0].file}:{remarks[-1].line}: {words.say('manifest.more', count=beyond)}")
    return lines


def answer(manifest: Manifest, traveller: Traveller) -> Answer:
    """A traveller as the command prints them."""
    return {
        "file": manifest.file,
        "line": traveller.line,
        "fields": fields(traveller, manifest.journeys[traveller.journey]),
        "problems": [words.say(problem) for problem in traveller.problems],
    }


def fields(traveller: Traveller, journey: Journey) -> Answer:
    """What is known, named as in a zone; what a list does not tell is "", a day that it does not tell null.

    What else it tells stands behind: of the traveller, and of the last leg of the journey.
    """
    found: Answer = {
        **_document(traveller.document),
        "nationality": traveller.nationality,
        "surname": traveller.surname,
        "given_names": traveller.given_names,
        "sex": traveller.sex,
        "birth_date": _day(traveller.birth),
        "role": traveller.role,
        **traveller.others,
    }
    if traveller.documents[1:]:
        found["other_documents"] = [_document(one) for one in traveller.documents[1:]]
    leg = journey.legs[-1] if journey.legs else None
    if leg is not None:
        said = {
            "service": leg.service,
            "carrier": leg.carrier,
            "vehicle": leg.vehicle,
            "departure_place": leg.departure.place,
            "departure_time": leg.departure.at,
            "arrival_place": leg.arrival.place,
            "arrival_time": leg.arrival.at,
        }
        found |= {name: value for name, value in said.items() if value}
    return found


def _document(listed: ListedDocument) -> Answer:
    return {
        "document_code": listed.code,
        "issuing_state": listed.issuing_state,
        "document_number": listed.number,
        "expiry_date": _day(listed.expiry),
    }


def _day(day: PartialDate | None) -> str | None:
    return day.iso() or None if day else None
