"""Whether a document is good for this crossing: against a day, a direction and a post. What it says, law decides.

What has a code in the catalogue of findings (`config/findings.toml`) is a finding; the rest is a note. Each names the
row it comes from, and how sure that row is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..days import add_months
from ..posts import Post
from ..texts import Text, text
from ..words import Direction
from .kinds import Basis, DocumentKind, DocumentRule, DocumentRules, RuleName
from .model import Document


@dataclass(frozen=True, slots=True)
class ValidityNote:
    """One thing to know of a document here and now. `code` is its finding's, "" where it calls for nothing."""

    text: Text
    basis: Basis
    code: str = ""

    @property
    def cited(self) -> Text:
        """The row in words: where it comes from, how sure that is."""
        return text("validity.basis", source=self.basis.source, doubt=self.basis.doubt)


@dataclass(frozen=True, slots=True)
class Passage:
    """What a document is judged against: the day at the post, the way, the post, and when it was used before.

    `used`: the day of an earlier entry with this document that is known of.
    """

    on: date
    direction: Direction
    post: Post
    used: date | None = None


def judge_validity(document: Document, rules: DocumentRules, passage: Passage) -> tuple[ValidityNote, ...]:
    """Everything to know of this document here and now: findings first, each once; empty where all is as it should be.

    A citizen is never refused entry: an expired document of theirs is recorded. The six months are asked of
    foreigners, on arrival. What depends on a day that is not known is not judged, and said.
    """
    kind = rules.find_kind(document)
    judged = _Judge(document, rules, kind, passage)
    notes = (*judged.dates(), *judged.rules_of_kind(), *judged.states())
    return tuple(sorted(notes, key=lambda note: not note.code))


@dataclass(frozen=True, slots=True)
class _Judge:
    document: Document
    rules: DocumentRules
    kind: DocumentKind | None
    at: Passage

    def _finding(self, code: str, basis: Basis | None = None, **params: str | int) -> ValidityNote:
        """A finding; its own row of the catalogue is the basis unless a rule of the kind is."""
        return ValidityNote(text(f"finding.{code}", **params), basis or self.rules.bases[code], code)

    def _rule(self, name: RuleName) -> DocumentRule | None:
        return next((rule for rule in self.rules.of(self.kind) if rule.name is name), None)

    def dates(self) -> Iterator[ValidityNote]:
        document, at = self.document, self.at
        if self._rule(RuleName.NO_DOCUMENT):
            return
        last = document.expiry.latest() if document.expiry else None
        if last is None:
            yield self._finding("imm.no-expiry")
            return
        citizen, entering = document.nationality == at.post.country, at.direction is Direction.ENTRY
        if last < at.on:
            code = "imm.expired-citizen" if citizen and entering else "imm.expired"
            yield self._finding(code, days=(at.on - last).days)
        elif entering and not citizen and last < add_months(at.on, self._minimum):
            yield self._finding("imm.validity-short", days=(last - at.on).days)
        longest = self._rule(RuleName.VALID_MONTHS)
        if longest and last > add_months(at.on, longest.number):
            yield self._finding("imm.validity-too-long", longest.basis, months=longest.number)

    @property
    def _minimum(self) -> int:
        return 0 if self._rule(RuleName.NO_MINIMUM) else self.rules.minimum_months

    def rules_of_kind(self) -> Iterator[ValidityNote]:
        for rule in self.rules.of(self.kind):
            note = self._broken(rule) or self._noted(rule)
            if note is not None:
                yield note

    def _broken(self, rule: DocumentRule) -> ValidityNote | None:
        """The finding where a rule stands against this document here and now."""
        at, nation = self.at, self.document.nationality
        entering = at.direction is Direction.ENTRY
        against: dict[RuleName, tuple[bool, str, dict[str, str]]] = {
            RuleName.NO_DOCUMENT: (True, "imm.no-document", {}),
            RuleName.NO_TRAVEL_DOCUMENT: (True, "imm.not-travel-document", {}),
            RuleName.BESIDE: (True, "imm.document-beside", {"beside": "".join(rule.places[:1])}),
            RuleName.HOLDERS: (nation not in rule.states, "imm.document-not-for", {"nation": nation}),
            RuleName.POSTS: (at.post.id not in rule.places, "imm.document-not-here", {}),
            RuleName.INTO: ((at.post.country in rule.states) is not entering, "imm.document-not-out", {}),
            RuleName.SINGLE_JOURNEY: (entering and at.used is not None, "imm.single-journey-used", {}),
        }
        broken, code, params = against.get(rule.name, (False, "", {}))
        return self._finding(code, rule.basis, **params) if broken else None

    def _noted(self, rule: DocumentRule) -> ValidityNote | None:
        """What an officer should know of a rule that is kept, or that only asking can tell."""
        match rule.name:
            case RuleName.SINGLE_JOURNEY:
                return _note("single-journey", rule.basis)
            case RuleName.STAY_DAYS if self.at.direction is Direction.ENTRY:
                return _note("stay", rule.basis, days=rule.number)
            case RuleName.RESIDENTS:
                return _note("residents", rule.basis, places=", ".join(rule.places))
        return None

    def states(self) -> Iterator[ValidityNote]:
        """A holder of another state's document: by law, or to be looked at."""
        issuer, nation = self.document.issuing_state, self.document.nationality
        if not issuer or issuer == nation:
            return
        by_law = self._rule(RuleName.OTHER_NATIONALITY)
        lawful = [by_law] if by_law else [d for d in self.rules.differing if d.covers(self.document)]
        basis = next((row.basis for row in lawful), None)
        if basis is None:
            yield self._finding("imm.states-differ", issuer=issuer, nation=nation)
        else:
            yield _note("states-differ", basis, issuer=issuer, nation=nation)


def _note(name: str, basis: Basis, **params: str | int) -> ValidityNote:
    return ValidityNote(text(f"validity.{name}", **params), basis)
