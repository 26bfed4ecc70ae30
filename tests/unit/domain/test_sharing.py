"""A section as agencies may see it: by field and finding, in four classes, twice over without losing or gaining."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.coding import to_json
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.sections import Contribution, Field, Finding, Origin, Sealed, Section
from counter_tui.domain.sharing import Class, Contact, SharingAgreement, Topic, project
from counter_tui.domain.texts import text
from counter_tui.domain.words import Agency, Authority, Band, SourceState, Verdict

IMM, CUS, QUA, SEC = Agency
AUTHORITY = Authority.CUSTOMS
CIPHER = Sealed("customs", 3, "AAAA")
ROWS = (
    Topic("vehicle", CUS, "a law", fields=("cust.plate",), open=frozenset({IMM, QUA, SEC})),
    Topic("quota", CUS, "a law", fields=("cust.used", "cust.limit"), band=frozenset({IMM})),
    Topic("target", CUS, "a law", fields=("cust.lead",), sealed=frozenset({IMM, QUA}), unseal=frozenset({IMM})),
    Topic("bare", CUS, "", open=frozenset({IMM, QUA, SEC})),
    Topic("soon", CUS, "a law", date(2026, 12, 1), open=frozenset({IMM, QUA, SEC})),
)
AGREEMENT = SharingAgreement(
    "1", {row.topic: row for row in ROWS}, {CUS: Contact("0564 31 102", "BEA CUKAI")}, date(2026, 11, 22)
)
SECTION = Section(
    AUTHORITY,
    SourceState.LIVE,
    contributions=(Contribution("c/1", AUTHORITY, PERSON, Verdict.REFER, Band.AMBER, "refer", "1", 30, banded=True),),
    findings=(
        Finding("c/1", AUTHORITY, "quota", text("finding.quota", over="220"), candidate=True),
        Finding("c/2", AUTHORITY, "vehicle", text("finding.vehicle", plate="QAB 1")),
        Finding("c/3", AUTHORITY, "target", None, sealed=CIPHER),
        Finding("c/4", AUTHORITY, "target", text("finding.scan")),
        Finding("c/5", AUTHORITY, "bare", text("finding.bare")),
        Finding("c/6", AUTHORITY, "soon", text("finding.soon")),
        Finding("c/7", AUTHORITY, "unnamed", text("finding.unnamed")),
    ),
    facts=(text("fact.own"),),
    fields=(
        Field("cust.plate", "QAB 1", "r1", band="green"),
        Field("cust.used", "540", "r2", band="amber"),
        Field("cust.limit", "600", "r2", band="green"),
        Field("cust.lead", None, "r2", sealed=CIPHER),
        Field("cust.unnamed", "secret", "r2"),
    ),
    origins=(Origin("r1", "vhd", "V-1"), Origin("r2", "ceisa", "C-1")),
)


def seen(*to: Agency, agreement: SharingAgreement = AGREEMENT) -> Section:
    return project(SECTION, frozenset(to), agreement)


def test_its_owner_sees_everything() -> None:
    own = seen(CUS)
    assert replace(own, findings=()) == replace(SECTION, findings=())
    assert [f.topic for f in own.findings] == [f.topic for f in SECTION.findings]
    assert own.findings[2].sealed == CIPHER


def test_another_agency_sees_each_by_its_class() -> None:
    there = seen(IMM)

    assert there.contributions == SECTION.contributions
    assert [f.text.code if f.text else "" for f in there.findings] == [
        "", "finding.vehicle", "sealed.call", "sealed.call", "", "", ""
    ]  # fmt: skip
    assert [f.topic for f in there.findings] == ["", "vehicle", "target", "", "", "", ""]
    assert not any(f.candidate for f in there.findings)
    assert there.facts == ()
    assert there.fields == (Field("cust.plate", "QAB 1", "r1", band="green"), Field("quota", None, band="amber"))
    assert there.origins == (Origin("r1", "vhd", "V-1"),)
    sent = to_json(there).decode()
    assert not any(word in sent for word in ("540", "600", "secret", "cust.used", "C-1", "220", "finding.scan"))


def test_the_ciphertext_goes_only_to_agencies_that_may_unseal_it() -> None:
    assert seen(IMM).findings[2].sealed == CIPHER
    assert seen(QUA).findings[2].sealed == Sealed("customs", 0, "")
    assert seen(SEC).findings[2].sealed == Sealed("customs", 0, "")
    assert seen(QUA).findings[3].sealed == Sealed("customs", 0, "")
    assert seen(SEC).findings[3] == Finding("c/4", AUTHORITY, "", None)


def test_an_owner_can_hide_that_it_is_the_one_and_gives_a_number_all_the_same() -> None:
    hidden = replace(AGREEMENT, contacts={CUS: Contact("0564 31 000", "BEA CUKAI", hidden=True)})
    finding = seen(QUA, agreement=hidden).findings[2]
    assert finding.text == text("sealed.call-duty", phone="0564 31 000")
    assert finding.sealed == Sealed("", 0, "")
    assert "BEA CUKAI" not in to_json(finding).decode()


def test_without_an_agreement_an_agency_sees_nothing_of_another() -> None:
    there = seen(IMM, QUA, SEC, agreement=SharingAgreement("", {}))
    assert (there.fields, there.origins, there.facts) == ((), (), ())
    assert all(f.text is None and not f.topic for f in there.findings)
    assert there.contributions == SECTION.contributions


@given(st.frozensets(st.sampled_from(list(Agency))), st.frozensets(st.sampled_from(list(Agency))))
def test_what_was_projected_shows_no_more_when_it_is_projected_again(
    first: frozenset[Agency], second: frozenset[Agency]
) -> None:
    once = project(SECTION, first, AGREEMENT)
    assert project(once, first, AGREEMENT) == once
    narrower = first & second
    twice, at_once = project(once, narrower, AGREEMENT), project(SECTION, narrower, AGREEMENT)
    assert (twice.fields, twice.origins, twice.facts) == (at_once.fields, at_once.origins, at_once.facts)
    assert [f.topic for f in twice.findings] == [f.topic for f in at_once.findings]
    both = project(once, second, AGREEMENT)
    shown = {f.id for f in both.findings if f.topic}
    assert shown <= {f.id for f in once.findings if f.topic}
    assert {f.name for f in both.fields} <= {f.name for f in once.fields} | {"quota"}


@pytest.mark.parametrize(("to", "best"), [({IMM}, Class.BAND), ({IMM, CUS}, Class.OPEN), ({SEC}, Class.NONE)])
def test_several_agencies_see_the_best_of_their_classes(to: set[Agency], best: Class) -> None:
    assert AGREEMENT.class_of("cust.used", AUTHORITY, to) is best
