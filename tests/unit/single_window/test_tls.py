"""The post's certificates and the two contexts: a handshake in memory, what it costs, and what is refused."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from counter_tui.errors import LinkError
from counter_tui.link.pinning import pinned_context
from counter_tui.single_window.tls import LEAF_DAYS, Authority, authority_of, make_authority, renew, server_context

NOW = datetime(2026, 11, 21, 5, 14, 2, tzinfo=UTC)
REAL = datetime.now(UTC)
HERE = "10.20.30.40"


class Kept(dict[str, bytes]):
    def find_setting(self, name: str) -> bytes | None:
        return self.get(name)

    def put_setting(self, name: str, value: bytes) -> None:
        self[name] = value


@pytest.fixture(scope="module")
def authority() -> Authority:
    return make_authority(REAL)


def client(authority: Authority) -> ssl.SSLContext:
    context = pinned_context(authority.certificate)
    context.set_alpn_protocols(["http/1.1", "h2"])
    return context


def handshake(server: ssl.SSLContext, client: ssl.SSLContext, name: str = HERE) -> tuple[int, int, ssl.SSLObject]:
    """Bytes up and down, and the client's side."""
    to_client, from_client, to_server, from_server = (ssl.MemoryBIO() for _ in range(4))
    ours = client.wrap_bio(to_client, from_client, server_hostname=name)
    theirs = server.wrap_bio(to_server, from_server, server_side=True)
    up = down = 0
    for side in (ours, theirs, ours, theirs):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            pass
        finally:
            sent, answered = from_client.read(), from_server.read()
            up, down = up + len(sent), down + len(answered)
            to_server.write(sent)
            to_client.write(answered)
    return up, down, ours


def test_a_handshake_is_small_and_the_newest(authority: Authority) -> None:
    up, down, ours = handshake(server_context(authority.issue([HERE], REAL)), client(authority))
    assert (ours.version(), ours.selected_alpn_protocol()) == ("TLSv1.3", "h2")
    assert up + down <= 1200, f"{up} up, {down} down: a second at 9.6 kbit/s"


@pytest.mark.parametrize("address", ["window.pos.example", "10.20.30.40", "fd00::7"])
def test_a_server_is_known_by_its_address(authority: Authority, address: str) -> None:
    server = server_context(authority.issue(["192.0.2.1", address], REAL))
    handshake(server, client(authority), address)
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(server, client(authority), "elsewhere.example")


def test_another_authoritys_certificate_is_refused(authority: Authority) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(server_context(make_authority(REAL).issue([HERE], REAL)), client(authority))


def test_a_servers_certificate_certifies_nobody(authority: Authority) -> None:
    leaf = authority.issue([HERE], REAL)
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(server_context(Authority(authority.certificate, leaf.key).issue([HERE], REAL)), client(authority))


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_an_older_tls_is_refused_by_both_sides(authority: Authority) -> None:
    old = client(authority)
    old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_2
    server = server_context(authority.issue([HERE], REAL))
    with pytest.raises(ssl.SSLError, match="PROTOCOL"):
        handshake(server, old)
    server.minimum_version = server.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(ssl.SSLError, match="PROTOCOL"):
        handshake(server, client(authority))


def test_a_certificate_that_is_over_is_refused_and_a_new_one_is_served_at_once(authority: Authority) -> None:
    server = server_context(authority.issue([HERE], REAL - timedelta(days=LEAF_DAYS + 1)))
    with pytest.raises(ssl.SSLCertVerificationError, match="expired"):
        handshake(server, client(authority))
    renew(server, authority.issue([HERE], REAL))
    handshake(server, client(authority))


def test_a_certificate_is_renewed_well_before_its_end(authority: Authority) -> None:
    leaf = authority.issue([HERE], NOW)
    assert not leaf.due(NOW + timedelta(days=59))
    assert leaf.due(NOW + timedelta(days=61))


def test_a_booth_whose_clock_is_years_behind_takes_it_still(authority: Authority) -> None:
    held = (authority.certificate, authority.issue([HERE], NOW).certificate)
    begun = [x509.load_der_x509_certificate(one) for one in held]
    assert {c.not_valid_before_utc.year for c in begun} == {1970}


def test_the_authority_is_made_once_and_kept() -> None:
    store = Kept()
    first = authority_of(store, NOW)
    again = authority_of(store, NOW + timedelta(days=400))
    assert again.certificate == first.certificate
    assert again.fingerprint == first.fingerprint
    handshake(server_context(again.issue([HERE], REAL)), client(first))


def test_no_key_is_left_behind(authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[bytes] = []
    load = ssl.SSLContext.load_cert_chain

    def looking(self: ssl.SSLContext, file: object, **more: object) -> None:
        written.append(Path(str(file)).read_bytes())
        load(self, file, **more)  # type: ignore[arg-type]  # as it came

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(ssl.SSLContext, "load_cert_chain", looking)
    server_context(authority.issue([HERE], REAL))
    assert b"ENCRYPTED PRIVATE KEY" in written[0]
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_certificate_is_refused_in_our_words() -> None:
    with pytest.raises(LinkError, match="link.untrusted"):
        pinned_context(b"no certificate")
