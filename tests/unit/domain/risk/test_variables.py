"""What conditions can ask, and what they cannot."""

from dataclasses import replace
from datetime import timedelta

from counter_tui.domain.crossings import Crossing, Group, GroupKind
from counter_tui.domain.documents.dates import PartialDate
from counter_tui.domain.risk.values import MOST_CONTRIBUTIONS, Value, values
from counter_tui.domain.risk.variables import VARIABLES, owner_of
from counter_tui.domain.screened import ScreeningState
from counter_tui.domain.sections import Contribution, Subject
from counter_tui.domain.words import Authority, Band, SourceState, SubjectKind, Verdict
from tests.unit.domain.build import NOW, POST, contribution, crossing, section
from tests.unit.domain.risk.build import rules, whole

TYPES = {"int": int, "bool": bool, "string": str, "list": list}


def of(
    *contributions: Contribution, crossed: Crossing | None = None, absent: tuple[Authority, ...] = ()
) -> dict[str, Value]:
    return values(crossed or crossing(), whole(*contributions, absent=absent), rules(), POST.country, NOW)


def test_every_variable_is_documented_and_of_its_type() -> None:
    found = of(contribution(Authority.CUSTOMS))
    assert found.keys() == VARIABLES.keys()
    assert {n for n, v in found.items() if type(v) is not TYPES[VARIABLES[n].type]} == set()
    assert all(variable.tells for variable in VARIABLES.values())


def test_no_variable_tells_who_somebody_is_or_where_they_are_from() -> None:
    forbidden = (
        "nation",
        "name",
        "sex",
        "gender",
        "birth_place",
        "issu",
        "state",
        "ethnic",
        "relig",
        "country",
        "race",
    )
    assert [n for n in VARIABLES if any(word in n for word in forbidden)] == []
    assert of(crossed=crossing("MYS")) == of(crossed=crossing("SGP")) == of(crossed=crossing("PAK"))
    other = replace(crossing().document, surname="WIBOWO", given_names="A", sex="F", number="Z1")
    assert of(crossed=replace(crossing(), document=other)) == of()


def test_an_unknown_birth_date_is_no_age() -> None:
    unknown = replace(crossing().document, birth=PartialDate(None))
    found = of(crossed=replace(crossing(), document=unknown))
    assert found["age_known"] is False
    assert "age" not in found


def test_the_hour_is_the_posts_own() -> None:
    opened = NOW.replace(hour=23, minute=59)
    assert of(crossed=replace(crossing(), opened_at=opened))["hour"] == 23


def test_a_group_is_known_by_its_kind_and_its_headcount() -> None:
    bus = replace(crossing(), group=Group("g", GroupKind.BUS, "SJS", 20), guardian="k")
    found = of(crossed=bus)
    assert (found["group_kind"], found["group_size"], found["guardian"]) == ("bus", 20, True)
    assert (of()["group_kind"], of()["group_size"], of()["guardian"]) == ("", 1, False)


def test_of_an_authority_that_is_not_checked_only_that_is_known() -> None:
    found = of(absent=(Authority.CUSTOMS,))
    assert [n for n in found if owner_of(n) is Authority.CUSTOMS] == ["customs_source"]
    assert found["customs_source"] == "not_checked"
    assert found["not_checked"] == 1


def test_an_authority_in_numbers() -> None:
    goods = Subject(SubjectKind.GOODS, "goods")
    found = of(
        contribution(Authority.CUSTOMS, Verdict.HOLD, 35, action="hold", floor=Band.RED),
        contribution(Authority.CUSTOMS, Verdict.REFER, 10, action="refer", subject=goods),
    )
    assert {n.removeprefix("customs_"): v for n, v in found.items() if n.startswith("customs_")} == {
        "source": "live",
        "age": 0,
        "score": 45,
        "band": "RED",
        "actions": ["hold", "refer"],
        "verdicts": ["HOLD", "REFER"],
        "worst": "HOLD",
        "count": 2,
    }
    assert (found["findings"], found["holds"], found["authorities_amber"]) == (2, 1, 1)


def test_ages_are_whole_minutes_and_never_before_now() -> None:
    def age(before: timedelta) -> object:
        sections = [section(a, source=SourceState.CACHED, age=before) for a in Authority]
        return values(crossing(), sections, rules(), POST.country, NOW)["health_age"]

    assert [age(timedelta(seconds=n)) for n in (-90, 59, 60, 119)] == [0, 0, 1, 1]


def test_lists_that_are_missing_or_old_are_counted_once() -> None:
    lists = ScreeningState(not_checked=(Authority.SECURITY,), stale=(Authority.IMMIGRATION,))
    found = values(crossing(), whole(absent=(Authority.SECURITY,)), rules(), POST.country, NOW, lists)
    assert (found["not_checked"], found["stale"]) == (1, 1)


def test_longer_lists_than_a_condition_may_search_are_not_known() -> None:
    many = [contribution(Authority.HEALTH, action=f"a{n}") for n in range(MOST_CONTRIBUTIONS + 1)]
    assert "health_actions" not in of(*many)
    assert of(*many[1:])["health_actions"] == sorted({c.action for c in many[1:]})
