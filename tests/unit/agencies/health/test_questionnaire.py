from typing import Any

import pytest

from counter_tui.agencies.health.codes import COLOUR_SYSTEM, COUNTRY, SNOMED
from counter_tui.agencies.health.questionnaire import HealthPass
from counter_tui.errors import AgencyError

from .records import document, health_pass, problems, read


def answers(value: Any) -> HealthPass:
    content = read(value).content
    assert isinstance(content, HealthPass)
    return content


def symptom(code: str) -> dict[str, Any]:
    return {"valueCoding": {"system": SNOMED, "code": code}}


def test_all_of_a_pass_is_read() -> None:
    full = health_pass(
        "orange",
        contact=[{"valueBoolean": True}],
        symptom=[symptom("49727002"), symptom("271807003"), symptom("49727002")],
        country=[{"valueString": "NGA"}, {"valueCoding": {"system": COUNTRY, "code": "DEU"}}],
    )

    found = answers(full)
    assert (found.colour, found.contact, found.trusted) == ("orange", True, True)
    assert (found.symptoms, found.countries) == (("cough", "rash"), ("NGA", "D"))
    assert found.authored is not None


def test_questions_in_groups_and_behind_answers_are_read() -> None:
    inner = {"linkId": "contact", "answer": [{"valueBoolean": True}]}
    colour = {"valueCoding": {"system": COLOUR_SYSTEM, "code": "red"}, "item": [inner]}
    group = {"linkId": "group", "item": [{"linkId": "colour", "answer": [colour]}]}

    found = answers(health_pass() | {"item": [group]})
    assert (found.colour, found.contact) == ("red", True)


@pytest.mark.parametrize(
    ("items", "problem"),
    [
        ([], "no-colour"),
        ([{"linkId": "colour", "answer": [{"valueString": "green"}]}], "colour-unknown"),
        ([{"linkId": "colour", "answer": [{"valueCoding": {"code": "green"}}]}], "colour-unknown"),
        ([{"linkId": "colour", "answer": [{"valueCoding": {"system": SNOMED, "code": "green"}}]}], "colour-unknown"),
        (
            [{"linkId": "colour", "answer": [{"valueCoding": {"system": COLOUR_SYSTEM, "code": "GREEN"}}]}],
            "colour-unknown",
        ),
        (
            [
                {"linkId": "colour", "answer": [{"valueCoding": {"system": COLOUR_SYSTEM, "code": one}}]}
                for one in ("green", "red")
            ],
            "colour-unknown",
        ),
    ],
)
def test_a_pass_has_exactly_one_colour_or_none(items: list[Any], problem: str) -> None:
    pass_ = health_pass() | {"item": items}

    assert problems(read(pass_)) == [problem]
    assert (answers(pass_).colour, answers(pass_).trusted) == (None, False)


@pytest.mark.parametrize(
    ("question", "answer", "problem"),
    [
        ("contact", {"valueString": "no"}, "answer-unknown"),
        ("symptom", {"valueString": "cough"}, "symptom-unknown"),
        ("symptom", symptom("1"), "symptom-unknown"),
        ("country", {"valueString": "Nigeria"}, "answer-unknown"),
        ("country", {"valueString": "ng"}, "answer-unknown"),
        ("country", {"valueInteger": 234}, "answer-unknown"),
    ],
)
def test_an_answer_that_counts_and_cannot_be_read_is_told(question: str, answer: Any, problem: str) -> None:
    asked: dict[str, Any] = {question: [answer]}
    pass_ = health_pass(**asked)

    assert problems(read(pass_)) == [problem]
    assert not answers(pass_).trusted
    assert answers(pass_).colour == "green", "whether that holds is for others to say"


def test_answers_to_other_questions_are_no_pass() -> None:
    other = health_pass() | {"questionnaire": "http://smart.who.int/icvp/Questionnaire/ICVP"}
    other["item"] = [{"linkId": "name", "answer": [{"valueString": "\u202eEOD \x1b[2J[bold red]X[/]"}]}]

    found = answers(other)
    assert not found.of_pass
    assert found.answers == (("name", "EOD  [2J[bold red]X[/]".replace("  ", " ")),)
    assert problems(read(other)) == []


@pytest.mark.parametrize("status", ["in-progress", "stopped", "entered-in-error"])
def test_a_pass_that_is_not_finished_does_not_count(status: str) -> None:
    assert not read(health_pass() | {"status": status}).used
    assert read(health_pass() | {"status": "amended"}).used


@pytest.mark.parametrize("items", [{}, [1], [{"answer": []}], [{"linkId": "colour", "answer": {}}], "x"])
def test_what_is_no_answer_at_all_is_refused(items: Any) -> None:
    with pytest.raises(AgencyError, match=r"fhir\.(wrong-type|missing)"):
        document(health_pass() | {"item": items})
