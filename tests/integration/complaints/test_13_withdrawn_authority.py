"""Complaint 13: an offline action takes effect after the authority was withdrawn (opencrvs-core #12878)."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_tui.errors import SignInError
from tests.integration.reading.reading_booth import CUSTOMS, WEEK, Counter
from tests.unit.workstation.build import OFFICER, PIN


async def test_who_is_off_the_roster_cannot_sign_in_offline_once_the_lease_says_so(tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    with counter.started() as at_work:
        await at_work.sign_in(CUSTOMS)
        await at_work.rig.booth.sign_out()
        counter.staff.remove(CUSTOMS.id)
        at_work.call()
    for later in (0.0, 2 * WEEK.total_seconds()):
        counter.clock.pass_(later)
        with counter.started() as at_work:
            with pytest.raises(SignInError, match="signin.withdrawn"):
                await at_work.sign_in(CUSTOMS)
            with pytest.raises(SignInError, match="signin.withdrawn"):
                at_work.rig.booth._parts.persons.open_session(CUSTOMS.id, PIN, 0.0)
            await at_work.sign_in(OFFICER)
            assert at_work.rig.ledger.verify().problems == ()


async def test_what_they_knew_opens_nothing_any_more(tmp_path: Path) -> None:
    """Their wraps are gone, and what is written from then on is under a secret that they never had."""
    counter = Counter(tmp_path)
    with counter.started() as at_work:
        at_work.feed()
        key = at_work.rig.booth._parts.persons.open_session(CUSTOMS.id, PIN, 0.0)
        before = at_work.reading.leases.secrets(at_work.reading.now())
        counter.staff.remove(CUSTOMS.id)
        at_work.call()
        after = at_work.reading.leases.secrets(at_work.reading.now())
        assert len(after) == 2
        exchange = key.exchange  # type: ignore[attr-defined]
        assert at_work.reading.partitions.open(CUSTOMS.id, exchange, before | after) == frozenset()


async def test_an_older_lease_does_not_bring_them_back(tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    earlier = counter.office.lease(counter.enrolled)
    with counter.started() as at_work:
        counter.staff.remove(CUSTOMS.id)
        at_work.call()
        assert not at_work.reading.take(earlier)
        with pytest.raises(SignInError, match="signin.withdrawn"):
            await at_work.sign_in(CUSTOMS)
