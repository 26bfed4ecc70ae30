"""What every connector owes, shown against its simulated system through the very ASGI callable the demo serves."""

import contextlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis
import hypothesis.strategies as st
import pytest

from counter_tui import settings
from counter_tui.agencies.asgi import App
from counter_tui.agencies.connectors import CONNECTORS, connect_all
from counter_tui.agencies.demo import demo_documents, demo_systems
from counter_tui.agencies.immigration import ImmigrationConnector
from counter_tui.agencies.people import DemoPerson
from counter_tui.agencies.ports import Connector, FetchAnswer, Inquiry
from counter_tui.agencies.sealing import make_sealer, unseal
from counter_tui.domain.coding import from_json, to_json, to_plain
from counter_tui.domain.crossings import GroupKind
from counter_tui.domain.documents import Document, compose_mrz, document_key, read_mrz
from counter_tui.domain.sections import Finding, Section
from counter_tui.domain.sharing import project
from counter_tui.domain.words import AGENCY_OF, Agency, Authority, Direction, SourceState, Verdict
from counter_tui.errors import AgencyError
from scripts import catalogues

ZONE = ZoneInfo("Asia/Pontianak")
NOW = datetime(2026, 11, 21, 22, 14, tzinfo=UTC).astimezone(ZONE)
TODAY = NOW.date()
KEYS = {agency.value: bytes([number]) * 32 for number, agency in enumerate(Agency)}
PEOPLE = settings.load_demo_people()
RULES = settings.load_findings()
LIMITS = settings.load_limits()
AGREEMENT = settings.load_sharing()
EVERY = list(Authority)


class InProcess:
    """A Fetch over an ASGI callable; `spoil` may change what was answered. It keeps what went over it."""

    def __init__(self, app: App, spoil: Callable[[FetchAnswer], FetchAnswer] = lambda answer: answer) -> None:
        self.app = app
        self.spoil = spoil
        self.asked: list[tuple[str, bytes]] = []

    async def __call__(
        self, method: str, path: str, *, body: bytes = b"", content_type: str = "application/json"
    ) -> FetchAnswer:
        self.asked.append((path, body))
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(dict(message))

        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "headers": [(b"content-type", content_type.encode())],
        }
        await self.app(scope, receive, send)
        raw = b"".join(message.get("body", b"") for message in sent[1:])
        return self.spoil(FetchAnswer(sent[0]["status"], raw))


def fetches() -> dict[Authority, InProcess]:
    systems = demo_systems(PEOPLE, today=TODAY, now=lambda: NOW)
    return {authority: InProcess(app) for authority, app in systems.items()}


def connector(authority: Authority, fetch: Any) -> Connector:
    agency = AGENCY_OF[authority].value
    return CONNECTORS[authority](fetch, RULES, LIMITS, make_sealer(agency, 1, KEYS[agency]))


def document(lines: tuple[str, ...]) -> Document:
    read = read_mrz(lines, today=TODAY).document
    assert read is not None
    return read


def of(person: DemoPerson) -> Inquiry:
    return Inquiry(document(person.lines(TODAY)), person.direction, "A", NOW)


def named(person: str) -> DemoPerson:
    return next(p for p in PEOPLE.persons if p.id == person)


def stranger(state: str = "IDN", direction: Direction = Direction.ENTRY) -> Inquiry:
    born, expiry = date(1980, 2, 29), TODAY + timedelta(days=1000)
    lines = compose_mrz("TD3", "P", state, "Q7777777", state, "UNKNOWN", "TRAVELLER", "F", born, expiry, "DEMO")
    return Inquiry(document(lines), direction, "A", NOW)


async def sections(inquiry: Inquiry) -> Mapping[Authority, Section]:
    seals = {name: make_sealer(name, 1, key) for name, key in KEYS.items()}
    every = connect_all(fetches(), RULES, LIMITS, seals)
    return {c.authority: await c.section(inquiry) for c in every}


def code_of(finding: Finding, about: Inquiry, section: Section) -> str:
    """What a finding is, as only its owner can tell: the codes of the catalogue, tried under the owner's key."""
    owner = AGENCY_OF[section.authority].value
    seal = make_sealer(owner, 1, KEYS[owner])
    (subject,) = [c.subject for c in section.contributions if c.id == finding.id]
    tried = {f"{section.authority}/{seal.name(about.document.key, code, subject.id)}": code for code in RULES.rules}
    return tried[finding.id]


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


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*path, key))


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """The value with something else in one place."""
    if not path:
        return new
    changed = value.copy()
    changed[path[0]] = put(value[path[0]], path[1:], new)
    return changed


HOSTILE: list[Any] = [
    *(None, True, False, 0, -1, 1, 2**31, 2**63, 10**400, 0.1, -1e308, 5e-324),
    *("", "x", "0", "-1", "NaN", "1e999", "9" * 5000, "\x00", "\x1b[2J", "\u202e", "[bold]x[/]", "\ud83d\ude00"),
    *("0001-01-01", "9999-12-31", "2026-02-30", "0001", "9999", "2026-11"),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-21T05:00:00Z", "2026-11-21T05:00:00"),
    *([], {}, [[]], [None] * 2000, {"x": {}}),
]


@pytest.mark.parametrize("authority", EVERY)
@hypothesis.settings(max_examples=400, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
@hypothesis.given(data=st.data())
async def test_one_hostile_value_anywhere_gives_a_section_or_an_agency_error(authority: Authority, data: Any) -> None:
    person = data.draw(st.sampled_from([p for p in PEOPLE.persons if p.finds]), "person")

    def spoil(answer: FetchAnswer) -> FetchAnswer:
        value = json.loads(answer.body)
        path = data.draw(st.sampled_from(list(places(value))), "place")
        return FetchAnswer(200, json.dumps(put(value, path, data.draw(st.sampled_from(HOSTILE), "value"))).encode())

    fetch = fetches()[authority]
    fetch.spoil = spoil
    try:
        section = await connector(authority, fetch).section(of(person))
    except AgencyError as refused:
        assert refused.code == "agency.not-understood"  # noqa: PT017 - either way is right
    else:
        assert section.as_of is not None
        assert section.as_of.astimezone(UTC) <= NOW
        assert from_json(Section, to_json(section), error=AgencyError("x")) == section


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
        return FetchAnswer(answer.status, json.dumps(json.loads(answer.body) | {"new": {"since": 2030}}).encode())

    fetch = fetches()[authority]
    fetch.spoil = more

    assert (await connector(authority, fetch).section(stranger())).clean


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
                if finding.text is not None:
                    continue
                withheld += 1
                code = code_of(whole, about, section)
                assert code not in to_json(projected).decode()
                assert finding.topic == ""
                shown = [c for c in sent["contributions"] if c["id"] == finding.id]
                told = [sent["findings"], [c | {"action": ""} for c in shown]]
                assert not any(code.partition(".")[2] in leaf for leaf in leaves(told))
                values = list(whole.text.as_dict().values()) if whole.text else []
                said = words_of(sent) - words_of(nothing)
                assert not words_of([str(value) for value in values]) & said, code
    topics = {RULES.get(code).topic for code in person.finds}
    assert withheld > 0 or all(AGREEMENT.open_to[topic] == set(Agency) for topic in topics)


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
