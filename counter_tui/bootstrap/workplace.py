"""The steps from a folder to a booth at work, the same for the demo and for a counter that is for real travellers.

What differs between them is a `Workplace`. A start is a measured figure: what the first screen does not need is
imported where it is used, and a key is derived on another thread meanwhile.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import uuid
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Protocol

from .. import settings
from ..errors import ConfigError, CounterError
from ..workstation.backstage import Backstage
from ..workstation.desk import Desk
from . import paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from offline_cache import Settings, Vault

    from ..domain.allowance.terms import Terms as ResidentTerms
    from ..domain.cases.rules import CaseRules
    from ..domain.matters import TwoPersonRules
    from ..domain.overriding import OverrideRules
    from ..domain.screened import ScreeningRules
    from ..link.client import WindowClient
    from ..workstation.booth import Booth
    from ..workstation.news import News
    from ..workstation.paper_ports import PaperParts
    from ..workstation.parts import Parts, Rules
    from ..workstation.place import Place
    from ..workstation.ports import Clock, Rehearsal
    from ..workstation.screening import Screens
    from .delivery import DeliveryLoop
    from .identity import Identity
    from .list_store import VaultLists
    from .one_time_key import OneTimeKey
    from .reading import BoundReading
    from .storage import BoundLedger

UNATTENDED_SECONDS = 3.0  # after so long without a sign-in the link is started all the same
PAINT_SECONDS = 0.25  # what a screen takes to be painted on a slow machine, and some more
SWITCH_SECONDS = 0.0005  # so long a thread that computes keeps another waiting; one paint wakes the screen's many times


class Workplace(Protocol):
    """What the demo and a live counter do each in their own way."""

    place: Place
    folder: Path
    list_folders: tuple[Path, ...]

    @property
    def live_too(self) -> bool:
        """Whether this machine is also enrolled for real travellers, where this is the demo."""
        ...

    async def open_vault(self) -> Vault:
        """The counter's vault. Raises CacheError or StoreError."""
        ...

    async def identify(self, kept: Settings) -> Identity:
        """Who this counter is; it enrols where it may do so by itself. Raises CounterError."""
        ...

    async def connect(self, identity: Identity) -> WindowClient:
        """The way to the single window. Raises CounterError."""
        ...

    def rehearsal(self, delivery: DeliveryLoop) -> Rehearsal | None:
        """The trainer's hand on the link, in the demo."""
        ...

    def deliver(self, delivery: DeliveryLoop, ledger: BoundLedger, reading: BoundReading) -> None:
        """The delivery is about to begin."""
        ...

    async def stop(self) -> None:
        """End what was started beside the booth."""
        ...


def desk_of(workplace: Workplace, clock: Clock) -> Desk:
    """The workstation there; nothing is opened before its `prepare`."""
    sys.setswitchinterval(SWITCH_SECONDS)
    backstage = Backstage(_translated)
    backstage.start()

    async def open_booth(hear: Callable[[News], None]) -> Booth:
        return await Opening(workplace, clock, backstage).open(hear)

    return Desk(workplace.place, backstage, open_booth, clock)


def _translated(error: Exception) -> Exception:
    from .storage import translated

    return translated(error)


class Opening:
    """The steps."""

    def __init__(self, workplace: Workplace, clock: Clock, backstage: Backstage) -> None:
        self._at, self._place, self._clock, self._backstage = workplace, workplace.place, clock, backstage

    async def open(self, hear: Callable[[News], None]) -> Booth:
        """The booth; its link and its lists come behind it."""
        # a key is derived on another thread while this one imports what the booth is made of
        opened = asyncio.create_task(self._at.open_vault())
        await asyncio.sleep(0)
        from offline_cache import Settings

        from ..workstation.booth import Booth
        from .delivery import DeliveryLoop
        from .reading import BoundReading
        from .storage import BoundLedger

        vault = await opened
        try:
            identity = await self._at.identify(Settings(vault))
            reading = BoundReading(vault, identity, self._clock)
            ledger = BoundLedger(vault, identity, self._clock, reading)
            delivery = DeliveryLoop(vault, ledger.outbox, identity, self._clock)
            screens = self._screens(vault)
            booth = Booth(self._parts(vault, identity, ledger, delivery, screens, reading), hear)
            delivery.feeding = booth.feeding
            delivery.noticed = reading.take
            reading.refetch = delivery.fetch_anew
            self._at.deliver(delivery, ledger, reading)
        except BaseException:
            await self._at.stop()
            vault.close()
            raise
        self._backstage.spawn(self._deliver(vault, delivery, identity))
        self._backstage.spawn(_lists(screens, delivery))
        self._backstage.spawn(_house(vault, ledger))
        return booth

    async def _deliver(self, vault: Vault, delivery: DeliveryLoop, identity: Identity) -> None:
        await _screen_first(delivery)
        with contextlib.suppress(ConfigError):
            load_rules(demo=self._place.demo)  # whoever needs them is told what is wrong with them
            self._fetch_ahead(vault, delivery)
        # where it fails the link stays down, and the screen says so; the counter works on
        with contextlib.suppress(CounterError):
            delivery.client = await self._at.connect(identity)
        delivery.starting = False
        await delivery.run()

    @staticmethod
    def _fetch_ahead(vault: Vault, delivery: DeliveryLoop) -> None:
        from offline_cache import Settings
        from offline_cache.budget import Budget

        from ..settings_fetching import load_fetching

        delivery.fetch_ahead(Budget(Settings(vault), load_fetching().ahead_bytes_a_day))

    def _screens(self, vault: Vault) -> Screens:
        from ..workstation.screening import Screens

        return Screens(lambda: self._list_store(vault), self._screening, self._clock.now, _translated)

    def _screening(self) -> ScreeningRules:
        return screening_rules(demo=self._place.demo)

    def _list_store(self, vault: Vault) -> VaultLists:
        from offline_cache import Records

        from .list_store import VaultLists

        return VaultLists(
            Records(vault),
            paths.indexes_folder(self._at.folder),
            self._at.list_folders,
            lambda: self._screening().lists,
            self._place.post.id,
            self._clock.now,
        )

    def _parts(
        self,
        vault: Vault,
        identity: Identity,
        ledger: BoundLedger,
        delivery: DeliveryLoop,
        screens: Screens,
        reading: BoundReading,
    ) -> Parts:
        from offline_cache import Attempts, Settings

        from ..workstation.parts import Parts
        from .directory import kept_directory
        from .link import BoundLink
        from .rosters import LiveRoster
        from .storage import BoundPersons
        from .telephone_keys import BoundTelephone

        async def close() -> None:
            if delivery.client is not None:
                await delivery.client.aclose()
            await self._at.stop()
            vault.close()

        return Parts(
            place=self._place,
            clock=self._clock,
            new_id=lambda: uuid.uuid4().hex,
            store=reading.store,
            ledger=ledger,
            persons=BoundPersons(Attempts(vault), identity, reading.allows),
            roster=LiveRoster(identity),
            link=BoundLink(delivery),
            delivery=delivery,
            rules=lambda: load_rules(demo=self._place.demo),
            close=close,
            rehearsal=self._at.rehearsal(delivery),
            live_too=self._at.live_too,
            paint_within=PAINT_SECONDS,
            screens=screens,
            lock=reading,
            one_time_key=one_time_key,
            two_persons=two_person_rules,
            overriding=override_rules,
            telephone=BoundTelephone(identity, lambda: kept_directory(Settings(vault))),
            cases=case_rules,
            papers=papers,
            residents=resident_terms,
        )


async def _screen_first(delivery: DeliveryLoop) -> None:
    """Wait until somebody has signed in and sees the screen, a little while at most: servers take the processor."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(UNATTENDED_SECONDS):
            await delivery.wanted.wait()
            await asyncio.sleep(PAINT_SECONDS)


async def _lists(screens: Screens, delivery: DeliveryLoop) -> None:
    """The lists come behind the first screen: what they need takes a while to load."""
    await _screen_first(delivery)
    await screens.start()


async def _house(vault: Vault, ledger: BoundLedger) -> None:
    await asyncio.sleep(UNATTENDED_SECONDS)
    from .housekeeping import keep_house

    await keep_house(vault, ledger)


def one_time_key() -> OneTimeKey:
    """A key for one view of what is sealed."""
    from .one_time_key import OneTimeKey

    return OneTimeKey()


@cache
def papers() -> PaperParts:
    """What papers need, loaded with the first one. Raises ConfigError."""
    from ..settings_papers import load_papers
    from .printing import bind

    return bind(load_papers())


@cache
def load_rules(*, demo: bool) -> Rules:
    """The rules under config/, read once. Raises ConfigError."""
    from ..settings_delegations import load_delegations
    from ..settings_sharing import load_catalogue, load_sharing
    from ..workstation.parts import Rules
    from .clock import SystemClock

    book, sharing = settings.load_rulebook(demo=demo), load_sharing(demo=demo)
    catalogue = load_catalogue(sharing.on(SystemClock().now().date()))
    lists = replace(screening_rules(demo=demo), findings=catalogue)
    presented = replace(book.presented, findings=catalogue) if book.presented else None
    version = f"{book.version}, lists {lists.version}, sharing {sharing.version}"
    delegations = load_delegations(demo=demo)
    law = replace(book.law, delegations=delegations)
    book = replace(book, version=version, screening=lists, presented=presented, delegations=delegations, law=law)
    return Rules(book, settings.load_reasons(), sharing)


@cache
def two_person_rules() -> TwoPersonRules:
    """Who signs what together, read once. Raises ConfigError."""
    from ..settings_two_persons import load_two_persons

    return load_two_persons()


@cache
def case_rules() -> CaseRules:
    """What a post has agreed on about cases, read once. Raises ConfigError."""
    from ..settings_cases import load_cases

    return load_cases()


@cache
def override_rules() -> OverrideRules:
    """The law of overriding, read once. Raises ConfigError."""
    from ..settings_override import load_override

    return load_override()


@cache
def screening_rules(*, demo: bool) -> ScreeningRules:
    """The lists of a training counter or a live one, read once. Raises ConfigError."""
    from ..settings_lists import load_screening

    return load_screening(demo=demo)


def resident_terms() -> ResidentTerms:
    """The allowance of border residents."""
    from ..settings_allowance import load_allowance_terms

    return load_allowance_terms()
