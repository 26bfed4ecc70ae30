"""One question to one connector over an answer given as it stands."""

import json
from datetime import UTC, date, datetime
from typing import Any

from counter_tui import settings
from counter_tui.agencies.connectors import CONNECTORS
from counter_tui.agencies.ports import FetchAnswer, Inquiry
from counter_tui.domain.documents import compose_mrz, read_mrz
from counter_tui.domain.sections import Sealed, Section
from counter_tui.domain.words import Authority, Direction
from counter_tui.settings_agencies import load_agency_limits

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
RULES = settings.load_findings()
LIMITS = load_agency_limits(demo=True)


class Clear:
    """A seal that hides nothing but the detail: findings are named by their code and subject."""

    def __call__(self, detail: bytes) -> Sealed:
        return Sealed("owner", 1, str(len(detail)))

    def name(self, *parts: str) -> str:
        _, code, subject = parts
        return f"{code}/{subject}"


def inquiry(
    state: str = "MYS",
    direction: Direction = Direction.ENTRY,
    born: date = date(1990, 1, 1),
    expiry: date = date(2030, 1, 1),
) -> Inquiry:
    """A question at `NOW` about one traveller, X1234567 of that state."""
    lines = compose_mrz("TD3", "P", state, "X1234567", state, "TINI", "SITI NUR", "F", born, expiry, "DEMO")
    document = read_mrz(lines, today=NOW.date()).document
    assert document is not None
    return Inquiry(document, direction, "A", NOW)


async def asked(authority: Authority, answer: Any, about: Inquiry | None = None) -> Section:
    """The section that follows from this answer: bytes as they are, anything else as JSON."""

    async def fetch(method: str, path: str, *, body: bytes = b"", content_type: str = "") -> FetchAnswer:
        return FetchAnswer(200, answer if isinstance(answer, bytes) else json.dumps(answer).encode())

    connector = CONNECTORS[authority](fetch, RULES, LIMITS, Clear())
    return await connector.section(about or inquiry())


def found(section: Section) -> dict[str, dict[str, str | int]]:
    """Codes with the parameters of their texts."""
    return {f.id.split("/")[1]: f.text.as_dict() if f.text else {} for f in section.findings}
