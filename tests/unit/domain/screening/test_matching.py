"""Whole names: what may differ, what may not, and that the engine's sum is the explained one."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from counter_tui.domain.screening.likeness import How
from counter_tui.domain.screening.matching import Probe, match_names, probe_name, score_names
from counter_tui.domain.screening.threshold import DEFAULT_THRESHOLD
from counter_tui.domain.screening.tokens import tokens, weight

NAMES = [
    *(
        "MUHAMMAD",
        "MOHD",
        "RIZKI",
        "PRATAMA",
        "PRATMA",
        "BUDI",
        "SANTOSO",
        "SITI",
        "AMINAH",
        "TAN",
        "WEI",
        "MING",
        "LIM",
    ),
    *(
        "ABDUL",
        "RAHMAN",
        "RAHIM",
        "BIN",
        "BINTI",
        "AL",
        "ALI",
        "HASSAN",
        "HUSSEIN",
        "VAN",
        "DER",
        "BERG",
        "A",
        "B",
        "M",
    ),
    *("NUR", "AINI", "NURAINI", "JAN", "DANIEL", "JANDANIEL", "KUMAR", "SINGH", "SUKARNO", "SOEKARNO", "TAB", "XQUV"),
]
NAME = st.lists(st.sampled_from(NAMES), min_size=1, max_size=5)
WORD = st.text(alphabet="ABDEGHIKLMNORSTU", min_size=2, max_size=9)


def score(query: str, listed: str) -> float:
    return match_names(tokens(query), tokens(listed)).score


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("RIZKI PRATAMA", "MUHAMMAD RIZKI PRATAMA"),
        ("SANTOSO, BUDI", "BUDI SANTOSO"),
        ("M. YUSUF KALLA", "MUHAMMAD JUSUF KALLA"),
        ("AHMAD BIN ISMAIL", "AHMAD ISMAIL"),
        ("NUR AINI LESTARI", "NURAINI LESTARI"),
        ("NURAINI LESTARI", "NUR AINI LESTARI"),
        ("AHMAD MAJIDMOHAMMED MOHAMMED", "AHMAD MAJID MOHAMMED MOHAMMED"),
    ],
)
def test_what_may_differ(query: str, listed: str) -> None:
    assert score(query, listed) >= DEFAULT_THRESHOLD


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("MOHAMMED HASSAN", "MOHAMMED HUSSEIN"),
        ("KIM SONG MIN", "KIM SONG CHOL"),
        ("SUKARNO", "SUKARNO HADI"),
        ("MUHAMMAD", "MUHAMMAD SHAH"),
        ("AHMAD BIN ISMAIL", "AHMAD BIN IBRAHIM"),
        ("AYMAN SABAWI IBRAHIM HASAN AL-DULAIMI", "AYMAN SABAWI IBRAHIM HASAN AL-TIKRITI"),
        ("LEE", "LI"),
        ("", "SUKARNO"),
        ("SUKARNO", ""),
    ],
)
def test_what_may_not(query: str, listed: str) -> None:
    assert score(query, listed) < DEFAULT_THRESHOLD


def test_the_pairs_say_which_token_is_which_and_how() -> None:
    match = match_names(tokens("Soekarno B. Nuraini Widjaja"), tokens("WIJAYA Sukarno Nur Aini Hadi"))
    assert match.pairs == (
        ("SOEKARNO", "SUKARNO", How.SPELLING),
        ("NURAINI", "NUR AINI", How.SPELLING),
        ("WIDJAJA", "WIJAYA", How.SPELLING),
    )
    assert (match.query_only, match.listed_only) == (("B",), ("HADI",))


@given(NAME)
def test_a_name_is_itself_in_any_order(name: list[str]) -> None:
    assert match_names(name, name).score == 1.0
    assert match_names(name, sorted(name)).score > DEFAULT_THRESHOLD


@given(NAME, NAME, st.randoms(use_true_random=False))
def test_order_of_the_query_does_not_matter_where_nothing_is_written_together(
    query: list[str], listed: list[str], chance: object
) -> None:
    probe = probe_name(query, listed)
    assume(not probe.joins and not probe.splits)
    other = sorted(query)
    shuffled = probe_name(other, listed)
    assume(not shuffled.joins)
    weights = {token: weight(token) for token in listed}
    assert score_names(probe, listed, weights) == pytest.approx(score_names(shuffled, listed, weights), abs=0.05)


@given(NAME, NAME)
def test_it_is_the_same_from_either_side(query: list[str], listed: list[str]) -> None:
    assert match_names(query, listed).score == pytest.approx(match_names(listed, query).score, abs=0.05)


@given(NAME, NAME)
def test_the_engine_that_knows_numbers_alone_sums_the_same(query: list[str], listed: list[str]) -> None:
    probe = probe_name(query, listed)
    ids = {token: at for at, token in enumerate(dict.fromkeys(listed))}
    numbered = Probe(
        probe.weights,
        [{ids[token]: likeness for token, likeness in row.items()} for row in probe.rows],
        {ids[token]: at for token, at in probe.joins.items()},
        {(ids[one], ids[other]): at for (one, other), at in probe.splits.items()},
    )
    weights = [weight(token) for token in ids]
    assert score_names(numbered, [ids[token] for token in listed], weights) == match_names(query, listed).score


@given(st.lists(WORD, min_size=1, max_size=5), st.lists(WORD, min_size=1, max_size=5))
def test_a_score_is_a_score(query: list[str], listed: list[str]) -> None:
    assert 0.0 <= match_names(query, listed).score <= 1.0


@given(
    st.sampled_from(("BAMBANG SUPRIYANTO", "KURNIAWAN SAPUTRA", "HERMANTO SIREGAR", "FRANSISKA WULANDARI")),
    st.integers(1, 6),
    st.sampled_from(("drop", "double", "swap", "misread")),
)
def test_one_slip_keeps_a_name_of_eight_letters(name: str, at: int, slip: str) -> None:
    misread = {"A": "4", "B": "8", "I": "1", "O": "0", "S": "5", "N": "M", "R": "P", "U": "V", "M": "N", "K": "X"}
    wrong = {
        "drop": name[:at] + name[at + 1 :],
        "double": name[:at] + name[at] + name[at:],
        "swap": name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        "misread": name[:at] + misread.get(name[at], name[at]) + name[at + 1 :],
    }[slip]
    assert score(wrong, name) >= DEFAULT_THRESHOLD
