"""A second person at another counter: asked from here, answered from there, and confirmed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_tui.bootstrap.directory import Directory
from counter_tui.bootstrap.identity import Identity, raw
from counter_tui.bootstrap.telephone_keys import BoundTelephone, shared
from counter_tui.domain.acts import ActStatement, Means, Second
from counter_tui.domain.cases.deeds import CaseDeed, HoldReleased
from counter_tui.domain.joint.deeds import Confirmation, Override
from counter_tui.domain.matters import Signer
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.papers.blocks import PaperKind
from counter_tui.domain.papers.deeds import PaperDeed, Way
from counter_tui.domain.posts import Colleague, Counter, Officer
from counter_tui.domain.telephone import LASTS, Challenge
from counter_tui.domain.two_persons import Matter
from counter_tui.domain.waiting import asked_of, matter_of
from counter_tui.domain.words import Agency, Authority, Direction, Role
from counter_tui.errors import DecisionError, SignInError
from counter_tui.settings_two_persons import load_two_persons
from counter_tui.workstation.acts import Acts
from counter_tui.workstation.kept_acts import KeptActs
from counter_tui.workstation.place import Place
from counter_tui.workstation.seconding import Seconding
from counter_tui.workstation.sign_in import Session, sign_in
from counter_tui.workstation.signed_acts import SignedActs
from counter_tui.workstation.two_persons import By
from offline_cache import Records
from offline_cache.sealing import private_from_signing

from .build import COUNTER, OFFICER, PIN, POST, SUPERVISOR, Rig, identity, rig

ENT_4 = Counter("ENT-4", "4", "B", Direction.EXIT, frozenset(Agency))
CHECKED = Override("imm/refer/person", Authority.IMMIGRATION, PERSON, "refer", "record-wrong", "x" * 20, "2026-11-22")


@dataclass
class End:
    """One counter: what it is made of, who is signed in, and its side of signing elsewhere."""

    rig: Rig
    who: Identity
    acts: Acts
    kept: KeptActs
    seconding: Seconding

    @property
    def session(self) -> Session:
        return self.rig.booth.work.signed_in()

    def sign_in(self, officer: str) -> None:
        booth, parts = self.rig.booth, self.rig.booth._parts
        booth.work.session = sign_in(officer, PIN, persons=parts.persons, roster=parts.roster, clock=self.rig.clock)


class Post:
    """Two counters of one post, each with the other's public keys; nothing goes between them but what is said."""

    def __init__(self, folder: Path) -> None:
        self.people = {"ENT-3": identity(), "ENT-4": replace(identity(), counter=ENT_4)}
        self.asking, self.answering = (
            self._end(folder / counter.id, counter, officer)
            for counter, officer in ((COUNTER, OFFICER.id), (ENT_4, SUPERVISOR.id))
        )

    def directory(self, of: str) -> Directory:
        others = {counter: who for counter, who in self.people.items() if counter != of}
        keys: dict[str, list[bytes]] = {}
        for who in others.values():
            for one in who.roster:
                keys.setdefault(one.officer.id, []).append(raw(one.public_key))
        return Directory({counter: raw(who.public) for counter, who in others.items()}, keys)

    def _end(self, folder: Path, counter: Counter, officer: str) -> End:
        folder.mkdir()
        who = self.people[counter.id]
        made = rig(folder, who=who)
        parts = replace(
            made.booth._parts,
            place=Place(POST, counter, demo=True),
            two_persons=load_two_persons,
            telephone=BoundTelephone(who, lambda: self.directory(counter.id)),
        )
        kept = KeptActs(Records(made.vault))
        acts = Acts(parts, kept, made.clock.now)
        end = End(made, who, acts, kept, Seconding(parts, lambda: acts, made.booth.work))
        end.sign_in(officer)
        return end

    def carry(self) -> None:
        """What the asking counter recorded comes to the other."""
        ledger = self.asking.rig.ledger
        for sequence in range(1, ledger.journal.count() + 1):
            entry = ledger.find(sequence)
            if entry is not None and entry.body is not None:
                id_ = f"ENT-3/{sequence}"
                self.answering.kept.keep(entry.kind, id_, entry.body, as_of=entry.recorded_at)


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    made = Post(tmp_path)
    yield made
    made.asking.rig.close()
    made.answering.rig.close()


def stated(end: End, means: Means = Means.TELEPHONE, second: str = SUPERVISOR.id) -> ActStatement:
    return end.acts.statement("override", "c1", CHECKED, end.session, second, means)


def asked(post: Post) -> tuple[ActStatement, Challenge]:
    statement = stated(post.asking)
    return statement, post.asking.seconding.ask(Matter.REFUSE_ENTRY, statement)


def test_eight_digits_over_the_telephone_sign_what_was_asked(post: Post) -> None:
    statement, challenge = asked(post)
    read, counters = post.answering.seconding.read(challenge.spelled().lower())
    assert (read, counters) == (challenge, ("ENT-3",))
    (answer,) = post.answering.seconding.answer(challenge.spelled(), PIN)
    assert (answer.counter, answer.matter, answer.name) == ("ENT-3", Matter.REFUSE_ENTRY, challenge.name)
    second = post.asking.seconding.take(f"{answer.digits[:4]} {answer.digits[4:]}", statement)
    assert second == Second(SUPERVISOR.id, Means.TELEPHONE, answer=answer.digits)
    with pytest.raises(DecisionError, match=r"telephone\.none"):
        post.asking.seconding.take(answer.digits, statement)
    (said,) = post.answering.acts.of(challenge.thread)
    assert said.deed == Confirmation(challenge.spelled(), agreed=True)
    assert (said.officer, said.id) == (SUPERVISOR.id, f"ENT-4/{answer.sequence}")


def test_digits_for_one_thing_sign_no_other(post: Post) -> None:
    _, challenge = asked(post)
    (answer,) = post.answering.seconding.answer(challenge.spelled(), PIN)
    post.asking.rig.clock.pass_(1)
    other = stated(post.asking)
    with pytest.raises(DecisionError, match=r"telephone\.none"):
        post.asking.seconding.take(answer.digits, other)
    post.asking.seconding.ask(Matter.REFUSE_ENTRY, other)
    with pytest.raises(DecisionError, match=r"telephone\.wrong"):
        post.asking.seconding.take(answer.digits, other)


def test_digits_of_somebody_else_sign_nothing(post: Post) -> None:
    statement, challenge = asked(post)
    post.answering.sign_in(OFFICER.id)
    (answer,) = post.answering.seconding.answer(challenge.spelled(), PIN)
    with pytest.raises(DecisionError, match=r"telephone\.wrong"):
        post.asking.seconding.take(answer.digits, statement)


def test_three_wrong_answers_are_all_there_are(post: Post) -> None:
    statement, challenge = asked(post)
    (answer,) = post.answering.seconding.answer(challenge.spelled(), PIN)
    wrong = f"{(int(answer.digits) + 1) % 10**8:08d}"
    left = []
    for _ in range(2):
        with pytest.raises(DecisionError) as refused:
            post.asking.seconding.take(wrong, statement)
        left.append(refused.value.params["left"])
    assert left == [2, 1]
    with pytest.raises(DecisionError, match=r"telephone\.tries"):
        post.asking.seconding.take(wrong, statement)
    with pytest.raises(DecisionError, match=r"telephone\.none"):
        post.asking.seconding.take(answer.digits, statement)


def test_an_answer_after_ten_minutes_is_none(post: Post) -> None:
    statement, challenge = asked(post)
    (answer,) = post.answering.seconding.answer(challenge.spelled(), PIN)
    post.asking.rig.clock.pass_(LASTS.total_seconds() + 1)
    with pytest.raises(DecisionError, match=r"telephone\.late"):
        post.asking.seconding.take(answer.digits, statement)
    assert post.asking.seconding.asked is None


def test_who_answers_types_their_pin_and_nothing_is_recorded_without(post: Post) -> None:
    _, challenge = asked(post)
    before = post.answering.rig.ledger.journal.count()
    with pytest.raises(SignInError):
        post.answering.seconding.answer(challenge.spelled(), "0000")
    with pytest.raises(DecisionError, match=r"telephone\.mistyped"):
        post.answering.seconding.answer(challenge.spelled()[:-1] + "?", PIN)
    with pytest.raises(DecisionError, match=r"telephone\.own-counter"):
        post.asking.seconding.answer(challenge.spelled(), PIN)
    with pytest.raises(DecisionError, match=r"telephone\.unknown-counter"):
        post.answering.seconding.read(Challenge.of(Matter.REFUSE_ENTRY, "ENT-9", "0" * 32).spelled())
    assert post.answering.rig.ledger.journal.count() == before


def test_a_secret_is_for_one_counter_and_one_person() -> None:
    own, other = identity(), identity()
    private, public = raw(own.private), raw(other.public)
    exchange = private_from_signing(private)
    found = {shared(exchange, public, counter, officer) for counter in ("ENT-3", "ENT-4") for officer in ("a", "b")}
    assert len(found) == 4
    assert shared(private_from_signing(raw(other.private)), raw(own.public), "ENT-3", "a") in found
    assert shared(exchange, bytes(31), "ENT-3", "a") is None
    assert shared(exchange, bytes([1]) + bytes(31), "ENT-3", "a") is None


def test_which_ways_there_are_and_why_not(post: Post) -> None:
    def ways(matter: Matter) -> Sequence[tuple[str, str]]:
        found = post.asking.seconding.ways([(matter, Agency.IMMIGRATION)])
        return [(" ".join(one.id for one in way.seconds), way.why_not) for way in found]

    assert ways(Matter.REFUSE_ENTRY) == [("sri", ""), ("sri", ""), ("sri", "")]
    assert ways(Matter.OVERRIDE) == [("", "two.first-role")] * 3
    assert ways(Matter.CASH_COUNT) == [("sri", ""), ("", "two.not-own-counter"), ("", "two.not-telephone")]
    post.people.pop("ENT-4")
    assert ways(Matter.REFUSE_ENTRY)[2] == ("", "two.no-keys")
    with pytest.raises(DecisionError, match=r"two\.no-keys"):
        asked(post)


def overrode(post: Post) -> None:
    """A supervisor has recorded an override that an officer is to confirm."""
    post.asking.sign_in(SUPERVISOR.id)
    statement = stated(post.asking, Means.OWN_COUNTER, OFFICER.id)
    post.asking.acts.record_statement(statement, post.asking.session, Second(OFFICER.id, Means.OWN_COUNTER))
    post.carry()


def test_an_act_waits_at_the_counter_of_whom_it_names(post: Post) -> None:
    overrode(post)
    assert post.answering.seconding.waiting(["c1"]) == (), "who recorded it is not asked"
    with pytest.raises(DecisionError, match=r"two\.nothing-waits"):
        post.answering.seconding.confirm("ENT-3/1", "c1", agreed=True)
    post.answering.sign_in(OFFICER.id)
    (waits,) = post.answering.seconding.waiting(["c1"])
    assert (waits.act.id, waits.matter) == ("ENT-3/1", Matter.OVERRIDE)
    assert waits.by == post.asking.rig.clock.now() + timedelta(hours=12)
    post.answering.seconding.confirm("ENT-3/1", "c1", agreed=False, note=" not like this ")
    assert post.answering.seconding.waiting(["c1"]) == ()
    said = post.answering.acts.of("c1")[0]
    assert said.deed == Confirmation("ENT-3/1", agreed=False, note="not like this")
    assert said.after == ("ENT-3/1",), "it was said knowing of the act"


def test_one_person_with_two_logins_does_not_confirm_at_once_on_the_same_terminal(post: Post) -> None:
    overrode(post)
    post.asking.sign_in(OFFICER.id)
    here = post.asking
    assert [one.act.id for one in here.seconding.waiting(["c1", "c1"])] == ["ENT-3/1"]
    with pytest.raises(DecisionError, match=r"two\.one-terminal"):
        here.seconding.confirm("ENT-3/1", "c1", agreed=True)
    here.rig.clock.pass_(60)
    here.seconding.confirm("ENT-3/1", "c1", agreed=True)


def test_past_its_deadline_it_waits_no_more(post: Post) -> None:
    overrode(post)
    post.answering.sign_in(OFFICER.id)
    assert len(post.answering.seconding.waiting(["c1"])) == 1
    post.answering.rig.clock.pass_(12 * 3600)
    assert post.answering.seconding.waiting(["c1"]) == ()


def test_an_override_waits_for_the_confirmer_it_names(post: Post) -> None:
    post.asking.sign_in(SUPERVISOR.id)
    named = replace(CHECKED, confirmer=OFFICER.id, confirm_by="2026-11-21T07:00:00+00:00")
    post.asking.acts.record("override", "c1", named, post.asking.session)
    post.asking.acts.record("override", "c1", replace(named, confirm_by="soon"), post.asking.session)
    post.carry()
    post.answering.sign_in(OFFICER.id)
    assert [one.act.id for one in post.answering.seconding.waiting(["c1"])] == ["ENT-3/1"]


def test_who_works_at_other_counters_alone_is_asked_there_and_not_beside(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    petrus = Officer("petrus", "PETRUS", Agency.IMMIGRATION, Role.SUPERVISOR, frozenset(Agency))
    keys = post.asking.seconding._parts.telephone
    known = {one.id: Colleague(one, ("ENT-4",)) for one in (petrus, SUPERVISOR)}
    monkeypatch.setattr(BoundTelephone, "colleagues", lambda _self: known)
    assert keys is not None
    ways = {way.means: way for way in post.asking.seconding.ways([(Matter.REFUSE_ENTRY, Agency.IMMIGRATION)])}
    assert [one.id for one in ways[Means.BESIDE].seconds] == ["sri"]
    assert [one.id for one in ways[Means.OWN_COUNTER].seconds] == ["petrus", "sri"]
    assert [one.id for one in ways[Means.TELEPHONE].seconds] == ["sri"], "whose key is known"
    assert ways[Means.OWN_COUNTER].at["petrus"] == ("ENT-4",)
    assert post.asking.seconding.names(["petrus", "x"]) == {"petrus": "PETRUS"}
    paper = PaperDeed(PaperKind.NOTICE, Way.PRINTED, "code", copy=1)
    signed = SignedActs(lambda: post.asking.acts, post.asking.seconding, post.asking.rig.booth.work)
    by = By("petrus", Means.OWN_COUNTER)
    signed.sign("paper", "c1", paper, [(Matter.REPRINT_NOTICE, None)], by)
    (act,) = post.asking.acts.of("c1")
    assert act.second == Second("petrus", Means.OWN_COUNTER)
    assert asked_of(act) == "petrus"


@pytest.mark.parametrize("means", [Means.OWN_COUNTER, Means.TELEPHONE])
def test_what_no_rule_is_about_and_a_verdict_without_a_deadline_are_signed_beside(post: Post, means: Means) -> None:
    seconding = post.asking.seconding
    assert seconding.why_not([], SUPERVISOR.id, means) == "two.beside-only"
    assert seconding.why_not([], SUPERVISOR.id, Means.BESIDE) == ""
    refusal = [(Matter.REFUSE_ENTRY, Agency.IMMIGRATION)]
    assert seconding.why_not(refusal, SUPERVISOR.id, means) == ""
    rules = seconding._parts.rules()
    law = replace(rules.book.law, confirm_within=timedelta(0))
    unagreed = replace(rules, book=replace(rules.book, law=law))
    seconding._parts = replace(seconding._parts, rules=lambda: unagreed)
    assert seconding.why_not(refusal, SUPERVISOR.id, means) == "two.no-deadline"
    assert seconding.why_not([(Matter.REPRINT_NOTICE, None)], SUPERVISOR.id, means) == ""


def test_what_was_chosen_is_recorded_as_it_was_read_out_though_its_times_are_others_by_then(post: Post) -> None:
    seconding, acts = post.asking.seconding, post.asking.acts
    signed = SignedActs(lambda: acts, seconding, post.asking.rig.booth.work)
    needed = [(Matter.RELEASE_HOLD, Agency.CUSTOMS)]
    post.asking.sign_in(SUPERVISOR.id)
    post.answering.sign_in(OFFICER.id)
    rules = load_two_persons()
    anybody = replace(rules.rows[Matter.RELEASE_HOLD], second=Signer())
    both = replace(rules, rows={**rules.rows, Matter.RELEASE_HOLD: anybody})
    seconding._parts = replace(seconding._parts, two_persons=lambda: both)

    def made(until: str) -> CaseDeed:
        return CaseDeed(HoldReleased("h1", Agency.IMMIGRATION, until))

    challenge = signed.ask("case", "case-1", made("12:00"), needed, OFFICER.id, "chosen")
    (answer,) = post.answering.seconding.answer(challenge.spelled(), PIN)
    by = By(OFFICER.id, Means.TELEPHONE, answer.digits)
    for thread, about in (("case-2", "chosen"), ("case-1", "something else")):
        with pytest.raises(DecisionError, match=r"telephone\.none"):
            signed.sign("case", thread, made("12:01"), needed, by, about)
    signed.sign("case", "case-1", made("12:01"), needed, by, "chosen")
    (act,) = acts.of("case-1")
    assert (act.deed, act.second) == (made("12:00"), Second(OFFICER.id, Means.TELEPHONE, answer=answer.digits))
    assert matter_of(act) is Matter.RELEASE_HOLD
    with pytest.raises(DecisionError, match=r"telephone\.none"):
        signed.sign("case", "case-1", made("12:01"), needed, by, "chosen")
