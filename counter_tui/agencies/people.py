"""The demo's travellers as data: who they are, and what each agency would know of them.

Every time is a number of days from today (negative: ago), so that documents and records do not go stale.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from ..domain.crossings import GroupKind
from ..domain.documents import TRAINING_MARK, compose_mrz
from ..domain.words import Direction


@dataclass(frozen=True, slots=True)
class DemoBan:
    """An entry ban (tangkal) or an exit ban (cegah); without `end` it lasts as long as the law says, or for life.

    `reason` is immigration's own. One that is `unheard-of` is a restriction by a code that nobody knows.
    """

    kind: Literal["tangkal", "cegah", "unheard-of"]
    number: str
    start: int
    end: int | None = None
    verified: bool = False
    extended: bool = False
    lifetime: bool = False
    issuer: str = "Ditjen Imigrasi"
    decision: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DemoImmigration:
    """`crossed` are the days of earlier crossings; `relation` is what the guardian is to a minor.

    `document` is what became of their document, `document_on` when. `entries` are those left on a visa. `reason` is
    the ground (A to J) of a refusal. `born` and `named`: another birth date or name than the document's, as
    immigration has it. `other_document` is one that they crossed on before.
    """

    visa: Literal["exempt", "on-arrival", "valid", "none"] | None = None
    visa_kind: str = ""
    visa_until: int | None = None
    entries: int | None = None
    stay_until: int | None = None
    extended: bool = False
    bans: tuple[DemoBan, ...] = ()
    lost: int | None = None
    document: Literal["stolen", "revoked", "replaced", "used"] | None = None
    document_on: int = 0
    crossed: tuple[int, ...] = ()
    refused: int | None = None
    reason: str = "B"
    overstayed: int | None = None
    born: date | None = None
    named: str = ""
    portrait: bool = False
    other_document: str = ""
    indicators: tuple[str, ...] = ()
    relation: Literal["parent", "relative", "other"] | None = None
    residence: str | None = None
    identity_open: bool = False


@dataclass(frozen=True, slots=True)
class DemoGoods:
    """A line of a customs declaration; `unheard-of` is a kind by a code that nobody knows."""

    description: str
    quantity: int
    value: int
    currency: str
    kind: Literal["personal", "merchandise", "excise", "restricted", "unheard-of"] = "personal"
    excise: Literal["cigarettes", "cigars", "tobacco", "alcohol"] | None = None
    unit: Literal["PCE", "GRM", "KGM", "MLT", "LTR"] = "PCE"


@dataclass(frozen=True, slots=True)
class DemoDeclaration:
    """A customs declaration; `yes` are the questions (a to f) answered with yes, `blank` those not answered.

    `family` are the persons who travel on it, by their ids. One in a `file` is fetched apart; a damaged one is there
    and cannot be read. `channel` is what customs' own system says.
    """

    state: Literal["filed", "late", "missing"] = "filed"
    filed: int = 0
    arrival: int = 0
    yes: tuple[Literal["a", "b", "c", "d", "e", "f"], ...] = ()
    blank: tuple[Literal["a", "b", "c", "d", "e", "f"], ...] = ()
    goods: tuple[DemoGoods, ...] = ()
    family: tuple[str, ...] = ()
    occupation: str = ""
    address: str = ""
    carrier: str = ""
    packages: int = 1
    unaccompanied: int = 0
    channel: Literal["green", "red"] | None = None
    file: Literal["json", "xml", "damaged"] | None = None


@dataclass(frozen=True, slots=True)
class DemoCard:
    """A border shopping card (KILB) in MYR; `used` is of the month so many `months` from this one."""

    number: str
    used: int
    limit: int = 600
    blocked: bool = False
    months: int = 0
    until: int = 400


@dataclass(frozen=True, slots=True)
class DemoNotes:
    """Notes of one currency."""

    currency: str
    amount: int


@dataclass(frozen=True, slots=True)
class DemoCash:
    """Cash carried, and how much of it was declared, in rupiah; `notes` is what was counted, one by one."""

    carried: int
    declared: int = 0
    notes: tuple[DemoNotes, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoVehicle:
    """A vehicle and its declaration (VhD).

    `due` is its last day, `renewals` times renewed. `tank` is in percent; `chassis` as it is, `declared_chassis` as it
    was declared.
    """

    plate: str
    declaration: Literal["requested", "valid", "open", "closed", "missing"] = "valid"
    due: int = 20
    renewals: int = 0
    owner: bool = True
    country: str = "MYS"
    chassis: str = ""
    declared_chassis: str = ""
    tank: int = 90
    export: bool = True
    frozen: int | None = None
    entitled: bool = False


@dataclass(frozen=True, slots=True)
class DemoCustoms:
    """What customs would know. `targeted` is a lead that customs keeps sealed. `seized` are days of seizures."""

    declaration: DemoDeclaration | None = None
    card: DemoCard | None = None
    cash: DemoCash | None = None
    vehicle: DemoVehicle | None = None
    seized: tuple[int, ...] = ()
    scan: Literal["mismatch", "dog"] | None = None
    targeted: str = ""
    week: int = 0


@dataclass(frozen=True, slots=True)
class DemoHealth:
    """What health would know. `temperature` is in the unit given; `dose` is the day of a yellow fever vaccination.

    `word` is what the gate calls the unit, where it calls it anything.
    """

    colour: Literal["none", "green", "yellow", "orange", "red"] = "green"
    temperature: float | None = None
    unit: Literal["Cel", "[degF]"] = "Cel"
    word: str = ""
    symptoms: tuple[Literal["rash", "jaundice", "bleeding", "cough", "bite"], ...] = ()
    countries: tuple[str, ...] = ()
    contact: bool = False
    dose: int | None = None
    condition: str = ""
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class DemoItem:
    """Something of animal or plant origin; `certificate` is a code such as KH-11, "" without one.

    What the certificate says where it is not what is carried: `certified` the quantity, `certified_species`,
    `certified_days` how many days ago it was issued, `consignee` another name than the traveller's. `whole`: it comes
    as its own country's system wrote it.
    """

    category: Literal[
        "pork", "poultry", "egg", "ruminant-meat", "rabies-animal", "animal", "seed", "soil", "plant", "fish", "cites"
    ]
    commodity: str
    quantity: int
    unit: Literal["kg", "head", "pcs"] = "kg"
    declared: bool = True
    origin: str = "MYS"
    certificate: str = ""
    species: str = ""
    certified: int | None = None
    certified_species: str = ""
    certified_days: int = 3
    consignee: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class DemoAnimalPlant:
    """What quarantine would know."""

    items: tuple[DemoItem, ...] = ()
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class DemoListing:
    """An entry of the security list; by `name` only it has no document number. A `sealed` one has a band floor.

    `notice` is the colour of an INTERPOL notice, "" for none.
    """

    handling: Literal["H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8", "H9"]
    category: str
    by: Literal["document", "name"] = "document"
    sealed: bool = False
    floor: Literal["AMBER", "RED"] = "AMBER"
    notice: Literal["", "red", "blue", "green", "yellow", "black", "orange", "purple", "un"] = ""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One traveller. `born` is a date, or for minors `age` in years; `expires` counts in days from today.

    `announced`: the immigration system expects them. `border_pass`: they bring one, which has no zone, and a number
    that begins with the training mark. `finds` are the codes that the connectors report: no
    more, no less.
    """

    id: str
    state: str
    number: str
    surname: str
    sex: Literal["M", "F", "X"]
    expires: int
    given: str = ""
    nationality: str = ""
    format: Literal["TD3", "TD1"] = "TD3"
    code: str = "P"
    born: date | None = None
    age: int = 0
    direction: Direction = Direction.ENTRY
    group: str | None = None
    guardian: str | None = None
    announced: bool = True
    border_pass: bool = False
    finds: tuple[str, ...] = ()
    immigration: DemoImmigration = field(default_factory=DemoImmigration)
    customs: DemoCustoms = field(default_factory=DemoCustoms)
    health: DemoHealth = field(default_factory=DemoHealth)
    animal_plant: DemoAnimalPlant = field(default_factory=DemoAnimalPlant)
    security: DemoListing | None = None

    def birth(self, today: date) -> date:
        """The date of birth: as given, or so that they are `age` today and have been for some months."""
        return self.born or today - timedelta(days=self.age * 365 + self.age // 4 + 130)

    def expiry(self, today: date) -> date:
        """The last day of the document."""
        return today + timedelta(days=self.expires)

    def lines(self, today: date) -> tuple[str, ...]:
        """The machine readable zone, with the training mark in it."""
        return compose_mrz(
            self.format,
            self.code,
            self.state,
            self.number,
            self.nationality or self.state,
            self.surname,
            self.given,
            self.sex,
            self.birth(today),
            self.expiry(today),
            TRAINING_MARK,
        )


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """Travellers who belong together; `due_minutes` is when they are expected, from the start of the demo.

    `headcount` is how many they are said to be, where that is more than are on the list; 0: as many.
    """

    id: str
    kind: GroupKind
    name: str
    due_minutes: int
    headcount: int = 0


@dataclass(frozen=True, slots=True)
class DemoPeople:
    """All of them."""

    persons: tuple[DemoPerson, ...]
    groups: tuple[DemoGroup, ...]

    def headcount(self, group: str) -> int:
        """How many a group is said to be."""
        said = next((one.headcount for one in self.groups if one.id == group), 0)
        return said or sum(person.group == group for person in self.persons)
