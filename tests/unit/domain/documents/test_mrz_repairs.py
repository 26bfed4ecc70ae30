import random
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.documents import Reading, find_repairs, propose_repairs, read_mrz
from tests.unit.domain.documents import damage
from tests.unit.domain.documents.damage import TODAY, Lines

TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
LONG = ("IDBEL592211692<1741<<<<<<<<<<<", "9003107F2509301BEL900310244094", "SPECIMEN<<SPECIMEN<<<<<<<<<<<<")
FRENCH = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<923255", "8806923102858CORINNE<<<<<<<6512068F2")
NAMED, DATA = TD3


def only(*lines: str) -> tuple[Lines, list[str]]:
    """The one proposal: its lines and the codes of its changes."""
    (repair,) = propose_repairs(lines, today=TODAY)
    assert repair.reading.valid
    assert repair.reading.lines == repair.lines
    return repair.lines, [change.text.code.removeprefix("repair.") for change in repair.changes]


@pytest.mark.parametrize("lines", [TD3, TD1, LONG, FRENCH])
def test_what_reads_is_left_alone(lines: Lines) -> None:
    assert propose_repairs(lines, today=TODAY) == ()


@pytest.mark.parametrize(
    ("given", "steps"),
    [
        ((NAMED.lower(), DATA.lower()), ["case"]),
        ((NAMED + "\r", DATA + "\r\n"), ["line-ends"]),
        (("", NAMED, "", DATA, ""), ["line-ends"]),
        ((f"{NAMED}\r\n{DATA}",), ["line-ends"]),
        ((NAMED + DATA,), ["lines"]),
        ((NAMED[:40], NAMED[40:] + DATA), ["lines"]),
        ((NAMED.replace("<", "&lt;"), DATA.replace("<", "&lt;")), ["html"]),
        ((NAMED.replace("<", "&amp;LT;"), DATA.replace("<", "&#60;")), ["html"]),
        ((NAMED.replace("<<", "«"), DATA), ["signs"]),
        ((NAMED.replace("<", "\uff1c"), DATA), ["case"]),
        ((NAMED.replace("<", " "), DATA.replace("<", " ")), ["blanks-as-fillers"]),
        ((f" {NAMED} ", DATA[:9] + " " + DATA[9:]), ["blanks"]),
        ((NAMED, DATA, NAMED, DATA), ["twice"]),
        ((NAMED.lower() + "\n" + DATA.lower().replace("<", "&lt;"),), ["html", "line-ends", "case"]),
    ],
)
def test_what_happened_on_the_way_is_undone_and_listed(given: Lines, steps: list[str]) -> None:
    assert only(*given) == (TD3, steps)


@pytest.mark.parametrize(
    ("given", "wanted", "places"),
    [
        # The kind of the field decides: no letter in a date or a check digit, no digit in a state.
        ((NAMED, DATA.replace("740", "74O")), TD3, [(2, 16, "O", "0")]),
        ((NAMED, DATA.replace("UTO7408122", "UT07A0BI22")), TD3, None),
        ((NAMED, DATA[:-1] + "O"), TD3, [(2, 44, "O", "0")]),
        ((NAMED, DATA.replace("2F1204159", "ZE1204159")), TD3, [(2, 20, "Z", "2"), (2, 21, "E", "F")]),
        ((NAMED, DATA.replace("UTO740", "UT07AQ")), TD3, [(2, 13, "0", "O"), (2, 15, "A", "4"), (2, 16, "Q", "0")]),
        (("1" + TD1[0][1:], TD1[1].replace("7408122F", "74081Z2F"), TD1[2]), TD1, None),
        # Check digits decide where both can stand.
        ((NAMED, DATA.replace("L898902C3", "L8989O2C3")), TD3, [(2, 6, "O", "0")]),
        ((LONG[0].replace("592211", "S92211"), *LONG[1:]), LONG, [(1, 6, "S", "5")]),
        ((LONG[0].replace("<1741", "<I741"), *LONG[1:]), LONG, [(1, 16, "I", "1")]),
        ((FRENCH[0], FRENCH[1].replace("8806923", "88O6923")), FRENCH, [(2, 3, "O", "0")]),
        # A digit that cannot be read at all follows from its check digit.
        ((NAMED, DATA.replace("740812", "74?812")), TD3, [(2, 16, "?", "0")]),
        ((NAMED, DATA.replace("740812", "7408X2")), TD3, [(2, 18, "X", "1")]),
        # Behind the end of a name there is nothing but fillers.
        ((NAMED[:-4] + "KC<K", DATA[:-1] + "O"), TD3, None),
    ],
)
def test_look_alikes_are_put_right(given: Lines, wanted: Lines, places: list[tuple[int, int, str, str]] | None) -> None:
    (repair,) = propose_repairs(given, today=TODAY)
    assert repair.lines == wanted
    if places is not None:
        assert [(c.line, c.position, c.found, c.put) for c in repair.changes] == places
        assert repair.changes[0].text.code == "repair.character"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ((NAMED.rstrip("<"), DATA), TD3),
        ((NAMED[:-1], DATA), TD3),
        ((NAMED + "<", DATA), TD3),
        ((NAMED, DATA.replace("<<<<<1", "<<<<1")), TD3),
        ((NAMED, DATA.replace("<<<<<1", "<<<<<<<1")), TD3),
        ((NAMED.replace("P<", "P"), DATA), TD3),
        ((NAMED.replace("<<ANNA", "<ANNA"), DATA), TD3),
        (tuple(line.rstrip("<") for line in TD1), TD1),
        ((NAMED[:-1] + DATA,), TD3),
    ],
)
def test_fillers_lost_or_doubled_are_brought_back(given: Lines, wanted: Lines) -> None:
    assert wanted in [repair.lines for repair in propose_repairs(given, today=TODAY)]


def test_several_that_fit_are_told_and_not_guessed() -> None:
    # Either O may be the 0 that is missing: at equal weights, both make the check digit right.
    spoilt = (NAMED, "OO0OO0OO96UTO7408122F1204159ZE184226B<<<<<10")
    found = find_repairs(spoilt, today=TODAY)
    assert (found.proposed, propose_repairs(spoilt, today=TODAY)) == ((), ())
    (problem,) = found.undecided
    assert (problem.text.code, problem.field) == ("mrz.repair-undecided", "document_number")
    assert int(problem.found) > 1


def test_what_no_check_digit_sees_is_noted() -> None:
    (repair,) = propose_repairs((NAMED.replace("UTO", "UT0"), DATA.replace("L898902C3", "L8989O2C3")), today=TODAY)
    notes = [(note.code, note.as_dict()["field"]) for note in repair.notes]
    assert ("repair.unguarded", "issuing_state") in notes
    # L and 1 are both 1 modulo 10.
    blind = next(note.as_dict() for note in repair.notes if note.code == "repair.blind")
    assert (blind["found"], blind["other"], blind["position"]) == ("L", "1", 1)


def test_a_filler_that_was_read_as_k_is_blind_and_said_to_be() -> None:
    empty = ("P<RUSIMIAREK<<EVGENII<<<<<<<<<<<<<<<<<<<<<<<", "1104000008RUS8209120M2601157<<<<<<<<<<<<<<<6")
    spoilt = (empty[0], empty[1][:35] + "K" + empty[1][36:])
    (repair,) = propose_repairs(spoilt, today=TODAY)
    assert repair.lines == empty
    assert [note.as_dict() for note in repair.notes] == [
        {"field": "optional_data", "line": 2, "position": 36, "found": "<", "other": "K"}
    ]


def test_a_repair_tells_nothing_of_the_person_in_its_repr() -> None:
    (repair,) = propose_repairs((NAMED, DATA[:-1] + "O"), today=TODAY)
    assert "ERIKSSON" not in repr(repair) + repr(repair.changes)
    assert "7408" not in repr(repair)


@pytest.mark.parametrize(
    "given",
    [
        (),
        ("",),
        (" ", "\n"),
        ("\u200b", "<"),
        ("X" * 44, "Y" * 44),
        ("hello world",),
        ("P<" * 10_000,),
        ("&lt;" * 100_000,),
        (NAMED, "\ud800" + DATA[1:]),
        ("<" * 44,) * 40,
    ],
)
def test_what_cannot_be_helped_is_left(given: Lines) -> None:
    assert find_repairs(given, today=TODAY).proposed == ()


GUARDED = ("document_number", "birth_date", "expiry_date", "optional_data", "optional_data_1", "optional_data_2")
TWINS = str.maketrans("GLK", "61 ")


def guarded(reading: Reading) -> dict[str, str]:
    """What check digits vouch for, without telling apart what they cannot."""
    return {name: reading.fields[name].translate(TWINS).strip() for name in GUARDED if name in reading.fields}


def outcomes(spoil: Callable[[random.Random, Lines], Lines], cases: int) -> Counter[str]:
    """What came of zones spoilt in one way: found, wrong, undecided, none; those that still read are left out."""
    chance, count = random.Random(7), Counter[str]()
    for _ in range(cases):
        whole = damage.zone(chance)
        spoilt = spoil(chance, whole)
        if read_mrz(spoilt, today=TODAY).valid:
            continue
        found = find_repairs(spoilt, today=TODAY)
        assert all(repair.reading.valid for repair in found.proposed)
        if any(guarded(repair.reading) == guarded(read_mrz(whole, today=TODAY)) for repair in found.proposed):
            count["found"] += 1
        else:
            count["wrong" if found.proposed else "undecided" if found.undecided else "none"] += 1
    return count


def twice_any(chance: random.Random, lines: Lines) -> Lines:
    return chance.choice(damage.EVERY)(chance, chance.choice(damage.EVERY)(chance, lines))


def twice_confused(chance: random.Random, lines: Lines) -> Lines:
    return damage.confuse(chance, damage.confuse(chance, lines))


@pytest.mark.parametrize(
    ("spoil", "found", "wrong"),
    [
        *((each, 1.0, 0.0) for each in damage.CARRIAGE),
        (damage.blanks_for_fillers, 0.98, 0.0),
        (damage.trim, 0.98, 0.01),
        (damage.double_filler, 0.98, 0.0),
        (damage.lose_filler, 0.95, 0.02),
        (damage.misread_filler, 0.90, 0.03),
        # A fifth of the single confusions leaves several readings that fit: told, not guessed.
        (damage.confuse, 0.70, 0.03),
        (twice_confused, 0.65, 0.06),
        (twice_any, 0.80, 0.03),
    ],
)
def test_how_often_a_spoilt_zone_is_found_again(
    spoil: Callable[[random.Random, Lines], Lines],
    found: float,
    wrong: float,
    record_property: Callable[[str, object], None],
) -> None:
    count = outcomes(spoil, 20 if spoil in damage.CARRIAGE else 120)
    rates = {name: number / count.total() for name, number in count.items()}
    record_property("rates", rates)
    assert rates.get("found", 0.0) >= found, count
    assert rates.get("wrong", 0.0) <= wrong, count


ANY_LINES = st.lists(st.text(st.characters(), max_size=100) | st.text("01OILKC< \r", max_size=100), max_size=5)


@given(ANY_LINES, st.dates(date(1990, 1, 1), date(2090, 12, 31)))
@settings(deadline=None)
def test_any_strings_are_answered_with_valid_zones_or_none(lines: list[str], today: date) -> None:
    assert all(read_mrz(repair.lines, today=today).valid for repair in propose_repairs(lines, today=today))
