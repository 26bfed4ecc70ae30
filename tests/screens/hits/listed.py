"""What lists say of the traveller of these tests, and a desk on which two people can decide."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from counter_tui.domain.acts import Means
from counter_tui.domain.identity import Identified, hit_key
from counter_tui.domain.posts import Officer
from counter_tui.domain.screening.model import Hit, ListAnswer
from counter_tui.domain.texts import text
from counter_tui.domain.words import Agency, Role
from counter_tui.errors import SignInError
from counter_tui.workstation.identity import Chosen, DecidedHit, IdentityRecorded, Key
from counter_tui.workstation.news import Screened
from counter_tui.workstation.two_persons import By, Way
from tests.screens.frame.scripted import Counters, Moment, ScriptedDesk
from tests.unit.tui.paint.travellers import NOW

HENDRA = Officer("hendra", "Hendra Kusuma", Agency.IMMIGRATION, Role.SUPERVISOR, frozenset(Agency))
MARIA = Officer("maria", "Maria Lusiana", Agency.CUSTOMS, Role.SUPERVISOR, frozenset({Agency.CUSTOMS}))
PIN = "6270"
LOADED = NOW - timedelta(hours=3)

NEAR = Hit(
    "demo-watch",
    "DW-0042",
    "Budhi SOERYADI bin Ahmad",
    0.874,
    (
        text("screening.why.token-spelling", query="BUDI", listed="BUDHI"),
        text("screening.why.token-spelling", query="SURYADI", listed="SOERYADI"),
        text("screening.why.listed-only", tokens="BIN AHMAD"),
        text("screening.why.birth-digit", listed="1984-03-12"),
        text("screening.why.nationality-other", listed="MYS, SGP"),
        text("screening.why.crowd", count=14),
    ),
    "H2",
    version="a1",
)
FAR = Hit(
    "un-consolidated",
    "QDi.118",
    "SURYADI",
    0.791,
    (
        text("screening.why.token-exact", token="SURYADI"),
        text("screening.why.query-only", tokens="BUDI"),
        text("screening.why.birth-unknown"),
        text("screening.why.weak-alias"),
    ),
    version="b1",
)
BLIND = Hit("dpo", "DPO-2231", "", 0.97, (), "H3", version="c1")


def answers() -> tuple[ListAnswer, ...]:
    return (
        ListAnswer("demo-watch", "Demo: wanted persons", 412, LOADED, (NEAR,), below=3),
        ListAnswer("un-consolidated", "UN Security Council Consolidated List", 20261101, LOADED, (FAR,), stale=True),
        ListAnswer("ofac-sdn", "OFAC Specially Designated Nationals", 7, LOADED),
        ListAnswer("tangkal", "Daftar Penangkalan", 0, None),
        ListAnswer("interpol-nominals", "INTERPOL Nominals", 0, None, pending=True),
    )


def blind() -> tuple[ListAnswer, ...]:
    return (ListAnswer("dpo", "Daftar Pencarian Orang", 9, LOADED, (BLIND,)),)


class HitDesk(ScriptedDesk):
    """A desk whose lists have answered; the second person's PIN is `PIN`."""

    def __init__(self, clock: Moment) -> None:
        super().__init__(clock)
        self.screening = answers()
        self.decided_hits: tuple[DecidedHit, ...] = ()
        self.may: tuple[Officer, ...] = (HENDRA, MARIA)
        self.signed: list[tuple[Key, str, str, str]] = []
        self.wrong = 0
        self.identifying = self

    async def ways(self, list_id: str) -> tuple[Way, ...]:
        assert any(answer.list == list_id for answer in self.screening)
        barred = (
            Way(Means.OWN_COUNTER, why_not="two.not-own-counter"),
            Way(Means.TELEPHONE, why_not="two.not-telephone"),
        )
        return (Way(Means.BESIDE, self.may, "" if self.may else "two.nobody"), *barred)

    async def sign(self, chosen: Chosen, by: By) -> IdentityRecorded:
        hit, reason = chosen.hit, chosen.reason
        await self.recording.wait()
        self._fail()
        if by.typed != PIN:
            self.wrong += 1
            raise SignInError("signin.wrong-pin", left=4, wait=0)
        self.signed.append((hit, reason.code, chosen.note, by.officer))
        at = datetime(2026, 11, 20, 22, 14, 40, tzinfo=UTC)
        self.decided_hits = (*self.decided_hits, DecidedHit(hit, reason.identified, "Wijaya S.", "Hendra K.", at))
        if reason.identified is Identified.NOT_THIS_PERSON:
            self.screening = tuple(_without(answer, hit) for answer in self.screening)
            assert self.view is not None
            self.hear(Screened(self.view.crossing.id, self.screening))
        return IdentityRecorded(119, at, reason.identified, 4)


def _without(answer: ListAnswer, key: Key) -> ListAnswer:
    kept = tuple(hit for hit in answer.hits if hit_key(hit) != key)
    return replace(answer, hits=kept, dismissed=len(answer.hits) - len(kept))


class HitCounters(Counters):
    """The program over such a desk."""

    lists: HitDesk

    def scripted(self, **_desk: Any) -> ScriptedDesk:
        self.lists = HitDesk(self.clock)
        return self.lists

    async def look(self) -> None:
        """A traveller with hits, and the hits in sight."""
        await self.sign_in()
        await self.open()
        await self.press("i")
