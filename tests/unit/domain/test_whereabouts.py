"""Where persons and things are: the latest known, words said apart both kept, heads counted by place."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.acts import ActBody, read_act, write_act
from counter_tui.domain.sections import Subject
from counter_tui.domain.whereabouts import Place, Whereabouts, heads_by_place, history_of, where
from counter_tui.domain.words import Agency, SubjectKind

from .build import PERSON
from .cases.telling import Telling, together

BAG = Subject(SubjectKind.GOODS, "g1", "red bag")


def at(place: Place, subject: Subject = PERSON, has: str = "") -> Whereabouts:
    return Whereabouts(subject, place, has)


def say(counter: Telling, deed: Whereabouts, minute: int) -> None:
    counter.say(deed, minute, kind="whereabouts")


def test_the_latest_word_is_where_they_are() -> None:
    here, there = Telling("ENT-3", thread="c1"), Telling("ENT-5", thread="c1")
    say(here, at(Place.SECONDARY, has="Ratna D."), 1)
    there.hear(here)
    say(there, at(Place.WARD), 9)
    say(there, at(Place.EVIDENCE_ROOM, BAG), 2)
    person, bag = where(together(here, there))
    assert (person.place, person.last.officer, bag.place) == (Place.WARD, "wijaya", Place.EVIDENCE_ROOM)
    assert [one.place for one in history_of(together(here, there), PERSON)] == [Place.SECONDARY, Place.WARD]


def test_words_said_apart_are_both_kept_whatever_their_clocks_say() -> None:
    here, there = Telling("ENT-3", thread="c1"), Telling("ENT-5", thread="c1")
    say(here, at(Place.WARD), 1)
    say(there, at(Place.LEFT_POST), 90)
    located = where(together(here, there))[0]
    assert located.disputed
    assert [one.place for one in located.sightings] == [Place.WARD, Place.LEFT_POST]
    there.hear(here)
    say(there, at(Place.WARD), 91)
    assert where(together(here, there))[0].place is Place.WARD


def test_a_clock_that_is_behind_does_not_bring_an_earlier_word_back() -> None:
    here, there = Telling("ENT-3", thread="c1"), Telling("ENT-5", thread="c1")
    say(here, at(Place.SECONDARY), 60)
    there.hear(here)
    say(there, at(Place.WARD), 1)
    assert where(together(here, there))[0].place is Place.WARD


def test_the_heads_of_a_bus_by_place() -> None:
    bus = [Telling("ENT-3", thread=f"c{n}", sequence=10 * n) for n in range(4)]
    other = Telling("ENT-5", thread="c3")
    for counter, place in zip(bus, (Place.VEHICLE, Place.VEHICLE, Place.SECONDARY, Place.VEHICLE), strict=True):
        say(counter, at(place), 1)
    say(bus[2], at(Place.EVIDENCE_ROOM, BAG), 2)
    say(other, at(Place.LEFT_POST), 2)
    heads = heads_by_place(where(together(*bus, other)))
    assert heads == {Place.VEHICLE: 2, Place.SECONDARY: 1, None: 1}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from(Place), st.integers(0, 2)), max_size=10),
    st.randoms(use_true_random=False),
)
def test_the_order_of_arrival_changes_nothing(steps: list[tuple[int, Place, int]], chance: random.Random) -> None:
    counters = [Telling(f"ENT-{n}", thread="c1") for n in range(3)]
    for minute, (who, place, heard) in enumerate(steps):
        counters[who].hear(counters[heard])
        say(counters[who], at(place), minute)
    acts = together(*counters)
    again = [*acts, *chance.choices(acts, k=3)] if acts else []
    chance.shuffle(again)
    assert where(again) == where(acts)
    assert all(located.sightings for located in where(acts))


def test_the_place_is_everybodys_and_the_note_is_not() -> None:
    deed = Whereabouts(PERSON, Place.ISOLATION, "dr. Nining", Agency.QUARANTINE, "mask", frozenset({Agency.QUARANTINE}))
    assert deed.seen_by({Agency.QUARANTINE}) is deed
    assert deed.seen_by({Agency.CUSTOMS}) == replace(deed, has="", note="")


def test_it_is_read_as_it_was_written() -> None:
    deed = Whereabouts(PERSON, Place.WARD, "x", Agency.QUARANTINE, "n", frozenset({Agency.QUARANTINE}))
    raw = write_act(ActBody("c1", "ENT-3", "wijaya", "2026-11-21T05:14:00.000Z", deed))
    assert read_act("whereabouts", "ENT-3/7", raw).deed == deed
