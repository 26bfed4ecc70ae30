"""Identity decisions: who may make them, what is signed, and which of several stands."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.coding import to_json
from counter_tui.domain.documents import PartialDate
from counter_tui.domain.identity import (
    REASONS,
    HitAbout,
    Identified,
    IdentityBody,
    Statement,
    bearer_of,
    in_force,
    person_keys,
    read_identity,
    reasons_for,
    seconds_for,
    state,
    why_not_both,
)
from counter_tui.domain.posts import Officer
from counter_tui.domain.words import Agency, Role
from counter_tui.errors import CounterError, DecisionError

from .build import crossing, document

ALL = frozenset(Agency)
ANN = Officer("ann", "ANN", Agency.IMMIGRATION, Role.OFFICER, ALL)
BEN = Officer("ben", "BEN", Agency.IMMIGRATION, Role.SUPERVISOR, ALL)
CAI = Officer("cai", "CAI", Agency.CUSTOMS, Role.SUPERVISOR, frozenset({Agency.CUSTOMS}))
DEE = Officer("dee", "DEE", Agency.CUSTOMS, Role.OFFICER, frozenset({Agency.CUSTOMS}))
TOM = Officer("tom", "TOM", Agency.IMMIGRATION, Role.TRAINER, ALL)
ABOUT = HitAbout("watch", "W-1", "v1", 7, 874, Agency.SECURITY)
NO, YES = reasons_for(Identified.NOT_THIS_PERSON)[0], reasons_for(Identified.THIS_PERSON)[0]


def said(identified: Identified = Identified.NOT_THIS_PERSON, at: str = "1", **more: object) -> Statement:
    made = state(
        crossing=crossing(),
        counter="A1",
        at=at,
        about=ABOUT,
        reason=YES if identified is Identified.THIS_PERSON else NO,
        note="",
        first=ANN,
        second=BEN,
    )
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (ANN, BEN, ""),
        (BEN, ANN, ""),
        (ANN, CAI, ""),
        (BEN, BEN, "identity.same-person"),
        (replace(BEN, name="ANOTHER NAME"), BEN, "identity.same-person"),
        (ANN, DEE, "identity.no-supervisor"),
        (DEE, CAI, "identity.other-agency"),
        (TOM, BEN, "identity.role"),
        (BEN, TOM, "identity.role"),
    ],
)
def test_two_different_people_one_of_them_a_supervisor_one_of_them_of_the_lists_agency(
    first: Officer, second: Officer, why: str
) -> None:
    assert why_not_both(first, second, Agency.SECURITY) == why


def test_nothing_is_stated_for_two_who_may_not() -> None:
    with pytest.raises(DecisionError, match="no-supervisor"):
        state(crossing=crossing(), counter="A", at="1", about=ABOUT, reason=NO, note="", first=ANN, second=DEE)


def test_who_may_sign_beside_supervisors_first() -> None:
    assert seconds_for(ANN, (ANN, BEN, CAI, DEE, TOM), Agency.SECURITY) == (BEN, CAI)
    assert seconds_for(BEN, (ANN, BEN, CAI, DEE, TOM), Agency.SECURITY) == (CAI, ANN, DEE)
    assert seconds_for(DEE, (ANN, DEE, CAI), Agency.SECURITY) == ()


def test_a_reason_that_asks_for_a_note_gets_one() -> None:
    asks = next(reason for reason in REASONS if reason.note)
    given_ = {"crossing": crossing(), "counter": "A", "at": "1", "about": ABOUT, "first": ANN, "second": BEN}
    with pytest.raises(DecisionError, match="note-needed"):
        state(reason=asks, note="  ", **given_)  # type: ignore[arg-type]
    assert state(reason=asks, note=" said so ", **given_).note == "said so"  # type: ignore[arg-type]


def test_the_body_reads_back_to_what_was_signed() -> None:
    body = IdentityBody(said(), "Y2VydA==", "c2ln")
    again = read_identity(to_json(body))
    assert again == body
    assert again.statement.signed_bytes() == body.statement.signed_bytes()
    with pytest.raises(CounterError, match="unreadable"):
        read_identity(b'{"statement": {}}')


@pytest.mark.parametrize(
    "changed",
    [
        {"counter": "A2"},
        {"at": "2"},
        {"crossing": "other"},
        {"identified": Identified.THIS_PERSON},
        {"reason": "other-no"},
        {"note": "n"},
        {"first": "dee"},
        {"second": "cai"},
        {"training": False},
        {"replaces": ("x",)},
        {"about": replace(ABOUT, entry="v2")},
        {"about": replace(ABOUT, version=8)},
        {"about": replace(ABOUT, score=1)},
        {"bearer": replace(bearer_of(document()), document="IDN:X1")},
    ],
)
def test_everything_in_it_is_signed(changed: dict[str, object]) -> None:
    assert said(**changed).signed_bytes() != said().signed_bytes()  # type: ignore[arg-type]
    assert said(**changed).digest != said().digest  # type: ignore[arg-type]


def test_a_person_is_known_again_by_the_document_or_by_name_birth_nationality_and_sex() -> None:
    known = set(person_keys(bearer_of(document())))
    assert known & set(person_keys(bearer_of(document(number="B7654321"))))
    assert not known & set(person_keys(bearer_of(document(number="B7654321", birth=date(1990, 5, 2)))))
    assert not known & set(person_keys(bearer_of(document("SGP", number="B7654321"))))
    vague = replace(document(number="B7654321"), birth=PartialDate(1990, 5))
    assert len(person_keys(bearer_of(vague))) == 1
    nobody = replace(document(number="B7654321"), surname="", given_names="")
    assert len(person_keys(bearer_of(nobody))) == 1


def test_what_was_decided_in_the_knowledge_of_another_takes_its_place() -> None:
    first = said(Identified.THIS_PERSON, at="9")
    later = said(at="1", replaces=(first.digest,))  # whatever the clocks say
    for order in itertools.permutations((first, later)):
        assert in_force(order)[ABOUT.key] == later


def test_of_two_that_did_not_know_of_each_other_the_stricter_counts() -> None:
    yes, no = said(Identified.THIS_PERSON, at="1"), said(at="9", counter="A2")
    for order in itertools.permutations((yes, no)):
        assert in_force(order)[ABOUT.key] == yes


def test_a_decision_holds_for_one_version_of_one_entry() -> None:
    standing = in_force([said(), said(about=replace(ABOUT, entry="v2"), identified=Identified.THIS_PERSON)])
    assert {key: one.identified for key, one in standing.items()} == {
        ("watch", "W-1", "v1"): Identified.NOT_THIS_PERSON,
        ("watch", "W-1", "v2"): Identified.THIS_PERSON,
    }


@given(st.data())
def test_the_order_in_which_decisions_come_does_not_matter(data: st.DataObject) -> None:
    made: list[Statement] = []
    for number in range(data.draw(st.integers(1, 6))):
        seen = data.draw(st.lists(st.sampled_from(made), unique_by=lambda s: s.digest)) if made else []
        identified = data.draw(st.sampled_from(Identified))
        replaces = tuple(sorted(one.digest for one in seen))
        made.append(said(identified, at=str(data.draw(st.integers(0, 3))), counter=f"A{number}", replaces=replaces))
    expected = in_force(made)
    assert in_force(data.draw(st.permutations(made))) == expected
    assert in_force([*made, *made]) == expected


def test_nothing_shows_a_person_in_a_repr() -> None:
    shown = f"{said()!r} {IdentityBody(said(), '', '')!r} {bearer_of(document())!r} {ABOUT!r}"
    assert not any(secret in shown for secret in ("RAHMAN", "A1234567", "1990", "W-1"))
