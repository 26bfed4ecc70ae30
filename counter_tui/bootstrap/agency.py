"""An agency's own process: its connector, under its own epoch key, which never leaves it.

The post's single window asks it, and gets sections in which what is sealed is sealed already. It listens on loopback,
or over TLS on any address with a certificate of its own. The secret that the single window must bear stands in a file
beside its keys, made at the first start.
"""

import asyncio
import os
import secrets
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TextIO
from zoneinfo import ZoneInfo

from offline_cache import CacheError

from .. import settings
from ..agencies.connectors import CONNECTORS
from ..agencies.demo import demo_systems
from ..agencies.ports import Connector, FetchAnswer
from ..agencies.remote import agency_service
from ..agencies.sealing import make_opener, make_sealer
from ..domain.referral import MILLION
from ..domain.words import AGENCY_OF, Authority
from ..errors import StoreError
from ..link.fetch import HttpFetch
from ..settings_agencies import load_agency_limits
from ..settings_risk import load_referral
from ..settings_sharing import load_catalogue, load_sharing
from ..single_window.run import bind, serve, url_of
from . import paths
from .catalogues import catalogue
from .clock import SystemClock
from .hub import N_, Teller, split_address, stop_on_signals
from .one_time_key import box
from .spared import SPARED, SparedFile, with_chance
from .storage import translated
from .workplace_keys import open_keys

EPOCH: Final = 1
TOKEN: Final = "token"  # noqa: S105 - the name of a file
LONGEST_TOKEN: Final = 1024
PERCENT: Final = MILLION / 100


@dataclass(frozen=True, slots=True)
class Order:
    """What to run: `system` is http(s)://host:port of the agency's system, "" for the demo's, simulated here.

    `certificate` and `key` are PEM files; without them it listens on loopback alone.
    """

    authority: Authority
    listen: str
    system: str = ""
    certificate: Path | None = None
    key: Path | None = None


def run_agency(order: Order, out: TextIO, language: str = "en") -> int:
    """Serve until SIGTERM or SIGINT. Raises CounterError."""
    key = agency_key(order.authority)
    token = get_token(paths.agency_folder(order.authority.value) / TOKEN)
    asyncio.run(_serve(order, key, token, Teller(out, catalogue(language).gettext)))
    return 0


def get_token(path: Path) -> str:
    """The secret in this file, made where there is none. Raises StoreError `store.token-open` where others read it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as made:
            made.write(secrets.token_urlsafe(32) + "\n")
    return read_token(path)


def read_token(path: Path) -> str:
    """The secret in this file. Raises StoreError `store.token-none`, `store.token-open`."""
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise StoreError("store.token-open", file=path.name)
        with path.open("rb") as opened:
            token = opened.read(LONGEST_TOKEN).decode("ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise StoreError("store.token-none", file=path.name) from None
    if not token:
        raise StoreError("store.token-none", file=path.name)
    return token


def agency_key(authority: Authority) -> bytes:
    """The agency's epoch key, in the keyring of this machine or under its passphrase. Raises StoreError."""
    label = f"epoch-{EPOCH}"
    folder = paths.keys_folder(paths.agency_folder(authority.value))
    try:
        keys = open_keys(f"counter-tui agency {authority.value}", folder, label)
        return keys.find(label) or keys.create(label)
    except CacheError as error:
        raise translated(error) from None


@asynccontextmanager
async def connected(order: Order, key: bytes) -> AsyncIterator[tuple[Connector, HttpFetch[FetchAnswer]]]:
    """The agency's connector under its key, with its random referrals, and the way to its system."""
    seal = make_sealer(AGENCY_OF[order.authority].value, EPOCH, key)
    async with _system(order) as url:
        fetch = HttpFetch(url, FetchAnswer)
        limits = load_agency_limits(demo=not order.system)
        rules = load_catalogue(load_sharing(demo=not order.system).on(SystemClock().now().date()))
        connector: Connector = CONNECTORS[order.authority](fetch, rules, limits, seal)
        try:
            yield with_chance(connector, rules, seal, paths.agency_folder(order.authority.value)), fetch
        finally:
            await fetch.aclose()


async def _serve(order: Order, key: bytes, token: str, say: Teller) -> None:
    opener = make_opener({EPOCH: key}, box)
    host, port = split_address(order.listen)
    stop, ready = asyncio.Event(), asyncio.Event()
    stop_on_signals(stop)
    async with connected(order, key) as (connector, fetch):
        bound = bind(port, host)
        at = url_of(bound) if order.certificate is None else f"https://{host}:{bound.getsockname()[1]}"
        serving = asyncio.create_task(
            serve(
                {bound: agency_service(connector, token, fetch, opener)}, stop, ready=ready, tls=server_context(order)
            )
        )
        listening = asyncio.create_task(ready.wait())
        await asyncio.wait({serving, listening}, return_when=asyncio.FIRST_COMPLETED)
        listening.cancel()
        if not serving.done():
            where = str(paths.agency_folder(order.authority.value) / TOKEN)
            say(N_("Process of {authority}: {where}"), authority=order.authority.value, where=at)
            say(N_("The single window needs this address, and the secret in {file}."), file=where)
            if order.authority is Authority.SECURITY:
                _say_chance(say)
            say(N_("Ready. Ctrl+C ends it in good order."))
        await serving
    say(N_("Stopped in good order."))


def _say_chance(say: Teller) -> None:
    """How many are referred by chance, or why nobody is: silence would look like either."""
    file = paths.agency_folder(Authority.SECURITY.value) / SPARED
    if not SparedFile(file).reads:
        say(N_("Nobody is referred by chance: who is to be spared is not said in {file}."), file=str(file))
        return
    lanes = load_referral().lanes.values()
    rates = ", ".join(f"{one.lane} {one.rate / PERCENT:.1f} %" for one in lanes)
    say(N_("Referred by chance, by lane: {rates}."), rates=rates or "-")


def server_context(order: Order) -> ssl.SSLContext | None:
    """With the certificate that was given. Raises StoreError `store.certificate`."""
    if order.certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(order.certificate, order.key)
    except (OSError, ssl.SSLError):
        raise StoreError("store.certificate", file=order.certificate.name) from None
    return context


@asynccontextmanager
async def _system(order: Order) -> AsyncIterator[str]:
    """The address of the agency's system; for the demo its simulated one, served here as long as it is needed."""
    if order.system:
        yield order.system
        return
    zone = ZoneInfo(settings.load_place("demo")[0].zone)
    today = datetime.now(zone).date()
    systems = demo_systems(settings.load_demo_people(), today=today, now=lambda: datetime.now(zone))
    bound, stop, ready = bind(), asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(serve({bound: systems[order.authority]}, stop, ready=ready))
    await ready.wait()
    try:
        yield url_of(bound)
    finally:
        stop.set()
        await serving
