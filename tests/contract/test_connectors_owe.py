"""What every connector owes whoever asks it: over real sockets in this process and in the agency's own, and by file."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_tui.agencies.asgi import Message, Receive, Send
from counter_tui.agencies.demo import demo_systems
from counter_tui.agencies.people import DemoPerson
from counter_tui.agencies.ports import Connector, FetchAnswer, Inquiry
from counter_tui.agencies.remote import SECTION, Answered, RemoteConnector, agency_service
from counter_tui.agencies.told import PATHS
from counter_tui.domain.coding import from_json, to_json
from counter_tui.domain.sections import Sealed, Section
from counter_tui.domain.words import Authority, SourceState, Verdict
from counter_tui.errors import AgencyError
from counter_tui.settings_sharing import PREFIXES
from counter_tui.single_window.lane import MAX_SECTION

from .connecting import EVERY, NOW, PEOPLE, RULES, TODAY, InProcess, connector, fetches, named, of, stranger
from .filed import folder_of, lines_of, put
from .sockets import over_sockets

TOKEN = "secret"
HERE, OWN, FILE = "here", "own process", "by file"
EACH = pytest.mark.parametrize("way", [HERE, OWN, FILE])
MOST = 6


def known(authority: Authority) -> list[DemoPerson]:
    """Some of whom this authority finds something."""
    begins = PREFIXES[authority] + "."
    return [one for one in PEOPLE.persons if any(code.startswith(begins) for code in one.finds)][:MOST]


@asynccontextmanager
async def connected(authority: Authority, way: str) -> AsyncIterator[Connector]:
    system = demo_systems(PEOPLE, today=TODAY, now=lambda: NOW)[authority]
    async with over_sockets(system) as fetch:
        here = connector(authority, fetch)
        if way == HERE:
            yield here
        elif way == OWN:
            async with over_sockets(agency_service(here, TOKEN), token=TOKEN) as over:
                yield RemoteConnector(authority, over)
        else:
            with tempfile.TemporaryDirectory() as folder:
                about = [of(person) for person in known(authority)]
                put(Path(folder), authority, await lines_of(here, [*about, stranger()]))
                yield folder_of(authority, Path(folder))


@EACH
@pytest.mark.parametrize("authority", EVERY)
async def test_it_speaks_for_its_own_authority_under_names_that_stay(authority: Authority, way: str) -> None:
    async with connected(authority, way) as ours:
        assert ours.authority is authority
        for person in known(authority):
            first, again = await ours.section(of(person)), await ours.section(of(person))
            assert first.authority is authority
            assert {one.authority for one in (*first.contributions, *again.contributions)} <= {authority}
            names = [one.id for one in first.contributions]
            assert names == [one.id for one in again.contributions] == [one.id for one in first.findings]
            assert len(set(names)) == len(names)
            assert all(name.startswith(f"{authority.value}/") for name in names)


@EACH
@pytest.mark.parametrize("authority", EVERY)
async def test_it_is_bounded_dated_and_says_under_which_rules(authority: Authority, way: str) -> None:
    async with connected(authority, way) as ours:
        for person in known(authority):
            section = await ours.section(of(person))
            assert len(to_json(section)) < MAX_SECTION
            assert section.source is (SourceState.CACHED if way == FILE else SourceState.LIVE)
            assert section.as_of is not None
            assert section.as_of <= NOW
            assert ("findings", RULES.version) in section.versions
            origins = {origin.id for origin in section.origins}
            assert {field.origin for field in section.fields if field.origin} <= origins


@EACH
@pytest.mark.parametrize("authority", EVERY)
async def test_of_somebody_nobody_knows_nothing_is_found(authority: Authority, way: str) -> None:
    async with connected(authority, way) as ours:
        section = await ours.section(stranger())
    assert (section.verdict, section.findings) == (Verdict.CLEAR, ())


async def test_each_way_of_running_it_gives_the_same_section() -> None:
    for authority in EVERY:
        async with (
            connected(authority, HERE) as here,
            connected(authority, OWN) as own,
            connected(authority, FILE) as filed,
        ):
            for person in known(authority):
                first, *others = [without_ciphers(await one.section(of(person))) for one in (here, own, filed)]
                assert others == [first, replace(first, source=SourceState.CACHED)]


def without_ciphers(section: Section) -> Section:
    """Sealing takes a fresh nonce each time."""
    blank = Sealed("", 0, "")
    findings = tuple(replace(f, sealed=blank if f.sealed else None) for f in section.findings)
    fields = tuple(replace(f, sealed=blank if f.sealed else None) for f in section.fields)
    return replace(section, findings=findings, fields=fields)


# -- an agency's own process -------------------------------------------------------------------------------------------


async def test_without_its_token_it_tells_nothing() -> None:
    app = InProcess(agency_service(connector(Authority.CUSTOMS, fetches()[Authority.CUSTOMS]), TOKEN))
    with pytest.raises(AgencyError) as raised:
        await RemoteConnector(Authority.CUSTOMS, app).section(stranger())
    assert (raised.value.code, raised.value.params["status"]) == ("agency.refused", 401)


@pytest.mark.parametrize("code", ["agency.refused", "agency.no-answer", "agency.list-unsigned"])
async def test_it_tells_what_its_system_did_wrong(code: str) -> None:
    class Failing:
        authority = Authority.SECURITY

        async def section(self, inquiry: Inquiry) -> Section:
            raise AgencyError(code, authority="security")

    async with over_sockets(agency_service(Failing(), TOKEN), token=TOKEN) as way:
        with pytest.raises(AgencyError) as raised:
            await RemoteConnector(Authority.SECURITY, way).section(stranger())
    assert raised.value.code == code


async def lies(change: Any) -> str:
    """The code that a section is refused with which a process changes before it answers."""
    true = agency_service(connector(Authority.HEALTH, fetches()[Authority.HEALTH]), TOKEN)
    unreadable = AgencyError("test")

    async def lying(scope: Message, receive: Receive, send: Send) -> None:
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)

        await true(scope, receive, keep)
        answered = from_json(Answered, sent[1]["body"], error=unreadable)
        body = to_json(change(answered))
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async with over_sockets(lying, token=TOKEN) as way:
        with pytest.raises(AgencyError) as raised:
            await RemoteConnector(Authority.HEALTH, way).section(of(named("marten-gabriel")))
    return raised.value.code


def of_section(**changes: Any) -> Any:
    return lambda answered: replace(answered, section=replace(answered.section, **changes))


def of_first(**changes: Any) -> Any:
    def change(answered: Answered) -> Answered:
        first, *rest = answered.section.contributions
        return replace(answered, section=replace(answered.section, contributions=(replace(first, **changes), *rest)))

    return change


def sealed_by_another(answered: Answered) -> Answered:
    findings = tuple(replace(f, sealed=Sealed("customs", 1, "")) for f in answered.section.findings)
    return replace(answered, section=replace(answered.section, findings=findings))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda answered: replace(answered, about="MYS:X0000000"), "agency.other-traveller"),
        (of_section(authority=Authority.CUSTOMS), "agency.other-section"),
        (of_section(source=SourceState.CACHED), "agency.other-section"),
        (of_section(as_of=None), "agency.other-section"),
        (of_section(as_of=NOW.replace(tzinfo=None)), "agency.other-section"),
        (of_section(findings=()), "agency.other-section"),
        (of_first(authority=Authority.SECURITY), "agency.other-section"),
        (of_first(id="security/1"), "agency.other-section"),
        (of_first(points=10**6), "agency.other-section"),
        (of_first(points=-100), "agency.other-section"),
        (sealed_by_another, "agency.other-section"),
    ],
)
async def test_a_process_speaks_for_its_own_agency_alone(change: Any, code: str) -> None:
    assert await lies(change) == code


async def test_a_section_of_tomorrow_is_one_of_now() -> None:
    true = connector(Authority.HEALTH, fetches()[Authority.HEALTH])
    tomorrow = replace(await true.section(stranger()), as_of=NOW.replace(year=2027))

    async def ahead(method: str, path: str, *, body: bytes = b"", content_type: str = "") -> FetchAnswer:
        assert path == SECTION
        return FetchAnswer(200, to_json(Answered(stranger().document.key, tomorrow)))

    assert (await RemoteConnector(Authority.HEALTH, ahead).section(stranger())).as_of == NOW


async def test_who_is_expected_and_who_crosses_go_through_it_too() -> None:
    async with (
        connected(Authority.IMMIGRATION, HERE) as here,
        connected(Authority.IMMIGRATION, OWN) as own,
    ):
        assert isinstance(own, RemoteConnector)
        assert await own.expected(NOW) == await here.expected(NOW)  # type: ignore[attr-defined]
    async with connected(Authority.SECURITY, OWN) as security:
        assert isinstance(security, RemoteConnector)
        await security.discreet(of(named("discreet")))


@pytest.mark.parametrize("authority", EVERY)
async def test_what_it_is_told_goes_on_to_its_system_as_it_stands(authority: Authority) -> None:
    passed: list[tuple[str, str, bytes, str]] = []

    async def system(method: str, path: str, *, body: bytes = b"", content_type: str = "") -> FetchAnswer:
        passed.append((method, path, body, content_type))
        return FetchAnswer(422, b'{"no":1}')

    service = agency_service(connector(authority, fetches()[authority]), TOKEN, system)
    told, held = PATHS[authority]
    async with over_sockets(service, token=TOKEN) as way:
        answers = [await way("POST", path, body=b"<x/>", content_type="application/xml") for path in (told, held)]
        assert answers == [FetchAnswer(422, b'{"no":1}')] * 2
        assert (await way("POST", f"{told}/other", body=b"x")).status == 404
    async with over_sockets(service, token="another") as way:
        assert (await way("POST", told, body=b"x")).status == 401
    assert passed == [("POST", path, b"<x/>", "application/xml") for path in (told, held)]
