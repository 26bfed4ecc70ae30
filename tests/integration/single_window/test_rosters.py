"""A booth that is at work hears who may sign in there from now on, over the link or by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from counter_tui.bootstrap.identity import Identity, find_identity, identity_of
from counter_tui.bootstrap.reading import BoundReading
from counter_tui.bootstrap.rosters import is_roster, take_roster
from counter_tui.domain.posts import Officer
from counter_tui.domain.words import Agency, Role
from counter_tui.errors import SignInError
from counter_tui.link import wire
from counter_tui.link.roster import RosterNotice
from counter_tui.single_window.receipts import notary
from counter_tui.single_window.service import SingleWindow, Staff
from counter_tui.single_window.store import EnrolledCounter
from offline_cache import Settings
from offline_cache.errors import NoticeWrong
from offline_cache.leases import kind_of
from offline_cache.signing import generate, sign
from offline_cache.sync.envelope import pack_reply, unpack_reply
from offline_cache.sync.messages import START, VERSION, Request
from tests.integration.by_hand.post import Stick
from tests.integration.reading.reading_booth import AtWork
from tests.integration.single_window.world import ALL, NOW, SITI, STAFF, open_window, setup
from tests.unit.workstation.build import COUNTER, PIN, StillClock, rig

CITRA = Officer("citra", "Citra", Agency.IMMIGRATION, Role.SUPERVISOR, ALL)
BUDI = "budi"
ALSO = (*(replace(one, pin=PIN) for one in STAFF), Staff(CITRA, PIN))


@dataclass
class Post:
    """A single window whose staff changes, and a counter of it at work."""

    folder: Path

    def __post_init__(self) -> None:
        self.now: datetime = NOW
        self.window, self.store = open_window(self.folder, staff=ALSO[:2])
        self.notary = notary("entikong-window", self.store)
        self.staff(ALSO[:2])
        keys = generate()
        asked = wire.EnrolRequest(
            version=1, code=self.window.invite(replace(COUNTER, agencies=ALL)), label="", public_key=keys.public
        )
        self.identity: Identity = identity_of(self.window.enrol(asked).fields(), keys.public, keys.private)
        self.enrolled = EnrolledCounter(self.identity.counter, keys.public)
        self.start()

    def start(self) -> None:
        """The program starts, for the first time or again."""
        self.rig = rig(self.folder, clock=StillClock(), who=self.identity, locked=True)
        assert self.rig.reading is not None
        self.reading: BoundReading = self.rig.reading

    def stop(self) -> None:
        self.rig.booth._stop_asking()
        self.rig.close()

    def staff(self, staff: tuple[Staff, ...]) -> None:
        """The single window starts again, with other people."""
        told = replace(setup(staff=staff), clock=lambda: self.now)
        self.window = SingleWindow(told, self.store, self.notary)

    def call(self) -> list[bytes]:
        """The counter calls; the rosters that it was handed."""
        reply = self.window.syncing.request(self.enrolled, Request(VERSION, START, 0, ()))
        arrived = unpack_reply(pack_reply(reply, asked=START), asked=START, counter=COUNTER.id, hash_of=lambda _: None)
        for notice in arrived.notices:
            assert self.reading.take(notice)
        return [notice for notice in arrived.notices if is_roster(notice)]

    def notice(self) -> bytes:
        (notice,) = self.window.rosters.by_hand(self.enrolled)
        return notice

    async def enter(self, who: str) -> None:
        await self.rig.booth.sign_in(who, PIN)

    @property
    def people(self) -> list[str]:
        return list(self.rig.booth._parts.roster)


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    made = Post(tmp_path)
    yield made
    made.stop()


async def test_who_has_come_signs_in_and_reads_and_goes_on_after_a_restart(post: Post) -> None:
    await post.enter(SITI.id)
    at_work = AtWork(post.rig, post.reading, None)  # type: ignore[arg-type]
    at_work.feed()
    with pytest.raises(SignInError, match=r"signin\.unknown"):
        post.rig.booth._parts.persons.open_session(CITRA.id, PIN, 0.0)
    post.staff(ALSO)
    assert len(post.call()) == 1
    assert post.people == ["siti", BUDI, "citra"]
    await post.rig.booth.sign_out()
    for _ in range(2):
        await post.enter(CITRA.id)
        assert post.reading.why_not == ""
        assert post.reading.partitions.opened == {"", *(agency.value for agency in ALL)}
        assert post.rig.ledger.verify().problems == ()
        post.stop()
        post.start()


async def test_who_comes_while_nobody_is_signed_in_reads_once_somebody_was(post: Post) -> None:
    await post.enter(SITI.id)
    await post.rig.booth.sign_out()
    post.staff(ALSO)
    post.call()
    await post.enter(CITRA.id)
    assert post.reading.why_not == "read.not-yours"
    await post.rig.booth.sign_out()
    await post.enter(SITI.id)
    await post.rig.booth.sign_out()
    await post.enter(CITRA.id)
    assert post.reading.why_not == ""


async def test_who_has_left_signs_in_no_more_and_what_they_signed_stays_good(post: Post) -> None:
    await post.enter(BUDI)
    post.staff(ALSO[:1])
    post.call()
    assert post.reading.why_not != ""
    await post.rig.booth.sign_out()
    post.stop()
    post.start()
    assert post.people == ["siti"]
    with pytest.raises(SignInError, match=r"signin\.unknown"):
        await post.enter(BUDI)
    kept = find_identity(Settings(post.rig.vault))
    assert kept is not None
    assert [(one.officer.id, one.wrapped) for one in kept.former] == [(BUDI, "")]
    report = post.rig.ledger.verify()
    assert report.problems == ()
    assert post.rig.ledger.journal.count() > 0
    old = post.reading.partitions._halves[""].wraps
    assert BUDI not in old


async def test_who_comes_back_has_a_new_key_and_what_the_old_one_signed_stays_good(post: Post) -> None:
    await post.enter(BUDI)
    await post.rig.booth.sign_out()
    post.staff(ALSO[:1])
    post.call()
    post.now += timedelta(minutes=1)
    post.staff(ALSO[:2])
    post.call()
    await post.enter(SITI.id)
    await post.rig.booth.sign_out()
    await post.enter(BUDI)
    assert post.reading.why_not == ""
    assert post.rig.ledger.verify().problems == ()
    assert len(post.store.officer_keys(COUNTER.id, BUDI)) == 2


async def test_another_key_for_the_same_person_is_wrapped_for_anew(post: Post) -> None:
    """They left and came back between two calls: no lease told of it, and its secret is the same."""
    post.call()
    await post.enter(SITI.id)
    post.staff(ALSO[:1])
    post.notice()
    post.staff(ALSO[:2])
    post.call()
    await post.rig.booth.sign_out()
    await post.enter(BUDI)
    assert post.reading.why_not == ""


def test_as_it_was_at_the_enrolment_nothing_is_said(post: Post) -> None:
    for _ in range(9):
        assert post.call() == []
        post.now += timedelta(hours=9)
    assert post.window.rosters.by_hand(post.enrolled) == ()


def test_it_is_handed_out_again_ever_more_seldom(post: Post) -> None:
    post.staff(ALSO)
    handed = []
    for minute in range(3 * 24 * 60):
        if post.window.rosters.notices_for(post.enrolled):
            handed.append(minute)
        post.now += timedelta(minutes=1)
    assert handed == [0, 1, 11, 71, 71 + 24 * 60, 71 + 48 * 60]


def test_only_who_came_since_the_enrolment_is_sent_with_a_key(post: Post) -> None:
    post.staff(ALSO)
    said = RosterNotice.model_validate_json(post.notice()[64:])
    assert [bool(line.wrapped) for line in said.lines] == [False, False, True]
    assert len(post.notice()) < 1200


def test_with_it_goes_a_lease_that_names_them(post: Post) -> None:
    post.call()
    post.staff(ALSO)
    reply = post.window.syncing.request(post.enrolled, Request(VERSION, START, 0, ()))
    assert kind_of(reply.notices[0]) == "lease"
    assert [is_roster(notice) for notice in reply.notices] == [False, True]


def test_an_older_one_is_refused_and_the_same_again_is_not(post: Post) -> None:
    post.staff(ALSO)
    older = post.notice()
    post.call()
    post.staff(ALSO[:1])
    post.call()
    assert post.people == ["siti"]
    assert not post.reading.take(older)
    with pytest.raises(NoticeWrong, match=r"notice\.older"):
        take_roster(post.rig.vault, post.rig.booth._parts.roster._identity, older)  # type: ignore[attr-defined]
    assert post.reading.take(post.notice())
    post.stop()
    post.start()
    assert not post.reading.take(older)
    assert post.people == ["siti"]


def test_a_forged_or_another_counters_is_refused(post: Post) -> None:
    post.staff(ALSO)
    good = post.notice()
    said = RosterNotice.model_validate_json(good[64:])
    stranger, own = generate(), post.enrolled.public_key

    def signed(said: RosterNotice, key: bytes = own) -> bytes:
        return said.signed(post.notary.sign, key)

    wrong = {
        "edited": good[:64] + good[64:].replace(b"Citra", b"Citro"),
        "cut": good[:-1],
        "by a stranger": said.signed(lambda message: sign(stranger.private, message), own),
        "of another enrolment": signed(said, stranger.public),
        "another counter": signed(said.model_copy(update={"counter": "ENT-9"})),
        "another realm": signed(said.model_copy(update={"realm": "live"})),
        "of another form": signed(said.model_copy(update={"number": 0})),
        "endless": good[:64] + b'{"kind":"roster",' + b" " * (100 << 10),
    }
    assert [why for why, notice in wrong.items() if post.reading.take(notice)] == []
    assert post.people == ["siti", BUDI]
    assert post.reading.take(good)


def test_a_key_that_is_not_here_lets_nobody_in(post: Post) -> None:
    """Somebody whose key the counter should have been given, and has not."""
    line = wire.WireRosterLine(officer=CITRA, public_key=generate().public, wrapped=b"")
    said = RosterNotice(kind="roster", counter=COUNTER.id, realm="demo", number=7, lines=(line,))
    assert post.reading.take(said.signed(post.notary.sign, post.enrolled.public_key))
    assert post.people == []


def test_a_counter_that_enrolled_before_there_were_rosters_keeps_its_keys(post: Post) -> None:
    post.store.put_setting(f"roster/{COUNTER.id}", b"")
    assert post.call() == []
    post.staff(ALSO)
    post.call()
    assert post.people == ["siti", BUDI, "citra"]
    assert len(post.store.officer_keys(COUNTER.id, BUDI)) == 1


def test_more_people_than_a_counter_takes_are_not_sent(post: Post) -> None:
    many = [replace(CITRA, id=f"c{number}", name="C" * 64) for number in range(400)]
    lines = tuple(wire.WireRosterLine(officer=one, public_key=bytes(32), wrapped=b"") for one in many)
    said = RosterNotice(kind="roster", counter=COUNTER.id, realm="demo", number=7, lines=lines)
    with pytest.raises(ValueError, match="roster"):
        said.signed(post.notary.sign, post.enrolled.public_key)


def test_a_stick_brings_it(tmp_path: Path) -> None:
    stick = Stick(tmp_path)
    stick.window = SingleWindow(setup(staff=(*STAFF, Staff(CITRA, PIN))), stick.store, stick.desk.notary)
    stick.there_and_back()
    kept = find_identity(Settings(stick.a1.booth.journal._vault))
    assert kept is not None
    assert [person.officer.id for person in kept.roster] == ["siti", BUDI, "citra"]
