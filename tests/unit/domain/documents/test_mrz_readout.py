from datetime import date

import pytest

from counter_tui.domain.documents import compose_mrz, document_type, read_mrz, read_out

TODAY = date(2026, 7, 1)
TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")


def test_all_that_a_passport_says() -> None:
    found = read_out(read_mrz(TD3, today=TODAY), today=TODAY)
    assert found is not None
    assert found.document_type.code == "document.type.passport"
    assert (found.name, found.surname, found.given_names) == ("ERIKSSON, ANNA MARIA", "ERIKSSON", "ANNA MARIA")
    assert (found.birth_date, found.age, found.sex) == ("1974-08-12", 51, "F")
    assert (found.expiry_date, found.expired, found.truncated, found.arabic_name) == ("2012-04-15", True, "", "")
    assert "ERIKSSON" not in repr(found)


def test_a_zone_whose_digits_fail_is_read_out_all_the_same() -> None:
    found = read_out(read_mrz((TD3[0], TD3[1][:-1] + "1"), today=TODAY), today=TODAY)
    assert found is not None
    assert found.birth_date == "1974-08-12"


def test_what_is_no_zone_has_nothing_to_read_out() -> None:
    assert read_out(read_mrz(("P<",), today=TODAY), today=TODAY) is None


@pytest.mark.parametrize(
    ("second", "birth", "age", "expiry", "expired"),
    [
        ("L898902C36UTO74<<<<1F<<<<<<0ZE184226B<<<<<13", "1974", 51, "", None),
        ("L898902C36UTO7408<<6F1204159ZE184226B<<<<<16", "1974-08", 51, "2012-04-15", True),
        ("L898902C36UTO<<<<<<0F1204159ZE184226B<<<<<10", "", None, "2012-04-15", True),
    ],
)
def test_unknown_parts_of_dates_stay_unknown(
    second: str, birth: str, age: int | None, expiry: str, *, expired: bool | None
) -> None:
    found = read_out(read_mrz((TD3[0], second), today=TODAY), today=TODAY)
    assert found is not None
    assert (found.birth_date, found.age, found.expiry_date, found.expired) == (birth, age, expiry, expired)


def composed(surname: str, given_names: str, state: str = "IDN") -> tuple[str, ...]:
    dates = date(1990, 1, 2), date(2030, 1, 2)
    return compose_mrz("TD1", "I", state, "X1234567", state, surname, given_names, "X", *dates)


@pytest.mark.parametrize(
    ("surname", "given_names", "name", "truncated"),
    [
        ("Siti Aminah", "", "SITI AMINAH", ""),
        ("O'Connor", "Anne-Marie", "OCONNOR, ANNE MARIE", ""),
        ("Ærø", "", "AEROE", ""),
        ("Papandropoulous", "Jonathon Warren", "PAPANDROPOULOUS, JONATHON WARR", "given_names"),
        ("X" * 40, "", "X" * 30, "surname"),
    ],
)
def test_names_show_what_the_zone_holds_and_no_more(surname: str, given_names: str, name: str, truncated: str) -> None:
    found = read_out(read_mrz(composed(surname, given_names), today=TODAY), today=TODAY)
    assert found is not None
    assert (found.name[: len(name)], found.truncated) == (name[: len(found.name)], truncated)


def test_a_name_in_the_arabic_table_is_shown_in_arabic_too() -> None:
    found = read_out(read_mrz(composed("الرازي", "محمد", "EGY"), today=TODAY), today=TODAY)
    assert found is not None
    assert (found.name, found.arabic_name) == ("ALRAZY, MXHMD", "الرازي، محمد")
    plain = read_out(read_mrz(composed("الرازي", "", "EGY"), today=TODAY), today=TODAY)
    assert plain is not None
    # Nothing escaped: nobody knows whether it follows the table.
    assert plain.arabic_name == ""


@pytest.mark.parametrize(
    ("code", "layout", "wanted"),
    [
        ("P", "TD3", "passport"),
        ("P<", "TD3", "passport"),
        ("PP", "TD3", "passport"),
        ("PD", "TD3", "diplomatic"),
        ("PO", "TD3", "official"),
        ("PE", "TD3", "emergency"),
        ("PR", "TD3", "refugee"),
        ("PT", "TD3", "alien"),
        ("PL", "TD3", "laissez-passer"),
        ("PM", "TD3", "military"),
        ("PS", "TD3", "passport-other"),
        ("PN", "TD3", "passport-other"),
        ("PU", "TD3", "passport-other"),
        ("V", "MRVA", "visa"),
        ("VC", "MRVB", "visa"),
        ("I", "TD1", "card"),
        ("ID", "TD2", "card"),
        ("ID", "FRA_ID", "card"),
        ("C", "TD1", "card"),
        ("AC", "TD1", "crew"),
        ("IP", "TD1", "passport-card"),
        ("IS", "TD1", "seafarer"),
        ("IR", "TD2", "residence"),
        ("IV", "TD1", "unknown"),
        ("AC", "TD3", "crew"),
        ("I", "TD3", "unknown"),
        ("Z", "TD3", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_codes_old_and_new_name_their_kind(code: str, layout: str, wanted: str) -> None:
    assert document_type(code, layout).code == f"document.type.{wanted}"
