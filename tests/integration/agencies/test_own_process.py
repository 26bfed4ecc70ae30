"""Agencies in processes of their own, and a real single window that asks them: `counter agency`, `counter hub`."""

import asyncio
import ipaddress
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from counter_tui import settings
from counter_tui.agencies.links import LinkTerms
from counter_tui.agencies.ports import Inquiry
from counter_tui.agencies.remote import agency_service
from counter_tui.bootstrap import paths
from counter_tui.bootstrap.agency import Order, get_token, read_token, server_context
from counter_tui.bootstrap.hub_agencies import Agencies
from counter_tui.bootstrap.identity import raw
from counter_tui.domain.agency_links import Grade, Standing
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Authority, Direction, SourceState
from counter_tui.errors import AgencyError, StoreError
from counter_tui.link.client import WindowClient
from counter_tui.link.pinning import pinned_context
from counter_tui.single_window.run import bind, serve
from tests.integration.agencies.processes import asked, configured, crossing_of, own_configuration, running
from tests.integration.hub.living import HubProcess, at_work, enrolled, who

TARGETED = next(one for one in settings.load_demo_people().persons if one.customs.targeted)
"""Of whom customs keeps something sealed."""


async def test_agencies_seal_in_their_own_processes_and_one_that_dies_takes_only_its_own_panel(
    post: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = own_configuration(tmp_path / "config", monkeypatch)
    with running(Authority.CUSTOMS, Authority.SECURITY, passphrase=tmp_path / "passphrase") as processes:
        configured(processes, folder)
        hub = await asyncio.to_thread(HubProcess().start)
        try:
            assert any("immigration, health, animal_plant" in line for line in hub.said)
            await asyncio.to_thread(enrolled)
            identity = who()
            client = WindowClient(identity.address, identity.token, context=pinned_context(raw(identity.authority)))
            crossing = crossing_of(TARGETED.number)
            came = await asked(client, crossing)
            assert set(came) == {Authority.CUSTOMS, Authority.SECURITY}
            assert all(one.source is SourceState.LIVE for one in came.values())
            assert any(finding.sealed for finding in came[Authority.CUSTOMS].findings)
            keys = {path.relative_to(paths.home()).parts[:2] for path in paths.home().rglob("key-epoch-*")}
            assert keys == {("agency", "customs"), ("agency", "security")}, "nowhere else is an agency's key"

            processes[Authority.CUSTOMS].end(signal.SIGKILL)
            for _ in range(2):
                assert set(await asked(client, crossing)) == {Authority.SECURITY}
            async with at_work() as booth:
                await booth.until(lambda: Authority.CUSTOMS in resting(booth.desk.status()))
            await client.aclose()
        finally:
            hub.end()


def resting(status: object) -> set[Authority]:
    sources = getattr(status, "sources", ())
    return {one.authority for one in sources if one.link is not None and one.link.standing is Standing.RESTING}


def test_a_token_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "agency" / "token"
    first = get_token(path)
    assert len(first) >= 40
    assert get_token(path) == first
    path.chmod(0o644)
    with pytest.raises(StoreError, match="store.token-open"):
        read_token(path)
    with pytest.raises(StoreError, match="store.token-none"):
        read_token(tmp_path / "none")


def certified(folder: Path, name: str, address: str) -> Path:
    """A certificate of its own, with its key, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = folder / f"{name}.pem"
    path.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return path


class Reached:
    """A connector that shows that it was reached."""

    authority = Authority.CUSTOMS

    async def section(self, inquiry: Inquiry) -> Section:
        return Section(Authority.CUSTOMS, SourceState.LIVE, inquiry.at)


@pytest.mark.parametrize(
    ("trusted", "address", "code"),
    [("customs", "127.0.0.1", ""), ("other", "127.0.0.1", "agency.untrusted"), ("customs", "127.0.0.2", "untrusted")],
)
async def test_over_tls_only_who_is_certified_is_asked(tmp_path: Path, trusted: str, address: str, code: str) -> None:
    own = certified(tmp_path, "customs", address)
    certified(tmp_path, "other", "127.0.0.1")
    order = Order(Authority.CUSTOMS, "", certificate=own)
    bound, stop, ready = bind(), asyncio.Event(), asyncio.Event()
    token = get_token(tmp_path / "token")
    app = agency_service(Reached(), token)
    serving = asyncio.create_task(serve({bound: app}, stop, ready=ready, tls=server_context(order)))
    await ready.wait()
    url = f"https://127.0.0.1:{bound.getsockname()[1]}"
    terms = LinkTerms(
        url=url, token_file=str(tmp_path / "token"), trust_file=str(tmp_path / f"{trusted}.pem"), grade=Grade.QUERY
    )
    agencies = Agencies({Authority.CUSTOMS: terms})
    crossing = crossing_of("X1234567")
    inquiry = Inquiry(crossing.document, Direction.ENTRY, "A", datetime.now(UTC))
    try:
        if code:
            with pytest.raises(AgencyError, match=code):
                await agencies.connectors[0].section(inquiry)
        else:
            assert (await agencies.connectors[0].section(inquiry)).clean
    finally:
        await agencies.aclose()
        stop.set()
        await serving
