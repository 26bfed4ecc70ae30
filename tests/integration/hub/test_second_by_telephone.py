"""A second person at another counter, called by telephone: a real single window, two real counters, real keys.

Nothing goes between the two but what is read out, as long as the single window is away.
"""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from counter_tui.bootstrap.enrol import enrol
from counter_tui.domain.acts import Means
from counter_tui.domain.documents import Document, compose_mrz, read_mrz
from counter_tui.domain.joint.state import Waiting
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.telephone import Challenge
from counter_tui.domain.waiting import ToConfirm
from counter_tui.domain.words import Outcome, Verdict
from counter_tui.errors import DecisionError
from counter_tui.workstation.judging import Verdicted
from counter_tui.workstation.news import Recorded
from counter_tui.workstation.two_persons import By
from tests.integration.hub.living import Booth, HubProcess, at_work, environment, invited, live_configuration

GROUND = "refuse.ground-b"
NOT_YET = frozenset({"two.no-keys", "decision.view-changed", "decision.band-worsened"})


@dataclass
class Post:
    """Who refuses at one counter, and who is called at the other."""

    hub: HubProcess
    three: Booth
    four: Booth
    said: Verdicted | None = None

    async def open(self, number: str) -> None:
        await self.three.desk.done()
        await self.three.desk.open(passport(number))

    def refusal(self) -> Verdicted:
        """As it stands on the screen now."""
        desk = self.three.desk
        assert desk.view is not None
        reason = next(one for one in desk.reasons(Verdict.REFUSE, PERSON) if one.code == GROUND)
        return Verdicted(PERSON, Verdict.REFUSE, reason, "no visa", desk.view.digest)

    async def call(self) -> Challenge:
        """What is read out, once the keys of the other counter are known here, and the view stands still."""
        async with asyncio.timeout(30):
            while True:
                self.said = self.refusal()
                try:
                    return await self.three.desk.judging.ask(self.said, "budi")
                except DecisionError as error:
                    if error.code not in NOT_YET:
                        raise
                    await asyncio.sleep(0.02)

    async def digits(self, challenge: Challenge) -> str:
        """What is read back from the other counter."""
        spoken = challenge.spelled().lower().replace("-", " ")
        (answer,) = await self.four.desk.judging.answer(spoken, self.hub.pins["budi"])
        assert (answer.counter, answer.name) == ("ENT-3", challenge.name)
        return answer.digits

    async def take(self, digits: str) -> Recorded:
        """What was read back is typed at the counter that asked."""
        assert self.said is not None
        return await self.three.desk.judging.sign(self.said, By("budi", Means.TELEPHONE, digits))

    def outcome(self) -> Outcome:
        view = self.three.desk.view
        assert view is not None
        return dict(view.outcome)[PERSON]

    def waits(self) -> tuple[Waiting, ...]:
        """What of the traveller on the screen somebody elsewhere is to confirm."""
        view = self.three.desk.view
        assert view is not None
        return view.joint.waiting

    async def until_asked(self) -> ToConfirm:
        """The act has come to the other counter, where it waits for a word."""
        async with asyncio.timeout(30):
            while not (waiting := await self.four.desk.judging.waiting()):
                await asyncio.sleep(0.02)
        (one,) = waiting
        return one

    async def until_said(self, *, agreed: bool) -> None:
        """That word has come back."""
        booth = self.three.desk.booth
        thread = booth.work.in_hand().crossing.id

        def said() -> list[bool]:
            return [act.deed.agreed for act in booth.acts.of(thread) if act.kind == "confirmation"]

        await self.three.until(lambda: said() == [agreed])

    async def until_down(self) -> None:
        for booth in (self.three, self.four):
            await booth.until(lambda at=booth: at.desk.booth.last_status.down_since is not None)  # type: ignore[misc]


def passport(number: str) -> Document:
    today = datetime.now(UTC).date()
    lines = compose_mrz(
        "TD3", "P", "MYS", number, "MYS", "RAHMAN", "ABDUL", "M", date(1990, 5, 1), date(today.year + 3, 1, 1)
    )
    document = read_mrz(lines, today=today).document
    assert document is not None
    return document


@pytest.fixture(scope="session")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A post whose agencies have signed its rules: with the key that ships, which here counts for them."""
    folder = live_configuration(tmp_path_factory.mktemp("called") / "config")
    sharing = folder / "sharing.toml"
    sharing.write_text(
        sharing.read_text(encoding="utf-8").replace("keys = []\ndemo_keys =", "keys ="), encoding="utf-8"
    )
    return folder


@pytest.fixture
async def post_of_two(hub: HubProcess, tmp_path: Path) -> AsyncIterator[Post]:
    homes = {counter: tmp_path / counter for counter in ("ENT-3", "ENT-4")}
    for counter, home in homes.items():
        home.mkdir(mode=0o700)
        code = await asyncio.to_thread(invited, counter)
        with environment(COUNTER_HOME=str(home)):
            assert await asyncio.to_thread(enrol, code, io.StringIO()) == 0
    async with AsyncExitStack() as stack:
        booths = []
        for home in homes.values():
            with environment(COUNTER_HOME=str(home)):
                booths.append(await stack.enter_async_context(at_work()))
        three, four = booths
        await three.desk.sign_in("siti", hub.pins["siti"])
        await four.desk.sign_in("budi", hub.pins["budi"])
        yield Post(hub, three, four)


async def test_a_refusal_is_signed_from_another_counter_with_a_link_and_without(post_of_two: Post) -> None:
    challenge, digits = await confirmed_when_it_has_come(post_of_two)
    await not_with_digits_of_another(post_of_two, challenge, digits)
    await without_a_link(post_of_two)
    for booth in (post_of_two.three, post_of_two.four):
        await booth.waiting(0)
        assert (await booth.desk.verify()).problems == ()


async def confirmed_when_it_has_come(post: Post) -> tuple[Challenge, str]:
    """It stands from the digits on, once; the second person reads it when it comes, and says that it holds."""
    await post.open("A1234567")
    challenge = await post.call()
    digits = await post.digits(challenge)
    with pytest.raises(DecisionError, match=r"telephone\.wrong"):
        await post.take(f"{(int(digits) + 1) % 10**8:08d}")
    recorded = await post.take(f"{digits[:4]} {digits[4:]}")
    assert dict(recorded.outcome)[PERSON] is Outcome.REFUSE
    with pytest.raises(DecisionError, match=r"telephone\.none"):
        await post.take(digits)

    asked = await post.until_asked()
    assert asked.act.second is not None
    assert (asked.act.counter, asked.act.second.means, asked.act.second.answer) == ("ENT-3", Means.TELEPHONE, digits)
    assert [one.act for one in post.waits()] == [asked.act.id]
    await post.four.desk.judging.confirm(asked, agreed=True)
    await post.until_said(agreed=True)
    await post.three.until(lambda: post.waits() == ())
    assert post.outcome() is Outcome.REFUSE
    return challenge, digits


async def not_with_digits_of_another(post: Post, before: Challenge, digits: str) -> None:
    """Digits for one are no digits for another, and after three wrong ones the right ones come too late."""
    await post.open("B7654321")
    challenge = await post.call()
    assert challenge.spelled() != before.spelled()
    for left in (2, 1):
        with pytest.raises(DecisionError, match=r"telephone\.wrong") as wrong:
            await post.take(digits)
        assert wrong.value.params["left"] == left
    with pytest.raises(DecisionError, match=r"telephone\.tries"):
        await post.take(digits)
    with pytest.raises(DecisionError, match=r"telephone\.none"):
        await post.take(await post.digits(challenge))
    assert post.outcome() is not Outcome.REFUSE


async def without_a_link(post: Post) -> None:
    """The keys are known from before: it is signed all the same, and falls where the second says that it does not."""
    post.hub.kill()
    await post.until_down()
    await post.open("C1112223")
    challenge = await post.call()
    await post.take(await post.digits(challenge))
    assert post.outcome() is Outcome.REFUSE
    assert await post.four.desk.judging.waiting() == (), "it has not come"

    await asyncio.to_thread(post.hub.start)
    asked = await post.until_asked()
    await post.four.desk.judging.confirm(asked, "I heard another name", agreed=False)
    await post.until_said(agreed=False)
    await post.three.until(lambda: post.outcome() is Outcome.HOLD)
