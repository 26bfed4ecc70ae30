"""What every connector owes, shown against its simulated system through the very ASGI callable the demo serves."""

import json
from datetime import UTC, timedelta
from typing import Any

import hypothesis
import hypothesis.strategies as st
import pytest

from counter_tui.agencies.demo import demo_systems
from counter_tui.agencies.people import DemoPerson
from counter_tui.agencies.ports import FetchAnswer
from counter_tui.domain.coding import from_json, to_json
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Authority, Direction, SourceState, Verdict
from counter_tui.errors import AgencyError

from .connecting import (
    EVERY,
    HOSTILE,
    NOW,
    PEOPLE,
    RULES,
    TODAY,
    InProcess,
    code_of,
    connector,
    fetches,
    of,
    places,
    put,
    sections,
    stranger,
)


@pytest.mark.parametrize("authority", EVERY)
@pytest.mark.parametrize("state", ["IDN", "MYS"])
@pytest.mark.parametrize("direction", list(Direction))
async def test_a_traveller_nobody_knows_is_clean(authority: Authority, state: str, direction: Direction) -> None:
    section = await connector(authority, fetches()[authority]).section(stranger(state, direction))

    assert section.authority is authority
    assert section.clean
    assert section.verdict is Verdict.CLEAR
    assert section.facts


async def test_a_foreigner_who_needs_a_visa_is_not_clear_by_absence() -> None:
    section = (await sections(stranger("CHN")))[Authority.IMMIGRATION]

    assert [f.text.code for f in section.findings if f.text] == ["finding.imm.visa-not-on-file"]


@pytest.mark.parametrize("authority", EVERY)
async def test_a_section_is_live_and_says_as_of_when_and_under_which_rules(authority: Authority) -> None:
    section = await connector(authority, fetches()[authority]).section(stranger())

    assert section.source is SourceState.LIVE
    assert section.as_of is not None
    assert NOW - timedelta(hours=1) < section.as_of <= NOW
    assert ("findings", RULES.version) in section.versions


@pytest.mark.parametrize("person", PEOPLE.persons, ids=lambda p: p.id)
async def test_each_traveller_of_the_demo_has_exactly_what_the_demo_says(person: DemoPerson) -> None:
    every = await sections(of(person))

    assert {code_of(f, of(person), s) for s in every.values() for f in s.findings} == set(person.finds)
    for section in every.values():
        assert [f.id for f in section.findings] == [c.id for c in section.contributions]
        assert all(f.authority is section.authority for f in section.findings)


@pytest.mark.parametrize("authority", EVERY)
@pytest.mark.parametrize("status", [204, 301, 404, 429, 500, 503])
async def test_any_other_status_is_an_error(authority: Authority, status: int) -> None:
    fetch = fetches()[authority]
    fetch.spoil = lambda answer: FetchAnswer(status, answer.body)

    with pytest.raises(AgencyError) as raised:
        await connector(authority, fetch).section(stranger())

    assert raised.value.code == "agency.refused"
    assert raised.value.params == {"authority": authority.value, "status": status}


GARBAGE = {
    "nothing": b"",
    "html": b"<html>login</html>",
    "not utf-8": b"\xff\xfe{}",
    "another type": b"[]",
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "deep in place": b'{"entry":' + b'[{"a":' * 20_000 + b"1" + b"}]" * 20_000 + b"}",
    "large": b'{"x":"' + b"y" * (40 << 20) + b'"}',
    "null": b"null",
    "cut": b'{"asOf": "2026-11-2',
}


@pytest.mark.parametrize("authority", EVERY)
@pytest.mark.parametrize("body", GARBAGE.values(), ids=GARBAGE)
async def test_garbage_is_an_error(authority: Authority, body: bytes) -> None:
    fetch = fetches()[authority]
    fetch.spoil = lambda _: FetchAnswer(200, body)

    with pytest.raises(AgencyError) as raised:
        await connector(authority, fetch).section(stranger())

    assert raised.value.code == "agency.not-understood"
    assert raised.value.__cause__ is None, "a parser's own words quote the data"


@pytest.mark.parametrize("authority", EVERY)
async def test_an_answer_that_would_be_right_but_is_too_large_is_an_error(authority: Authority) -> None:
    fetch = fetches()[authority]
    fetch.spoil = lambda answer: FetchAnswer(200, answer.body + b" " * (1 << 20))

    with pytest.raises(AgencyError, match="not-understood"):
        await connector(authority, fetch).section(stranger())


REFUSED = {
    "agency.not-understood",
    "agency.other-traveller",
    *(f"agency.list-{why}" for why in ("unsigned", "other", "older", "damaged")),
}
"""What an answer with something hostile in it is refused as."""


@pytest.mark.parametrize("authority", EVERY)
@hypothesis.settings(max_examples=200, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
@hypothesis.given(data=st.data())
async def test_one_hostile_value_anywhere_gives_a_section_or_an_agency_error(authority: Authority, data: Any) -> None:
    person = data.draw(st.sampled_from([p for p in PEOPLE.persons if p.finds]), "person")

    def spoil(answer: FetchAnswer) -> FetchAnswer:
        value = object_in(answer)
        if value is None:
            return answer
        path = data.draw(st.sampled_from(list(places(value))), "place")
        return FetchAnswer(200, json.dumps(put(value, path, data.draw(st.sampled_from(HOSTILE), "value"))).encode())

    fetch = fetches()[authority]
    fetch.spoil = spoil
    try:
        section = await connector(authority, fetch).section(of(person))
    except AgencyError as refused:
        assert refused.code in REFUSED  # noqa: PT017 - either way is right
    else:
        assert section.as_of is not None
        assert section.as_of.astimezone(UTC) <= NOW
        assert from_json(Section, to_json(section), error=AgencyError("x")) == section


def object_in(answer: FetchAnswer) -> Any:
    """The JSON object that an answer is; None where it is lines of several, or a file of another form."""
    return json.loads(answer.body) if answer.body.startswith(b"{") and answer.body.count(b"\n") < 2 else None


@pytest.mark.parametrize("authority", EVERY)
async def test_a_system_that_does_not_answer_is_an_error(authority: Authority) -> None:
    async def silent(method: str, path: str, *, body: bytes = b"", content_type: str = "") -> FetchAnswer:
        raise AgencyError("agency.no-answer", authority=authority.value)

    with pytest.raises(AgencyError) as raised:
        await connector(authority, silent).section(stranger())

    assert raised.value.code == "agency.no-answer"


@pytest.mark.parametrize("authority", EVERY)
async def test_a_clock_ahead_does_not_make_a_section_of_tomorrow(authority: Authority) -> None:
    systems = demo_systems(PEOPLE, today=TODAY, now=lambda: NOW + timedelta(days=1))

    section = await connector(authority, InProcess(systems[authority])).section(stranger())

    assert section.as_of == NOW


@pytest.mark.parametrize("authority", EVERY)
async def test_fields_that_nobody_told_us_of_are_passed_over(authority: Authority) -> None:
    def more(answer: FetchAnswer) -> FetchAnswer:
        value = object_in(answer)
        return answer if value is None else FetchAnswer(answer.status, json.dumps(value | {"new": {"a": 1}}).encode())

    fetch = fetches()[authority]
    fetch.spoil = more

    assert (await connector(authority, fetch).section(stranger())).clean
