"""Kinds of documents that are presented at a counter, with or without a machine readable zone, and their rules.

Both are data (`config/documents.toml`): what is law somewhere differs from post to post and from year to year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from .model import Document

FieldName = Literal[
    "number",
    "again",
    "number_checked",
    "birth_checked",
    "expiry_checked",
    "issuing_state",
    "nationality",
    "surname",
    "given_names",
    "birth",
    "expiry",
    "sex",
]


class RuleName(StrEnum):
    """What a rule says of a kind; in brackets what else the row carries."""

    STAY_DAYS = "stay-days"
    """The longest stay a crossing (`number`, days)."""
    VALID_MONTHS = "valid-months"
    """It is never issued for longer (`number`, months)."""
    HOLDERS = "holders"
    """Nobody else may use it (`states`: nationalities)."""
    RESIDENTS = "residents"
    """It is issued to who lives there (`places`); an officer asks."""
    POSTS = "posts"
    """It is good at these posts only (`places`: their ids)."""
    INTO = "into"
    """It is for travel into these states only (`states`)."""
    SINGLE_JOURNEY = "single-journey"
    """An entry uses it up."""
    BESIDE = "beside"
    """It is never enough alone: one of these kinds stands beside it (`places`: their codes)."""
    NO_TRAVEL_DOCUMENT = "no-travel-document"
    """It is no travel document at this post."""
    NO_DOCUMENT = "no-document"
    """Nothing was presented."""
    NO_MINIMUM = "no-minimum"
    """The six months on arrival are not asked of it."""
    OTHER_NATIONALITY = "other-nationality"
    """Its holder need not be a national of who issued it."""


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind. `fields` are what is keyed of it, in order; `number` is a regular expression, "" where any form goes.

    `codes`, `issuers` and `holders` tell it by its zone; `issuing_state` and `nationality` go without asking.
    """

    code: str
    codes: frozenset[str] = frozenset()
    issuers: frozenset[str] = frozenset()
    holders: frozenset[str] = frozenset()
    fields: tuple[FieldName, ...] = ()
    number: str = ""
    issuing_state: str = ""
    nationality: str = ""

    @property
    def checked(self) -> bool:
        """Whether it is keyed from its zone, with the check digits."""
        return "number_checked" in self.fields

    @property
    def numbered(self) -> bool:
        """Whether it has a number."""
        return self.checked or "number" in self.fields

    def fits(self, document: Document) -> bool:
        """Whether a document that was read from its zone is of this kind."""
        return (
            not self.codes.isdisjoint((document.code, f"{document.code[:1]}*"))
            and (not self.issuers or document.issuing_state in self.issuers)
            and (not self.holders or document.nationality in self.holders)
        )


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule comes from, and how sure that is: `doubt` is none, memory, design or disputed."""

    source: str
    doubt: str


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """One rule of one kind, with where it comes from."""

    kind: str
    name: RuleName
    basis: Basis
    number: int = 0
    states: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Differing:
    """Where issuing state and nationality may differ; an empty set is any."""

    issuers: frozenset[str]
    nationalities: frozenset[str]
    basis: Basis

    def covers(self, document: Document) -> bool:
        """Whether it is about this document."""
        return (not self.issuers or document.issuing_state in self.issuers) and (
            not self.nationalities or document.nationality in self.nationalities
        )


@dataclass(frozen=True, slots=True)
class DocumentRules:
    """Kinds and rules of one version. `minimum_months` is what a foreigner's document must still be valid on arrival.

    `bases` says for each finding's code where that comes from.
    """

    version: str
    kinds: tuple[DocumentKind, ...]
    rules: tuple[DocumentRule, ...]
    differing: tuple[Differing, ...]
    minimum_months: int
    bases: dict[str, Basis]

    @property
    def keyed(self) -> tuple[DocumentKind, ...]:
        """The kinds that are offered for keying, in their order."""
        return tuple(kind for kind in self.kinds if kind.fields)

    def find_kind(self, document: Document) -> DocumentKind | None:
        """The kind that was keyed, or the first that the zone fits; None where there is none."""
        if document.kind:
            return self.find(document.kind)
        return next((kind for kind in self.kinds if kind.fits(document)), None)

    def find(self, code: str) -> DocumentKind | None:
        """The kind of this code."""
        return next((kind for kind in self.kinds if kind.code == code), None)

    def of(self, kind: DocumentKind | None) -> Iterator[DocumentRule]:
        """The rules of a kind, in their order."""
        return (rule for rule in self.rules if kind is not None and rule.kind == kind.code)

    def is_single_journey(self, document: Document) -> bool:
        """Whether an entry uses this document up."""
        return any(rule.name is RuleName.SINGLE_JOURNEY for rule in self.of(self.find_kind(document)))
