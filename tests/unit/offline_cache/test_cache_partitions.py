"""Who may read a partition, with what, and since when no longer."""

from __future__ import annotations

import pytest

from offline_cache import Settings, signing
from offline_cache.errors import VaultCorrupt
from offline_cache.partitions import COMMON, Partitions, Reader
from offline_cache.sealing import private_from_signing
from tests.unit.offline_cache.cache_rig import Rig

DEVICE = b"d" * 32
SECRETS = {"one": b"1" * 32, "two": b"2" * 32}
ANI, BUDI = signing.key_pair(b"a" * 32), signing.key_pair(b"b" * 32)
PRIVATE = {name: private_from_signing(pair.private) for name, pair in (("ani", ANI), ("budi", BUDI))}
READERS = (
    Reader("ani", ANI.public, frozenset({COMMON, "customs", "security"})),
    Reader("budi", BUDI.public, frozenset({COMMON, "customs"})),
)


def partitions(rig: Rig, device: bytes = DEVICE) -> Partitions:
    return Partitions(rig.vault, lambda: device)


@pytest.fixture
def made(rig: Rig) -> Rig:
    first = partitions(rig)
    first.make((COMMON, "customs", "security"))
    before = first.wrapped
    assert first.wrap(READERS, "one", SECRETS["one"])
    assert (before, first.wrapped) == (False, True)
    return rig


def opened(rig: Rig, person: str, *secrets: str, device: bytes = DEVICE, key: bytes = b"") -> frozenset[str]:
    found = partitions(rig, device)
    return found.open(person, key or PRIVATE[person], {name: SECRETS[name] for name in secrets})


def test_each_reads_what_is_theirs(made: Rig) -> None:
    assert opened(made, "ani", "one") == {COMMON, "customs", "security"}
    assert opened(made, "budi", "one", "two") == {COMMON, "customs"}


def test_it_takes_the_person_the_device_and_the_lease(made: Rig) -> None:
    assert opened(made, "ani") == frozenset()
    assert opened(made, "ani", "two") == frozenset()
    assert opened(made, "ani", "one", device=b"x" * 32) == frozenset()
    assert opened(made, "ani", "one", key=PRIVATE["budi"]) == frozenset()


def test_what_one_writes_without_reading_another_reads(made: Rig) -> None:
    sealed = partitions(made).sealer("customs").seal(b"plain", b"about")
    reading = partitions(made)
    reading.open("budi", PRIVATE["budi"], SECRETS)
    opener = reading.opener("customs")
    assert opener is not None
    assert opener.open(sealed, b"about") == b"plain"
    assert reading.opener("security") is None
    reading.close()
    assert reading.opener("customs") is None
    assert reading.opened == frozenset()


def test_names_are_hashed_under_a_key_that_only_readers_have(made: Rig) -> None:
    one, other = partitions(made), partitions(made)
    one.open("ani", PRIVATE["ani"], SECRETS)
    other.open("budi", PRIVATE["budi"], SECRETS)
    assert one.hashed("IDN:X1", "a") == other.hashed("IDN:X1", "a") != one.hashed("IDN:X1a", "")
    one.close()
    with pytest.raises(AssertionError):
        one.hashed("IDN:X1")


def test_a_new_lease_secret_wraps_for_all_as_far_as_who_is_there_reads(made: Rig) -> None:
    at_work = partitions(made)
    at_work.open("budi", PRIVATE["budi"], {"one": SECRETS["one"]})
    assert at_work.wrap(READERS, "two", SECRETS["two"])
    assert not at_work.wrap(READERS, "two", SECRETS["two"])
    assert opened(made, "ani", "two") == {COMMON, "customs"}
    assert opened(made, "ani", "one", "two") == {COMMON, "customs", "security"}
    assert opened(made, "ani", "one") == {"security"}


def test_who_is_no_longer_there_keeps_no_wrap(made: Rig) -> None:
    assert partitions(made).withdraw({"budi"})
    assert not partitions(made).withdraw({"budi"})
    assert opened(made, "ani", "one") == frozenset()
    assert opened(made, "budi", "one") == {COMMON, "customs"}


def test_who_comes_later_reads_once_somebody_who_reads_was_there(made: Rig) -> None:
    citra = signing.key_pair(b"c" * 32)
    PRIVATE["citra"] = private_from_signing(citra.private)
    at_work = partitions(made)
    at_work.open("ani", PRIVATE["ani"], SECRETS)
    at_work.wrap((*READERS, Reader("citra", citra.public, frozenset({COMMON}))), "one", SECRETS["one"])
    assert opened(made, "citra", "one") == {COMMON}


def test_no_private_half_lies_in_the_vault_once_it_is_wrapped(rig: Rig) -> None:
    first = partitions(rig)
    first.make((COMMON,))
    before = Settings(rig.vault).find("partitions") or b""
    first.wrap(READERS, "one", SECRETS["one"])
    after = Settings(rig.vault).find("partitions") or b""
    bare = before.split(b'"bare":"')[1].split(b'"')[0]
    assert len(bare) == 44
    assert bare not in after
    assert rig.path.with_name("counter.db-wal").stat().st_size == 0


def test_destroyed_is_destroyed(made: Rig) -> None:
    at_work = partitions(made)
    at_work.open("ani", PRIVATE["ani"], SECRETS)
    at_work.destroy()
    assert at_work.opened == opened(made, "ani", "one", "two") == frozenset()


@pytest.mark.parametrize("kept", [b"{", b"[]", b'{"":{}}', b'{"":{"public":"","bare":"","wraps":[]}}'])
def test_what_does_not_read_is_damage_and_no_fresh_start(rig: Rig, kept: bytes) -> None:
    Settings(rig.vault).set("partitions", kept)
    with pytest.raises(VaultCorrupt):
        partitions(rig)
