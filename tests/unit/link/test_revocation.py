"""The notice of a revocation: read as signed, and by nobody else's hand, to nobody else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.errors import LinkError
from counter_tui.link.revocation import Revocation
from offline_cache.signing import generate, sign

KEYS, OTHERS = generate(), generate()
SAID = Revocation("ENT live", "ENT-3", "2026-11-22T06:00:00.000Z", "Stolen — “lost”", export_first=True)


def notice(said: Revocation = SAID, private: bytes = KEYS.private) -> bytes:
    return said.signed(lambda message: sign(private, message))


def test_it_is_read_as_it_was_signed() -> None:
    assert Revocation.read(notice(), KEYS.public, "ENT-3") == SAID


def test_another_windows_or_another_counters_is_not_taken() -> None:
    for forged, key, counter in (
        (notice(private=OTHERS.private), KEYS.public, "ENT-3"),
        (notice(), OTHERS.public, "ENT-3"),
        (notice(), KEYS.public, "ENT-4"),
    ):
        with pytest.raises(LinkError, match="link.forged"):
            Revocation.read(forged, key, counter)


@given(st.data())
def test_no_byte_of_it_can_be_changed(data: st.DataObject) -> None:
    whole = bytearray(notice())
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(LinkError, match="link.forged"):
        Revocation.read(bytes(whole), KEYS.public, "ENT-3")


@pytest.mark.parametrize("said", [b"", b"[]", b"{}", b"null", b"{" * 1000, json.dumps({"counter": "ENT-3"}).encode()])
def test_what_is_signed_and_no_revocation_is_none(said: bytes) -> None:
    signed = notice()[:64] + said
    with pytest.raises(LinkError, match="link.forged"):
        Revocation.read(signed, KEYS.public, "ENT-3")
