"""What a booth is made of: the parts that `bootstrap` binds, and the rules that the agencies have agreed on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from ..domain.decisions import ReasonCode
from ..domain.posts import Roster
from ..domain.sharing import SharingAgreement
from .place import Place
from .ports import (
    Clock,
    Delivery,
    Ledger,
    OneTimeKey,
    Persons,
    RecordStore,
    Rehearsal,
    TelephoneKeys,
    WindowLink,
)
from .reading import ReadLock
from .screening import Screens

if TYPE_CHECKING:
    from ..domain.allowance.terms import Terms as ResidentTerms
    from ..domain.cases.rules import CaseRules
    from ..domain.matters import TwoPersonRules
    from ..domain.overriding import OverrideRules
    from ..domain.view import Rulebook
    from .paper_ports import PaperParts


@dataclass(frozen=True, slots=True)
class Rules:
    """What the agencies have agreed on: how to merge, which reasons there are, who sees what."""

    book: Rulebook
    reasons: tuple[ReasonCode, ...]
    sharing: SharingAgreement


def _nobody() -> TwoPersonRules:
    from ..domain.matters import TwoPersonRules

    return TwoPersonRules("")


def _nothing() -> OverrideRules:
    from ..domain.overriding import OverrideRules

    return OverrideRules("")


def _no_cases() -> CaseRules:
    from ..domain.cases.rules import CaseRules

    return CaseRules("")


@dataclass(frozen=True, slots=True)
class Parts:
    """What `bootstrap` binds. `live_too`: this machine is also enrolled for real travellers.

    `rules` are read when the first traveller needs them, and raise ConfigError where a file is wrong.
    `live_window` is how long after an authority's answer its source still counts as live on the status line. For
    `paint_within` seconds at most nobody is asked about a traveller who was opened, until the screen has painted them.
    `lock` keeps what is in `store` from whoever may not read it; without one everybody may. `one_time_key` makes a key
    for one view of what is sealed. `papers` is asked when the first paper is made, and raises ConfigError.
    `telephone` is what is shared with people at other counters, where anything is. `two_persons` and `overriding` are
    read when they are needed first, and raise ConfigError; without them nothing is signed by two, nothing overridden.
    `residents` are the terms of border residents' allowance, likewise; without them none is granted here.
    `cases` are the tasks and the laws of holding that are offered, likewise; without them all of it is said in words.
    """

    place: Place
    clock: Clock
    new_id: Callable[[], str]
    store: RecordStore
    ledger: Ledger
    persons: Persons
    roster: Roster
    link: WindowLink
    delivery: Delivery
    rules: Callable[[], Rules]
    close: Callable[[], Awaitable[None]]
    rehearsal: Rehearsal | None = None
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    live_too: bool = False
    live_window: timedelta = timedelta(minutes=5)
    paint_within: float = 0.0
    screens: Screens | None = None
    lock: ReadLock | None = None
    one_time_key: Callable[[], OneTimeKey] | None = None
    papers: Callable[[], PaperParts] | None = None
    telephone: TelephoneKeys | None = None
    two_persons: Callable[[], TwoPersonRules] = _nobody
    overriding: Callable[[], OverrideRules] = _nothing
    cases: Callable[[], CaseRules] = _no_cases
    residents: Callable[[], ResidentTerms] | None = None
