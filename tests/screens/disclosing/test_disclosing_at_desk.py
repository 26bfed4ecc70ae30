"""Keys `u` and `n` at the desk, and the reason that a search asks for: typed into the real program."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from counter_tui.domain.acts import Means
from counter_tui.domain.posts import Officer
from counter_tui.domain.texts import text
from counter_tui.domain.unsealing import SealedItem
from counter_tui.domain.words import Agency, Authority, Role
from counter_tui.errors import CounterError, LinkError, SignInError
from counter_tui.workstation.news import LookupRefused
from counter_tui.workstation.two_persons import By, Way
from counter_tui.workstation.unsealing import Chosen, Unsealed
from tests.screens.frame.looking import shown
from tests.screens.frame.scripted import Counters, Moment, ScriptedDesk

AGUS = Officer("agus", "Agustinus Jelani", Agency.SECURITY, Role.OFFICER, frozenset(Agency))
PIN = "5948"
ITEM = SealedItem(Authority.SECURITY, "security/s")


@dataclass
class ScriptedDisclosing:
    """What is sealed, and what was asked for."""

    items: tuple[SealedItem, ...] = (ITEM,)
    may: tuple[Officer, ...] = (AGUS,)
    fails: CounterError | None = None
    unsealed: list[tuple[str, str, str, str]] = field(default_factory=list)
    notes: list[tuple[frozenset[Agency], str]] = field(default_factory=list)

    def sealed(self) -> tuple[SealedItem, ...]:
        return self.items

    async def ways(self, _item: SealedItem) -> tuple[Way, ...]:
        barred = (
            Way(Means.OWN_COUNTER, why_not="two.not-own-counter"),
            Way(Means.TELEPHONE, why_not="two.not-telephone"),
        )
        return (Way(Means.BESIDE, self.may), *barred)

    async def unseal(self, chosen: Chosen, by: By) -> Unsealed:
        item, reason, note, second = chosen.item, chosen.reason, chosen.note, by.officer
        if self.fails is not None:
            raise self.fails
        if by.typed != PIN:
            raise SignInError("signin.wrong-pin", left=4, wait=0)
        self.unsealed.append((item.item, reason.code, note, second))
        return Unsealed(item, 7, (("category", "financing [bold]network"), ("ref", "L-0043")))

    async def write_note(self, to: frozenset[Agency], words: str) -> int:
        self.notes.append((to, words))
        return 8


class DisclosingDesk(ScriptedDesk):
    def __init__(self, clock: Moment) -> None:
        super().__init__(clock)
        self.disclosing = ScriptedDisclosing()


class Disclosed(Counters):
    """The program over such a desk."""

    sealed: DisclosingDesk

    def scripted(self, **_desk: Any) -> ScriptedDesk:
        self.sealed = DisclosingDesk(self.clock)
        return self.sealed


@pytest.fixture
def made() -> Disclosed:
    return Disclosed()


async def at_work(made: Disclosed) -> None:
    await made.sign_in()
    await made.open()


async def test_two_people_unseal_for_one_view_and_closing_it_forgets_it(made: Disclosed) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await at_work(made)
        await made.press("u", "enter", "enter")
        assert "Agustinus Jelani signs with Wijaya Sutrisno" in shown(made)
        await made.press(*PIN, "enter")
        await made.until(lambda: "UNSEALED" in shown(made))
        assert "financing [bold]network" in shown(made)
        assert made.sealed.disclosing.unsealed == [("security/s", "identify", "", "agus")]
        assert "seen once" in made.said

        await made.press("escape")
        assert "financing" not in shown(made)
        assert made.screen._inspection._sheet._painter is None
        await made.press("4")
        assert "financing" not in shown(made)


async def test_a_reason_that_asks_for_a_note_gets_it_and_a_wrong_pin_is_typed_again(made: Disclosed) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await at_work(made)
        await made.press("u", "4", "enter", *"by phone", "enter", "enter")
        await made.press(*"1111", "enter")
        await made.until(lambda: "UNSEAL for one view" in shown(made))
        assert made.sealed.disclosing.unsealed == []
        await made.press(*PIN, "enter")
        await made.until(lambda: bool(made.sealed.disclosing.unsealed))
        assert made.sealed.disclosing.unsealed == [("security/s", "owner-asks", "by phone", "agus")]


async def test_what_the_owner_does_not_open_is_told_and_nothing_is_shown(made: Disclosed) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await at_work(made)
        made.sealed.disclosing.fails = LinkError("unseal.no-answer")
        await made.press("u", "enter", "enter", *PIN, "enter")
        await made.until(lambda: "unseal.no-answer" in shown(made))
        assert "UNSEALED" not in shown(made)


async def test_where_nothing_can_be_unsealed_it_says_so_and_of_several_one_is_chosen(made: Disclosed) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await at_work(made)
        made.sealed.disclosing.items = ()
        await made.press("u")
        assert "Nothing here can be unsealed by you" in made.said
        other = SealedItem(Authority.CUSTOMS, "customs/s")
        made.sealed.disclosing.items = (ITEM, other)
        await made.press("u", "2", "enter", "enter", "enter", *PIN, "enter")
        await made.until(lambda: bool(made.sealed.disclosing.unsealed))
        assert made.sealed.disclosing.unsealed[0][0] == "customs/s"


async def test_a_note_says_who_sees_it_and_is_recorded(made: Disclosed) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await at_work(made)
        await made.press("n", "enter", *"speaks Iban", "enter")
        await made.until(lambda: bool(made.sealed.disclosing.notes))
        await made.press("n", "2", "enter", *"ours", "enter")
        await made.until(lambda: len(made.sealed.disclosing.notes) == 2)
        others = frozenset(Agency) - {Agency.IMMIGRATION}
        assert made.sealed.disclosing.notes == [(others, "speaks Iban"), (frozenset(), "ours")]
        assert "note recorded, entry 8" in made.said
        await made.press("n", "escape")
        assert made.screen.place() == "inspection"


async def test_who_is_found_is_opened_for_a_reason_by_one_key(made: Disclosed) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await made.sign_in()
        await made.press("/", *"SURYADI")
        await made.until(lambda: "1 found" in shown(made))
        await made.press("enter")
        await made.until(lambda: "WHY without the document?" in shown(made))
        assert made.desk.view is None
        await made.press("enter")
        await made.until(lambda: made.desk.view is not None)
        assert made.desk.reasons_stated == ["unread"]


async def test_a_document_that_is_swiped_needs_no_reason(made: Disclosed) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await at_work(made)
        assert made.desk.reasons_stated == [""]


async def test_a_refused_look_up_is_told(made: Disclosed) -> None:
    async with made.app.run_test(size=(80, 24)) as made.pilot:
        await at_work(made)
        assert made.desk.view is not None
        made.desk.hear(LookupRefused(made.desk.view.crossing.id, text("lookup.too-many", seconds=41)))
        await made.until(lambda: "lookup.too-many" in made.said)
