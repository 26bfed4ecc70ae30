"""Which procedures apply: known ones only, signed ones only, and what cannot be told is named."""

from dataclasses import replace
from datetime import date

from counter_tui.domain.decisions import why_not_green
from counter_tui.domain.procedures import Procedures, facts, plan_of
from counter_tui.domain.sections import Section
from counter_tui.domain.view import merge
from counter_tui.domain.words import Agency, Authority, Band, SourceState
from tests.unit.domain.build import NOW, POST, RULES, crossing, officer, sections

from .build import procedure, step

TODAY = date(2026, 11, 22)


def of(*rows: object, **unsigned: tuple[Agency, ...]) -> Procedures:
    found = Procedures(rows, "1", unsigned)  # type: ignore[arg-type]
    for _ in found.conditions.compile():
        pass
    return found


def test_those_that_hold_apply() -> None:
    found = of(procedure("a", step("x")), procedure("b", step("y"), when="!citizen"))
    known = plan_of(found, {"citizen": True}, TODAY)
    assert known is not None
    assert [p.id for p in known.procedures] == ["a"]
    assert plan_of(of(procedure("b", step("y"), when="!citizen")), {"citizen": True}, TODAY) is None


def test_what_cannot_be_evaluated_is_named_and_its_steps_are_not_gone_by() -> None:
    rows = [
        procedure("absent", step("x"), when="'isolate' in health_actions"),
        procedure("broken", step("x"), when="citizen &&"),
        procedure("kinds", step("x"), when="citizen == 'x' || direction < 3"),
        procedure("unknown", step("x"), when="nationality == 'IDN'"),
    ]
    known = plan_of(of(*rows), {"citizen": True, "direction": "entry"}, TODAY)
    assert known is not None
    assert known.steps == ()
    told = {u.id: (u.why.code, u.waits_for) for u in known.unjudged}
    assert told["absent"] == ("condition.no-value", (Authority.HEALTH,))
    assert told["broken"] == ("condition.not-cel", ())
    assert told["unknown"] == ("condition.unknown-variable", ())
    assert set(told) == {"absent", "broken", "kinds", "unknown"}


def test_a_row_that_is_broken_keeps_the_one_key_from_working_and_one_that_waits_does_not_beside() -> None:
    rules = replace(RULES, procedures=of(procedure("broken", step("x"), when="citizen &&")))
    live = sections()
    broken = merge(crossing(), live, (), POST, rules, NOW)
    assert why_not_green(broken, officer()) == ("green.procedures",)
    waiting = replace(RULES, procedures=of(procedure("w", step("x"), when="'isolate' in health_actions")))
    silent = [s if s.authority is not Authority.HEALTH else Section(s.authority, SourceState.NOT_CHECKED) for s in live]
    assert "green.procedures" not in why_not_green(merge(crossing(), silent, (), POST, waiting, NOW), officer())
    sound = replace(RULES, procedures=of(procedure("a", step("x"), when="!citizen && citizen")))
    assert why_not_green(merge(crossing(), live, (), POST, sound, NOW), officer()) == ()


def test_one_that_is_not_signed_is_named_where_it_would_apply() -> None:
    found = of(procedure("a", step("x")), a=(Agency.CUSTOMS,))
    known = plan_of(found, {"citizen": True}, TODAY)
    assert known is not None
    assert (known.procedures, known.steps) == ((), ())
    assert known.unjudged[0].why.as_dict() == {"agencies": "customs"}
    assert plan_of(found, {"citizen": False}, TODAY) is None


def test_until_conditions_are_compiled_nothing_is_known() -> None:
    assert plan_of(Procedures([procedure("a", step("x"))]), {"citizen": True}, TODAY) is None


def test_facts_of_a_subject_are_known_only_where_all_have_answered() -> None:
    live = [Section(a, SourceState.LIVE) for a in Authority]
    silent = [*live[1:], Section(Authority.IMMIGRATION, SourceState.NOT_CHECKED)]
    assert facts(crossing(), live, {}, Band.AMBER) == {
        "joint_band": "AMBER",
        "minor": False,
        "emergency_called": False,
        **{f"{k}_actions": [] for k in ("person", "document", "goods", "animal", "vehicle", "cash")},
    }
    known = {"joint_band": "AMBER", "minor": False, "emergency_called": False}
    assert facts(crossing(), silent, {}, Band.AMBER) == known
