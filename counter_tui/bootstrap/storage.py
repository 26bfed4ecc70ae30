"""The offline cache behind the workstation's ports: ledger and persons."""

import contextlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from offline_cache import (
    Attempts,
    CacheError,
    Entry,
    EntryState,
    Journal,
    Outbox,
    PinWrong,
    Records,
    Vault,
    Verification,
)
from offline_cache.sealing import private_from_signing
from offline_cache.signing import certify, check_certificate, generate, sign, unwrap_with_pin

from ..domain.entries import SESSION, read_session
from ..errors import CounterError, SignInError, StoreError
from ..workstation.ports import Clock, RecordStore, SessionKey
from ..workstation.records import OPEN, stamp
from .identity import Identity, raw
from .reading import BoundReading

if TYPE_CHECKING:
    from .two_signed import MayBoth

LOCK_SECONDS = 60.0  # from here on a wait reads "locked"
TRIES = 5


@dataclass(frozen=True, slots=True)
class BoundSessionKey:
    """A session's key in memory; it is gone with the process. `exchange` is what is sealed to its person."""

    session: str
    certificate: bytes
    private: bytes = field(repr=False)
    officer: str = ""
    exchange: bytes = field(default=b"", repr=False)

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature."""
        return sign(self.private, message)


class BoundPersons:
    """Sign-in over the roster in the vault and the attempts counted there."""

    def __init__(self, attempts: Attempts, identity: Identity, allows: Callable[[str], bool] = lambda _: True) -> None:
        """`identity` has the roster and this counter's own key; `allows` tells whose authority was not withdrawn."""
        self._attempts = attempts
        self._identity = identity
        self._allows = allows

    def wait(self, officer: str, now: float) -> float:
        """Seconds until the next try is taken."""
        return self._attempts.wait(officer, now)

    def open_session(self, officer: str, pin: str, now: float) -> BoundSessionKey:
        """Try a PIN; counted first."""
        person = self._identity.person(officer)
        if person is None:
            raise SignInError("signin.unknown")
        if not self._allows(officer):
            raise SignInError("signin.withdrawn")
        wait = self.wait(officer, now)
        if wait > 0:
            raise SignInError("signin.locked" if wait > LOCK_SECONDS else "signin.wait", seconds=int(wait) + 1)
        failures = self._attempts.failed(officer, now)
        try:
            private = unwrap_with_pin(pin, raw(person.wrapped), b"")
        except PinWrong:
            wait = int(self.wait(officer, now))
            raise SignInError("signin.wrong-pin", left=max(0, TRIES - failures), wait=wait) from None
        self._attempts.succeeded(officer)
        return self._certified(officer, private, now)

    def _certified(self, officer: str, private: bytes, now: float) -> BoundSessionKey:
        pair = generate()
        claims = {
            "officer": officer,
            "counter": self._identity.counter.id,
            "realm": self._identity.realm,
            "at": int(now),
        }
        certificate = certify(pair.public, json.dumps(claims).encode(), private, raw(self._identity.private))
        exchange = private_from_signing(private)
        return BoundSessionKey(session_of(pair.public), certificate, pair.private, officer, exchange)


def session_of(public: bytes) -> str:
    """The name of a session: its key's beginning, in hex."""
    return public.hex()[:16]


class BoundLedger:
    """Journal and outbox as one ledger."""

    def __init__(self, vault: Vault, identity: Identity, clock: Clock, reading: BoundReading | None = None) -> None:
        """The journal of this counter in its realm; without `reading`, over records that everybody reads."""
        self._vault = vault
        self._identity = identity
        self._clock = clock
        self.journal = Journal(vault, identity.counter.id, identity.realm)
        self.outbox = Outbox(vault, identity.counter.id)
        self._records: RecordStore = Records(vault) if reading is None else reading.store
        self._allows: Callable[[str], bool] = (lambda _: True) if reading is None else reading.allows
        if reading is not None:
            reading.bind(self)

    def append(self, kind: str, group: str, body: bytes, *, signer: SessionKey, forget: str = "") -> Entry:
        """One entry, durable, with the clock as it stands; the open crossing `forget` goes in the same step.

        Raises SignInError `signin.withdrawn` where the authority of who signs was withdrawn meanwhile.
        """
        if isinstance(signer, BoundSessionKey) and not self._allows(signer.officer):
            raise SignInError("signin.withdrawn")
        with self._vault.transaction():
            entry = self.journal.append(
                kind,
                group,
                body,
                recorded_at=stamp(self._clock.now()),
                session=signer.session,
                sign=signer.sign,
                salt=secrets.token_bytes(16),
            )
            if forget:
                self._records.delete(OPEN, forget)
        return entry

    def together(self) -> contextlib.AbstractContextManager[None]:
        """One transaction of the vault."""
        return self._vault.transaction()

    def lines(self, limit: int) -> Sequence[EntryState]:
        """The newest entries with their states."""
        return self.outbox.states(limit)

    def find(self, sequence: int) -> Entry | None:
        """One entry."""
        return self.journal.get(sequence) if 1 <= sequence <= self.journal.count() else None

    def of_group(self, group: str) -> Sequence[int]:
        """The entries about one crossing."""
        return self.journal.of_group(group)

    def of_kind(self, kind: str, after: int = 0) -> Sequence[int]:
        """The entries of a kind above a sequence."""
        return self.journal.of_kind(kind, after)

    def waiting(self) -> tuple[int, str | None]:
        """How many wait, and since when."""
        summary = self.outbox.summary()
        return summary.waiting, summary.oldest

    def verify(self) -> Verification:
        """The whole chain, with the keys of certificates that hold; and who signed beside where it takes two.

        Its problems may also be `bad-second:sequence`: not two people who may have signed this one; and those of the
        receipts (`Outbox.verify`).
        """
        from .two_signed import KINDS, may_both, takes_two

        sessions = self._sessions()
        report = self.journal.verify({name: public for name, (_, public) in sessions.items()}.get)
        signers = {name: officer for name, (officer, _) in sessions.items()}
        twice = sorted(sequence for kind in KINDS for sequence in self.of_kind(kind))
        unsigned = [
            entry.sequence
            for entry in map(self.journal.get, twice)
            if entry.body is not None
            and takes_two(entry.kind, entry.body)
            and not self._two_signed(entry, signers, may_both)
        ]
        seconds = (f"bad-second:{sequence}" for sequence in unsigned)
        receipts = self.outbox.verify(raw(self._identity.window_key))
        return replace(report, problems=(*report.problems, *seconds, *receipts))

    def _sessions(self) -> dict[str, tuple[str, bytes]]:
        """Person and key of the sessions whose certificates hold."""
        sessions = {}
        for entry in self.journal.entries():
            if entry.kind == SESSION and entry.body is not None:
                certified = self._certified(entry.body)
                if certified is not None:
                    sessions[session_of(certified[1])] = certified
        return sessions

    def _certified(self, body: bytes) -> tuple[str, bytes] | None:
        try:
            session = read_session(body)
            certificate = raw(session.certificate)
        except (CounterError, ValueError):
            return None
        for person in self._identity.known(session.officer):
            with contextlib.suppress(CacheError, ValueError):
                held = check_certificate(certificate, raw(person.public_key), raw(self._identity.public))
                return session.officer, held.session_public
        return None

    def _two_signed(self, entry: Entry, signers: Mapping[str, str], may: "MayBoth") -> bool:
        """Whether an entry is of two people who may; of one that was erased the chain says what it can."""
        from ..single_window.sessions import second_signed

        if entry.body is None:
            return True
        own = self._identity
        counter = own.counter.id
        body = may(entry.kind, entry.body, lambda officer: [one.officer for one in own.known(officer)], counter)
        if body is None or signers.get(entry.session) != body.statement.first:
            return False
        second = own.known(body.statement.second)
        keys = [raw(person.public_key) for person in second]
        return second_signed(body, keys, raw(own.public), own.counter.id, own.realm)

    def witness(self, moment_: str) -> None:
        """It is at least this late (ISO 8601 UTC), on a word that was checked."""
        self.journal.witness(moment_)

    def floor(self) -> str:
        """The greatest time known to have been."""
        return self.journal.time_floor()


def translated(error: Exception) -> Exception:
    """An error of the offline cache as our own, by the same code: `vault.wrong-key` becomes `store.vault.wrong-key`."""
    if isinstance(error, CacheError):
        return StoreError(f"store.{error.code}", **error.detail)
    return error
