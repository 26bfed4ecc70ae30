"""What an authority's section shows to whom: the sharing agreement as data, applied before sending and before painting.

Each topic has an owner, the fields that belong to it, and a class for each other agency: OPEN (the value), BAND (one
line with the topic's band), SEALED (that there is something, what to do and whom to call), NONE (nothing). Only its
owner's own findings and fields fall under a topic. What no row names, has no legal basis or is not yet valid is its
owner's alone. The contribution always goes: joint results are made of it.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum

from .sections import Field, Finding, Origin, Sealed, Section
from .texts import Text, text
from .words import AGENCY_OF, Agency, Authority

EVERY = frozenset(Agency)


class Class(IntEnum):
    """How much of a topic an agency sees: the greater shows more."""

    NONE = 0
    SEALED = 1
    BAND = 2
    OPEN = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """One row of the agreement. `fields` are names of fields (`imm.stay-until`); an agency named nowhere sees nothing.

    `unseal`: whose officers may be one of the two who unseal it, beside the owner's own.
    """

    topic: str
    owner: Agency
    legal_basis: str
    valid_from: date = date.min
    fields: tuple[str, ...] = ()
    open: frozenset[Agency] = frozenset()
    band: frozenset[Agency] = frozenset()
    sealed: frozenset[Agency] = frozenset()
    unseal: frozenset[Agency] = frozenset()

    def class_for(self, to: AbstractSet[Agency]) -> Class:
        """The best class of any of these agencies; the owner's is OPEN."""
        if self.owner in to or self.open & to:
            return Class.OPEN
        if self.band & to:
            return Class.BAND
        return Class.SEALED if self.sealed & to else Class.NONE


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call about what an agency keeps sealed. `hidden`: it is called the duty officer, and not the agency."""

    phone: str
    name: str = ""
    hidden: bool = False

    def words(self, owner: Agency) -> Text:
        """Whom to call, as a text."""
        if self.hidden:
            return text("sealed.call-duty", phone=self.phone)
        return text("sealed.call", owner=self.name or owner.value.upper(), phone=self.phone)


@dataclass(frozen=True, slots=True)
class SharingAgreement:
    """The rows whose owner has signed them, by topic, and whom to call. `day` tells which of them are valid."""

    version: str
    topics: Mapping[str, Topic]
    contacts: Mapping[Agency, Contact] = field(default_factory=dict)
    day: date = date.min
    _named: Mapping[str, Topic] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Rows are found by their fields too."""
        by_field = {name: topic for topic in self.topics.values() for name in topic.fields}
        object.__setattr__(self, "_named", {**by_field, **self.topics})

    def on(self, day: date) -> "SharingAgreement":
        """The agreement as it is on a day; before that, rows with a first day share nothing."""
        return replace(self, day=day)

    def row(self, name: str, owner: Agency) -> Topic | None:
        """The row of this topic or field of this owner, where it is in force."""
        found = self._named.get(name)
        if found is None or found.owner is not owner or not found.legal_basis or found.valid_from > self.day:
            return None
        return found

    def class_of(self, name: str, authority: Authority, to: AbstractSet[Agency]) -> Class:
        """What these agencies see of a topic or field of this authority."""
        owner = AGENCY_OF[authority]
        if owner in to:
            return Class.OPEN
        row = self.row(name, owner)
        return row.class_for(to) if row is not None else Class.NONE

    @property
    def open_to_all(self) -> frozenset[str]:
        """The topics whose details every agency sees: only these contribute their points."""
        rows = (self.row(name, topic.owner) for name, topic in self.topics.items())
        return frozenset(row.topic for row in rows if row is not None and row.open | {row.owner} >= EVERY)

    def may_unseal(self, topic: str, owner: Agency) -> frozenset[Agency]:
        """Whose officers may unseal a finding of this topic."""
        row = self.row(topic, owner)
        return frozenset({owner}) | (row.unseal if row is not None else frozenset())

    def call(self, owner: Agency) -> Text | None:
        """Whom to call about what this agency keeps sealed."""
        contact = self.contacts.get(owner)
        return contact.words(owner) if contact is not None else None

    def marker(self, owner: Agency) -> Sealed:
        """That something is sealed, without it."""
        contact = self.contacts.get(owner)
        return Sealed("" if contact is not None and contact.hidden else owner.value, 0, "")


def project(section: Section, to: AbstractSet[Agency], agreement: SharingAgreement) -> Section:
    """The section as these agencies may see it: contributions whole, everything else by its class.

    What is withheld loses its topic too, which tells half of it. Facts belong to the owner's view. Of what was
    projected before, no more comes back.
    """
    view = _View(section.authority, to, agreement)
    fields = view.fields(section.fields)
    return replace(
        section,
        findings=tuple(map(view.finding, section.findings)),
        facts=section.facts if view.owns else (),
        fields=fields,
        origins=view.origins(section.origins, fields),
    )


class _View:
    """What one set of agencies sees of one authority's."""

    def __init__(self, authority: Authority, to: AbstractSet[Agency], agreement: SharingAgreement) -> None:
        self.owner = AGENCY_OF[authority]
        self.owns = self.owner in to
        self._authority, self._to, self._agreement = authority, to, agreement

    def finding(self, finding: Finding) -> Finding:
        agreement = self._agreement
        shown = agreement.class_of(finding.topic, self._authority, self._to)
        if finding.sealed is not None:
            opens = bool(agreement.may_unseal(finding.topic, self.owner) & self._to)
            sealed, topic = (finding.sealed, finding.topic) if opens else (agreement.marker(self.owner), "")
            return replace(finding, text=agreement.call(self.owner), topic=topic, sealed=sealed)
        if shown is Class.OPEN:
            return finding
        if shown is Class.SEALED:
            call, marker = agreement.call(self.owner), agreement.marker(self.owner)
            return replace(finding, text=call, topic="", candidate=False, sealed=marker)
        return replace(finding, text=None, topic="", candidate=False)

    def fields(self, fields: tuple[Field, ...]) -> tuple[Field, ...]:
        """Open ones as they are; of a banded topic one line, under the topic's name, where its first field stood."""
        found: dict[str, Field] = {}
        for number, one in enumerate(fields):
            shown = self._agreement.class_of(one.name, self._authority, self._to)
            if shown is Class.OPEN:
                found[f"{one.name}/{number}"] = self._open(one)
            elif shown is Class.BAND:
                row = self._agreement.row(one.name, self.owner)
                name = row.topic if row is not None else one.name
                bands = (one.band, found[name].band) if name in found else (one.band,)
                found[name] = Field(name, None, band=max(bands, key=_severity))
        return tuple(found.values())

    def _open(self, one: Field) -> Field:
        if one.sealed is None or self._agreement.may_unseal(one.name, self.owner) & self._to:
            return one
        return replace(one, sealed=self._agreement.marker(self.owner))

    def origins(self, origins: tuple[Origin, ...], fields: tuple[Field, ...]) -> tuple[Origin, ...]:
        """Where what is shown was read."""
        if self.owns:
            return origins
        named = {one.origin for one in fields}
        return tuple(origin for origin in origins if origin.id in named)


def _severity(band: str) -> int:
    return ("green", "amber", "red").index(band) if band in {"green", "amber", "red"} else -1
