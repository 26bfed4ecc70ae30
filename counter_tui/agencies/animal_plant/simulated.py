"""A quarantine system for training: what the demo's travellers make it know, in its own format."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from ...domain.documents import document_key
from ...domain.words import Authority
from ..asgi import App, Reply, json_service
from ..people import DemoItem, DemoPeople, DemoPerson
from ..told_book import told_routes
from .connector import TRAVELLERS
from .ephyto import ISSUED
from .standard import Question

Json = dict[str, Any]
VALID_DAYS = 30
CERTIFICATE = "urn:un:unece:uncefact:data:standard:SPSCertificate:17"
PARTS = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:21"
TYPES = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:21"


def simulated(people: DemoPeople, today: date, now: Callable[[], datetime]) -> App:
    """The system as an ASGI callable. `today` is the day of the certificates; `now` gives aware times."""
    known = {document_key(p.state, p.number): p for p in people.persons}

    def answer(_: str, body: bytes) -> Reply:
        question = Question.model_validate_json(body)
        person = known.get(document_key(question.issuing_state, question.document_number))
        about = {"issuingState": question.issuing_state, "documentNumber": question.document_number}
        return Reply(about | {"asOf": now().isoformat()} | (_record(person, today) if person else {}))

    return json_service({("POST", TRAVELLERS): answer} | told_routes(Authority.ANIMAL_PLANT, "K-8P", now))


def _record(person: DemoPerson, today: date) -> Json:
    own = person.animal_plant
    items = [
        {
            "line": line,
            "category": _category(item.category),
            "commodity": item.commodity,
            "quantity": str(item.quantity),
            "unit": item.unit.upper(),
            "declared": item.declared,
            "origin": item.origin,
            "species": item.species or None,
            "certificates": _certificates(item, line, person, today),
        }
        for line, item in enumerate(own.items, start=1)
    ]
    return {"items": items, "heldBefore": own.repeat}


def _category(name: str) -> str:
    return name.upper().replace("-", "_")


def _certificates(item: DemoItem, line: int, person: DemoPerson, today: date) -> list[Json]:
    if not item.certificate:
        return []
    data = _certificate(item, line, person, today)
    return [{"document": _whole(data)} if item.whole else data]


def _certificate(item: DemoItem, line: int, person: DemoPerson, today: date) -> Json:
    """As it was issued: for what is carried, unless the demo says otherwise."""
    issued = today - timedelta(days=item.certified_days)
    foreign = not item.certificate.startswith("K")
    certificate = {
        "scheme": "IPPC" if item.certificate == "PHYTO" else "WOAH" if foreign else "BARANTIN",
        "code": item.certificate,
        "number": f"{issued:%y}-{411 + line:05}",
        "country": item.origin if foreign else "IDN",
        "issued": issued.isoformat(),
        "validUntil": (issued + timedelta(days=VALID_DAYS)).isoformat(),
        "quantity": str(item.quantity if item.certified is None else item.certified),
        "unit": item.unit.upper(),
        "species": item.certified_species or item.species or None,
        "consignee": {"name": item.consignee or f"{person.given} {person.surname}".strip()},
        "status": "ISSUED",
    }
    return {name: value for name, value in certificate.items() if value is not None}


def _whole(data: Json) -> str:
    """A phytosanitary certificate as its own country's system writes it, in kilograms."""
    name, species = escape(data["consignee"]["name"]), escape(data.get("species", ""))
    return (
        f'<rsm:SPSCertificate xmlns:rsm="{CERTIFICATE}" xmlns:ram="{PARTS}" xmlns:udt="{TYPES}">'
        f"<rsm:SPSExchangedDocument><ram:ID>{escape(data['number'])}</ram:ID><ram:TypeCode>851</ram:TypeCode>"
        f"<ram:StatusCode>{ISSUED}</ram:StatusCode><ram:IssueDateTime><udt:DateTimeString>{data['issued']}"
        "</udt:DateTimeString></ram:IssueDateTime></rsm:SPSExchangedDocument><rsm:SPSConsignment>"
        f"<ram:ConsigneeSPSParty><ram:Name>{name}</ram:Name></ram:ConsigneeSPSParty>"
        f"<ram:ExportSPSCountry><ram:ID>{escape(data['country'])}</ram:ID></ram:ExportSPSCountry>"
        "<ram:IncludedSPSConsignmentItem><ram:IncludedSPSTradeLineItem>"
        f"<ram:ScientificName>{species}</ram:ScientificName>"
        f'<ram:NetWeightMeasure unitCode="KGM">{escape(data["quantity"])}</ram:NetWeightMeasure>'
        "</ram:IncludedSPSTradeLineItem></ram:IncludedSPSConsignmentItem></rsm:SPSConsignment></rsm:SPSCertificate>"
    )
