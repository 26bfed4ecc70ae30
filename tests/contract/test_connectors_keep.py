"""What connectors keep to themselves, and what they say of the demo's travellers: sealed, withheld, named, dated."""

import contextlib
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import hypothesis
import hypothesis.strategies as st
import pytest

from counter_tui.agencies.demo import demo_documents
from counter_tui.agencies.immigration import ImmigrationConnector
from counter_tui.agencies.people import DemoPerson
from counter_tui.agencies.ports import FetchAnswer
from counter_tui.agencies.sealing import unseal
from counter_tui.domain.coding import to_json, to_plain
from counter_tui.domain.crossings import GroupKind
from counter_tui.domain.documents import document_key
from counter_tui.domain.sharing import project
from counter_tui.domain.words import AGENCY_OF, Agency, Authority
from counter_tui.errors import AgencyError
from scripts import catalogues

from .connecting import (
    AGREEMENT,
    EVERY,
    HOSTILE,
    KEYS,
    NOW,
    PEOPLE,
    RULES,
    TODAY,
    code_of,
    connector,
    document,
    fetches,
    named,
    of,
    places,
    put,
    sections,
    stranger,
)


@pytest.mark.parametrize(
    ("person", "authority", "secret"),
    [
        ("omar-khan", Authority.SECURITY, "financing network"),
        ("rohim", Authority.CUSTOMS, "SENDER-4"),
        ("marten-gabriel", Authority.HEALTH, "A15"),
    ],
)
async def test_what_is_sealed_is_never_in_clear_and_opens_for_its_owner(
    person: str, authority: Authority, secret: str
) -> None:
    section = (await sections(of(named(person))))[authority]

    (finding,) = [f for f in section.findings if f.sealed]
    assert finding.text is None
    assert finding.sealed is not None
    assert secret not in to_json(section).decode()
    assert secret not in repr(section)
    (contribution,) = [c for c in section.contributions if c.id == finding.id]
    assert contribution.points is None
    assert secret in unseal(finding.sealed, KEYS[finding.sealed.owner]).decode()
    with pytest.raises(AgencyError):
        unseal(finding.sealed, bytes(32))


def leaves(value: Any) -> Iterator[str]:
    """Every text in a JSON value, keys of objects aside."""
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from leaves(one)
    elif isinstance(value, str):
        yield value


def words_of(value: Any) -> set[str]:
    """Its words of two letters or digits and more: a single digit is also the number of a line."""
    return {word for leaf in leaves(value) for word in re.findall(r"\w{2,}", leaf.lower())}


@pytest.mark.parametrize("person", [p for p in PEOPLE.persons if p.finds], ids=lambda p: p.id)
async def test_what_is_withheld_is_named_nowhere_in_what_another_agencys_counter_gets(person: DemoPerson) -> None:
    about = of(person)
    of_everybody = await sections(stranger())
    withheld = 0
    for authority, section in (await sections(about)).items():
        for other in set(Agency) - {AGENCY_OF[authority]}:
            projected = project(section, {other}, AGREEMENT)
            sent = to_plain(projected)
            nothing = to_plain(project(of_everybody[authority], {other}, AGREEMENT))
            for whole, finding in zip(section.findings, projected.findings, strict=True):
                if finding.topic:
                    continue
                withheld += 1
                code = code_of(whole, about, section)
                assert code not in to_json(projected).decode()
                assert finding.text is None or finding.text.code.startswith("sealed.call")
                shown = [c for c in sent["contributions"] if c["id"] == finding.id]
                told = [sent["findings"], [c | {"action": ""} for c in shown]]
                assert not any(code.partition(".")[2] in leaf for leaf in leaves(told))
                values = list(whole.text.as_dict().values()) if whole.text else []
                said = words_of(sent) - words_of(nothing)
                assert not words_of([str(value) for value in values]) & said, code
    topics = {RULES.get(code).topic for code in person.finds}
    assert withheld > 0 or all(topic in AGREEMENT.open_to_all for topic in topics)


async def test_a_finding_keeps_its_name_and_shares_it_with_no_other_travellers() -> None:
    wati = [(await sections(of(named(person))))[Authority.IMMIGRATION] for person in ("wati", "wati", "melati")]
    first, again, another = ([f.id for f in section.findings] for section in wati)

    assert first == again
    assert len(set(first)) == 5
    assert not set(first) & set(another)


async def test_a_date_is_a_parameter_of_its_own_for_the_screen_to_write_out() -> None:
    dates = 0
    for person in PEOPLE.persons:
        for section in (await sections(of(person))).values():
            told = [*section.facts, *(f.text for f in section.findings if f.text)]
            values = [str(value) for one in told for _, value in one.params]
            dated = [value for value in values if re.search(r"\d{4}-\d\d|\d\d:\d\d", value)]
            assert all(date.fromisoformat(value).isoformat() == value for value in dated)
            dates += len(dated)
    assert dates >= 10


@pytest.mark.parametrize("language", ["en", "id"])
async def test_the_facts_of_a_section_usually_fit_one_line(language: str) -> None:
    words = catalogues.load(catalogues.ROOT, language)
    lines = []
    for person in PEOPLE.persons:
        for section in (await sections(of(person))).values():
            said = [str(words[fact.code].string).format(**fact.as_dict()) for fact in section.facts]
            lines += [re.sub(r"\d{4}-\d\d-\d\d", "22 Oct 2026", " · ".join(said))] if said else []
    long = [line for line in lines if len(line) > 47]
    assert len(long) * 20 < len(lines), long


async def test_a_discreet_entry_changes_nothing_that_a_booth_could_see() -> None:
    listed = of(named("discreet"))
    other = stranger("KOR")

    assert named("discreet").security is not None
    assert (await sections(listed))[Authority.SECURITY] == (await sections(other))[Authority.SECURITY]


async def test_the_list_is_fetched_once_a_version() -> None:
    fetch = fetches()[Authority.SECURITY]
    security = connector(Authority.SECURITY, fetch)

    await security.section(stranger())
    await security.section(of(named("viktor-hale")))

    assert [path for path, _ in fetch.asked].count("/lists/8841") == 1


@pytest.mark.parametrize("authority", EVERY)
async def test_no_name_is_asked_for_where_a_number_does(authority: Authority) -> None:
    fetch = fetches()[authority]
    await connector(authority, fetch).section(of(named("klaus-becker")))

    assert not any(b"BECKER" in body or "BECKER" in path for path, body in fetch.asked)
    assert not any("CF0L7K2P4" in path for path, _ in fetch.asked), "addresses end up in logs"


async def test_the_manifest_gives_who_is_expected_with_groups_and_guardians() -> None:
    immigration = connector(Authority.IMMIGRATION, fetches()[Authority.IMMIGRATION])
    assert isinstance(immigration, ImmigrationConnector)

    expected = {e.document.key: e for e in await immigration.expected(NOW)}

    announced = {document_key(p.state, p.number): p for p in PEOPLE.persons if p.announced}
    assert set(expected) == set(announced)
    bus = [e for e in expected.values() if e.group and e.group.id == "sjs1123"]
    assert len(bus) == 20
    assert bus[0].group is not None
    assert (bus[0].group.kind, bus[0].group.headcount) == (GroupKind.BUS, 20)
    assert bus[0].group.due == NOW + timedelta(minutes=10)
    child, parent = named("rizky-fauzi"), named("ahmad-fauzi")
    assert expected[document_key(child.state, child.number)].guardian == document_key(parent.state, parent.number)


@hypothesis.settings(max_examples=300)
@hypothesis.given(data=st.data())
async def test_one_hostile_value_in_the_manifest_expects_nobody_it_should_not(data: Any) -> None:
    def spoil(answer: FetchAnswer) -> FetchAnswer:
        value = json.loads(answer.body)
        value["travellers"] = value["travellers"][:2]
        path = data.draw(st.sampled_from(list(places(value))), "place")
        return FetchAnswer(200, json.dumps(put(value, path, data.draw(st.sampled_from(HOSTILE), "value"))).encode())

    fetch = fetches()[Authority.IMMIGRATION]
    fetch.spoil = spoil
    immigration = connector(Authority.IMMIGRATION, fetch)
    assert isinstance(immigration, ImmigrationConnector)
    known = {document_key(p.state, p.number) for p in PEOPLE.persons}
    with contextlib.suppress(AgencyError):
        assert {e.document.key for e in await immigration.expected(NOW)} <= known


async def test_documents_of_the_demo_read_as_the_persons_they_are_of() -> None:
    for person, lines in demo_documents(PEOPLE.persons, TODAY):
        read = document(lines)
        assert read.key == document_key(person.state, person.number)
        assert read.birth.iso() == person.birth(TODAY).isoformat()
