from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.documents import PartialDate, Reading, Severity, check_digit, is_training, read_mrz
from counter_tui.errors import DocumentError

TODAY = date(2026, 7, 1)

# Specimens printed in ICAO Doc 9303 parts 4 to 7.
TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
MRVA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C<3UTO6908061F9406236ZE184226B<<<<<<<")
MRVB = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L898902C<3UTO6908061F9406236ZE184226")

# Field, 1-based line and position of its digit, and whether the composite covers it.
DIGITS = [
    (TD3, "document_number", 2, 10, True),
    (TD3, "birth_date", 2, 20, True),
    (TD3, "expiry_date", 2, 28, True),
    (TD3, "optional_data", 2, 43, True),
    (TD3, "composite", 2, 44, True),
    (TD1, "document_number", 1, 15, True),
    (TD1, "birth_date", 2, 7, True),
    (TD1, "expiry_date", 2, 15, True),
    (TD1, "composite", 2, 30, True),
    (TD2, "document_number", 2, 10, True),
    (TD2, "birth_date", 2, 20, True),
    (TD2, "expiry_date", 2, 28, True),
    (TD2, "composite", 2, 36, True),
    (MRVA, "document_number", 2, 10, False),
    (MRVA, "birth_date", 2, 20, False),
    (MRVB, "expiry_date", 2, 28, False),
]


def read(*lines: str) -> Reading:
    return read_mrz(lines, today=TODAY)


def changed(lines: tuple[str, ...], line: int, position: int, new: str) -> tuple[str, ...]:
    """The lines with what stands at a 1-based place overwritten."""
    old = lines[line - 1]
    edited = old[: position - 1] + new + old[position - 1 + len(new) :]
    return (*lines[: line - 1], edited, *lines[line:])


def codes(reading: Reading) -> set[str]:
    return {problem.text.code for problem in reading.problems}


@pytest.mark.parametrize("lines", [TD3, TD1, TD2, MRVA, MRVB])
def test_the_specimens_are_valid_and_name_their_holder(lines: tuple[str, ...]) -> None:
    reading = read(*lines)
    assert reading.valid
    assert reading.strict_valid
    assert reading.document is not None
    assert reading.document.display_name == "ERIKSSON, ANNA MARIA"
    assert reading.document.mrz == lines
    # Utopia is no state: a specimen at a real counter is worth a second look.
    assert codes(reading) == {"mrz.state-unknown"}


def test_all_of_a_passport() -> None:
    document = read(*TD3).document
    assert document is not None
    assert (document.format, document.code, document.issuing_state, document.number) == ("TD3", "P", "UTO", "L898902C3")
    assert (document.birth, document.expiry) == (PartialDate(1974, 8, 12), PartialDate(2012, 4, 15))
    assert (document.sex, document.optional, document.entry_method) == ("F", "ZE184226B", "mrz")
    assert document.key == "UTO:L898902C3"
    assert document.is_expired(TODAY)
    assert not document.is_expired(date(2012, 4, 15))
    assert "ERIKSSON" not in repr(document) + repr(read(*TD3))


@pytest.mark.parametrize(("lines", "field", "line", "position", "in_composite"), DIGITS)
def test_each_broken_check_digit_is_named(
    lines: tuple[str, ...], field: str, line: int, position: int, *, in_composite: bool
) -> None:
    right = lines[line - 1][position - 1]
    wrong = str((int(right) + 1) % 10) if right != "<" else "5"
    reading = read(*changed(lines, line, position, wrong))
    assert not reading.valid
    assert reading.document is None
    problems = {problem.field: problem for problem in reading.problems if problem.text.code == "mrz.check-digit"}
    assert set(problems) == ({field, "composite"} if in_composite else {field})
    found = problems[field]
    assert (found.line, found.position, found.expected, found.found) == (line, position, right, wrong)
    assert found.text.as_dict() == {
        "field": field,
        "expected": right,
        "found": wrong,
        "line": line,
        "position": position,
    }


ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
VALUES = {character: (0 if character == "<" else value) for value, character in enumerate(ALPHABET)}
GUARDED = [*range(1, 11), *range(14, 21), *range(22, 45)]


@given(st.sampled_from(GUARDED), st.sampled_from(ALPHABET))
@settings(deadline=None)
def test_a_passport_is_valid_with_one_character_changed_only_where_no_checksum_can_see_it(
    position: int, new: str
) -> None:
    old = TD3[1][position - 1]
    blind = VALUES[new] % 10 == VALUES[old] % 10
    # A check digit itself must be a digit.
    digit_place = position in (10, 20, 28, 43, 44)
    expected = new == old or (blind and not digit_place)
    assert read(*changed(TD3, 2, position, new)).valid == expected


def test_filler_stands_for_the_check_digit_of_empty_optional_data_alone() -> None:
    empty = ("P<RUSIMIAREK<<EVGENII<<<<<<<<<<<<<<<<<<<<<<<", "1104000008RUS8209120M2601157<<<<<<<<<<<<<<06")
    assert read(*empty).valid
    assert read(*changed(empty, 2, 43, "<")).valid
    filled = changed(TD3, 2, 43, "<")[1][:43]
    composite = check_digit(filled[:10] + filled[13:20] + filled[21:43])
    problems = read(TD3[0], filled + composite).problems
    assert {problem.field for problem in problems if problem.severity is Severity.INVALID} == {"optional_data"}
    assert not read(*changed(TD3, 2, 10, "<")).valid


@pytest.mark.parametrize(
    ("first", "composite", "number", "digit", "with_filler"),
    [
        ("IDBEL000001115<7027<<<<<<<<<<<", "7", "000001115702", "7", False),
        ("IDBEL592211692<1741<<<<<<<<<<<", "4", "592211692174", "1", True),
    ],
)
def test_a_number_that_runs_on_is_taken_with_its_filler_checked_or_not(
    first: str, composite: str, number: str, digit: str, *, with_filler: bool
) -> None:
    second = "9502286F3001064BEL95022899874" if not with_filler else "9003107F2509301BEL90031024409"
    reading = read(first, second + composite, "SPECIMEN<<SPECIMEN<<<<<<<<<<<<")
    assert reading.valid
    assert reading.fields["document_number"] == number
    assert reading.fields["document_number_check"] == digit
    assert reading.fields["optional_data_1"] == ""
    assert ("mrz.number-with-filler" in codes(reading)) == with_filler


def test_a_wrong_digit_of_a_number_that_runs_on_is_named_where_it_stands() -> None:
    reading = read("IDBEL000001115<7029<<<<<<<<<<<", "9502286F3001064BEL950228998745", "SPECIMEN<<SPECIMEN<<<<<<<<<<<<")
    problem = next(problem for problem in reading.problems if problem.text.code == "mrz.check-digit")
    assert (problem.field, problem.line, problem.position) == ("document_number", 1, 19)
    assert (problem.expected, problem.found) == ("7", "9")


def test_a_number_that_ends_before_its_field_does_not_run_on() -> None:
    reading = read("I<UTOD2314589<<7349<<<<<<<<<<<", TD1[1], TD1[2])
    assert reading.fields["document_number"] == "D2314589"
    problem = next(problem for problem in reading.problems if problem.field == "document_number")
    assert (problem.line, problem.position, problem.found) == (1, 15, "<")


def test_germany_is_one_letter() -> None:
    document = read(
        "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<", "C01X0006H1D<<6408125F1710319<<<<<<<<<<<<<<<0"
    ).document
    assert document is not None
    assert (document.issuing_state, document.nationality, document.key) == ("D", "D", "D:C01X0006H")


def test_a_single_name_is_shown_alone() -> None:
    reading = read("P<UTOSITI<AMINAH<<<<<<<<<<<<<<<<<<<<<<<<<<<<", TD3[1])
    assert reading.document is not None
    assert reading.document.display_name == "SITI AMINAH"
    assert reading.document.given_names == ""


def test_a_name_that_fills_its_field_may_go_on() -> None:
    reading = read("PPUTOPAPANDROPOULOUS<<JONATHON<WARREN<TREVOR", TD3[1])
    assert reading.name_maybe_truncated
    assert reading.document is not None
    assert reading.document.name_truncated


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (changed(TD3, 2, 21, "X"), "mrz.sex"),
        (changed(TD3, 1, 6, "3"), "mrz.name-digit"),
        (changed(TD3, 1, 6, "<" * 39), "mrz.name-missing"),
        (changed(TD3, 1, 3, "UT0"), "mrz.state-letters"),
        (("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7402315F1204159ZE184226B<<<<<16"), "mrz.date"),
    ],
)
def test_right_digits_do_not_make_the_impossible_strictly_valid(lines: tuple[str, ...], code: str) -> None:
    reading = read(*lines)
    assert reading.valid
    assert not reading.strict_valid
    assert {problem.text.code for problem in reading.problems if problem.severity is Severity.STRICT} == {code}
    assert reading.document is not None


def test_letters_behind_the_end_of_a_name_are_noted_and_do_not_take_its_validity() -> None:
    reading = read(*changed(TD3, 1, 40, "KC"))
    assert reading.strict_valid
    problem = next(problem for problem in reading.problems if problem.text.code == "mrz.name-tail")
    assert (problem.line, problem.position, problem.found) == (1, 40, "KC")
    assert "mrz.name-tail" not in codes(read(*changed(TD3, 1, 40, "<<<<<")))


SPECIAL = (
    "XXA XXB XXC XXX UNO UNA UNK XOM XBA XIM XCC XCE XCO XEC XPO XES XMP XDC EUE RKS GBD GBN GBO GBP GBS D<< ZIM IAO "
    "IDN MYS TLS PNG"
)


@pytest.mark.parametrize("code", SPECIAL.split())
def test_codes_of_states_and_of_others_that_issue_or_have_no_state_are_known(code: str) -> None:
    assert codes(read(*changed(changed(TD3, 1, 3, code), 2, 11, code))) == set()


@pytest.mark.parametrize("code", ["DEU", "ZZZ", "XKX"])
def test_an_unknown_code_is_noted_and_leaves_the_zone_strictly_valid(code: str) -> None:
    reading = read(*changed(changed(TD3, 1, 3, code), 2, 11, "IDN"))
    assert reading.strict_valid
    assert codes(reading) == {"mrz.state-unknown"}


def test_an_unknown_birth_date_leaves_a_document() -> None:
    lines = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO<<<<<<0F1204159ZE184226B<<<<<10")
    document = read(*lines).document
    assert document is not None
    assert document.birth == PartialDate(None)
    assert document.birth.iso() == ""


def test_the_training_mark_opens_the_optional_data() -> None:
    real = read(*TD3).document
    assert real is not None
    assert not is_training(real)
    marked = read(
        "P<IDNSITI<AMINAH<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "X1234567<7IDN7408122F3001019DEMO<<<<<<<<<<38"
    ).document
    assert marked is not None
    assert is_training(marked)


@pytest.mark.parametrize(
    ("lines", "code", "line", "position", "found"),
    [
        ((), "mrz.unknown-format", None, None, "0"),
        ((TD3[0] + TD3[1],), "mrz.unknown-format", None, None, "1"),
        (TD1 + TD1, "mrz.unknown-format", None, None, "6"),
        ((TD3[0][:-1], TD3[1]), "mrz.length", 1, 1, "43"),
        ((TD1[0], TD1[1], TD1[2][:-2]), "mrz.length", 3, 1, "28"),
        (("P" * 10_000, TD3[1]), "mrz.length", 1, 1, "10000"),
        (changed(TD3, 1, 1, "p"), "mrz.alphabet", 1, 1, "p"),
        (changed(TD3, 2, 3, "\x1b"), "mrz.alphabet", 2, 3, "U+001B"),
        (changed(TD3, 2, 3, "\u202e"), "mrz.alphabet", 2, 3, "U+202E"),
        (changed(TD3, 2, 3, "\ud800"), "mrz.alphabet", 2, 3, "U+D800"),
    ],
)
def test_what_is_no_zone_says_why(
    lines: tuple[str, ...], code: str, line: int | None, position: int | None, found: str
) -> None:
    reading = read(*lines)
    assert (reading.format, reading.valid, reading.document, reading.fields) == (None, False, None, {})
    first = reading.problems[0]
    assert (first.text.code, first.line, first.position, first.found) == (code, line, position, found)
    assert sum(map(len, reading.lines)) <= 3 * 64


ANY_TEXT = st.text(st.characters(), max_size=100)
ZONE_LIKE = st.sampled_from([30, 36, 44]).flatmap(lambda n: st.text(ALPHABET, min_size=n, max_size=n))


@given(st.lists(ANY_TEXT | ZONE_LIKE, max_size=5), st.dates(date(1990, 1, 1), date(2090, 12, 31)))
@settings(deadline=None)
def test_any_strings_give_a_reading(lines: list[str], today: date) -> None:
    reading = read_mrz(lines, today=today)
    assert reading.valid == (reading.document is not None)
    assert reading.valid or reading.problems


@given(ZONE_LIKE.filter(lambda line: len(line) == 44), st.dates(date(1990, 1, 1), date(2090, 12, 31)))
@settings(deadline=None)
def test_any_characters_of_the_alphabet_give_a_reading(second: str, today: date) -> None:
    assert read_mrz((TD3[0], second), today=today).format == "TD3"


def test_check_digits_of_the_standard() -> None:
    # Doc 9303 part 3, section 4.9, examples.
    assert check_digit("520727") == "3"
    assert check_digit("AB2134<<<") == "5"
    with pytest.raises(DocumentError):
        check_digit("ab")
