"""The joint band in words: what weighs, what is sealed or not known, what would change it."""

from dataclasses import replace

import pytest

from counter_tui.domain.risk import Change, Held, Unjudged
from counter_tui.domain.sections import Contribution
from counter_tui.domain.texts import text
from counter_tui.domain.view import MergedView
from counter_tui.domain.words import Authority, Band, Verdict
from counter_tui.tui.paint.details import why
from counter_tui.tui.paint.following import against_line
from counter_tui.tui.paint.joint import joint_line, joint_lines, named, weight
from counter_tui.tui.paint.panels import Panels
from tests.unit.tui.paint.travellers import JOINT, NOW, PERSON, ZONE, amina, green, sealed, unanswered

ROW = Contribution("risk/night", Authority.CUSTOMS, PERSON, Verdict.CLEAR, Band.GREEN, "", "risk 1", 7)


def joint(of: MergedView, width: int = 80, most: int = 3) -> list[str]:
    return [line.plain.rstrip() for line in joint_lines(of, frozenset(), width, most)]


def full(of: MergedView, width: int = 78) -> str:
    return "\n".join(line.plain.rstrip() for line in why(Panels(of, JOINT, NOW, ZONE), width))


def with_risk(of: MergedView, **changed: object) -> MergedView:
    return replace(of, risk=replace(of.risk, **changed))  # type: ignore[arg-type]


def test_what_has_no_room_beside_the_reasons_goes_below_and_then_what_would_change_it() -> None:
    assert joint(amina()) == [
        " JOINT   AMBER ▲ 42   +40 3 kg pork (3)   +10 RM 540 of 600 used (2)      w why",
        "         too old (4)",
        "         GREEN 10 without 3 kg pork (3), if 4 answers with nothing",
    ]
    assert joint(amina(), most=2)[1] == "         GREEN 10 without 3 kg pork (3), if 4 answers with nothing"
    assert len(joint(amina(), most=1)) == 1


def test_what_has_room_stays_in_one_line() -> None:
    assert joint(amina(), width=100) == [
        " JOINT   AMBER ▲ 42   +40 3 kg pork (3)   +10 RM 540 of 600 used (2)   too old (4)            w why",
        "         GREEN 10 without 3 kg pork (3), if 4 answers with nothing",
    ]


def test_sealed_names_whom_to_ask_and_gives_no_points() -> None:
    said = joint(sealed())
    assert said[0].startswith(" JOINT   RED ■ 0   Sealed: supervisor of security (4)")
    assert "+" not in said[0]
    assert "Sealed: supervisor of security · keep the document" in full(sealed())


def test_a_green_traveller_has_one_line() -> None:
    assert len(joint(green())) == 1
    assert "nothing stands against this traveller" in joint(green())[0]


def test_only_three_reasons_are_named_and_the_others_counted() -> None:
    many = [replace(ROW, id=f"n{n}", points=n) for n in range(9, 4, -1)]
    said = joint(with_risk(green(), reasons=tuple(many)), width=120)[0]
    assert [part for part in said.split() if part.startswith("+")] == ["+9", "+8", "+7", "+2"]


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_every_width_is_kept(width: int) -> None:
    for of in (amina(), sealed(), unanswered(), green()):
        assert all(line.cell_length <= width for line in joint_lines(of, frozenset(), width, 3)[:1])
        assert joint_line(of, frozenset(), width).cell_length <= width


def test_a_row_of_the_rules_says_itself_and_on_which_basis() -> None:
    held = Held(ROW.id, text("finding.plant.pork", kg=3), "customs", "UU 8/2010")
    of = with_risk(green(), reasons=(ROW,), rows=(held,))
    assert named(ROW, of) == "3 kg pork"
    assert "+7  3 kg pork: banned (ASF) (UU 8/2010)" in full(of)


def test_a_row_that_says_nothing_is_counted_and_told_in_full() -> None:
    broken = Unjudged("post.broken", Authority.CUSTOMS, text("condition.not-cel"))
    waits = Unjudged("post.waits", Authority.CUSTOMS, text("condition.no-value", names="x"), Authority.HEALTH)
    of = with_risk(green(), unjudged=(broken, waits), band=Band.AMBER)
    assert "rules not evaluated: 1" in joint(of)[0]
    assert "? rule post.broken cannot be evaluated: condition.not-cel" in full(of)
    assert "? rule post.waits waits for health" in full(of)


def test_rules_that_are_loading_are_said() -> None:
    of = with_risk(green(), loading=True)
    assert "risk rules are loading" in joint(of)[0]
    assert "nothing stands against" not in joint(of)[0]
    assert "risk rules are loading" in full(of)


def test_of_what_is_shared_as_a_band_one_counts_and_what_is_sealed_shows_its_band() -> None:
    banded = [replace(ROW, id=f"b{n}", banded=True, points=30, band_floor=Band.AMBER) for n in range(2)]
    hidden = replace(ROW, id="s", points=None, band_floor=Band.RED)
    of = with_risk(green(), reasons=(*banded, hidden, ROW))
    assert [weight(c, of) for c in of.risk.reasons] == ["+0", "+30", "RED", "+7"]


def test_what_would_change_it_in_full() -> None:
    of = with_risk(
        amina(),
        changes=(
            Change(Band.GREEN, 4, (), (Authority.SECURITY,)),
            Change(Band.GREEN, 9, ("risk/post.broken",)),
        ),
    )
    assert "GREEN 4 if security (4) answers with nothing" in full(of)
    assert "GREEN 9 without rule post.broken" in full(of)
    assert "an answer of security (4) could also raise it" in full(of)
    assert "many of these would have to fall away together" in full(with_risk(amina(), changes=()))


def test_how_old_the_sources_are_stands_with_the_score() -> None:
    assert "sources: 1 immigration 05:02 · 2 customs 05:02 · 3 health 05:02" in full(amina())
    assert "4 security NOT CHECKED" in full(unanswered()).replace("\n", " ")


def test_one_key_waits_for_the_rules_and_says_so() -> None:
    assert (
        "one key does not clear: risk rules are loading"
        in against_line(with_risk(green(), loading=True), JOINT, 80).plain
    )
