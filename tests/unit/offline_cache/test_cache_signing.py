from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_cache import CertificateWrong, KeyUnavailable, PinWrong, certify, check_certificate, signing
from tests.unit.offline_cache.cache_rig import CHEAP

OFFICER, COUNTER, SESSION, OTHER = (signing.key_pair(bytes([number]) * 32) for number in range(4))
DEVICE = b"d" * 32


def test_ed25519_of_rfc_8032() -> None:
    pair = signing.key_pair(bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
    assert pair.public.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert signing.sign(pair.private, b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065")


def test_signatures() -> None:
    pair = signing.generate()
    signature = signing.sign(pair.private, b"message")
    assert signing.verify(pair.public, b"message", signature)
    assert not signing.verify(pair.public, b"massage", signature)
    assert not signing.verify(OTHER.public, b"message", signature)
    assert not signing.verify(b"no key", b"message", signature)
    assert not signing.verify(pair.public, b"message", b"")
    assert signing.generate() != pair
    assert pair.private.hex() not in repr(pair)
    assert repr(pair.private) not in repr(pair)


def test_a_secret_opens_with_pin_and_device_together() -> None:
    wrapped = signing.wrap_with_pin("4711", b"secret", DEVICE, cost=CHEAP)
    assert signing.unwrap_with_pin("4711", wrapped, DEVICE) == b"secret"
    assert b"secret" not in wrapped
    assert signing.wrap_with_pin("4711", b"secret", DEVICE, cost=CHEAP) != wrapped
    for pin, device in (("4712", DEVICE), ("4711", b"e" * 32), ("", DEVICE)):
        with pytest.raises(PinWrong):
            signing.unwrap_with_pin(pin, wrapped, device)


def test_the_standard_cost_is_taken_when_none_is_named() -> None:
    wrapped = signing.wrap_with_pin("4711", b"secret", DEVICE)
    assert wrapped[1:7] == (65536).to_bytes(4) + bytes([3, 1])


@given(st.integers(0, 62), st.integers(1, 255))
def test_no_byte_of_a_wrapped_secret_can_be_changed(place: int, flip: int) -> None:
    wrapped = bytearray(signing.wrap_with_pin("1", b"s" * 12, DEVICE, cost=CHEAP))
    assert len(wrapped) == 63
    if 1 <= place <= 6 and place not in (4, 6):
        place = 6  # a changed cost is tried before it is found wrong: keep it cheap
    wrapped[place] ^= flip
    with pytest.raises((PinWrong, KeyUnavailable)):
        signing.unwrap_with_pin("1", bytes(wrapped), DEVICE)


@pytest.mark.parametrize("wrapped", [b"", b"\x01", bytes(62), b"\x01" + b"\xff" * 62, b"\x02" + b"\x01" * 62])
def test_what_is_no_wrapped_secret_is_damage(wrapped: bytes) -> None:
    with pytest.raises(KeyUnavailable):
        signing.unwrap_with_pin("1", wrapped, DEVICE)


def test_a_certificate_needs_both_signatures() -> None:
    blob = certify(SESSION.public, b"claims", OFFICER.private, COUNTER.private)
    checked = check_certificate(blob, OFFICER.public, COUNTER.public)
    assert (checked.session_public, checked.claims) == (SESSION.public, b"claims")
    assert signing.read_certificate(blob) == checked
    for officer, counter, code in (
        (OTHER, COUNTER, "certificate.officer"),
        (OFFICER, OTHER, "certificate.counter"),
        (COUNTER, OFFICER, "certificate.officer"),
    ):
        with pytest.raises(CertificateWrong) as error:
            check_certificate(blob, officer.public, counter.public)
        assert error.value.code == code


@given(st.data(), st.binary(max_size=40))
def test_no_byte_of_a_certificate_can_be_changed_cut_or_added(data: st.DataObject, claims: bytes) -> None:
    blob = certify(SESSION.public, claims, OFFICER.private, COUNTER.private)
    place = data.draw(st.integers(0, len(blob) - 1))
    flip = data.draw(st.integers(1, 255))
    changed = blob[:place] + bytes([blob[place] ^ flip]) + blob[place + 1 :]
    for wrong in (changed, blob[:place], blob + bytes([flip])):
        with pytest.raises(CertificateWrong):
            check_certificate(wrong, OFFICER.public, COUNTER.public)


def test_claims_are_bounded() -> None:
    with pytest.raises(ValueError, match="claims"):
        certify(SESSION.public, bytes(4097), OFFICER.private, COUNTER.private)
    with pytest.raises(CertificateWrong):
        check_certificate(bytes(100_000), OFFICER.public, COUNTER.public)
