import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.agencies.asgi import MAX_BODY, App, Reply, json_service
from counter_tui.agencies.reporting import Report
from counter_tui.agencies.sealing import make_sealer, unseal
from counter_tui.domain.words import Authority
from counter_tui.errors import AgencyError

from .asking import NOW, RULES, inquiry

KEY = bytes(range(32))


@given(st.binary(max_size=2000))
def test_what_is_sealed_opens_to_the_same(detail: bytes) -> None:
    assert unseal(make_sealer("customs", 3, KEY)(detail), KEY) == detail


def test_a_seal_tells_neither_the_length_nor_that_it_is_the_same_again() -> None:
    seal = make_sealer("customs", 3, KEY)
    assert len(seal(b"a").ciphertext) == len(seal(b"a" * 255).ciphertext)
    assert seal(b"a").ciphertext != seal(b"a").ciphertext


def test_another_key_owner_or_epoch_or_a_change_does_not_open() -> None:
    sealed = make_sealer("customs", 3, KEY, random=bytes)(b"detail")
    swapped = sealed.ciphertext.swapcase()
    wrong = [replace(sealed, owner="security"), replace(sealed, epoch=4), replace(sealed, ciphertext=swapped)]
    wrong += [replace(sealed, ciphertext=""), replace(sealed, ciphertext="%%%")]
    for one in wrong:
        with pytest.raises(AgencyError, match="not-unsealed"):
            unseal(one, KEY)
    with pytest.raises(AgencyError, match="not-unsealed"):
        unseal(sealed, bytes(32))
    with pytest.raises(AgencyError, match="bad-key"):
        make_sealer("customs", 3, b"short")


def test_an_authority_reports_its_own_findings_only_and_each_once() -> None:
    report = Report(Authority.CUSTOMS, RULES, make_sealer("customs", 3, KEY), inquiry())
    with pytest.raises(AgencyError, match="not-its-finding"):
        report.find("imm.no-visa")
    report.find("cust.frequent", count=4)
    report.find("cust.frequent", count=5)
    assert [f.text and f.text.as_dict() for f in report.section(NOW).findings] == [{"count": 4}]


def test_a_name_is_the_same_for_the_same_and_another_for_anything_else() -> None:
    name = make_sealer("customs", 3, KEY).name("IDN:X1", "cust.targeted", "goods")
    assert name == make_sealer("customs", 3, KEY, random=bytes).name("IDN:X1", "cust.targeted", "goods")
    others = {
        make_sealer("customs", 3, bytes(32)).name("IDN:X1", "cust.targeted", "goods"),
        make_sealer("customs", 4, KEY).name("IDN:X1", "cust.targeted", "goods"),
        make_sealer("security", 3, KEY).name("IDN:X1", "cust.targeted", "goods"),
        make_sealer("customs", 3, KEY).name("IDN:X2", "cust.targeted", "goods"),
        make_sealer("customs", 3, KEY).name("IDN:X1", "cust.contraband", "goods"),
        make_sealer("customs", 3, KEY).name("IDN:X1", "cust.targeted", "line-1"),
        make_sealer("customs", 3, KEY).name("IDN:X1", "cust.targetedgoods", ""),
        make_sealer("customs", 3, KEY).name("IDN:X1cust.targeted", "goods"),
    }
    assert len(others | {name}) == 9
    assert all(re.fullmatch("[0-9a-f]{12}", one) for one in others)


def test_neither_key_is_shown_where_a_seal_is_printed() -> None:
    assert repr(make_sealer("customs", 3, KEY)) == "_Sealer(owner='customs', epoch=3)"


async def call(app: App, method: str, path: str, chunks: list[bytes]) -> int:
    sent: list[Any] = []
    queue = [{"type": "http.request", "body": c, "more_body": n < len(chunks)} for n, c in enumerate(chunks, 1)]

    async def receive() -> Any:
        return queue.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    await app({"type": "http", "method": method, "path": path}, receive, send)
    return int(sent[0]["status"])


def service() -> App:
    def strict(_: str, body: bytes) -> Reply:
        return Reply({"size": int(body)})

    return json_service({("POST", "/size"): strict, ("GET", "/of/"): lambda rest, _: Reply({"rest": rest})})


@pytest.mark.parametrize(
    ("method", "path", "chunks", "status"),
    [
        ("POST", "/size", [b"1", b"2"], 200),
        ("POST", "/size", [b"x"], 400),
        ("POST", "/size", [b"1" * MAX_BODY, b"1"], 413),
        ("GET", "/size", [b""], 404),
        ("POST", "/size/more", [b"1"], 404),
        ("GET", "/of/8841", [b""], 200),
        ("GET", "/", [b""], 404),
    ],
)
async def test_the_service_answers_its_routes_and_bounds_bodies(
    method: str, path: str, chunks: list[bytes], status: int
) -> None:
    assert await call(service(), method, path, chunks) == status


async def test_the_service_starts_and_stops() -> None:
    queue = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    sent: list[str] = []

    async def receive() -> Any:
        return queue.pop(0)

    async def send(message: Any) -> None:
        sent.append(message["type"])

    await service()({"type": "lifespan"}, receive, send)
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
