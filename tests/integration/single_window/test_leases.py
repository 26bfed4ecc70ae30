"""A counter gets its lease with its enrolment, a new one while it calls, and another secret when somebody has left."""

import base64
import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from counter_tui.domain.words import Agency
from counter_tui.single_window.leases import LeaseOffice, Terms
from counter_tui.single_window.receipts import notary
from counter_tui.single_window.store import EnrolledCounter
from offline_cache import sealing, signing
from offline_cache.errors import NoticeWrong
from offline_cache.leases import Leases, kind_of, names_of
from tests.integration.single_window.world import NOW, SITI, Booth, counter, enrol, open_window

WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
OWN = signing.key_pair(b"o" * 32)
EXCHANGE = sealing.generate()


class Office:
    """A lease office whose clock and staff are the test's, and a counter that takes what it says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now: datetime = NOW
        self.staff = {"siti", "budi"}
        _, self.store = open_window(folder)
        self.notary = notary("w", self.store)
        self.office = self.made()
        self.enrolled = EnrolledCounter(counter(), OWN.public, EXCHANGE.public)
        vault = Booth.make(folder).journal._vault
        self.held = Leases(vault, "A1", "demo", window_key=self.notary.public_key, exchange_private=EXCHANGE.private)

    def made(self) -> LeaseOffice:
        return LeaseOffice(
            self.store, self.notary.sign, "demo", lambda _: self.staff, lambda: self.now, Terms(WEEK, HOUR)
        )

    def call(self) -> list[str]:
        notices = self.office.notices_for(self.enrolled)
        for notice in notices:
            self.held.take(notice)
        return [kind_of(notice) for notice in notices]

    def secrets(self, after: timedelta = timedelta()) -> list[bytes]:
        return list(self.held.secrets(at(self.now + after)).values())


def at(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_who_calls_is_given_a_lease_now_and_again_and_told_the_time_in_between(office: Office) -> None:
    told = []
    for _ in range(25):
        told += office.call()
        office.now += timedelta(minutes=3)
    assert told.count("lease") == 2
    assert told.count("mark") == 11
    assert told[0] == "lease"


def test_the_secret_stays_from_lease_to_lease_and_after_a_long_silence(office: Office) -> None:
    office.call()
    (first,) = office.secrets()
    office.now += timedelta(days=30)
    assert office.secrets() == []
    office.office = office.made()
    assert office.call() == ["lease"]
    assert office.secrets() == [first]
    assert office.secrets(WEEK) == []


def test_another_secret_when_somebody_has_left_and_the_one_before_for_a_while(office: Office) -> None:
    office.call()
    (first,) = office.secrets()
    office.staff = {"siti"}
    assert office.call() == ["lease"]
    newest, before = office.secrets()
    assert before == first != newest
    assert office.held.held is not None
    assert [office.held.held.allows(who) for who in ("siti", "budi")] == [True, False]
    office.now += timedelta(days=4)
    office.call()
    assert office.secrets(timedelta(days=2)) == [newest, before]
    assert office.secrets(timedelta(days=3)) == [newest]


def test_who_comes_is_named_in_the_next_lease(office: Office) -> None:
    office.call()
    office.staff.add("citra")
    assert office.call() == []
    office.now += HOUR
    office.call()
    assert office.held.held is not None
    assert office.held.held.allows("citra")
    assert len(office.secrets()) == 1


def test_secrets_do_not_pile_up(office: Office) -> None:
    for _ in range(9):
        office.now += timedelta(minutes=1)
        office.held.take(office.office.rotate(office.enrolled))
    assert len(office.secrets()) == 4


def test_a_window_set_back_to_an_older_copy_is_believed_again(office: Office) -> None:
    office.call()
    kept = office.store.find_setting("lease/A1")
    office.now += HOUR
    office.call()
    assert kept is not None
    office.store.put_setting("lease/A1", kept)
    office.now += HOUR
    assert office.call() == ["lease"]


def test_who_enrols_under_the_same_name_gets_secrets_of_their_own(office: Office) -> None:
    office.call()
    (first,) = office.secrets()
    other = sealing.generate()
    again = replace(office.enrolled, exchange_key=other.public)
    notice = office.office.first(again)
    with pytest.raises(NoticeWrong):
        office.held.take(notice)
    vault = Booth.make(office.folder, "A2").journal._vault
    held = Leases(vault, "A1", "demo", window_key=office.notary.public_key, exchange_private=other.private)
    held.take(notice)
    assert list(held.secrets(at(NOW)).values()) != [first]


def test_a_counter_without_an_exchange_key_is_given_one_to_its_signing_key(office: Office) -> None:
    office.enrolled = replace(office.enrolled, exchange_key=b"")
    office.held._exchange_private = sealing.private_from_signing(OWN.private)
    assert office.call() == ["lease"]
    assert len(office.secrets()) == 1


def test_an_enrolment_brings_the_first_lease(tmp_path: Path) -> None:
    window, _ = open_window(tmp_path)
    booth = Booth.make(tmp_path)
    reply = enrol(window, booth)
    private = sealing.private_from_signing(booth.keys.private)
    held = Leases(booth.journal._vault, "A1", "demo", window_key=reply.window_public_key, exchange_private=private)
    held.take(reply.lease)
    assert held.held is not None
    assert held.held.allows(SITI.id)
    assert (held.holds(at(NOW)), held.holds(at(NOW + WEEK))) == (True, False)


def test_who_may_not_sign_in_at_a_counter_is_not_named(tmp_path: Path) -> None:
    window, _ = open_window(tmp_path)
    booth = Booth.make(tmp_path)
    reply = enrol(window, booth, {Agency.IMMIGRATION, Agency.CUSTOMS})
    said = json.loads(reply.lease[64:])
    assert base64.b64decode(said["officers"]) == names_of(("budi",))
