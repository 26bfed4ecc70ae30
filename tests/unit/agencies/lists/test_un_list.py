"""The consolidated list of the United Nations."""

from datetime import date
from pathlib import Path

import pytest

from counter_tui.agencies.lists import Format
from counter_tui.domain.screening.model import ListedKind
from counter_tui.errors import ListError

from .listing import births, names, read

PERSON = """
<INDIVIDUAL>
  <FIRST_NAME>SAID</FIRST_NAME><SECOND_NAME>BIN  </SECOND_NAME><THIRD_NAME>ALI &amp; CO</THIRD_NAME>
  <FOURTH_NAME>X</FOURTH_NAME><REFERENCE_NUMBER>QDi.001</REFERENCE_NUMBER>
  <NAME_ORIGINAL_SCRIPT>\u0633\u0639\u064a\u062f</NAME_ORIGINAL_SCRIPT>
  <NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE><VALUE>na</VALUE></NATIONALITY>
  <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Saeed Ali</ALIAS_NAME>
    <DATE_OF_BIRTH>1970-02-03</DATE_OF_BIRTH></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Cook</ALIAS_NAME></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1969-01-31</DATE></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1965</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1973</FROM_YEAR><TO_YEAR>1974</TO_YEAR>
  </INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>July 1961 </NOTE></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER> A-374184 </NUMBER></INDIVIDUAL_DOCUMENT>
  <INDIVIDUAL_DOCUMENT><NUMBER>Diplomatic Passport: Z30321794</NUMBER></INDIVIDUAL_DOCUMENT>
</INDIVIDUAL>"""
ENTITY = """
<ENTITY><FIRST_NAME>AID TRUST</FIRST_NAME><REFERENCE_NUMBER>QDe.002</REFERENCE_NUMBER>
<ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>Trust; Aid Org</ALIAS_NAME></ENTITY_ALIAS></ENTITY>"""


def un(*individuals: str, entities: str = "", before: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">'
        f"<INDIVIDUALS>{''.join(individuals)}</INDIVIDUALS><ENTITIES>{entities}</ENTITIES></CONSOLIDATED_LIST>"
    )


def test_a_person_and_an_entity_as_the_list_has_them(tmp_path: Path) -> None:
    found = read(tmp_path / "x.xml", un(PERSON, entities=ENTITY))
    person, entity = found.entries

    assert (found.file.format, found.file.as_of) == (Format.UN, date(2026, 2, 27))
    assert found.problems == []
    assert person.names == ("SAID BIN ALI & CO X", "\u0633\u0639\u064a\u062f", "Saeed Ali", "The Cook")
    assert person.weak == {3}
    assert births(person) == ["1969-01-31", "1965", "1973", "1974", "1961-07", "1970-02-03"]
    assert person.nationalities == ("IRN",)
    assert person.documents == ("A-374184", "Z30321794")
    assert (entity.names, entity.kind) == (("AID TRUST", "Trust", "Aid Org"), ListedKind.ENTITY)


def test_an_entry_without_a_reference_is_reported_where_it_begins(tmp_path: Path) -> None:
    body = un("\n<INDIVIDUAL><FIRST_NAME>A</FIRST_NAME></INDIVIDUAL>", PERSON)
    found = read(tmp_path / "x.xml", body)

    assert found.problems == [(2, "ref-bad")]
    assert len(found.entries) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (un(before='<!DOCTYPE x [<!ENTITY a "b">]>'), "list.entities"),
        (un(before='<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "list.entities"),
        (un(PERSON)[:-30], "list.damaged"),
        (un("<INDIVIDUAL>&a;</INDIVIDUAL>"), "list.damaged"),
        (un("<a>" * 20 + "</a>" * 20), "list.damaged"),
        ("<x><CONSOLIDATED_LIST/></x>", "list.damaged"),
        ("<x a='<CONSOLIDATED_LIST'/>", "list.damaged"),
        (un(f"<a b='{'x' * 2_000_000}'/>"), "list.damaged"),
    ],
)
def test_what_is_damaged_or_dangerous_is_refused(tmp_path: Path, body: str, code: str) -> None:
    with pytest.raises(ListError) as refused:
        read(tmp_path / "x.xml", body)

    assert refused.value.code == code


@pytest.mark.parametrize("inside", ["<a/>" * 5000, f"<a>{'x' * 300_000}</a>", "<ENTITY><a/></ENTITY>" * 3000])
def test_an_entry_larger_than_any_real_one_is_left_out(tmp_path: Path, inside: str) -> None:
    found = read(tmp_path / "x.xml", un(f"<INDIVIDUAL>{inside}</INDIVIDUAL>", PERSON))

    assert (1, "entry-too-large") in found.problems
    assert names(found.entries) == ["SAID BIN ALI & CO X"]
