"""The balance of a month: the same in any order of arrival, and what is over it is said."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.acts import Act, Means, Second
from counter_tui.domain.allowance.balance import balance, debts, find_debt, to_confirm
from counter_tui.domain.allowance.deeds import What
from counter_tui.domain.joint.deeds import Confirmation
from counter_tui.domain.two_persons import Matter
from counter_tui.domain.waiting import waiting_for
from counter_tui.settings_two_persons import load_two_persons

from .build import BEGIN, HEAD, OTHER, act

RULES = load_two_persons()

DRAWN = act("E-3/1", What.DRAWN, 60_000, share="E-3/7", outside=12_000)
GRANTED = act("E-3/2", What.GRANTED, 20_000, share="E-3/7", crossing="a")
RETURNED = act("E-3/3", What.RETURNED, 40_000, share="E-3/7")
CAPPED = act("E-4/1", What.CAPPED, 7_500, crossing="b")
UNTIL = "2026-11-06T02:00:00.000Z"
BEYOND = act("E-4/2", What.SUPERVISOR, 30_000, officer="hendra", crossing="b", confirmer="maria", confirm_by=UNTIL)
ALL = (DRAWN, GRANTED, RETURNED, CAPPED, BEYOND)


def test_what_was_granted_counts_once_with_what_the_agency_counted_before() -> None:
    found = balance((*ALL, *ALL), "2026-11")
    assert found.used == 12_000 + 20_000 + 7_500 + 30_000
    assert found.committed == found.used
    assert found.excess(60_000) == 9_500


def test_what_is_held_is_kept_from_others_until_it_is_given_back() -> None:
    held = balance((DRAWN, GRANTED), "2026-11")
    (share,) = held.held_at("E-3")
    assert (share.left, held.used, held.committed) == (40_000, 32_000, 72_000)
    assert balance((DRAWN, GRANTED, RETURNED), "2026-11").held_at("E-3") == ()


def test_months_do_not_run_together() -> None:
    assert balance(ALL, "2026-12").used == 0


def test_another_counter_cannot_speak_of_a_share() -> None:
    liar = act("E-4/9", What.RETURNED, 60_000, share="E-3/7")
    assert balance((DRAWN, liar), "2026-11").committed == 12_000 + 60_000


def test_a_share_given_back_too_far_keeps_what_was_granted() -> None:
    wrong = act("E-3/3", What.RETURNED, 60_000, share="E-3/7")
    assert balance((DRAWN, GRANTED, wrong), "2026-11").committed == 12_000 + 20_000


def test_a_correction_counts_instead() -> None:
    mended = act("E-4/3", What.CORRECTED, 2_000, act="E-3/2", after=("E-3/2",))
    again = act("E-3/4", What.CORRECTED, 5_000, act="E-3/2", after=("E-4/3",))
    (grant,) = balance((DRAWN, GRANTED, mended, again), "2026-11").grants
    assert (grant.sen, grant.apart) == (5_000, False)


def test_of_corrections_made_apart_the_one_that_leaves_most_counted_is_in_force() -> None:
    one = act("E-4/3", What.CORRECTED, 2_000, act="E-3/2", after=("E-3/2",), minutes=9)
    other = act("E-5/1", What.CORRECTED, 6_000, act="E-3/2", after=("E-3/2",), minutes=5)
    (grant,) = balance((DRAWN, GRANTED, one, other), "2026-11").grants
    assert (grant.sen, grant.apart) == (6_000, True)


@pytest.mark.parametrize(("agreed", "counts"), [(None, 20_000), (False, 20_000), (True, 2_000)])
def test_a_correction_that_is_signed_elsewhere_counts_once_it_is_confirmed(agreed: bool | None, counts: int) -> None:
    named = Second(HEAD.id, Means.OWN_COUNTER)
    mended = act("E-4/3", What.CORRECTED, 2_000, act="E-3/2", after=("E-3/2",), second=named)
    said = confirmation(OTHER.id if agreed is None else HEAD.id, agreed=agreed is not False, of="E-4/3")
    (grant,) = balance((DRAWN, GRANTED, mended, said), "2026-11").grants
    assert grant.sen == counts


@given(st.data())
def test_order_and_doubles_make_no_difference(data: st.DataObject) -> None:
    mended = act("E-4/3", What.CORRECTED, 2_000, act="E-3/2", after=("E-3/2",))
    apart = act("E-5/1", What.CORRECTED, 6_000, act="E-3/2")
    acts = [*ALL, mended, apart]
    shuffled = data.draw(st.permutations(acts + data.draw(st.lists(st.sampled_from(acts), max_size=4))))
    assert balance(shuffled, "2026-11") == balance(acts, "2026-11")


def test_a_debt_says_who_and_when_and_is_a_flag_for_the_months_after() -> None:
    debt = find_debt(balance(ALL, "2026-11"), 60_000)
    assert debt is not None
    assert (debt.month, debt.sen) == ("2026-11", 9_500)
    assert [one.act.id for one in debt.grants] == ["E-4/2", "E-4/1"]
    assert debts(ALL, "2026-12", 60_000) == (debt,)
    assert debts(ALL, "2026-11", 60_000) == ()
    assert find_debt(balance((DRAWN, GRANTED), "2026-11"), 60_000) is None


def confirmation(officer: str, *, agreed: bool = True, hours: float = 1, of: str = "E-4/2") -> Act:
    at = BEGIN + timedelta(hours=hours)
    return replace(BEYOND, id="E-5/1", kind="confirmation", officer=officer, at=at, deed=Confirmation(of, agreed))


def test_only_who_was_named_confirms_and_in_time() -> None:
    def state(*said: Act, hours: float = 2) -> list[str]:
        return [one for _, one in to_confirm((*ALL, *said), "2026-11", BEGIN + timedelta(hours=hours))]

    assert state() == ["waits"]
    assert state(hours=25) == ["lapsed"]
    assert state(confirmation(HEAD.id)) == []
    assert state(confirmation(HEAD.id), hours=99) == []
    assert state(confirmation(HEAD.id, agreed=False)) == ["refused"]
    assert state(confirmation("somebody"), hours=25) == ["lapsed"]
    assert state(confirmation(HEAD.id, hours=25), hours=26) == ["lapsed"]


def test_a_supervisors_grant_waits_for_who_was_named_like_everything_else() -> None:
    now = BEGIN + timedelta(hours=1)
    (waits,) = waiting_for(ALL, HEAD, RULES, now)
    assert (waits.act.id, waits.matter) == ("E-4/2", Matter.QUOTA_CORRECTION)
    assert waiting_for(ALL, OTHER, RULES, now) == ()
    assert waiting_for((*ALL, confirmation(HEAD.id)), HEAD, RULES, now) == ()
