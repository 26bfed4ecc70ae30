"""What the health system is told: an HL7 FHIR R4 (4.0.1) transaction Bundle of one Encounter and its Observations.

The Bundle's identifier is the key. The Encounter is found by the crossing: the first telling creates it if there is
none (`ifNoneExist`), a later one updates it (conditional update), so that telling twice makes no second one. Each
verdict is an Observation; those of a correction are `amended`. A temperature that is taken at the counter's side is
the health system's own, and is not told back.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Final
from urllib.parse import parse_qs, quote, urlencode
from uuid import NAMESPACE_URL, uuid5

from ...domain.outcome import Judgement
from ...domain.words import Authority, Direction, Verdict
from ...errors import AgencyError
from ..strict_json import Json, read_json
from ..telling import Answer, Held, Telling
from ..told import MAX_LINE, PAGE, Told

KEY: Final = "urn:counter-tui:telling"
CROSSING: Final = "urn:counter-tui:crossing"
COUNTER: Final = "urn:counter-tui:counter"
OFFICER: Final = "urn:counter-tui:officer"
VERDICT: Final = "urn:counter-tui:verdict"
REASON: Final = "urn:counter-tui:reason"
REFUSAL: Final = "urn:counter-tui:refusal"
DIGEST: Final = "urn:counter-tui:digest"
TRAINING: Final = ("http://terminology.hl7.org/CodeSystem/v3-ActReason", "HTEST")
DOCUMENT: Final = "urn:icao:travel-document"
ACT_CODE: Final = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
MAX_PAGE: Final = 1 << 20
Resource = dict[str, Any]


class HealthTold(Told):
    """The health system's format."""

    authority: ClassVar[Authority] = Authority.HEALTH
    media_type: ClassVar[str] = "application/fhir+json"
    form_type: ClassVar[str] = "application/x-www-form-urlencoded"

    def write(self, telling: Telling) -> bytes:
        """As `Told`."""
        found = f"identifier={quote(CROSSING)}|{quote(telling.crossing, safe='')}"
        request = {"method": "POST", "url": "Encounter", "ifNoneExist": found}
        if telling.corrects:
            request = {"method": "PUT", "url": f"Encounter?{found}"}
        encounter = _url(CROSSING, telling.crossing)
        entries = [{"fullUrl": encounter, "resource": _encounter(telling), "request": request}]
        for number, judged in enumerate(telling.verdicts, start=1):
            name = f"{telling.key}#{number}"
            once = f"identifier={quote(KEY)}|{quote(name, safe='')}"
            observation = _observation(telling, judged, name, encounter)
            asked = {"method": "POST", "url": "Observation", "ifNoneExist": once}
            entries.append({"fullUrl": _url(KEY, name), "resource": observation, "request": asked})
        return _line(
            {
                "resourceType": "Bundle",
                "type": "transaction",
                "identifier": {"system": KEY, "value": telling.key},
                "timestamp": telling.at.isoformat(),
                "entry": entries,
            }
        )

    def read(self, line: bytes, at: datetime) -> Answer:
        """As `Told`; an OperationOutcome alone refuses whatever was asked."""
        said = _resource(read_json(line, max_bytes=MAX_LINE), self)
        if said.get("resourceType") == "OperationOutcome":
            return Answer("", at, refused=_code(said))
        key, entries = _identifier(said.get("identifier"), KEY), said.get("entry")
        if not key or not isinstance(entries, list) or not entries:
            raise self.not_understood()
        response = _resource(_resource(entries[0], self).get("response"), self)
        status, location, modified = (response.get(name) for name in ("status", "location", "lastModified"))
        if not isinstance(status, str):
            raise self.not_understood()
        if status[:1] == "4":
            return Answer(key, at, refused=_code(response.get("outcome")))
        if status[:3] not in {"200", "201"} or not isinstance(location, str) or not isinstance(modified, str):
            raise self.not_understood()
        return Answer(key, self._instant(modified), location[:64])

    def ask_held(self, since: datetime, start: int) -> bytes:
        """As `Told`: a search for the Encounters that bear a key."""
        asked = {"identifier": f"{KEY}|", "date": f"ge{since.isoformat()}", "_count": PAGE, "_offset": start}
        return urlencode(asked).encode()

    def read_held(self, page: bytes) -> tuple[Sequence[Held], bool]:
        """As `Told`."""
        said = _resource(read_json(page, max_bytes=MAX_PAGE), self)
        entries, links = said.get("entry", []), said.get("link", [])
        if said.get("type") != "searchset" or not isinstance(entries, list) or not isinstance(links, list):
            raise self.not_understood()
        found = [self._held(_resource(_resource(entry, self).get("resource"), self)) for entry in entries]
        more = any(isinstance(link, dict) and link.get("relation") == "next" for link in links)
        return found, more

    def _held(self, encounter: Resource) -> Held:
        meta = _resource(encounter.get("meta"), self)
        key = _identifier(encounter.get("identifier"), KEY)
        said = _code_of(meta.get("tag"), DIGEST)
        name, modified = encounter.get("id"), meta.get("lastUpdated")
        if not key or not said or not isinstance(name, str) or not isinstance(modified, str):
            raise self.not_understood()
        return Held(key, said[:64], f"Encounter/{name}"[:64], self._instant(modified))

    def _instant(self, said: str) -> datetime:
        try:
            moment = datetime.fromisoformat(said)
        except ValueError:
            raise self.not_understood() from None
        if moment.tzinfo is None or not 2000 <= moment.year < 2200:
            raise self.not_understood()
        return moment

    # -- the agency's side ------------------------------------------------------------------------------------------

    def take(self, message: bytes) -> tuple[str, datetime, bool]:
        """As `Told`."""
        try:
            said = _resource(read_json(message, max_bytes=MAX_LINE), self)
            encounter = _resource(_resource(said["entry"][0], self)["resource"], self)
            key, at = _identifier(said.get("identifier"), KEY), self._instant(str(said["timestamp"]))
        except (AgencyError, KeyError, IndexError, TypeError):
            raise ValueError("no transaction of ours") from None
        if said.get("type") != "transaction" or encounter.get("resourceType") != "Encounter" or not key:
            raise ValueError("no transaction of ours")
        meta = encounter.get("meta")
        return key, at, isinstance(meta, dict) and _code_of(meta.get("security"), TRAINING[0]) == TRAINING[1]

    def accept(self, held: Held) -> bytes:
        """As `Told`."""
        response = {"status": "201 Created", "location": held.reference, "lastModified": held.at.isoformat()}
        return _line(_answered("transaction-response", held.key, response))

    def refuse(self, key: str, code: str) -> bytes:
        """As `Told`."""
        details = {"coding": [{"system": REFUSAL, "code": code}]}
        issue = {"severity": "error", "code": "business-rule", "details": details}
        outcome = {"resourceType": "OperationOutcome", "issue": [issue]}
        return _line(_answered("batch-response", key, {"status": "422 Unprocessable Entity", "outcome": outcome}))

    def asked_held(self, question: bytes) -> tuple[datetime, int]:
        """As `Told`."""
        asked = parse_qs(question.decode(), strict_parsing=True)
        return datetime.fromisoformat(asked["date"][0].removeprefix("ge")), int(asked["_offset"][0])

    def list_held(self, page: Sequence[Held], *, more: bool) -> bytes:
        """As `Told`."""
        encounters = [
            {
                "resourceType": "Encounter",
                "id": held.reference.rpartition("/")[2],
                "meta": {"lastUpdated": held.at.isoformat(), "tag": [{"system": DIGEST, "code": held.digest}]},
                "identifier": [{"system": KEY, "value": held.key}],
            }
            for held in page
        ]
        bundle: Resource = {"resourceType": "Bundle", "type": "searchset"}
        bundle["entry"] = [{"resource": encounter} for encounter in encounters]
        if more:
            bundle["link"] = [{"relation": "next", "url": "Encounter/_search"}]
        return _line(bundle)


def _url(system: str, value: str) -> str:
    """What resources of one Bundle call each other by: a UUID (RFC 4122, version 5), the same for the same thing."""
    return uuid5(NAMESPACE_URL, f"{system}|{value}").urn


def _encounter(telling: Telling) -> Resource:
    worst = max((judged.verdict for judged in telling.verdicts), default=Verdict.CLEAR)
    open_still = worst in {Verdict.PENDING, Verdict.REFER, Verdict.HOLD}
    period = {"start": telling.at.isoformat()} | ({} if open_still else {"end": telling.at.isoformat()})
    way = "entry" if telling.direction is Direction.ENTRY else "exit"
    subject: Resource = {"identifier": {"system": DOCUMENT, "value": f"{telling.issuer}-{telling.number}"}}
    if telling.traveller is not None:
        subject["display"] = telling.traveller.name
    encounter: Resource = {
        "resourceType": "Encounter",
        "identifier": [{"system": KEY, "value": telling.key}, {"system": CROSSING, "value": telling.crossing}],
        "status": "in-progress" if open_still else "finished",
        "class": {"system": ACT_CODE, "code": "FLD", "display": "field"},
        "type": [{"text": f"border crossing, {way}"}],
        "subject": subject,
        "participant": [{"individual": {"identifier": {"system": OFFICER, "value": telling.officer}}}],
        "period": period,
        "location": [{"location": {"identifier": {"system": COUNTER, "value": _place(telling)}}}],
    }
    if telling.training:
        encounter["meta"] = {"security": [{"system": TRAINING[0], "code": TRAINING[1]}]}
    return encounter


def _place(telling: Telling) -> str:
    return f"{telling.place.post}/{telling.place.counter}"


def _observation(telling: Telling, judged: Judgement, name: str, encounter: str) -> Resource:
    coding = [{"system": VERDICT, "code": judged.verdict.name}]
    observation: Resource = {
        "resourceType": "Observation",
        "identifier": [{"system": KEY, "value": name}],
        "status": "amended" if telling.corrects else "final",
        "code": {"coding": [{"system": VERDICT, "code": "verdict"}], "text": "health verdict at the counter"},
        "encounter": {"reference": encounter},
        "effectiveDateTime": telling.at.isoformat(),
        "valueCodeableConcept": {"coding": coding},
        "method": {"text": judged.basis.value},
    }
    if judged.reason:
        observation["component"] = [
            {
                "code": {"text": "reason"},
                "valueCodeableConcept": {"coding": [{"system": REASON, "code": judged.reason}]},
            }
        ]
    if judged.note:
        observation["note"] = [{"text": judged.note}]
    return observation


def _answered(kind: str, key: str, response: Resource) -> Resource:
    return {
        "resourceType": "Bundle",
        "type": kind,
        "identifier": {"system": KEY, "value": key},
        "entry": [{"response": response}],
    }


def _resource(value: Json, told: Told) -> Resource:
    if not isinstance(value, dict):
        raise told.not_understood()
    return value


def _identifier(value: object, system: str) -> str:
    """The value of this system among one identifier or several, "" where there is none."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict) and one.get("system") == system and isinstance(one.get("value"), str):
            return str(one["value"])[:120]
    return ""


def _code(outcome: object) -> str:
    """The code of an OperationOutcome: ours if there is one, else FHIR's own."""
    issues = outcome.get("issue") if isinstance(outcome, dict) else None
    for issue in issues if isinstance(issues, list) else ():
        if isinstance(issue, dict):
            details = issue.get("details")
            codings = details.get("coding") if isinstance(details, dict) else None
            ours = _code_of(codings, REFUSAL)
            if ours or isinstance(issue.get("code"), str):
                return (ours or str(issue["code"]))[:64]
    return "unspecified"


def _code_of(codings: object, system: str) -> str:
    for coding in codings if isinstance(codings, list) else ():
        if isinstance(coding, dict) and coding.get("system") == system and isinstance(coding.get("code"), str):
            return str(coding["code"])
    return ""


def _line(resource: Resource) -> bytes:
    return json.dumps(resource, ensure_ascii=False, separators=(",", ":")).encode()
