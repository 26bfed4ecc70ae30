"""A challenge that is read over a telephone, and the eight digits that come back."""

import contextlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.telephone import (
    ANSWER_DIGITS,
    LASTS,
    TRIES,
    Asked,
    Challenge,
    counters_of,
    number_of,
    thread_of,
)
from counter_tui.domain.two_persons import Matter
from counter_tui.errors import DecisionError
from tests.unit.domain.build import NOW

DIGEST = "5f1d9a03c7be4412a9e0f6d1c2b3a495"
SECRET, OTHER = bytes(range(32)), bytes(32)
CHALLENGE = Challenge.of(Matter.REFUSE_ENTRY, "ENT-3", DIGEST)
CHALLENGES = st.builds(
    Challenge, st.sampled_from(list(Matter)), st.integers(0, (1 << 10) - 1), st.integers(0, (1 << 45) - 1)
)


@given(CHALLENGES)
def test_what_is_spelled_is_read_again_however_it_is_written_down(challenge: Challenge) -> None:
    spelled = challenge.spelled()
    assert Challenge.read(spelled) == challenge
    assert Challenge.read(spelled.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == challenge


@given(CHALLENGES, st.data())
def test_a_slip_of_the_tongue_is_found_in_its_group(challenge: Challenge, data: st.DataObject) -> None:
    typed = challenge.spelled().replace("-", "")
    at = data.draw(st.integers(0, len(typed) - 1))
    other = data.draw(st.sampled_from([c for c in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if c != typed[at]]))
    with pytest.raises(DecisionError) as wrong:
        Challenge.read(typed[:at] + other + typed[at + 1 :])
    assert (wrong.value.code, wrong.value.params) == ("telephone.mistyped", {"group": at // 5 + 1})


@given(CHALLENGES, st.integers(0, 13))
def test_two_that_changed_places_are_found(challenge: Challenge, at: int) -> None:
    typed = challenge.spelled().replace("-", "")
    swapped = typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :]
    if swapped != typed:
        with pytest.raises(DecisionError):
            Challenge.read(swapped)


@given(CHALLENGES)
def test_two_groups_that_changed_places_are_found(challenge: Challenge) -> None:
    one, two, three = challenge.spelled().split("-")
    if one[:4] != two[:4]:
        with pytest.raises(DecisionError):
            Challenge.read(f"{two}-{one}-{three}")


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    with contextlib.suppress(DecisionError):
        Challenge.read(typed)


def test_it_says_which_statement_and_who_asks() -> None:
    assert CHALLENGE.short == int(DIGEST, 16) >> 128 - 45
    assert CHALLENGE.spelled().replace("-", "")[3:4] == CHALLENGE.name[:1], "the name is a part of what is read out"
    assert CHALLENGE.thread == thread_of(CHALLENGE.name)
    assert counters_of(CHALLENGE, ["ENT-4", "ENT-3"]) == ("ENT-3",)
    assert CHALLENGE.counter == number_of("ENT-3")


@given(CHALLENGES, CHALLENGES, st.binary(min_size=32, max_size=32))
def test_an_answer_is_eight_digits_for_one_challenge(one: Challenge, other: Challenge, secret: bytes) -> None:
    answer = one.answer(secret)
    assert len(answer) == ANSWER_DIGITS
    assert answer.isdecimal()
    if one != other:
        assert answer != other.answer(secret)


def test_an_answer_holds_under_the_secret_of_the_two_only() -> None:
    asked = Asked(CHALLENGE, "hendra", NOW)
    answer = CHALLENGE.answer(SECRET)
    assert asked.holds(f" {answer[:4]} {answer[4:]} ", [OTHER, SECRET])
    assert not asked.holds(answer, [OTHER])
    assert not asked.holds(answer, [])
    assert not asked.holds("", [SECRET])
    assert not asked.holds(answer[:-1], [SECRET])
    assert not asked.holds(CHALLENGE.answer(OTHER), [SECRET])
    assert not asked.holds("٠١٢٣٤٥٦٧", [SECRET])


def test_it_is_for_minutes_and_a_few_tries() -> None:
    asked = Asked(CHALLENGE, "hendra", NOW)
    assert asked.why_not(NOW + LASTS) == ""
    assert asked.why_not(NOW + LASTS + timedelta(seconds=1)) == "telephone.late"
    assert asked.why_not(NOW - timedelta(seconds=1)) == "telephone.late", (
        "a clock that was set back makes it no younger"
    )
    assert Asked(CHALLENGE, "hendra", NOW, TRIES - 1).why_not(NOW) == ""
    assert Asked(CHALLENGE, "hendra", NOW, TRIES).why_not(NOW) == "telephone.tries"
