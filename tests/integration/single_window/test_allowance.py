"""Border residents' allowance at the single window: over HTTP, on its disk, and for whom it is."""

import json
import time
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from counter_tui.domain.acts import ActBody, write_act
from counter_tui.domain.allowance import SLICES
from counter_tui.domain.allowance.deeds import ALLOWANCE, AllowanceDeed, What
from counter_tui.domain.allowance.escrow import Ask, Reply
from counter_tui.domain.allowance.residents import thread_of
from counter_tui.domain.allowance.slices import Slices
from counter_tui.domain.allowance.terms import Terms
from counter_tui.domain.coding import from_json
from counter_tui.domain.words import Agency
from counter_tui.errors import CounterError, LinkError
from counter_tui.link import wire
from counter_tui.link.client import WindowClient
from counter_tui.link.values import Enrolment
from counter_tui.settings_allowance import load_allowance_terms
from counter_tui.single_window.app import WindowApp
from counter_tui.single_window.receipts import notary
from counter_tui.single_window.service import SingleWindow
from counter_tui.single_window.store import EnrolledCounter
from counter_tui.single_window.vault_store import VaultStore

from .world import BUDI, KEY, NOW, SITI, Booth, _opened, close_window, enrol, open_window, setup, sync_request

WHO = "KILB:KILB01190"
NO_CUSTOMS = frozenset(Agency) - {Agency.CUSTOMS}


@pytest.fixture
def terms() -> Terms:
    return load_allowance_terms()


@pytest.fixture
def window(tmp_path: Path, terms: Terms) -> SingleWindow:
    return opened(tmp_path, terms)


def opened(folder: Path, terms: Terms) -> SingleWindow:
    store = VaultStore.open(folder / "window.vault", KEY)
    _opened.append(store)
    return SingleWindow(replace(setup(), residents=terms), store, notary("entikong-window", store))


def at(window: SingleWindow, enrolment: Enrolment) -> EnrolledCounter:
    enrolled = window.authenticate(enrolment.token)
    assert enrolled is not None
    return enrolled


def ask(counter: str = "A1", number: int = 1, resident: str = WHO, **more: object) -> Ask:
    return Ask(resident, "2026-11", counter, number, **more)  # type: ignore[arg-type]


def record(booth: Booth, what: What, sen: int, officer: str = BUDI.id, **more: object) -> None:
    """As a counter records it, under its officer's session."""
    resident = str(more.pop("resident", WHO))
    deed = AllowanceDeed(what, resident, "2026-11", sen, **more)  # type: ignore[arg-type]
    name = booth.journal.counter
    body = ActBody(thread_of(resident), name, officer, "2026-11-21T05:14:02.000Z", deed, training=True)
    booth.record(ALLOWANCE, thread_of(resident), write_act(body))


async def test_a_share_is_drawn_over_http(window: SingleWindow, tmp_path: Path) -> None:
    enrolment = enrol(window, Booth.make(tmp_path))
    app = WindowApp(window, [], now=lambda: NOW, monotonic=time.monotonic)
    transport = httpx.ASGITransport(app.asgi)
    client = WindowClient("http://127.0.0.1:1", enrolment.token, transport=transport)
    stranger = WindowClient("http://127.0.0.1:1", "x" * 32, transport=transport)
    try:
        answer = await client.allowance(ask(agency_used=54_000))
        assert (answer.reply, answer.sen, answer.share, answer.outside) == (Reply.SHARE, 6_000, "A1/1", 54_000)
        with pytest.raises(LinkError, match="unauthorised"):
            await stranger.allowance(ask())
        with pytest.raises(LinkError, match=r"link\.|auth\."):
            await client.allowance(ask("B2"))
    finally:
        await client.aclose()
        await stranger.aclose()
        await app.aclose()


@pytest.mark.parametrize("wrong", [{"resident": "x" * 200}, {"number": -1}, {"said": 1 << 60}, {"agency_used": -5}])
def test_a_question_out_of_bounds_is_none(wrong: dict[str, object]) -> None:
    good = wire.AllowanceRequest(version=1, ask=ask()).model_dump(mode="json")
    wire.AllowanceRequest.model_validate_json(wire.AllowanceRequest(version=1, ask=ask()).to_bytes())
    good["ask"] |= wrong
    with pytest.raises(LinkError, match="malformed"):
        wire.parse(wire.AllowanceRequest, json.dumps(good).encode(), limit=9999, error=LinkError("wire.malformed"))


def test_what_was_handed_out_outlives_the_single_window(window: SingleWindow, tmp_path: Path, terms: Terms) -> None:
    one, two = enrol(window, Booth.make(tmp_path)), enrol(window, Booth.make(tmp_path, "B2"))
    first = window.allowance(at(window, one).counter, ask())
    close_window()
    again = opened(tmp_path, terms)
    assert again.allowance(at(again, one).counter, ask()) == first
    held = again.allowance(at(again, two).counter, ask("B2"))
    assert (held.reply, held.elsewhere) == (Reply.NONE, 60_000)


def test_what_counters_record_counts_from_their_journals(window: SingleWindow, tmp_path: Path) -> None:
    booth, two = Booth.make(tmp_path), enrol(window, Booth.make(tmp_path, "B2"))
    one = enrol(window, booth)
    booth.sign_in(one, BUDI.id)
    window.allowance(at(window, one).counter, ask())
    record(booth, What.DRAWN, 60_000, share="A1/1")
    record(booth, What.GRANTED, 20_000, share="A1/1")
    record(booth, What.RETURNED, 40_000, share="A1/1")
    behind = window.allowance(at(window, one).counter, ask(number=2, said=3))
    assert behind.reply is Reply.BEHIND, "nothing is handed out to who has recorded what is not here yet"
    window.sync(at(window, one), sync_request(list(booth.journal.entries())))
    left = window.allowance(at(window, two).counter, ask("B2"))
    assert (left.sen, left.used) == (40_000, 20_000)
    fed = window.sync(at(window, two), sync_request()).feed
    assert [item.kind for item in fed].count(ALLOWANCE) == 3


def test_two_keys_of_one_person_share_one_allowance(window: SingleWindow, tmp_path: Path) -> None:
    one, two = enrol(window, Booth.make(tmp_path)), enrol(window, Booth.make(tmp_path, "B2"))
    assert window.allowance(at(window, one).counter, ask()).sen == 60_000
    both = window.allowance(at(window, two).counter, ask("B2", resident="IDN:PLB077", also=WHO))
    assert (both.sen, both.elsewhere) == (0, 60_000)


def test_every_counter_of_customs_is_told_of_its_slice(window: SingleWindow, tmp_path: Path) -> None:
    enrolled = [enrol(window, Booth.make(tmp_path, f"C{n}")) for n in range(1, 6)]
    aside = enrol(window, Booth.make(tmp_path, "D1"), NO_CUSTOMS)

    def slices(of: Enrolment) -> Slices | None:
        items = [item.fields() for item in window.sync(at(window, of), sync_request()).feed if item.kind == SLICES]
        return from_json(Slices, items[-1].body, error=CounterError("x")) if items else None

    found = slices(enrolled[0])
    assert found is not None
    assert [found.of(f"C{n}") for n in range(1, 6)] == [7_500, 7_500, 7_500, 7_500, 0]
    assert slices(aside) is None
    window.revoke("C1", "lost", export_first=False)
    after = slices(enrolled[4])
    assert after is not None
    assert (after.total, after.of("C5")) == (30_000, 0), "a lost counter's slice is nobody's in this month"


def test_a_counter_without_customs_draws_nothing(window: SingleWindow, tmp_path: Path) -> None:
    aside = enrol(window, Booth.make(tmp_path, "D1"), NO_CUSTOMS)
    with pytest.raises(LinkError, match="not-yours"):
        window.allowance(at(window, aside).counter, ask("D1"))


def test_where_no_allowance_is_kept_nothing_is_handed_out(tmp_path: Path) -> None:
    window, _ = open_window(tmp_path)
    enrolment = enrol(window, Booth.make(tmp_path))
    with pytest.raises(LinkError, match=r"resident\.none"):
        window.allowance(at(window, enrolment).counter, ask())


def test_a_grant_by_who_may_not_counts_and_goes_to_nobody(window: SingleWindow, tmp_path: Path) -> None:
    booth, two = Booth.make(tmp_path), enrol(window, Booth.make(tmp_path, "B2"))
    one = enrol(window, booth)
    booth.sign_in(one, SITI.id)
    record(booth, What.SUPERVISOR, 50_000, SITI.id)
    window.sync(at(window, one), sync_request(list(booth.journal.entries())))
    assert window.allowance(at(window, two).counter, ask("B2")).sen == 10_000
    assert ALLOWANCE not in {item.kind for item in window.sync(at(window, two), sync_request()).feed}
