import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.agencies.demo import demo_documents
from counter_tui.domain.documents import is_training, read_mrz
from counter_tui.domain.two_persons import GROUND, Matter
from counter_tui.domain.words import (
    AGENCY_OF,
    AUTHORITIES_OF,
    PANEL_OF,
    Agency,
    Authority,
    Direction,
    Role,
    SubjectKind,
    Verdict,
)
from counter_tui.errors import ConfigError
from counter_tui.settings_procedures import load_procedures
from counter_tui.settings_sharing import load_sharing
from counter_tui.settings_two_persons import load_two_persons
from scripts import catalogues

from .likely import LIKELY

CONFIG = settings.config_folder()
TODAY = date(2026, 11, 21)
FINDINGS = settings.load_findings()
SHARING = load_sharing(demo=True).on(date(2026, 11, 22))
PROCEDURES = load_procedures(demo=True).rows
REASONS = settings.load_reasons()
PEOPLE = settings.load_demo_people()
TEXTS = {language: catalogues.load(catalogues.ROOT, language) for language in ("en", "id")}
PLACEHOLDER = re.compile(r"{(\w+)}")
PANEL_LINE = 47
"""The cells that a panel's text has at 80x24."""
NOT_VERIFIED = 20
"""What the screen adds to a candidate: ` (hit, not verified)`."""


def codes() -> Iterator[str]:
    for rule in FINDINGS.rules.values():
        yield f"finding.{rule.code}"
        yield f"action.{rule.action}"
    for procedure in PROCEDURES:
        yield procedure.title
        yield from (step.code for step in procedure.steps)
    yield from (f"reason.{reason.code}" for reason in REASONS)
    for source in Path(settings.__file__).parent.joinpath("agencies").rglob("*.py"):
        yield from (f"fact.{code}" for code in re.findall(r'\.fact\(f?"([a-z.-]+)"', source.read_text("utf-8")))


def said(language: str, code: str) -> str:
    message = TEXTS[language].get(code)
    assert message is not None, f"{code} has no text in {language}"
    assert isinstance(message.string, str)
    return message.string


@pytest.mark.parametrize("code", sorted(set(codes())))
def test_every_code_has_a_text_in_both_languages(code: str) -> None:
    english, indonesian = said("en", code), said("id", code)

    assert english
    assert indonesian
    assert set(PLACEHOLDER.findall(english)) == set(PLACEHOLDER.findall(indonesian))


def test_no_text_is_of_a_finding_reason_or_step_that_is_gone() -> None:
    kinds = ("finding.", "action.", "procedure.", "step.", "reason.", "fact.")
    kept = {str(message.id) for message in TEXTS["en"] if str(message.id).startswith(kinds)}
    of_others = {"fact.imm.last-in", "fact.imm.last-out", "fact.earlier", "fact.earlier-more", "fact.emergency-over"}
    assert kept - set(codes()) == of_others


@pytest.mark.parametrize("language", TEXTS)
def test_texts_fit_a_panel_line_at_80_columns(language: str) -> None:
    panel = {code for code in codes() if code.startswith(("finding.", "fact.", "action."))}
    plain = {code: PLACEHOLDER.sub(lambda place: LIKELY[place[1]], said(language, code)) for code in panel}
    assert {text for text in plain.values() if len(text) > PANEL_LINE} == set()
    candidates = {f"finding.{rule.code}" for rule in FINDINGS.rules.values() if rule.candidate}
    assert {plain[code] for code in candidates if len(plain[code]) > PANEL_LINE - NOT_VERIFIED} == set()


GENERIC = {"note", "condition", "refer", "hold"}
OF_NOTHING = {"sealed-stop"}
"""It says that something is sealed, and no word of what."""
FOR_WHOEVER_STANDS_BY = {"officer-safety"}
"""They say more than they have to, since they keep those from harm who know nothing else."""


def test_an_action_tells_what_it_is_about_only_where_all_see_that_or_a_joint_procedure_needs_it() -> None:
    open_to_all = SHARING.open_to_all
    needed = {rule.action for rule in FINDINGS.rules.values() if any(f"'{rule.action}'" in p.when for p in PROCEDURES)}
    telling = {
        rule.action: rule.code
        for rule in FINDINGS.rules.values()
        if rule.topic not in open_to_all and rule.action not in GENERIC
    }
    assert set(telling) <= needed | OF_NOTHING | FOR_WHOEVER_STANDS_BY, telling
    fitting = {"note": Verdict.CLEAR, "condition": Verdict.CLEAR_COND, "refer": Verdict.REFER}
    for rule in FINDINGS.rules.values():
        assert rule.verdict is fitting.get(rule.action, rule.verdict)
        assert rule.action != "hold" or rule.verdict >= Verdict.HOLD


def test_findings_are_their_authorities_own() -> None:
    prefixes = {"imm": "immigration", "cust": "customs", "ap": "animal_plant", "health": "health", "sec": "security"}
    for rule in FINDINGS.rules.values():
        assert rule.authority.value == prefixes[rule.code.split(".")[0]]
        assert 0 <= rule.points <= 100
    assert set(prefixes.values()) == {a.value for a in Authority}


def test_a_discreet_matter_is_not_even_in_the_catalogue() -> None:
    assert "sec.h5" not in FINDINGS.rules
    assert {f"sec.h{n}" for n in (1, 2, 3, 4, 6, 7, 8, 9)} <= set(FINDINGS.rules)


def test_bands_and_ages_are_those_of_the_agreement() -> None:
    risk = settings.load_risk()
    assert (risk.amber, risk.red) == (30, 60)
    assert {authority for authority, _ in risk.stale_after} == set(Authority)
    assert dict(risk.stale_after)[Authority.SECURITY] == timedelta(minutes=60)


def test_there_is_a_reason_for_every_verdict_on_every_subject_it_can_be_given_on() -> None:
    fitting = {(v, s) for r in REASONS for v in r.verdicts for s in r.subjects}
    wanted = {(v, s) for v in Verdict for s in SubjectKind}
    missing = wanted - fitting - {(Verdict.REFER, SubjectKind.PERSON)}
    assert missing == set()


def test_refusing_a_person_and_releasing_a_hold_take_a_supervisor_and_a_note() -> None:
    grave = [r for r in REASONS if r.code.startswith(("refuse.", "release."))]
    assert all(r.note for r in grave)
    goes_back = {"refuse.goes-back", "refuse.vehicle"}
    assert all(not {SubjectKind.PERSON, SubjectKind.DOCUMENT} & r.subjects for r in grave if r.code in goes_back)
    assert all(r.supervisor for r in grave if not r.code.startswith(GROUND) and r.code not in goes_back)
    assert load_two_persons().rows[Matter.REFUSE_ENTRY].supervisor, "refusing entry: one of the two who sign it"
    assert {r.code for r in REASONS if r.code.startswith("refuse.ground-")} == {
        f"refuse.ground-{k}" for k in "abcdefghij"
    }
    assert all(v < Verdict.HOLD for r in grave if r.code.startswith("release.") for v in r.verdicts)


SHARED = [f"sharing/{agency.value}" for agency in Agency]


@pytest.mark.parametrize("name", ["findings", "risk", *SHARED, "reasons"])
def test_every_rule_says_whose_it_is_and_where_it_comes_from(name: str) -> None:
    table = tomllib.loads((CONFIG / f"{name}.toml").read_text("utf-8"))
    rows = [row for rows in table.values() if isinstance(rows, list) for row in rows]
    assert rows
    assert table["version"]
    for row in rows:
        assert row["owner"] in {*(a.value for a in Agency), "post"}
        assert row["source"]
        assert row["doubt"] in settings.DOUBTS


def test_the_demo_has_a_lane_in_and_a_lane_out_at_one_post() -> None:
    post, entry = settings.load_place()
    _, leaving = settings.load_place("demo-exit")
    assert (post.name, post.country, post.zone) == ("ENTIKONG", "IDN", "Asia/Pontianak")
    assert (entry.id, entry.label, entry.lane, entry.direction) == ("ENT-3", "3", "A", Direction.ENTRY)
    assert leaving.direction is Direction.EXIT
    assert entry.agencies == frozenset(Agency)


def test_the_demos_persons_cover_the_roles_and_the_agencies() -> None:
    officers = settings.load_demo_officers()
    assert {officer.role for officer, _ in officers} == set(Role)
    assert {officer.agency for officer, _ in officers} == set(Agency)
    assert sum(officer.joint for officer, _ in officers) >= 2
    assert all(re.fullmatch(r"[0-9]{4}", pin) for _, pin in officers)
    assert len({pin for _, pin in officers}) == len(officers)


def test_there_are_enough_travellers_of_enough_nationalities_with_enough_to_find() -> None:
    persons = PEOPLE.persons
    nationalities = [p.nationality or p.state for p in persons]
    assert len(persons) >= 44
    assert len(set(nationalities)) >= 10
    assert nationalities.count("IDN") >= 15
    assert nationalities.count("MYS") >= 8
    assert sum(bool(p.finds) for p in persons) >= 12
    found_by = {FINDINGS.get(code).authority for p in persons for code in p.finds}
    assert found_by == set(Authority)
    assert sum(not p.given for p in persons) >= 5
    assert {p.format for p in persons} == {"TD3", "TD1"}
    assert PEOPLE.headcount("sjs1123") == 20
    assert PEOPLE.headcount("fauzi") == 4
    assert sum(p.group == "fauzi" and p.guardian is not None for p in persons) == 2


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29), date(2031, 12, 31)])
def test_documents_of_the_demo_are_valid_and_marked_on_any_day(today: date) -> None:
    for person, lines in demo_documents(PEOPLE.persons, today):
        reading = read_mrz(lines, today=today)
        assert reading.strict_valid, (person.id, reading.problems)
        assert reading.document is not None
        assert is_training(reading.document)
        minor = person.born is None
        age = reading.document.birth.age_on(today)
        assert age is not None
        assert (age == person.age) if minor else age >= 18


def test_no_two_travellers_share_a_document() -> None:
    numbers = [(p.state, p.number) for p in PEOPLE.persons]
    assert len(set(numbers)) == len(numbers)


def test_panels_authorities_and_owners_agree() -> None:
    assert list(PANEL_OF.values()) == [1, 2, 3, 4]
    assert {a for all_of in AUTHORITIES_OF.values() for a in all_of} == set(AGENCY_OF)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "config"
    shutil.copytree(CONFIG, folder)
    monkeypatch.setenv("COUNTER_CONFIG", str(folder))
    return folder


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ("points = 60", "points = 60.5", "config.wrong-value", "finding[0].points"),
        ("points = 60", "points = true", "config.wrong-value", "finding[0].points"),
        ('verdict = "HOLD"', 'verdict = "STOP"', "config.wrong-value", "finding[0].verdict"),
        ('verdict = "HOLD"', "verdict = 4", "config.wrong-value", "finding[0].verdict"),
        ('subject = "person"', 'subject = "ship"', "config.wrong-value", "finding[0].subject"),
        ("points = 60", "point = 60", "config.unknown-key", "finding[0].point"),
        ("points = 60\n", "", "config.missing-key", "finding[0].points"),
        ('owner = "immigration"\nsource = "UU 6/2011 art. 13(1)b"', "", "config.missing-key", "finding[0].owner"),
        ('code = "imm.expired-citizen"', 'code = "imm.expired"', "config.doubled", "imm.expired"),
        ("points = 60", "points = ", "config.not-toml", ""),
    ],
)
def test_what_is_wrong_is_told_with_file_and_key(own: Path, old: str, new: str, code: str, key: str) -> None:
    file = own / "findings.toml"
    head, mark, rest = file.read_text("utf-8").partition("[[finding]]")
    file.write_text(head + mark + rest.replace(old, new, 1), "utf-8")

    with pytest.raises(ConfigError) as raised:
        settings.load_findings()

    assert raised.value.code == code
    assert raised.value.params["file"] == "findings.toml"
    assert raised.value.params.get("key", "") == key


def test_a_missing_file_folder_or_name_is_told(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (own / "risk.toml").unlink()
    with pytest.raises(ConfigError, match=r"config\.no-file\(file=risk\.toml\)"):
        settings.load_risk()
    change(own / "posts.toml", 'counter = "ENT-3"', 'counter = "ENT-9"')
    with pytest.raises(ConfigError, match=r"config\.no-such-name.*name=ENT-9"):
        settings.load_place()
    with pytest.raises(ConfigError, match=r"config\.wrong-value.*place\.nowhere"):
        settings.load_place("nowhere")
    change(own / "demo/travellers.toml", 'guardian = "ahmad-fauzi"', 'guardian = "nobody"')
    with pytest.raises(ConfigError, match=r"config\.no-such-name.*name=nobody"):
        settings.load_demo_people()
    monkeypatch.setenv("COUNTER_CONFIG", str(own / "elsewhere"))
    with pytest.raises(ConfigError, match=r"config\.no-folder"):
        settings.load_place()


def test_limits_are_all_there_and_no_others(own: Path) -> None:
    assert settings.load_limits().cash_threshold_idr == 100_000_000
    change(own / "findings.toml", 'name = "adult_years"', 'name = "adult_year"')
    with pytest.raises(ConfigError, match=r"config\.unknown-key.*adult_year"):
        settings.load_limits()


def test_a_file_that_is_too_large_is_not_read(own: Path) -> None:
    (own / "risk.toml").write_bytes(b"#" * (settings.MAX_BYTES + 1))
    with pytest.raises(ConfigError, match=r"config\.not-toml.*too large"):
        settings.load_risk()


def test_settings_come_without_pydantic() -> None:
    script = (
        "import sys; from counter_tui import settings as s; s.load_place(); s.load_demo_officers();"
        "sys.exit(any(m in sys.modules for m in ('pydantic', 'textual', 'httpx', 'counter_tui.agencies')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, env=dict(os.environ)).returncode == 0
