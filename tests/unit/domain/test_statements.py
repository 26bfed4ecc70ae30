"""What travellers say stands side by side, across booths and attempts; what differs is found."""

import pytest

from counter_tui.domain.acts import ActBody, read_act, write_act
from counter_tui.domain.statements import Statement, Topic, answers, differing
from counter_tui.domain.words import Agency

from .cases.telling import Telling, together


def tell(counter: Telling, topic: Topic, words: str, minute: int, value: str = "", officer: str = "wijaya") -> None:
    counter.say(Statement(topic, words, value), minute, kind="statement", officer=officer)


def test_a_new_answer_stands_beside_the_old() -> None:
    here = Telling("ENT-3", thread="c1")
    tell(here, Topic.PURPOSE, "visits an aunt in Kuching", 1)
    tell(here, Topic.PURPOSE, "works in a restaurant", 9, officer="ratna")
    said = answers(here.told.values())[Topic.PURPOSE]
    assert [(one.words, one.asked_by) for one in said] == [
        ("visits an aunt in Kuching", "wijaya"),
        ("works in a restaurant", "ratna"),
    ]
    assert [one.topic for one in differing(answers(here.told.values()))] == [Topic.PURPOSE]


def test_answers_of_several_attempts_at_several_booths_are_held_side_by_side() -> None:
    morning, evening = Telling("ENT-3", thread="c1"), Telling("ENT-5", thread="c2")
    tell(morning, Topic.STAY, "three days", 1, "3 d")
    tell(evening, Topic.STAY, "two weeks or so", 600, "14 d")
    tell(evening, Topic.GOODS, "nothing", 600)
    found = differing(answers(together(morning, evening)))
    assert [(one.topic, one.attempts, one.elsewhere) for one in found] == [(Topic.STAY, 2, True)]


@pytest.mark.parametrize(
    ("one", "other"), [("3 D", "3d"), ("Perez", "Pérez"), ("an aunt, in Kuching", "An aunt in Kuching")]
)
def test_another_spelling_is_the_same_answer(one: str, other: str) -> None:
    here = Telling("ENT-3", thread="c1")
    tell(here, Topic.PURPOSE, one, 1)
    tell(here, Topic.PURPOSE, other, 2)
    assert not differing(answers(here.told.values()))


def test_other_words_for_the_same_value_do_not_differ() -> None:
    here = Telling("ENT-3", thread="c1")
    tell(here, Topic.STAY, "three days", 1, "3 d")
    tell(here, Topic.STAY, "until Tuesday", 2, "3 d")
    assert not differing(answers(here.told.values()))


def test_that_something_was_said_is_everybodys_and_what_is_not() -> None:
    deed = Statement(Topic.HEALTH, "coughs since Monday", to=frozenset({Agency.QUARANTINE}))
    shown = deed.seen_by({Agency.CUSTOMS})
    assert shown is not None
    assert (shown.topic, shown.words, shown.withheld) == (Topic.HEALTH, "", True)
    here = Telling("ENT-3", thread="c1")
    here.say(shown, 1, kind="statement")
    tell(here, Topic.HEALTH, "is well", 2)
    assert not differing(answers(here.told.values()))
    assert "coughs" not in repr(deed)


def test_it_is_read_as_it_was_written() -> None:
    deed = Statement(Topic.GOODS, "3 kg pork", "pork", "ratna", frozenset({Agency.CUSTOMS}))
    raw = write_act(ActBody("c1", "ENT-3", "wijaya", "2026-11-21T05:14:00.000Z", deed))
    assert read_act("statement", "ENT-3/7", raw).deed == deed
