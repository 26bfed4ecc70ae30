"""A lease counts if the single window gave it to this counter, until its end, and what is over is gone."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_cache import Settings, sealing, signing
from offline_cache.errors import NoticeWrong
from offline_cache.leases import Lease, Leases, LeaseSecret, kind_of, names_of, write_lease, write_mark
from tests.unit.offline_cache.cache_rig import WINDOW, Rig

OWN = sealing.generate()
NOON, DAY, WEEK = "2026-11-21T12:00:00.000Z", "2026-11-22T12:00:00.000Z", "2026-11-28T12:00:00.000Z"
FIRST = LeaseSecret("first", DAY, b"1" * 32)
SECOND = LeaseSecret("second", WEEK, b"2" * 32)
LEASE = Lease("c1", "demo", 7, NOON, names_of(("ani", "budi")), (SECOND, FIRST))


def sign(message: bytes) -> bytes:
    return signing.sign(WINDOW.private, message)


def notice(lease: Lease = LEASE) -> bytes:
    return write_lease(lease, OWN.public, sign)


def leases(rig: Rig, counter: str = "c1", realm: str = "demo") -> Leases:
    return Leases(rig.vault, counter, realm, window_key=WINDOW.public, exchange_private=OWN.private)


def test_a_lease_is_kept_with_its_secrets_and_read_again(rig: Rig) -> None:
    assert not leases(rig).holds(NOON)
    assert leases(rig).take(notice()) == NOON
    rig.restart()
    held = leases(rig)
    assert held.holds(NOON)
    assert held.secrets(NOON) == {"second": b"2" * 32, "first": b"1" * 32}
    assert held.held is not None
    assert (held.held.number, held.held.expires) == (7, WEEK)
    assert [held.held.allows(who) for who in ("ani", "budi", "citra", "")] == [True, True, False, False]


def test_each_secret_is_gone_at_its_own_end_and_no_clock_brings_it_back(rig: Rig) -> None:
    held = leases(rig)
    held.take(notice())
    assert held.secrets(DAY) == {"second": b"2" * 32}
    assert held.secrets(NOON) == {"second": b"2" * 32}
    assert held.secrets(WEEK) == {}
    assert not held.holds(WEEK)
    assert held.secrets(NOON) == leases(rig).secrets(NOON) == {}
    rows = rig.vault.execute("SELECT value FROM settings")
    assert not any(secret in bytes(str(rows), "utf-8") for secret in (b"1" * 32, b"2" * 32))
    assert rig.path.with_name("counter.db-wal").stat().st_size == 0


def test_the_same_lease_once_more_does_not_bring_a_secret_back(rig: Rig) -> None:
    held = leases(rig)
    held.take(notice())
    held.end(WEEK)
    held.take(notice())
    assert held.secrets(NOON) == {}


def test_an_older_lease_is_refused_and_a_newer_one_taken(rig: Rig) -> None:
    held = leases(rig)
    held.take(notice())
    with pytest.raises(NoticeWrong, match="notice.older"):
        held.take(notice(replace(LEASE, number=6)))
    held.take(notice(replace(LEASE, number=8, secrets=(replace(SECOND, value=b"3" * 32),))))
    assert held.secrets(NOON) == {"second": b"3" * 32}
    assert Settings(rig.vault).find("lease/first") == b""


def test_a_lease_that_is_over_when_it_comes_opens_nothing_and_counts_all_the_same(rig: Rig) -> None:
    held = leases(rig)
    held.take(notice())
    assert held.secrets("2026-12-01T00:00:00.000Z") == {}
    assert held.held is not None
    assert held.held.allows("ani")


def test_it_is_another_counters_or_another_realms(rig: Rig) -> None:
    for other in (leases(rig, "c2"), leases(rig, realm="live")):
        with pytest.raises(NoticeWrong, match="notice.other-counter"):
            other.take(notice())


def test_it_opens_for_no_other_key(rig: Rig) -> None:
    with pytest.raises(NoticeWrong, match="notice.malformed"):
        leases(rig).take(write_lease(LEASE, sealing.generate().public, sign))
    assert leases(rig).held is None


@given(st.data())
def test_nothing_of_it_can_be_changed(data: st.DataObject) -> None:
    forged = bytearray(notice())
    forged[data.draw(st.integers(0, len(forged) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    checked = Leases.__new__(Leases)
    checked._window_key, checked._counter, checked._realm = WINDOW.public, "c1", "demo"
    with pytest.raises(NoticeWrong):
        checked._checked(bytes(forged))


def said(**changed: object) -> bytes:
    body = json.loads(notice()[64:]) | changed
    from offline_cache.leases import _signed

    return _signed(body, sign)


@pytest.mark.parametrize(
    "changed",
    [
        {"number": -1},
        {"number": "7"},
        {"number": 1 << 70},
        {"issued": "2026-11-21"},
        {"issued": 3},
        {"secrets": []},
        {"secrets": [["a", WEEK, ""]] * 5},
        {"secrets": [["../a", WEEK, ""]]},
        {"secrets": [["a", "for ever", ""]]},
        {"secrets": [["a", WEEK, ""]]},
        {"secrets": None},
        {"officers": 3},
        {"officers": "*"},
        {"kind": "other"},
    ],
)
def test_what_is_signed_and_makes_no_sense_is_refused(rig: Rig, changed: dict[str, object]) -> None:
    with pytest.raises(NoticeWrong, match="notice.malformed"):
        leases(rig).take(said(**changed))
    assert leases(rig).held is None


def test_a_mark_says_what_time_it_is(rig: Rig) -> None:
    mark = write_mark("c1", "demo", NOON, sign)
    assert leases(rig).take(mark) == NOON
    assert leases(rig).held is None
    assert (kind_of(mark), kind_of(notice()), kind_of(b""), kind_of(b"x" * 99)) == ("mark", "lease", "", "")


def test_a_lease_for_five_hundred_officers_fits_a_notice() -> None:
    officers = names_of([f"officer-{number}" for number in range(500)])
    many = replace(LEASE, officers=officers, secrets=(SECOND, FIRST, replace(FIRST, id="third")))
    assert len(notice(many)) <= 4096
    assert len(notice()) < 600


def test_no_secret_shows(rig: Rig) -> None:
    assert "1111" not in repr(LEASE)
    held = leases(rig)
    held.take(notice())
    held.destroy()
    assert held.secrets(NOON) == {}
