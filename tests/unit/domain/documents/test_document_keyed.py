from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.documents import Document, PartialDate, Problem, document_from_keyed, is_training

TODAY = date(2026, 7, 1)


def keyed(**changes: str) -> Document | tuple[Problem, ...]:
    fields = {
        "number": " ab 123456 ",
        "issuing_state": "idn",
        "nationality": "IDN",
        "surname": "Siti  Aminah",
        "given_names": "",
        "sex": "f",
        "birth_iso": "1974-08-12",
        "expiry_iso": "2027-03-03",
    } | changes
    return document_from_keyed(**fields, today=TODAY)


def test_a_border_pass_keyed_by_hand() -> None:
    document = keyed()
    assert isinstance(document, Document)
    assert (document.number, document.issuing_state, document.display_name) == ("AB 123456", "IDN", "SITI AMINAH")
    assert (document.sex, document.birth.iso(), document.entry_method) == ("F", "1974-08-12", "keyed")
    assert document.expiry == PartialDate(2027, 3, 3)
    assert document.key == "IDN:AB123456"
    assert (document.mrz, document.format) == ((), "")
    assert not is_training(document)
    assert "AMINAH" not in repr(document)


def test_the_training_mark_opens_the_number_of_a_keyed_document() -> None:
    document = keyed(number="demo 0001")
    assert isinstance(document, Document)
    assert is_training(document)


def test_partial_dates_and_no_expiry_are_taken() -> None:
    document = keyed(birth_iso="1974", expiry_iso="", nationality="DEU", sex="", surname="O\u2019Brien-Müller")
    assert isinstance(document, Document)
    assert (document.birth, document.expiry, document.sex) == (PartialDate(1974), None, "X")
    assert (document.nationality, document.surname) == ("D", "O\u2019BRIEN-MÜLLER")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"number": ""}, "document_number", "document.missing"),
        ({"number": "--"}, "document_number", "document.missing"),
        ({"number": "1" * 25}, "document_number", "document.length"),
        ({"number": "12\x1b[2J"}, "document_number", "document.alphabet"),
        ({"issuing_state": ""}, "issuing_state", "document.missing"),
        ({"nationality": "ZZZ"}, "nationality", "document.state"),
        ({"surname": " "}, "surname", "document.missing"),
        ({"surname": "A" + " " * 10_000 + "B"}, "surname", "document.length"),
        ({"surname": "X" * 10_000}, "surname", "document.length"),
        ({"surname": "A\u202eB"}, "surname", "document.alphabet"),
        ({"given_names": "[red]X"}, "given_names", "document.alphabet"),
        ({"sex": "Q"}, "sex", "document.sex"),
        ({"birth_iso": ""}, "birth_date", "document.missing"),
        ({"birth_iso": "12.8.1974"}, "birth_date", "document.date"),
        ({"birth_iso": "2026-07-02"}, "birth_date", "document.date-range"),
        ({"birth_iso": "1074-08-12"}, "birth_date", "document.date-range"),
        ({"expiry_iso": "2027-02-29"}, "expiry_date", "document.date"),
        ({"expiry_iso": "1970"}, "expiry_date", "document.date-range"),
    ],
)
def test_each_wrong_field_is_named(changes: dict[str, str], field: str, code: str) -> None:
    problems = keyed(**changes)
    assert isinstance(problems, tuple)
    assert [(problem.field, problem.text.code) for problem in problems] == [(field, code)]


def test_everything_wrong_is_said_at_once() -> None:
    problems = keyed(number="", surname="", birth_iso="x")
    assert isinstance(problems, tuple)
    assert {problem.field for problem in problems} == {"document_number", "surname", "birth_date"}


ANY = st.text(st.characters(), max_size=80)


@given(st.tuples(ANY, ANY, ANY, ANY, ANY, ANY, ANY, ANY))
@settings(deadline=None)
def test_any_text_is_answered(typed: tuple[str, ...]) -> None:
    number, state, nation, surname, given_names, sex, birth, expiry = typed
    answer = document_from_keyed(number, state, nation, surname, given_names, sex, birth, expiry, TODAY)
    assert isinstance(answer, Document) or answer
