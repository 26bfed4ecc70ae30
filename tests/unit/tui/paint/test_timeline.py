"""The timeline as it is painted: one line for answers of the same moment, and how far an entry has come."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_tui.domain.words import Authority, DeliveryState, Outcome
from counter_tui.tui.paint.timeline import timeline_lines
from counter_tui.workstation.timeline import Event, Happened
from tests.unit.tui.paint.travellers import NOW, ZONE, outbox


def painted(*events: Event, width: int = 78) -> list[str]:
    return [line.plain.rstrip() for line in timeline_lines(events, NOW, ZONE, width)[2:]]


def after(seconds: float, what: Happened, authority: Authority | None = None) -> Event:
    return Event(NOW + timedelta(seconds=seconds), what, authority)


def test_answers_of_the_same_moment_share_a_line_that_says_how_much_later_it_was() -> None:
    lines = painted(
        after(0, Happened.OPENED),
        after(2, Happened.ANSWERED, Authority.CUSTOMS),
        after(2.4, Happened.ANSWERED, Authority.HEALTH),
        after(9, Happened.ANSWERED, Authority.SECURITY),
    )
    assert len(lines) == 3
    assert "customs, health" in lines[1]
    assert lines[1].endswith("+2 s")
    assert lines[2].endswith("+7 s")


def test_what_was_so_before_does_not_look_like_an_answer() -> None:
    lines = painted(after(-600, Happened.HELD, Authority.SECURITY), after(0, Happened.OPENED))
    assert "answered" not in lines[0]
    assert "security" in lines[0]


@pytest.mark.parametrize("state", list(DeliveryState))
def test_an_entry_says_what_it_decided_and_how_far_it_has_come(state: DeliveryState) -> None:
    entry = replace(outbox()[0], sequence=118, outcome=Outcome.HOLD, state=state, reason="", seen=None)
    (said,) = painted(Event(NOW, Happened.RECORDED, entry=entry))
    assert "118" in said
    assert "HOLD ■" in said
    assert state.value in said


def test_a_note_is_called_one() -> None:
    entry = replace(outbox()[0], kind="note", outcome=None, state=DeliveryState.RECEIVED)
    assert "note" in painted(Event(NOW, Happened.RECORDED, entry=entry))[0]
