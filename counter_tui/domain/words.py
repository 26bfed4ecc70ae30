"""The words of the house as types: authorities and their panels, verdicts, bands, states. One word for one thing."""

from enum import IntEnum, StrEnum


class Authority(StrEnum):
    """Who gives verdicts and scores; health and animal/plant share panel 3."""

    IMMIGRATION = "immigration"
    CUSTOMS = "customs"
    HEALTH = "health"
    ANIMAL_PLANT = "animal_plant"
    SECURITY = "security"


class Agency(StrEnum):
    """The four agencies that share the hall; their numbers are the panels 1 to 4."""

    IMMIGRATION = "immigration"
    CUSTOMS = "customs"
    QUARANTINE = "quarantine"
    SECURITY = "security"


AUTHORITIES_OF: dict[Agency, tuple[Authority, ...]] = {
    Agency.IMMIGRATION: (Authority.IMMIGRATION,),
    Agency.CUSTOMS: (Authority.CUSTOMS,),
    Agency.QUARANTINE: (Authority.HEALTH, Authority.ANIMAL_PLANT),
    Agency.SECURITY: (Authority.SECURITY,),
}
AGENCY_OF: dict[Authority, Agency] = {a: agency for agency, all_of in AUTHORITIES_OF.items() for a in all_of}
PANEL_OF: dict[Agency, int] = {agency: number for number, agency in enumerate(AUTHORITIES_OF, start=1)}


class Direction(StrEnum):
    """Which way the lane leads; it belongs to the lane, not to the traveller."""

    ENTRY = "entry"
    EXIT = "exit"


class Role(StrEnum):
    """What a person may do at a counter."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    TRAINER = "trainer"


class SubjectKind(StrEnum):
    """What a verdict can be about."""

    PERSON = "person"
    DOCUMENT = "document"
    GOODS = "goods"
    ANIMAL = "animal"
    VEHICLE = "vehicle"
    CASH = "cash"


class Verdict(IntEnum):
    """The lattice of verdicts: the greater is the more restrictive. REFUSE of goods, animals or cash reads *seize*."""

    CLEAR = 0
    CLEAR_COND = 1
    PENDING = 2
    REFER = 3
    HOLD = 4
    REFUSE = 5
    HANDOVER = 6


class Outcome(StrEnum):
    """What follows for a subject from all verdicts and the clamps of law."""

    CLEAR = "CLEAR"
    CLEAR_COND = "CLEAR_COND"
    PENDING = "PENDING"
    REFER = "REFER"
    HOLD = "HOLD"
    REFUSE = "REFUSE"
    HANDOVER = "HANDOVER"
    PROTECT = "PROTECT"
    CONSULT = "CONSULT"
    ESCORTED_CARE = "ESCORTED_CARE"


class Band(IntEnum):
    """The joint risk band."""

    GREEN = 0
    AMBER = 1
    RED = 2


class SourceState(StrEnum):
    """Where a section comes from: asked just now, held since `as_of`, or not known at all."""

    LIVE = "live"
    CACHED = "cached"
    NOT_CHECKED = "not_checked"


class Basis(StrEnum):
    """Who gave a verdict: the officer, a rule of the authority, or an officer to whom it has delegated this."""

    OFFICER = "officer"
    RULE = "rule"
    DELEGATED = "delegated"


class DeliveryState(StrEnum):
    """The five states of an entry, in these words on every screen."""

    RECORDED = "recorded"
    SENT = "sent"
    RECEIVED = "received"
    SEEN = "seen by the agency"
    REFUSED = "refused"
