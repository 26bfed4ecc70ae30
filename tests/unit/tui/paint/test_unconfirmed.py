"""A verdict that is to be confirmed elsewhere says so on the traveller: by whom, until when, or that it is too late."""

from dataclasses import replace
from datetime import timedelta

from counter_tui.domain.joint.state import Standing, Waiting
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.view import MergedView
from counter_tui.domain.words import Authority, Basis, Verdict
from counter_tui.tui.paint.unconfirmed import unconfirmed

from .travellers import NOW, green

ZONE = "Asia/Pontianak"


def waiting(*, late: bool = False, act: str = "ENT-3/7") -> MergedView:
    judged = Judgement(Authority.IMMIGRATION, PERSON, Verdict.REFUSE, Basis.OFFICER, "r")
    by = (NOW + timedelta(hours=3)).isoformat()
    of = green()
    joint = replace(
        of.joint, standing=(Standing(judged, "ENT-3/7"),), waiting=(Waiting(act, "budi [b]", by, late=late),)
    )
    return replace(of, joint=joint)


def test_it_says_what_by_whom_and_until_when() -> None:
    (told,) = unconfirmed(waiting(), NOW, ZONE, 100)
    assert all(word in told.plain for word in ("BY TWO ▲", "REFUSE", "TO BE CONFIRMED by budi [b] until 08:14"))
    assert len(unconfirmed(waiting(), NOW, ZONE, 40)[0].plain) <= 40
    (late,) = unconfirmed(waiting(late=True), NOW, ZONE, 100)
    assert "not confirmed by budi [b] in time" in late.plain


def test_of_a_verdict_that_stands_no_more_nothing_is_said() -> None:
    assert unconfirmed(waiting(act="ENT-3/6"), NOW, ZONE, 100) == []
    assert unconfirmed(green(), NOW, ZONE, 100) == []
