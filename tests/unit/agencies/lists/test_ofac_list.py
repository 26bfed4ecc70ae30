"""The list of OFAC: `sdn.csv`, and `alt.csv` beside it."""

from pathlib import Path

import pytest

from counter_tui.agencies.lists import Format
from counter_tui.domain.screening.model import ListedKind
from counter_tui.errors import ListError

from .listing import births, read

NULLS = "-0- ,-0- ,-0- ,-0- ,-0- ,-0- "


def row(number: int, name: str, kind: str, remarks: str = "-0- ") -> str:
    return f'{number},"{name}",{kind},"SDT",-0- ,{NULLS},{remarks}\n'


def ofac(folder: Path, body: str | bytes, aliases: str | None = None) -> Path:
    if aliases is not None:
        (folder / "alt.csv").write_text(aliases, "utf-8")
    path = folder / "sdn.csv"
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    return path


ALIASES = '2674,1,"aka","ZAYDAN, Muhammad",-0- \n2674,2,"fka","\'ABU K\'",-0- \n36,3,"aka","AERO",-0- \n\x1a'


def test_remarks_say_births_nationalities_documents_and_weak_aliases(tmp_path: Path) -> None:
    remarks = (
        '"DOB 10 Dec 1948; alt. DOB circa 1950; POB Tirat, Syria; nationality Korea, North; alt. citizen Iran; '
        "Passport A 649385 (Iran) issued 08 Sep 2006 expires 17 Jul 2011; alt. Passport 27082171; Gender Male; "
        "National ID No. JMB-77 (Iran); Passport issued 21 Jun 1992 in Amman; a.k.a. 'ABU X'; Linked To: Y 12.\""
    )
    body = row(2674, "ABBAS, Abu", '"individual"', remarks) + row(36, "AEROCARIBBEAN", "-0- ")
    found = read(ofac(tmp_path, body, ALIASES))
    person, entity = found.entries

    assert found.file.format is Format.OFAC
    assert found.problems == []
    assert person.names == ("ABBAS, Abu", "ZAYDAN, Muhammad", "ABU K", "ABU X")
    assert person.weak == {2, 3}
    assert births(person) == ["1948-12-10", "1950"]
    assert person.nationalities == ("PRK", "IRN")
    assert person.documents == ("A 649385", "27082171", "JMB-77")
    assert (entity.names, entity.kind) == (("AEROCARIBBEAN", "AERO"), ListedKind.ENTITY)


def test_vessels_and_aircraft_are_told_from_persons(tmp_path: Path) -> None:
    body = row(1, "ARTAVIL", '"vessel"', '"Vessel Registration Identification IMO 9187629; MMSI 572469210."')
    found = read(ofac(tmp_path, body + row(2, "EP-GOM", '"aircraft"'), ALIASES)).entries

    assert [entry.kind for entry in found] == [ListedKind.VESSEL, ListedKind.AIRCRAFT]
    assert found[0].documents == ("9187629", "572469210")


def test_an_old_file_is_read_as_windows_1252(tmp_path: Path) -> None:
    body = row(1, "NU\u00d1EZ, Jos\u00e9", '"individual"').encode("cp1252")

    assert read(ofac(tmp_path, body, ALIASES)).entries[0].names == ("NU\u00d1EZ, Jos\u00e9",)


def test_aliases_without_their_entry_and_a_missing_file_of_aliases_are_told(tmp_path: Path) -> None:
    body = row(36, "AEROCARIBBEAN", "-0- ")

    assert read(ofac(tmp_path, body)).problems == [(1, "no-alias-file")]
    assert read(ofac(tmp_path, body, ALIASES)).problems == [(1, "alias-without-entry")]


@pytest.mark.parametrize(("aliases", "code"), [("<html>", "list.damaged"), ("", "list.empty")])
def test_a_file_of_aliases_that_is_none_refuses_the_list(tmp_path: Path, aliases: str, code: str) -> None:
    with pytest.raises(ListError, match=code):
        read(ofac(tmp_path, row(36, "AEROCARIBBEAN", "-0- "), aliases))


def test_rows_of_another_width_are_reported(tmp_path: Path) -> None:
    body = row(36, "A", "-0- ") + '37,"B",-0- \n' + row(38, "C", "-0- ") + "\x1a"
    found = read(ofac(tmp_path, body, '36,3,"aka","AERO",-0- \n1,2\n'))

    assert [entry.ref for entry in found.entries] == ["36", "38"]
    assert found.problems == [(2, "row-width"), (2, "row-width")]
