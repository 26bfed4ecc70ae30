"""What a report contributes: true points of what is open to all, else the band's fixed value, and the right band."""

from counter_tui.agencies.reporting import Report
from counter_tui.agencies.sealing import make_sealer
from counter_tui.domain.findings import FindingRule, FindingRules
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Authority, Band, SubjectKind, Verdict
from tests.contract.connecting import NOW, stranger

CUS = Authority.CUSTOMS


def rule(code: str, points: int, floor: Band, topic: str) -> FindingRule:
    return FindingRule(code, CUS, SubjectKind.GOODS, Verdict.REFER, points, floor, topic, "refer")


RULES = FindingRules(
    "1",
    {
        r.code: r
        for r in (
            rule("cust.plate", 15, Band.GREEN, "vehicle"),
            rule("cust.late", 15, Band.GREEN, "declaration"),
            rule("cust.over", 35, Band.AMBER, "quota"),
            rule("cust.before", 30, Band.AMBER, "seizures"),
            rule("cust.target", 60, Band.RED, "targeting"),
        )
    },
    open_topics=frozenset({"vehicle"}),
    fields={"cust.used": "quota", "cust.plate": "vehicle"},
)


def reported(*codes: str, sealed: str = "") -> Section:
    seal = make_sealer("customs", 1, bytes(32))
    report = Report(CUS, RULES, seal, stranger())
    for code in codes:
        report.find(code, sealed=seal(b"x") if code == sealed else None)
    report.field("cust.used", "540")
    report.field("cust.unnamed", "x")
    return report.section(NOW)


def weights(section: Section) -> list[tuple[int | None, Band, bool]]:
    return sorted(((c.points, c.band_floor, c.banded) for c in section.contributions), key=str)


def test_what_all_see_contributes_its_points_and_anything_else_its_bands_fixed_value() -> None:
    assert weights(reported("cust.plate", "cust.over")) == [(15, Band.GREEN, False), (30, Band.AMBER, True)]
    assert weights(reported("cust.target", sealed="cust.target")) == [(None, Band.RED, False)]


def test_what_adds_up_lifts_one_floor_so_that_the_band_is_right_and_no_points_show() -> None:
    assert weights(reported("cust.late")) == [(0, Band.GREEN, True)]
    assert weights(reported("cust.late", "cust.plate")) == [(15, Band.GREEN, False), (30, Band.AMBER, True)]
    lifted = weights(reported("cust.over", "cust.before"))
    assert lifted == [(30, Band.AMBER, True), (60, Band.RED, True)]


def test_what_is_sealed_adds_nothing_to_the_score_it_lifts() -> None:
    assert weights(reported("cust.late", "cust.target", sealed="cust.target")) == [
        (0, Band.GREEN, True),
        (None, Band.RED, False),
    ]


def test_a_field_bears_its_topics_band_for_who_sees_only_that() -> None:
    assert [f.band for f in reported("cust.over", "cust.target").fields] == ["amber", "green"]
    assert [f.band for f in reported("cust.target").fields] == ["green", "green"]
