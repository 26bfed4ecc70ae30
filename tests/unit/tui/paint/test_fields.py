"""What an authority's records say, as it is painted: every field under its record, withheld ones told apart."""

from datetime import UTC, datetime

import pytest

from counter_tui.domain.sections import Field, Origin, Sealed, Section
from counter_tui.domain.texts import text
from counter_tui.domain.words import Authority, SourceState
from counter_tui.tui.paint.fields import record_lines, value_words
from counter_tui.tui.paint.panels import Panels
from tests.unit.tui.paint.travellers import JOINT, NOW, ZONE, green

READ = datetime(2026, 11, 20, 22, 2, 31, tzinfo=UTC)


def painted(*fields: Field, origins: tuple[Origin, ...] = (), width: int = 60) -> list[str]:
    section = Section(Authority.CUSTOMS, SourceState.LIVE, READ, fields=fields, origins=origins)
    return [line.plain.rstrip() for line in record_lines(Panels(green(), JOINT, NOW, ZONE), section, width)]


def test_fields_stand_under_the_record_they_were_read_from_in_the_order_it_was_read() -> None:
    lines = painted(
        Field("cust.kilb-used", "MYR 540.00", "r2"),
        Field("cust.name", "RATIH", "r1"),
        Field("cust.kilb-limit", "MYR 600.00", "r2"),
        origins=(Origin("r1", "cust.declaration", "CD/1", READ), Origin("r2", "cust.card", "KILB-7")),
    )
    heads = [at for at, one in enumerate(lines) if one.strip() and lines[at - 1] == ""]
    assert ["CD/1" in lines[heads[0]], "KILB-7" in lines[heads[1]]] == [True, True]
    assert "as of" in lines[heads[0]]
    assert [one.split()[-1] for one in lines[heads[1] + 1 :]] == ["540.00", "600.00"]


def test_what_no_record_names_comes_first() -> None:
    lines = painted(
        Field("cust.name", "RATIH", "gone"), Field("cust.name", "OTHER", "r1"), origins=(Origin("r1", "x"),)
    )
    assert lines[1].strip() == "on file"
    assert [one.split()[-1] for one in lines if "name" in one] == ["RATIH", "OTHER"]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (Field("imm.ban-reason", None, sealed=Sealed("POLRI", 1, "c2VjcmV0")), "sealed ◆"),
        (Field("quota", None, band="amber"), "AMBER ▲"),
        (Field("quota", None, band="green"), "GREEN ✓"),
        (Field("quota", None), "on file, not shared"),
        (Field("quota", None, band="member"), "on file, not shared"),
    ],
)
def test_a_withheld_value_says_which_way_it_is_withheld(field: Field, words: str) -> None:
    assert painted(field)[-1].endswith(words)
    assert "c2VjcmV0" not in "".join(painted(field))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1974-08-12", "12 Aug 1974"),
        ("1974-02-30", "1974-02-30"),
        ("2026-11-20T22:02:31Z", "05:02:31"),
        ("2026-11-20T22:02:31", "2026-11-20T22:02:31"),
        ("37.9 Cel", "37.9 °C"),
        ("MYR 540.00", "MYR 540.00"),
        ("A\x1b[31m[b]B\u202e", "A[b]B"),
        (text("value.cust.state-filed"), None),
    ],
)
def test_values_are_shown_as_people_read_them(value: str, words: str | None) -> None:
    shown = value_words(value, NOW, ZONE)
    assert shown
    if words is not None:
        assert shown == words


def test_no_line_is_wider_than_its_place_and_nothing_is_lost() -> None:
    long = "word " * 40
    for width in (40, 60, 100):
        lines = painted(
            Field("cust.address", long.strip(), "r1"), origins=(Origin("r1", "cust.declaration"),), width=width
        )
        assert all(len(one) <= width for one in lines)
        assert sum(one.split().count("word") for one in lines) == 40
