"""The security list: signed, followed by what changed, matched here, and what a hit tells."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from counter_tui.agencies.ports import FetchAnswer
from counter_tui.agencies.security import SecurityConnector
from counter_tui.agencies.security.matching import normal_name
from counter_tui.agencies.security.simulated import DEMO_KEY, Owner
from counter_tui.agencies.security.standard import OF_COLOUR
from counter_tui.domain.sections import Section
from counter_tui.errors import AgencyError
from tests.contract.connecting import InProcess

from .asking import LIMITS, NOW, RULES, Clear, found, inquiry

BY_NAME: dict[str, Any] = {"documents": [], "name": "Siti Nur TINI", "birthDate": "1990-01-01"}
OURS = "MYS:X1234567"


def entry(handling: str | None, **given: Any) -> dict[str, Any]:
    listed = {"ref": "L-1", "owner": "POLRI", "handling": handling, "category": "c", "name": "SOMEBODY ELSE"}
    return listed | {"documents": [{"issuingState": "MYS", "number": "X1234567"}]} | given


def other(ref: str) -> dict[str, Any]:
    return {"ref": ref, "owner": "POLRI", "handling": "H3", "name": f"NOBODY {ref}"}


class Lists:
    """An owner who published one version, and a connector to its system; `put` is answered in place of a path."""

    def __init__(self, *entries: Any, key: bytes = DEMO_KEY, discreet: tuple[str, ...] = ()) -> None:
        self.owner = Owner(lambda: NOW, discreet, key)
        self.owner.publish(8841, entries, NOW - timedelta(hours=1))
        self.way = InProcess(self.owner.app)
        self.put: dict[str, bytes] = {}
        self.connector = SecurityConnector(self, RULES, LIMITS, Clear())

    async def __call__(self, method: str, path: str, *, body: bytes = b"", content_type: str = "") -> FetchAnswer:
        answer = await self.way(method, path, body=body)
        return FetchAnswer(200, self.put[path]) if path in self.put else answer

    @property
    def asked(self) -> list[str]:
        return [path for path, _ in self.way.asked]

    async def section(self) -> Section:
        return await self.connector.section(inquiry())


async def found_in(*entries: Any) -> dict[str, dict[str, str | int]]:
    return found(await Lists(*entries).section())


# -- what a hit tells --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("handling", ["H1", "H2", "H3", "H4", "H6", "H7", "H8", "H9"])
async def test_each_handling_code_is_a_finding_and_a_candidate(handling: str) -> None:
    section = await Lists(entry(handling)).section()
    assert set(found(section)) == {f"sec.{handling.lower()}"}
    assert all(finding.candidate for finding in section.findings)


@pytest.mark.parametrize(
    ("handling", "code"),
    [("H1", "name-candidate"), ("H2", "name-candidate"), ("H3", "name-candidate"), ("H4", "h4"), ("H8", "h8")],
)
async def test_a_name_alone_is_first_somebody_to_verify_but_for_danger(handling: str, code: str) -> None:
    assert set(await found_in(entry(handling, **BY_NAME))) == {f"sec.{code}"}


async def test_an_alias_is_a_name_like_the_first() -> None:
    assert set(await found_in(entry("H3", **BY_NAME | {"name": "X", "aliases": ["Tini, Siti Nur"]}))) == {
        "sec.name-candidate"
    }


@pytest.mark.parametrize("change", [{"name": "Siti Nur TINA"}, {"birthDate": "1990-01-02"}, {"birthDate": None}])
async def test_a_name_without_its_birth_date_is_nobody(change: dict[str, Any]) -> None:
    assert await found_in(entry("H3", **(BY_NAME | change))) == {}


async def test_one_entry_is_one_hit_by_number_and_name() -> None:
    assert set(await found_in(entry("H3", name="TINI SITI NUR", birthDate="1990-01-01"))) == {"sec.h3"}


async def test_a_number_of_another_state_is_another_document() -> None:
    assert await found_in(entry("H3", documents=[{"issuingState": "SGP", "number": "X1234567"}])) == {}


@pytest.mark.parametrize(("colour", "handling"), OF_COLOUR.items())
async def test_a_notice_is_handled_by_its_colour_unless_its_entry_says_otherwise(colour: str, handling: str) -> None:
    notice = {"colour": colour, "number": "A-1/1-2026"}
    by_colour = "sec.notice" if colour in {"BLUE", "GREEN"} else f"sec.{handling.lower()}"
    assert set(await found_in(entry(None, notice=notice))) == {by_colour}
    section = await Lists(entry("H7", notice=notice)).section()
    assert set(found(section)) == {"sec.h7"}
    (told,) = [field.value for field in section.fields if field.name == "sec.notice"]
    assert told is not None
    assert not isinstance(told, str)
    assert (told.code, told.as_dict()) == (f"notice.{colour.lower()}", {"number": "A-1/1-2026"})


@pytest.mark.parametrize(
    ("handling", "tells"), [("H1", False), ("H2", True), ("H3", True), ("H4", False), ("H7", False)]
)
async def test_a_category_is_told_only_where_what_to_do_is_not_enough(handling: str, tells: bool) -> None:
    section = await Lists(entry(handling, category="SECRET")).section()
    assert ("SECRET" in repr(section)) is tells


async def test_fields_say_where_they_were_read() -> None:
    section = await Lists(entry("H3", call="0811-222")).section()
    origins = {origin.id: origin for origin in section.origins}
    told = {field.name: (field.value, origins[field.origin].reference) for field in section.fields}
    assert told["sec.list"] == ("POLRI 8841", "POLRI 8841")
    assert told["sec.call"] == ("0811-222", "L-1")
    assert set(told) == {"sec.list", "sec.handling", "sec.owner", "sec.matched-by", "sec.call", "sec.category"}


async def test_a_sealed_entry_shows_its_floor_only() -> None:
    for floor in ("AMBER", "RED"):
        section = await Lists(entry("H3", sealed=True, floor=floor, category="SECRET")).section()
        (contribution,) = section.contributions
        assert contribution.band_floor.name == floor
        assert contribution.points is None
        assert contribution.action == "sealed-stop"
        assert "SECRET" not in repr(section)
        assert "H3" not in repr(section)
        assert [field.name for field in section.fields] == ["sec.list"]


async def test_the_section_says_which_list_and_how_old_it_is() -> None:
    section = await Lists().section()
    assert section.as_of is not None
    assert (NOW - section.as_of).total_seconds() == 3600
    assert ("POLRI", "8841") in section.versions


# -- versions ----------------------------------------------------------------------------------------------------------


async def test_a_new_version_is_followed_by_what_changed() -> None:
    lists = Lists(entry("H3"), other("a"))
    assert set(found(await lists.section())) == {"sec.h3"}
    lists.owner.publish(8842, [entry("H2"), other("b")])
    section = await lists.section()
    assert set(found(section)) == {"sec.h2"}
    assert ("POLRI", "8842") in section.versions
    assert lists.asked == ["/lists/current", "/lists/8841", "/lists/current", "/lists/8842/from/8841"]
    await lists.section()
    assert lists.asked[4:] == ["/lists/current"]


async def test_who_is_no_longer_listed_is_nobody() -> None:
    lists = Lists(entry("H3"), other("a"))
    await lists.section()
    lists.owner.publish(8842, [other("a")])
    assert found(await lists.section()) == {}


async def test_where_versions_were_missed_the_whole_is_fetched() -> None:
    lists = Lists(entry("H3"))
    await lists.section()
    lists.owner.publish(8842, [])
    lists.owner.publish(8843, [entry("H2")])
    assert set(found(await lists.section())) == {"sec.h2"}
    assert lists.asked[-2:] == ["/lists/8843/from/8841", "/lists/8843"]


def unfitting(lists: Lists) -> dict[str, bytes]:
    delta = lists.owner._deltas[8842, 8841]
    envelope, _, operations = delta.partition(b"\n")
    elsewhere = Lists(other("z"))
    elsewhere.owner.publish(8842, [entry("H2"), other("z"), other("y")])
    stranger = Lists(other("a"), key=bytes(32))
    stranger.owner.publish(8842, [])
    return {
        "another signer": stranger.owner._deltas[8842, 8841],
        "changed": envelope + b"\n" + operations.replace(b"H2", b"H1"),
        "half": delta[:-9],
        "nothing": b"",
        "garbage": b"\xff" * 100,
        "of another list": elsewhere.owner._deltas[8842, 8841],
    }


@pytest.mark.parametrize("how", ["another signer", "changed", "half", "nothing", "garbage", "of another list"])
async def test_a_delta_that_does_not_fit_makes_it_fetch_the_whole(how: str) -> None:
    lists = Lists(entry("H3"), other("a"))
    await lists.section()
    lists.owner.publish(8842, [entry("H2")])
    lists.put["/lists/8842/from/8841"] = unfitting(lists)[how]
    assert set(found(await lists.section())) == {"sec.h2"}
    assert lists.asked[-1] == "/lists/8842"


async def refused(lists: Lists) -> str:
    with pytest.raises(AgencyError) as raised:
        await lists.section()
    assert raised.value.__cause__ is None
    return raised.value.code


async def test_an_older_list_is_never_taken_for_a_newer_one() -> None:
    lists = Lists()
    old = lists.owner._current
    await lists.section()
    lists.owner.publish(8842, [entry("H3")])
    await lists.section()
    lists.put["/lists/current"] = old
    assert await refused(lists) == "agency.list-older"
    del lists.put["/lists/current"]
    assert set(found(await lists.section())) == {"sec.h3"}


async def test_the_same_version_may_be_confirmed_later_and_not_earlier() -> None:
    lists = Lists(entry("H3"))
    earlier = lists.owner._current
    await lists.section()
    lists.owner.publish(8841, [entry("H3")], NOW)
    assert (await lists.section()).as_of == NOW
    assert lists.asked.count("/lists/8841") == 1
    lists.put["/lists/current"] = earlier
    assert await refused(lists) == "agency.list-older"


async def test_a_list_that_nobody_we_know_signed_is_not_believed() -> None:
    assert await refused(Lists(entry("H3"), key=bytes(31) + b"\x01")) == "agency.list-unsigned"


@pytest.mark.parametrize("change", [("manifest", '"version":8841', '"version":9999'), ("signature", "A", "B")])
async def test_a_manifest_that_was_changed_is_not_believed(change: tuple[str, str, str]) -> None:
    lists = Lists(entry("H3"))
    part, before, after = change
    envelope = json.loads(lists.owner._current)
    assert before in envelope[part]
    envelope[part] = envelope[part].replace(before, after)
    lists.put["/lists/current"] = json.dumps(envelope).encode()
    assert await refused(lists) == "agency.list-unsigned"


async def test_another_list_of_the_same_signer_is_not_this_one() -> None:
    lists = Lists(entry("H3"))
    manifest = lists.owner._manifest(8841, NOW, 0, b"")
    lists.put["/lists/current"] = lists.owner.envelope(replace(manifest, list="demo-watch"))
    assert await refused(lists) == "agency.list-other"


@pytest.mark.parametrize(
    "change",
    [{"handling": "H10"}, {"handling": "h3"}, {"handling": None}, {"sealed": "no"}, {"name": ""}, {"ref": "L-2"}],
)
async def test_one_entry_that_cannot_be_read_makes_the_list_unread(change: dict[str, Any]) -> None:
    second = entry("H2", ref="L-2")
    assert await refused(Lists(second, entry("H3") | change)) == "agency.list-damaged"


async def test_a_snapshot_that_is_not_what_was_signed_is_not_read() -> None:
    lists = Lists(entry("H3"))
    lists.put["/lists/8841"] = lists.owner._files[8841].replace(b"H3", b"H1")
    assert await refused(lists) == "agency.list-damaged"


# -- discreet ----------------------------------------------------------------------------------------------------------


async def test_the_owner_is_told_of_everybody_and_alone_knows_whom_it_seeks() -> None:
    seeking, ordinary = Lists(other("a"), discreet=(OURS,)), Lists(other("a"))
    sections = [await lists.section() for lists in (seeking, ordinary)]
    for lists in (seeking, ordinary):
        await lists.connector.discreet(inquiry())
    assert sections[0] == sections[1]
    assert seeking.way.asked == ordinary.way.asked, "the same goes over the wire"
    assert seeking.owner._files == ordinary.owner._files, "the list that goes out is the same"
    assert [who for who, _ in seeking.owner.seen] == [OURS]
    assert ordinary.owner.seen == []
    assert seeking.owner.told == ordinary.owner.told == 1


@pytest.mark.parametrize("by", [{}, BY_NAME, {"sealed": True}, {"sealed": True, "floor": "RED"}])
async def test_a_discreet_entry_that_an_owner_lets_out_by_mistake_changes_nothing(by: dict[str, Any]) -> None:
    assert await Lists(entry("H5", **by)).section() == await Lists().section()


@pytest.mark.parametrize(
    "name", ["KLAUS JÜRGEN BECKER", "Becker, Klaus-Jurgen", "becker  klaus jürgen", "BECKER<<KLAUS<JURGEN"]
)
def test_names_are_the_same_whatever_their_order_case_and_marks(name: str) -> None:
    assert normal_name(name) == "BECKER JURGEN KLAUS"
