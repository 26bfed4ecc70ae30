"""Who signs: Ed25519 (RFC 8032) key pairs, secrets wrapped with a PIN, and session certificates.

The first byte of every wrapped secret and certificate names its suite, so that another can follow:
suite 1 is Ed25519; Argon2id, HKDF-SHA256 and AES-256-GCM.
"""

from __future__ import annotations

import secrets
import struct
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ._derive import STANDARD_COST, Argon2Cost, argon2id, hkdf
from .entry import encode
from .errors import CertificateWrong, KeyUnavailable, PinWrong

SUITE: Final = 1
_KEY: Final = 32
_SIGNATURE: Final = 64
_MAX_CLAIMS: Final = 4096
_OFFICER_TAG: Final = b"offline_cache certificate 1 officer"
_COUNTER_TAG: Final = b"offline_cache certificate 1 counter"
_PIN_TAG: Final = b"offline_cache pin 1"
_WRAP: Final = struct.Struct(">BIBB16s12s")  # suite, memory in KiB, passes, lanes, salt, nonce


@dataclass(frozen=True, slots=True)
class KeyPair:
    """An Ed25519 key pair; each half is 32 raw bytes."""

    public: bytes
    private: bytes = field(repr=False)


class Certificate(NamedTuple):
    """What a checked session certificate says: the session's public key, and claims that are its users' business."""

    session_public: bytes
    claims: bytes


def generate() -> KeyPair:
    """A new key pair from the system's randomness."""
    return key_pair(secrets.token_bytes(_KEY))


def key_pair(private: bytes) -> KeyPair:
    """The pair that belongs to a private key (32 bytes)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return KeyPair(Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw(), private)


def sign(private: bytes, message: bytes) -> bytes:
    """The 64-byte signature of a message."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature holds; also False for a key or signature that is none."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def wrap_with_pin(pin: str, secret: bytes, device_secret: bytes, *, cost: Argon2Cost = STANDARD_COST) -> bytes:
    """Encrypts `secret` so that it takes both the PIN and the device's secret to open it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    head = _WRAP.pack(SUITE, cost.memory_kib, cost.time, cost.lanes, salt, nonce)
    key = _pin_key(pin, device_secret, salt, cost)
    return head + AESGCM(key).encrypt(nonce, secret, head)


def unwrap_with_pin(pin: str, wrapped: bytes, device_secret: bytes) -> bytes:
    """The secret. Raises PinWrong, or KeyUnavailable `key.damaged` or `key.other-suite` if it is no wrapped secret."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(wrapped) < _WRAP.size + 16:
        raise KeyUnavailable("key.damaged")
    suite, memory, time, lanes, salt, nonce = _WRAP.unpack_from(wrapped)
    if suite != SUITE:
        raise KeyUnavailable("key.other-suite", suite=suite)
    key = _pin_key(pin, device_secret, salt, Argon2Cost(memory, time, lanes).checked())
    try:
        return AESGCM(key).decrypt(nonce, wrapped[_WRAP.size :], wrapped[: _WRAP.size])
    except InvalidTag:
        raise PinWrong("pin.wrong") from None


def certify(session_public: bytes, claims: bytes, officer_private: bytes, counter_private: bytes) -> bytes:
    """A session certificate: the officer says this key speaks for them, the counter says it was here.

    `claims` (at most 4,096 bytes) are signed as they stand: officer, role, times, whatever the two sides agreed.
    """
    if len(session_public) != _KEY or len(claims) > _MAX_CLAIMS:
        raise ValueError("session_public or claims")
    said = bytes([SUITE]) + session_public + len(claims).to_bytes(4) + claims
    officer = sign(officer_private, encode(_OFFICER_TAG, (said,)))
    return said + officer + sign(counter_private, encode(_COUNTER_TAG, (said, officer)))


def check_certificate(blob: bytes, officer_public: bytes, counter_public: bytes) -> Certificate:
    """What the certificate says, if both signatures hold. Raises CertificateWrong."""
    session_public, claims = read_certificate(blob)
    end = len(blob) - 2 * _SIGNATURE
    said, officer, counter = blob[:end], blob[end : end + _SIGNATURE], blob[end + _SIGNATURE :]
    if not verify(officer_public, encode(_OFFICER_TAG, (said,)), officer):
        raise CertificateWrong("certificate.officer")
    if not verify(counter_public, encode(_COUNTER_TAG, (said, officer)), counter):
        raise CertificateWrong("certificate.counter")
    return Certificate(session_public, claims)


def read_certificate(blob: bytes) -> Certificate:
    """What the certificate claims, unchecked: good only for finding whose keys to check it with."""
    start = 1 + _KEY + 4
    if len(blob) < start + 2 * _SIGNATURE or len(blob) > start + _MAX_CLAIMS + 2 * _SIGNATURE:
        raise CertificateWrong("certificate.malformed")
    if blob[0] != SUITE:
        raise CertificateWrong("certificate.other-suite", suite=blob[0])
    claims = blob[start : len(blob) - 2 * _SIGNATURE]
    if len(claims) != int.from_bytes(blob[1 + _KEY : start]):
        raise CertificateWrong("certificate.malformed")
    return Certificate(blob[1 : 1 + _KEY], claims)


def _pin_key(pin: str, device_secret: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
    return hkdf(argon2id(pin.encode(), salt, cost), device_secret, _PIN_TAG)
