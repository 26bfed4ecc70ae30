"""From a list to who is expected at a post: each journey a bus with its headcount and the time it is due."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo

from ...domain.crossings import Group, GroupKind
from ...domain.documents import STATES, Document, PartialDate
from ...domain.texts import Text, text
from ...domain.words import Direction
from ..ports import ExpectedTraveller
from .columns import ManifestRules
from .model import CREW_ROLES, Journey, Leg, Manifest, Traveller

LONGEST_NAME = 64
_PASSPORT = "passport"


@dataclass(frozen=True, slots=True)
class Expecting:
    """Who of a list is expected, with the groups they belong to; and who is not, with why."""

    expected: tuple[ExpectedTraveller, ...]
    groups: tuple[Group, ...]
    left_out: tuple[tuple[Traveller, Text], ...]


def expect(
    manifest: Manifest, rules: ManifestRules, zone: tzinfo, direction: Direction, due: datetime | None = None
) -> Expecting:
    """The travellers of a list as expected. Times of the list are those of `zone`; `due` goes before them.

    Who has no document number or no issuing state cannot be known at a booth, and counts in the headcount alone.
    """
    groups = _groups(manifest, zone, due)
    expected: dict[str, ExpectedTraveller] = {}
    left_out: list[tuple[Traveller, Text]] = []
    for traveller in manifest.travellers:
        document = find_document(traveller, rules)
        if document is None:
            left_out.append((traveller, text("manifest.not-expected")))
        elif document.key in expected:
            left_out.append((traveller, text("manifest.expected-twice")))
        else:
            expected[document.key] = ExpectedTraveller(document, direction, groups[traveller.journey])
    return Expecting(tuple(expected.values()), tuple(dict.fromkeys(groups.values())), tuple(left_out))


def find_document(traveller: Traveller, rules: ManifestRules) -> Document | None:
    """The document that a traveller is expected with; None where its key is not known."""
    if traveller.zone is not None:
        return traveller.zone
    listed = traveller.document
    state = listed.issuing_state if listed.issuing_state in STATES else traveller.nationality
    if not any(map(str.isalnum, listed.number)) or state not in STATES:
        return None
    meaning = rules.find_meaning("document_code", listed.code) if listed.code else None
    kind = meaning.kind if meaning else _PASSPORT if listed.code[:1] in {"", "P"} else ""
    return Document(
        format="",
        code="",
        issuing_state=state,
        number=listed.number,
        nationality=traveller.nationality or state,
        surname=traveller.surname.upper()[:LONGEST_NAME],
        given_names=traveller.given_names.upper()[:LONGEST_NAME],
        name_truncated=False,
        sex=traveller.sex or "X",
        birth=traveller.birth or PartialDate(None),
        expiry=listed.expiry,
        optional="",
        mrz=(),
        entry_method="keyed",
        kind=kind,
    )


def _groups(manifest: Manifest, zone: tzinfo, due: datetime | None) -> Mapping[int, Group]:
    """The group of each journey; those of one vehicle on one day are one group, such as its passengers and its crew."""
    ids = [_id(manifest, number) for number in range(len(manifest.journeys))]
    heads = [_headcount(manifest, number) for number in range(len(manifest.journeys))]
    made: dict[str, Group] = {}
    for name, journey in zip(ids, manifest.journeys, strict=True):
        count = sum(head for head, other in zip(heads, ids, strict=True) if other == name)
        if name not in made:
            made[name] = Group(name, GroupKind.BUS, _name(manifest, journey), count, due or _due(journey, zone))
    return {number: made[name] for number, name in enumerate(ids)}


def _last(journey: Journey) -> Leg:
    return journey.legs[-1] if journey.legs else Leg()


def _id(manifest: Manifest, number: int) -> str:
    """The same for the same vehicle and time, whatever file it comes in; else the file's own."""
    leg = _last(manifest.journeys[number])
    when = leg.arrival.at or leg.departure.at
    which = leg.vehicle or leg.service
    said = f"{which}|{when}" if which and when else f"{manifest.digest}|{number}"
    return f"list-{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _name(manifest: Manifest, journey: Journey) -> str:
    leg = _last(journey)
    said = " ".join(dict.fromkeys(filter(None, (leg.carrier, leg.vehicle or leg.service))))
    return (said or manifest.file)[:LONGEST_NAME]


def _headcount(manifest: Manifest, number: int) -> int:
    """As many as the list declares, of whom it declares a number; else as many as it lists."""
    journey = manifest.journeys[number]
    listed = [one for one in manifest.travellers if one.journey == number]
    crew = sum(one.role in CREW_ROLES for one in listed)
    passengers = len(listed) - crew
    return (journey.passengers or passengers) + (journey.crew or crew)


def _due(journey: Journey, zone: tzinfo) -> datetime | None:
    """When it arrives, where the list tells the time and not only the day."""
    at = _last(journey).arrival.at
    with suppress(ValueError):
        return datetime.fromisoformat(at).replace(tzinfo=zone) if "T" in at else None
    return None
