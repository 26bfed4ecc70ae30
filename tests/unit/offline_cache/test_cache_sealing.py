"""What is sealed to a public key opens with its private half alone, whole and as it was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_cache import signing
from offline_cache.errors import SealBroken
from offline_cache.sealing import (
    BATCH,
    Opener,
    Sealer,
    generate,
    private_from_signing,
    public_from_signing,
    public_of,
)

PAIR = generate()
OTHER = generate()


@given(st.binary(max_size=2000), st.binary(max_size=100), st.binary(max_size=32))
def test_who_holds_the_private_half_opens(plain: bytes, about: bytes, salt: bytes) -> None:
    sealed = Sealer(PAIR.public, salt).seal(plain, about)
    assert Opener(PAIR.private, salt).open(sealed, about) == plain
    assert len(sealed) == len(plain) + 53


@given(st.data())
def test_nothing_of_it_can_be_changed(data: st.DataObject) -> None:
    sealed = bytearray(Sealer(PAIR.public).seal(b"plain", b"about"))
    at = data.draw(st.integers(0, len(sealed) * 8 - 1))
    # the highest bit of an X25519 key counts for nothing (RFC 7748), but here it is part of what is bound
    sealed[at // 8] ^= 1 << at % 8
    with pytest.raises(SealBroken):
        Opener(PAIR.private).open(bytes(sealed), b"about")


@pytest.mark.parametrize("cut", [0, 1, 36, 37, 52, 57])
def test_a_cut_one_is_refused(cut: int) -> None:
    sealed = Sealer(PAIR.public).seal(b"plain", b"")
    with pytest.raises(SealBroken):
        Opener(PAIR.private).open(sealed[:cut], b"")


def test_it_opens_for_nobody_else_and_about_nothing_else() -> None:
    sealed = Sealer(PAIR.public, b"salt").seal(b"plain", b"about")
    for opener, about in (
        (Opener(OTHER.private, b"salt"), b"about"),
        (Opener(PAIR.private), b"about"),
        (Opener(PAIR.private, b"salt"), b"other"),
    ):
        with pytest.raises(SealBroken):
            opener.open(sealed, about)


def test_a_batch_shares_a_one_time_key_and_no_number_comes_twice() -> None:
    sealer, opener = Sealer(PAIR.public), Opener(PAIR.private)
    sealed = [sealer.seal(b"%d" % n, b"") for n in range(2 * BATCH)]
    assert [opener.open(one, b"") for one in sealed] == [b"%d" % n for n in range(2 * BATCH)]
    assert len({one[1:33] for one in sealed}) == 2
    assert len({one[:37] for one in sealed}) == 2 * BATCH
    sealer.renew()
    assert sealer.seal(b"", b"")[1:33] not in {one[1:33] for one in sealed}


@given(st.binary(min_size=32, max_size=32))
def test_who_signs_has_a_pair_to_seal_to(private: bytes) -> None:
    pair = signing.key_pair(private)
    assert public_of(private_from_signing(private)) == public_from_signing(pair.public)


@pytest.mark.parametrize("public", [b"", bytes(31), (1).to_bytes(32, "little"), b"\xff" * 32])
def test_what_is_no_key_is_refused(public: bytes) -> None:
    with pytest.raises(ValueError, match="public"):
        public_from_signing(public)


def test_a_key_of_small_order_is_refused() -> None:
    with pytest.raises(ValueError, match="Error computing"):
        Sealer(bytes(32)).seal(b"", b"")


def test_an_opener_shows_no_key() -> None:
    assert PAIR.private.hex()[:8] not in repr(Opener(PAIR.private))
