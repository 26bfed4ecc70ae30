"""`counter enrol CODE`: this machine becomes a counter of a post that is for real travellers.

In this order, so that nothing is used up or lost before all that can go wrong has been looked at: the code's own check
characters; whether this booth is free; the passphrase; the authority, against the code's fingerprint; the clocks; the
code itself, which is good once; and then a new vault under a new key.
"""

import asyncio
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TextIO

from offline_cache import (
    COUNTER_SCHEMA,
    CacheError,
    KeyringKeys,
    Outbox,
    PassphraseKeys,
    Settings,
    Vault,
)
from offline_cache.signing import generate

from ..errors import LinkError, StoreError
from ..link.client import WindowClient
from ..link.enrolment_code import EnrolmentCode
from ..link.pinning import fetch_authority, fetch_time, pinned_context
from . import paths
from .catalogues import catalogue
from .clock import SystemClock
from .identity import Identity, find_identity, identity_of, keep_identity, text
from .reading import BoundReading
from .storage import translated
from .workplace_keys import LABEL, REALM, SERVICE, open_keys

APART_MINUTES = 10


def enrol(typed: str, out: TextIO, language: str = "en") -> int:
    """Enrol with the code that was typed, and say what this booth is now. Raises CounterError."""
    code, folder = EnrolmentCode.read(typed), paths.live_folder()
    try:
        keys = open_keys(SERVICE, paths.keys_folder(folder), LABEL)
        _check_free(folder, keys)
        identity, lease = _asked(code)
        _keep(folder, keys, identity, lease)
    except CacheError as error:
        raise translated(error) from None
    post, counter = identity.post, identity.counter
    _ = catalogue(language).gettext
    told = _("This booth is counter {counter} of {post} ({name}); {count} persons sign in here. Start it: counter")
    named = {"counter": counter.id, "post": post.id, "name": post.name, "count": len(identity.roster)}
    print(told.format(**named), file=out)
    return 0


def _check_free(folder: Path, keys: KeyringKeys | PassphraseKeys) -> None:
    """Raises StoreError `store.enrolled-undelivered`. A vault whose key was destroyed is in nobody's way."""
    path = paths.counter_vault(folder)
    key = keys.find(LABEL) if path.exists() else None
    if key is None:
        return
    with Vault.open(path, key, COUNTER_SCHEMA) as vault:
        identity = find_identity(Settings(vault))
        waiting = Outbox(vault, identity.counter.id).summary().waiting if identity else 0
    if identity is not None and waiting:
        raise StoreError("store.enrolled-undelivered", counter=identity.counter.id, waiting=waiting)


def _asked(code: EnrolmentCode) -> tuple[Identity, bytes]:
    """As `_enrolled`; a refusal says at which address."""
    try:
        return asyncio.run(_enrolled(code, SystemClock().now()))
    except LinkError as error:
        silent = error.code in {"link.refused", "link.timeout", "link.broken"}
        said = {"address": f"{code.host}:{code.port}"} | error.params
        raise LinkError("link.no-window" if silent else error.code, **said) from None


async def _enrolled(code: EnrolmentCode, now: datetime) -> tuple[Identity, bytes]:
    """What the single window makes of this booth, and its first lease. Raises LinkError."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    authority = await fetch_authority(code.url, code.fingerprint)
    context = pinned_context(authority)
    minutes = abs(await fetch_time(code.url, context) - now).total_seconds() / 60
    if minutes > APART_MINUTES:
        raise LinkError("link.clock-off", minutes=int(minutes))
    pair, exchange = generate(), X25519PrivateKey.generate()
    public = exchange.public_key().public_bytes_raw()
    client = WindowClient(code.url, context=context)
    try:
        enrolment = await client.enrol(code.secret.hex(), "", pair.public, public)
    finally:
        await client.aclose()
    if enrolment.realm != REALM:
        raise StoreError("store.not-live")
    identity = replace(
        identity_of(enrolment, pair.public, pair.private),
        exchange_public=text(public),
        exchange_private=text(exchange.private_bytes_raw()),
        address=code.url,
        authority=text(authority),
    )
    return identity, enrolment.lease


def _keep(folder: Path, keys: KeyringKeys | PassphraseKeys, identity: Identity, lease: bytes) -> None:
    """A new vault under a new key, in the place of one that was delivered or whose key is gone."""
    path = paths.counter_vault(folder)
    keys.delete(LABEL)
    for old in folder.glob(f"{path.name}*"):
        old.unlink()
    for index in paths.indexes_folder(folder).glob("*"):
        index.unlink()
    paths.revocation_file(folder).unlink(missing_ok=True)
    with Vault.create(path, keys.create(LABEL), COUNTER_SCHEMA) as vault:
        keep_identity(Settings(vault), identity)
        BoundReading(vault, identity, SystemClock()).take(lease)
