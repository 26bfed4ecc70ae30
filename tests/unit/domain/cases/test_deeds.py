"""What is said of a case as bytes and back, and who may say it."""

from dataclasses import replace

import pytest

from counter_tui.domain.acts import ActBody, project_act, read_act, write_act
from counter_tui.domain.cases.deeds import (
    CameraSaw,
    CaseDeed,
    Clock,
    ClockSet,
    Closed,
    HoldReleased,
    HoldReviewed,
    LinkCut,
    LinkMade,
    Need,
    NeedMet,
    NeedStated,
    Opened,
    Reopened,
    Said,
    TaskDeclined,
    TaskDone,
    TaskSeen,
)
from counter_tui.domain.posts import Officer
from counter_tui.domain.two_persons import Matter
from counter_tui.domain.words import Agency, Role
from counter_tui.errors import CounterError

from .telling import PASSPORT, RATNA, SITI, TRAVELLER, WIJAYA, at, gave, hold, task

EVERY: tuple[Said, ...] = (
    Opened(Agency.CUSTOMS, (SITI, PASSPORT), "refer.goods", "n", "ENT-3/1", frozenset({Agency.SECURITY})),
    LinkMade(PASSPORT, "n"),
    LinkCut(PASSPORT, "n"),
    task(),
    TaskSeen("t1"),
    TaskDone("t1", "n"),
    TaskDeclined("t1", "n"),
    gave(TRAVELLER, WIJAYA),
    CameraSaw("HALL-2", at(1), "n"),
    ClockSet(Clock.SERVICE, runs=False),
    hold(),
    HoldReviewed("h1", Agency.CUSTOMS, 5, "ratna"),
    HoldReleased("h1", Agency.CUSTOMS, "n"),
    NeedStated("n1", Need.WATER),
    NeedMet("n1"),
    Closed(RATNA, (PASSPORT,), "n"),
    Reopened("n"),
)


def officer(id_: str, agency: Agency, role: Role = Role.OFFICER, *acts_for: Agency) -> Officer:
    return Officer(id_, id_.title(), agency, role, frozenset(acts_for or {agency}))


JOINT = officer("wijaya", Agency.IMMIGRATION, Role.OFFICER, *Agency)
CUSTOMS = officer("ratna", Agency.CUSTOMS)
HEAD = officer("head", Agency.CUSTOMS, Role.SUPERVISOR)


def raw(what: Said) -> bytes:
    return write_act(ActBody("case-1", "ENT-3", "wijaya", "2026-11-21T05:14:00.000Z", CaseDeed(what)))


@pytest.mark.parametrize("what", EVERY, ids=lambda one: one.event)
def test_what_was_said_is_read_as_it_was_written(what: Said) -> None:
    assert read_act("case", "ENT-3/7", raw(what)).deed == CaseDeed(what)


def test_a_time_without_its_zone_is_not_read() -> None:
    body = raw(CameraSaw("HALL-2", at(1))).replace(b"+00:00", b"")
    with pytest.raises(CounterError, match=r"entry\.unreadable"):
        read_act("case", "ENT-3/7", body)


@pytest.mark.parametrize("year", [b"0001", b"1999", b"9999"])
def test_a_time_that_nobody_can_have_seen_is_not_read(year: bytes) -> None:
    for part in (b'"at":"2026-11-21T05:15', b'"at":"2026-11-21T05:14:00.000'):
        whole = raw(CameraSaw("HALL-2", at(1)))
        assert part in whole
        with pytest.raises(CounterError, match=r"entry\.unreadable"):
            read_act("case", "ENT-3/7", whole.replace(part, part.replace(b"2026", year)))


def test_an_event_that_nobody_knows_is_not_read() -> None:
    with pytest.raises(CounterError, match=r"entry\.unreadable"):
        read_act("case", "ENT-3/7", raw(NeedMet("n1")).replace(b"need-met", b"release-all"))


@pytest.mark.parametrize(
    ("what", "first", "second", "why"),
    [
        (task(), JOINT, None, ""),
        (gave(TRAVELLER, WIJAYA), JOINT, None, "act.second-needed"),
        (gave(WIJAYA, RATNA), JOINT, CUSTOMS, ""),
        (gave(WIJAYA, RATNA), CUSTOMS, JOINT, ""),
        (gave(WIJAYA, RATNA), JOINT, HEAD, "case.not-their-hands"),
        (gave(TRAVELLER, TRAVELLER), JOINT, CUSTOMS, "case.not-their-hands"),
        (gave(WIJAYA, TRAVELLER), JOINT, HEAD, ""),
        (gave(WIJAYA, WIJAYA), JOINT, JOINT, "act.same-person"),
        (hold(), JOINT, None, ""),
        (hold(), officer("budi", Agency.SECURITY), None, "case.hold-not-yours"),
        (HoldReviewed("h1", Agency.CUSTOMS, 5, ""), CUSTOMS, None, ""),
        (HoldReleased("h1", Agency.CUSTOMS, "n"), CUSTOMS, JOINT, "case.hold-not-yours"),
        (HoldReleased("h1", Agency.CUSTOMS, "n"), JOINT, HEAD, ""),
        (HoldReleased("h1", Agency.SECURITY, "n"), JOINT, HEAD, "case.hold-not-yours"),
        (HoldReleased("h1", Agency.CUSTOMS, "n"), HEAD, CUSTOMS, ""),
        (HoldReviewed("h1", Agency.SECURITY, 5, ""), CUSTOMS, None, "case.hold-not-yours"),
        (Closed(), JOINT, None, ""),
        (Closed(RATNA, (PASSPORT,)), JOINT, None, "act.second-needed"),
        (Closed(RATNA, (PASSPORT,)), JOINT, CUSTOMS, ""),
    ],
)
def test_who_may(what: Said, first: Officer, second: Officer | None, why: str) -> None:
    assert CaseDeed(what).why_not(first, second) == why


def test_nothing_of_a_person_stands_in_a_representation() -> None:
    deed = CaseDeed(Opened(Agency.CUSTOMS, (replace(SITI, label="SITI AMINAH"),), note="secret"))
    assert "SITI" not in repr(deed)
    assert "secret" not in repr(deed)


def test_a_release_and_a_document_that_is_kept_are_on_the_list_of_four_eyes() -> None:
    assert CaseDeed(HoldReleased("h1", Agency.CUSTOMS, "n")).matter() == (Matter.RELEASE_HOLD, Agency.CUSTOMS)
    assert CaseDeed(gave(TRAVELLER, WIJAYA)).matter() == (Matter.RETAIN_DOCUMENT, Agency.IMMIGRATION)
    assert CaseDeed(gave(WIJAYA, TRAVELLER)).matter() is None
    assert CaseDeed(gave(WIJAYA, RATNA)).matter() is None


def test_a_counter_of_another_agency_is_sent_what_it_does_and_not_its_words() -> None:
    deed = CaseDeed(TaskDone("t1", "a diagnosis"), frozenset({Agency.QUARANTINE}))
    body = write_act(ActBody("case-1", "ENT-3", "wijaya", "2026-11-21T05:14:00.000Z", deed))
    assert project_act("case", body, {Agency.QUARANTINE}) == body
    sent = project_act("case", body, {Agency.CUSTOMS})
    assert sent is not None
    assert b"diagnosis" not in sent
    assert read_act("case", "ENT-3/7", sent).deed.said == TaskDone("t1")
