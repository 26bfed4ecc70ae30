"""What agencies' data is disclosed for: unsealing by two people, look-ups with a reason, notes; and the access log."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from counter_tui.agencies.sealing import make_opener, make_sealer
from counter_tui.bootstrap.hub_access import told
from counter_tui.bootstrap.one_time_key import OneTimeKey, box
from counter_tui.domain.acts import ActBody, write_act
from counter_tui.domain.coding import to_json
from counter_tui.domain.joint.deeds import Confirmation
from counter_tui.domain.lookups import LOOKUP, PRESENT, Allowance, Lookup, LookupBody
from counter_tui.domain.notes import NOTE, Note, read_note
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.posts import Officer
from counter_tui.domain.sections import Contribution, Field, Finding, Section
from counter_tui.domain.sharing import SharingAgreement, Topic
from counter_tui.domain.telephone import Challenge
from counter_tui.domain.two_persons import Matter
from counter_tui.domain.unsealing import UNSEAL, UnsealBody, UnsealStatement, read_unseal
from counter_tui.domain.words import Agency, Authority, Band, Role, SourceState, Verdict
from counter_tui.errors import LinkError
from counter_tui.link.values import Enrolment
from counter_tui.single_window.access import Access
from counter_tui.single_window.receipts import notary
from counter_tui.single_window.service import SingleWindow, Staff
from counter_tui.single_window.store import EnrolledCounter, WindowStore
from counter_tui.single_window.vault_store import VaultStore
from offline_cache import certify, unwrap_with_pin
from offline_cache.signing import generate, sign, verify

from .world import ALL, BUDI, KEY, NOW, PIN, SITI, Booth, _opened, crossing, enrol, setup, sync_request

DEWI = Officer("dewi", "Dewi", Agency.SECURITY, Role.OFFICER, ALL)
STAFF = tuple(Staff(one, PIN) for one in (SITI, BUDI, DEWI))
SECURITY_KEY = bytes([7]) * 32
SECRET = b'{"ref": "L-0042", "category": "financing"}'
AGREEMENT = SharingAgreement(
    "1", {"sealed": Topic("sealed", Agency.SECURITY, "a law", unseal=frozenset({Agency.IMMIGRATION}))}
)
DOCUMENT = crossing().document.key


class Post:
    """A single window whose security opens what it sealed, and one booth at it."""

    def __init__(self, folder: Path, allowance: Allowance | None = None, *, called: bool = False) -> None:
        self.folder = folder
        store = VaultStore.open(folder / "window.vault", KEY)
        _opened.append(store)
        self.store: WindowStore = store
        made = setup(staff=STAFF)
        made = replace(made, agreement=AGREEMENT, openers={Authority.SECURITY: make_opener({3: SECURITY_KEY}, box)})
        self.seconds = 0.0
        made = replace(made, seconds=lambda: self.seconds, unseal_by_telephone=called)
        if allowance is not None:
            made = replace(made, allowance=allowance)
        self.notary = notary("entikong-window", store)
        self.window = SingleWindow(made, store, self.notary)
        self.booth = Booth.make(folder)
        self.enrolment: Enrolment = enrol(self.window, self.booth)
        self.booth.sign_in(self.enrolment)

    @property
    def who(self) -> EnrolledCounter:
        who = self.window.authenticate(self.enrolment.token)
        assert who is not None
        return who

    def deliver(self) -> None:
        self.window.sync(self.who, sync_request(list(self.booth.journal.entries())))

    def log(self, owner: Agency = Agency.SECURITY) -> tuple[Access, ...]:
        def holds(message: bytes, signature: bytes) -> bool:
            return verify(self.notary.public_key, message, signature)

        assert self.window.access.verify(owner, holds) == []
        return self.window.access.read(owner, 100)


def sealed_section() -> Section:
    seal = make_sealer("security", 3, SECURITY_KEY)
    about = Finding("security/f1", Authority.SECURITY, "sealed", None, sealed=seal(SECRET))
    weighs = Contribution("security/f1", Authority.SECURITY, PERSON, Verdict.HOLD, Band.RED, "sealed-stop", "1")
    cases = [Field("sealed", None, sealed=seal(clear)) for clear in (b'"a field"', b'"another"')]
    fields = (Field("sec.list", "8841"), *cases)
    return Section(Authority.SECURITY, SourceState.LIVE, NOW, (weighs,), (about,), fields=fields)


def statement(exchange: bytes, **changes: object) -> UnsealStatement:
    said = UnsealStatement(
        crossing=crossing().id,
        counter="A1",
        at="2026-11-21T05:14:02.000Z",
        document=DOCUMENT,
        authority=Authority.SECURITY,
        item="security/f1",
        exchange=base64.b64encode(exchange).decode(),
        reason="identify",
        note="",
        first=SITI.id,
        second=DEWI.id,
        training=True,
    )
    return replace(said, **changes)  # type: ignore[arg-type]


def signed(post: Post, said: UnsealStatement, *, by: str = "") -> bytes:
    line = next(line for line in post.enrolment.roster if line.officer.id == (by or said.second))
    pair = generate()
    claims = {"officer": by or said.second, "counter": "A1", "realm": "demo", "at": 1}
    officer_key = unwrap_with_pin(PIN, line.wrapped, b"")
    certificate = certify(pair.public, json.dumps(claims).encode(), officer_key, post.booth.keys.private)
    raw = (certificate, sign(pair.private, said.signed_bytes()))
    return to_json(UnsealBody(said, *(base64.b64encode(one).decode() for one in raw)))


# -- unsealing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "clear"), [("security/f1", SECRET), ("sealed#1", b'"a field"'), ("sealed#2", b'"another"')]
)
async def test_what_two_signed_for_is_opened_for_their_view_alone_and_its_owner_reads_who_saw_it(
    tmp_path: Path, item: str, clear: bytes
) -> None:
    post, key = Post(tmp_path), OneTimeKey()
    post.window.keep_section(DOCUMENT, sealed_section())
    said = statement(key.public, item=item)
    entry = post.booth.record(UNSEAL, said.crossing, signed(post, said))

    with pytest.raises(LinkError, match=r"unseal\.not-recorded"):
        post.window.to_unseal(post.who, entry.sequence)
    assert post.log() == (), "nothing was shown yet"
    post.deliver()
    boxed = await post.window.unsealing.open(post.window.to_unseal(post.who, entry.sequence))

    assert key.open(boxed, said.signed_bytes()) == clear
    assert clear not in boxed
    with pytest.raises(LinkError):
        OneTimeKey().open(boxed, said.signed_bytes())
    with pytest.raises(LinkError):
        key.open(boxed, replace(said, reason="other").signed_bytes())
    (line,) = post.log()
    assert (line.what, line.officer, line.second, line.about, line.item) == ("unsealed", "siti", "dewi", DOCUMENT, item)
    assert post.log(Agency.CUSTOMS) == ()


Forge = Callable[[Post, UnsealStatement], bytes]
FORGED: dict[str, Forge] = {
    "by one person twice": lambda p, s: signed(p, replace(s, second=SITI.id)),
    "by another than it names": lambda p, s: signed(p, s, by=BUDI.id),
    "without one of the owner's": lambda p, s: signed(p, replace(s, second=BUDI.id)),
    "in the name of a colleague": lambda p, s: signed(p, replace(s, first=DEWI.id, second=SITI.id)),
    "of another counter": lambda p, s: signed(p, replace(s, counter="B2")),
    "of real travellers": lambda p, s: signed(p, replace(s, training=False)),
    "changed afterwards": lambda p, s: to_json(replace(read_unseal(signed(p, s)), statement=replace(s, reason="x"))),
    "nothing at all": lambda _p, _s: b"{}",
}


@pytest.mark.parametrize("how", FORGED)
def test_what_two_did_not_sign_opens_nothing_and_is_in_no_log(tmp_path: Path, how: str) -> None:
    post, key = Post(tmp_path), OneTimeKey()
    post.window.keep_section(DOCUMENT, sealed_section())
    entry = post.booth.record(UNSEAL, crossing().id, FORGED[how](post, statement(key.public)))
    post.deliver()

    with pytest.raises(LinkError, match=r"unseal\.not-two"):
        post.window.to_unseal(post.who, entry.sequence)
    assert post.log() == ()


def word(post: Post, said: UnsealStatement, officer: str, *, agreed: bool = True) -> None:
    """Somebody at another counter says themselves what they were read over the telephone; it arrives."""
    booth = Booth.make(post.folder, f"B{officer}")
    enrolment = enrol(post.window, booth)
    booth.sign_in(enrolment, officer)
    challenge = Challenge.of(Matter.UNSEAL, said.counter, said.digest)
    deed = Confirmation(challenge.spelled(), agreed)
    body = ActBody(challenge.thread, booth.journal.counter, officer, "2026-11-21T05:14:02.000Z", deed, training=True)
    booth.record("confirmation", challenge.thread, write_act(body))
    who = post.window.authenticate(enrolment.token)
    assert who is not None
    post.window.sync(who, sync_request(list(booth.journal.entries())))


async def test_who_was_called_says_so_themselves_before_anything_is_opened(tmp_path: Path) -> None:
    post, key = Post(tmp_path, called=True), OneTimeKey()
    post.window.keep_section(DOCUMENT, sealed_section())
    said = statement(key.public)
    entry = post.booth.record(UNSEAL, said.crossing, to_json(UnsealBody(said, "", "", "12345678")))
    post.deliver()
    for officer in ("", BUDI.id):
        if officer:
            word(post, said, officer)
        with pytest.raises(LinkError, match=r"unseal\.not-recorded"):
            post.window.to_unseal(post.who, entry.sequence)
    assert post.log() == ()
    word(post, said, DEWI.id)
    boxed = await post.window.unsealing.open(post.window.to_unseal(post.who, entry.sequence))
    assert key.open(boxed, said.signed_bytes()) == SECRET
    assert [(line.officer, line.second) for line in post.log()] == [(SITI.id, DEWI.id)]


@pytest.mark.parametrize(("called", "agreed"), [(True, False), (False, True)])
def test_a_no_opens_nothing_nor_a_call_where_the_post_has_both_sign_here(
    tmp_path: Path, *, called: bool, agreed: bool
) -> None:
    post, key = Post(tmp_path, called=called), OneTimeKey()
    post.window.keep_section(DOCUMENT, sealed_section())
    said = statement(key.public)
    entry = post.booth.record(UNSEAL, said.crossing, to_json(UnsealBody(said, "", "", "12345678")))
    post.deliver()
    word(post, said, DEWI.id, agreed=agreed)
    with pytest.raises(LinkError, match=r"unseal\.not-two"):
        post.window.to_unseal(post.who, entry.sequence)
    assert post.log() == ()


def test_what_is_not_there_or_not_its_owners_is_told_by_its_code(tmp_path: Path) -> None:
    post, key = Post(tmp_path), OneTimeKey()
    said = statement(key.public)
    first = post.booth.record(UNSEAL, said.crossing, signed(post, said))
    other = replace(said, item="security/other")
    second = post.booth.record(UNSEAL, said.crossing, signed(post, other))
    decided = post.booth.decide()
    post.deliver()
    with pytest.raises(LinkError, match=r"unseal\.gone"):
        post.window.to_unseal(post.who, first.sequence)
    post.window.keep_section(DOCUMENT, sealed_section())
    with pytest.raises(LinkError, match=r"unseal\.gone"):
        post.window.to_unseal(post.who, second.sequence)
    with pytest.raises(LinkError, match=r"unseal\.not-two"):
        post.window.to_unseal(post.who, decided.sequence)


# -- looking people up ------------------------------------------------------------------------------------------------

TIGHT = Allowance(seconds=60, person=3, counter=4, stated_person=1, stated_counter=2)
WHY = Lookup(SITI.id, PRESENT)


def found(number: str) -> object:
    of = crossing(number)
    return replace(of, document=replace(of.document, mrz=(), entry_method="found"))


def test_every_owner_reads_who_asked_for_whom_and_why_once_a_crossing(tmp_path: Path) -> None:
    post = Post(tmp_path)
    for _ in range(3):
        post.window.lookups.take(post.who.counter, crossing(), WHY)

    for owner in Agency:
        (line,) = post.log(owner)
        assert (line.what, line.officer, line.about, line.reason) == ("asked", "siti", DOCUMENT, PRESENT)


@pytest.mark.parametrize(
    ("why", "code"),
    [
        (None, "lookup.reason"),
        (Lookup(SITI.id, "curious"), "lookup.reason"),
        (Lookup("nobody", PRESENT), "lookup.nobody"),
    ],
)
def test_nobody_is_looked_up_without_a_reason_or_a_person(tmp_path: Path, why: Lookup | None, code: str) -> None:
    post = Post(tmp_path)
    with pytest.raises(LinkError) as refused:
        post.window.lookups.take(post.who.counter, crossing(), why)
    assert refused.value.code == code
    assert post.log() == ()


def test_a_document_that_is_not_in_hand_is_no_reason(tmp_path: Path) -> None:
    post = Post(tmp_path)
    with pytest.raises(LinkError, match=r"lookup\.reason"):
        post.window.lookups.take(post.who.counter, found("X1"), WHY)  # type: ignore[arg-type]
    post.window.lookups.take(post.who.counter, found("X1"), Lookup(SITI.id, "unread"))  # type: ignore[arg-type]
    assert [line.reason for line in post.log()] == ["unread"]


def test_beyond_the_allowance_it_is_refused_with_when_to_come_back(tmp_path: Path) -> None:
    post = Post(tmp_path, TIGHT)
    for number in ("X1", "X2", "X3"):
        post.window.lookups.take(post.who.counter, crossing(number), WHY)
    post.seconds = 20.0
    with pytest.raises(LinkError) as refused:
        post.window.lookups.take(post.who.counter, crossing("X4"), WHY)
    assert (refused.value.code, refused.value.params["seconds"]) == ("lookup.too-many", 41)
    post.window.lookups.take(post.who.counter, crossing("X3"), WHY)  # the same one again is no further look-up
    post.window.lookups.take(post.who.counter, crossing("X5"), Lookup(DEWI.id, PRESENT))
    with pytest.raises(LinkError, match=r"lookup\.too-many"):  # the counter has had its share
        post.window.lookups.take(post.who.counter, crossing("X6"), Lookup(DEWI.id, PRESENT))
    post.seconds = 61.0
    post.window.lookups.take(post.who.counter, crossing("X4"), WHY)
    assert len(post.log()) == 5


def test_a_look_up_that_was_made_without_the_link_is_read_by_the_owners_when_it_is_back(tmp_path: Path) -> None:
    post = Post(tmp_path)
    body = LookupBody(crossing().id, DOCUMENT, SITI.id, "case", "2026-11-21T05:14:02.000Z", training=True)
    post.booth.record(LOOKUP, body.crossing, to_json(body))
    post.booth.record(LOOKUP, body.crossing, to_json(replace(body, officer=BUDI.id)))  # not by who signed it
    post.booth.record(LOOKUP, body.crossing, b"{}")
    post.deliver()
    post.deliver()
    (line,) = post.log(Agency.CUSTOMS)
    assert (line.what, line.officer, line.reason) == ("looked-up", "siti", "case")


def test_a_line_of_the_log_that_was_changed_taken_out_or_put_in_shows(tmp_path: Path) -> None:
    post = Post(tmp_path)
    for number in ("X1", "X2", "X3"):
        post.window.lookups.take(post.who.counter, crossing(number), WHY)
    vault = post.store._vault  # type: ignore[attr-defined]
    rows = vault.execute("SELECT position FROM access WHERE agency = 'customs' ORDER BY position")

    vault.execute(
        "UPDATE access SET body = CAST(replace(CAST(body AS TEXT), 'siti', 'budi') AS BLOB) WHERE position = ?",
        (rows[0][0],),
    )
    assert "chain:1" in post.window.access.verify(Agency.CUSTOMS, lambda _m, _s: True)
    vault.execute("DELETE FROM access WHERE position = ?", (rows[0][0],))
    assert "chain:1" in post.window.access.verify(Agency.CUSTOMS, lambda _m, _s: True)
    vault.execute("UPDATE access SET signature = zeroblob(64) WHERE position = ?", (rows[2][0],))
    signed_by = post.notary.public_key
    assert "signature:2" in post.window.access.verify(Agency.CUSTOMS, lambda m, s: verify(signed_by, m, s))
    assert post.log(Agency.SECURITY)


def test_what_counter_hub_access_tells_is_the_owners_log_with_its_problems(tmp_path: Path) -> None:
    post = Post(tmp_path)
    for number in ("X1", "X2", "X3"):
        post.window.lookups.take(post.who.counter, crossing(number), WHY)
    answer = told(post.store, post.notary, Agency.QUARANTINE, 2)
    assert [line["about"] for line in answer["lines"]] == ["IDN:X2", "IDN:X3"]
    assert answer["problems"] == []
    post.store._vault.execute("UPDATE access SET digest = zeroblob(32)")  # type: ignore[attr-defined]
    assert told(post.store, post.notary, Agency.QUARANTINE, 2)["problems"]


# -- notes ------------------------------------------------------------------------------------------------------------

NOTED = Note(
    crossing=crossing().id,
    document=DOCUMENT,
    owner=Agency.IMMIGRATION,
    to=frozenset({Agency.CUSTOMS}),
    text="speaks Iban only",
    officer=SITI.id,
    name="Siti",
    at="2026-11-21T05:14:02.000Z",
    training=True,
)


def notes_at(post: Post, folder: Path, agencies: frozenset[Agency]) -> list[Note]:
    other = Booth.make(folder, "B2")
    who = post.window.authenticate(enrol(post.window, other, agencies).token)
    assert who is not None
    return [read_note(i.fields().body) for i in post.window.sync(who, sync_request()).feed if i.kind == NOTE]


@pytest.mark.parametrize(
    ("agencies", "sees"),
    [({Agency.CUSTOMS}, True), ({Agency.IMMIGRATION}, True), ({Agency.QUARANTINE, Agency.SECURITY}, False)],
)
def test_a_note_goes_to_the_counters_of_the_agencies_it_is_for(
    tmp_path: Path, agencies: set[Agency], sees: bool
) -> None:
    post = Post(tmp_path)
    post.booth.record(NOTE, NOTED.crossing, to_json(NOTED))
    post.deliver()
    assert notes_at(post, tmp_path, frozenset(agencies)) == ([NOTED] if sees else [])


@pytest.mark.parametrize(
    "forged", [{"owner": Agency.SECURITY}, {"officer": DEWI.id}, {"officer": "nobody"}, {"training": False}]
)
def test_a_note_in_another_agencys_or_persons_name_goes_nowhere(tmp_path: Path, forged: dict[str, object]) -> None:
    post = Post(tmp_path)
    post.booth.record(NOTE, NOTED.crossing, to_json(replace(NOTED, **forged)))  # type: ignore[arg-type]
    post.deliver()
    assert notes_at(post, tmp_path, ALL) == []
