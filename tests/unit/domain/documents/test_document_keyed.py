from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.documents import (
    Document,
    PartialDate,
    Problem,
    check_digit,
    compose_mrz,
    document_from_keyed,
    is_training,
    read_mrz,
)
from counter_tui.domain.documents.keyed import Checked, as_known, key_document, read_checked
from counter_tui.domain.documents.kinds import DocumentKind

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


# -- kinds ------------------------------------------------------------------------------------------------------------

PASS = DocumentKind("plb", fields=("number", "surname", "birth"), issuing_state="IDN", nationality="IDN")
NONE = DocumentKind("none", fields=("surname", "birth", "nationality"))
ZONE = DocumentKind(
    "passport",
    fields=("number_checked", "birth_checked", "expiry_checked", "issuing_state", "nationality", "surname"),
)
WRITTEN = {
    name: part + check_digit(part)
    for name, part in (("number_checked", "X1204417<"), ("birth_checked", "860417"), ("expiry_checked", "310101"))
}


def test_what_a_kind_says_goes_without_typing() -> None:
    document = key_document(PASS, {"number": "ab 1", "surname": "siti", "birth": "1974"}, TODAY)
    assert isinstance(document, Document)
    assert (document.kind, document.issuing_state, document.nationality) == ("plb", "IDN", "IDN")
    assert document.entry_method == "keyed"


def test_a_number_has_its_kinds_form_where_that_is_known() -> None:
    kind = DocumentKind("k", fields=("number", "surname", "birth"), number="[A-Z]{2} ?[0-9]{6}", nationality="IDN")
    typed = {"surname": "SITI", "birth": "1974"}
    assert isinstance(key_document(kind, typed | {"number": "AB 123456"}, TODAY), Document)
    wrong = key_document(kind, typed | {"number": "A123456"}, TODAY)
    assert isinstance(wrong, tuple)
    assert [p.text.code for p in wrong] == ["document.number-form"]


def test_without_a_document_a_reference_stands_for_the_number() -> None:
    typed = {"surname": "x", "birth": "1990", "nationality": "idn"}
    document = key_document(NONE, typed, TODAY, "DEMO-ENT-3-1")
    assert isinstance(document, Document)
    assert (document.key, document.issuing_state, document.expiry) == (":DEMOENT31", "", None)
    assert is_training(document)
    unnamed = key_document(NONE, {}, TODAY, "R")
    assert isinstance(unnamed, tuple)
    assert {p.field for p in unnamed} == {"surname", "birth_date", "nationality"}


def test_a_zone_is_keyed_by_what_has_check_digits() -> None:
    document = key_document(ZONE, WRITTEN | {"issuing_state": "IDN", "nationality": "IDN", "surname": "F"}, TODAY)
    assert isinstance(document, Document)
    assert (document.number, document.birth.iso(), document.expiry) == (
        "X1204417",
        "1986-04-17",
        PartialDate(2031, 1, 1),
    )
    assert document.entry_method == "keyed-checked"


@pytest.mark.parametrize(
    ("name", "typed", "field", "code"),
    [
        ("number_checked", "X1204418" + WRITTEN["number_checked"][-1], "document_number", "document.check-digit-keyed"),
        ("number_checked", "X1204417<", "document_number", "document.checked-number"),
        ("number_checked", "X12é4178", "document_number", "document.alphabet"),
        ("number_checked", "8", "document_number", "document.checked-number"),
        ("number_checked", "8" * 10_000, "document_number", "document.checked-number"),
        ("number_checked", "", "document_number", "document.missing"),
        ("birth_checked", "860418" + WRITTEN["birth_checked"][-1], "birth_date", "document.check-digit-keyed"),
        ("birth_checked", "860417", "birth_date", "document.checked-date"),
        ("expiry_checked", "310101٣", "expiry_date", "document.check-digit-keyed"),
        ("expiry_checked", "311301" + check_digit("311301"), "expiry_date", "document.date-range"),
    ],
)
def test_each_part_is_checked_by_itself(name: str, typed: str, field: str, code: str) -> None:
    problems = read_checked(WRITTEN | {name: typed}, TODAY)
    assert isinstance(problems, tuple)
    assert [(p.field, p.text.code) for p in problems] == [(field, code)]


@given(st.from_regex("[A-Z0-9]{5,9}", fullmatch=True), st.dates(date(1930, 1, 1), date(2010, 1, 1)))
def test_what_a_zone_says_is_what_keying_it_says(number: str, born: date) -> None:
    lines = compose_mrz("TD3", "P", "IDN", number, "IDN", "SITI", "", "F", born, date(2030, 1, 1))
    second = lines[1]
    typed = {"number_checked": second[:10], "birth_checked": second[13:20], "expiry_checked": second[21:28]}
    read, keyed_ = read_mrz(lines, today=TODAY).document, read_checked(typed, TODAY)
    assert read is not None
    assert isinstance(keyed_, Checked)
    assert (keyed_.number, keyed_.birth, keyed_.expiry) == (read.number, read.birth, read.expiry)


def test_who_is_held_here_was_not_read_from_a_zone() -> None:
    lines = compose_mrz("TD3", "P", "IDN", "X1", "IDN", "SITI", "", "F", date(1990, 1, 1), date(2030, 1, 1), "DEMO")
    held = read_mrz(lines, today=TODAY).document
    assert held is not None
    opened = as_known(held)
    assert (opened.entry_method, opened.mrz, opened.key) == ("keyed-known", (), held.key)
    assert is_training(opened)


@given(st.dictionaries(st.sampled_from(ZONE.fields + PASS.fields), ANY), st.sampled_from([PASS, NONE, ZONE]))
def test_any_text_in_any_kind_is_answered(typed: dict[str, str], kind: DocumentKind) -> None:
    answer = key_document(kind, typed, TODAY, "R")
    assert isinstance(answer, Document) or answer
