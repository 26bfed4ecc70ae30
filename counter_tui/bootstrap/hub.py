"""The single window of a post, by itself: what it is made of, and how it is served.

Its vault holds all its secrets: counters and tokens, its signing key, the post's authority, and the first PINs of its
staff. The agencies' own processes are asked as `agencies.toml` says; where there is none, sections read NOT CHECKED.
"""

import asyncio
import contextlib
import json
import secrets
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final, TextIO
from zoneinfo import ZoneInfo

from offline_cache import CacheError

from ..agencies.links import LinkTerms
from ..domain.agency_links import Grade
from ..domain.posts import Counter
from ..domain.words import Authority
from ..errors import LinkError
from ..link.enrolment_code import FINGERPRINT, SECRET, EnrolmentCode
from ..settings_agencies import load_agency_links
from ..settings_allowance import load_allowance_terms
from ..settings_delegations import load_delegations
from ..settings_live import LivePost, load_live_post
from ..settings_lookups import load_allowance
from ..settings_sharing import load_sharing, unsigned
from ..settings_two_persons import unseals_by_telephone
from ..single_window.app import WindowApp
from ..single_window.prefetch import ExpectedSource
from ..single_window.receipts import Notary, notary
from ..single_window.run import bind, serve
from ..single_window.service import Setup, SingleWindow, Staff, stamp
from ..single_window.store import CounterLine
from ..single_window.telling import TellingOffice
from ..single_window.tls import Authority as PostAuthority
from ..single_window.tls import Leaf, authority_of, renew, server_context, showing_authority
from ..single_window.vault_store import VaultStore
from . import paths
from .catalogues import catalogue
from .leases import lease_terms
from .storage import translated
from .telling_setup import telling_setup
from .workplace_keys import get_key

SERVICE: Final = "counter-tui hub"
REALM: Final = "live"
CODE_MINUTES: Final = 60
PREFETCH_SECONDS: Final = 300.0
RENEWAL_LOOKS: Final = 3600.0  # seconds between looks at the certificate's end
_ADDRESS, _PIN, _TOLD = "address", "first pin", "first pin told"


@dataclass(frozen=True, slots=True)
class Invited:
    """An enrolment code, whom it makes of a booth, until when by the post's clock, and which booth bore that name."""

    code: str
    counter: str
    expires: str
    beside: str


class Hub:
    """A single window that is open: its store, its use cases, its authority."""

    def __init__(self, store: VaultStore, live: LivePost, now: Callable[[], datetime]) -> None:
        """`store` is open; `now` is aware, in the post's zone."""
        self.store, self.live, self.now = store, live, now
        self.notary: Notary = notary(f"{live.post.id} live", store)
        self.authority: PostAuthority = authority_of(store, now().astimezone(UTC))
        self.window = SingleWindow(self._setup(), store, self.notary)

    def _setup(self) -> Setup:
        pins = {officer.id: self._first_pin(officer.id) for officer in self.live.staff}
        return Setup(
            realm=REALM,
            post=self.live.post,
            agreement=load_sharing(demo=False),
            staff=tuple(Staff(officer, pins[officer.id]) for officer in self.live.staff),
            clock=self.now,
            token=lambda: secrets.token_urlsafe(32),
            terms=lease_terms(),
            allowance=load_allowance(),
            residents=load_allowance_terms(),
            delegations=load_delegations(demo=False),
            unseal_by_telephone=unseals_by_telephone(),
        )

    def _first_pin(self, officer: str) -> str:
        """The PIN that a person's keys are wrapped with when a booth enrols."""
        name = f"{_PIN}/{officer}"
        kept = self.store.find_setting(name)
        if kept is None:
            kept = f"{secrets.randbelow(10**8):08}".encode()
            self.store.put_setting(name, kept)
        return kept.decode()

    def untold(self) -> list[str]:
        """Whose first PIN was not told yet."""
        return [one.id for one in self.live.staff if self.store.find_setting(f"{_TOLD}/{one.id}") is None]

    def tell_pins(self) -> dict[str, str]:
        """The first PINs that were not told yet, by person; from now on they are."""
        pins = {officer: self._first_pin(officer) for officer in self.untold()}
        for officer in pins:
            self.store.put_setting(f"{_TOLD}/{officer}", b"1")
        return pins

    @property
    def telling(self) -> TellingOffice:
        """What the agencies are told of what was recorded."""
        setup = telling_setup(self.live.post, self.now, training=False)
        return TellingOffice(setup, self.store, self.store.tellings)

    @property
    def address(self) -> tuple[str, int] | None:
        """Under which address and port counters reach it; None before it was served once."""
        kept = self.store.find_setting(_ADDRESS)
        if kept is None:
            return None
        host, port = json.loads(kept)
        return str(host), int(port)

    def keep_address(self, host: str, port: int) -> None:
        """From now on codes name this address."""
        self.store.put_setting(_ADDRESS, json.dumps([host, port]).encode())

    def invite(self, counter_id: str) -> Invited:
        """A one-time code for a counter of the configuration. Raises ConfigError, or LinkError `link.never-served`."""
        counter, at = self.live.get_counter(counter_id), self.address
        if at is None:
            raise LinkError("link.never-served")
        named = self._named(counter)
        secret = secrets.token_bytes(SECRET)
        until = self.now() + timedelta(minutes=CODE_MINUTES)
        code = EnrolmentCode(*at, secret, self.authority.fingerprint[:FINGERPRINT]).spelled()
        self.window.invite(named, expires=stamp(until), code=secret.hex())
        return Invited(
            code, named.id, f"{until:%Y-%m-%d %H:%M %Z}", beside="" if named.id == counter.id else counter.id
        )

    def _named(self, counter: Counter) -> Counter:
        """The counter under a name that no journal bears: a booth's new journal does not continue an earlier one."""
        borne = {line.enrolled.counter.id for line in self.store.counters() if line.head or line.revoked}
        names = (f"{counter.id}.{number}" for number in range(2, len(borne) + 3))
        return counter if counter.id not in borne else replace(counter, id=next(n for n in names if n not in borne))

    def counters(self) -> list[CounterLine]:
        """Who is enrolled."""
        return list(self.store.counters())


def N_(sentence: str) -> str:  # noqa: N802 (gettext's own name for a sentence that is put into words later)
    """The sentence as it stands."""
    return sentence


@dataclass(frozen=True, slots=True)
class Teller:
    """Prints sentences in a language, at once."""

    out: TextIO
    words: Callable[[str], str]

    def __call__(self, sentence: str, **params: str | int) -> None:
        """A line of its own."""
        print(self.words(sentence).format(**params), file=self.out, flush=True)


@contextlib.contextmanager
def opened_hub() -> Iterator[Hub]:
    """The hub of this machine, made at the first time. Raises CounterError; `store.vault.busy` while it is served."""
    live = load_live_post()
    zone, folder = ZoneInfo(live.post.zone), paths.hub_folder()
    path = paths.window_vault(folder)
    try:
        store = VaultStore.open(path, get_key(SERVICE, paths.keys_folder(folder), "window", path))
        try:
            yield Hub(store, live, lambda: datetime.now(zone))
        finally:
            store.close()
    except CacheError as error:
        raise translated(error) from None


def run_hub(listen: str, addresses: list[str], out: TextIO, language: str = "en") -> int:
    """Serve until SIGTERM or SIGINT. `listen` is ADDRESS:PORT; `addresses` what counters call it where that differs."""
    host, port = split_address(listen)
    if host in {"0.0.0.0", "::"} and not addresses:  # noqa: S104 (asked for; and then under which address?)
        raise LinkError("link.which-address")
    with opened_hub() as hub:
        say = Teller(out, catalogue(language).gettext)
        asyncio.run(_serve(hub, host, port, addresses or [host], say))
    return 0


def split_address(listen: str) -> tuple[str, int]:
    """ADDRESS:PORT, or [ADDRESS]:PORT. Raises LinkError `link.address`."""
    host, _, port = listen.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise LinkError("link.address")
    return host.strip("[]"), int(port)


async def _serve(hub: Hub, host: str, port: int, addresses: list[str], say: Teller) -> None:
    from .hub_agencies import Agencies
    from .hub_control import Control
    from .hub_files import look_for_files

    bound = bind(port, host)
    hub.keep_address(addresses[0], bound.getsockname()[1])
    leaf = hub.authority.issue(addresses, hub.now())
    context = server_context(leaf)
    links = load_agency_links(demo=False)
    agencies = Agencies(links, hub.now)
    hub.window.unsealing.openers = agencies.openers
    app = WindowApp(hub.window, agencies.connectors, now=hub.now, monotonic=time.monotonic, terms=links)
    stop, ready = asyncio.Event(), asyncio.Event()
    stop_on_signals(stop)
    shown = showing_authority(app.asgi, hub.authority)
    serving = asyncio.create_task(serve({bound: shown}, stop, ready=ready, tls=context))
    renewing = asyncio.create_task(_renew(hub, leaf, partial(renew, context), addresses))
    control = await Control.start(hub)
    ahead = asyncio.create_task(_ahead(app, agencies.expects))
    looking = asyncio.create_task(look_for_files(agencies.folders, app.tell_links, say))
    telling = asyncio.create_task(app.telling(hub.telling, agencies.ways).run())
    try:
        await ready.wait()
        await app.tell_links()
        _tell(hub, links, say)
        await serving
    finally:
        renewing.cancel()
        ahead.cancel()
        looking.cancel()
        telling.cancel()
        await control.aclose()
        await app.aclose()
        await agencies.aclose()
    say(N_("Stopped in good order."))


async def _ahead(app: WindowApp, expects: ExpectedSource | None) -> None:
    """Ask ahead about everybody who is expected, where somebody knows who is."""
    if expects is not None:
        await app.prefetch(expects).run(PREFETCH_SECONDS)


def _tell(hub: Hub, links: Mapping[Authority, LinkTerms], say: Teller) -> None:
    at = hub.address
    assert at is not None, "kept before"
    where = EnrolmentCode(*at, b"", b"").url
    pin = hub.authority.fingerprint.hex(":", 2)
    say(N_("Single window of {post}: {where} · authority SHA-256 {pin}"), post=hub.live.post.id, where=where, pin=pin)
    missing = [authority.value for authority, terms in links.items() if terms.grade is Grade.NONE]
    if len(missing) == len(links):
        say(N_("No agency system is connected: every section reads NOT CHECKED."))
    elif missing:
        say(
            N_("Without a link, so that their sections read NOT CHECKED: {authorities}."),
            authorities=", ".join(missing),
        )
    if hub.untold():  # they are not printed here: what a service prints is kept in a log
        say(N_("First PINs are not told yet, of: {officers}. Next: counter hub pins"), officers=", ".join(hub.untold()))
    silent = unsigned(demo=False)
    if silent:
        say(
            N_("Not signed, so that nothing of it is shared: {agencies}. Next: counter sharing sign AGENCY"),
            agencies=", ".join(agency.value for agency in silent),
        )
    say(N_("Ready. counter hub invite COUNTER gives a booth its enrolment code; Ctrl+C ends it in good order."))


async def _renew(hub: Hub, leaf: Leaf, put: Callable[[Leaf], None], addresses: list[str]) -> None:
    """A new certificate well before the end of the one that is served."""
    while True:
        await asyncio.sleep(RENEWAL_LOOKS)
        if leaf.due(hub.now()):
            leaf = hub.authority.issue(addresses, hub.now())
            put(leaf)


def stop_on_signals(stop: asyncio.Event) -> None:
    """Set it on SIGTERM and SIGINT."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
        else:
            loop.add_signal_handler(number, stop.set)
