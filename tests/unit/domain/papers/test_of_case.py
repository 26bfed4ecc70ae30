"""Papers of a case, drawn from its acts: who gave what to whom, signed by both; no free word of any agency's."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from counter_tui.domain.acts import Act, ActBody, ActStatement, Second, read_act, write_act
from counter_tui.domain.cases.deeds import Closed, Holder, Linked, NeedStated, Opened, TaskDone, TaskSeen
from counter_tui.domain.cases.deeds import Link as CaseLink
from counter_tui.domain.cases.deeds import Need as CaseNeed
from counter_tui.domain.cases.fold import case_of
from counter_tui.domain.entries import DECISION, DecisionBody
from counter_tui.domain.papers.blocks import PaperKind, Signature
from counter_tui.domain.papers.hand_over import hand_over
from counter_tui.domain.papers.letter import letter
from counter_tui.domain.papers.of_case import CaseFile, closed_case_of, crossings_of, hand_over_of
from counter_tui.domain.papers.plain import plain
from counter_tui.domain.posts import Officer
from counter_tui.domain.words import Agency, Outcome, Role
from counter_tui.errors import DecisionError
from counter_tui.workstation.records import stamp
from tests.unit.domain.build import NOW, POST, crossing
from tests.unit.domain.cases.telling import BUDI, PASSPORT, RATNA, SITI, WIJAYA, Telling, gave, hold, task

from .papers import drawn, rules

GOLDEN = Path(__file__).parent / "golden"
CASH = CaseLink(Linked.CASH, "k1", "IDR 180 m")
SECRET = "informant says so"  # a free word, which is for one agency


def officer(id_: str, name: str, agency: Agency) -> Officer:
    return Officer(id_, name, agency, Role.OFFICER, frozenset({agency}))


OFFICERS = {
    one.id: one
    for one in (
        officer("wijaya", "Wijaya S.", Agency.IMMIGRATION),
        officer("ratna", "Ratna D.", Agency.CUSTOMS),
        officer("budi", "Budi H.", Agency.SECURITY),
    )
}


def worked() -> Telling:
    """A case that was worked: a task, a hold, a need, the passport and the cash handed on."""
    here = Telling("ENT-3")
    here.say(Opened(Agency.CUSTOMS, (SITI, CASH), "refer.goods", SECRET))
    here.say(task(), 1)
    here.say(TaskSeen("t1"), 2, officer="ratna")
    here.say(TaskDone("t1", SECRET), 9, officer="ratna")
    here.say(hold(), 10, officer="ratna")
    here.say(NeedStated("n1", CaseNeed.WATER, SECRET), 11)
    here.say(gave(WIJAYA, RATNA, PASSPORT), 12, second="ratna")
    here.say(gave(Holder(None, "", "SITI AMINAH"), RATNA, CASH), 13, officer="ratna", second="wijaya")
    here.say(gave(RATNA, BUDI, CASH), 20, officer="ratna", second="budi")
    return here


def file(told: Telling, outcomes: Mapping[str, Outcome] | None = None) -> CaseFile:
    acts = tuple(told.told.values())
    decided = Act(
        "ENT-3/90", DECISION, "c1", "wijaya", NOW, DecisionBody(crossing(), "wijaya", (), "", (), "", training=True)
    )
    return CaseFile(case_of(acts), acts, OFFICERS, crossings_of([decided]), outcomes or {"c1": Outcome.HANDOVER}, POST)


def closed(told: Telling) -> Telling:
    told.say(Closed(BUDI, (CASH,), SECRET, ("h1",)), 30, officer="ratna", second="budi")
    return told


def test_the_record_is_of_what_changed_hands_last_with_both_who_signed_it() -> None:
    record = hand_over_of(file(worked()), rules().wording, "id")
    assert (record.giver.name, record.taker.name) == ("Ratna D.", "Budi H.")
    assert record.given is not None
    assert record.taken is not None
    assert record.given.act == record.taken.act == "ENT-3/9"
    assert record.given.digest == record.taken.digest
    (item,) = record.items
    assert item.what == "uang tunai IDR 180 m"
    assert not record.persons_go
    assert item.custody == ("SITI AMINAH", "Ratna D., Bea dan Cukai", "Budi H., Keamanan")


def test_what_somebody_who_is_no_officer_gave_bears_a_witness_and_an_empty_line() -> None:
    here = Telling("ENT-3")
    here.say(Opened(Agency.CUSTOMS, (SITI, CASH)))
    here.say(gave(Holder(None, "", "SITI AMINAH"), RATNA, CASH), 13, officer="ratna", second="wijaya")
    record = hand_over_of(file(here), rules().wording, "id")
    assert record.given is None
    assert record.taken is not None
    assert record.witness is not None
    assert record.witness.name == "Wijaya S."
    blocks = hand_over(record, drawn(PaperKind.HAND_OVER, record), rules().wording).blocks
    roles = [(block.role, bool(block.missing)) for block in blocks if isinstance(block, Signature)]
    assert roles == [("Yang menyerahkan", True), ("Yang menerima", False), ("Saksi", False)]


def test_a_closed_case_is_handed_over_by_who_closed_it() -> None:
    record = hand_over_of(file(closed(worked())), rules().wording, "en")
    assert (record.giver.name, record.taker.name, record.taker.agency) == ("Ratna D.", "Budi H.", "Security")
    assert record.legal_basis == "UU 17/2006"
    assert record.persons_go


def test_nothing_that_only_one_signed_is_a_hand_over() -> None:
    here = Telling("ENT-3")
    here.say(Opened(Agency.CUSTOMS, (SITI, CASH)))
    here.say(gave(RATNA, BUDI, CASH), 13, officer="ratna")
    with pytest.raises(DecisionError, match=r"paper\.nothing-handed"):
        hand_over_of(file(here), rules().wording, "id")


def test_the_letter_comes_when_the_case_is_closed() -> None:
    with pytest.raises(DecisionError, match=r"paper\.case-open"):
        closed_case_of(file(worked()), "", NOW, rules().wording, "id")


@pytest.mark.parametrize("language", ["en", "id", "ms"])
def test_the_papers_of_a_case_are_as_they_were_found_good(language: str) -> None:
    case = closed_case_of(file(closed(worked())), "", NOW, rules().wording, language)
    record = hand_over_of(file(closed(worked())), rules().wording, language)
    papers = (
        letter(case, drawn(PaperKind.LETTER, case), rules().wording, language),
        hand_over(record, drawn(PaperKind.HAND_OVER, record), rules().wording, language),
    )
    text = "\n".join(plain(paper, ascii_only=True) for paper in papers)
    assert SECRET not in text.replace("\n", " ")
    assert text == (GOLDEN / f"case-{language}.txt").read_text("utf-8")


@pytest.mark.parametrize("outcome", [Outcome.PROTECT, Outcome.CONSULT])
def test_that_somebody_is_protected_is_on_no_paper(outcome: Outcome) -> None:
    case = closed_case_of(file(closed(worked()), {"c1": outcome}), "", NOW, rules().wording, "en")
    assert case.outcome == ()


def test_there_are_words_for_every_other_outcome() -> None:
    for outcome in set(Outcome) - {Outcome.PROTECT, Outcome.CONSULT}:
        case = closed_case_of(file(closed(worked()), {"c1": outcome}), "", NOW, rules().wording, "ms")
        assert len(case.outcome) == 1


def test_the_digest_is_that_of_the_act_as_it_was_signed() -> None:
    """What stands on the paper is what the second person's key has signed."""
    told = worked()
    record = hand_over_of(file(told), rules().wording, "id")
    act = told.told["ENT-3/9"]
    body = ActBody(act.thread, "ENT-3", act.officer, stamp(act.at), act.deed, act.after)
    signed = ActStatement("case", body, "budi")
    raw = write_act(replace(body, second=Second("budi", signature="x")))
    assert read_act("case", act.id, raw).at == act.at
    assert record.given is not None
    assert record.given.digest == signed.digest
