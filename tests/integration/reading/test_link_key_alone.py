"""With the link key alone, or a PIN without a lease, no traveller is found in what the counter keeps."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from counter_tui.domain.documents import Document
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.words import Authority, SourceState, Verdict
from counter_tui.errors import StoreError
from offline_cache import COUNTER_SCHEMA, Records, Vault
from offline_cache.partitions import COMMON
from tests.integration.reading.reading_booth import (
    CUSTOMS,
    DETAIL,
    GIVEN,
    NAME,
    NUMBER,
    WEEK,
    AtWork,
    Counter,
    decrypted,
    section,
    traveller,
)
from tests.unit.workstation.build import KEY, OFFICER, PIN, REASON

CANARIES = (NAME, GIVEN, NUMBER, DETAIL)


def forms(canary: str) -> Iterable[bytes]:
    """As it is, in small letters, backwards, in hex, and at each of its three places in base64."""
    for plain in (canary, canary.lower(), canary[::-1]):
        yield plain.encode()
        yield plain.encode().hex().encode()
        for before in range(3):
            yield base64.b64encode(b"x" * before + plain.encode())[4 if before else 0 : -4]


def found_in(content: bytes) -> list[str]:
    return [canary for canary in CANARIES if any(form in content for form in forms(canary))]


def columns(vault: Vault) -> bytes:
    """Every column of every row of every table."""
    tables = [str(row[0]) for row in vault.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    assert "records" in tables
    content = b""
    for table in tables:
        for row in vault.execute(f"SELECT * FROM {table}"):
            content += b"\n".join(v if isinstance(v, bytes) else str(v).encode() for v in row)
    return content


async def shift(at_work: AtWork) -> None:
    """A feed while nobody is there, a search, a crossing that is decided and one that is not, a lock, a feed again."""
    at_work.feed()
    at_work.rig.link.answers = [section(authority) for authority in Authority]
    await at_work.sign_in()
    booth = at_work.rig.booth
    assert [found.document.surname for found in await booth.finding.search(NAME[:5])] == [NAME]
    await booth.open(traveller())
    while any(s.source is not SourceState.LIVE for s in (booth.view or pytest.fail("no view")).sections):
        await asyncio.sleep(0)
    await booth.judge(PERSON, Verdict.REFER, REASON, DETAIL, (booth.view or pytest.fail("no view")).digest)
    await booth.done()
    await booth.open(traveller())
    await booth.park()
    assert [crossing.document.number for crossing in await booth.parked()] == [NUMBER]
    await booth.sign_out()
    at_work.feed(traveller(NUMBER, NAME, GIVEN + "X"))


async def test_no_traveller_is_found_with_the_link_key_alone(tmp_path: Path) -> None:
    with Counter(tmp_path).started() as at_work:
        await shift(at_work)
        assert found_in(columns(at_work.rig.vault)) == []
    assert found_in(decrypted(tmp_path / "counter.vault")) == []
    with Vault.open(tmp_path / "counter.vault", KEY, COUNTER_SCHEMA) as vault:
        kinds = {str(row[0]) for row in vault.execute("SELECT DISTINCT kind FROM records")}
        assert kinds == {"act", "expected", "section", "shared", "open", "source"}
        keys = [str(row[0]) for row in vault.execute("SELECT key FROM records WHERE kind <> 'source'")]
        assert all(re.fullmatch(r"#[\w-]*/[\w-]{22}|\?[0-9a-f]{16}", key) for key in keys)


async def test_these_canaries_are_found_where_they_lie_in_clear(tmp_path: Path) -> None:
    """What the test above would see of a cache as it was before there were partitions."""
    with Counter(tmp_path).started() as at_work:
        Records(at_work.rig.vault).put("find", f"w:{NAME} {NUMBER}", b"", as_of="", owner="", partition="")
        Records(at_work.rig.vault).put("x", "y", f"{GIVEN[::-1]} {DETAIL}".encode(), as_of="", owner="", partition="")
        assert found_in(columns(at_work.rig.vault)) == list(CANARIES)
    assert found_in(decrypted(tmp_path / "counter.vault")) == list(CANARIES)


async def test_a_pin_without_a_lease_opens_nothing(tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    with counter.started() as at_work:
        await shift(at_work)
    counter.clock.pass_(WEEK.total_seconds())
    with counter.started() as at_work:
        await at_work.sign_in()
        booth = at_work.rig.booth
        assert booth.reading.why_not == "read.lease-ended"
        assert "read.lease-ended" in booth.last_status.troubles
        with pytest.raises(StoreError, match="read.lease-ended"):
            await booth.finding.search(NAME)
        assert (await booth.finding.expecting()).travellers == 0
        assert await booth.parked() == ()
        assert await nothing_known(at_work, traveller())
        assert at_work.reading.partitions.opened == frozenset()


async def nothing_known(at_work: AtWork, document: Document) -> bool:
    at_work.rig.link.up = False
    view = await at_work.rig.booth.open(document)
    nothing = all(s.source is SourceState.NOT_CHECKED for s in view.sections)
    await at_work.rig.booth.sign_out()
    return nothing


@pytest.mark.parametrize("missing", ["the device's secret", "the lease's secret", "the person's key"])
async def test_each_of_the_three_is_needed(tmp_path: Path, missing: str) -> None:
    counter = Counter(tmp_path)
    with counter.started() as at_work:
        at_work.feed()
        person = counter.identity.person(OFFICER.id)
        assert person is not None
        key = at_work.rig.booth._parts.persons.open_session(OFFICER.id, PIN, 0.0)
        exchange, secrets = key.exchange, at_work.reading.leases.secrets(at_work.reading.now())  # type: ignore[attr-defined]
        partitions = at_work.reading.partitions
        if missing == "the device's secret":
            partitions._device_secret = lambda: bytes(32)
        elif missing == "the lease's secret":
            secrets = dict.fromkeys(secrets, bytes(32))
        else:
            exchange = bytes(32)
        assert partitions.open(OFFICER.id, exchange, secrets) == frozenset()


async def test_who_acts_for_one_agency_reads_its_details_and_of_the_others_what_they_share(tmp_path: Path) -> None:
    with Counter(tmp_path).started() as at_work:
        at_work.feed()
        await at_work.sign_in(CUSTOMS)
        at_work.rig.link.up = False
        assert at_work.reading.partitions.opened == {COMMON, "customs"}
        sections = {s.authority: s for s in at_work.rig.booth._records.sections(traveller().key)}
        own, other = sections[Authority.CUSTOMS], sections[Authority.HEALTH]
        assert own.findings[0].text is not None
        assert other.findings[0].text is None
        assert other.facts == ()
        assert own.contributions
        assert other.contributions
        assert DETAIL not in repr(other)


async def test_a_lock_forgets_and_the_next_sign_in_reads_again(tmp_path: Path) -> None:
    with Counter(tmp_path).started() as at_work:
        at_work.feed()
        booth = at_work.rig.booth
        for _ in range(2):
            await at_work.sign_in()
            assert len(await booth.finding.search(NUMBER)) == 1
            await booth.open(traveller())
            await booth.sign_out()
            assert at_work.reading.partitions.opened == frozenset()
            assert at_work.reading.partitions._privates == {}
            assert (booth.view, booth.work.current, booth._records._derived) == (None, None, None)
            with pytest.raises(StoreError, match="read.nobody"):
                await booth.finding.search(NUMBER)
            await booth.discard("crossing-1001")


async def test_the_second_persons_pin_signs_and_opens_nothing(tmp_path: Path) -> None:
    with Counter(tmp_path).started() as at_work:
        await at_work.sign_in(CUSTOMS)
        at_work.rig.booth._parts.persons.open_session(OFFICER.id, PIN, at_work.counter.clock.now().timestamp())
        assert at_work.reading.partitions.opened == {COMMON, "customs"}
