"""What is cleared under a delegation is named before the key is pressed, and afterwards."""

from dataclasses import replace
from datetime import date, timedelta

from counter_tui.domain.delegation import Delegation, delegated_here
from counter_tui.domain.view import MergedView
from counter_tui.domain.words import Agency, Authority, Role, Verdict
from counter_tui.tui.paint.following import green_words
from counter_tui.tui.paint.panels import items, state_of
from counter_tui.tui.paint.signs import of_verdict

from .travellers import IMMIGRATION, cached, view

NIGHT = Delegation(
    id="quarantine-night",
    version="1",
    owner=Agency.QUARANTINE,
    authorities=frozenset({Authority.HEALTH, Authority.ANIMAL_PLANT}),
    to_agencies=frozenset({Agency.IMMIGRATION}),
    to_roles=frozenset(Role),
    legal_basis="agreement",
    starts=date(2026, 11, 1),
    ends=date(2027, 4, 30),
    age=timedelta(hours=2),
)


def seen() -> MergedView:
    plain = view(cached(Authority.HEALTH), cached(Authority.ANIMAL_PLANT), officer=IMMIGRATION)
    return replace(plain, delegated=delegated_here([NIGHT], plain, IMMIGRATION, "ENT-3"))


def test_a_panel_says_that_it_is_delegated_and_until_when() -> None:
    delegated = seen()
    section = delegated.section(Authority.HEALTH)
    said = [item.text for item in items(delegated, section, IMMIGRATION)]
    assert any("delegated to you until 2027-04-30: quarantine-night" in words for words in said)
    assert state_of(delegated, section, IMMIGRATION) == of_verdict(Verdict.CLEAR)
    without = replace(delegated, delegated={})
    assert state_of(without, section, IMMIGRATION) == of_verdict(Verdict.PENDING)
    assert not any("delegated" in item.text for item in items(without, section, IMMIGRATION))


def test_the_one_key_says_for_whom() -> None:
    words = green_words(seen(), IMMIGRATION)
    assert "under delegation for" in words
    assert "under delegation" not in green_words(replace(seen(), delegated={}), IMMIGRATION)
