"""The counter's half: what may be granted here, from what, and how it is recorded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.acts import Act
from counter_tui.domain.allowance.balance import balance
from counter_tui.domain.allowance.deeds import What
from counter_tui.domain.allowance.escrow import Answer, Reply
from counter_tui.domain.allowance.residents import Resident, find_resident, linked, thread_of
from counter_tui.domain.allowance.spending import Occasion, Place, draw, give_back, grant, question, room
from counter_tui.domain.documents import Document, PartialDate

from .build import TERMS, WHO, act

HERE = Place("E-3", 7_500)
RESIDENT = Resident(WHO)
DRAWN = act("E-3/1", What.DRAWN, 60_000, share="E-3/7")


def test_with_a_link_only_what_was_drawn() -> None:
    assert room(balance((), "2026-11"), TERMS, HERE, "c", linked=True).total == 0
    assert room(balance((DRAWN,), "2026-11"), TERMS, HERE, "c", linked=True).total == 60_000


@pytest.mark.parametrize(
    ("used", "agency", "most"), [(0, 0, 7_500), (54_000, 0, 6_000), (0, 57_000, 3_000), (60_000, 0, 0), (70_000, 0, 0)]
)
def test_without_one_the_slice_as_far_as_is_known_to_be_left(used: int, agency: int, most: int) -> None:
    known = (act("E-4/1", What.CAPPED, used),) if used else ()
    assert room(balance(known, "2026-11"), TERMS, HERE, "c", linked=False, agency_used=agency).total == most


def test_a_slice_is_used_once_a_month_and_within_a_crossings_bound() -> None:
    used = act("E-3/1", What.CAPPED, 5_000, crossing="c")
    of = balance((used,), "2026-11")
    assert room(of, TERMS, HERE, "d", linked=False).of_slice == 2_500
    assert room(of, TERMS, Place("E-3", 60_000), "c", linked=False).of_slice == 25_000
    assert room(balance((used,), "2026-12"), TERMS, HERE, "d", linked=False).of_slice == 7_500


def test_a_grant_takes_the_share_first_and_gives_the_rest_back() -> None:
    of = balance((DRAWN,), "2026-11")
    at = room(of, TERMS, HERE, "c", linked=True)
    deeds = grant(RESIDENT, of, at, 28_000, Occasion("c", 28_000))
    assert [(d.what, d.sen) for d in deeds] == [(What.GRANTED, 28_000), (What.RETURNED, 32_000)]
    with pytest.raises(ValueError, match="60001"):
        grant(RESIDENT, of, at, 60_001, Occasion("c"))


def test_beyond_the_share_comes_the_slice() -> None:
    small = act("E-3/1", What.DRAWN, 2_000, share="E-3/7")
    of = balance((small,), "2026-11")
    at = room(of, TERMS, HERE, "c", linked=False)
    deeds = grant(RESIDENT, of, at, 9_000, Occasion("c"))
    assert [(d.what, d.sen) for d in deeds] == [(What.GRANTED, 2_000), (What.RETURNED, 0), (What.CAPPED, 7_000)]


@given(drawn=st.integers(1, 60_000), asked=st.integers(1, 70_000), connected=st.booleans())
def test_whatever_is_granted_adds_up(drawn: int, asked: int, connected: bool) -> None:
    of = balance((act("E-3/1", What.DRAWN, drawn, share="E-3/7"),), "2026-11")
    at = room(of, TERMS, HERE, "c", linked=connected)
    sen = min(asked, at.total)
    deeds = grant(RESIDENT, of, at, sen, Occasion("c"))
    back = sum(d.sen for d in deeds if d.what is What.RETURNED)
    assert sum(d.sen for d in deeds if d.what is not What.RETURNED) == sen
    assert back + sum(d.sen for d in deeds if d.what is What.GRANTED) == drawn


def test_what_came_for_another_question_is_not_taken() -> None:
    ask = question(RESIDENT, (), HERE, "2026-11", 8, 0)
    good = Answer(Reply.SHARE, "2026-11", "E-3/8", 6_000, outside=54_000)
    taken = draw(RESIDENT, balance((), "2026-11"), ask, good, "c")
    assert taken is not None
    assert (taken.what, taken.sen, taken.outside) == (What.DRAWN, 6_000, 54_000)
    assert draw(RESIDENT, balance((), "2026-11"), ask, Answer(Reply.SHARE, "2026-11", "E-3/7", 6_000), "c") is None


def test_what_the_agency_counts_is_kept_where_nothing_is_left() -> None:
    ask = question(RESIDENT, (), HERE, "2026-11", 8, 60_000)
    taken = draw(RESIDENT, balance((), "2026-11"), ask, Answer(Reply.NONE, "2026-11", outside=60_000), "c")
    assert taken is not None
    assert (taken.sen, taken.outside) == (0, 60_000)


def test_a_share_that_never_came_is_said_to_be_missed() -> None:
    ended = give_back(RESIDENT, balance((), "2026-11"), "E-3/8")
    assert ended is not None
    assert ended.what is What.MISSED
    back = give_back(RESIDENT, balance((DRAWN,), "2026-11"), "E-3/7")
    assert back is not None
    assert (back.what, back.sen) == (What.RETURNED, 60_000)
    over = act("E-3/2", What.RETURNED, 60_000, share="E-3/7")
    assert give_back(RESIDENT, balance((DRAWN, over), "2026-11"), "E-3/7") is None


def bearer(kind: str) -> Document:
    day = PartialDate(1980, 1, 1)
    return Document("", "", "IDN", "PLB 0-77", "IDN", "S", "T", False, "F", day, day, "", (), "keyed", kind=kind)


def test_a_border_pass_is_who_they_are_and_the_card_beside_it() -> None:
    assert find_resident(bearer("plb"), "KILB-01190") == Resident("IDN:PLB077", WHO)
    assert find_resident(bearer("plb"), "") == Resident("IDN:PLB077")
    assert find_resident(bearer(""), "kilb 01190") == Resident(WHO)
    assert find_resident(bearer(""), "") is None


def test_acts_of_both_keys_are_found_from_either() -> None:
    one = act("E-3/1", What.CAPPED, 5, resident="IDN:P", also=WHO)
    link = act("E-3/2", What.LINKED, 0, resident=WHO, also="IDN:P")
    held: dict[str, tuple[Act, ...]] = {"IDN:P": (one,), WHO: (link,)}
    for key in held:
        assert {a.id for a in linked([key], lambda k: held.get(k, ()))} == {"E-3/1", "E-3/2"}


def test_a_thread_does_not_tell_the_number() -> None:
    assert "01190" not in thread_of(WHO)
    assert thread_of(WHO) == Resident(WHO).thread
