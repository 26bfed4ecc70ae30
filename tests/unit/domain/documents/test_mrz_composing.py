from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from counter_tui.domain.documents import compose_mrz, read_mrz
from counter_tui.errors import DocumentError

TODAY = date(2026, 7, 1)
BIRTH, EXPIRY = date(1974, 8, 12), date(2012, 4, 15)
WIDTHS = {"TD1": 30, "TD2": 31, "TD3": 39, "MRVA": 39, "MRVB": 31}
OPTIONAL = {"TD1": 15, "TD2": 7, "TD3": 14, "MRVA": 16, "MRVB": 8}


def compose(
    surname: str = "Eriksson",
    given_names: str = "Anna Maria",
    *,
    layout: str = "TD3",
    code: str = "P",
    number: str = "L898902C3",
    state: str = "UTO",
    sex: str = "F",
    optional: str = "ZE184226B",
) -> tuple[str, ...]:
    return compose_mrz(layout, code, state, number, state, surname, given_names, sex, BIRTH, EXPIRY, optional)


def name_field(surname: str, given_names: str) -> str:
    return compose(surname, given_names)[0][5:]


def test_the_specimen_of_the_standard() -> None:
    assert compose() == ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
    assert compose(layout="TD1", code="I", number="D23145890", optional="") == (
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<6",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    )


def test_a_number_that_runs_on_is_written_as_the_standard_does() -> None:
    lines = compose(layout="TD1", code="I", number="D23145890734", optional="AB")
    assert lines[0] == "I<UTOD23145890<7349<AB<<<<<<<<"
    reading = read_mrz(lines, today=TODAY)
    assert reading.strict_valid
    assert reading.fields["document_number"] == "D23145890734"
    assert reading.fields["optional_data_1"] == "AB"


@pytest.mark.parametrize(
    ("surname", "given_names", "zone"),
    [
        ("O'Connor", "Enya Siobhan", "OCONNOR<<ENYA<SIOBHAN"),
        ("Smith-Jones", "Susie Margaret", "SMITH<JONES<<SUSIE<MARGARET"),
        ("van der Müellen", "Martin", "VAN<DER<MUEELLEN<<MARTIN"),
        ("Ørsted", "Åse", "OERSTED<<AASE"),
        ("Weiß", "Jürgen", "WEISS<<JUERGEN"),
        ("Þórsson", "Æsa", "THORSSON<<AESA"),
        ("Nguyễn", "Đức", "NGUYEN<<DUC"),
        ("Kumar a/l Rajan", "", "KUMAR<A<L<RAJAN"),
        ("Siti Aminah", "", "SITI<AMINAH"),
        ("Ibrahim", "Mohd.  Ali", "IBRAHIM<<MOHD<ALI"),
    ],
)
def test_names_are_transliterated(surname: str, given_names: str, zone: str) -> None:
    assert name_field(surname, given_names) == zone.ljust(39, "<")


@pytest.mark.parametrize(
    ("surname", "given_names", "zone"),
    [
        # Doc 9303 part 4, 4.2.3: these two are its own examples.
        ("Nilavadhanananda", "Chayapa Dejthamrong Krasuang", "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"),
        ("Papandropoulous", "Jonathon Warren Trevor", "PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR"),
        # A cut between two parts: a letter gives way, so that the last position holds one.
        ("Papandropoulous", "Jonathon Warrent Alec Bo", "PAPANDROPOULOUS<<JONATHON<WARRENT<ALE<B"),
        # A part of one letter has none to give.
        ("X" * 36 + " Y Z", "", "X" * 36 + "<YZ"),
        ("X" * 50, "Anna", "X" * 36 + "<<A"),
        ("X" * 50, "", "X" * 39),
        ("X" * 35 + " " + "Y" * 9, "Anna", "X" * 34 + "<Y<<A"),
    ],
)
def test_long_names_are_truncated_to_a_letter(surname: str, given_names: str, zone: str) -> None:
    assert name_field(surname, given_names) == zone
    assert read_mrz(compose(surname, given_names), today=TODAY).name_maybe_truncated


LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=20)
NAMES = st.lists(LETTERS, min_size=1, max_size=5).map(" ".join)
CODES = {"TD1": ("I", "ID", "AC"), "TD2": ("I", "ID"), "TD3": ("P", "PD"), "MRVA": ("V",), "MRVB": ("V", "VB")}


@given(
    layout=st.sampled_from(sorted(WIDTHS)),
    number=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=9),
    state=st.sampled_from(["IDN", "MYS", "D", "XXA", "UTO"]),
    surname=NAMES,
    given_names=st.just("") | NAMES,
    sex=st.sampled_from("MFX"),
    birth=st.dates(date(1926, 7, 2), TODAY),
    expiry=st.dates(date(2016, 7, 1), date(2046, 7, 1)),
    data=st.data(),
)
@settings(deadline=None)
def test_what_is_composed_is_read_again(
    *,
    layout: str,
    number: str,
    state: str,
    surname: str,
    given_names: str,
    sex: str,
    birth: date,
    expiry: date,
    data: st.DataObject,
) -> None:
    assume(birth <= expiry)
    code = data.draw(st.sampled_from(CODES[layout]))
    optional = data.draw(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", max_size=OPTIONAL[layout]))
    lines = compose_mrz(layout, code, state, number, "IDN", surname, given_names, sex, birth, expiry, optional)
    reading = read_mrz(lines, today=TODAY)
    assert reading.format == layout
    assert reading.strict_valid
    document = reading.document
    assert document is not None
    assert (document.code, document.issuing_state, document.nationality) == (code, state, "IDN")
    assert (document.number, document.sex, document.optional) == (number, sex, optional)
    assert (document.birth.iso(), document.expiry and document.expiry.iso()) == (birth.isoformat(), expiry.isoformat())
    whole = f"{surname}<<{given_names}" if given_names else surname
    if len(whole) <= WIDTHS[layout]:
        assert (document.surname, document.given_names) == (surname, given_names)
    else:
        assert document.name_truncated
        assert surname.startswith(document.surname[:1])
        assert bool(document.given_names) == bool(given_names)


@given(
    st.text(st.characters(), max_size=140), st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=20)
)
@settings(deadline=None)
def test_any_text_composes_or_is_refused(surname: str, given_names: str, number: str) -> None:
    try:
        lines = compose(surname, given_names, number=number, optional=number)
    except DocumentError:
        return
    assert read_mrz(lines, today=TODAY).valid


@pytest.mark.parametrize(
    ("refused", "field"),
    [
        ({"layout": "FRA_ID"}, "format"),
        ({"layout": "TD9"}, "format"),
        ({"sex": "Q"}, "sex"),
        ({"surname": "'"}, "surname"),
        ({"surname": "王"}, "surname"),
        ({"given_names": "\u202eX"}, "given_names"),
        ({"state": "1DN"}, "issuing_state"),
        ({"number": ""}, "document_number"),
        ({"number": "ABCDEFGHIJ"}, "document_number"),
        ({"number": "Ä1"}, "document_number"),
        ({"optional": "X" * 15}, "optional_data"),
        ({"code": "V"}, "document_code"),
        ({"code": "P1"}, "document_code"),
        ({"code": "PAA"}, "document_code"),
        ({"code": "ID", "layout": "TD2", "state": "FRA", "optional": ""}, "document_code"),
    ],
)
def test_what_cannot_be_written_is_refused_by_field(refused: dict[str, str], field: str) -> None:
    with pytest.raises(DocumentError) as caught:
        compose(**refused)
    assert caught.value.params == {"field": field}


def test_an_expiry_before_birth_is_refused() -> None:
    with pytest.raises(DocumentError):
        compose_mrz("TD3", "P", "IDN", "X1", "IDN", "A", "", "X", EXPIRY, BIRTH)
