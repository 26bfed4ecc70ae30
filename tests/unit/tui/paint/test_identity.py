"""Who this is, whatever the name holds."""

from dataclasses import replace
from datetime import date

import pytest

from counter_tui.domain.crossings import Crossing, Group, GroupKind
from counter_tui.domain.documents import PartialDate
from counter_tui.domain.documents.model import EntryMethod
from counter_tui.domain.words import Direction
from counter_tui.tui.paint.identity import identity, kind_of
from tests.unit.tui.paint.travellers import NOW, ZONE, border_pass, crossing, named, passport

HOSTILE = {
    "long": ("WIJAYAKUSUMANINGRAT SASTRODININGRAT", "RADEN MAS SOERYO ADHI KUSUMO NINGRAT PUTRA"),
    "cjk": ("陈", "伟强"),
    "arabic": ("محمد", "عبد الرحمن"),
    "markup": ("[bold red]RED[/]", "[@click=app.quit]quit[/]"),
    "escape": ("\x1b[31mRED\x1b[0m", "\x1b]0;title\x07NAME"),
    "bidi": ("\u202eDESREVER\u202c", "A\u200bB"),
    "lines": ("ONE\nTWO", "THREE\tFOUR"),
    "none": ("", ""),
}


def lines(of: Crossing, width: int = 80) -> list[str]:
    return [line.plain for line in identity(of, NOW, ZONE, width)]


def test_three_lines_say_who_this_is() -> None:
    assert lines(crossing()) == [
        " RAHMAN, ABDUL BIN HASSAN                          M   12 Aug 1974 (52)     MYS ",
        " PASSPORT MYS A12345678  MRZ read                               exp 03 Mar 2029 ",
        " ENTRY · alone · TRAINING",
    ]


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("kind", HOSTILE)
def test_no_name_moves_the_columns_or_brings_anything_in(kind: str, width: int) -> None:
    painted = identity(crossing(named(*HOSTILE[kind])), NOW, ZONE, width)
    first = painted[0]
    assert first.cell_length == width
    assert first.plain.endswith("M   12 Aug 1974 (52)     MYS ")
    assert all(character.isprintable() for line in painted for character in line.plain)
    assert not any("\u202e" in line.plain or "\x1b" in line.plain for line in painted)


def test_markup_in_a_name_is_shown_and_not_followed() -> None:
    painted = identity(crossing(named(*HOSTILE["markup"])), NOW, ZONE, 120)
    assert "[BOLD RED]RED[/]" in painted[0].plain
    assert not any("click" in str(span.style) for span in painted[0].spans)


def test_a_long_name_keeps_both_ends() -> None:
    first = lines(crossing(named(*HOSTILE["long"])))[0]
    assert first.startswith(" WIJAYAKUSUMANINGRAT")
    assert "…" in first
    assert "PUTRA  " in first


@pytest.mark.parametrize(
    ("expiry", "shown"),
    [
        (date(2026, 11, 20), "EXPIRED 20 Nov 2026 "),
        (date(2026, 11, 21), "exp 21 Nov 2026 "),
        (date(2027, 9, 1), "  exp 01 Sep 2027 "),
    ],
)
def test_validity_warns_in_words(expiry: date, shown: str) -> None:
    assert lines(crossing(passport(expiry=expiry)))[1].endswith(shown)


def test_a_document_without_expiry_says_so() -> None:
    assert lines(crossing(replace(passport(), expiry=None)))[1].endswith("no expiry date ")


def test_a_keyed_document_says_so() -> None:
    assert lines(crossing(border_pass()))[1].startswith(" DOCUMENT IDN AB 123456  keyed by hand")


@pytest.mark.parametrize(("method", "said"), [("keyed-checked", "keyed, checked"), ("keyed-known", "keyed, confirmed")])
def test_what_was_keyed_and_confirmed_says_so(method: EntryMethod, said: str) -> None:
    known = replace(border_pass(), entry_method=method, kind="plb")
    assert lines(crossing(known))[1].startswith(f" kind.plb.short IDN AB 123456  {said}")


def test_a_minor_without_guardian_stands_out() -> None:
    child = replace(passport(), birth=PartialDate(2015, 1, 1))
    assert "MINOR · alone · no guardian named" in lines(crossing(child))[2]
    family = Group("f", GroupKind.FAMILY, "FAUZI", 3)
    with_mother = crossing(child, group=family, guardian="IDN:X1204418")
    assert "MINOR · family FAUZI, 3 travellers · guardian IDN X1204418" in lines(with_mother)[2]


def test_direction_and_training_are_said() -> None:
    assert lines(crossing(direction=Direction.EXIT))[2] == " EXIT · alone · TRAINING"
    assert "TRAINING" not in lines(crossing(training=False))[2]


@pytest.mark.parametrize(
    ("code", "kind"), [("P", "PASSPORT"), ("PD", "DIPLOMATIC PASSPORT"), ("ID", "ID CARD"), ("V", "VISA")]
)
def test_kinds_of_documents(code: str, kind: str) -> None:
    assert kind_of(replace(passport(), code=code)) == kind
