"""Birth date, nationality, number and the crowd of namesakes, each alone and against each other."""

import pytest

from counter_tui.domain.documents import PartialDate
from counter_tui.domain.screening.births import Agreement, compare_births
from counter_tui.domain.screening.evidence import weigh, why_named
from counter_tui.domain.screening.matching import match_names
from counter_tui.domain.screening.model import Listed, Sought
from counter_tui.domain.screening.threshold import DEFAULT_THRESHOLD
from counter_tui.domain.screening.tokens import tokens

BORN = PartialDate(1974, 8, 12)


def date(iso: str) -> PartialDate:
    return PartialDate.from_iso(iso)


def listed(*births: str, nationality: str = "", document: str = "") -> Listed:
    return Listed(
        "1",
        ("SUKARNO HADI",),
        tuple(map(date, births)),
        (nationality,) if nationality else (),
        (document,) if document else (),
    )


def codes(why: tuple[object, ...]) -> list[str]:
    return [str(getattr(line, "code", "")).removeprefix("screening.why.") for line in why]


@pytest.mark.parametrize(
    ("born", "agreement"),
    [
        ("1974-08-12", Agreement.EXACT),
        ("1974-12-08", Agreement.SWAPPED),
        ("1974-08-17", Agreement.DIGIT),
        ("1974-08-21", Agreement.DIGIT),
        ("1974-08-11", Agreement.DIGIT),
        ("1974-03-12", Agreement.DIGIT),
        ("1973-08-12", Agreement.DIGIT),
        ("1984-08-12", Agreement.DIGIT),
        ("1947-08-12", Agreement.DIGIT),
        ("1974-08", Agreement.MONTH),
        ("1974", Agreement.YEAR),
        ("1974-01-01", Agreement.YEAR),
        ("1975", Agreement.NEAR),
        ("1976", Agreement.CONFLICT),
        ("1974-03-29", Agreement.CONFLICT),
        ("1951-02-03", Agreement.CONFLICT),
    ],
)
def test_how_two_birth_dates_agree(born: str, agreement: Agreement) -> None:
    assert compare_births(BORN, [date(born)]) == (agreement, date(born))
    assert compare_births(date(born), [BORN])[0] is agreement


def test_of_several_listed_dates_the_best_counts_and_none_is_no_conflict() -> None:
    assert compare_births(BORN, [date("1951-02-03"), date("1974")]) == (Agreement.YEAR, date("1974"))
    assert compare_births(BORN, [PartialDate(None)])[1] is None


def test_a_name_alone_decides_where_the_question_has_no_birth_date() -> None:
    assert weigh(0.83, Sought("SUKARNO HADI"), listed(), crowd=3) == (0.83, ())
    assert weigh(0.83, Sought("SUKARNO HADI"), listed("1974"), crowd=3) == (0.83, ())


@pytest.mark.parametrize(
    ("births", "crowd", "shown"),
    [
        (("1974-08-12",), 1, True),
        (("1974-08-12",), 3000, True),
        (("1951-02-03",), 1, False),
        ((), 1, True),
        ((), 312, False),
        (("1974",), 3, True),
        (("1974",), 3000, False),
        (("1974-12-08",), 5, True),
        (("1974-08-17",), 2, True),
        (("1974-08-17",), 2000, False),
    ],
)
def test_a_stranger_who_would_fit_by_chance_is_counted_not_shown(
    births: tuple[str, ...], crowd: int, shown: bool
) -> None:
    score, _ = weigh(1.0, Sought("SUKARNO HADI", BORN), listed(*births), crowd=crowd)
    assert (score >= DEFAULT_THRESHOLD) is shown


def test_the_score_falls_with_the_crowd_and_never_below_nought() -> None:
    scores = [weigh(0.9, Sought("A", BORN), listed(), crowd=crowd)[0] for crowd in (1, 10, 100, 10_000, 10**9)]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] == 0.0


def test_a_weak_alias_says_less_than_a_name() -> None:
    name = weigh(1.0, Sought("A", BORN), listed("1974"), crowd=9)[0]
    alias, why = weigh(1.0, Sought("A", BORN), listed("1974"), crowd=9, weak=True)
    assert alias < name
    assert codes(why)[0] == "weak-alias"


def test_nationality_is_weak_evidence() -> None:
    plain = weigh(0.9, Sought("A", BORN), listed("1974"), crowd=9)[0]
    same, why = weigh(0.9, Sought("A", BORN, "IDN"), listed("1974", nationality="IDN"), crowd=9)
    other, why_not = weigh(0.9, Sought("A", BORN, "IDN"), listed("1974", nationality="IRQ"), crowd=9)
    assert other < plain < same < plain + 0.1
    assert (codes(why)[1], codes(why_not)[1]) == ("nationality-same", "nationality-other")


@pytest.mark.parametrize(
    ("number", "least", "code"),
    [
        ("A 1234-567", 0.99, "number-same"),
        ("A123456T", 0.0, ""),
        ("A12345G7", 0.9, "number-alike"),
        ("A1Z34567", 0.9, "number-alike"),
        ("1234", 0.0, ""),
    ],
)
def test_the_number_of_a_listed_document_is_near_certain_whatever_else_differs(
    number: str, least: float, code: str
) -> None:
    score, why = weigh(0.2, Sought("A", BORN, "", number), listed("1951-02-03", document="A1234567"), crowd=50)
    assert score >= least
    assert (score >= 0.5) is bool(code)
    assert (code in codes(why)) is bool(code)


def test_why_two_names_match_in_words() -> None:
    why = why_named(match_names(tokens("Soekarno Hadi B Umar"), tokens("SUKARNO HADI BAMBANG LESMANA")))
    assert codes(why) == ["token-spelling", "token-exact", "token-initial", "query-only", "listed-only"]
    assert why[0].as_dict() == {"query": "SOEKARNO", "listed": "SUKARNO"}


def test_the_longer_a_list_the_more_must_agree() -> None:
    sought, vague = Sought("SUKARNO HADI", BORN), listed()
    scores = [weigh(1.0, sought, vague, crowd=1, names=names)[0] for names in (0, 20_000, 200_000, 2_000_000)]
    assert scores[0] == scores[1] > scores[2] > scores[3]
    assert weigh(1.0, sought, listed(BORN.iso()), crowd=1, names=2_000_000)[0] == 1.0
