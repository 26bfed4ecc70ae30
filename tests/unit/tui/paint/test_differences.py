"""Sources side by side: what differs is marked where it stands and said in words; nothing is chosen between them."""

from dataclasses import replace

from counter_tui.domain.sections import Field, Origin
from counter_tui.domain.words import Authority
from counter_tui.tui.paint.differences import DIFFERS, difference_lines
from counter_tui.tui.paint.panels import Panels
from tests.unit.tui.paint.travellers import JOINT, NOW, ZONE, green


def painted(width: int = 78, **said: str) -> list[str]:
    """Of a traveller of whom immigration's record says these."""
    view, document = green(), green().crossing.document
    record = {
        "name": document.display_name,
        "birth": document.birth.iso(),
        "document": f"{document.issuing_state} {document.number}",
    } | said
    fields = tuple(Field(f"imm.{name}", value, "r1") for name, value in record.items() if value)
    sections = tuple(
        replace(s, fields=fields, origins=(Origin("r1", "imm.record", "x", NOW),))
        if s.authority is Authority.IMMIGRATION
        else replace(s, fields=())
        for s in view.sections
    )
    lines = difference_lines(Panels(replace(view, sections=sections), JOINT, NOW, ZONE), width)
    return [line.plain.rstrip() for line in lines]


def test_a_record_that_agrees_is_said_to() -> None:
    lines = painted()
    assert not any(DIFFERS in one for one in lines)
    assert "agrees" in lines[-1]


def test_what_differs_is_marked_where_it_stands() -> None:
    lines = painted(birth="1961-01-31")
    (marked,) = [one for one in lines if DIFFERS in one]
    assert f"31 Jan 1961 {DIFFERS}" in marked
    assert "immigration differs in: date of birth" in " ".join(lines)


def test_the_record_of_another_is_called_that() -> None:
    lines = painted(name="OTHER, PERSON", birth="1961-01-31", document="MYS X9999999")
    assert sum(one.count(DIFFERS) for one in lines) == 3
    assert "another person" in " ".join(lines)


def test_what_a_record_does_not_say_is_a_dash_and_differs_in_nothing() -> None:
    lines = painted(name="", document="")
    assert any(one.split() == ["immigration", "-", "as", "of", *one.split()[4:]] for one in lines)
    assert not any(DIFFERS in one for one in lines)


def test_no_line_is_too_long() -> None:
    for width in (40, 60, 100):
        assert all(len(one) <= width for one in painted(width, name="A" * 90))
