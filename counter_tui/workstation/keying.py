"""Documents that no reader reads: kinds, what is keyed of them, and who is known by what was typed so far."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from ..domain.crossings import Crossing
from ..domain.documents import TRAINING_MARK, Document, Problem
from ..domain.documents.keyed import Checked, as_known, key_document, read_checked
from ..domain.documents.kinds import DocumentKind, DocumentRules
from ..domain.words import Direction, Outcome
from .news import Expected
from .outbox import LET_IN
from .place import Place
from .records import CachedRecords
from .search import SHORTEST


class Keying:
    """Keying at one counter."""

    def __init__(
        self,
        records: CachedRecords,
        place: Place,
        new_id: Callable[[], str],
        rules: Callable[[], DocumentRules | None],
        today: Callable[[], date],
    ) -> None:
        """`new_id` gives ids; `rules` are read when they are first needed."""
        self._records = records
        self._place = place
        self._new_id = new_id
        self._rules = rules
        self._today = today

    def kinds(self) -> tuple[DocumentKind, ...]:
        """The kinds of documents that are keyed, in the order in which they are offered."""
        rules = self._rules()
        return rules.keyed if rules else ()

    def document(self, kind: DocumentKind, typed: Mapping[str, str]) -> Document | tuple[Problem, ...]:
        """The document that was keyed, or what is wrong; without a number of its own it gets one of this counter's."""
        mark = TRAINING_MARK if self._place.demo else ""
        reference = f"{mark}{self._place.counter.id}-{self._new_id()[-8:]}".upper()
        return key_document(kind, typed, self._today(), reference)

    async def known(self, kind: DocumentKind, typed: Mapping[str, str]) -> tuple[Expected, ...]:
        """Who is held here and can be whom this is about: by the whole number, or by its last four and the name.

        Of a document whose zone is keyed, number, birth and expiry have to agree; of the others, the kind. Nobody is
        known by a document that was not presented.
        """
        if kind.checked:
            return self._by_zone(typed)
        number = "".join(filter(str.isalnum, typed.get("number", "")))
        rules = self._rules()
        if rules is None or not kind.numbered or len(number) < SHORTEST:
            return ()
        found = self._records.with_number(number)
        names = f"{typed.get('surname', '')} {typed.get('given_names', '')}".strip()
        if not found and names:
            found = self._records.search(f"{number} {names}")
        same = (traveller for traveller in found if rules.find_kind(traveller.document) == kind)
        return tuple(replace(traveller, document=as_known(traveller.document)) for traveller in same)

    def _by_zone(self, typed: Mapping[str, str]) -> tuple[Expected, ...]:
        zone = read_checked(typed, self._today())
        if not isinstance(zone, Checked):
            return ()
        same = (
            traveller
            for traveller in self._records.with_number(zone.number)
            if (traveller.document.birth, traveller.document.expiry) == (zone.birth, zone.expiry)
        )
        return tuple(replace(traveller, document=as_known(traveller.document, "keyed-checked")) for traveller in same)

    def used_on(self, document: Document) -> date | None:
        """The day that a document for one journey was used, as far as it is known here; None for any other."""
        return self._records.used_on(document.key) if self._for_one_journey(document) else None

    def note_journey(self, crossing: Crossing, outcome: Outcome | None) -> None:
        """An entry uses up a document for one journey; should the note be lost, the journal still has the entry."""
        let_in = crossing.direction is Direction.ENTRY and outcome in LET_IN
        if let_in and self._for_one_journey(crossing.document):
            self._records.keep_used(crossing.document.key, crossing.opened_at.date())

    def take_back(self, crossing: Crossing) -> None:
        """Nobody was let in on this crossing after all: what it had used up, it had not."""
        if self._records.used_on(crossing.document.key) == crossing.opened_at.date():
            self._records.drop_used(crossing.document.key)

    def _for_one_journey(self, document: Document) -> bool:
        rules = self._rules()
        return rules is not None and rules.is_single_journey(document)
