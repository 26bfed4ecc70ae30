"""An agency's own process opens what it sealed: for a statement of its own, under its own key, and for nobody else."""

import base64
from dataclasses import replace
from typing import Any

import pytest

from counter_tui.agencies.remote import UNSEAL, RemoteOpener, ToUnseal, agency_service
from counter_tui.agencies.sealing import make_opener, make_sealer
from counter_tui.bootstrap.one_time_key import OneTimeKey, box
from counter_tui.domain.coding import to_json
from counter_tui.domain.sections import Sealed
from counter_tui.domain.unsealing import UnsealStatement
from counter_tui.domain.words import Authority
from counter_tui.errors import AgencyError, LinkError
from tests.contract.connecting import InProcess, connector, fetches

KEY = bytes([9]) * 32
CLEAR = b'{"lead": "SENDER-4"}'
SEALED = make_sealer("customs", 2, KEY)(CLEAR)
SAID = UnsealStatement(
    crossing="c",
    counter="A1",
    at="2026-11-21T05:14:02.000Z",
    document="IDN:X1",
    authority=Authority.CUSTOMS,
    item="customs/x",
    exchange="",
    reason="identify",
    note="",
    first="siti",
    second="budi",
    training=True,
)


def statement(key: OneTimeKey) -> UnsealStatement:
    return replace(SAID, exchange=base64.b64encode(key.public).decode())


class Bearing(InProcess):
    """A way to a process, with its token."""

    def __init__(self, token: str) -> None:
        opener = make_opener({2: KEY}, box)
        service = agency_service(connector(Authority.CUSTOMS, fetches()[Authority.CUSTOMS]), "secret", None, opener)

        async def app(scope: Any, receive: Any, send: Any) -> None:
            bearer = (b"authorization", f"Bearer {token}".encode())
            await service(scope | {"headers": [*scope["headers"], bearer]}, receive, send)

        super().__init__(app)


async def test_it_comes_back_sealed_to_the_key_in_the_statement() -> None:
    key = OneTimeKey()
    boxed = await RemoteOpener(Authority.CUSTOMS, Bearing("secret"))(SEALED, statement(key))
    assert key.open(boxed, statement(key).signed_bytes()) == CLEAR
    assert b"SENDER" not in boxed
    with pytest.raises(LinkError):
        OneTimeKey().open(boxed, statement(key).signed_bytes())


@pytest.mark.parametrize(
    ("sealed", "changed", "token"),
    [
        (SEALED, {}, "other"),
        (replace(SEALED, epoch=1), {}, "secret"),
        (replace(SEALED, owner="security"), {}, "secret"),
        (Sealed("customs", 2, "AAAA"), {}, "secret"),
        (SEALED, {"authority": Authority.SECURITY}, "secret"),
        (SEALED, {"exchange": "none"}, "secret"),
        (SEALED, {"exchange": base64.b64encode(bytes(5)).decode()}, "secret"),
    ],
)
async def test_anything_else_it_does_not_open(sealed: Sealed, changed: dict[str, object], token: str) -> None:
    said = replace(statement(OneTimeKey()), **changed)  # type: ignore[arg-type]
    with pytest.raises(AgencyError) as refused:
        await RemoteOpener(Authority.CUSTOMS, Bearing(token))(sealed, said)
    assert refused.value.code == "agency.not-unsealed"


async def test_a_question_that_is_none_is_refused() -> None:
    way = Bearing("secret")
    for body in (b"", b"{}", b"[" * 3000, to_json(ToUnseal(SEALED, SAID))[:-20]):
        answer = await way("POST", UNSEAL, body=body)
        assert answer.status == 502
