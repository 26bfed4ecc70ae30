"""The training system speaks all of it: declarations in its answer and as files of either form."""

from collections.abc import Mapping
from typing import Any

import pytest

from counter_tui.agencies.customs import CustomsConnector
from counter_tui.agencies.customs.simulated import simulated
from counter_tui.agencies.ports import Inquiry
from counter_tui.domain.documents import read_mrz

from ....contract.connecting import PEOPLE, InProcess, named
from ..asking import LIMITS, NOW, RULES, Clear
from .forms import TODAY, codes, fields


async def asked(person: str) -> tuple[list[str], dict[str, Any], Mapping[str, list[str]]]:
    """What was asked for, what was found, and what the record says."""
    about = named(person)
    document = read_mrz(about.lines(TODAY), today=TODAY).document
    assert document is not None
    fetch = InProcess(simulated(PEOPLE, TODAY, lambda: NOW))
    one = await CustomsConnector(fetch, RULES, LIMITS, Clear()).section(Inquiry(document, about.direction, "A", NOW))
    return [path.rpartition("/")[2] for path, _ in fetch.asked], codes(one), fields(one)


@pytest.mark.parametrize("person", ["stefanus-dalin", "rosa-lim"])
async def test_a_declaration_in_a_file_is_fetched_by_its_number(person: str) -> None:
    paths, _, said = await asked(person)
    assert paths == ["pelintas", "pemberitahuan"]
    assert said["occupation"] in (["farmer"], ["trader"])


async def test_one_in_the_answer_is_not_asked_for_again() -> None:
    paths, _, said = await asked("wendy-ong")
    assert paths == ["pelintas"]
    assert said["goods"] == ["carved figures"]


async def test_a_damaged_one_is_called_for() -> None:
    paths, found, _ = await asked("lucia-mering")
    assert paths == ["pelintas", "pemberitahuan"]
    assert found == {"declaration-unread": {}}


async def test_a_family_is_on_the_declarants() -> None:
    _, _, said = await asked("adrian-lim")
    assert said["name"] == ["ROSA LIM"]
    assert said["member-name"] == ["ADRIAN LIM", "PETER LIM"]
