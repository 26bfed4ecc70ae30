"""What the sharing agreement opens goes to an agency, and nothing else of what others hold."""

import json
from pathlib import Path
from typing import Any

import pytest

from counter_tui.domain.sections import Field, Section
from counter_tui.domain.sharing import SharingAgreement, Topic
from counter_tui.domain.words import AGENCY_OF, Agency, Authority, SourceState
from counter_tui.single_window.telling_store import State
from tests.integration.single_window.world import NOW, close_all
from tests.integration.telling.rig import Hall
from tests.unit.agencies.telling.tellings import crossing

PLATE, SECRET = "QAA 4417 K", "kept to ourselves"


def agreement(**open_to: frozenset[Agency]) -> SharingAgreement:
    owners = {"document": Agency.IMMIGRATION, "vehicle": Agency.CUSTOMS}
    rows = {
        name: Topic(name, owners[name], "law", fields=("cust.vehicle-plate",) if name == "vehicle" else (), open=to)
        for name, to in open_to.items()
    }
    return SharingAgreement("1", rows)


def messages(hall: Hall) -> dict[Authority, str]:
    """What each is told of a decision on a traveller of whom every authority holds something."""
    for authority in Authority:
        fields = (Field("cust.vehicle-plate", PLATE), Field("own", f"{SECRET} {authority.value}"))
        section = Section(authority, SourceState.LIVE, NOW, fields=fields)
        hall.window.keep_section(crossing().document.key, section)
    hall.decide()
    hall.office.look()
    return {one: hall.office.open(one, (State.DUE,), 1)[0].message.decode() for one in Authority}


@pytest.mark.parametrize("opened", [frozenset(), frozenset({Agency.SECURITY}), frozenset(Agency)])
def test_who_crossed_and_in_what_goes_where_its_owner_opens_it(tmp_path: Path, opened: frozenset[Agency]) -> None:
    hall = Hall(tmp_path, agreement=agreement(document=opened, vehicle=opened))
    said = messages(hall)
    for authority, message in said.items():
        assert ("WIJAYA" in message) is (AGENCY_OF[authority] in opened | {Agency.IMMIGRATION}), authority
        assert SECRET not in message
    event: dict[str, Any] = json.loads(said[Authority.SECURITY])
    assert event.get("vehicle") == (PLATE if Agency.SECURITY in opened else None)
    assert PLATE not in said[Authority.IMMIGRATION]
    close_all()


def test_a_row_without_a_legal_basis_opens_nothing(tmp_path: Path) -> None:
    rows = {"document": Topic("document", Agency.IMMIGRATION, "", open=frozenset(Agency))}
    hall = Hall(tmp_path, agreement=SharingAgreement("1", rows))
    assert "WIJAYA" not in messages(hall)[Authority.SECURITY]
    close_all()
