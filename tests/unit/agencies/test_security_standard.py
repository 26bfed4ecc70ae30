import json
from typing import Any

import pytest

from counter_tui.agencies.ports import FetchAnswer
from counter_tui.agencies.security import SecurityConnector
from counter_tui.agencies.security.connector import normal_name
from counter_tui.domain.sections import Section
from counter_tui.errors import AgencyError

from .asking import LIMITS, NOW, RULES, Clear, found, inquiry

HEAD = {"issuer": "POLRI", "version": "8841", "issuedAt": "2026-11-21T05:00:00Z"}


def entry(handling: str, **given: Any) -> dict[str, Any]:
    listed = {"ref": "L-1", "owner": "POLRI", "handling": handling, "category": "c", "name": "SOMEBODY ELSE"}
    return listed | {"documents": [{"issuingState": "MYS", "number": "X1234567"}]} | given


BY_NAME: dict[str, Any] = {"documents": [], "name": "Siti Nur TINI", "birthDate": "1990-01-01"}


class Lists:
    def __init__(self, *entries: Any) -> None:
        self.head: dict[str, Any] = dict(HEAD)
        self.snapshot: dict[str, Any] = {"version": "8841", "entries": list(entries)}
        self.asked: list[str] = []

    async def __call__(self, method: str, path: str, *, body: bytes = b"", content_type: str = "") -> FetchAnswer:
        self.asked.append(path)
        return FetchAnswer(200, json.dumps(self.head if path == "/lists/current" else self.snapshot).encode())

    def connector(self) -> SecurityConnector:
        return SecurityConnector(self, RULES, LIMITS, Clear())

    async def section(self) -> Section:
        return await self.connector().section(inquiry())


@pytest.mark.parametrize("handling", ["H1", "H2", "H3", "H4", "H6", "H7", "H8", "H9"])
async def test_each_handling_code_is_a_finding_and_a_candidate(handling: str) -> None:
    section = await Lists(entry(handling)).section()
    assert set(found(section)) == {f"sec.{handling.lower()}"}
    assert all(finding.candidate for finding in section.findings)


@pytest.mark.parametrize("by", [{}, BY_NAME, {"sealed": True}, {"sealed": True, "floor": "RED"}])
async def test_a_discreet_entry_is_as_if_it_were_not_there(by: dict[str, Any]) -> None:
    assert await Lists(entry("H5", **by)).section() == await Lists().section()


@pytest.mark.parametrize(
    ("handling", "code"),
    [("H1", "name-candidate"), ("H2", "name-candidate"), ("H3", "name-candidate"), ("H4", "h4"), ("H8", "h8")],
)
async def test_a_name_alone_is_first_somebody_to_verify_but_for_danger(handling: str, code: str) -> None:
    assert set(found(await Lists(entry(handling, **BY_NAME)).section())) == {f"sec.{code}"}


@pytest.mark.parametrize("change", [{"name": "Siti Nur TINA"}, {"birthDate": "1990-01-02"}, {"birthDate": None}])
async def test_a_name_without_its_birth_date_is_nobody(change: dict[str, Any]) -> None:
    assert found(await Lists(entry("H3", **(BY_NAME | change))).section()) == {}


async def test_one_entry_is_one_hit_by_number_and_name() -> None:
    both = entry("H3", name="TINI SITI NUR", birthDate="1990-01-01")
    assert set(found(await Lists(both).section())) == {"sec.h3"}


async def test_a_number_of_another_state_is_another_document() -> None:
    other = entry("H3", documents=[{"issuingState": "SGP", "number": "X1234567"}])
    assert found(await Lists(other).section()) == {}


async def test_a_sealed_entry_shows_its_floor_only() -> None:
    for floor in ("AMBER", "RED"):
        section = await Lists(entry("H3", sealed=True, floor=floor, category="SECRET")).section()
        (contribution,) = section.contributions
        assert contribution.band_floor.name == floor
        assert contribution.points is None
        assert contribution.action == "sealed-stop"
        assert "SECRET" not in repr(section)
        assert "H3" not in repr(section)


async def test_the_section_says_which_list_and_how_old_it_is() -> None:
    section = await Lists().section()
    assert section.as_of is not None
    assert (NOW - section.as_of).total_seconds() == 3600
    assert ("POLRI", "8841") in section.versions


async def test_a_new_version_is_fetched_and_replaces_the_old_one() -> None:
    lists = Lists(entry("H3"))
    connector = lists.connector()
    assert found(await connector.section(inquiry()))
    lists.head["version"] = "8842"
    lists.snapshot = {"version": "8842", "entries": []}
    assert found(await connector.section(inquiry())) == {}
    assert lists.asked == ["/lists/current", "/lists/8841", "/lists/current", "/lists/8842"]


async def test_a_snapshot_of_another_version_than_was_asked_for_is_not_understood() -> None:
    lists = Lists()
    lists.snapshot["version"] = "8840"
    with pytest.raises(AgencyError, match="not-understood"):
        await lists.section()


@pytest.mark.parametrize("version", ["../../secrets", "", "a" * 33, "8841?x=1", "88 41"])
async def test_a_version_that_would_lead_elsewhere_is_not_asked_for(version: str) -> None:
    lists = Lists()
    lists.head["version"] = version
    with pytest.raises(AgencyError, match="not-understood"):
        await lists.section()
    assert lists.asked == ["/lists/current"]


@pytest.mark.parametrize("change", [{"handling": "H10"}, {"handling": "h3"}, {"sealed": "no"}, {"name": ""}])
async def test_one_entry_that_cannot_be_read_makes_the_list_unread(change: dict[str, Any]) -> None:
    with pytest.raises(AgencyError, match="not-understood"):
        await Lists(entry("H2"), entry("H3") | change).section()


@pytest.mark.parametrize(
    "name", ["KLAUS JÜRGEN BECKER", "Becker, Klaus-Jurgen", "becker  klaus jürgen", "BECKER<<KLAUS<JURGEN"]
)
def test_names_are_the_same_whatever_their_order_case_and_marks(name: str) -> None:
    assert normal_name(name) == "BECKER JURGEN KLAUS"
