"""Who has to be told of a decision, and that nobody is told what is another's."""

import pytest

from counter_tui.agencies.tellers import load_told
from counter_tui.agencies.telling import has_to_be_told
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.words import Authority, Basis, Verdict
from tests.unit.agencies.telling.tellings import MEAT, body, record, telling

CLEAR = tuple(Judgement(one, PERSON, Verdict.CLEAR, Basis.OFFICER) for one in Authority)


def told(judged: tuple[Judgement, ...], *, before: bool = False) -> set[Authority]:
    return {one for one in Authority if has_to_be_told(one, body(*judged), None, before=before)}


def test_of_a_bare_clearance_those_are_told_who_are_told_of_everybody() -> None:
    assert told(CLEAR) == {Authority.IMMIGRATION, Authority.SECURITY}


@pytest.mark.parametrize(
    ("authority", "name"),
    [
        (Authority.CUSTOMS, "cust__declaration_number"),
        (Authority.CUSTOMS, "cust__kilb_number"),
        (Authority.HEALTH, "health__colour"),
        (Authority.ANIMAL_PLANT, "ap__item"),
    ],
)
def test_who_has_a_record_to_close_is_told_too(authority: Authority, name: str) -> None:
    assert has_to_be_told(authority, body(*CLEAR), record(authority, **{name: "1"}), before=False)
    assert not has_to_be_told(authority, body(*CLEAR), record(authority, x__y="1"), before=False)


def test_who_was_told_before_hears_how_it_went_on() -> None:
    assert told(CLEAR, before=True) == set(Authority)


def test_a_verdict_that_is_no_bare_clearance_is_told() -> None:
    pending = (*CLEAR[:2], Judgement(Authority.HEALTH, PERSON, Verdict.PENDING, Basis.RULE), *CLEAR[3:])
    assert told(pending) == {Authority.IMMIGRATION, Authority.HEALTH, Authority.SECURITY}


def test_who_gave_no_verdict_in_an_entry_is_not_told_of_it() -> None:
    held = Judgement(Authority.CUSTOMS, MEAT, Verdict.HOLD, Basis.OFFICER, "hold.goods")
    assert told((held,), before=True) == {Authority.CUSTOMS}


@pytest.mark.parametrize("authority", Authority)
def test_nobody_is_told_another_authority_s_verdict(authority: Authority) -> None:
    said = telling(authority)
    assert {judged.authority for judged in said.verdicts} == {authority}
    others = {"isolate", "banned-product", "cond.duty-paid"} - {judged.reason for judged in said.verdicts}
    message = load_told(authority).write(said).decode()
    assert not [word for word in others if word in message]


@pytest.mark.parametrize("authority", Authority)
def test_who_crossed_is_told_only_where_the_agreement_opens_it(authority: Authority) -> None:
    assert "WIJAYA" in load_told(authority).write(telling(authority)).decode()
    message = load_told(authority).write(telling(authority, shares=False)).decode()
    assert "WIJAYA" not in message
    assert "1990-05-01" not in message
    assert "X1234567" in message
