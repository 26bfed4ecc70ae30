"""The single window without HTTP: what it takes, refuses, gives receipts for, and shows to whom."""

import dataclasses
from pathlib import Path

import pytest

from counter_tui.domain.coding import from_json
from counter_tui.domain.entries import read_decision
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Agency, Authority, Verdict
from counter_tui.errors import LinkError
from counter_tui.link import wire
from counter_tui.link.values import Enrolment, SyncAnswer
from counter_tui.single_window.service import SingleWindow
from counter_tui.single_window.store import EnrolledCounter
from counter_tui.single_window.vault_store import VaultStore
from offline_cache import DiskFull, Entry, Outbox, Receipt, VaultWrongKey
from offline_cache.signing import generate
from tests.integration.single_window.world import (
    KEY,
    Booth,
    counter,
    document,
    enrol,
    open_window,
    section,
    sync_request,
)

UNKNOWN = LinkError("link.answer")


class Post:
    """One single window and one booth, enrolled and signed in."""

    def __init__(self, folder: Path, realm: str = "demo") -> None:
        self.folder = folder
        self.window, self.store = open_window(folder, realm)
        self.booth = Booth.make(folder, realm=realm)
        self.enrolment = enrol(self.window, self.booth)
        self.opening = self.booth.sign_in(self.enrolment)

    def sync(self, *entries: Entry, cursor: int = 0, room: int = wire.FEED_ROOM) -> SyncAnswer:
        return sync(self.window, self.enrolment, *entries, cursor=cursor, room=room)


def sync(
    window: SingleWindow, enrolment: Enrolment, *entries: Entry, cursor: int = 0, room: int = wire.FEED_ROOM
) -> SyncAnswer:
    enrolled = window.authenticate(enrolment.token)
    assert enrolled is not None
    reply = window.sync(enrolled, sync_request(entries, cursor, room))
    return wire.SyncReply.model_validate_json(reply.to_bytes()).fields()


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return Post(tmp_path)


def receipted(answer: SyncAnswer) -> list[int]:
    return [sequence for sequence, _ in answer.receipt.entries] if answer.receipt else []


def refused(answer: SyncAnswer) -> dict[int, str]:
    return {one.sequence: one.reason for one in answer.refused}


# -- enrolment --------------------------------------------------------------------------------------------------------


def test_a_code_is_good_once(tmp_path: Path) -> None:
    window, _ = open_window(tmp_path)
    request = wire.EnrolRequest(version=1, code=window.invite(counter()), label="Booth 3", public_key=generate().public)
    assert window.enrol(request).counter.label == "Booth 3"
    with pytest.raises(LinkError, match="auth.code"):
        window.enrol(request)
    with pytest.raises(LinkError, match="auth.code"):
        window.enrol(request.model_copy(update={"code": "guessed"}))


def test_only_persons_of_the_counters_agencies_sign_in_there(tmp_path: Path) -> None:
    window, _ = open_window(tmp_path)
    enrolment = enrol(window, Booth.make(tmp_path), {Agency.CUSTOMS})
    assert [line.officer.id for line in enrolment.roster] == ["budi"]


def test_neither_code_nor_token_stands_in_the_store(post: Post) -> None:
    code = post.window.invite(counter("B2"))
    post.store.close()
    held = b"".join(path.read_bytes() for path in post.folder.iterdir())
    assert code.encode() not in held
    assert post.enrolment.token.encode() not in held


def test_a_wrong_token_opens_nothing(post: Post) -> None:
    assert post.window.authenticate("no token of ours") is None


# -- entries ----------------------------------------------------------------------------------------------------------


def test_what_is_taken_gets_a_receipt_that_the_counters_outbox_accepts(post: Post) -> None:
    entries = [post.opening, post.booth.decide("X1"), post.booth.decide("X2")]
    answer = post.sync(*entries)
    assert answer.receipt is not None
    receipt = Receipt(
        answer.receipt.window,
        answer.receipt.at,
        answer.receipt.counter,
        answer.receipt.entries,
        answer.receipt.signature,
    )
    outbox = Outbox(post.booth.journal._vault, "A1")
    assert outbox.receive(receipt, post.enrolment.window_public_key) == 3
    assert outbox.summary().waiting == 0


def test_what_was_taken_is_there_after_the_store_was_opened_anew(post: Post) -> None:
    entries = [post.opening, post.booth.decide()]
    first = post.sync(*entries)
    post.store.close()
    post.window, post.store = open_window(post.folder)
    again = post.sync(*entries)
    assert receipted(again) == receipted(first) == [1, 2]
    assert post.store.count_entries("A1") == 2


def test_duplicates_get_their_receipt_again_and_are_stored_once(post: Post) -> None:
    entries = [post.opening, post.booth.decide()]
    assert receipted(post.sync(*entries)) == [1, 2]
    assert receipted(post.sync(*entries, post.booth.decide("X2"))) == [1, 2, 3]
    assert post.store.count_entries("A1") == 3
    assert len(post.store.feed(None, 0, 100)) == 2


def test_a_gap_is_neither_taken_nor_refused_and_the_head_is_told(post: Post) -> None:
    second, third = post.booth.decide("X1"), post.booth.decide("X2")
    post.sync(post.opening)
    answer = post.sync(third)
    assert (receipted(answer), refused(answer)) == ([], {})
    assert answer.head == (1, post.opening.hash())
    assert receipted(post.sync(second, third)) == [2, 3]


def test_another_entry_in_the_place_of_one_that_is_held_is_a_fork(post: Post, tmp_path: Path) -> None:
    other = Booth.make(tmp_path / "copy", keys=post.booth.keys)
    post.sync(post.opening, post.booth.decide())
    opening = other.sign_in(post.enrolment)
    answer = post.sync(opening)
    assert refused(answer) == {1: "fork"}


def test_a_bad_entry_is_set_aside_and_the_others_go_through(post: Post) -> None:
    bad = post.booth.record("decision", "crossing-X1", b"{}", signer=generate())
    good = post.booth.decide("X2")
    answer = post.sync(post.opening, bad, good)
    assert receipted(answer) == [1, 3]
    assert refused(answer) == {2: "bad-signature"}
    again = post.sync(bad, good)
    assert (receipted(again), refused(again)) == ([3], {2: "bad-signature"})


def test_a_body_that_was_changed_on_the_way_is_refused_and_taken_once_it_is_right(post: Post) -> None:
    entry = post.booth.decide("X1")
    changed = dataclasses.replace(entry, body=b"{}")
    assert refused(post.sync(post.opening, changed)) == {2: "bad-commitment"}
    assert receipted(post.sync(entry)) == [2]
    assert post.store.count_entries("A1") == 2


def test_a_live_window_takes_no_demo_entry_however_well_signed(tmp_path: Path) -> None:
    live = Post(tmp_path, "live")
    demo = Booth.make(tmp_path, realm="demo", keys=live.booth.keys)
    opening = demo.sign_in(live.enrolment)
    answer = live.sync(opening, demo.decide())
    assert refused(answer) == {1: "wrong-realm", 2: "wrong-realm"}
    assert answer.receipt is None
    assert live.store.count_entries("A1") == 0


@pytest.mark.parametrize("claimed", [{"officer": "budi"}, {"counter": "B2"}, {"realm": "live"}])
def test_a_certificate_for_another_opens_no_session(tmp_path: Path, claimed: dict[str, str]) -> None:
    post = Post(tmp_path)
    post.sync(post.opening)
    opening = post.booth.sign_in(post.enrolment, **claimed)
    assert refused(post.sync(opening)) == {2: "unknown-session"}
    post.store.close()


def test_a_session_is_named_by_its_key(post: Post) -> None:
    certificate = post.opening.body
    assert certificate is not None
    post.booth.session = "a" * 16
    entry = post.booth.record("session", "", certificate)
    assert refused(post.sync(post.opening, entry)) == {2: "unknown-session"}


def test_what_could_not_be_stored_whole_is_not_stored_in_part(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull("disk.full")

    entries = [post.opening, post.booth.decide()]
    for step in ("put_session", "put_feed"):
        with monkeypatch.context() as patched:
            patched.setattr(post.store, step, full)
            with pytest.raises(DiskFull):
                post.sync(*entries)
        assert post.store.count_entries("A1") == 0
    assert receipted(post.sync(*entries)) == [1, 2]


def test_a_session_needs_the_officers_and_the_counters_own_key(post: Post) -> None:
    post.sync(post.opening)
    post.booth.keys = generate()  # not the key that this counter enrolled with
    opening = post.booth.sign_in(post.enrolment)
    assert refused(post.sync(opening, post.booth.decide())) == {2: "unknown-session", 3: "unknown-session"}


def test_an_entry_of_a_session_that_was_never_opened_is_refused(post: Post) -> None:
    post.booth.session = "f" * 16
    assert refused(post.sync(post.opening, post.booth.decide())) == {2: "unknown-session"}


def test_a_session_entry_that_is_no_session_is_refused(post: Post) -> None:
    post.booth.session = "e" * 16
    entry = post.booth.record("session", "", b'{"officer": "siti", "certificate": "no base64!"}')
    assert refused(post.sync(post.opening, entry)) == {2: "unknown-session"}


def test_a_counter_delivers_its_own_entries_only(post: Post) -> None:
    enrolled = EnrolledCounter(counter("B2"), generate().public)
    with pytest.raises(LinkError, match="auth.other-counter"):
        post.window.sync(enrolled, sync_request([post.opening]))


# -- the feed ---------------------------------------------------------------------------------------------------------


def second_booth(post: Post, agencies: set[Agency]) -> Enrolment:
    return enrol(post.window, Booth.make(post.folder, "B2"), agencies)


def test_other_counters_hear_of_a_decision_and_its_own_does_not(post: Post) -> None:
    own = post.sync(post.opening, post.booth.decide())
    assert own.feed == ()
    heard = sync(post.window, second_booth(post, set(Agency)))
    assert [(item.kind, item.key, item.owner) for item in heard.feed] == [("decision", "A1/2", "A1")]
    assert read_decision(heard.feed[0].body).judgements[0].note == "told in confidence"


def test_a_counter_for_customs_alone_gets_verdicts_and_no_details_of_others(post: Post) -> None:
    post.sync(post.opening, post.booth.decide())
    for authority in (Authority.IMMIGRATION, Authority.CUSTOMS):
        post.window.keep_section("IDN:X1234567", section(authority))
    heard = sync(post.window, second_booth(post, {Agency.CUSTOMS}))
    verdict = read_decision(heard.feed[0].body).judgements[0]
    assert (verdict.verdict, verdict.reason, verdict.note) == (Verdict.HOLD, "reason.code", "")
    theirs, ours = (from_json(Section, item.body, error=UNKNOWN) for item in heard.feed[1:])
    assert theirs.contributions == section(Authority.IMMIGRATION).contributions
    assert (theirs.findings[0].text, theirs.facts) == (None, ())
    assert ours == section(Authority.CUSTOMS)
    assert b"secret-detail" not in heard.feed[1].body


def test_a_topic_that_is_open_shows_its_details(post: Post) -> None:
    post.window.keep_section("IDN:X1", section(Authority.IMMIGRATION, topic="open.topic"))
    heard = sync(post.window, second_booth(post, {Agency.CUSTOMS}))
    assert b"secret-detail" in heard.feed[0].body


def test_the_feed_comes_in_parts_and_goes_on_at_the_cursor(post: Post) -> None:
    for number in range(40):
        post.window.keep_section(f"IDN:X{number}", section(Authority.CUSTOMS))
    keys: list[str] = []
    cursor, more, parts = 0, True, 0
    while more:
        answer = post.sync(cursor=cursor, room=2000)
        assert sum(len(item.body) for item in answer.feed) <= 2000
        assert answer.cursor > cursor
        keys += [item.key for item in answer.feed]
        cursor, more, parts = answer.cursor, answer.more, parts + 1
    assert keys == [f"IDN:X{number}/customs" for number in range(40)]
    assert parts > 5
    assert post.sync(cursor=cursor).feed == ()


def test_an_item_greater_than_the_room_goes_alone(post: Post) -> None:
    post.window.keep_section("IDN:X1", section(Authority.CUSTOMS, note="x" * 5000))
    post.window.keep_section("IDN:X2", section(Authority.CUSTOMS))
    answer = post.sync(room=0)
    assert [item.key for item in answer.feed] == ["IDN:X1/customs"]
    assert answer.more


def test_a_newer_section_takes_the_place_of_the_earlier_one(post: Post) -> None:
    post.window.keep_section("IDN:X1", section(Authority.CUSTOMS, note="first"))
    seen = post.sync()
    post.window.keep_section("IDN:X1", section(Authority.CUSTOMS, note="second"))
    answer = post.sync(cursor=seen.cursor)
    assert len(answer.feed) == 1
    assert b"second" in answer.feed[0].body
    assert len(post.sync().feed) == 1


def test_who_is_expected_is_told_once(post: Post) -> None:
    body = wire.ExpectedBody(document=document(), guardian="IDN:Y1")
    post.window.keep_expected(body)
    seen = post.sync()
    assert (seen.feed[0].kind, seen.feed[0].key) == ("expected", "IDN:X1234567")
    assert wire.ExpectedBody.model_validate_json(seen.feed[0].body) == body
    post.window.keep_expected(body)
    assert post.sync(cursor=seen.cursor).feed == ()


def test_the_single_windows_key_stays_the_same(post: Post, tmp_path: Path) -> None:
    post.store.close()
    window, post.store = open_window(post.folder)
    assert enrol(window, Booth.make(tmp_path, "C3")).window_public_key == post.enrolment.window_public_key


def test_a_store_under_another_key_is_not_touched(post: Post) -> None:
    post.store.close()
    with pytest.raises(VaultWrongKey):
        VaultStore.open(post.folder / "window.vault", KEY[::-1])
