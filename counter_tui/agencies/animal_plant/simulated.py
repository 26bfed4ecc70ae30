"""A quarantine system for training: what the demo's travellers make it know, in its own format."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from ...domain.documents import document_key
from ..asgi import App, Reply, json_service
from ..people import DemoAnimalPlant, DemoPeople
from .connector import TRAVELLERS
from .standard import Question


def simulated(people: DemoPeople, today: date, now: Callable[[], datetime]) -> App:
    """The system as an ASGI callable. `today` is the day of the certificates; `now` gives aware times."""
    known = {document_key(p.state, p.number): p.animal_plant for p in people.persons}

    def answer(_: str, body: bytes) -> Reply:
        question = Question.model_validate_json(body)
        own = known.get(document_key(question.issuing_state, question.document_number))
        return Reply({"asOf": now().isoformat()} | (_record(own, today) if own else {}))

    return json_service({("POST", TRAVELLERS): answer})


def _record(own: DemoAnimalPlant, today: date) -> dict[str, Any]:
    items = [
        {
            "line": line,
            "category": item.category.upper().replace("-", "_"),
            "commodity": item.commodity,
            "quantity": str(item.quantity),
            "unit": item.unit.upper(),
            "declared": item.declared,
            "origin": item.origin,
            "certificates": _certificates(item.certificate, item.origin, today),
        }
        for line, item in enumerate(own.items, start=1)
    ]
    return {"items": items, "heldBefore": own.repeat}


def _certificates(code: str, origin: str, today: date) -> list[dict[str, str]]:
    return [{"scheme": origin, "code": code, "number": f"{today:%y}-00412"}] if code else []
