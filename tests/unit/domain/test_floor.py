"""The offline floor: who may be cleared from what is old, what is attested then, and what is never covered."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_tui import settings
from counter_tui.domain.crossings import Crossing
from counter_tui.domain.documents.kinds import DocumentRules
from counter_tui.domain.floor import Attest, Floor, FloorRow, FloorRules, Who, floor
from counter_tui.domain.mode import ModeState
from counter_tui.domain.screened import ScreeningState
from counter_tui.domain.sections import Section
from counter_tui.domain.view import MergedView, merge
from counter_tui.domain.words import Agency, Authority, Direction, SourceState
from counter_tui.settings_floor import load_floor

from .build import NOW, POST, RULES, contribution, crossing, officer, section

SHIPPED = load_floor(settings.load_documents())
DECLARED = ModeState(("ENT-3/1",), NOW, "link", reaches=True)
ALL = frozenset(Attest)
HOUR = timedelta(hours=1)


def cached(hours: float = 0, *, lists: float | None = None, held: bool = True, **who: object) -> MergedView:
    """A traveller whose sections are so old, or not held at all; `lists` of immigration and security likewise."""
    source = SourceState.CACHED if held else SourceState.NOT_CHECKED
    sections = tuple(section(a, source=source, age=hours * HOUR) for a in Authority)
    return seen(sections, lists, **who)


def seen(sections: tuple[Section, ...], lists: float | None, **who: object) -> MergedView:
    owners = (Authority.IMMIGRATION, Authority.SECURITY)
    oldest = () if lists is None else tuple((a, NOW - lists * HOUR) for a in owners)
    state = ScreeningState(stale=owners if lists is not None and lists > 24 else (), oldest=oldest)
    of = crossing("IDN", **who) if who.pop("citizen", True) else crossing("MYS", **who)  # type: ignore[arg-type]
    risk = replace(RULES.risk, stale_after=tuple((a, HOUR) for a in Authority))
    return merge(of, sections, (), POST, replace(RULES, risk=risk), NOW, state)


def test_what_is_fresh_asks_for_nothing() -> None:
    found = floor(cached(0.5), SHIPPED, NOW)
    assert (found.may_clear, found.leans, found.attests_needed, found.caps) == (True, (), (), ())


def test_within_hours_the_officer_attests_and_clears() -> None:
    view = cached(3, lists=3)
    found = floor(view, SHIPPED, NOW)
    assert found.attests_needed == (Attest.DOCUMENT, Attest.THERMAL, Attest.ORAL)
    assert found.why == ("floor.attest",)
    assert floor(view, SHIPPED, NOW, attested=frozenset({Attest.DOCUMENT})).missing == (Attest.THERMAL, Attest.ORAL)
    assert floor(view, SHIPPED, NOW, attested=ALL).may_clear


def test_what_grows_too_old_is_capped_by_itself_and_the_mode_reaches_further() -> None:
    view = cached(8, lists=8)
    assert floor(view, SHIPPED, NOW, attested=ALL).why == ("floor.declare",)
    assert floor(view, SHIPPED, NOW, DECLARED, ALL).may_clear


def test_a_mode_that_is_disputed_reaches_no_further() -> None:
    disputed = replace(DECLARED, reaches=False, disputed=True)
    assert floor(cached(8, lists=8), SHIPPED, NOW, disputed, ALL).why == ("floor.declare",)


def test_lists_that_are_too_old_cap_whatever_the_sections_are() -> None:
    found = floor(cached(3, lists=30), SHIPPED, NOW, DECLARED, ALL)
    assert found.why == ("floor.capped",)
    assert [(cap.authority, cap.words.code) for cap in found.caps] == [(Authority.SECURITY, "floor.cap.list")]
    assert floor(cached(3, lists=23), SHIPPED, NOW, DECLARED, ALL).may_clear


def test_a_citizen_of_whom_nothing_is_held_comes_home_and_a_foreigner_does_not() -> None:
    assert floor(cached(held=False, lists=8), SHIPPED, NOW, DECLARED, ALL).may_clear
    found = floor(cached(held=False, lists=8, citizen=False), SHIPPED, NOW, DECLARED, ALL)
    assert {cap.authority for cap in found.caps} == {Authority.IMMIGRATION, Authority.SECURITY}
    assert {cap.words.code for cap in found.caps} == {"floor.cap.unheld"}


def test_a_minor_is_cleared_with_who_they_travel_with() -> None:
    young = cached(8, lists=8, birth=date(2015, 5, 1))
    found = floor(young, SHIPPED, NOW, DECLARED)
    assert Attest.GUARDIAN in found.attests_needed
    assert not floor(young, SHIPPED, NOW, DECLARED, ALL - {Attest.GUARDIAN}).may_clear
    assert floor(young, SHIPPED, NOW, DECLARED, ALL).may_clear


def test_who_is_of_no_kind_is_never_covered() -> None:
    nobody = replace(SHIPPED, whos=())
    found = floor(cached(3, lists=3), nobody, NOW, DECLARED, ALL)
    assert {cap.words.code for cap in found.caps} == {"floor.cap.who"}
    assert found.why == ("floor.capped",)


def test_two_people_loosen_an_authoritys_limit_and_no_others() -> None:
    view = cached(30, lists=8, citizen=False)
    capped = {cap.authority for cap in floor(view, SHIPPED, NOW, DECLARED, ALL).caps}
    assert capped == {Authority.IMMIGRATION, Authority.SECURITY}
    one = replace(DECLARED, loosened=((Authority.IMMIGRATION, 48 * 60),))
    assert {cap.authority for cap in floor(view, SHIPPED, NOW, one, ALL).caps} == {Authority.SECURITY}
    both = replace(one, loosened=(*one.loosened, (Authority.SECURITY, 48 * 60)))
    assert floor(view, SHIPPED, NOW, both, ALL).may_clear


def test_a_band_that_would_not_be_green_anyway_is_not_covered() -> None:
    sections = tuple(section(a, source=SourceState.CACHED, age=3 * HOUR) for a in Authority if a != Authority.CUSTOMS)
    found = section(Authority.CUSTOMS, contribution(Authority.CUSTOMS, points=40), source=SourceState.CACHED)
    assert floor(seen((*sections, found), 3), SHIPPED, NOW, DECLARED, ALL).why == ("green.band",)


def test_only_an_authoritys_own_officer_vouches_for_what_is_not_live() -> None:
    found = floor(cached(3, lists=3), SHIPPED, NOW, attested=ALL)
    assert found.why_not(officer()) == ()
    assert found.why_not(officer(Agency.IMMIGRATION)) == ("floor.not-yours",)
    fresh = floor(cached(0.5), SHIPPED, NOW)
    assert fresh.why_not(officer(Agency.IMMIGRATION)) == ("floor.not-yours",)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("held", [True, False])
def test_the_older_the_sources_the_fewer_are_cleared(direction: Direction, *, held: bool) -> None:
    for citizen in (True, False):
        cleared = [
            floor(
                cached(h, lists=h, held=held, citizen=citizen, direction=direction), SHIPPED, NOW, mode, ALL
            ).may_clear
            for mode in (DECLARED, ModeState())
            for h in (2, 6, 11, 20, 30, 80, 200)
        ]
        for mode in (cleared[:7], cleared[7:]):
            assert mode == sorted(mode, reverse=True)
        assert all(wide or not narrow for wide, narrow in zip(cleared[:7], cleared[7:], strict=True))
        assert not cleared[6]


def test_without_what_is_attested_nobody_is_cleared_from_what_is_not_fresh() -> None:
    for hours in (2, 6, 11, 20):
        for needed in Attest:
            found = floor(cached(hours, lists=hours), SHIPPED, NOW, DECLARED, ALL - {needed})
            assert found.may_clear is (needed not in found.attests_needed)


def rules(*rows: FloorRow, documents: DocumentRules = SHIPPED.documents) -> FloorRules:
    return FloorRules("1", (Who("anybody", frozenset({"passport"})),), rows, documents)


def test_the_first_row_that_reaches_says_what_is_attested() -> None:
    row = FloorRow("near", frozenset({"anybody"}), Authority.SECURITY, 120, 120, frozenset({Attest.DOCUMENT}))
    far = replace(row, id="far", minutes=600, attests=frozenset({Attest.ORAL}))
    sections = tuple(
        section(a, source=SourceState.CACHED, age=3 * HOUR) if a is Authority.SECURITY else section(a)
        for a in Authority
    )
    found: Floor = floor(seen(sections, None), rules(row, far), NOW)
    assert found.attests_needed == (Attest.ORAL,)
    assert found.leans == (Authority.SECURITY,)


def test_a_crossing_without_a_known_age_fits_nobody() -> None:
    of: Crossing = crossing("IDN")
    unknown = replace(
        of, document=replace(of.document, birth=replace(of.document.birth, year=None, month=None, day=None))
    )
    assert SHIPPED.find_who(of, citizen=True) is not None
    assert SHIPPED.find_who(unknown, citizen=True) is None


def test_an_agency_that_has_not_signed_covers_nobody_and_that_is_said() -> None:
    unsigned = SHIPPED.without((Agency.CUSTOMS,))
    found = floor(cached(3, lists=3), unsigned, NOW, DECLARED, ALL)
    assert [(cap.authority, cap.words.code, cap.declared) for cap in found.caps] == [
        (Authority.CUSTOMS, "floor.cap.unsigned", False)
    ]
    assert (found.why, found.version) == (("floor.capped",), f"{SHIPPED.version}!customs")
    everything = floor(cached(3, lists=3), SHIPPED.without((Agency.IMMIGRATION,)), NOW, DECLARED, ALL)
    assert {cap.words.as_dict()["owner"] for cap in everything.caps} == {"immigration"}
    loosened = replace(DECLARED, loosened=((Authority.CUSTOMS, 48 * 60),))
    assert not floor(cached(3, lists=3), unsigned, NOW, loosened, ALL).may_clear
