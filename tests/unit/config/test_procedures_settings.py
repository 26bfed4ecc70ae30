"""The joint procedures as they ship: all scenarios, signed, and what a traveller of each calls for."""

import itertools
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.agencies.people import DemoPerson
from counter_tui.domain.procedures import Plan, PlannedStep, Procedures, plan, plan_of
from counter_tui.domain.words import AGENCY_OF, Agency, Authority
from counter_tui.errors import ConfigError
from counter_tui.settings_procedures import load_procedures, procedure_files
from counter_tui.settings_signed import signature_file

TODAY = date(2026, 11, 22)
FINDINGS = settings.load_findings()
PEOPLE = {person.id: person for person in settings.load_demo_people().persons}
NUMBERS = {*map(str, range(1, 17)), "1b"}


def compiled(procedures: Procedures) -> Procedures:
    for _ in procedures.conditions.compile():
        pass
    return procedures


SHIPPED = compiled(load_procedures(demo=True))


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "config"
    shutil.copytree(settings.config_folder(), folder, ignore=shutil.ignore_patterns("locales", "lists"))
    monkeypatch.setenv("COUNTER_CONFIG", str(folder))
    return folder / "procedures"


def values_of(person: DemoPerson, *more: str) -> dict[str, bool | int | str | list[str]]:
    """What conditions ask of a traveller about whom these findings are known, all authorities having answered."""
    rules = [FINDINGS.get(code) for code in (*(person.finds or ()), *more)]
    actions = {f"{a.value}_actions": sorted({r.action for r in rules if r.authority is a}) for a in Authority}
    citizen = (person.nationality or person.state) == "IDN"
    return {"direction": person.direction.value, "citizen": citizen, "emergency_called": False, **actions}


def plan_for(person: str, *more: str) -> Plan | None:
    return plan_of(SHIPPED, values_of(PEOPLE[person], *more), TODAY)


def numbers(of: Plan | None) -> tuple[str, ...]:
    return tuple(p.number for p in of.procedures) if of else ()


def test_all_scenarios_are_there_and_each_has_what_it_must_have() -> None:
    assert {p.number for p in SHIPPED.rows} == NUMBERS
    for row in SHIPPED.rows:
        assert row.legal_basis
        assert row.owner == AGENCY_OF[row.lead]
        assert {step.authority for step in row.steps} <= {row.lead, *row.supports}, row.id
        assert row.notice is None or all((row.notice.en, row.notice.id, row.notice.ms)), row.id
        assert row.notice is not None or row.number in {"13", "15"}, row.id
        assert row.sign
        for step in row.steps:
            assert step.escalates or not step.minutes, (row.id, step.code)
            assert step.minutes or not step.blocks, (row.id, step.code)


STORIES = {
    "jose-reyes": "1",
    "sutrisno": "1b",
    "chen-guowei": "2",
    "viktor-hale": "3",
    "siti-aminah": "4",
    "rudi-hartono": "5",
    "wati": "6",
    "li-qiang": "7",
    "dana-miller": "9",
    "voon-chee-keong": "10",
    "marten-gabriel": "8",
    "yusni": "11",
    "attache": "12",
    "mak-cik-rokiah": "13",
    "bao-long": "13 15",
    "rezaul-haque": "16",
    "sok-chan": "13 15 16",
}


@pytest.mark.parametrize(("person", "number"), STORIES.items())
def test_compound_cases_call_for_their_procedure(person: str, number: str) -> None:
    assert " ".join(numbers(plan_for(person))) == number


def test_clearance_by_hand_follows_from_the_mode_and_from_no_traveller() -> None:
    assert numbers(plan_for("ahmad-fauzi")) == ()
    assert numbers(plan_for("ahmad-fauzi", "imm.manual-clearance")) == ("14",)


def test_a_called_emergency_waits_for_nobody() -> None:
    values = values_of(PEOPLE["ahmad-fauzi"]) | {"emergency_called": True}
    del values["health_actions"], values["customs_actions"]
    assert "13" in numbers(plan_of(SHIPPED, values, TODAY))


@pytest.mark.parametrize("person", ["rezaul-haque", "baharudin"])
def test_of_a_discreet_matter_the_counter_has_the_quarantine_hold_and_nothing_else(person: str) -> None:
    found = plan_for(person)
    assert numbers(found) == ("16",)
    assert found is not None
    said = {step.step.authority for step in found.steps} | {sign.agency for sign in found.procedures[0].sign}
    assert said == {Authority.ANIMAL_PLANT, Authority.IMMIGRATION, Agency.QUARANTINE}
    assert "security_actions" not in found.procedures[0].when


def test_an_authority_that_is_not_checked_leaves_open_what_waits_for_it() -> None:
    values = values_of(PEOPLE["jose-reyes"])
    del values["health_actions"]
    known = plan_of(SHIPPED, values, TODAY)
    assert known is not None
    assert known.procedures == ()
    waiting = {u.number: u.waits_for for u in known.unjudged}
    assert waiting["1"] == (Authority.HEALTH,)
    assert "1b" not in waiting, "no foreigner is a citizen, whatever health says"
    assert "4" not in waiting


def test_before_its_first_day_no_procedure_applies() -> None:
    assert plan_of(SHIPPED, values_of(PEOPLE["jose-reyes"]), date(2026, 10, 31)) is None


# -- signatures -------------------------------------------------------------------------------------------------------


def test_all_are_signed_in_the_demo_and_none_at_a_real_post_with_the_key_that_ships() -> None:
    assert SHIPPED.unsigned == {}
    assert load_procedures(demo=False).unsigned == {row.id: row.signers for row in SHIPPED.rows}


def test_a_changed_file_is_not_gone_by_and_says_so(own: Path) -> None:
    file = own / "sop1.toml"
    file.write_text(file.read_text("utf-8").replace("minutes = 30", "minutes = 3000", 1), "utf-8")
    changed = compiled(load_procedures(demo=True))
    assert changed.unsigned == {"sop1": (Agency.IMMIGRATION, Agency.QUARANTINE)}
    found = plan_of(changed, values_of(PEOPLE["jose-reyes"]), TODAY)
    assert found is not None
    assert found.steps == ()
    assert [(u.id, u.why.code) for u in found.unjudged] == [("sop1", "plan.not-signed")]
    assert plan_of(changed, values_of(PEOPLE["ahmad-fauzi"]), TODAY) is None


@pytest.mark.parametrize("spoil", ["gone", "one-short", "renamed", "other-file", "garbage"])
def test_signatures_that_do_not_hold_name_whose(own: Path, spoil: str) -> None:
    mine = signature_file(own / "sop4.toml")
    lines = mine.read_text("utf-8").splitlines()
    missing: tuple[Agency, ...] = (Agency.IMMIGRATION, Agency.CUSTOMS, Agency.QUARANTINE)
    if spoil == "gone":
        mine.unlink()
    elif spoil == "one-short":
        mine.write_text("\n".join(one for one in lines if "customs" not in one), "utf-8")
        missing = (Agency.CUSTOMS,)
    elif spoil == "renamed":  # one agency's signature serves for no other
        mine.write_text("\n".join(one.replace('"customs"', '"immigration"') for one in lines), "utf-8")
        missing = (Agency.CUSTOMS,)
    elif spoil == "other-file":
        shutil.copy(signature_file(own / "sop9.toml"), mine)
    else:
        mine.write_bytes(b"[" * 3000 + b'\n{"key": 1}\n')
    assert load_procedures(demo=True).unsigned == {"sop4": missing}


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('rank = "CONTAGION"', 'rank = "URGENT"', "config.wrong-value", "rank"),
        ('basis = "memory"', 'basis = "sure"', "config.wrong-value", "basis"),
        ('legal_basis = "', 'legal = "', "config.unknown-key", "legal"),
        ("lane_minutes = 2", "lane_minutes = -2", "config.wrong-value", "lane_minutes"),
        ("minutes = 30,", "minutes = 99999999,", "config.wrong-value", "step[5].minutes"),
        ('owner = "quarantine"', 'owner = "post"', "config.wrong-value", "owner"),
        ('doubt = "design"', "", "config.missing-key", "doubt"),
        ('id = "sop1"', 'id = "sop2"', "config.doubled", "sop2"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_key(own: Path, old: str, new: str, code: str, key: str) -> None:
    file = own / "sop1.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigError) as raised:
        load_procedures(demo=True)
    assert (raised.value.code, raised.value.params["key"]) == (code, key)
    assert str(raised.value.params["file"]) in {"procedures/sop1.toml", "procedures"}


def test_a_post_adds_its_own_and_the_version_tells(own: Path) -> None:
    text = (own / "sop13.toml").read_text("utf-8")
    text = text.replace('id = "sop13"', 'id = "local1"').replace('number = "13"', 'number = "L1"')
    text = text.replace('version = "2026-11-22"', 'version = "2026-12-01"')
    text += '\n[texts."procedure.local1"]\nen = "A local matter"\nid = "Hal setempat"\n'
    (own / "local.toml").write_text(text, "utf-8")
    found = load_procedures(demo=True)
    assert len(found.rows) == len(SHIPPED.rows) + 1
    assert found.version.startswith("2026-12-01+")
    assert found.unsigned == {"local1": tuple(Agency)}
    words = found.by_id["local1"].find_words("procedure.local1")
    assert words is not None
    assert words.id == "Hal setempat"


def test_no_files_are_no_procedures_and_that_is_an_error(own: Path) -> None:
    for path in procedure_files():
        path.unlink()
    with pytest.raises(ConfigError, match=r"config\.no-file"):
        load_procedures(demo=True)
    assert own.is_dir()


# -- combinations -----------------------------------------------------------------------------------------------------


def combinations() -> Iterator[tuple[str, ...]]:
    ids = sorted(SHIPPED.by_id)
    yield from itertools.combinations(ids, 2)
    yield from itertools.combinations(ids, 3)


def test_all_pairs_and_triples_lose_no_step_and_keep_every_order() -> None:
    contrary = []
    for ids in combinations():
        rows = [SHIPPED.by_id[id_] for id_ in ids]
        merged = plan(rows)
        assert plan(rows[::-1]) == merged
        places = {planned.key: at for at, planned in enumerate(merged.steps)}
        for row in rows:
            mine = [s for s in merged.steps if row.id in s.of]
            assert len(mine) == len(row.steps), (ids, row.id)
            for before, after in itertools.pairwise(row.stages):
                assert max(places[_key(mine, s.key)] for s in before) < min(places[_key(mine, s.key)] for s in after)
        contrary += [(ids, s.key) for s in merged.steps if "#" in s.key]
    assert contrary == [], "two procedures want the same step at contrary places"


def _key(planned: list[PlannedStep], key: str) -> str:
    return next(p.key for p in planned if p.key.partition("#")[0] == key)
