"""What a notice may say: nothing that is sealed, and of a sealed case the same words as of one drawn by chance."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.acts import Act
from counter_tui.domain.entries import DECISION, DecisionBody
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.papers.blocks import Paper, Reference
from counter_tui.domain.papers.facts import NoticeFacts, Sayable, Standing, ending_of, notice_facts, without_sealed
from counter_tui.domain.papers.wording import LANGUAGES
from counter_tui.domain.procedures import Plan, Procedure, Words
from counter_tui.domain.procedures.rows import Certainty, Ending, Rank, Told
from counter_tui.domain.sections import Contribution, Section, Subject
from counter_tui.domain.view import MergedView, merge
from counter_tui.domain.words import Authority, Band, Basis, Direction, Outcome, SubjectKind, Verdict
from tests.unit.domain.build import GOODS, NOW, POST, RULES, contribution, crossing, section

from .papers import noticed, rules

CHANCE = contribution(Authority.SECURITY, Verdict.REFER, None, action="refer-sealed", floor=Band.AMBER)
PORK = contribution(Authority.ANIMAL_PLANT, Verdict.HOLD, 60, subject=GOODS, action="hold-pork")
REFUSED = Judgement(Authority.IMMIGRATION, PERSON, Verdict.REFUSE, Basis.OFFICER, "refuse.ground-b")
BANNED = replace(REFUSED, reason="refuse.ground-a")
OPEN = [section(a) for a in Authority]
SAYABLE = Sayable(frozenset({"sop4"}), frozenset({"refuse.ground-b"}))


def merged(
    sections: Sequence[Section], given: Sequence[Judgement] = (), nation: str = "MYS", way: Direction = Direction.ENTRY
) -> MergedView:
    """The crossing with one decision of an officer's, where there is one."""
    of = crossing(nation, way)
    body = DecisionBody(of, "o1", tuple(given), "", (), "", training=True)
    acts = [Act("ENT-3/1", DECISION, of.id, "o1", NOW, body, training=True)] if given else []
    return merge(of, sections, acts, POST, RULES, NOW)


def facts(
    *found: Contribution, given: Sequence[Judgement] = (), nation: str = "MYS", way: Direction = Direction.ENTRY
) -> NoticeFacts:
    sections = [section(a, *[c for c in found if c.authority is a]) for a in Authority]
    whole, opened = (merged(said, given, nation, way) for said in (sections, without_sealed(sections)))
    return notice_facts(whole, opened, SAYABLE)


def words(paper: Paper) -> list[object]:
    return [block for block in paper.blocks if not isinstance(block, Reference)]


sealed = st.builds(
    contribution,
    st.sampled_from(Authority),
    st.sampled_from([v for v in Verdict if v >= Verdict.PENDING]),
    st.none(),
    subject=st.sampled_from([PERSON, GOODS, Subject(SubjectKind.CASH, "cash", "IDR 180 m")]),
    floor=st.sampled_from(Band),
    action=st.sampled_from(["refer-sealed", "hold-sealed", "police-hold", "travel-ban", "medical-emergency"]),
)
opened = st.builds(
    contribution,
    st.sampled_from(Authority),
    st.sampled_from(Verdict),
    st.integers(0, 60),
    subject=st.sampled_from([PERSON, GOODS]),
    action=st.sampled_from(["hold-pork", "quota", "check-document"]),
)
given_ = st.lists(
    st.sampled_from([REFUSED, BANNED, replace(REFUSED, verdict=Verdict.HOLD, reason="hold.x")]), max_size=1
)


@given(
    st.lists(opened, max_size=3, unique_by=lambda c: c.id),
    st.lists(sealed, min_size=1, max_size=3, unique_by=lambda c: c.id),
    given_,
    st.sampled_from(Direction),
    st.sampled_from(["MYS", "IDN"]),
)
def test_a_sealed_case_and_one_drawn_by_chance_read_word_for_word_the_same(
    found: list[Contribution], hidden: list[Contribution], said: list[Judgement], way: Direction, nation: str
) -> None:
    of_sealed, by_chance, neither = (
        facts(*found, *more, given=said, nation=nation, way=way) for more in (hidden, [CHANCE], [])
    )
    if of_sealed != by_chance:  # something is sealed of a thing that is kept anyhow: then nothing of it shows at all
        assert all(one.subject != PERSON for one in hidden)
        assert of_sealed == neither
        return
    assert words(noticed(of_sealed)) == words(noticed(by_chance))
    assert noticed(of_sealed).reference == noticed(by_chance).reference, "the code tells nothing either"


@given(st.lists(sealed, min_size=1, max_size=3, unique_by=lambda c: c.id))
def test_of_what_is_sealed_alone_only_that_the_check_goes_on(hidden: list[Contribution]) -> None:
    told = facts(*hidden)
    assert told == NoticeFacts(Standing.CHECK, Direction.ENTRY, foreign=True)


def test_what_calls_for_the_same_as_something_sealed_would_tell_of_it() -> None:
    whole = section(Authority.SECURITY, CHANCE, replace(CHANCE, id="list/blind", points=0))
    assert without_sealed((whole,))[0].contributions == ()


def test_a_rule_alone_refuses_nobody_and_an_officer_does() -> None:
    ruled = contribution(Authority.IMMIGRATION, Verdict.REFUSE, 60, action="travel-ban")
    assert facts(ruled).standing is Standing.CHECK
    assert facts(given=(REFUSED,)).standing is Standing.REFUSED


def test_who_is_taken_to_hospital_is_told_that_they_are_cared_for_and_who_is_handed_to_police_is_not() -> None:
    taken = replace(REFUSED, authority=Authority.HEALTH, verdict=Verdict.HANDOVER, reason="handover.hospital")
    arrested = replace(taken, authority=Authority.SECURITY, reason="handover.police")
    assert facts(given=(taken,)).standing is Standing.CARE
    assert facts(given=(taken, arrested)).standing is Standing.HANDED_OVER
    ruled = contribution(Authority.SECURITY, Verdict.HANDOVER, 60, action="hand-over")
    assert facts(ruled).standing is Standing.CHECK, "a rule alone hands nobody over"


def test_a_ground_of_refusal_stands_there_only_where_it_may_be_said() -> None:
    assert facts(given=(REFUSED,)).reason == "refuse.ground-b"
    assert facts(given=(BANNED,)).reason == ""


def test_a_citizen_on_the_way_in_is_told_that_entry_is_not_refused() -> None:
    told = facts(PORK, given=(REFUSED,), nation="IDN")
    assert told.standing is Standing.CHECK
    assert "As a citizen you are not refused entry into Indonesia." in text_of(noticed(told), "en")


def test_what_becomes_of_goods_is_told_by_what_is_open_alone() -> None:
    worse = contribution(Authority.CUSTOMS, Verdict.HANDOVER, None, subject=GOODS, action="targeted")
    assert [thing.told for thing in facts(PORK, worse).things] == ["held"]


def test_a_foreigner_may_contact_a_consulate_in_every_language() -> None:
    paper = noticed(facts(CHANCE))
    for language, consulate in zip(LANGUAGES, ("consulate", "konsulat", "konsulat"), strict=True):
        assert consulate in text_of(paper, language)
    assert "consulate" not in text_of(noticed(facts(CHANCE, nation="IDN")), "en")


def procedure(id_: str) -> Procedure:
    said = Words("Pork is banned.", "Babi dilarang.", "Khinzir dilarang.")
    return Procedure(
        id_, "4", "1", Rank.ANIMAL_PLANT, Authority.ANIMAL_PLANT, "true", (), "UU 21/2019", Certainty.READ,
        date(2026, 1, 1), "quarantine", "law", "none", notice=said,
    )  # fmt: skip


@pytest.mark.parametrize(("id_", "basis"), [("sop4", "UU 21/2019"), ("sop3", "")])
def test_a_procedures_notice_is_printed_and_its_law_where_it_may_be_said(id_: str, basis: str) -> None:
    whole = replace(merged([section(Authority.ANIMAL_PLANT, PORK)]), plan=Plan((procedure(id_),)))
    told = notice_facts(whole, whole, SAYABLE)
    assert [one.legal_basis for one in told.procedures] == [basis]
    assert "Khinzir dilarang." in text_of(noticed(told), "ms")
    assert ("UU 21/2019" in text_of(noticed(told), "en")) is bool(basis)


def test_a_notice_that_tells_of_a_refusal_waits_for_the_officer_who_refuses() -> None:
    sayable = replace(SAYABLE, only=(("sop4", frozenset({Standing.REFUSED})),))
    asked, refused = (replace(merged(OPEN, given), plan=Plan((procedure("sop4"),))) for given in ((), (REFUSED,)))
    assert notice_facts(asked, asked, sayable).procedures == ()
    assert [one.id for one in notice_facts(refused, refused, sayable).procedures] == ["sop4"]


def words_of(what: str) -> Words:
    return Words(what, f"{what} (id)", f"{what} (ms)")


ENDINGS = Told(*(words_of(one) for one in ("go", "refused", "postponed", "handed")))
BY_IMMIGRATION = replace(REFUSED, reason="x")


@pytest.mark.parametrize(
    ("way", "given", "lead", "said"),
    [
        (Direction.ENTRY, (), Authority.IMMIGRATION, "Pork is banned."),
        (Direction.ENTRY, (replace(REFUSED, verdict=Verdict.HOLD),), Authority.IMMIGRATION, "Pork is banned."),
        (Direction.ENTRY, (BY_IMMIGRATION,), Authority.IMMIGRATION, "refused"),
        (Direction.EXIT, (BY_IMMIGRATION,), Authority.IMMIGRATION, "postponed"),
        (Direction.EXIT, (replace(REFUSED, verdict=Verdict.HOLD),), Authority.IMMIGRATION, "postponed"),
        (Direction.EXIT, (replace(REFUSED, verdict=Verdict.HOLD),), Authority.CUSTOMS, "Pork is banned."),
        (Direction.ENTRY, (replace(REFUSED, verdict=Verdict.HANDOVER),), Authority.SECURITY, "handed"),
        (Direction.ENTRY, (replace(REFUSED, verdict=Verdict.HANDOVER),), Authority.HEALTH, "Pork is banned."),
        (
            Direction.ENTRY,
            (replace(REFUSED, authority=Authority.HEALTH, verdict=Verdict.HANDOVER, reason="handover.hospital"),),
            Authority.HEALTH,
            "handed",
        ),
        (Direction.ENTRY, (replace(REFUSED, verdict=Verdict.CLEAR_COND),), Authority.IMMIGRATION, "go"),
    ],
)
def test_what_is_told_is_told_of_the_ending_that_an_officer_decided(
    way: Direction, given: tuple[Judgement, ...], lead: Authority, said: str
) -> None:
    row = replace(procedure("p"), lead=lead, supports=(), told=ENDINGS)
    whole = replace(merged(OPEN, given, way=way), plan=Plan((row,)))
    found = notice_facts(whole, whole, SAYABLE, decided=bool(given))
    (told,) = found.procedures
    assert (told.find_notice("en"), bool(told.find_notice("id")), bool(told.find_notice("ms"))) == (said, True, True)
    others = {"go", "refused", "postponed", "handed"} - {said}
    assert not others & set(text_of(noticed(found), "en").split("\n"))


def test_what_rules_let_go_is_told_nobody_before_an_officer_has() -> None:
    row = replace(procedure("p"), lead=Authority.IMMIGRATION, told=ENDINGS)
    ruled = merged([section(authority) for authority in Authority])
    assert dict(ruled.outcome)[PERSON] is Outcome.CLEAR
    assert ending_of(row, ruled) is None
    cleared = merged([section(authority) for authority in Authority], (replace(REFUSED, verdict=Verdict.CLEAR),))
    assert ending_of(row, cleared) is Ending.RELEASED


def test_an_ending_without_words_of_its_own_leaves_the_notice_and_where_that_may_be_said() -> None:
    row = replace(procedure("p"), lead=Authority.IMMIGRATION, told=Told(refused=words_of("refused")))
    gone = replace(merged(OPEN, (replace(REFUSED, verdict=Verdict.CLEAR),)), plan=Plan((row,)))
    assert [one.find_notice("en") for one in notice_facts(gone, gone, SAYABLE).procedures] == ["Pork is banned."]
    narrow = replace(SAYABLE, only=(("p", frozenset({Standing.CHECK})),))
    assert notice_facts(gone, gone, narrow).procedures == ()
    refused = replace(merged(OPEN, (BY_IMMIGRATION,)), plan=Plan((row,)))
    assert [one.find_notice("en") for one in notice_facts(refused, refused, narrow).procedures] == ["refused"]


def test_a_procedure_that_something_sealed_called_for_is_not_printed() -> None:
    whole = replace(merged([section(Authority.SECURITY, CHANCE)]), plan=Plan((procedure("sop4"),)))
    assert notice_facts(whole, merged([section(Authority.SECURITY)]), SAYABLE).procedures == ()


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("way", Direction)
def test_there_are_words_for_however_it_stands(standing: Standing, way: Direction) -> None:
    for foreign in (True, False):
        assert noticed(NoticeFacts(standing, way, foreign)).blocks


def text_of(paper: Paper, language: str) -> str:
    parts = next(block for block in paper.blocks if hasattr(block, "parts")).parts
    part = next(part for part in parts if part.language == language)
    return "\n".join(getattr(block, "text", "") or getattr(block, "value", "") for block in part.blocks)


def test_whatever_may_be_said_has_words_and_no_more() -> None:
    wording = rules().wording
    for reason in rules().sayable.reasons:
        assert wording.has(f"reason.{reason}")
    assert all(wording.has(f"thing.{kind.value}") for kind in SubjectKind)
    assert Outcome.PROTECT not in _told(), "that somebody is protected is on no paper"


def _told() -> set[Outcome]:
    from counter_tui.domain.papers.facts import TOLD

    return set(TOLD)


def test_a_section_stands_as_it_was_but_for_what_is_sealed() -> None:
    whole: Section = section(Authority.ANIMAL_PLANT, PORK)
    assert without_sealed((whole,)) == (whole,)
