"""What is recorded of papers: copies are counted whatever the order, references are found, a stay is whose it is."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.acts import Act, ActBody, deed_class, project_act, read_act, write_act
from counter_tui.domain.joint.deeds import Correction, Why
from counter_tui.domain.papers.blocks import PaperKind
from counter_tui.domain.papers.deeds import (
    ADMISSION,
    PAPER,
    AdmissionDeed,
    PaperDeed,
    Way,
    copies,
    find_admission,
    find_by_code,
)
from counter_tui.domain.papers.drawn import ALPHABET, Drawn, code_in
from counter_tui.domain.posts import Officer
from counter_tui.domain.words import Agency, Role
from tests.unit.domain.build import NOW

CODE = "7KQ2-M4XR"
FIRST = Officer("sari", "Sari", Agency.IMMIGRATION, Role.OFFICER, frozenset(Agency))
SECOND = Officer("budi", "Budi", Agency.SECURITY, Role.OFFICER, frozenset({Agency.SECURITY}))


def act(number: int, deed: object, kind: str = PAPER) -> Act:
    return Act(f"ENT-3/{number}", kind, "c1", "sari", NOW + timedelta(seconds=number), deed)


def paper(way: Way = Way.PRINTED, code: str = CODE, of: str = "", copy: int = 0) -> PaperDeed:
    return PaperDeed(PaperKind.NOTICE, way, code, copy, of=of)


def test_each_paper_that_came_out_counts_and_what_failed_does_not() -> None:
    acts = [act(1, paper()), act(2, paper(Way.SAVED)), act(3, paper(Way.FAILED, of="ENT-3/1")), act(4, paper(code="X"))]
    assert copies(acts, CODE) == 1
    assert copies(acts[:2], CODE) == 2
    assert copies((), CODE) == 0


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_acts_does_not_matter_nor_that_one_comes_twice(shuffled: random.Random) -> None:
    acts = [act(n, paper()) for n in range(4)]
    acts += [act(7, paper(Way.FAILED, of="ENT-3/2")), act(8, AdmissionDeed(date(2026, 12, 20), "a"), ADMISSION)]
    acts += [act(9, AdmissionDeed(date(2026, 12, 24), "b"), ADMISSION)]
    mixed = [*acts, shuffled.choice(acts)]
    shuffled.shuffle(mixed)
    assert copies(mixed, CODE) == 3
    last = find_admission(mixed)
    assert last is not None
    assert last.deed.rule == "b"
    first = find_by_code(mixed, CODE)
    assert first is not None
    assert first.id == "ENT-3/0"


def test_a_stay_that_was_taken_back_counts_no_more() -> None:
    first = act(1, AdmissionDeed(date(2026, 12, 20), "a"), ADMISSION)
    wrong = act(2, AdmissionDeed(date(2027, 12, 20), "b"), ADMISSION)
    back = act(3, Correction("ENT-3/2", Why.DOCUMENT), "correction")
    assert find_admission([back, wrong, first]) == first


def test_a_copy_takes_two_people_and_the_first_paper_one() -> None:
    assert paper().why_not(FIRST, None) == ""
    assert paper(copy=1).why_not(FIRST, None) == "act.second-needed"
    assert paper(copy=1).why_not(FIRST, FIRST) == "act.same-person"
    assert paper(copy=1).why_not(FIRST, SECOND) == ""
    assert paper(Way.FAILED, copy=1).why_not(FIRST, None) == ""


@pytest.mark.parametrize(("kind", "deed"), [(PAPER, paper()), (ADMISSION, AdmissionDeed(date(2026, 12, 20), "x"))])
def test_an_act_of_papers_is_written_and_read(kind: str, deed: object) -> None:
    assert isinstance(deed, deed_class(kind))
    raw = write_act(ActBody("c1", "ENT-3", "sari", NOW.isoformat(), deed))
    assert read_act(kind, "ENT-3/9", raw).deed == deed


def test_a_stay_is_sent_to_immigration_and_security_alone() -> None:
    raw = write_act(ActBody("c1", "ENT-3", "sari", NOW.isoformat(), AdmissionDeed(date(2026, 12, 20), "x")))
    assert project_act(ADMISSION, raw, {Agency.CUSTOMS, Agency.QUARANTINE}) is None
    assert project_act(ADMISSION, raw, {Agency.CUSTOMS, Agency.IMMIGRATION}) == raw
    assert project_act(ADMISSION, raw, {Agency.SECURITY}) == raw


@given(st.text(max_size=40), st.sampled_from(PaperKind))
def test_a_code_follows_from_what_is_said_and_is_read_back_as_it_is_typed(said: str, kind: PaperKind) -> None:
    drawn = Drawn(kind, "ENT-3", "c1", said)
    assert set(drawn.code) <= set(ALPHABET) | {"-"}
    assert drawn.code == Drawn(kind, "ENT-9", "c1", said, ("x",), "d", "r").code, "a copy bears the code of the first"
    assert drawn.code != Drawn(kind, "ENT-3", "c2", said).code
    for typed in (drawn.reference, drawn.reference.lower(), drawn.code.replace("-", ""), f"  {drawn.code}"):
        assert code_in(typed) == drawn.code
    assert code_in(drawn.code.replace("0", "o").replace("1", "l")) == drawn.code


@pytest.mark.parametrize("typed", ["", "7KQ2", "118", "ENT-3/118", "7KQ2-M4X!", "UUUUUUUU"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert code_in(typed) == ""
