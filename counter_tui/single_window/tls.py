"""TLS at the single window: a certificate authority of the post's own (ECDSA P-256), and its short server certificates.

The authority is made at the first start and lives in the single window's store; counters pin it by the SHA-256 of its
certificate, and nobody else trusts it. A server's key is made for each certificate and lives in memory alone. Both
certificates are lean, and only the server's own is sent: at 9.6 kbit/s each 1,200 bytes of a handshake take a second.

Certificates begin in 1970: a booth's clock may be years behind, and an early beginning protects nobody here. X.509 as
RFC 5280 profiles it.
"""

import hashlib
import ipaddress
import secrets
import ssl
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from starlette.types import ASGIApp, Receive, Scope, Send

from ..link.wire import AUTHORITY_PATH

AUTHORITY_DAYS: Final = 20 * 365
LEAF_DAYS: Final = 90
RENEW_DAYS: Final = 30  # before its end: a counter whose clock is ahead by less takes it still
_BEGIN: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SETTING: Final = "post authority"
_NAME: Final = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post")])


class SettingsStore(Protocol):
    """Where the authority's key lies: encrypted, as all of the single window's store."""

    def find_setting(self, name: str) -> bytes | None: ...  # noqa: D102
    def put_setting(self, name: str, value: bytes) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Leaf:
    """A server's certificate (DER) with its key, until `ends`."""

    certificate: bytes
    ends: datetime
    key: ec.EllipticCurvePrivateKey = field(repr=False)

    def due(self, now: datetime) -> bool:
        """Whether it is time for the next one."""
        return now >= self.ends - timedelta(days=RENEW_DAYS)


@dataclass(frozen=True, slots=True)
class Authority:
    """The post's own certificate authority; `certificate` is DER."""

    certificate: bytes
    key: ec.EllipticCurvePrivateKey = field(repr=False)

    @property
    def fingerprint(self) -> bytes:
        """What counters pin: the SHA-256 of its certificate."""
        return hashlib.sha256(self.certificate).digest()

    def issue(self, addresses: Iterable[str], now: datetime) -> Leaf:
        """A certificate for a server that is reached at these addresses: names, or IP addresses."""
        key, ends = ec.generate_private_key(ec.SECP256R1()), now + timedelta(days=LEAF_DAYS)
        own = x509.load_der_x509_certificate(self.certificate)
        ours = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(
            own.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        )
        built = (
            _builder(key, x509.Name([]), ends)
            .add_extension(x509.SubjectAlternativeName([_general(address) for address in addresses]), critical=True)
            .add_extension(ours, critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        )
        return Leaf(built.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER), ends, key)


def make_authority(now: datetime) -> Authority:
    """A new one, in memory."""
    key = ec.generate_private_key(ec.SECP256R1())
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    built = (
        _builder(key, _NAME, now + timedelta(days=AUTHORITY_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_signs_certificates(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier(hashlib.sha256(point).digest()[:8]), critical=False)
    )
    return Authority(built.sign(key, hashes.SHA256()).public_bytes(Encoding.DER), key)


def authority_of(store: SettingsStore, now: datetime) -> Authority:
    """The authority in this store; it is made there at first."""
    kept = store.find_setting(_SETTING)
    if kept is None:
        made = make_authority(now)
        private = made.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        store.put_setting(_SETTING, len(private).to_bytes(2) + private + made.certificate)
        return made
    end = 2 + int.from_bytes(kept[:2])
    key = load_der_private_key(kept[2:end], None)
    assert isinstance(key, ec.EllipticCurvePrivateKey), "what was put there"
    return Authority(kept[end:], key)


def server_context(leaf: Leaf) -> ssl.SSLContext:
    """TLS 1.3 alone, HTTP/2 or HTTP/1.1 as the client chooses; no tickets, since no counter resumes a session."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.set_alpn_protocols(["h2", "http/1.1"])
    context.num_tickets = 0
    renew(context, leaf)
    return context


def renew(context: ssl.SSLContext, leaf: Leaf) -> None:
    """Serve new connections with this certificate.

    The ssl module takes keys from files only: for that moment it lies in one, encrypted under a passphrase that is
    nowhere but in memory.
    """
    passphrase = secrets.token_hex(32)
    sealed = leaf.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode()))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "server.pem"
        file.write_bytes(ssl.DER_cert_to_PEM_cert(leaf.certificate).encode() + sealed)
        context.load_cert_chain(file, password=passphrase)


def showing_authority(app: ASGIApp, authority: Authority) -> ASGIApp:
    """The application, beside which whoever enrols is given the authority's certificate."""

    async def with_authority(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != AUTHORITY_PATH:
            await app(scope, receive, send)
            return
        length = str(len(authority.certificate)).encode()
        headers = [(b"content-type", b"application/pkix-cert"), (b"content-length", length)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": authority.certificate})

    return with_authority


def _builder(key: ec.EllipticCurvePrivateKey, subject: x509.Name, ends: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(_NAME)
        .public_key(key.public_key())
        .serial_number(secrets.randbits(63) | 1)
        .not_valid_before(_BEGIN)
        .not_valid_after(ends)
    )


def _general(address: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(address))
    except ValueError:
        return x509.DNSName(address)


def _signs_certificates() -> x509.KeyUsage:
    others = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
    unused = dict.fromkeys((*others, "crl_sign", "encipher_only", "decipher_only"), False)
    return x509.KeyUsage(key_cert_sign=True, **unused)
