"""The state of link, outbox, sources, lists and clock, as the status line has it."""

from datetime import UTC, datetime, timedelta

from ..domain.agency_links import Grade, Standing
from ..domain.words import Authority, SourceState
from .news import LinkState, ListState, SourceAge, Status
from .ports import Delivery, Ledger
from .records import CachedRecords, moment


def read_status(
    delivery: Delivery,
    ledger: Ledger,
    records: CachedRecords,
    now: datetime,
    live_window: timedelta,
    lists: tuple[ListState, ...],
    reading: str = "",
) -> Status:
    """All of it as of `now`, by the clock and nothing else; for `live_window` an answer counts as live.

    `reading` is the code of why nothing that is cached can be read, "" where it can.
    """
    link = "starting" if delivery.starting else "down" if delivery.down_since else "up"
    waiting, oldest = ledger.waiting()
    floor = ledger.floor()
    behind = (moment(floor) - now).total_seconds() if floor else 0
    fresh_from = now.astimezone(UTC) - live_window if link == "up" else None
    return Status(
        link=link,
        down_since=delivery.down_since,
        waiting=waiting,
        oldest=moment(oldest) if oldest else None,
        sources=tuple(_source(a, records, fresh_from) for a in Authority),
        clock_behind=max(0, int(behind)),
        lists=lists,
        quality=_quality(delivery),
        empty_in=delivery.seconds_to_empty if waiting and link == "up" else None,
        loading=delivery.progress,
        troubles=(*delivery.troubles, reading) if reading else delivery.troubles,
    )


def _quality(delivery: Delivery) -> LinkState | None:
    known = delivery.quality
    if known is None:
        return None
    return LinkState(known.round_trip, known.rate if known.measured else None, known.loss)


def _source(authority: Authority, records: CachedRecords, fresh_from: datetime | None) -> SourceAge:
    as_of, link = records.source_age(authority), records.find_link(authority)
    if link is not None and link.grade is Grade.FILE:
        state = SourceState.NOT_CHECKED if link.last_answer is None else SourceState.CACHED
        return SourceAge(authority, state, link.last_answer, link)
    if as_of is None:
        return SourceAge(authority, SourceState.NOT_CHECKED, None, link)
    in_time = link is None or link.standing is Standing.ANSWERING
    fresh = fresh_from is not None and as_of > fresh_from and in_time
    return SourceAge(authority, SourceState.LIVE if fresh else SourceState.CACHED, as_of, link)
