"""opencrvs-core #11058: a user's clock against the server's; a time that could be faked stays visible as what it is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from counter_tui.bootstrap.storage import BoundLedger
from counter_tui.domain.entries import DECISION
from offline_cache import Entry, Journal
from scripts.benches.delivering import Booth, Clock, Post, booth, post, slow_link
from scripts.benches.traffic import Traffic
from scripts.benches.traffic_cast import bench_cast

SET_BACK = timedelta(hours=5)
SECONDS = 20.0


class SetBack(Clock):
    """As somebody set it who would rather have decided before the ban."""

    def now(self) -> datetime:
        return super().now() - SET_BACK


@pytest.fixture
def window() -> Iterator[Post]:
    with post() as at:
        yield at


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def record_with_the_clock_set_back(counter: Booth) -> Entry:
    ledger = BoundLedger(counter.vault, counter.identity, SetBack())
    (passage,) = islice(Traffic(bench_cast(14), 14).passages(), 1)
    return ledger.append(DECISION, passage.crossing.id, passage.body, signer=counter.session)


async def test_14_a_faked_time_stays_visible_beside_the_one_that_is_believed(window: Post) -> None:
    async with booth(window, "ENT-3") as counter, slow_link(window, 1_000_000.0, 0.02) as (_, port):
        counter.record(1, 1)
        async with counter.delivering(port):
            await counter.until_waiting(0, SECONDS)
            faked = record_with_the_clock_set_back(counter)
            counter.delivery.nudge()
            await counter.until_waiting(0, SECONDS)

        line, before, *_ = counter.ledger.lines(2)
        assert line.sequence == faked.sequence
        # what the clock said is signed as it was said, and nobody can tell it otherwise afterwards
        assert moment(before.recorded_at) - moment(line.recorded_at) > SET_BACK - timedelta(minutes=5)
        # the time that counts is not before what was known to have been, and the order is that of the deeds
        assert moment(line.corrected_at) >= moment(before.recorded_at)
        assert faked.logical > counter.ledger.journal.get(before.sequence).logical
        # the single window's own clock stands beside both
        assert moment(line.at) - moment(line.recorded_at) > SET_BACK - timedelta(minutes=5)
        # and a restart with the clock still set back revives nothing
        again = Journal(counter.vault, counter.identity.counter.id, counter.identity.realm)
        assert moment(again.time_floor()) >= moment(line.corrected_at)
