"""FHIR R4 QuestionnaireResponse: the health pass, with its colour, symptoms, contact and countries of the last weeks.

Questions are told by their link id (`colour`, `symptom`, `contact`, `country`), in groups or not. What a question is
answered with has to have the type that the pass gives it: a colour in words is no colour.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ...domain.texts import Text, text
from .codes import COLOUR_SYSTEM, COUNTRY, QUESTIONNAIRE, SNOMED, SYMPTOMS
from .elements import Element, token
from .remarks import Remarks
from .times import FhirTime

ANSWERED: Final = frozenset({"completed", "amended"})
COLOURS: Final = ("red", "orange", "yellow", "green")
_SIMPLE: Final = ("valueString", "valueDate", "valueDateTime", "valueTime", "valueUri")
_MOST_SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class HealthPass:
    """The answers. `colour` None: there is not exactly one that is known; `contact` None: not answered.

    `symptoms` are words of `SYMPTOMS`, `countries` ICAO codes. `trusted`: each answer that counts could be read.
    `of_pass`: it answers the pass's questions. `answers` are all of them, by link id, as people read them.
    """

    colour: str | None
    contact: bool | None = None
    symptoms: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    authored: FhirTime | None = None
    trusted: bool = True
    of_pass: bool = True
    answers: tuple[tuple[str, str], ...] = ()


def read_questionnaire(resource: Element, remarks: Remarks) -> HealthPass | None:
    """The answers of a QuestionnaireResponse, which may be to other questions than the pass's."""
    status = resource.need("status")
    answers = list(_answers(resource))
    shown = tuple((link, said) for link, answer in answers[:_MOST_SHOWN] if (said := _said(answer)))
    authored, asked = resource.time("authored"), resource.code("questionnaire")
    if status not in ANSWERED:
        remarks.unused = text("fhir.status", status=status)
    if asked not in (None, QUESTIONNAIRE) and not any(link == "colour" for link, _ in answers):
        return HealthPass(None, authored=authored, of_pass=False, answers=shown)
    problems: list[Text] = []
    found = HealthPass(
        _colour(answers, problems),
        _contact(answers, problems),
        tuple(dict.fromkeys(_symptoms(answers, problems))),
        tuple(dict.fromkeys(_countries(answers, problems))),
        authored,
        not problems,
        answers=shown,
    )
    remarks.problems += problems
    return found


def _answers(holder: Element) -> Iterator[tuple[str, Element]]:
    """Every answer with the link id of its question, also of questions in groups and behind answers."""
    for item in holder.many("item"):
        link = item.need("linkId")
        for answer in item.many("answer"):
            yield link, answer
            yield from _answers(answer)
        yield from _answers(item)


def _said(answer: Element) -> str | None:
    """An answer as people read it."""
    if (coding := answer.one("valueCoding")) is not None:
        return coding.text("display") or coding.text("code")
    if (yes := answer.flag("valueBoolean")) is not None:
        return "true" if yes else "false"
    number = answer.number("valueDecimal") if "valueDecimal" in answer else answer.number("valueInteger")
    return str(number) if number is not None else next(filter(None, map(answer.text, _SIMPLE)), None)


def _to(answers: list[tuple[str, Element]], link_id: str) -> Iterator[Element]:
    return (answer for link, answer in answers if link == link_id)


def _colour(answers: list[tuple[str, Element]], problems: list[Text]) -> str | None:
    given = {token(answer.one("valueCoding")) for answer in _to(answers, "colour")}
    colours = [colour for colour in COLOURS if f"{COLOUR_SYSTEM}|{colour}" in given]
    if len(given) == 1 and colours:
        return colours[0]
    problems.append(text("fhir.no-colour") if not given else text("fhir.colour-unknown"))
    return None


def _contact(answers: list[tuple[str, Element]], problems: list[Text]) -> bool | None:
    given = [answer.flag("valueBoolean") for answer in _to(answers, "contact")]
    if None in given:
        problems.append(text("fhir.answer-unknown", question="contact"))
    return any(given) if given else None


def _symptoms(answers: list[tuple[str, Element]], problems: list[Text]) -> Iterator[str]:
    for answer in _to(answers, "symptom"):
        system, _, code = (token(answer.one("valueCoding")) or "").partition("|")
        if system == SNOMED and code in SYMPTOMS:
            yield SYMPTOMS[code]
        else:
            problems.append(text("fhir.symptom-unknown", symptom=_said(answer) or "-"))


def _countries(answers: list[tuple[str, Element]], problems: list[Text]) -> Iterator[str]:
    """ICAO codes as text, or ISO 3166 alpha-3 as coding, which are the same but for Germany."""
    for answer in _to(answers, "country"):
        system, _, code = (token(answer.one("valueCoding")) or "").partition("|")
        said = code if system == COUNTRY else answer.code("valueString") or ""
        if len(said) == 3 and said.isascii() and said.isalpha() and said.isupper():
            yield "D" if said == "DEU" else said
        elif said == "D":
            yield said
        else:
            problems.append(text("fhir.answer-unknown", question="country"))
