"""Papers as PDF: what they say is what the plain ones say, fonts are embedded, bytes are the same, nobody is named."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from counter_tui.domain.papers.blocks import Heading, Languages, Line, Pair, Paper, PaperKind, Part, Table
from counter_tui.domain.papers.plain import plain
from counter_tui.workstation.paper_pdf import pdf
from tests.unit.domain.papers.papers import AT, HANDED, handed, lettered_case, noticed, slipped

PAPERS = {"notice": noticed(copy=1), "slip": slipped(), "hand-over": handed(), "letter": lettered_case()}


def read(paper: Paper) -> PdfReader:
    return PdfReader(BytesIO(pdf(paper, AT)))


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w.,<>/&]+", text))


def said(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize("name", PAPERS)
def test_every_word_of_the_paper_stands_on_the_pages(name: str) -> None:
    paper = PAPERS[name]
    on_roll = words(re.sub(r"[#*=-]{2,}|(?<= )#|^ *#.*$", " ", plain(paper, ascii_only=False), flags=re.MULTILINE))
    missing = on_roll - words(said(read(paper)))
    assert not missing


def test_the_last_day_stands_there_in_digits() -> None:
    assert "2026-12-20" in said(read(PAPERS["slip"]))


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_paper_at_the_same_time_is_the_same_bytes(name: str) -> None:
    first = pdf(PAPERS[name], AT)
    assert pdf(PAPERS[name], AT) == first
    assert pdf(PAPERS[name], AT + timedelta(minutes=1)) != first


@pytest.mark.parametrize("name", PAPERS)
def test_the_file_says_when_it_was_made_and_names_nobody(name: str) -> None:
    about = read(PAPERS[name]).metadata
    assert about is not None
    assert str(about["/CreationDate"]) == "D:20261120221400Z"
    everything = " ".join(map(str, about.values()))
    assert not re.search("RAHMAN|A12345678|Sari|Budi", everything)
    assert PAPERS[name].reference in everything


@pytest.mark.parametrize("name", PAPERS)
def test_every_font_that_is_used_is_embedded(name: str) -> None:
    for page in read(PAPERS[name]).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            kind = font.get_object()
            if kind["/Subtype"] == "/TrueType":
                assert "/FontFile2" in kind["/FontDescriptor"].get_object()
            else:
                assert kind["/BaseFont"] == "/Helvetica", "reportlab names it, and writes nothing in it"


HOSTILE = (
    "<b>BOLD</b> &amp; <font size='90'>",
    "<a href='http://x'>x</a> <img src='/etc/passwd'/>",
    "</para><para>",
    "]]> & ; -- %PDF (x) \\ ) Tj",
    "A\u202eB\x00C\x1b[31m",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stand_there_as_they_are_written(name: str) -> None:
    blocks = (Heading(name), Line(name, strong=True), Pair(name, name), Table((name,), ((name,),)))
    text = said(read(Paper(PaperKind.NOTICE, "notice", blocks, "ENT-3 0000-0000")))
    shown = re.sub(r"[\x00\u202e]|\x1b\[31m", "", name)
    assert re.sub(r"\s", "", text).count(re.sub(r"\s", "", shown)) >= len(blocks)


@pytest.mark.parametrize(
    "long",
    ["X" * 3000, "WORD " * 3000, "王" * 500, "\u0301" * 2000, ""],
    ids=["letters", "words", "wide", "marks", "nothing"],
)
def test_whatever_is_said_fits_on_pages(long: str) -> None:
    paper = noticed()
    (parts,) = (block.parts for block in paper.blocks if isinstance(block, Languages))
    beside = Languages(tuple(Part(p.language, (*p.blocks, Line(long), Pair(long, long))) for p in parts))
    record = handed(HANDED)
    table = Table(("a", "b", "c"), ((long, long, "x"),) * 3)
    for blocks in ((*paper.blocks, beside), (*record.blocks, table, Line(long))):
        assert pdf(Paper(PaperKind.NOTICE, "notice", blocks, "ENT-3 0000-0000"), AT).startswith(b"%PDF")


def test_a_long_record_goes_over_pages_with_its_columns_named_again() -> None:
    table = Table(("Barang", "Segel"), tuple((f"box {n}", f"SEG-{n:04}") for n in range(200)))
    reader = read(Paper(PaperKind.HAND_OVER, "hand-over", (table,), "ENT-3 0000-0000"))
    assert len(reader.pages) > 2
    for page in reader.pages:
        assert "Segel" in page.extract_text()
    assert "SEG-0199" in said(reader)


def test_letters_that_the_font_has_not_are_written_in_latin_and_marked() -> None:
    text = said(read(Paper(PaperKind.NOTICE, "notice", (Line("王 Nguyễn é"),), "ENT-3 0000-0000")))
    assert "Wang~ Nguyen~ é" in text
    assert "Latin letters" in text
