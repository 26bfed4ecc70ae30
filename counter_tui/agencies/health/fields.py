"""What health's records say, as fields of the joint view: names of the sharing agreement, with words for their values.

`health.name` and `health.birth-date` are whose record it is, as it calls them. `health.colour`, `.pass-authored`,
`.contact`, `.symptom` (one each) and `.countries-21d` (ICAO codes) are the health pass; `.answer` is what was answered
to other questions. `health.temperature` is in degrees Celsius with the digits measured (`36.50 Cel`), `.measured-as` as
it was measured where that was in another unit, `.measured-at` and `.measured-site` when and where on the body.
`health.yellow-fever-dose` is the day of a dose, `-valid-from` the first that it counts, `-vaccine`, `-lot` and
`-performer` what it was and by whom, `-not-given` why there is none. `health.care` is care that is being given.
`health.problem` is what in the record is not to be trusted, and why. The connector adds `health.diagnosis`, sealed.
"""

from collections.abc import Iterator

from ...domain.texts import Text, text
from .care import Care, Person
from .immunization import Dose
from .observation import Temperature
from .questionnaire import HealthPass
from .reading import Content, Resource
from .times import FhirTime

Named = tuple[str, str | Text]


def fields_of(resource: Resource, yellow_fever_days: int) -> Iterator[Named]:
    """The fields of one resource, and of one that does not count only why: a vaccination counts after so many days."""
    if not resource.used:
        if isinstance(resource.content, Dose):
            yield from _present(("health.yellow-fever-not-given", resource.content.reason))
    elif resource.content is not None:
        yield from _content(resource.content, yellow_fever_days)
    for problem in resource.problems:
        yield "health.problem", problem


def _content(content: Content, days: int) -> Iterator[Named]:
    match content:
        case Person():
            yield from _present(("health.name", content.name), ("health.birth-date", _written(content.born)))
        case HealthPass():
            yield from _pass(content)
        case Temperature():
            yield from _temperature(content)
        case Dose():
            yield from _dose(content, days)
        case Care():
            yield "health.care", text("care.emergency" if content.emergency else "care.other")


def _pass(answers: HealthPass) -> Iterator[Named]:
    if not answers.of_pass:
        yield from (("health.answer", f"{link}: {said}") for link, said in answers.answers)
        return
    if answers.colour is not None:
        yield "health.colour", text(f"colour.{answers.colour}")
    yield from _present(("health.pass-authored", _written(answers.authored)))
    if answers.contact is not None:
        yield "health.contact", text("answer.yes" if answers.contact else "answer.no")
    for symptom in answers.symptoms:
        yield "health.symptom", text(f"symptom.{symptom}")
    if answers.countries:
        yield "health.countries-21d", " ".join(answers.countries)


def _temperature(taken: Temperature) -> Iterator[Named]:
    if taken.degrees is not None:
        yield "health.temperature", f"{taken.degrees:f} Cel"
    as_shown = taken.degrees is not None and taken.said.endswith(" Cel")
    yield from _present(
        ("health.measured-as", None if as_shown else taken.said),
        ("health.measured-at", _written(taken.measured)),
        ("health.measured-site", taken.site),
    )


def _dose(dose: Dose, days: int) -> Iterator[Named]:
    valid = dose.valid_from(days)
    yield from _present(
        ("health.yellow-fever-dose", _written(dose.given)),
        ("health.yellow-fever-valid-from", valid.isoformat() if valid else None),
        ("health.yellow-fever-vaccine", dose.vaccine),
        ("health.yellow-fever-lot", dose.lot),
        ("health.yellow-fever-performer", dose.performer),
    )


def _present(*named: tuple[str, str | None]) -> Iterator[Named]:
    return ((name, value) for name, value in named if value)


def _written(moment: FhirTime | None) -> str | None:
    return moment.written if moment is not None else None
