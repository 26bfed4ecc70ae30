"""What a lease, its renewal and its end do to a booth that is at work."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from counter_tui.domain.coding import to_json
from counter_tui.domain.words import SourceState
from counter_tui.errors import SignInError, StoreError
from counter_tui.workstation.news import Expected, StatusChanged
from offline_cache import Records
from offline_cache.partitions import COMMON
from tests.integration.reading.reading_booth import (
    AT,
    CUSTOMS,
    HOUR,
    NAME,
    WEEK,
    AtWork,
    Counter,
    decrypted,
    traveller,
)
from tests.unit.workstation.build import OFFICER

DAY = timedelta(days=1)


async def finds(at_work: AtWork) -> bool:
    return bool(await at_work.rig.booth.finding.search(NAME))


async def test_without_any_lease_the_booth_records_and_keeps_what_comes_and_reads_nothing(tmp_path: Path) -> None:
    with Counter(tmp_path).started(leased=False) as at_work:
        at_work.feed()
        await at_work.sign_in()
        booth = at_work.rig.booth
        with pytest.raises(StoreError, match="read.no-lease"):
            await booth.finding.search(NAME)
        at_work.rig.link.up = False
        view = await booth.open(traveller())
        assert all(section.source is SourceState.NOT_CHECKED for section in view.sections)
        await booth.park()
        assert [c.document.surname for c in await booth.parked()] == [NAME]
        assert at_work.rig.ledger.journal.count() == 1
        at_work.call()
        assert booth.reading.why_not == ""
        assert [c.document.surname for c in await booth.parked()] == [NAME]
        assert await finds(at_work)


async def test_a_lease_that_comes_is_told_and_so_is_its_end(tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    with counter.started(leased=False) as at_work:
        await at_work.sign_in()
        at_work.rig.news.clear()
        at_work.call()
        counter.clock.pass_(WEEK.total_seconds())
        at_work.rig.booth._records.sections("IDN:NOBODY")
        told = [n.status.troubles for n in at_work.rig.news if isinstance(n, StatusChanged)]
        assert told == [(), ("read.lease-ended",)]
        assert at_work.reading.partitions.opened == frozenset()


async def test_a_lease_outlasts_seven_days_without_a_link_and_no_more(tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    with counter.started() as at_work:
        at_work.feed()
    counter.pass_(WEEK - HOUR)
    with counter.started() as at_work:
        await at_work.sign_in()
        assert await finds(at_work)
    counter.pass_(HOUR)
    with counter.started() as at_work:
        await at_work.sign_in()
        with pytest.raises(StoreError, match="read.lease-ended"):
            await finds(at_work)


async def test_a_clock_that_is_set_back_revives_nothing(tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    with counter.started() as at_work:
        at_work.feed()
    counter.pass_(WEEK)
    with counter.started() as at_work:
        await at_work.sign_in()
        assert at_work.reading.why_not == "read.lease-ended"
    counter.clock.pass_(-WEEK.total_seconds())
    with counter.started() as at_work:
        await at_work.sign_in()
        assert at_work.reading.why_not == "read.lease-ended"
        assert at_work.reading.leases.secrets(AT) == {}


async def test_a_clock_set_back_before_the_end_was_noticed_gives_no_more_than_the_marks_allow(tmp_path: Path) -> None:
    """The window said what time it was; from there on a clock that stands earlier counts for nothing."""
    counter = Counter(tmp_path)
    with counter.started() as at_work:
        at_work.feed()
        counter.at_window.pass_((WEEK - HOUR).total_seconds())
        counter.office._leased["ENT-3"] = counter.at_window.now()
        counter.office._marked.clear()
        at_work.call()
        assert at_work.rig.ledger.floor() == "2026-11-28T04:14:00.000Z"
        await at_work.sign_in()
        assert await finds(at_work)
        counter.clock.pass_(HOUR.total_seconds())
        assert at_work.reading.now() == "2026-11-28T04:14:00.000Z"
        counter.clock.pass_(WEEK.total_seconds())
        assert at_work.reading.why_not == "read.lease-ended"


async def test_after_a_long_silence_the_next_lease_brings_everything_back(tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    with counter.started() as at_work:
        at_work.feed()
        await at_work.sign_in()
        await at_work.rig.booth.open(traveller())
    counter.pass_(30 * DAY)
    with counter.started() as at_work:
        await at_work.sign_in()
        assert at_work.reading.why_not == "read.lease-ended"
        at_work.call()
        assert await finds(at_work)
        assert len(await at_work.rig.booth.parked()) == 1


async def test_who_was_off_duty_while_the_secret_changed_reads_all_the_same(tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    with counter.started() as at_work:
        at_work.feed()
        counter.pass_(HOUR)
        at_work.reading.take(counter.office.rotate(counter.enrolled))
        await at_work.sign_in()
        await at_work.rig.booth.sign_out()
        assert len(at_work.reading.leases.secrets(at_work.reading.now())) == 2
    counter.pass_(2 * DAY)
    with counter.started() as at_work:
        await at_work.sign_in(CUSTOMS)
        assert at_work.reading.partitions.opened == {COMMON, "customs"}
        assert await finds(at_work)
    counter.pass_(6 * DAY)
    with counter.started() as at_work:
        at_work.call()
        assert len(at_work.reading.leases.secrets(at_work.reading.now())) == 1
        await at_work.sign_in(CUSTOMS)
        assert await finds(at_work)


async def test_where_every_wrap_was_lost_the_cache_begins_anew_and_the_journal_goes_on(tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    with counter.started() as at_work:
        at_work.feed()
        await at_work.sign_in()
        await at_work.rig.booth.sign_out()
        refetched: list[bool] = []
        at_work.reading.refetch = lambda: refetched.append(True)
        counter.office.rotate(counter.enrolled)
        counter.pass_(2 * WEEK)
        at_work.call()
        assert refetched == [True]
        assert at_work.rows("expected") == []
        at_work.feed()
        await at_work.sign_in()
        assert await finds(at_work)
        assert at_work.rig.ledger.verify().problems == ()
        assert at_work.rig.ledger.journal.count() == 2


async def test_nothing_is_believed_that_the_single_window_did_not_sign(tmp_path: Path) -> None:
    counter, other = Counter(tmp_path), Counter(tmp_path / "other")
    with counter.started(leased=False) as at_work:
        assert not at_work.reading.take(other.office.lease(counter.enrolled))
        assert not at_work.reading.take(b"")
        assert at_work.reading.leases.held is None


async def test_a_revoked_counter_reads_nothing_any_more(tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    with counter.started() as at_work:
        at_work.feed()
        await at_work.sign_in()
        at_work.reading.destroy()
        with pytest.raises(StoreError):
            await finds(at_work)
    with counter.started() as at_work:
        await at_work.sign_in()
        assert at_work.reading.partitions.opened == frozenset()


async def test_who_is_withdrawn_while_at_work_reads_and_records_no_more(tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    with counter.started() as at_work:
        at_work.feed()
        await at_work.sign_in()
        assert await finds(at_work)
        counter.staff.remove(OFFICER.id)
        at_work.call()
        with pytest.raises(StoreError, match="read.not-yours"):
            await finds(at_work)
        session = at_work.rig.booth.work.session
        assert session is not None
        with pytest.raises(SignInError, match="signin.withdrawn"):
            at_work.rig.ledger.append("decision", "x", b"{}", signer=session.key)


async def test_a_store_of_earlier_days_is_sealed_at_the_first_sign_in(tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    with counter.started(leased=False) as at_work:
        plain, document = Records(at_work.rig.vault), traveller()
        body = to_json(Expected(document))
        plain.put("expected", document.key, body, as_of=AT, owner="immigration", partition="")
        plain.put("find", f"w:{NAME}", b"", as_of=AT, owner="counter", partition="")
        plain.put("expecting", "=", b"{}", as_of=AT, owner="counter", partition="")
        at_work.call()
        await at_work.sign_in()
        assert await finds(at_work)
        assert (at_work.rows("find"), at_work.rows("expecting")) == ([], [])
        assert NAME not in str(at_work.rig.vault.execute("SELECT * FROM records"))
    assert NAME.encode() not in decrypted(tmp_path / "counter.vault")
