"""What the doctor says of a counter's lease: whether what is cached can be read, and until when without a link."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal

from offline_cache import Journal, Settings, Vault
from offline_cache.leases import Leases
from offline_cache.partitions import Partitions

from ..workstation.records import moment, stamp
from .identity import find_identity, raw

Line = tuple[Literal["ok", "warn", "fail"], str, str]


def examine_reading(vault: Vault, now: datetime, _: Callable[[str], str]) -> Iterator[Line]:
    """One line; nothing is made or changed. `now` is aware."""
    identity = find_identity(Settings(vault))
    if identity is None:
        return
    counter, realm = identity.counter.id, identity.realm
    held = Leases(vault, counter, realm, window_key=raw(identity.window_key), exchange_private=b"").held
    if held is None or not Partitions(vault, bytes).wrapped:
        yield "warn", _("lease"), _("none yet: what is cached is not read before a link has brought one")
        return
    known = max(stamp(now), Journal(vault, counter, realm).time_floor(), held.issued)
    at = f"{moment(held.expires):%Y-%m-%d %H:%M} UTC"
    if known < held.expires:
        yield "ok", _("lease"), _("what is cached can be read without a link until {at}").format(at=at)
    else:
        yield (
            "warn",
            _("lease"),
            _("over since {at}: the counter records and delivers, and reads nothing").format(at=at),
        )
