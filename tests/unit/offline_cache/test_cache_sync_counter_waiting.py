from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from offline_cache import Answer, CounterSync, Pace, Send, Wake

PACE = Pace()
Effects = list[Send | Wake]


def sends(effects: Effects) -> list[Send]:
    return [effect for effect in effects if isinstance(effect, Send)]


def wake(effects: Effects) -> float:
    return [effect.at for effect in effects if isinstance(effect, Wake)][-1]


def settle(sync: CounterSync, waiting: int, now: float, took: float = 0.1) -> list[int]:
    """Answers every request, all that it sent settled; the sizes of the batches."""
    sizes = []
    effects = sync.started(now, waiting)
    while waiting:
        (send,) = sends(effects)
        sizes.append(send.limit)
        waiting -= send.limit
        now += took
        effects = sync.answered(send.request_id, Answer(send.limit, waiting), now)
    return sizes


def test_batches_begin_at_one_and_double_up_to_the_cap() -> None:
    assert settle(CounterSync(), 200, 0.0) == [1, 2, 4, 8, 16, 32, 64, 64, 9]


def test_batches_do_not_grow_on_a_slow_link_and_shrink_on_a_slower_one() -> None:
    assert settle(CounterSync(), 5, 0.0, took=3.0) == [1, 1, 1, 1, 1]
    sync = CounterSync()
    (send,) = sends(sync.started(0.0, 100))
    for now in (1.0, 2.0, 3.0):
        (send,) = sends(sync.answered(send.request_id, Answer(send.limit, 50), now))
    assert send.limit == 8
    (send,) = sends(sync.answered(send.request_id, Answer(8, 42), 7.5))
    assert send.limit == 4


def test_a_failure_makes_the_batch_one_again_and_backs_off_to_the_probe() -> None:
    sync = CounterSync()
    now = 100.0
    (send,) = sends(sync.started(now, 50))
    (send,) = sends(sync.answered(send.request_id, Answer(1, 49), now))
    assert send.limit == 2
    gaps = []
    for _ in range(6):
        effects = sync.failed(send.request_id, now)
        assert sync.failing
        gaps.append(wake(effects) - now)
        now = wake(effects)
        (send,) = sends(sync.tick(now))
        assert send.limit == 1
    assert gaps == [0.25, 0.5, 1.0, 2.0, 2.0, 2.0]


def test_with_nothing_waiting_it_only_looks_for_news_now_and_then() -> None:
    sync = CounterSync()
    (send,) = sends(sync.started(0.0, 0, cursor=7))
    assert (send.limit, send.cursor) == (0, 7)
    effects = sync.answered(send.request_id, Answer(0, 0, cursor=9), 1.0)
    assert effects == [Wake(16.0)]
    assert sends(sync.tick(10.0)) == []
    (send,) = sends(sync.tick(16.0))
    assert send.cursor == 9
    for _ in range(20):
        effects = sync.failed(send.request_id, 20.0)
        (send,) = sends(sync.tick(wake(effects)))
    assert wake(effects) == 35.0


def test_more_of_the_feed_is_fetched_at_once() -> None:
    sync = CounterSync()
    (send,) = sends(sync.started(0.0, 0))
    (send,) = sends(sync.answered(send.request_id, Answer(0, 0, cursor=100, more=True), 1.0))
    assert send.cursor == 100


def test_an_entry_recorded_while_idle_goes_out_at_once() -> None:
    sync = CounterSync()
    (send,) = sends(sync.started(0.0, 0))
    sync.answered(send.request_id, Answer(0, 0), 1.0)
    (send,) = sends(sync.appended(2.0))
    assert send.limit == 1


def test_an_entry_recorded_while_the_link_is_down_waits_no_longer_than_a_probe() -> None:
    sync = CounterSync()
    (send,) = sends(sync.started(0.0, 0))
    now = 0.0
    for _ in range(10):
        effects = sync.failed(send.request_id, now)
        now = wake(effects)
        (send,) = sends(sync.tick(now))
    sync.failed(send.request_id, now)
    assert wake(sync.appended(now + 1.0)) == now + 3.0


def test_a_window_that_takes_nothing_is_not_pestered() -> None:
    sync = CounterSync()
    (send,) = sends(sync.started(0.0, 3))
    assert sync.answered(send.request_id, Answer(0, 3), 1.0) == [Wake(3.0)]


def test_a_request_without_an_answer_is_given_up_and_given_longer_the_next_time() -> None:
    sync = CounterSync()
    (send,) = sends(sync.started(0.0, 1))
    spans = [send.deadline]
    for _ in range(4):
        effects = sync.tick(send.deadline)
        assert sync.failing
        (send,) = sends(sync.tick(wake(effects)))
        spans.append(send.deadline - wake(effects))
    assert spans == [8.0, 16.0, 30.0, 30.0, 30.0]


def test_a_late_answer_counts_and_shows_that_the_link_lives() -> None:
    sync = CounterSync()
    (first,) = sends(sync.started(0.0, 5))
    effects = sync.tick(first.deadline)
    assert sends(effects) == []
    (second,) = sends(sync.answered(first.request_id, Answer(1, 4), first.deadline + 0.1))
    assert not sync.failing
    assert second.request_id != first.request_id
    # while another is under way it changes the count, and opens no second request
    assert sends(sync.answered(first.request_id, Answer(0, 4), first.deadline + 0.2)) == []
    assert sync.waiting == 4


def test_a_late_failure_changes_nothing() -> None:
    sync = CounterSync()
    (first,) = sends(sync.started(0.0, 5))
    (second,) = sends(sync.answered(first.request_id, Answer(1, 4), 1.0))
    assert sends(sync.failed(first.request_id, 2.0)) == []
    assert not sync.failing
    (third,) = sends(sync.answered(second.request_id, Answer(2, 2), 3.0))
    assert third.limit == 2


def test_the_cursor_never_goes_back() -> None:
    sync = CounterSync()
    (send,) = sends(sync.started(0.0, 5, cursor=10))
    (send,) = sends(sync.answered(send.request_id, Answer(1, 4, cursor=20), 1.0))
    (send,) = sends(sync.answered(send.request_id, Answer(1, 3, cursor=15), 2.0))
    assert send.cursor == 20


def test_a_clock_that_jumps_back_does_not_stop_it() -> None:
    sync = CounterSync()
    (send,) = sends(sync.started(10_000.0, 5))
    effects = sync.failed(send.request_id, 10_001.0)
    assert wake(sync.tick(500.0)) <= 502.0
    (send,) = sends(sync.tick(502.0))
    # under way, and the clock jumps back again
    effects = sync.tick(1.0)
    assert sends(effects) or wake(effects) <= 3.0


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["appended", "answered", "late", "failed", "tick", "tick"]),
        st.floats(0, 40),
        st.integers(0, 5),
        st.booleans(),
    ),
    max_size=60,
)


@given(EVENTS, st.integers(0, 10))
def test_whatever_happens_there_is_one_request_and_always_a_next_step(
    events: list[tuple[str, float, int, bool]], waiting: int
) -> None:
    sync, now, under_way, done = CounterSync(), 0.0, 0, [0]
    effects = sync.started(now, waiting)
    for kind, step, number, flag in [*events, ("tick", 0.0, 0, False)]:
        for send in sends(effects):
            assert under_way == 0
            under_way = send.request_id
            assert send.limit <= max(sync.waiting, 0)
            assert now < send.deadline <= now + PACE.patience
        # never silent: either an answer is awaited until a deadline, or the next try is near
        next_step = wake(effects)
        longest = PACE.patience if under_way else PACE.probe if sync.waiting else PACE.idle
        assert next_step <= now + longest + 1e-6
        now = min(now + step, max(next_step, now)) if kind == "tick" else now + min(step, max(0.0, next_step - now))
        if kind == "appended":
            effects = sync.appended(now)
        elif kind == "answered" and under_way:
            request, under_way = under_way, 0
            done.append(request)
            effects = sync.answered(request, Answer(number, max(0, sync.waiting - number), more=flag), now)
        elif kind == "late":
            effects = sync.answered(done[number % len(done)], Answer(0, sync.waiting), now)
        elif kind == "failed" and under_way:
            request, under_way = under_way, 0
            effects = sync.failed(request, now)
        else:
            if under_way and now >= next_step:
                under_way = 0
            effects = sync.tick(now)
