"""Who is known at a counter already: by a passage here or elsewhere, by another document, as a twin."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from counter_tui.domain.coding import to_json
from counter_tui.domain.documents import Document, compose_mrz, read_mrz
from counter_tui.domain.entries import DECISION, read_decision
from counter_tui.domain.sections import Field, Section
from counter_tui.domain.words import Authority, Band, SourceState
from counter_tui.errors import DecisionError
from counter_tui.workstation.news import Expected
from counter_tui.workstation.person_index import MOST, PersonIndex

from .build import OFFICER, PIN, Rig
from .test_booth import all_live, settled

Make = Callable[..., Rig]


def document(number: str = "A1234567", given: str = "ABDUL") -> Document:
    lines = compose_mrz(
        "TD3", "P", "MYS", number, "MYS", "RAHMAN", given, "M", date(1990, 5, 1), date(2030, 1, 1), "DEMO"
    )
    read = read_mrz(lines, today=date(2026, 11, 21)).document
    assert read is not None
    return read


async def at_work(r: Rig) -> Rig:
    r.link.answers = all_live(r.clock)
    await r.booth.sign_in(OFFICER.id, PIN)
    return r


async def cleared(r: Rig, bearer: Document) -> int:
    await r.booth.open(bearer)
    recorded = await r.booth.clear(await settled(r))
    await r.booth.done()
    r.clock.pass_(60)
    return recorded.sequence


async def told(r: Rig, bearer: Document) -> list[str]:
    """What immigration's section says of the person."""
    view = await r.booth.open(bearer)
    return [f.text.code for f in view.section(Authority.IMMIGRATION).findings if f.text is not None]


async def test_whoever_entered_and_enters_again_is_amber_also_after_an_end(make: Make) -> None:
    r = await at_work(make())
    await cleared(r, document())
    assert await told(r, document()) == ["person.inside-already"]
    assert r.booth.view is not None
    assert r.booth.view.risk.band is Band.AMBER
    with pytest.raises(DecisionError, match="not-green"):
        await r.booth.clear(await settled(r))
    again = await at_work(make(clock=r.clock))
    (aside,) = await again.booth.parked()
    view = await again.booth.resume(aside.id)
    assert view.risk.band is Band.AMBER


async def test_another_document_of_the_same_person_is_known_too(make: Make) -> None:
    r = await at_work(make())
    await cleared(r, document())
    assert await told(r, document("B7654321")) == ["person.inside-already-other", "person.other-document"]


async def test_what_another_counter_recorded_counts_as_well(make: Make) -> None:
    r = await at_work(make())
    body = r.ledger.journal.get(await cleared(r, document())).body
    assert body is not None
    there = read_decision(body)
    there = replace(there, crossing=replace(there.crossing, id="there", document=document("C1111111", "SITI")))
    r.booth.feeding.keep(DECISION, "ENT-2/9", to_json(there), as_of="2026-11-21T05:14:30.000Z", owner="ENT-2")
    assert await told(r, document("C1111111", "SITI")) == ["person.other-counter"]


async def test_a_twin_on_the_list_is_shown_and_clears_all_the_same(make: Make) -> None:
    r = await at_work(make())
    twin = document("C1111111", "AHMAD")
    r.booth._records.keep_expected(twin.key, to_json(Expected(twin)), as_of="2026-11-21", owner="immigration")
    await r.booth.finding.expecting()
    assert await told(r, document()) == ["person.twin"]
    await r.booth.clear(await settled(r))


async def test_a_record_that_disagrees_is_in_the_decision(make: Make) -> None:
    r = await at_work(make())
    health = Section(
        Authority.HEALTH, SourceState.LIVE, r.clock.now(), fields=(Field("health.birth-date", "1990-01-05"),)
    )
    r.link.answers = [s if s.authority is not Authority.HEALTH else health for s in r.link.answers]
    await r.booth.open(document())
    await settled(r)
    current = r.booth.work.current
    assert current is not None
    _, state = current._whole()
    assert [c.id for c in state.contributions] == ["imm.record-disagrees/person/health"]


def test_the_index_finds_by_birth_and_surname_and_is_bounded() -> None:
    index = PersonIndex()
    for number in range(MOST + 5):
        index.keep(f"k{number}", document())
    assert len(index.like(document("Z9"[:2] + "999999"))) == MOST
    index.keep("k24", replace(document(), surname="OTHER"))
    index.drop("k23")
    assert not {"k23", "k24"} & set(index.like(document()))
    assert index.like(replace(document(), surname="", given_names="")) == ()
