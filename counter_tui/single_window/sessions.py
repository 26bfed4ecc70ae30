"""Who signed: an entry, told by the certificate in the entry of kind `session` that opens it; and beside them, another.

A certificate counts if the officer's key (given at enrolment) and the counter's own key signed it, and if what it
claims is this counter, this realm and this officer. A session's name is the beginning of its public key, in hex.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from offline_cache.entry import Entry
from offline_cache.errors import CertificateWrong
from offline_cache.signing import check_certificate, verify

from ..domain.entries import SESSION, read_session
from ..domain.two_persons import Countersigned
from ..errors import CounterError
from .store import EnrolledCounter, WindowStore

NAME_DIGITS = 16  # of a session's name, at least: 64 bits of its key


@dataclass(frozen=True, slots=True)
class Session:
    """A session whose certificate holds."""

    name: str
    officer: str
    public_key: bytes


def opened_by(
    entries: Iterable[Entry], enrolled: EnrolledCounter, realm: str, store: WindowStore
) -> Mapping[str, Session]:
    """The sessions that these entries open in good order, by name."""
    found = (_opened(entry, enrolled, realm, store) for entry in entries if entry.kind == SESSION)
    return {session.name: session for session in found if session is not None}


def key_of(
    opened: Mapping[str, Session], enrolled: EnrolledCounter, store: WindowStore
) -> Callable[[str], bytes | None]:
    """The key of a session by its name: one that is known, or that is being opened; None for others."""

    def find(name: str) -> bytes | None:
        known = store.find_session(enrolled.counter.id, name)
        if known is None and name in opened:
            return opened[name].public_key
        return known

    return find


def _opened(entry: Entry, enrolled: EnrolledCounter, realm: str, store: WindowStore) -> Session | None:
    try:
        body = read_session(entry.body or b"")
        blob = base64.b64decode(body.certificate, validate=True)
    except (CounterError, binascii.Error, ValueError):
        return None
    for officer_key in store.officer_keys(enrolled.counter.id, body.officer):
        try:
            certificate = check_certificate(blob, officer_key, enrolled.public_key)
        except CertificateWrong:
            continue
        fits = _claims_fit(certificate.claims, body.officer, enrolled.counter.id, realm)
        named = len(entry.session) >= NAME_DIGITS and certificate.session_public.hex().startswith(entry.session)
        return Session(entry.session, body.officer, certificate.session_public) if fits and named else None
    return None


def second_signed(body: Countersigned, keys: Iterable[bytes], counter_key: bytes, counter: str, realm: str) -> bool:
    """Whether the second person signed this statement, at this counter, beside another; `keys` are those they had."""
    statement = body.statement
    try:
        blob, signature = (base64.b64decode(one, validate=True) for one in (body.certificate, body.signature))
    except (binascii.Error, ValueError):
        return False
    if statement.first == statement.second or statement.counter != counter:
        return False
    for officer_key in keys:
        try:
            certificate = check_certificate(blob, officer_key, counter_key)
        except CertificateWrong:
            continue
        fits = _claims_fit(certificate.claims, statement.second, counter, realm)
        return fits and verify(certificate.session_public, statement.signed_bytes(), signature)
    return False


def _claims_fit(claims: bytes, officer: str, counter: str, realm: str) -> bool:
    try:
        said = json.loads(claims)
    except (ValueError, RecursionError):
        return False
    expected = {"officer": officer, "counter": counter, "realm": realm}
    return isinstance(said, dict) and all(said.get(name) == value for name, value in expected.items())
