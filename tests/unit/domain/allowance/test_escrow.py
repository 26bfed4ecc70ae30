"""The single window's half: nothing is handed out twice, and every question has one answer."""

from counter_tui.domain.allowance.deeds import What
from counter_tui.domain.allowance.escrow import Account, Answer, Ask, Reply, hand_out
from counter_tui.domain.allowance.slices import Slice, Slices, cut

from .build import TERMS, WHO, act

NOTHING = Account()


def ask(counter: str = "E-3", number: int = 1, *, said: int = 0, used: int = 0, month: str = "2026-11") -> Ask:
    return Ask(WHO, month, counter, number, said, used)


def given(account: Account, *acts: object, of: Ask) -> tuple[Account, Answer]:
    return hand_out(account, acts, of, TERMS, "2026-11")  # type: ignore[arg-type]


def test_what_is_left_goes_to_one_counter() -> None:
    account, first = given(NOTHING, of=ask(used=54_000))
    assert (first.reply, first.sen, first.share, first.outside) == (Reply.SHARE, 6_000, "E-3/1", 54_000)
    account, other = given(account, of=ask("E-4"))
    assert (other.reply, other.sen, other.elsewhere) == (Reply.NONE, 0, 6_000)


def test_a_question_that_comes_again_has_the_same_answer() -> None:
    account, first = given(NOTHING, of=ask())
    again, second = given(account, of=ask())
    assert (again, second) == (account, first)


def test_a_question_that_was_answered_with_nothing_is_not_answered_with_a_share_later() -> None:
    account, behind = given(NOTHING, of=ask(said=1))
    _, stale = given(account, act("E-3/1", What.CAPPED, 5_000), of=ask(said=1))
    assert (behind.reply, stale.reply) == (Reply.BEHIND, Reply.STALE)


def test_an_older_question_is_answered_no_more() -> None:
    account, _ = given(NOTHING, of=ask(number=9))
    assert given(account, of=ask(number=8))[1].reply is Reply.STALE


def test_a_share_that_never_came_is_free_once_its_counter_says_so() -> None:
    account, _ = given(NOTHING, of=ask())
    missed = act("E-3/1", What.MISSED, 0, share="E-3/1")
    assert given(account, missed, of=ask("E-4"))[1].sen == 60_000
    liar = act("E-5/1", What.MISSED, 0, share="E-3/1")
    assert given(account, liar, of=ask("E-4"))[1].sen == 0


def test_what_is_told_to_be_given_back_first_does_not_free_what_was_granted() -> None:
    account, _ = given(NOTHING, of=ask())
    back = act("E-3/3", What.RETURNED, 15_000, share="E-3/1")
    assert given(account, back, of=ask("E-4"))[1].sen == 15_000
    whole = (act("E-3/1", What.DRAWN, 60_000, share="E-3/1"), act("E-3/2", What.GRANTED, 45_000, share="E-3/1"), back)
    assert given(account, *whole, of=ask("E-4"))[1].sen == 15_000


def test_a_lost_counters_share_is_nobody_elses() -> None:
    account, _ = given(NOTHING, of=ask())
    assert [given(account, of=ask("E-4", number))[1].sen for number in (1, 2, 3)] == [0, 0, 0]


def test_another_month_is_said() -> None:
    account, answer = given(NOTHING, of=ask(month="2026-12"))
    assert (account, answer.reply, answer.month) == (NOTHING, Reply.MONTH, "2026-11")


def test_an_agency_that_was_told_of_a_grant_does_not_count_it_again() -> None:
    granted = act("E-4/1", What.CAPPED, 5_000, crossing="a", declared=7_000)
    _, answer = given(NOTHING, granted, of=ask(used=5_000))
    assert (answer.outside, answer.sen) == (0, 55_000)


def test_slices_are_never_more_than_the_cap() -> None:
    counters = frozenset(f"E-{n}" for n in range(1, 7))
    first = cut(Slices(), counters, TERMS, "2026-11")
    assert (first.total, len(first.held), first.of("E-6")) == (30_000, 4, 0)
    lost = cut(first, counters - {"E-1"}, TERMS, "2026-11")
    assert (lost.total, lost.of("E-5")) == (30_000, 0)
    assert cut(lost, counters - {"E-1"}, TERMS, "2026-11") == lost
    later = cut(lost, counters - {"E-1"}, TERMS, "2026-12")
    assert (later.total, later.of("E-1"), later.of("E-5")) == (30_000, 0, 7_500)
    assert lost.held[0] == Slice("E-1", 7_500, "2026-12")
