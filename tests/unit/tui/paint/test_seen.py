"""What the outbox shows of the agencies' answers: the entry's state, and beside each verdict who has seen it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from rich.cells import cell_len

from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.seen import AgencyAnswer, Seen
from counter_tui.domain.words import Authority, Basis, DeliveryState, Verdict
from counter_tui.tui.paint.journal import delivery, outbox_detail, refusal
from counter_tui.workstation.news import OutboxLine
from tests.unit.tui.paint.travellers import NOW, ZONE, outbox

TOLD = (Authority.IMMIGRATION, Authority.CUSTOMS, Authority.SECURITY)
HOSTILE = "BC-26-000812\x1b[2J[bold]\u202e"


def answer(authority: Authority, reference: str = "", refused: str = "", *, by_hand: bool = False) -> AgencyAnswer:
    return AgencyAnswer(authority, NOW - timedelta(seconds=20), reference, refused, by_hand)


def entry(state: DeliveryState, *answers: AgencyAnswer, reason: str = "") -> OutboxLine:
    judged = tuple(
        Judgement(one, PERSON, Verdict.CLEAR, Basis.OFFICER, "clear.checked") for one in (*TOLD, Authority.HEALTH)
    )
    return replace(outbox(1)[0], state=state, judgements=judged, seen=Seen(TOLD, answers), reason=reason)


def test_partly_seen_says_by_how_many() -> None:
    assert delivery(entry(DeliveryState.RECEIVED, answer(Authority.CUSTOMS))).plain == "seen by 1 of 3 …"
    assert delivery(entry(DeliveryState.RECEIVED)).plain == "received ✓"
    all_ = [answer(one) for one in TOLD]
    assert delivery(entry(DeliveryState.SEEN, *all_)).plain == "seen by the agency ✓"


def test_a_refusal_names_the_agency_and_its_code_in_words_where_there_are_some() -> None:
    own = entry(DeliveryState.REFUSED, answer(Authority.CUSTOMS, refused="CARD-CLOSED\x1b"), reason="customs: x")
    assert "\x1b" not in delivery(own).plain
    assert "customs: CARD-CLOSED" in refusal(own)
    known = entry(DeliveryState.REFUSED, answer(Authority.CUSTOMS, refused="REAL_RECORD"), reason="customs: x")
    assert "REAL_RECORD" not in delivery(known).plain
    window = replace(outbox(4)[3], seen=None)
    assert refusal(window) == delivery(window).plain.removeprefix("refused because ")


@pytest.mark.parametrize("width", [40, 77, 117])
def test_beside_each_verdict_stands_what_its_agency_said(width: int) -> None:
    answers = (answer(Authority.IMMIGRATION, HOSTILE), answer(Authority.SECURITY, refused="NO", by_hand=True))
    lines = [part.plain for part in outbox_detail(entry(DeliveryState.RECEIVED, *answers), NOW, ZONE, width)]
    assert all(cell_len(line) <= width for line in lines)
    assert not any(sign in line for sign in ("\x1b", "\u202e") for line in lines)
    if width > 40:
        immigration, customs, security, health = lines
        assert "seen 05:1" in immigration
        assert "BC-26-000812" in immigration
        assert customs.endswith("not seen yet …")
        assert "NO ■" in security
        assert "seen" not in health  # nobody had to tell health


def test_what_came_by_file_says_so() -> None:
    lines = outbox_detail(
        entry(DeliveryState.RECEIVED, answer(Authority.CUSTOMS, "BC-1", by_hand=True)), NOW, ZONE, 117
    )
    assert "(by file) ✓" in lines[1].plain


def test_an_authority_with_several_verdicts_answers_once() -> None:
    twice = entry(DeliveryState.SEEN, *(answer(one, "R") for one in TOLD))
    twice = replace(twice, judgements=(*twice.judgements[:1], *twice.judgements))
    lines = [part.plain for part in outbox_detail(twice, NOW, ZONE, 117)]
    assert [line.count("seen 05:") for line in lines] == [1, 0, 1, 1, 0]
