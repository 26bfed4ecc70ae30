"""What the next officer is told of earlier crossings, and what never."""

from dataclasses import replace
from datetime import timedelta

from counter_tui.domain.acts import Act
from counter_tui.domain.joint.deeds import Correction, Why
from counter_tui.domain.outcome import Judgement
from counter_tui.domain.repeats import attempts, with_attempts
from counter_tui.domain.words import Authority, Basis, Verdict
from tests.unit.domain.build import NOW, PERSON, acted, sections

SILENT = "hold.protect"


def said(verdict: Verdict, reason: str, *more: Judgement, number: int = 1) -> Act:
    own = Judgement(Authority.IMMIGRATION, PERSON, verdict, Basis.OFFICER, reason)
    (act,) = acted([own, *more])
    return replace(act, id=f"ENT-3/{number}", thread=f"x{number}", at=NOW - timedelta(days=number))


def feeds(code: str) -> bool:
    return code != SILENT


def test_what_an_officer_said_is_told_the_newest_first() -> None:
    acts = [said(Verdict.REFUSE, "refuse.ground-b", number=n) for n in (2, 1, 3)]
    found = attempts(acts, feeds)
    assert [one.at for one in found] == [NOW - timedelta(days=n) for n in (1, 2, 3)]
    assert attempts(reversed(acts), feeds) == found
    immigration = next(s for s in with_attempts(sections(), found) if s.authority is Authority.IMMIGRATION)
    assert [fact.code for fact in immigration.facts] == ["fact.earlier", "fact.earlier", "fact.earlier-more"]
    assert immigration.facts[0].as_dict()["reason"] == "refuse.ground-b"
    assert not immigration.contributions, "it weighs nothing"


def test_nothing_of_a_crossing_is_told_that_has_a_reason_which_is_not() -> None:
    also = Judgement(Authority.SECURITY, PERSON, Verdict.HOLD, Basis.OFFICER, SILENT)
    assert attempts([said(Verdict.REFER, "refer.interview", also)], feeds) == ()
    assert len(attempts([said(Verdict.REFER, "refer.interview", also), said(Verdict.HOLD, "h", number=2)], feeds)) == 1


def test_what_was_cleared_ruled_or_taken_back_is_not() -> None:
    cleared = said(Verdict.CLEAR, "clear.checked")
    ruled = Judgement(Authority.CUSTOMS, PERSON, Verdict.HOLD, Basis.RULE, "x")
    held = said(Verdict.HOLD, "hold.document", number=2)
    back = Act("ENT-3/9", "correction", "x2", "siti", NOW, Correction(held.id, Why.PERSON), (held.id,))
    assert attempts([cleared, said(Verdict.CLEAR, "c", ruled, number=3), held, back], feeds) == ()
