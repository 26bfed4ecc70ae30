"""What is disclosed at the desk: `u` unseals by two people for one view, `n` writes a note, a search asks why."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ...domain.documents import Document
from ...domain.posts import Officer
from ...domain.words import Agency
from ...errors import CounterError, DecisionError
from ...workstation.news import LookupRefused, News
from ..paint.cells import spoken
from ..paint.identity import name_of
from ..paint.signs import agency_name
from ..widgets.ask_drawer import AskDrawer, Asking
from ..widgets.second_drawer import Signing
from ..words import N_, _, clean, say
from .desk_watching import DeskWatching

if TYPE_CHECKING:
    from ...domain.unsealing import SealedItem
    from ...workstation.two_persons import By
    from ...workstation.unsealing import Chosen, Unsealed


class DeskDisclosing(DeskWatching):
    """The desk with unsealing, notes, and reasons for looking people up."""

    def __init__(self) -> None:
        super().__init__()
        self._said: Callable[[int, str], None] = lambda _choice, _words: None
        self._reason: tuple[str, str] = ("", "")
        """For which document key a reason was stated, and which."""

    # -- what is sealed ----------------------------------------------------------------------------------------------

    def do_unseal(self) -> None:
        """Two people open what an agency has sealed."""
        from ..paint.unsealed import item_choices

        items = self._sealed()
        if not items:
            self.counter.tell(
                N_("Nothing here can be unsealed by you at this counter: call whom the panel names."), "attention"
            )
        elif len(items) == 1:
            self._ask_unseal(items[0])
        else:
            what = Asking(
                lambda: _("UNSEAL"), self._who(), lambda: _("which? number or arrows"), partial(item_choices, items)
            )
            self._ask_first(what, lambda choice, _words: self._ask_unseal(items[choice - 1]))

    def _sealed(self) -> "tuple[SealedItem, ...]":
        try:
            return self.counter.desk.disclosing.sealed()
        except DecisionError:
            return ()

    def _who(self) -> str:
        return name_of(self._view.crossing.document) if self._view is not None else ""

    def _ask_unseal(self, item: "SealedItem") -> None:
        self._asker.close()
        self.counter.ask(self._asking_unseal(item), "second")

    async def _asking_unseal(self, item: "SealedItem") -> None:
        from ...domain.unsealing import REASONS
        from ...workstation.unsealing import Chosen
        from ..paint.unsealed import unseal_choices

        desk = self.counter.desk.disclosing
        beside, *others = await desk.ways(item)

        def chosen(number: int, note: str) -> Chosen:
            return Chosen(item, REASONS[number - 1], note)

        signing = Signing(
            what=lambda: _("UNSEAL for one view"),
            about=self._who(),
            reasons=unseal_choices,
            noted=frozenset(number for number, reason in enumerate(REASONS, start=1) if reason.note),
            seconds=beside.seconds,
            sentence=partial(self._unseal_sentence, item),
            elsewhere=tuple(others),
        )
        if self._view is not None:
            self.ask_second(
                signing,
                lambda number, note, by: self._fetch(chosen(number, note), by),
                lambda number, note, second: desk.ask(chosen(number, note), second.id),
            )

    def _unseal_sentence(self, item: "SealedItem", number: int, second: Officer) -> str:
        """What both sign."""
        from ...domain.unsealing import REASONS

        view, first = self._view, self.counter.desk.officer
        assert view is not None
        assert first is not None
        document = view.crossing.document
        told = _("{second} signs with {first}: {agency} opens what it keeps sealed of {name}, {document}: {reason}.")
        return told.format(
            second=clean(second.name),
            first=clean(first.name),
            agency=agency_name(item.owner),
            name=name_of(document),
            document=f"{clean(document.issuing_state)} {clean(document.number)}",
            reason=spoken(f"unseal.reason.{REASONS[number - 1].code}"),
        )

    async def _fetch(self, chosen: "Chosen", by: "By") -> None:
        """Both have signed: fetch it."""
        crossing = self._view.crossing.id if self._view is not None else ""
        self.counter.tell(N_("Recorded and asked for: the owner opens it."))
        unsealed = await self.counter.desk.disclosing.unseal(chosen, by)
        self._second.close()
        if self._view is not None and self._view.crossing.id == crossing:
            self._show_unsealed(unsealed)

    def _show_unsealed(self, unsealed: "Unsealed") -> None:
        """In the sheet, which forgets it when it closes."""
        from ..paint.unsealed import unsealed_lines

        who = self._who()
        self._inspection.show_lines(lambda width: unsealed_lines(unsealed, who, width))
        told = N_("unsealed by two, entry {n}: seen once, kept nowhere; the owner sees who looked")
        self.counter.tell(told, "attention", n=unsealed.sequence)

    # -- notes ---------------------------------------------------------------------------------------------------------

    def do_note(self) -> None:
        """A note on the traveller: for whom, and in which words."""
        from ..paint.unsealed import note_choices, note_receivers

        officer = self.counter.desk.officer
        if self._view is None or officer is None:
            return
        own = officer.agency
        note = Asking(
            lambda: _("NOTE"),
            self._who(),
            lambda: _("who sees it? number, words or arrows"),
            partial(note_choices, own),
            lambda: _("note: what another officer needs to know"),
        )
        self._ask_first(note, lambda choice, words: self._write(note_receivers(own, choice), words))

    def _write(self, to: frozenset[Agency], words: str) -> None:
        self.counter.ask(self._writing(to, words), "record")

    async def _writing(self, to: frozenset[Agency], words: str) -> None:
        try:
            sequence = await self.counter.desk.disclosing.write_note(to, words)
        except CounterError as error:
            self._asker.tell(say(error))
            raise
        self._asker.close()
        self._put(self.counter.desk.view or self._view, self._recorded)
        self.counter.tell(N_("note recorded, entry {n}"), "clear", n=sequence)

    # -- looking people up ---------------------------------------------------------------------------------------------

    def _ask_why(self, document: Document, then: Callable[[], None]) -> None:
        """Somebody was found without a document in hand: one key says why they are opened."""
        from ...domain.lookups import REASONS
        from ..paint.unsealed import lookup_choices

        why = Asking(
            lambda: _("WHY without the document?"),
            name_of(document),
            lambda: _("Enter takes the first; it is recorded, and the agencies see it"),
            lookup_choices,
        )

        def chosen(choice: int, _words: str) -> None:
            self._asker.close()
            self._reason = document.key, REASONS[choice - 1]
            then()

        self._ask_first(why, chosen)

    def reason_for(self, document: Document) -> str:
        """The reason that was stated for opening this document's bearer; "" where none was."""
        key, reason = self._reason
        return reason if key == document.key else ""

    def news(self, news: News) -> None:
        """The single window refuses a question: what is held here stays on the screen."""
        super().news(news)
        if isinstance(news, LookupRefused) and self._view is not None and news.crossing == self._view.crossing.id:
            self.counter.tell(say(news.why), "attention")

    # -- the drawer ----------------------------------------------------------------------------------------------------

    def _ask_first(self, asking: Asking, said: Callable[[int, str], None]) -> None:
        self._said = said
        self._asker.open(asking)
        self.refresh_frame()

    def on_ask_drawer_said(self, event: AskDrawer.Said) -> None:
        """All is said."""
        event.stop()
        self._said(event.choice, event.words)
